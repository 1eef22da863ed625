"""Blocks that one look recognises: most of what people write, so that markdown-it's rules need not try every line of it.

Only a block that stands at the margin, alone between empty lines, and whose lines begin with nothing that could open, end
or underline another is taken; markdown-it reads all the rest, and would read these the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from .tokens import Token

BLANKS = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""What markdown-it takes off the ends of a text."""

_WORDS = r"(?:[^\s`~<>*+\-_0-9\[#|:=]|\[[\[^]|\*\*?[^\W\d_]|[0-9]++[^\n0-9.)])[^\n]*+"
_ROW = r"\|[^\n\\]*\|"
_END = r"(?:\n\n++|\n?\Z)"

EASY = re.compile(
    rf"""
        (?P<text>{_WORDS}(?:\n{_WORDS})*+){_END}
      | (?P<heading>\#{{1,6}}[ ]++[^\s\#|][^\n\#|]*+)(?:\n++|\Z)
      | (?P<quote>>[ ]{_WORDS}(?:\n>[ ]{_WORDS})*+){_END}
      | (?P<items>-[ ]{_WORDS}(?:\n-[ ]{_WORDS})*+){_END}(?![\s\-])
      | (?P<table>{_ROW}\n\|(?:[ ]*:?-++:?[ ]*\|)++(?:\n{_ROW})*+){_END}
    """,
    re.VERBOSE,
)
_SIDES = {(False, False): "", (True, False): "left", (False, True): "right", (True, True): "center"}


def tokens_of(easy: re.Match[str], line: int) -> list[Token]:
    """The tokens of a block that `EASY` found, which begins on `line`; none for a table that is not as it seems."""
    kind = easy.lastgroup or ""
    return _KINDS[kind](easy[kind], line)


def _leaf(tag: str, text: str, line: int) -> Token:
    return Token("leaf", tag, 0, text.strip(BLANKS), [line])


def _within(tag: str, name: str, tokens: Iterable[Token]) -> list[Token]:
    """The tokens with the opening and the closing of a block around them."""
    return [Token(f"{name}_open", tag, 1), *tokens, Token(f"{name}_close", tag, -1)]


def _paragraph(block: str, line: int) -> list[Token]:
    return [_leaf("p", block, line)]


def _heading(block: str, line: int) -> list[Token]:
    signs, _, text = block.partition(" ")
    leaf = _leaf(f"h{len(signs)}", text, line)
    leaf.markup = signs
    return [leaf]


def _quote(block: str, line: int) -> list[Token]:
    return _within("blockquote", "blockquote", _paragraph(block[2:].replace("\n> ", "\n"), line))


def _list(block: str, line: int) -> list[Token]:
    items = block[2:].split("\n- ")
    return _within("ul", "bullet_list", (_leaf("li", item, place) for place, item in enumerate(items, line)))


def _table(block: str, line: int) -> list[Token]:
    """A table all rows of which have as many cells as its head."""
    rows = [row[1:-1].split("|") for row in block.split("\n")]
    if len({len(row) for row in rows}) > 1:
        return []
    sides = [_SIDES[rule.strip().startswith(":"), rule.strip().endswith(":")] for rule in rows[1]]
    head = _within("thead", "thead", _row("th", rows[0], sides, line))
    body = [token for place, row in enumerate(rows[2:], line + 2) for token in _row("td", row, sides, place)]
    return _within("table", "table", [*head, *(_within("tbody", "tbody", body) if body else ())])


def _row(tag: str, cells: Iterable[str], sides: Iterable[str], line: int) -> list[Token]:
    leaves = [_leaf(tag, cell, line) for cell in cells]
    for leaf, side in zip(leaves, sides, strict=True):
        if side:
            leaf.attrs = {"style": f"text-align:{side}"}
    return _within("tr", "tr", leaves)


_KINDS: dict[str, Callable[[str, int], list[Token]]] = {
    "text": _paragraph,
    "heading": _heading,
    "quote": _quote,
    "items": _list,
    "table": _table,
}
