"""Bars for counts that may be ranges, and the hours of a day with what happened in them.

Nothing is drawn more exactly than it is known: a range has a solid part that is certain and a pale one that is
possible, an open count fades out, a window of time is a band and never a tick in its middle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

import msgspec
from markupsafe import Markup

from .labels import length_of
from .svg import attribute, escaped, linked, percent, titled, whole
from .tables import anchored

# ---------------------------------------------------------------- bars


class Bar(msgspec.Struct, frozen=True):
    """A count from `low` to `high`; no `high` for "at least". `text` is the count as a reader says it."""

    label: str
    low: float
    high: float | None
    text: str
    href: str = ""


FADE = 0.12
"""The share of the width an open count fades out over."""


def bars(caption: str, head: tuple[str, str], rows: Sequence[Bar]) -> Markup:
    """A table of labels and counts with a bar in each row, on one scale from 0; it is its own data table.

    `head` titles the labels and the counts. Classes: `bars`, `bar`, `sure`, `maybe`, `fade-1` to `fade-3`.
    """
    most = max((max(row.low, row.high or 0) for row in rows), default=0) or 1
    room = 1 - FADE if any(row.high is None for row in rows) else 1.0
    body = "".join([_bar_row(row, room / most) for row in rows])
    labels, counts = map(escaped, head)
    titles = f'<th scope="col">{labels}</th><th scope="col" colspan="2">{counts}</th>'
    return whole(
        f'<table class="bars"><caption>{escaped(caption)}</caption><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>'
    )


def _bar_row(row: Bar, unit: float) -> str:
    name, count = anchored(row.label, row.href), escaped(row.text)
    return f'<tr><th scope="row">{name}</th><td class="number">{count}</td><td>{_bar(row, unit)}</td></tr>'


def _bar(row: Bar, unit: float) -> str:
    sure = _piece("sure", 0, row.low * unit)
    if row.high is None:
        rest = [_piece(f"fade-{i + 1}", row.low * unit + FADE * i / 3, FADE / 3) for i in range(3)]
    else:
        rest = [_piece("maybe", row.low * unit, (row.high - row.low) * unit)]
    return f'<svg class="bar" aria-hidden="true">{sure}{"".join(rest)}</svg>'


def _piece(name: str, start: float, width: float) -> str:
    if width <= 0:
        return ""
    return f'<rect class="{name}" x="{percent(start)}" width="{percent(width)}" height="100%"/>'


# ---------------------------------------------------------------- the hours of a day


class Timed(msgspec.Struct, frozen=True):
    """Something at a time of a day, in minutes since the midnight the strip counts from (they may pass 1440 or be
    negative).

    `exact` has one minute; `about` and `window` lie somewhere from `start` to `end`; `part` is a part of the day,
    such as the morning; `before` is known only by its `end`, `after` only by its `start`. `label` is written beside
    it, `title` told.
    """

    kind: Literal["exact", "about", "window", "part", "before", "after"]
    start: int
    end: int
    title: str
    label: str = ""
    href: str = ""


class Hours(msgspec.Struct, frozen=True):
    """What a strip covers, in minutes (0 to 1440 for a day, 1200 to 1920 for a night), and the hours it names."""

    start: int
    end: int
    names: tuple[tuple[int, str], ...]


LANE, AXIS = 26, 18
NARROWEST = 300
"""Height of a lane (a target and a gap) and of the hours, and the least width a strip is shown at, in pixels."""

_TICK_ROOM = 12.0

MOST_AXES = 64
"""So many rows of hours are kept: two kinds of strips, each as high as its lanes."""


class _Item(msgspec.Struct, frozen=True):
    """An event on the strip: from and to as shares of its width, and the pixels it takes on a narrow one."""

    event: Timed
    start: float
    end: float
    left: float
    right: float
    is_left: bool


def day_strip(title: str, events: Iterable[Timed], hours: Hours) -> Markup:
    """The hours from left to right with the events in lanes under each other, as `<svg>`.

    Events outside the hours are left out; events without a time have no place here. Classes: `strip`, `hour`,
    `midnight`, `tick`, `span` with the kind, `target`.
    """
    items = [_item(event, hours) for event in events if _is_within(event, hours)]
    items.sort(key=lambda item: (item.start, item.end, item.event.title, item.event.label, item.event.href))
    lanes = _lanes(items)
    height = AXIS + LANE * max(1, 1 + max(lanes, default=0))
    drawn = "".join([_timed(item, lane, hours) for item, lane in zip(items, lanes, strict=True)])
    shape = f'class="strip" role="group"{attribute("aria-label", title)} width="100%" height="{height}"'
    return whole(f"<svg {shape}>{_axis(hours, height)}{drawn}</svg>")


def _is_within(event: Timed, hours: Hours) -> bool:
    """Whether some of the event lies in the hours; their last minute belongs to the hours that follow."""
    return event.start < hours.end and (event.end > hours.start or event.start == hours.start)


def _item(event: Timed, hours: Hours) -> _Item:
    """An event cut to the hours, with room for its target and its label."""
    span = hours.end - hours.start
    start = max(0.0, min(1.0, (event.start - hours.start) / span))
    end = max(0.0, min(1.0, (event.end - hours.start) / span))
    label = length_of(event.label) + 6 if event.label else 0.0
    is_left = end * NARROWEST + _TICK_ROOM + label > NARROWEST
    left = min(start * NARROWEST, (start + end) / 2 * NARROWEST - _TICK_ROOM) - (label if is_left else 0)
    right = max(end * NARROWEST, (start + end) / 2 * NARROWEST + _TICK_ROOM) + (0 if is_left else label)
    return _Item(event, start, end, left, right, is_left)


def _lanes(items: Sequence[_Item]) -> list[int]:
    """For each item the first lane free where it stands. What is apart on a narrow strip is so on a wide one."""
    ends: list[list[_Item]] = []
    chosen = []
    for item in items:
        lane = next((i for i, held in enumerate(ends) if all(_are_apart(item, other) for other in held)), len(ends))
        ends += [[]] if lane == len(ends) else []
        ends[lane].append(item)
        chosen.append(lane)
    return chosen


def _are_apart(a: _Item, b: _Item) -> bool:
    return a.left >= b.right or b.left >= a.right


@lru_cache(maxsize=MOST_AXES)
def _axis(hours: Hours, height: int) -> str:
    span = hours.end - hours.start
    return "".join([_hour(minute, name, (minute - hours.start) / span, height) for minute, name in hours.names])


def _hour(minute: int, name: str, share: float, height: int) -> str:
    classes = "hour midnight" if minute % 1440 == 0 else "hour"
    anchor = "" if share <= 0.02 else "end" if share >= 0.98 else "middle"
    x = percent(share)
    line = f'<line class="{classes}" x1="{x}" x2="{x}" y1="{AXIS - 3}" y2="{height}"/>'
    return f'{line}<text class="hour" x="{x}" y="{AXIS - 7}"{attribute("text-anchor", anchor)}>{escaped(name)}</text>'


def _timed(item: _Item, lane: int, hours: Hours) -> str:
    top, event = AXIS + LANE * lane + 1, item.event
    target = _target(item, top) if event.href else ""
    span = _span(item, top) if item.end > item.start else ""
    ticks = [_tick((minute - hours.start) / (hours.end - hours.start), top) for minute in _ticks(event, hours)]
    name = _name(item, top) if event.label else ""
    return linked(event.href, f"{titled(event.title)}{target}{span}{''.join(ticks)}{name}")


def _target(item: _Item, top: int) -> str:
    """What can be hit: 24 by 24 around the middle, besides the span itself."""
    middle = percent((item.start + item.end) / 2)
    return f'<rect class="target" x="{middle}" y="{top}" width="24" height="24" transform="translate(-12)"/>'


def _span(item: _Item, top: int) -> str:
    start, width = percent(item.start), percent(item.end - item.start)
    return f'<rect class="span {item.event.kind}" x="{start}" y="{top + 5}" width="{width}" height="14"/>'


def _ticks(event: Timed, hours: Hours) -> list[int]:
    """The minutes that are known and on the strip: of an exact time, and the known end of an open one."""
    known = {"exact": [event.start], "before": [event.end], "after": [event.start]}.get(event.kind, [])
    return [minute for minute in known if hours.start <= minute <= hours.end]


def _tick(share: float, top: int) -> str:
    x = percent(share)
    return f'<line class="tick" x1="{x}" x2="{x}" y1="{top + 2}" y2="{top + 22}"/>'


def _name(item: _Item, top: int) -> str:
    share, off, anchor = (item.start, -5, "end") if item.is_left else (item.end, 5, "")
    place = f'x="{percent(share)}" y="{top + 16}" dx="{off}"{attribute("text-anchor", anchor)}'
    return f"<text {place}>{escaped(item.event.label)}</text>"
