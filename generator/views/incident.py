"""The page of one incident, of its translations, and of an entry that is gone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec
from markupsafe import Markup

from .. import ledger, routes
from ..chronicle import Linked
from ..ledger import Ledger
from ..model import GONE, Incident, Page, Translation
from ..moments import moment_key
from . import known, tombstone
from .base import CITIES, HOME, INCIDENTS, Head, KindWord, Link, Site, head
from .cards import ASSESSMENT_WORDS, Card, withheld_phrase
from .claims import Moments, SourceItem, claim_rows, source_items
from .desk import Desk, Text
from .disputes import Dispute, disputes
from .event import event_page
from .facts import Fact, facts_of
from .footnotes import Footnotes
from .incident_parts import Around, Parts, PlacesNear, parts_of, places_near
from .late import Late
from .locator import locator, locator_note
from .moves import Moved, moved
from .origins import CAPTION as FAMILIES_NOTE
from .origins import families
from .pictures import Picture, pictures_of, warning_of
from .sentences import ASSESSMENT_MEANINGS, honest_sentence
from .updates import UpdateItem, update_items
from .weighed import ledger_in

FEW_SOURCES = 6
"""Up to so many sources stand beside the facts; more of them need the whole width."""

TIE_WORDS = {
    "follow-up-to": "Follow-up to",
    "followed-up-by": "Followed by",
    "same-event-as": "The same event as",
    "duplicate-of": "Duplicate of",
    "duplicated-by": "Has the duplicate",
    "responds-to": "Responds to",
    "answered-by": "Answered by",
    "contradicts": "Contradicts",
    "related": "Related",
}


class Group(msgspec.Struct, frozen=True):
    """Cards under a word that says how they stand to this entry."""

    title: str
    cards: tuple[Card, ...]


class IncidentView(msgspec.Struct, frozen=True, kw_only=True):
    """An incident's page."""

    head: Head
    title: str
    lang: str
    kind: KindWord | None
    cities: tuple[Link, ...]
    days: tuple[Link, ...]
    lede: Late[str]
    assessment: str
    meaning: str
    assessment_note: str
    withheld: str
    warning: str
    body: Markup
    facts: Late[tuple[Fact, ...]]
    map: Late[Markup]
    map_note: Late[str]
    pictures: tuple[Picture, ...]
    disputes: Late[tuple[Dispute, ...]]
    moved: Late[tuple[Moved, ...]]
    updates: Late[tuple[UpdateItem, ...]]
    claims: Late[tuple[Moments, ...]]
    families: Late[Markup]
    families_note: str
    sources: Late[tuple[SourceItem, ...]]
    source_total: int
    independent: int
    is_short: bool
    notes: dict[str, tuple[str, ...]]
    groups: Late[tuple[Group, ...]]
    waves: tuple[Link, ...]
    mentions: tuple[Link, ...]
    around: Around
    translations: tuple[tuple[str, str, str], ...]
    known: tuple[known.Step, ...]
    published: str
    changed: str
    data_path: str
    translated: Link | None = None


# ---------------------------------------------------------------- plan


def pages(desk: Desk) -> Iterator[Page]:
    """A page for every incident and translation; a tombstone for every one that is gone."""
    near = places_near(desk)
    for entry in desk.chronicle.entries.values():
        yield from _pages_of(desk, entry, near)


def pages_of(desk: Desk, id: str) -> Iterator[Page]:
    """Those of one incident alone."""
    return _pages_of(desk, desk.chronicle.entries[id], places_near(desk))


def _pages_of(desk: Desk, entry: Linked, near: PlacesNear) -> Iterator[Page]:
    path, origin = routes.incident(entry.id), entry.incident.path
    if entry.incident.status in GONE:
        yield from tombstone.pages(desk, entry)
        yield from known.pages(desk, entry)
        return
    yield desk.page(path, "incident.html", incident_view, partial(_of_incident, desk, entry, near), origin)
    yield from known.pages(desk, entry)
    for translation in entry.translations:
        where = routes.translation(translation.lang or "", path)
        parts = partial(_of_translation, desk, entry, near, translation)
        yield desk.page(where, "incident.html", translated_view, parts, translation.path)


def _of_incident(desk: Desk, entry: Linked, near: PlacesNear) -> tuple[Incident, Parts, Text]:
    return entry.incident, parts_of(desk, entry, near), desk.text(entry.incident)


def _of_translation(
    desk: Desk, entry: Linked, near: PlacesNear, translation: Translation
) -> tuple[Incident, Parts, Translation, Text]:
    return entry.incident, parts_of(desk, entry, near), translation, desk.text(translation)


# ---------------------------------------------------------------- views


def incident_view(site: Site, path: str, incident: Incident, parts: Parts, text: Text) -> IncidentView:
    """The page of an incident in the chronicle's own language."""
    return _view(
        site, path, incident, parts, text, incident.title, incident.lang or "", incident.summary or incident.opening
    )


