"""Blocks that one look recognises: most of what people write, so that markdown-it's rules need not try every line of it.

Only a block that stands at the margin, alone between empty lines, and whose lines begin with nothing that could open, end
or underline a block is taken; markdown-it reads all others, and would read these the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.common.utils import mdTrim
from markdown_it.token import Token

from .tokens import Light

_WORDS = r"(?:[^\s`~<>*+\-_0-9\[#|:=]|\[[\[^]|\*\*?[^\W\d_]|[0-9]++[^\n0-9.)])[^\n]*+"
_END = r"(?:\n\n++|\n?\Z)"

EASY = re.compile(
    rf"""\n*+(?:
        (?P<text>{_WORDS}(?:\n{_WORDS})*+){_END}
      | (?P<level>\#{{1,6}})[ ]++(?P<heading>[^\s\#|][^\n\#|]*+)(?:\n++|\Z)
      | >[ ](?P<quote>{_WORDS}(?:\n>[ ]{_WORDS})*+){_END}
      | -[ ](?P<items>{_WORDS}(?:\n-[ ]{_WORDS})*+){_END}(?![\s\-])
    )""",
    re.VERBOSE,
)


def tokens_of(easy: re.Match[str], line: int) -> Iterator[Token]:
    """The tokens of a block that `EASY` found, which begins on `line`; a `leaf` is a paragraph or an item as one token."""
    match easy.lastgroup:
        case "text":
            yield _leaf("p", easy["text"], line)
        case "heading":
            yield from _heading(easy["level"], easy["heading"], line)
        case "quote":
            yield Light("blockquote_open", "blockquote", 1)
            yield _leaf("p", easy["quote"].replace("\n> ", "\n"), line)
            yield Light("blockquote_close", "blockquote", -1)
        case _:
            yield Light("bullet_list_open", "ul", 1)
            for place, item in enumerate(easy["items"].split("\n- "), line):
                yield _leaf("li", item, place)
            yield Light("bullet_list_close", "ul", -1)


def _leaf(tag: str, text: str, line: int) -> Light:
    leaf = Light("leaf", tag)
    leaf.content, leaf.map = mdTrim(text), [line, line + text.count("\n") + 1]
    return leaf


def _heading(signs: str, text: str, line: int) -> tuple[Light, Light, Light]:
    tag, lines = f"h{len(signs)}", [line, line + 1]
    opening, inline, closing = Light("heading_open", tag, 1), Light("inline"), Light("heading_close", tag, -1)
    opening.markup, opening.map = signs, lines
    inline.content, inline.map = mdTrim(text), lines
    return opening, inline, closing
