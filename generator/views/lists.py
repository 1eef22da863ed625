"""The list of all incidents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from ..model import Page
from .base import HOME, INCIDENTS, Count, Head, Site, head
from .cards import Card
from .desk import Desk
from .entry_lists import cards_part, sums_beside
from .late import Late
from .listing import About, Section, part_pages, sections_of, shown, year_counts
from .manners import CARDS
from .rows import RULE
from .sums import Stat, Sums, notes_of, span_text, stats_of

ABOUT = About("Incidents", INCIDENTS.path, "incidents", (HOME, INCIDENTS))


class IncidentsView(msgspec.Struct, frozen=True, kw_only=True):
    """All incidents: the rows of the first page, and links to the years where there are more."""

    head: Head
    title: str
    lede: str
    stats: Late[tuple[Stat, ...]]
    notes: Late[tuple[str, ...]]
    rule: str
    years: tuple[Count, ...]
    sections: tuple[Section, ...]


def pages(desk: Desk) -> Iterator[Page]:
    """The list, and its years where it is long."""
    rows = desk.cards_for(reversed(desk.chronicle.timeline))
    yield desk.page(INCIDENTS.path, "incidents.html", incidents_view, partial(_parts, desk, rows))
    yield from part_pages(desk, CARDS, rows, ABOUT, "listing.html", cards_part, partial(sums_beside, desk))


def _parts(desk: Desk, rows: tuple[Card, ...]) -> tuple[tuple[Card, ...], tuple[Count, ...], Sums]:
    return shown(CARDS, rows), year_counts(CARDS, INCIDENTS.path, rows), desk.sums


def incidents_view(
    site: Site, path: str, rows: tuple[Card, ...], years: tuple[Count, ...], sums: Sums
) -> IncidentsView:
    """The list of all incidents."""
    lede = span_text(site.words, sums)
    return IncidentsView(
        head=head(site, path, "All incidents", f"{lede} {RULE}", section="incidents", crumbs=(HOME,)),
        title="All incidents",
        lede=lede,
        stats=Late(stats_of, site.words, sums),
        notes=Late(notes_of, site.words, sums),
        rule=RULE,
        years=years,
        sections=sections_of(CARDS, rows, years),
    )
