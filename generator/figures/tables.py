"""The data behind a figure as an HTML table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from markupsafe import Markup

from .svg import escaped, whole


class Cell(msgspec.Struct, frozen=True):
    """A text in a table; `href` makes it a link, `is_number` sets it in figures that stand under each other."""

    text: str
    href: str = ""
    is_number: bool = False


def data_table(caption: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Markup:
    """A table with a caption; the first cell of a row is its heading."""
    titles = "".join([f'<th scope="col">{escaped(text)}</th>' for text in head])
    body = "".join([_row(cells) for cells in rows])
    return whole(
        f'<table class="data"><caption>{escaped(caption)}</caption><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>'
    )


def _row(cells: Sequence[Cell]) -> str:
    first, *others = cells
    rest = "".join([f"<td{_sort(cell)}>{anchored(cell.text, cell.href)}</td>" for cell in others])
    return f'<tr><th scope="row"{_sort(first)}>{anchored(first.text, first.href)}</th>{rest}</tr>'


def _sort(cell: Cell) -> str:
    return ' class="number"' if cell.is_number else ""


def anchored(text: str, href: str) -> str:
    """The text, as a link where there is an address."""
    return f'<a href="{escaped(href)}">{escaped(text)}</a>' if href and text else escaped(text)
