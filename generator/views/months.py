"""The page of one month: its days as a grid, its incidents, and those that are known only to the month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

import msgspec

from .. import routes
from ..figures.calendars import month_weeks
from ..locales import calendar_text
from ..model import Page
from ..words import Words
from . import days
from .almanac import Month, Period, Tally, bounds_of, tallies
from .base import DATES, HOME, MOST_ROWS, Head, Link, Site, head
from .cards import Card
from .desk import Desk
from .late import Late
from .ledes import harm_text, incidents_text, sentences
from .rows import IN_ORDER, RULE, Cities, Rows, cities_of, density_of, rows_of
from .sums import Stat, Sums, notes_of, stats_of, sums_of


class Cell(msgspec.Struct, frozen=True):
    """A day in the grid; `path` is empty where it has no entry, the words are those of its counts."""

    day: int
    path: str = ""
    certain: str = ""
    entries: str = ""
    possible: str = ""


class Around(msgspec.Struct, frozen=True):
    """The months with entries before and after one."""

    before: Link | None
    after: Link | None


class Lists(msgspec.Struct, frozen=True):
    """The entries of a month as cards: on its days (newest first), possibly in it, and known only to it.

    The first two are empty where there are more than a page can hold: then the grid leads to them.
    """

    certain: tuple[Card, ...]
    possible: tuple[Card, ...]
    vague: tuple[Card, ...]


class MonthView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of a month."""

    head: Head
    title: str
    lede: str
    stats: Late[tuple[Stat, ...]]
    notes: Late[tuple[str, ...]]
    around: Around
    weekdays: tuple[tuple[str, str], ...]
    weeks: Late[tuple[tuple[Cell | None, ...], ...]]
    vague: Rows
    certain: Rows
    possible: Rows
    is_listed: bool
    rule: str
    vague_rule: str
    year: Link
    cities: Cities


# ---------------------------------------------------------------- plan


def pages(desk: Desk) -> Iterator[Page]:
    """A page for every month that has an entry, then one for every day."""
    keys = list(desk.almanac.months)
    for key, before, after in zip(keys, [None, *keys], [*keys[1:], None], strict=False):
        yield desk.page(routes.month(*key), "month.html", month_view, partial(_parts, desk, key, before, after))
    yield from days.pages(desk)


def _parts(desk: Desk, month: Month, before: Month | None, after: Month | None) -> tuple[Any, ...]:
    """All that the page of a month is made from."""
    period, c = desk.almanac.months[month], desk.chronicle
    unsettled = _unsettled(desk, period)
    around = Around(_month_link(desk, before), _month_link(desk, after))
    held = tallies(c, *bounds_of(f"{month[0]}-{month[1]:02}"))
    lists = _lists(desk, period)
    sums = sums_of(c.published(period.certain), c.published(period.possible))
    cities = cities_of(desk.cards_for(period.certain), desk.cards_for(period.possible))
    return month, around, held, unsettled, lists.certain, lists.possible, lists.vague, sums, cities


def _month_link(desk: Desk, month: Month | None) -> Link | None:
    return Link(desk.site.words.month_name(*month), routes.month(*month)) if month else None


def _lists(desk: Desk, period: Period) -> Lists:
    vague = frozenset(period.vague)
    certain, possible = ([id for id in reversed(ids) if id not in vague] for ids in (period.certain, period.possible))
    if len(certain) + len(possible) > MOST_ROWS:
        return Lists((), (), desk.cards_for(period.vague))
    return Lists(desk.cards_for(certain), desk.cards_for(possible), desk.cards_for(period.vague))


def _unsettled(desk: Desk, period: Period) -> int:
    """How many entries are certain in a month but on none of its days."""
    dates = (desk.chronicle.entries[id].incident.date for id in period.certain)
    return sum(not days.has_certain_day(d) for d in dates)


# ---------------------------------------------------------------- view


def month_view(
    site: Site, path: str, month: Month, around: Around, held: tuple[Tally, ...], unsettled: int,
    certain: tuple[Card, ...], possible: tuple[Card, ...], vague: tuple[Card, ...], sums: Sums, cities: Cities,
) -> MonthView:  # fmt: skip
    """The page of a month; `unsettled` are its certain entries that stand on no certain day."""
    words, title = site.words, site.words.month_name(*month)
    density = density_of([*certain, *possible, *vague])
    lede = _counted(words, sums, unsettled, held)
    listed, all_of = len(certain) + len(possible) + len(vague), sums.entries + sums.possible_entries
    return MonthView(
        head=head(
            site,
            path,
            title,
            sentences(lede, harm_text(words, sums)),
            section="dates",
            crumbs=(HOME, DATES, Link(str(month[0]), routes.year(month[0]))),
        ),
        title=title,
        lede=lede,
        stats=Late(stats_of, words, sums),
        notes=Late(notes_of, words, sums),
        around=around,
        weekdays=weekdays(words),
        weeks=Late(_weeks, words, month, held),
        vague=rows_of(vague, density),
        certain=rows_of(certain, density),
        possible=rows_of(possible, density),
        is_listed=listed == all_of,
        rule=RULE,
        vague_rule=IN_ORDER,
        year=Link(str(month[0]), routes.year(month[0])),
        cities=cities,
    )


def _counted(words: Words, sums: Sums, unsettled: int, held: Sequence[Tally]) -> str:
    """`23 incidents in this month, on 8 days; the day of 3 is not settled.`"""
    settled = sum(t.certain > 0 for t in held)
    on = words.plural(settled, one=", on {} day", other=", on {} days") if settled else ""
    text = incidents_text(words, sums.incidents, sums.possible, f"in this month{on}")
    open_days = words.plural(unsettled, one="the day of {} is not settled", other="the day of {} is not settled")
    return f"{text}; {open_days}." if unsettled else f"{text}."


def weekdays(words: Words) -> tuple[tuple[str, str], ...]:
    """The names of the days of a week, Monday first: short and whole."""
    week = (date(2024, 1, n) for n in range(1, 8))
    return tuple((calendar_text(day, "ccc", words.lang), words.weekday(day)) for day in week)


def _weeks(words: Words, month: Month, held: Iterable[Tally]) -> tuple[tuple[Cell | None, ...], ...]:
    """The days of a month by week; None for those of other months."""
    found = {t.day: t for t in held}
    return tuple(
        tuple(None if day is None else _cell(words, day, found.get(day)) for day in week)
        for week in month_weeks(*month)
    )


def _cell(words: Words, day: date, tally: Tally | None) -> Cell:
    if tally is None:
        return Cell(day.day)
    return Cell(
        day=day.day,
        path=routes.day(day),
        certain=words.number_text(tally.certain) if tally.certain else "",
        entries=words.plural(tally.certain, one="entry", other="entries") if tally.certain else "",
        possible=f"+{words.number_text(tally.possible)}" if tally.possible else "",
    )
