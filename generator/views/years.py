"""The overview of all dates, a page for each year, and one for a decade where some entry is known no more exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

import msgspec
from markupsafe import Markup

from .. import routes
from ..figures.charts import bars
from ..locales import calendar_text
from ..model import Page
from ..words import Words
from . import decades
from .almanac import Period, Tally, bounds_of, tallies
from .base import DATES, HOME, MOST_ROWS, Count, Head, Link, Site, head
from .cards import Card
from .decades import decade_link
from .desk import Desk
from .heat import counts_bar, heat_of
from .late import Late
from .ledes import harm_text, incidents_text, sentences
from .overview import dates_view, overview
from .rows import IN_ORDER, PAGE_ROOM, RULE, Rows, density_of, rows_of
from .sums import Stat, Sums, notes_of, stats_of, sums_of

SQUARE_BYTES = 130
"""About how many bytes the square of a day with entries takes."""

VAGUE_ROOM = 4_000
"""Bytes that the entries known only to the year have in any case."""


class MonthRow(msgspec.Struct, frozen=True):
    """The incidents of one month of a year, newest first."""

    month: Link
    anchor: str
    rows: Rows


class Around(msgspec.Struct, frozen=True):
    """The years with entries before and after one, and its decade where that has a page."""

    before: Link | None
    after: Link | None
    decade: Link | None


class YearView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of a year."""

    head: Head
    title: str
    lede: str
    stats: Late[tuple[Stat, ...]]
    notes: Late[tuple[str, ...]]
    around: Around
    heat: Late[Markup]
    months: Late[Markup]
    strip: tuple[Count, ...]
    rule: str
    vague_rule: str
    vague: Rows
    groups: tuple[MonthRow, ...]
    possible: Rows


# ---------------------------------------------------------------- plan


def pages(desk: Desk) -> Iterator[Page]:
    """The overview, the years and the decades."""
    yield desk.page(routes.INDEXES["dates"], "dates.html", dates_view, partial(overview, desk))
    years = list(desk.almanac.years)
    for year, before, after in zip(years, [None, *years], [*years[1:], None], strict=False):
        yield desk.page(routes.year(year), "year.html", year_view, partial(_parts, desk, year, before, after))
    yield from decades.pages(desk)


def _parts(desk: Desk, year: int, before: int | None, after: int | None) -> tuple[Any, ...]:
    """All that the page of a year is made from."""
    almanac, c = desk.almanac, desk.chronicle
    period = almanac.years[year]
    decade = decade_link(desk.site.words, year // 10 * 10) if year // 10 * 10 in almanac.decades else None
    months = tuple(
        (m, len(p.certain), len(p.possible), *p.vague_counts) for (y, m), p in almanac.months.items() if y == year
    )
    held = tallies(c, *bounds_of(str(year)))
    certain, possible = _listed(desk, period, held)
    return (
        year, Around(_year_link(before), _year_link(after), decade), months, held,
        period.vague_counts, certain, possible, desk.cards_for(period.vague),
        sums_of(c.published(period.certain), c.published(period.possible)),
    )  # fmt: skip


def _listed(desk: Desk, period: Period, held: Sequence[Tally]) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """The incidents of a year that its page lists, newest first: all where there is room for them beside the calendar, else none."""
    vague = frozenset(period.vague)
    certain, possible = ([id for id in reversed(ids) if id not in vague] for ids in (period.certain, period.possible))
    if len(certain) + len(possible) > MOST_ROWS:
        return (), ()
    cards = desk.cards_for(certain), desk.cards_for(possible)
    room = PAGE_ROOM - SQUARE_BYTES * len(held)
    return cards if density_of([*cards[0], *cards[1], *desk.cards_for(period.vague)], room) == "full" else ((), ())


def _year_link(year: int | None) -> Link | None:
    return Link(str(year), routes.year(year)) if year else None


# ---------------------------------------------------------------- a year


def year_view(
    site: Site, path: str, year: int, around: Around, months: tuple[tuple[int, int, int, int, int], ...], held: tuple[Tally, ...],
    undated: tuple[int, int], certain: tuple[Card, ...], possible: tuple[Card, ...], vague: tuple[Card, ...], sums: Sums,
) -> YearView:  # fmt: skip
    """The page of a year; `months` are month, certain, possible, and the same of those known only to the month; `undated` of those
    known only to the year."""
    words, title, root = site.words, str(year), routes.root_of(path)
    names = {m: Link(words.month_name(year, m), routes.month(year, m)) for m, *_ in months}
    strip = [Count(Link(names[m].text, f"{names[m].path}#undated"), *vague) for m, _, _, *vague in months if any(vague)]
    strip += [Count(Link(f"{title}, no month", f"{path}#undated"), *undated)] if vague else []
    first, last = bounds_of(title)
    density = density_of(vague, max(VAGUE_ROOM, PAGE_ROOM - SQUARE_BYTES * len(held)))
    lede = f"{incidents_text(words, sums.incidents, sums.possible, 'in this year')}."
    return YearView(
        head=head(site, path, title, sentences(lede, harm_text(words, sums)), section="dates", crumbs=(HOME, DATES)),
        title=title,
        lede=lede,
        stats=Late(stats_of, words, sums),
        notes=Late(notes_of, words, sums),
        around=around,
        heat=Late(heat_of, words, root, first, last, held, strip, f"The days of {title}"),
        months=Late(_month_bars, words, root, year, months),
        strip=tuple(strip),
        rule=RULE,
        vague_rule=IN_ORDER,
        vague=rows_of(vague, density),
        groups=tuple(_groups(words, year, certain)),
        possible=rows_of(possible, "full"),
    )


def _month_bars(words: Words, root: str, year: int, months: Sequence[tuple[int, ...]]) -> Markup:
    """The entries of each month, certain and possible ones in one bar."""
    names = ((calendar_text(date(year, m, 1), "LLLL", words.lang), m, sure, maybe) for m, sure, maybe, *_ in months)
    counts = (Count(Link(name, routes.month(year, m)), sure, maybe) for name, m, sure, maybe in names)
    rows = [counts_bar(words, root, count) for count in counts]
    return bars("Entries by month; the pale part of a bar is only possible", ("Month", "Entries"), rows)


def _groups(words: Words, year: int, cards: Sequence[Card]) -> Iterator[MonthRow]:
    """The incidents by the month of their earliest day in the year, newest month first."""

    def month_of(card: Card) -> int:
        return card.date.earliest.month if card.date.earliest and card.date.earliest.year == year else 1

    for month in sorted({month_of(c) for c in cards}, reverse=True):
        name = calendar_text(date(year, month, 1), "LLLL", words.lang)
        rows = rows_of([c for c in cards if month_of(c) == month], "full")
        yield MonthRow(Link(name, routes.month(year, month)), f"m{month:02}", rows)
