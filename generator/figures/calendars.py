"""Days as calendars: how much each day holds, in five steps of one hue, and the weeks of a month.

Only what is known to the day has a square. What is known to the month, the year or vaguer stands in a list of its
own under the calendar and colours nothing. Classes: `heat`, `heat-half`, `day`, `possible`, `q0` to `q4`, `months`,
`legend`, `imprecise`.
"""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

import msgspec
from markupsafe import Markup

from .svg import escaped, linked, titled, whole
from .tables import anchored

CELL, PITCH = 10, 12
LEFT, TOP = 26, 15
MONTHS_IN_BLOCK, LEAST_COLUMNS = 6, 27

MOST_SHEETS = 256
"""So many empty half-years are kept, some 2 KiB each: a chronicle draws those of its own years for every city."""


class Day(msgspec.Struct, frozen=True):
    """A day with entries: how many are certainly and how many possibly on it, and what it says when pointed at."""

    day: date
    certain: int
    possible: int
    title: str
    href: str = ""


class ImpreciseBar(msgspec.Struct, frozen=True):
    """Entries that no single day can claim: their time (`December 2025`), how many, and that number as text."""

    label: str
    count: int
    text: str
    href: str = ""


class Words(msgspec.Struct, frozen=True):
    """What a calendar says.

    `weekdays` are seven names, Monday first (empty ones are not written), `months` those of the months shown, in
    order. `bounds` are the least counts of the steps `q1` to `q4` and `steps` the meaning of `q0` to `q4` in words;
    calendars that are to be compared share them.
    """

    title: str
    weekdays: Sequence[str]
    months: Sequence[str]
    steps: Sequence[str]
    bounds: tuple[int, int, int, int] = (1, 2, 3, 4)


class _Block(msgspec.Struct, frozen=True):
    """Up to six months side by side: the first and last day drawn."""

    first: date
    last: date

    def column(self, day: date) -> int:
        """The week of a day, counted from the first one drawn."""
        return (day - self.first + timedelta(self.first.weekday())).days // 7

    def corner(self, day: date) -> tuple[int, int]:
        """Where the square of a day begins."""
        return LEFT + PITCH * self.column(day), TOP + PITCH * day.weekday()


def heat_calendar(year: int, days: Iterable[Day], imprecise: Sequence[ImpreciseBar], words: Words) -> Markup:
    """A year by week, in two halves that stand side by side or, on a phone, one above the other."""
    return heat_months(date(year, 1, 1), date(year, 12, 31), days, imprecise, words)


def heat_months(
    first: date, last: date, days: Iterable[Day], imprecise: Sequence[ImpreciseBar], words: Words
) -> Markup:
    """The days from `first` to `last` by week, six months a block; nothing is said of days outside."""
    known = sorted((d for d in days if first <= d.day <= last and d.certain + d.possible > 0), key=lambda d: d.day)
    drawn = "".join([_block(block, known, words, i * MONTHS_IN_BLOCK) for i, block in enumerate(_blocks(first, last))])
    opened = f'<div class="heat" role="group" aria-label="{escaped(words.title)}"><div class="heat-halves">'
    return whole(f"{opened}{drawn}</div>{_legend(words.steps)}{_imprecise(imprecise)}</div>")


def bounds_up_to(most: int) -> tuple[int, int, int, int]:
    """The least counts of `q1` to `q4` for counts up to `most`: rising by about the same factor."""
    ratio = max(1, most) ** 0.25
    second = max(2, round(ratio))
    third = max(second + 1, round(ratio**2))
    return 1, second, third, max(third + 1, round(ratio**3))


def step(count: int, bounds: Sequence[int]) -> int:
    """The step of a number, 0 to 4."""
    return sum(count >= bound for bound in bounds)


def month_weeks(year: int, month: int) -> tuple[tuple[date | None, ...], ...]:
    """The weeks of a month, Monday first, seven places each; None for the days of other months."""
    weeks = Calendar(0).monthdatescalendar(year, month)
    return tuple(tuple(day if day.month == month else None for day in week) for week in weeks)


