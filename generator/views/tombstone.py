"""What is left of an entry that was withdrawn, retracted or merged: what it was, why it went, when and by whom, and where to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from .. import routes
from ..chronicle import Linked
from ..history import farewell
from ..model import Incident, Page, Translation
from .base import CHANGES, HOME, INCIDENTS, Head, Link, Site, head
from .desk import Desk
from .facts import Fact, Value
from .updates import UpdateItem, update_items

UNDATED = "the day is not stated"


class Remains(msgspec.Struct, frozen=True):
    """What the page of an entry that is gone is made from, beside its record."""

    cities: tuple[Link, ...]
    into: Link | None
    sources: tuple[Link, ...]
    titles: dict[str, str]
    mentions: tuple[Link, ...]


class TombstoneView(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of an entry that is gone. `went` says how, when and by whom, `note` why."""

    head: Head
    title: str
    lang: str
    status: str
    went: str
    note: str
    merged_into: Link | None
    facts: tuple[Fact, ...]
    sources: tuple[Link, ...]
    updates: tuple[UpdateItem, ...]
    mentions: tuple[Link, ...]
    changes: Link | None


# ---------------------------------------------------------------- plan


def pages(desk: Desk, entry: Linked) -> Iterator[Page]:
    """The page of an entry that is gone, and one at the address of each of its translations."""
    path = routes.incident(entry.id)
    parts = partial(_parts, desk, entry, "", "")
    yield desk.page(path, "tombstone.html", tombstone_view, parts, entry.incident.path)
    for translation in entry.translations:
        yield _of_translation(desk, entry, translation, path)


def _of_translation(desk: Desk, entry: Linked, translation: Translation, path: str) -> Page:
    lang = translation.lang or ""
    parts = partial(_parts, desk, entry, translation.title, lang)
    return desk.page(routes.translation(lang, path), "tombstone.html", tombstone_view, parts, translation.path)


def _parts(desk: Desk, entry: Linked, title: str, lang: str) -> tuple[Incident, Remains, str, str]:
    incident, c = entry.incident, desk.chronicle
    cited = {cited.name: cited.document.title or cited.name for cited in entry.sources}
    remains = Remains(
        cities=tuple(Link(city.name, routes.city(city.id)) for city in desk.cities_of(entry)),
        into=desk.link(f"incident:{incident.merged_into}") if incident.merged_into in c.entries else None,
        sources=tuple(Link(text, _record(desk, name)) for name, text in cited.items()),
        titles=desk.update_titles(incident.updates),
        mentions=desk.links(entry.mentions),
    )
    return incident, remains, title or incident.title, lang or incident.lang or ""


def _record(desk: Desk, source: str) -> str:
    """The page of a source, where it has one."""
    return desk.site.path(routes.source(source)) if source in desk.chronicle.sources else ""


# ---------------------------------------------------------------- view


def tombstone_view(site: Site, path: str, incident: Incident, remains: Remains, title: str, lang: str) -> TombstoneView:
    """The page of an entry that is gone."""
    note = incident.status_note or ""
    heading = f"{incident.status.capitalize()}: {title}"
    return TombstoneView(
        head=head(site, path, heading, note, section="incidents", crumbs=(HOME, INCIDENTS), lang=lang, listed=False),
        title=title,
        lang=lang,
        status=incident.status,
        went=went(site, incident),
        note=note,
        merged_into=remains.into,
        facts=_facts(site, incident, remains),
        sources=remains.sources,
        updates=update_items(site, incident, remains.titles),
        mentions=remains.mentions,
        changes=Link("All changes", CHANGES.path) if site.has("changes") else None,
    )


def went(site: Site, incident: Incident) -> str:
    """`This entry was withdrawn on 5 January 2026 by the editors.`"""
    last = farewell(incident)
    when = f" on {site.words.moment_text(last.date)}" if last else f"; {UNDATED}"
    return f"This entry was {incident.status}{when}{f' by {last.by}' if last and last.by else ''}."


def _facts(site: Site, incident: Incident, remains: Remains) -> tuple[Fact, ...]:
    """What the entry was: what it told of is said, what it claimed is not repeated."""
    published = site.words.moment_text(incident.published) if incident.published else "the day is not stated"
    rows = [
        Fact("Told of", (Value(site.words.date_text(incident.date)),)),
        Fact("Place", tuple(Value(city.text, path=city.path) for city in remains.cities)),
        Fact("Published", (Value(published),)),
        Fact("Former ids", tuple(Value(id) for id in incident.previous_ids)),
    ]
    return tuple(row for row in rows if row.values)
