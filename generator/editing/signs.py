"""The signs of YAML that decide where a key belongs, in lines that may be half written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..expressions import Expression

_NAME = r"[^\s\"'\[\]{},#:&*!|>%@`?-](?: *+[^\s\"'\[\]{},#:])*+"
KEY = Expression(rf"([\"']?)({_NAME})\1 *+:(?= |$)")
BEGUN_KEY = Expression(rf"([\"']?)({_NAME})\1 *+:(?!//)")
"""A key with its colon; in the second form also one whose value stands against it."""

DASH = Expression(r"-(?: +|$)")
FREE = Expression(r"[|>][0-9+-]* *(?:#.*)?$")
"""What opens a text of several lines."""

_SIGN = Expression(r"[\[\]{},:\"'#]")


class Sign(NamedTuple):
    """A bracket, comma, colon or quote with its line and column; a blank at the end of each line."""

    line: int
    column: int
    text: str


def indent_of(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def behind_blanks(text: str, at: int) -> int:
    """The first column from one on at which no blank stands."""
    return at + indent_of(text[at:])


def behind_quotes(lines: Sequence[str], last: int, row: int, at: int) -> tuple[int, int]:
    """Line and column behind the text in quotes that begins here; the end of its line where it is not closed before a key."""
    sign, line, start = lines[row][at], row, at + 1
    while line < last and not (line > row and KEY.match(lines[line])):
        end = lines[line].find(sign, start)
        while sign == '"' and end > 0 and lines[line][end - 1] == "\\":
            end = lines[line].find(sign, end + 1)
        if end >= 0:
            return line, end + 1
        line, start = line + 1, 0
    return row, len(lines[row])


def signs(lines: Sequence[str], last: int, row: int, at: int) -> Iterator[Sign]:
    """The signs from a place on that matter inside brackets, up to a line that begins with a key."""
    for line in range(row, last):
        if line > row and KEY.match(lines[line]):
            return
        yield from _on_line(lines, last, line, at if line == row else 0)


def _on_line(lines: Sequence[str], last: int, line: int, start: int) -> Iterator[Sign]:
    text, until = lines[line], 0
    for found in _SIGN.finditer(text, start):
        column, sign = found.start(), found[0]
        if column < until:
            continue
        if sign == "#" and text[column - 1 : column] in ("", " "):
            break
        if _matters(text, start, column):
            yield Sign(line, column, sign)
        if sign in "\"'" and _matters(text, start, column):
            there, behind = behind_quotes(lines, last, line, column)
            until = behind if there == line else len(text)
    yield Sign(line, len(text), " ")


def _matters(text: str, start: int, column: int) -> bool:
    """Whether a sign is one of YAML's: a colon with nothing of a text behind it, a quote at the beginning of one."""
    sign = text[column]
    if sign == ":":
        return text[column + 1 : column + 2] in ("", " ", '"', "'", ",", "}", "]")
    if sign in "\"'":
        return text[start:column].rstrip(" ")[-1:] in ("", "[", "{", ",", ":")
    return sign != "#"
