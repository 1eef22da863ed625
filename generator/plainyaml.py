"""YAML in its plainest form, read without libyaml: maps and lists of texts that each stand on one line.

Most front matter is no more than that. What is read here is read as `strictyaml` would read it; all that may be a fault, or
takes more than a glance to understand, is left to it. So a shape that is missing here costs time, and never a value.
"""

from __future__ import annotations

import re
from typing import TypeAlias
from unicodedata import normalize

from .expressions import Expression
from .nodes import Mapping, Node, Pair, Scalar, Sequence, Source

MOST_LEVELS, MOST_BRACKETS = 5, 3
"""Levels by indents and by brackets; together no more than `strictyaml` allows."""

MOST_KEYS = 200


class _NotPlainError(Exception):
    """Ends the reading; `strictyaml` is to read the text."""


_Token: TypeAlias = tuple[int, int, Scalar | None, Node | None]
"""A key, a text (without a key) or the dash of an item (with neither): its column, where it begins, the key, and the value.

A key without a value has it on the lines below.
"""


def plain_mapping(source: Source) -> Mapping | None:
    """The map of a plain source without a fault; none for any other."""
    try:
        tokens = _tokens(source)
        top, at = _map(source, tokens, 0, 1)
        return top if at == len(tokens) - 1 and not tokens[0][0] else None
    except _NotPlainError:
        return None


# ---------------------------------------------------------------- lines


_KEY = "[A-Za-z_][A-Za-z0-9_-]{0,63}"
_PLAIN = r"[^\W_][^\n:#]*(?:(?::(?=[^ \n])|(?<! )#)[^\n:#]*)*(?<! )"
_LINE = Expression(
    rf"^( *(?:#[^\n]*)?\n|( *)(- )?(?:({_KEY}):(?: (?=[^ \n])|(?=\n)))?"
    rf"""(?:({_PLAIN})|("[^"\\\n]*"|'[^'\n]*')|(\[[^\n]*\]|\{{[^\n]*\}}))?\n)""",
    re.MULTILINE,
)
"""Nothing or a comment; or blanks, a dash, a key, and a text without or with quotes, or a list or map in brackets."""


def _tokens(source: Source) -> list[_Token]:
    """The keys, dashes and texts of a source in their order, and an end that stands left of all of them."""
    text = source.text
    if "null" in text or "Null" in text or "NULL" in text:
        raise _NotPlainError
    is_ascii = text.isascii()
    tokens: list[_Token] = []
    end = -1
    for whole, blanks, dash, name, plain, quoted, flow in _LINE.findall(text):
        at = end + 1 + len(blanks)
        end += len(whole)
        column = len(blanks)
        if dash:
            tokens.append((column, at, None, None))
            at, column = at + 2, column + 2
        if plain and is_ascii:
            value: Node | None = Scalar(source, end - len(plain), end, plain, False)
        elif plain or quoted:
            value = _text(source, end - len(plain or quoted), end)
        elif flow:
            value = _flow(source, end - len(flow), end)
        elif name:
            value = None
        elif dash:
            raise _NotPlainError
        else:
            continue
        tokens.append((column, at, Scalar(source, at, at + len(name), name, False) if name else None, value))
    if end != len(text) - 1 or not tokens:
        raise _NotPlainError
    tokens.append((-1, end, None, None))
    return tokens


def _text(source: Source, start: int, end: int) -> Scalar:
    """A text, in quotes or not."""
    text = source.text[start:end]
    quoted = text[0] in "\"'"
    if quoted:
        text = text[1:-1]
        if not text or text.isspace():
            raise _NotPlainError
    return Scalar(source, start, end, text if text.isascii() else normalize("NFC", text), quoted)


# ---------------------------------------------------------------- lists and maps in brackets