def _month_starts(first: date, last: date) -> list[date]:
    """The first drawn day of every month from `first` to `last`."""
    months = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    return [max(first, date(m // 12, m % 12 + 1, 1)) for m in months]


def _blocks(first: date, last: date) -> list[_Block]:
    starts = _month_starts(first, last)[::MONTHS_IN_BLOCK]
    ends = [start - timedelta(1) for start in starts[1:]] + [last]
    return [_Block(start, end) for start, end in zip(starts, ends, strict=True)]


def _block(block: _Block, days: Sequence[Day], words: Words, months_before: int) -> str:
    """Six months as one drawing, a square for each day with entries upon the empty ones."""
    names = words.months[months_before : months_before + MONTHS_IN_BLOCK]
    squares = [_square(block, day, words.bounds) for day in days if block.first <= day.day <= block.last]
    return f"{_sheet(block, tuple(words.weekdays), tuple(names))}{''.join(squares)}</svg>"


@lru_cache(maxsize=MOST_SHEETS)
def _sheet(block: _Block, weekdays: tuple[str, ...], months: tuple[str, ...]) -> str:
    """What lies under the days with entries; always about as wide, so that squares are as large in one as in the other."""
    columns = max(LEAST_COLUMNS, block.column(block.last) + 1)
    box = f"0 0 {LEFT + PITCH * columns + 1} {TOP + PITCH * 7 + 1}"
    parts = (_empty_days(block), _month_lines(block), _weekday_names(weekdays), _month_names(block, months))
    return f'<svg class="heat-half" role="group" viewBox="{box}">{"".join(parts)}'


def _empty_days(block: _Block) -> str:
    """A square for every day: one dashed line for each weekday, which costs less than 180 squares."""
    lines = ""
    for row in range(7):
        days = [d for d in (block.first + timedelta(i) for i in range(7)) if d.weekday() == row and d <= block.last]
        if days:
            x, y = block.corner(days[0])
            lines += f"M{x} {y + CELL // 2}h{PITCH * ((block.last - days[0]).days // 7) + CELL}"
    return f'<path class="q0" d="{lines}" stroke-width="{CELL}" stroke-dasharray="{CELL} {PITCH - CELL}"/>'


def _month_lines(block: _Block) -> str:
    """Steps between the last day of a month and the first of the next."""
    lines = ""
    for start in _month_starts(block.first, block.last)[1:]:
        x, y = block.corner(start)
        across = f"V{y - 1}h{PITCH}" if start.weekday() else ""
        lines += f"M{x - 1} {TOP + 7 * PITCH - 1}{across}V{TOP - 1}"
    return f'<path class="months" d="{lines}"/>' if lines else ""


def _weekday_names(names: Sequence[str]) -> str:
    ys = (TOP + PITCH * row + CELL - 1 for row in range(7))
    return "".join([f'<text y="{y}">{escaped(name)}</text>' for name, y in zip(names, ys, strict=True) if name])


def _month_names(block: _Block, names: Sequence[str]) -> str:
    """Each name over the first whole week of its month."""
    starts = _month_starts(block.first, block.last)
    xs = [LEFT + PITCH * (block.column(start) + (start.weekday() > 0 and i > 0)) for i, start in enumerate(starts)]
    return "".join([f'<text x="{x}" y="{TOP - 5}">{escaped(name)}</text>' for name, x in zip(names, xs, strict=False)])


def _square(block: _Block, day: Day, bounds: Sequence[int]) -> str:
    """The square of a day with entries; a day with only possible ones is marked so and not coloured."""
    x, y = block.corner(day.day)
    kind = f"day q{step(day.certain, bounds)}" if day.certain else "day q0 possible"
    rect = f'<rect class="{kind}" x="{x}" y="{y}" width="{CELL}" height="{CELL}"/>'
    return linked(day.href, titled(day.title) + rect)


def _legend(steps: Sequence[str]) -> str:
    items = [f'<li><i class="q{i}"></i>{escaped(text)}</li>' for i, text in enumerate(steps)]
    return f'<ul class="legend">{"".join(items)}</ul>' if items else ""


def _imprecise(bars: Sequence[ImpreciseBar]) -> str:
    items = [f"<li>{anchored(bar.label, bar.href)} <b>{escaped(bar.text)}</b></li>" for bar in bars if bar.count]
    return f'<ul class="imprecise">{"".join(items)}</ul>' if items else ""
