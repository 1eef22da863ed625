"""Atom feeds (RFC 4287): the site, each city, each kind, corrections; newest first and limited, so that they stay small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

import msgspec

from .. import routes
from ..chronicle import Linked
from ..dates import extent
from ..model import Incident, Page
from ..moments import Moment, moment_key
from ..views.base import Site
from ..views.cards import Card
from ..views.desk import Desk, Text
from .xml import escape, quoteattr

MOST_ENTRIES = 50

VAGUE_DAYS = 366
"""A date as wide as this says nothing of when its entry appeared; its end may lie far ahead."""


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An incident in a feed: when it appeared and changed, in RFC 3339, and what its permanent id is."""

    card: Card
    id: str
    published: str
    updated: str
    summary: str
    note: str = ""


def pages(desk: Desk) -> Iterator[Page]:
    """Every feed of the chronicle."""
    if not desk.site.has_feeds:
        return
    c = desk.chronicle
    yield _feed(desk, "site", desk.site.title, routes.HOME, newest(desk, c.timeline))
    for city, ids in c.by_city.items():
        yield _feed(
            desk, f"cities/{city}", f"{c.cities[city].name} – {desk.site.title}", routes.city(city), newest(desk, ids)
        )
    for kind, ids in c.by_kind.items():
        if kind in desk.site.kinds:
            title = f"{desk.site.kinds[kind].label} – {desk.site.title}"
            yield _feed(desk, f"kinds/{kind}", title, routes.kind(kind), newest(desk, ids))
    if desk.site.has_corrections:
        corrected = [e for e in c.entries.values() if e.incident.updates]
        title = f"Corrections – {desk.site.title}"
        yield _feed(desk, "corrections", title, routes.INDEXES["corrections"], _by_change(desk, corrected))


def newest(desk: Desk, ids: Iterable[str]) -> tuple[Linked, ...]:
    """The entries that appeared last, newest first."""
    found = sorted(desk.chronicle.published(ids), key=lambda e: (moment_key(appeared(e.incident)), e.id), reverse=True)
    return tuple(found[:MOST_ENTRIES])


def _by_change(desk: Desk, entries: Iterable[Linked]) -> tuple[Linked, ...]:
    found = sorted(entries, key=lambda e: (moment_key(changed(e.incident)), e.id), reverse=True)
    return tuple(found[:MOST_ENTRIES])


def appeared(incident: Incident) -> Moment:
    """When an entry was first published: as its author says, else the latest day of its date, or the earliest of a vague one."""
    if incident.published:
        return incident.published
    first, last = extent(incident.date)
    day = last if (last - first).days < VAGUE_DAYS else first
    return Moment(day.isoformat(), day)


def changed(incident: Incident) -> Moment:
    """When an entry last changed: its newest update, else when it appeared."""
    return max((appeared(incident), *(u.date for u in incident.updates)), key=moment_key)


def timestamp(moment: Moment) -> str:
    """RFC 3339; a day alone is its first instant, because Atom has no form for a day."""
    if moment.minute is None:
        return f"{moment.day.isoformat()}T00:00:00Z"
    sign, minutes = "-" if (moment.offset or 0) < 0 else "+", abs(moment.offset or 0)
    clock = f"{moment.minute // 60:02d}:{moment.minute % 60:02d}:00"
    return f"{moment.day.isoformat()}T{clock}{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def tag_uri(site: Site, incident: Incident) -> str:
    """The permanent id of an entry (RFC 4151), made from its first id, so that a renaming does not change it."""
    first = incident.previous_ids[0] if incident.previous_ids else incident.id
    return f"tag:{urlsplit(site.base_url).hostname},{appeared(incident).day.isoformat()}:incident/{first}"


def _feed(desk: Desk, name: str, title: str, about: str, entries: Sequence[Linked]) -> Page:
    feed_entries = tuple(
        FeedEntry(
            card=desk.cards[e.id],
            id=tag_uri(desk.site, e.incident),
            published=timestamp(appeared(e.incident)),
            updated=timestamp(changed(e.incident)),
            summary=e.incident.summary or e.incident.opening,
            note="; ".join(f"{u.kind}: {u.text}" for u in e.incident.updates),
        )
        for e in entries
    )
    texts = tuple(desk.text(e.incident) for e in entries)
    return desk.page(routes.feed(name), "", feed, title, about, feed_entries, texts)


def feed(site: Site, path: str, title: str, about: str, entries: Sequence[FeedEntry], texts: Sequence[Text]) -> bytes:
    """The feed as bytes. Links in bodies are absolute, their anchors are kept apart by the entry's id."""
    updated = max((e.updated for e in entries), default="1970-01-01T00:00:00Z")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(site.lang)}>',
        f"<title>{escape(title)}</title>",
        f"<id>{escape(site.absolute(path))}</id>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(site.absolute(path))}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(site.absolute(about))}/>',
        f"<updated>{updated}</updated>",
        f"<author><name>{escape(site.title)}</name></author>",
        *([f"<rights>{escape(site.licence)}</rights>"] if site.licence else []),
        *(_entry(site, e, text) for e, text in zip(entries, texts, strict=True)),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _entry(site: Site, entry: FeedEntry, text: Text) -> str:
    card = entry.card
    address = site.absolute(card.path)
    note = f"<p>{escape(entry.note)}</p>" if entry.note else ""
    body = "" if card.has_warning else text.filled(site.base_url, prefix=f"{card.id}-")
    facts = " · ".join(
        part for part in (card.when, ", ".join(p.text for p in card.places), card.harm, card.assessment) if part
    )
    lines = [
        "<entry>",
        f"<title>{escape(card.title)}</title>",
        f"<id>{escape(entry.id)}</id>",
        f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>',
        f"<published>{entry.published}</published>",
        f"<updated>{entry.updated}</updated>",
        *([f"<category term={quoteattr(card.kind.id)} label={quoteattr(card.kind.label)}/>"] if card.kind else []),
        *([f"<summary>{escape(entry.summary)}</summary>"] if entry.summary else []),
        f'<content type="html" xml:lang={quoteattr(card.lang or site.lang)}>{escape(f"<p>{escape(facts)}</p>{body}{note}")}</content>',
        "</entry>",
    ]
    return "\n".join(lines)
