"""The page of a decade that some entry is known no more exactly than."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

import msgspec

from .. import routes
from ..edtf import Edtf
from ..model import Page
from ..words import Words
from .almanac import Period
from .base import DATES, HOME, Count, Head, Link, Site, head
from .cards import Card
from .desk import Desk
from .late import Late
from .nights import capital
from .rows import IN_ORDER, Rows, density_of, rows_of
from .sums import Stat, Sums, notes_of, stats_of, sums_of


class DecadeView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of a decade."""

    head: Head
    title: str
    lede: str
    stats: Late[tuple[Stat, ...]]
    notes: Late[tuple[str, ...]]
    rule: str
    years: tuple[Count, ...]
    vague: Rows


def pages(desk: Desk) -> Iterator[Page]:
    """A page for every decade of the almanac."""
    for decade in desk.almanac.decades:
        path = routes.calendar(f"{decade}s")
        yield desk.page(path, "decade.html", decade_view, partial(_parts, desk, decade))


def _parts(desk: Desk, decade: int) -> tuple[int, tuple[Count, ...], tuple[Card, ...], Sums]:
    years, c, period = desk.almanac.years, desk.chronicle, desk.almanac.decades[decade]
    counts = tuple(year_count(y, years[y]) for y in years if decade <= y <= decade + 9)
    sums = sums_of(c.published(period.certain), c.published(period.possible))
    return decade, counts, desk.cards_for(period.vague), sums


def year_count(year: int, period: Period) -> Count:
    """A year with how many entries stand in it."""
    return Count(Link(str(year), routes.year(year)), len(period.certain), len(period.possible))


def decade_link(words: Words, decade: int) -> Link:
    """A decade that has a page."""
    return Link(decade_text(words, decade), routes.calendar(f"{decade}s"))


def decade_view(
    site: Site, path: str, decade: int, years: tuple[Count, ...], vague: tuple[Card, ...], sums: Sums
) -> DecadeView:
    """The page of a decade."""
    words = site.words
    title = decade_text(words, decade)
    lede = words.plural(
        len(vague),
        one="{} incident lies across several of its years or is known no more exactly.",
        other="{} incidents lie across several of its years or are known no more exactly.",
    )
    return DecadeView(
        head=head(site, path, title, lede, section="dates", crumbs=(HOME, DATES)),
        title=capital(title),
        lede=lede,
        stats=Late(stats_of, words, sums),
        notes=Late(notes_of, words, sums),
        rule=IN_ORDER,
        years=years,
        vague=rows_of(vague, density_of(vague)),
    )


def decade_text(words: Words, decade: int) -> str:
    """`the 2020s`."""
    return words.date_text(Edtf(f"{decade // 10}X", date(decade, 1, 1), date(decade + 9, 12, 31), "decade"))
