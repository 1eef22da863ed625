"""Source documents as the rows of lists: what each is, and how many entries rest on it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec

from .. import routes
from ..edtf import day_date
from ..model import Source
from .base import Count, Link, Site
from .claims import about_text
from .desk import Desk
from .listing import About, PartView, part_view
from .manners import Manner, whole
from .slots import Slot, slot_of_day


class SourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A source in a list. `iso` and `when` are empty where it is undated."""

    link: Link
    house: str
    day: datetime.date | None
    iso: str
    when: str
    about: str
    entries: str
    is_copy: bool


def _slot_of_row(row: SourceRow) -> Slot:
    return slot_of_day(row.day)


DOCUMENTS = Manner(
    slot=_slot_of_row,
    density=whole,
    most=30,
    limit=150,
    rest="undated",
    rest_of_years="Undated",
    rest_of_months="Undated",
    has_calendar=False,
)


def source_rows(desk: Desk, sources: Iterable[Source]) -> tuple[SourceRow, ...]:
    """Sources as the rows of a list, in the order given."""
    return tuple(_row(desk, s) for s in sources)


def _row(desk: Desk, source: Source) -> SourceRow:
    document, c, words = source.document, desk.chronicle, desk.site.words
    day = document.published.day if document.published else None
    return SourceRow(
        link=Link(desk.source_title(source.id), routes.source(source.id), title_lang(desk.site, source)),
        house=house_name(desk, document.publisher),
        day=day,
        iso=day.isoformat() if day else "",
        when=words.short_date_text(day_date(day)) if day else "",
        about=about_text(desk.site, document),
        entries=words.plural(len(c.by_source.get(source.id, ())), one="{} entry", other="{} entries"),
        is_copy=bool(document.derived_from),
    )


def house_name(desk: Desk, publisher: str | None) -> str:
    """The name of a publisher as its own page has it."""
    house = desk.chronicle.house_names.one(publisher) if publisher else None
    return desk.chronicle.houses[house].name if house else publisher or ""


def title_lang(site: Site, source: Source) -> str:
    """The language of a source's own title, where it has one and it is not the site's."""
    document = source.document
    return document.language if document.title and document.language and document.language != site.lang else ""


def sources_part(
    site: Site, path: str, about: About, year: int, month: int, rows: tuple[SourceRow, ...], months: tuple[Count, ...],
    before: Link | None, after: Link | None,
) -> PartView:  # fmt: skip
    """One year or month of the sources, or of those of a publisher."""
    return part_view(DOCUMENTS, site, path, about, year, month, rows, months, before, after)
