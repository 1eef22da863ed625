"""The tokens of a body: markdown-it's own in form, but only as full as they are used.

Most bodies are short texts, for which making markdown-it's tokens would be half the work; and those that `leaves` and
`pieces` know altogether never need markdown-it at all, the import of which takes as long as a hundred bodies.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Literal

MOST_LEVELS = 20
"""Links and blocks inside each other; what lies deeper is no markup any more."""

Nesting = Literal[-1, 0, 1]
_NONE: Any = MappingProxyType({})


class Token:
    """A token of which only what is given is stored; the rest is the same for all, and cannot be changed in place.

    The names are markdown-it's, whose rules fill tokens in. A `leaf` is what holds a text: a whole paragraph, heading,
    cell or item of one line as one token, whose children are the tokens of its text; a text without any sign of markup
    has none. `map` begins with the first line of a block. `meta` holds the `place` of an inline token.
    """

    attrs: dict[str, str | int | float] = _NONE
    map: list[int] | None = None
    level: int = 0
    children: list[Token] | None = None
    markup: str = ""
    info: str = ""
    meta: dict[str, Any] = _NONE
    hidden: bool = False

    def __init__(self, type: str, tag: str = "", nesting: Nesting = 0, content: str = "") -> None:
        self.type, self.tag, self.nesting, self.content = type, tag, nesting, content

    def attrSet(self, name: str, value: str | float) -> None:
        self.attrs[name] = value


def place_of(token: Token) -> tuple[int, int]:
    """Where an inline token begins and ends in the text of its block; inside a picture's text, in that."""
    start, end = token.meta["place"]
    return start, end
