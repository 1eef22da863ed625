"""The overview of all dates: a row for every year with its months."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from .. import routes
from ..chronicle import Chronicle
from ..edtf import day_date
from ..locales import calendar_text
from ..words import Words
from .base import DATES, HOME, Count, Head, Link, Site, head
from .cards import Card
from .decades import decade_link, year_count
from .desk import Desk
from .heat import tally_text
from .rows import IN_ORDER, PAGE_ROOM, Rows, density_of, rows_of

MOST_YEARS = 40
"""So many years are shown month by month on the overview; of older ones only the years."""


class YearRow(msgspec.Struct, frozen=True):
    """A year on the overview with its twelve months, None where a month has no entry."""

    year: Count
    text: str
    months: tuple[tuple[Count, str] | None, ...]


class DatesView(msgspec.Struct, frozen=True, kw_only=True):
    """The overview of all dates."""

    head: Head
    lede: str
    month_names: tuple[tuple[str, str], ...]
    years: tuple[YearRow, ...]
    older: tuple[Count, ...]
    decades: tuple[Count, ...]
    rule: str
    vaguest: Rows


# ---------------------------------------------------------------- plan


def overview(desk: Desk) -> tuple[Any, ...]:
    """All that the overview of a chronicle's dates is made from."""
    c, almanac = desk.chronicle, desk.almanac
    years = tuple(year_count(y, p) for y, p in reversed([*almanac.years.items()]))
    months = tuple((y, m, len(p.certain), len(p.possible)) for (y, m), p in almanac.months.items())
    decades = tuple(Count(decade_link(desk.site.words, d), *p.vague_counts) for d, p in almanac.decades.items())
    bounds = (min(c.days), max(c.days)) if c.days else ()
    return years, months, decades, desk.cards_for(_vaguest(c)), desk.sums.incidents, bounds


def _vaguest(c: Chronicle) -> list[str]:
    """The entries that no calendar page contains: they are wider than a decade, or lie across two."""
    placed = {on.id for entries in c.days.values() for on in entries}.union(*c.homes.values())
    return [id for id in c.timeline if id not in placed]


# ---------------------------------------------------------------- view


def dates_view(
    site: Site, path: str, years: tuple[Count, ...], months: tuple[tuple[int, int, int, int], ...], decades: tuple[Count, ...],
    vaguest: tuple[Card, ...], incidents: int, bounds: tuple[date, ...],
) -> DatesView:  # fmt: skip
    """The overview: a row for every year with its months, newest year first."""
    words = site.words
    lede = _extent_text(words, incidents, bounds)
    held = {
        (y, m): Count(Link(words.month_name(y, m), routes.month(y, m)), sure, maybe) for y, m, sure, maybe in months
    }
    rows = tuple(_year_row(words, count, held) for count in years[:MOST_YEARS])
    return DatesView(
        head=head(site, path, DATES.text, lede, section="dates", crumbs=(HOME,)),
        lede=lede,
        month_names=tuple(
            (calendar_text(d, "LLL", words.lang), calendar_text(d, "LLLL", words.lang))
            for d in (date(2024, m, 1) for m in range(1, 13))
        ),
        years=rows,
        older=years[MOST_YEARS:],
        decades=decades,
        rule=IN_ORDER,
        vaguest=rows_of(vaguest, density_of(vaguest, PAGE_ROOM // 2)),
    )


def _extent_text(words: Words, incidents: int, bounds: tuple[date, ...]) -> str:
    counted = words.plural(incidents, one="{} incident", other="{} incidents")
    if not bounds:
        return f"{counted}." if incidents else "No incident yet."
    first, last = (words.date_text(day_date(day)) for day in bounds)
    return f"{counted}; the calendar reaches from {first} to {last}." if first != last else f"{counted}, {first}."


def _year_row(words: Words, year: Count, held: dict[tuple[int, int], Count]) -> YearRow:
    keys = [(int(year.link.text), month) for month in range(1, 13)]
    months = tuple((held[k], tally_text(words, held[k].certain, held[k].possible)) if k in held else None for k in keys)
    return YearRow(year, tally_text(words, year.certain, year.possible), months)
