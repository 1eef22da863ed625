"""Where a piece of a block's text stands in the file: markdown-it gives a block's lines, but no columns.

The text of a block is its lines without what precedes them (quote signs, list markers, indentation); a cell of a table has
lost the backslash of every `\\|` besides. So each line of the text is looked for at the end of its line of the file, and a
cell from where the cell before it ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..problems import Span


class Block(NamedTuple):
    """The text of a leaf: `line` is its first line in the body and `column` where it begins, both from 0.

    A text of several lines has no column, since each of them begins elsewhere. `in_cell` holds where every `|` of the text
    has a backslash in the file.
    """

    text: str
    line: int
    column: int | None = None
    in_cell: bool = False


def block_of(lines: Sequence[str], text: str, line: int) -> Block:
    """The block whose text stands on these lines from `line` on; lines before it that hold nothing of it are passed over."""
    first, *more = text.split("\n")
    last, at = line + len(more), _found(lines[line], first)
    while at < 0 and last < len(lines) - 1:
        line, last = line + 1, last + 1
        at = _found(lines[line], first)
    return Block(text, line, None if more else max(at, 0) - _indent(first))


def cell_of(lines: Sequence[str], text: str, line: int, before: Block | None) -> Block:
    """The next cell of a table's row, after the cell before it."""
    start = end_of(before) if before and before.line == line else 0
    return Block(text, line, max(lines[line].find(text.replace("|", r"\|"), start), start), in_cell=True)


def end_of(cell: Block) -> int:
    """The column behind a cell's text, from 0."""
    return (cell.column or 0) + len(cell.text) + cell.text.count("|")


def span_of(lines: Sequence[str], block: Block, start: int, end: int, first_line: int) -> Span:
    """The place in the file of part of a block's text; `first_line` is the file's line of the body's first."""
    if block.column is None:
        line, column = _position(lines, block, start)
        last, behind = _position(lines, block, end)
        return Span(first_line + line, column + 1, first_line + last, behind + 1)
    line, column = first_line + block.line, block.column + 1
    if block.in_cell:
        start, end = (offset + block.text.count("|", 0, offset) for offset in (start, end))
    return Span(line, column + start, line, column + end)


def _position(lines: Sequence[str], block: Block, offset: int) -> tuple[int, int]:
    """Line and column, from 0, of an offset in a text of several lines."""
    start = block.text.rfind("\n", 0, offset) + 1
    line = block.line + block.text.count("\n", 0, start)
    shown = block.text[start:].partition("\n")[0]
    return line, max(_found(lines[line], shown), 0) + offset - start - _indent(shown)


def _found(line: str, text: str) -> int:
    """Where a line of a text, without the blanks around it, begins in a line of the file: the last such place, or -1."""
    shown = text.strip()
    return len(line) - len(shown) if line.endswith(shown) else line.rfind(shown)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())
