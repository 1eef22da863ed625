"""The pages of docs/ as tests read them: their texts and their tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


class Table(msgspec.Struct, frozen=True):
    """A table of a page: the heading it stands under, its head, and its rows as cells."""

    heading: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@cache
def page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|")))


def tables(name: str) -> Iterator[Table]:
    """The tables of a page, in order."""
    heading, block = "", []
    for line in [*page(name).splitlines(), ""]:
        if line.startswith("#"):
            heading = line.lstrip("# ")
        if line.startswith("|"):
            block.append(line)
        elif block:
            yield Table(heading, cells(block[0]), tuple(cells(row) for row in block[2:]))
            block = []


def rows_under(name: str, heading: str, head: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The rows of the tables with this head under this heading; never none."""
    found = [row for table in tables(name) if (table.heading, table.head) == (heading, head) for row in table.rows]
    assert found, f"docs/{name}.md has no such table under {heading}"
    return found


def bare(cell: str) -> str:
    """A cell without its code marks."""
    return cell.removeprefix("`").removesuffix("`")
