"""Which report derives from which: dots in columns, copies right of what they were made from, drawn as SVG."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from .labels import length_of
from .svg import attribute, escaped, linked, number, whole


class Report(msgspec.Struct, frozen=True):
    """A report: its label, its address, and the places in their list of the reports it derives from. One that is known but
    not cited is `absent`."""

    label: str
    href: str
    parents: tuple[int, ...] = ()
    is_absent: bool = False


ROW, COLUMN, DOT = 24, 200, 5
"""The height of a report, the width of a column, and the radius of a dot, in pixels."""


def provenance(title: str, reports: Sequence[Report]) -> Markup:
    """The reports as a tree from left to right, as `<svg>`; a parent stands in the middle of what derives from it.

    Classes: `tree`, `absent`.
    """
    levels = [_level(reports, n) for n in range(len(reports))]
    rows = _rows(reports)
    points = [(DOT + 1 + COLUMN * level, ROW / 2 + ROW * row) for level, row in zip(levels, rows, strict=True)]
    width, height = COLUMN * (max(levels, default=0) + 1), ROW * (1 + max(rows, default=0))
    ends = [(x + 3 * DOT + length_of(report.label), y) for report, (x, y) in zip(reports, points, strict=True)]
    edges = "".join([_edge(ends[p], points[n]) for n, report in enumerate(reports) for p in report.parents])
    drawn = "".join([_report(report, *point) for report, point in zip(reports, points, strict=True)])
    shape = f'class="tree" role="group"{attribute("aria-label", title)} width="{width}" height="{number(height)}"'
    return whole(f'<svg {shape}><path d="{edges}"/>{drawn}</svg>')


def _level(reports: Sequence[Report], place: int) -> int:
    """How many steps a report is from its origin; a parent comes before what derives from it."""
    level = 0
    while reports[place].parents and reports[place].parents[0] < place:
        place, level = reports[place].parents[0], level + 1
    return level


def _rows(reports: Sequence[Report]) -> list[float]:
    """The row of each report: one for each that nothing derives from, in order; the others in the middle of theirs."""
    children: dict[int, list[int]] = {}
    for n, report in enumerate(reports):
        for parent in report.parents[:1]:
            children.setdefault(parent, []).append(n)
    rows = [0.0] * len(reports)
    leaf = 0
    for n in _depth_first(reports, children):
        if n in children:
            rows[n] = (rows[children[n][0]] + rows[children[n][-1]]) / 2
        else:
            rows[n], leaf = float(leaf), leaf + 1
    return rows


def _depth_first(reports: Sequence[Report], children: dict[int, list[int]]) -> list[int]:
    """Every report after all that derives from it."""
    found: list[int] = []
    rest = [n for n, report in enumerate(reports) if not report.parents]
    while rest:
        n = rest.pop()
        found.append(n)
        rest += children.get(n, [])
    return found[::-1]


def _edge(a: tuple[float, float], b: tuple[float, float]) -> str:
    """From a copy straight to the label of what it was made from."""
    return f"M{number(b[0])} {number(b[1])}L{number(a[0])} {number(a[1])}"


def _report(report: Report, x: float, y: float) -> str:
    dot = f'<circle{attribute("class", "absent" if report.is_absent else "")} cx="{number(x)}" cy="{number(y)}" r="{DOT}"/>'
    text = f'<text x="{number(x + 2 * DOT)}" y="{number(y + 4)}">{escaped(report.label)}</text>'
    return linked(report.href, f"{dot}{text}")
