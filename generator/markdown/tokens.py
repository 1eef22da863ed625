"""The tokens of a body: markdown-it's own in form, but made in a fraction of the time.

Bodies that `leaves` and `pieces` know altogether never need markdown-it, the import of which takes as long as two hundred of
them.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

MOST_LEVELS = 20
"""Links and blocks inside each other; what lies deeper is no markup any more."""

Nesting = Literal[-1, 0, 1]


class Token(msgspec.Struct, gc=False):
    """A token with markdown-it's names, since its rules fill tokens in; nothing in one leads back to it.

    A `leaf` is what holds a text: a whole paragraph, heading, cell or item of one line as one token, whose children are the
    tokens of its text; a text without any sign of markup has none. `map` begins with the first line of a block. `meta`
    holds the `place` of an inline token.
    """

    type: str
    tag: str = ""
    nesting: Nesting = 0
    content: str = ""
    map: list[int] | None = None
    info: str = ""
    markup: str = ""
    meta: dict[str, Any] = {}
    children: list[Token] | None = None
    attrs: dict[str, str | int | float] = {}
    level: int = 0
    hidden: bool = False

    def attrSet(self, name: str, value: str | float) -> None:
        self.attrs[name] = value


def place_of(token: Token) -> tuple[int, int]:
    """Where an inline token begins and ends in the text of its block; inside a picture's text, in that."""
    start, end = token.meta["place"]
    return start, end