def translated_view(
    site: Site, path: str, incident: Incident, parts: Parts, translation: Translation, text: Text
) -> IncidentView:
    """The page of a translation: its title, summary and text, with the data of the original."""
    summary = translation.summary or translation.opening
    view = _view(site, path, incident, parts, text, translation.title, translation.lang or "", summary)
    return msgspec.structs.replace(
        view, translated=Link(incident.title, routes.incident(incident.id), incident.lang or site.lang)
    )


def _view(
    site: Site, path: str, incident: Incident, parts: Parts, text: Text, title: str, lang: str, summary: str
) -> IncidentView:
    independent = ledger.independent(parts.cited)
    total = len({c.name for c in parts.cited})
    found = Late(ledger_in, site, incident, parts.cited, parts.weights)
    lede = Late(honest_sentence, site, incident, parts.cities, total, len(independent), found)
    notes = Footnotes(parts.cited)
    root = routes.root_of(path)
    body = Markup(text.filled(root, notes.marker))  # noqa: S704  made by our own renderer
    changed = max((u.date for u in incident.updates), key=moment_key, default=None)
    return IncidentView(
        head=_head(site, path, incident, parts, title, lang, summary or lede.made),
        title=title,
        lang=lang,
        kind=site.kinds.get(incident.kind or ""),
        cities=tuple(Link(c.name, routes.city(c.id)) for c in parts.cities),
        days=parts.days,
        lede=lede,
        assessment=ASSESSMENT_WORDS[incident.assessment],
        meaning=ASSESSMENT_MEANINGS[incident.assessment],
        assessment_note=incident.assessment_note or "",
        withheld=withheld_phrase(site, incident),
        warning=warning_of(incident),
        body=body,
        facts=Late(_facts, site, incident, parts, found),
        map=Late(locator, site, incident, parts.cities, parts.near),
        map_note=Late(locator_note, site, incident, parts.cities),
        pictures=pictures_of(incident),
        disputes=Late(_disputes, site, parts, found),
        moved=Late(_moved, site, found),
        updates=Late(_updates, site, incident, parts),
        claims=Late(_claims, site, parts, found),
        families=Late(families, site.words, parts.cited, parts.houses, parts.origin_titles),
        families_note=FAMILIES_NOTE,
        sources=Late(source_items, site, parts.cited, parts.houses, parts.origin_titles),
        source_total=total,
        independent=len(independent),
        is_short=total <= FEW_SOURCES,
        notes={number: tuple(ids) for number, ids in notes.used.items()},
        groups=Late(_groups, parts),
        waves=parts.waves,
        mentions=parts.mentions,
        around=parts.around,
        translations=parts.translations,
        known=known.steps(site.words, incident.id, parts.former),
        published=site.words.moment_text(incident.published) if incident.published else "",
        changed=site.words.moment_text(changed) if changed else "",
        data_path=site.path(routes.incident_data(incident.id)),
    )


def _facts(site: Site, incident: Incident, parts: Parts, found: Late[Ledger]) -> tuple[Fact, ...]:
    return facts_of(site, incident, parts.cities, parts.tags, found.made)


def _disputes(site: Site, parts: Parts, found: Late[Ledger]) -> tuple[Dispute, ...]:
    others = {card.id: card for card in parts.others}
    return disputes(site.words, found.made.contradictions, parts.houses, others)


def _moved(site: Site, found: Late[Ledger]) -> tuple[Moved, ...]:
    return moved(site.words, found.made)


def _claims(site: Site, parts: Parts, found: Late[Ledger]) -> tuple[Moments, ...]:
    others = {card.id: card for card in parts.others}
    return claim_rows(site, parts.cited, found.made, parts.houses, others)


def _updates(site: Site, incident: Incident, parts: Parts) -> tuple[UpdateItem, ...]:
    return update_items(site, incident, parts.update_titles)


def _groups(parts: Parts) -> tuple[Group, ...]:
    """Related entries by how they stand to this one, then those of the same days."""
    kinds = dict.fromkeys(kind for kind, _ in parts.ties)
    ordered = sorted(kinds, key=list(TIE_WORDS).index)
    groups = [Group(TIE_WORDS[kind], tuple(card for k, card in parts.ties if k == kind)) for kind in ordered]
    if parts.same_day:
        days = "the same day" if len(parts.days) == 1 else "the same days"
        groups.append(Group(f"Nearest on {days}", parts.same_day))
    return tuple(groups)


# ---------------------------------------------------------------- head


def _head(site: Site, path: str, incident: Incident, parts: Parts, title: str, lang: str, description: str) -> Head:
    city = parts.cities[0] if parts.cities else None
    crumbs = (HOME, CITIES, Link(city.name, routes.city(city.id))) if city else (HOME, INCIDENTS)
    return head(
        site,
        path,
        title,
        description,
        section="incidents",
        crumbs=crumbs,
        og_type="article",
        lang=lang,
        feed=Link(f"Entries on {city.name}", routes.feed(f"cities/{city.id}")) if city else None,
        thing=Late(event_page, site, path, incident, parts.cities, parts.cited, title),
    )
