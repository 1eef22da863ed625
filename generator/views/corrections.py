"""Corrections: every update of every entry, newest first, so that nothing is changed in silence."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial

import msgspec

from .. import routes
from ..chronicle import Linked
from ..model import Page
from ..moments import moment_key
from .base import CORRECTIONS, HOME, Count, Head, Link, Site, head
from .desk import Desk
from .listing import About, PartView, Section, part_pages, part_view, sections_of, shown, year_counts
from .manners import Manner, whole
from .slots import Slot, slot_of_day
from .updates import UpdateItem, update_items


class Correction(msgspec.Struct, frozen=True):
    """An update with the entry it belongs to."""

    entry: Link
    day: datetime.date
    item: UpdateItem


class CorrectionsView(msgspec.Struct, frozen=True):
    """The updates of the first page, and links to the years where there are more."""

    head: Head
    years: tuple[Count, ...]
    sections: tuple[Section, ...]


def _slot_of_correction(correction: Correction) -> Slot:
    return slot_of_day(correction.day)


UPDATES = Manner(
    slot=_slot_of_correction,
    density=whole,
    most=80,
    limit=80,
    rest="undated",
    rest_of_years="Undated",
    rest_of_months="Undated",
    has_calendar=False,
)
ABOUT = About("Corrections", CORRECTIONS.path, "corrections", (HOME, CORRECTIONS))


def pages(desk: Desk) -> Iterator[Page]:
    """The list, also where it is empty, and its years where it is long."""
    rows = corrections_of(desk)
    first = partial(_parts, rows)
    yield desk.page(CORRECTIONS.path, "corrections.html", corrections_view, first)
    yield from part_pages(desk, UPDATES, rows, ABOUT, "corrections-part.html", corrections_part)


def _parts(rows: tuple[Correction, ...]) -> tuple[tuple[Correction, ...], tuple[Count, ...]]:
    return shown(UPDATES, rows), year_counts(UPDATES, CORRECTIONS.path, rows)


def corrections_of(desk: Desk) -> tuple[Correction, ...]:
    """Every update of every entry, newest first; those of one moment by entry."""
    rows = [row for entry in desk.chronicle.entries.values() if entry.incident.updates for row in _rows(desk, entry)]
    rows.sort(key=lambda row: row[0], reverse=True)
    return tuple(correction for _, correction in rows)


def _rows(desk: Desk, entry: Linked) -> Iterator[tuple[tuple[tuple[datetime.datetime, str], str], Correction]]:
    incident = entry.incident
    link = Link(incident.title, routes.incident(entry.id), incident.lang or "")
    titles = desk.update_titles(incident.updates)
    newest = sorted(incident.updates, key=lambda u: moment_key(u.date), reverse=True)
    for update, item in zip(newest, update_items(desk.site, incident, titles), strict=True):
        yield (moment_key(update.date), entry.id), Correction(link, update.date.day, item)


def corrections_view(site: Site, path: str, rows: tuple[Correction, ...], years: tuple[Count, ...]) -> CorrectionsView:
    """The list of corrections."""
    told = (
        "Every change to a published entry that a reader should see, newest first. Nothing is overwritten in silence."
    )
    feed = Link("Corrections", routes.feed("corrections")) if site.has_corrections else None
    return CorrectionsView(
        head(site, path, "Corrections", told, section="corrections", crumbs=(HOME,), feed=feed),
        years,
        sections_of(UPDATES, rows, years),
    )


def corrections_part(
    site: Site, path: str, about: About, year: int, month: int, rows: tuple[Correction, ...], months: tuple[Count, ...],
    before: Link | None, after: Link | None,
) -> PartView:  # fmt: skip
    """One year or month of the corrections."""
    return part_view(UPDATES, site, path, about, year, month, rows, months, before, after)