_PIECE = Expression(
    rf"""([\[{{])|([\]}}])|(, *)|({_KEY}): |([^\W_](?:[^\n,:#?\[\]{{}}]*[^\n,:#?\[\]{{}} ])?|"[^"\\\n]*")"""
)
_OPENING, _CLOSING, _COMMA, _NAME, _WORDS = 1, 2, 3, 4, 5


def _flow(source: Source, start: int, end: int) -> Node:
    """A list or a map in brackets."""
    pieces = list(_PIECE.finditer(source.text, start, end))
    try:
        node, at = _bracketed(source, pieces, 0, 1)
    except IndexError:  # a bracket is not closed
        raise _NotPlainError from None
    if at != len(pieces) or sum([piece.end() - piece.start() for piece in pieces]) != end - start:
        raise _NotPlainError
    return node


def _bracketed(source: Source, pieces: list[re.Match[str]], at: int, level: int) -> tuple[Node, int]:
    """The list or map that opens with the piece at a place, or the text there; and the place of the piece after it."""
    first = pieces[at]
    start, end = first.span()
    if first.lastindex == _WORDS:
        return _text(source, start, end), at + 1
    if first.lastindex != _OPENING or level > MOST_BRACKETS:
        raise _NotPlainError
    is_map = first[0] == "{"
    items: list[Node] = []
    pairs: list[Pair] = []
    while pieces[at] is first or pieces[at].lastindex == _COMMA:
        at += 1
        if is_map:
            name = pieces[at]
            if name.lastindex != _NAME:
                raise _NotPlainError
            value, at = _bracketed(source, pieces, at + 1, level + 1)
            pairs.append(Pair(Scalar(source, name.start(), name.end(_NAME), name[_NAME], False), value))
        else:
            value, at = _bracketed(source, pieces, at, level + 1)
            items.append(value)
    if pieces[at][0] != ("}" if is_map else "]"):
        raise _NotPlainError
    end = pieces[at].end()
    node = Mapping(source, start, end, _distinct(pairs)) if is_map else Sequence(source, start, end, tuple(items))
    return node, at + 1


# ---------------------------------------------------------------- blocks


def _map(source: Source, tokens: list[_Token], at: int, level: int) -> tuple[Mapping, int]:
    """The map whose first key is the token at a place, and the place of the token after it."""
    column, first, _, _ = tokens[at]
    pairs: list[Pair] = []
    while True:
        there, _, key, value = tokens[at]
        if there != column or key is None:
            break
        at += 1
        if value is None:
            value, at = _below(source, tokens, at, column, level)
        pairs.append(Pair(key, value))
    if there > column or not pairs:
        raise _NotPlainError
    return Mapping(source, first, pairs[-1].value.end, _distinct(pairs)), at


def _list(source: Source, tokens: list[_Token], at: int, level: int) -> tuple[Sequence, int]:
    """The list whose first dash is the token at a place, and the place of the token after it."""
    column, first, _, _ = tokens[at]
    items: list[Node] = []
    while True:
        there, _, key, value = tokens[at]
        if there != column or key is not None or value is not None:
            break
        at += 1
        _, _, key, value = tokens[at]
        if key is None and value is not None:
            at += 1
        else:
            value, at = _below(source, tokens, at, column, level)
        items.append(value)
    if there > column or not items:
        raise _NotPlainError
    return Sequence(source, first, items[-1].end, tuple(items)), at


def _below(source: Source, tokens: list[_Token], at: int, column: int, level: int) -> tuple[Node, int]:
    """The collection that begins with the token at a place, to the right of a column, and the place of the token after it."""
    there, _, key, value = tokens[at]
    if there <= column or level == MOST_LEVELS or (key is None and value is not None):
        raise _NotPlainError
    return (_map if key is not None else _list)(source, tokens, at, level + 1)


def _distinct(pairs: list[Pair]) -> tuple[Pair, ...]:
    """The pairs of a map, in which each key stands once."""
    if len(pairs) > MOST_KEYS or len({pair.key.text for pair in pairs}) < len(pairs):
        raise _NotPlainError
    return tuple(pairs)
