"""The headings of a body and their anchors, and the plain text of anything inline."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from ..model import Heading
from ..queries import UNTOLD
from .tokens import Token

HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


def plain_text(tokens: Iterable[Token]) -> str:
    """Inline tokens as plain text: a link by its words, one that has none by its id, no footnotes."""
    return "".join([_plain(token) for token in tokens])


def text_of(token: Token) -> str:
    """The text of a leaf as plain text."""
    return plain_text(token.children) if token.children else token.content


def first_words(tokens: Iterable[Token]) -> str:
    """The plain text of the first paragraph that has words, on one line."""
    texts = (" ".join(text_of(token).split()) for token in tokens if token.type == "leaf" and token.tag in ("p", "li"))
    return next(filter(None, texts), "")


def _plain(token: Token) -> str:
    if token.type in ("text", "text_special", "code_inline"):
        return token.content
    if token.type == "wiki":
        return token.content.rpartition(":")[2].strip()
    if token.type == "query":
        return UNTOLD
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return plain_text(token.children or ()) if token.type == "image" else ""


def headings_of(tokens: Sequence[Token]) -> tuple[Heading, ...]:
    """The headings of a body in order, each with an anchor of its own; one of level 1 counts as level 2."""
    found: dict[str, Heading] = {}
    times: dict[str, int] = {}
    for token in tokens:
        if token.type == "leaf" and token.tag in HEADINGS:
            text = " ".join(text_of(token).split())
            anchor = _free(anchor_of(text), found, times)
            found[anchor] = Heading(max(2, int(token.tag[1])), anchor, text)
    return tuple(found.values())


def anchor_of(text: str) -> str:
    """The anchor of a heading: `h-`, then its letters, digits and marks of any script in lower case, blanks as hyphens.

    The prefix keeps a heading from taking a name that the page's own parts or its scripts use.
    """
    lower = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    return "h-" + ("-".join(filter(None, lower.translate(_KEPT).split("-"))) or "section")


class _Kept(dict[int, str]):
    """What stands for a character in an anchor, for those that were met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        kept = sign if unicodedata.category(sign)[0] in "LNM" else "-" if sign in " -" else ""
        return self.setdefault(code, kept)


_KEPT = _Kept()


def _free(anchor: str, taken: dict[str, Heading], times: dict[str, int]) -> str:
    """The anchor, with -2, -3 … where it is taken; `times` remembers how far each was counted."""
    free = anchor
    while free in taken:
        times[anchor] = times.get(anchor, 1) + 1
        free = f"{anchor}-{times[anchor]}"
    return free
