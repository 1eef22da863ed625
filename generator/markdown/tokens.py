"""The tokens of a body: markdown-it's own in form, but made in a fraction of the time.

Bodies that `leaves` and `pieces` know altogether never need markdown-it, the import of which takes as long as two hundred of
them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

MOST_LEVELS = 20
"""Links and blocks inside each other; what lies deeper is no markup any more."""

NOWHERE = (0, 0)
Nesting = Literal[-1, 0, 1]


class Token(msgspec.Struct, gc=False):
    """A token with markdown-it's names, since its rules fill tokens in; nothing in one leads back to it.

    A `leaf` is what holds a text: a whole paragraph, heading, cell or item of one line as one token, whose children are the
    tokens of its text; a text without any sign of markup has none. `map` begins with the first line of a block.
    `place` is where a link, picture or tag begins and ends in the text of its block; inside a picture's text, in that.
    """

    type: str
    tag: str = ""
    nesting: Nesting = 0
    content: str = ""
    map: list[int] | None = None
    info: str = ""
    markup: str = ""
    place: tuple[int, int] = NOWHERE
    children: list[Token] | None = None
    attrs: dict[str, str | int | float] = {}
    level: int = 0
    hidden: bool = False

    def attrSet(self, name: str, value: str | float) -> None:
        self.attrs[name] = value
