"""How a count moved: steps in the order of time, each as high as the count then was, a range as a band; drawn as SVG."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from .svg import attribute, escaped, percent, whole


class Level(msgspec.Struct, frozen=True):
    """A count from `low` to `high` that stood from one moment to the next; no `high` for "at least". `text` is the count and
    `day` the moment, as a reader says them, short."""

    low: float
    high: float | None
    text: str
    day: str


HEIGHT, TOP, FOOT = 116, 18, 16
"""The height of all, of the room for a text above the highest step, and of the days below."""


def steps(title: str, levels: Sequence[Level]) -> Markup:
    """The counts from left to right, all steps of one width, on a scale from 0, as `<svg>`.

    A band is as high as a range; an open count fills the room above it. Classes: `strip`, `span` (`after` where it is open),
    `tick`, `hour`.
    """
    most = max([level.high or level.low for level in levels], default=0) or 1
    drawn = "".join([_step(levels, n, most) for n in range(len(levels))])
    shape = f'class="strip" role="img"{attribute("aria-label", title)} width="100%" height="{HEIGHT}"'
    return whole(f"<svg {shape}>{drawn}</svg>")


def _step(levels: Sequence[Level], n: int, most: float) -> str:
    level, start, end = levels[n], percent(n / len(levels)), percent((n + 1) / len(levels))
    low, high = _y(level.low, most), TOP if level.high is None else _y(level.high, most)
    band = ""
    if level.high != level.low:
        name = "span after" if level.high is None else "span"
        band = f'<rect class="{name}" x="{start}" y="{high}" width="{percent(1 / len(levels))}" height="{low - high}"/>'
    line = f'<line class="tick" x1="{start}" x2="{end}" y1="{low}" y2="{low}"/>'
    rise = _rise(levels, n, start, most)
    text = f'<text x="{start}" dx="4" y="{max(TOP, high) - 5}">{escaped(level.text)}</text>'
    day = f'<text class="hour" x="{start}" dx="4" y="{HEIGHT - 3}">{escaped(level.day)}</text>'
    return f"<g>{band}{rise}{line}{text}{day}</g>"


def _rise(levels: Sequence[Level], n: int, x: str, most: float) -> str:
    """The line from the step before up or down to this one."""
    if n == 0:
        return ""
    return f'<line class="hour" x1="{x}" x2="{x}" y1="{_y(levels[n - 1].low, most)}" y2="{_y(levels[n].low, most)}"/>'


def _y(value: float, most: float) -> int:
    return round(HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * value / most)
