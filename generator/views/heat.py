"""Days with entries as a heat calendar, and counts in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from .. import routes
from ..edtf import day_date
from ..figures import calendars
from ..figures.calendars import Day, ImpreciseBar, heat_months
from ..figures.charts import Bar
from ..locales import calendar_text
from ..words import Words
from .almanac import Tally
from .base import Count

STEPS = (1, 2, 4, 8)
"""The least counts of the four steps, alike in every calendar as long as no day has twice as many."""

_A_MONDAY = date(2024, 1, 1)


def heat_of(
    words: Words, root: str, first: date, last: date, days: Sequence[Tally], vague: Sequence[Count], title: str
) -> Markup:
    """The days from `first` to `last` as squares, with what stands on no day in a strip below; `root` leads to the root of the site."""
    most = max((d.certain for d in days), default=0)
    bounds = STEPS if most < 2 * STEPS[-1] else calendars.bounds_up_to(most)
    squares = [Day(d.day, d.certain, d.possible, _told(words, d), root + routes.day(d.day)) for d in days]
    strip = [
        ImpreciseBar(c.link.text, c.certain + c.possible, tally_text(words, c.certain, c.possible), root + c.link.path)
        for c in vague
    ]
    months = [calendar_text(day, "LLL", words.lang) for day in month_starts(first, last)]
    return heat_months(
        first, last, squares, strip, calendars.Words(title, _weekdays(words), months, _steps(words, bounds), bounds)
    )


def tally_text(words: Words, certain: int, possible: int) -> str:
    """`5 entries, 2 possible`, `1 possible`."""
    sure = words.plural(certain, one="{} entry", other="{} entries") if certain else ""
    maybe = f"{words.number_text(possible)} possible" if possible else ""
    return ", ".join(part for part in (sure, maybe) if part)


def counts_bar(words: Words, root: str, count: Count) -> Bar:
    """A bar whose solid part is what is certain and whose pale part is what is possible: `5 + 1 possible`."""
    parts = [words.number_text(count.certain)] if count.certain or not count.possible else []
    parts += [f"{words.number_text(count.possible)} possible"] if count.possible else []
    path = count.link.path and root + count.link.path
    return Bar(count.link.text, count.certain, count.certain + count.possible, " + ".join(parts), path)


def month_starts(first: date, last: date) -> list[date]:
    """The first day of every month from that of `first` to that of `last`."""
    months = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    return [date(m // 12, m % 12 + 1, 1) for m in months]


def _told(words: Words, day: Tally) -> str:
    return f"{words.short_date_text(day_date(day.day))}: {tally_text(words, day.certain, day.possible)}"


def _weekdays(words: Words) -> tuple[str, ...]:
    """Every second name, Monday first: there is no room for all."""
    days = [date.fromordinal(_A_MONDAY.toordinal() + n) for n in range(7)]
    return tuple("" if n % 2 else calendar_text(day, "ccc", words.lang) for n, day in enumerate(days))


def _steps(words: Words, bounds: Sequence[int]) -> tuple[str, ...]:
    """`none`, `1`, `2–3`, `4–7`, `8 or more`: what the steps of the colour mean."""
    ranges = [
        words.number_text(low) if above == low + 1 else f"{words.number_text(low)}–{words.number_text(above - 1)}"
        for low, above in pairwise(bounds)
    ]
    return ("none", *ranges, f"{words.number_text(bounds[-1])} or more")
