"""The changelog of the chronicle: every entry that was added, changed or taken out, newest first, back to the beginning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import msgspec

from .. import routes
from ..edtf import Edtf
from ..history import Event, Happening
from ..model import Page
from ..words import Words
from .base import CHANGES, HOME, Count, Head, Link, Site, head, same_as_data, shortened
from .desk import Desk
from .listing import About, PartView, Section, by_number, part_pages, part_view, shown, year_counts
from .manners import LIST_ROOM, Manner, whole
from .slots import Slot, slot_of_date
from .updates import UPDATE_WORDS

LETTERS = 160
"""So much of what an update says stands in the list; the rest is on the page of its entry."""

LINE_BYTES = 190
"""The markup of one line."""

WORDS: dict[Happening, str] = {
    "added": "Added",
    "changed": "Changed",
    "withdrawn": "Withdrawn",
    "retracted": "Retracted",
    "merged": "Merged",
}
LATER = "then or later"
TOLD = "Every entry that was added, changed or taken out, newest first. What is taken out keeps a page that says why."
ADDED = "Where an entry does not say when it was published, its date stands here: it was added then or later."


NOWHERE = Slot(0, 0)


class Row(NamedTuple):
    """Something that happened to an entry: when, as far as it is stated, and in a few words what."""

    slot: Slot
    date: Edtf | None
    what: Happening
    id: str
    title: str
    lang: str
    told: str


class Line(msgspec.Struct, frozen=True):
    """A row in words. `anchor` is its day where it is the first of it, `month_anchor` likewise, where no heading has it."""

    anchor: str
    month_anchor: str
    iso: str
    when: str
    what: str
    entry: Link
    told: str


class ChangesView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of changes: the first, or that of a year or month. `more` changes of the same time found no room."""

    head: Head
    title: str
    lede: str
    years: tuple[Count, ...] = ()
    months: tuple[Count, ...] = ()
    sections: tuple[Section, ...]
    more: int = 0
    note: str = ""
    data: Link | None = None
    before: Link | None = None
    after: Link | None = None


def _slot_of_row(row: Row) -> Slot:
    return row.slot


ROWS = Manner(
    slot=_slot_of_row,
    density=whole,
    most=120,
    limit=120,
    rest="undated",
    rest_of_years="Year not stated",
    rest_of_months="Month not stated",
    has_calendar=False,
)
ABOUT = About("Changes", CHANGES.path, "changes", (HOME, CHANGES))


# ---------------------------------------------------------------- plan


def pages(desk: Desk) -> Iterator[Page]:
    """The list, also where it is empty, and its years where it is long."""
    rows = tuple(_row(event) for event in desk.history)
    yield desk.page(CHANGES.path, "changes.html", changes_view, partial(_parts, rows))
    yield from part_pages(desk, ROWS, rows, ABOUT, "changes.html", changes_part)


def _parts(rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], tuple[Count, ...]]:
    return shown(ROWS, rows), year_counts(ROWS, CHANGES.path, rows)


def _row(event: Event) -> Row:
    incident, date = event.incident, event.date
    slot = slot_of_date(date) if date else NOWHERE
    return Row(
        Slot(slot.year, slot.month), date, event.what, incident.id, incident.title, incident.lang or "", _told(event)
    )


def _told(event: Event) -> str:
    """What is said of a change, in short."""
    if event.what == "added":
        return "" if event.is_stated else LATER
    if event.what == "changed" and event.update:
        return shortened(f"{UPDATE_WORDS[event.update.kind]}: {event.update.text}", LETTERS)
    return shortened(event.incident.status_note or "", LETTERS)


# ---------------------------------------------------------------- views


def changes_view(site: Site, path: str, rows: tuple[Row, ...], years: tuple[Count, ...]) -> ChangesView:
    """The first page: all changes by year, or the newest of many with links to their years."""
    return ChangesView(
        head=head(site, path, "Changes", TOLD, section="changes", crumbs=(HOME,)),
        title="Changes",
        lede=TOLD,
        years=years,
        sections=_of_years(site.words, rows, f"The newest {len(rows)}" if years else ""),
        note=ADDED if any(row.told == LATER for row in rows) else "",
        data=same_as_data(site, routes.changes_data()),
    )


def changes_part(
    site: Site, path: str, about: About, year: int, month: int, rows: tuple[Row, ...], months: tuple[Count, ...],
    before: Link | None, after: Link | None,
) -> ChangesView:  # fmt: skip
    """One year or month of the changes, as many as a page holds."""
    kept = _with_room(rows)
    view = part_view(ROWS, site, path, about, year, month, kept, months, before, after)
    return ChangesView(
        head=view.head,
        title=view.title,
        lede=view.lede,
        months=months,
        sections=_of_months(site.words, view),
        more=len(rows) - len(kept),
        note=ADDED if any(row.told == LATER for row in kept) else "",
        data=same_as_data(site, routes.changes_data(str(year) if year else ROWS.rest)),
        before=before,
        after=after,
    )


def _with_room(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The first of some rows, as many as a page has room for."""
    room = LIST_ROOM
    for n, row in enumerate(rows):
        room -= LINE_BYTES + len(row.title.encode()) + len(row.told.encode()) + len(row.id)
        if room < 0:
            return rows[:n]
    return rows


def _of_years(words: Words, rows: Sequence[Row], title: str) -> tuple[Section, ...]:
    """Rows under their years, or all under one title."""
    lines = _lines(words, rows, ())
    if title or not rows:
        return (_section(title, "newest", lines),) if rows else ()
    found = by_number(zip(rows, lines, strict=True), lambda pair: _slot_of_row(pair[0]).year)
    return tuple(
        _section(str(year) if year else ROWS.rest_of_years, str(year) if year else ROWS.rest, [line for _, line in of])
        for year, of in found.items()
    )


def _section(title: str, id: str, lines: Sequence[Line]) -> Section:
    return Section(title, id, tuple(lines), certain=len(lines))


def _of_months(words: Words, view: PartView) -> tuple[Section, ...]:
    """The sections of a year, with the address of each month; a month alone has one without a heading."""
    return tuple(_of_month(words, section.title, section.rows) for section in view.sections)


def _of_month(words: Words, title: str, rows: Sequence[Row]) -> Section:
    month = _month(rows[0])
    return _section(title, (month or ROWS.rest) if title else "", _lines(words, rows, (month,)))


def _lines(words: Words, rows: Sequence[Row], taken: Iterable[str]) -> tuple[Line, ...]:
    """Rows in words. The first of each day and of each month can be linked to, but by no address that is taken."""
    seen = {"", *taken}

    def first(anchor: str) -> str:
        found = "" if anchor in seen else anchor
        seen.add(anchor)
        return found

    return tuple(_line(words, row, first(_day(row)), first(_month(row))) for row in rows)


def _line(words: Words, row: Row, anchor: str, month_anchor: str) -> Line:
    when = words.short_date_text(row.date) if row.date else "date not stated"
    iso = (words.datetime_attribute(row.date) or "") if row.date else ""
    entry = Link(row.title, routes.incident(row.id), row.lang)
    return Line(anchor, month_anchor, iso, when, WORDS[row.what], entry, row.told)


def _day(row: Row) -> str:
    """`2025-12-15`, by which a day can be linked to; empty where it is not known to be that day."""
    return row.date.text if row.date and row.date.form == "day" and not row.date.qualified else ""


def _month(row: Row) -> str:
    """`2025-12`, by which a month can be linked to."""
    slot = _slot_of_row(row)
    return f"{slot.year:04}-{slot.month:02}" if slot.month else ""
