"""The data behind a figure as an HTML table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from markupsafe import Markup

from .svg import joined, tag


class Cell(msgspec.Struct, frozen=True):
    """A text in a table; `href` makes it a link, `is_number` sets it in figures that stand under each other."""

    text: str
    href: str = ""
    is_number: bool = False


def data_table(caption: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Markup:
    """A table with a caption; the first cell of a row is its heading."""
    titles = joined([_titled(text) for text in head])
    body = joined([_row(cells) for cells in rows])
    return Markup(
        '<table class="data"><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(caption, titles, body)


def _titled(text: str) -> Markup:
    return Markup('<th scope="col">{}</th>').format(text)


def _row(cells: Sequence[Cell]) -> Markup:
    shapes = (Markup('<th scope="row"{}>{}</th>'), *[Markup("<td{}>{}</td>")] * (len(cells) - 1))
    number = Markup(' class="number"')
    filled = [
        shape.format(number if cell.is_number else "", anchored(cell.text, cell.href))
        for shape, cell in zip(shapes, cells, strict=True)
    ]
    return Markup("<tr>{}</tr>").format(joined(filled))


def anchored(text: str, href: str) -> Markup | str:
    """The text, as a link where there is an address."""
    return tag("a", text, href=href) if href and text else text
