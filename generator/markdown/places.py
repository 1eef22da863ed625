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
    """The text of a paragraph, heading or cell: `line` is its first line in the body, from 0, `column` where a cell begins, from 0."""

    text: str
    line: int
    column: int | None = None


def block_of(lines: Sequence[str], text: str, line: int) -> Block:
    """The block whose text stands on these lines from `line` on; lines before it that hold nothing of it are passed over."""
    first = text.partition("\n")[0].strip()
    last = line + text.count("\n")
    while last < len(lines) - 1 and first not in lines[line]:
        line, last = line + 1, last + 1
    return Block(text, line)


def cell_of(lines: Sequence[str], text: str, line: int, before: Block | None) -> Block:
    """The next cell of a table's row, after the cell before it."""
    start = end_of(before) if before and before.line == line else 0
    return Block(text, line, max(lines[line].find(_escaped(text), start), start))


def end_of(cell: Block) -> int:
    """The column behind a cell's text, from 0."""
    return (cell.column or 0) + len(_escaped(cell.text))


def span_of(lines: Sequence[str], block: Block, start: int, end: int, first_line: int) -> Span:
    """The place in the file of part of a block's text; `first_line` is the file's line of the body's first."""
    if block.column is None and "\n" not in block.text:
        line, column = _position(lines, block, 0)
        return Span(first_line + line, column + start + 1, first_line + line, column + end + 1)
    line, column = _position(lines, block, start)
    last, behind = _position(lines, block, end)
    return Span(first_line + line, column + 1, first_line + last, behind + 1)


def _position(lines: Sequence[str], block: Block, offset: int) -> tuple[int, int]:
    """Line and column, from 0, of an offset in a block's text."""
    if block.column is not None:
        return block.line, block.column + len(_escaped(block.text[:offset]))
    start = block.text.rfind("\n", 0, offset) + 1
    line = block.line + block.text.count("\n", 0, start)
    shown = block.text[start:].partition("\n")[0]
    return line, max(lines[line].rfind(shown.strip()), 0) + offset - start - (len(shown) - len(shown.lstrip()))


def _escaped(text: str) -> str:
    """A cell's text as it was written."""
    return text.replace("|", r"\|")
