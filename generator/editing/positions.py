"""Places in a text as editors count them: lines from 0, and columns in the units of an encoding they have agreed on.

We count code points. An editor that offers nothing else counts UTF-16 code units (LSP 3.17, "Position").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..problems import Span

ENCODINGS = ("utf-32", "utf-8", "utf-16")
"""The units that can be agreed on; in the first, nothing has to be counted anew."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_WIDTHS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
_CODECS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}


class Position(NamedTuple):
    """Between two characters: line and column from 0, in code points."""

    line: int
    column: int


def lines_of(text: str) -> list[str]:
    """The lines of a text without their ends; unlike in `str.splitlines`, a form feed or a U+2028 ends none."""
    return _LINE_END.split(text)


def agreed(offered: Sequence[str] | None) -> str:
    """The encoding to count in, of those that an editor offers."""
    return next((encoding for encoding in ENCODINGS if encoding in (offered or ())), "utf-16")


def units(text: str, encoding: str) -> int:
    """How many units a text takes."""
    if encoding == "utf-32" or text.isascii():
        return len(text)
    return len(text.encode(_CODECS[encoding], "surrogatepass")) // _WIDTHS[encoding]


def column_of(line: str, unit: int, encoding: str) -> int:
    """The column of a unit of a line: one behind the line is at its end, one inside a character at its beginning."""
    if encoding == "utf-32" or line.isascii():
        return max(0, min(unit, len(line)))
    data = line.encode(_CODECS[encoding], "surrogatepass")[: max(0, unit) * _WIDTHS[encoding]]
    found = len(data.decode(_CODECS[encoding], "replace"))
    while found and units(line[:found], encoding) > unit:
        found -= 1
    return found


def position_in(lines: Sequence[str], line: int, unit: int, encoding: str) -> Position:
    """What an editor's position is in code points; one behind the text is at its end."""
    if line >= len(lines):
        return Position(len(lines) - 1, len(lines[-1]))
    return Position(line, column_of(lines[line], unit, encoding))


def unit_at(lines: Sequence[str], position: Position, encoding: str) -> int:
    """The unit of a position on its line."""
    line = lines[position.line] if position.line < len(lines) else ""
    return units(line[: position.column], encoding)


def ends_of(span: Span, lines: Sequence[str]) -> tuple[Position, Position]:
    """Where a span begins and ends, inside the text; the file as a whole is its first line."""
    if not span.line:
        return Position(0, 0), Position(0, len(lines[0]))
    start = _within(lines, span.line - 1, span.column - 1)
    return start, max(start, _within(lines, span.end_line - 1, span.end_column - 1))


def _within(lines: Sequence[str], line: int, column: int) -> Position:
    line = max(0, min(line, len(lines) - 1))
    return Position(line, max(0, min(column, len(lines[line]))))


def holds(span: Span, position: Position) -> bool:
    """Whether a position lies in a span or at one of its ends."""
    place = (position.line + 1, position.column + 1)
    return bool(span.line) and (span.line, span.column) <= place <= (span.end_line, span.end_column)
