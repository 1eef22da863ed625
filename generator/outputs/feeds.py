"""Atom feeds (RFC 4287): the site, each city, each kind, corrections; newest first and limited, so that they stay small."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from heapq import nlargest
from urllib.parse import urlsplit

import msgspec

from .. import routes
from ..chronicle import Chronicle, Linked
from ..counts import Count
from ..dates import extent
from ..edtf import Edtf
from ..model import OUTCOMES, Incident, Page, Toll
from ..moments import Moment, moment_key
from ..views.base import Site
from ..views.cards import Card
from ..views.desk import Desk, Text
from .xml import escape, quoteattr

Entries = Callable[[], Sequence[Linked]]

MOST_ENTRIES = 50

BOUNDS = "urn:chronicle:bounds"
"""The name space of elements that hold a date or a count as it is written, with its bounds as attributes."""

VAGUE_DAYS = 366
"""A date as wide as this says nothing of when its entry appeared; its end may lie far ahead."""


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An incident in a feed: when it appeared and changed, in RFC 3339, and what its permanent id is."""

    card: Card
    id: str
    published: str
    updated: str
    summary: str
    toll: Toll | None = None
    note: str = ""


def pages(desk: Desk) -> Iterator[Page]:
    """The feed of the newest entries, and that of corrections."""
    c = desk.chronicle
    yield _feed(desk, "site", desk.site.title, routes.HOME, partial(newest, c, c.timeline))
    if desk.site.has_corrections:
        title = f"Corrections – {desk.site.title}"
        yield _feed(desk, "corrections", title, routes.INDEXES["corrections"], partial(_by_change, c))


def group_pages(desk: Desk) -> Iterator[Page]:
    """A feed of each city, and of each kind that has a page."""
    c = desk.chronicle
    for city, ids in c.by_city.items():
        title = f"{c.cities[city].name} – {desk.site.title}"
        yield _feed(desk, f"cities/{city}", title, routes.city(city), partial(newest, c, ids))
    for kind, ids in c.by_kind.items():
        if kind in desk.site.kinds and desk.site.has("kinds"):
            title = f"{desk.site.kinds[kind].label} – {desk.site.title}"
            yield _feed(desk, f"kinds/{kind}", title, routes.kind(kind), partial(newest, c, ids))


def newest(c: Chronicle, ids: Iterable[str]) -> tuple[Linked, ...]:
    """The entries that appeared last, newest first."""
    return _last(c.published(ids), appeared)


def _by_change(c: Chronicle) -> tuple[Linked, ...]:
    return _last((e for e in c.entries.values() if e.incident.updates), changed)


def _last(entries: Iterable[Linked], when: Callable[[Incident], Moment]) -> tuple[Linked, ...]:
    return tuple(nlargest(MOST_ENTRIES, entries, key=lambda e: (moment_key(when(e.incident)), e.id)))


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


def _feed(desk: Desk, name: str, title: str, about: str, entries: Entries) -> Page:
    return desk.page(routes.feed(name), "", feed, partial(_parts, desk, title, about, entries))


def _parts(
    desk: Desk, title: str, about: str, entries: Entries
) -> tuple[str, str, tuple[FeedEntry, ...], tuple[Text, ...]]:
    found = entries()
    return title, about, tuple(_told(desk, e) for e in found), tuple(desk.text(e.incident) for e in found)


def _told(desk: Desk, entry: Linked) -> FeedEntry:
    incident = entry.incident
    return FeedEntry(
        card=desk.cards[entry.id],
        id=tag_uri(desk.site, incident),
        published=timestamp(appeared(incident)),
        updated=timestamp(changed(incident)),
        summary=incident.summary or incident.opening,
        toll=incident.casualties,
        note="; ".join(f"{u.kind}: {u.text}" for u in incident.updates),
    )


def feed(site: Site, path: str, title: str, about: str, entries: Sequence[FeedEntry], texts: Sequence[Text]) -> bytes:
    """The feed as bytes. Links in bodies are absolute, their anchors are kept apart by the entry's id."""
    updated = max((e.updated for e in entries), default="1970-01-01T00:00:00Z")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:b="{BOUNDS}" xml:lang={quoteattr(site.lang)}>',
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


def _bounds(date: Edtf, toll: Toll | None) -> Iterator[str]:
    """The date and the counts as they are written, with what they allow; an end that is open has no bound."""
    days = (("earliest", date.earliest), ("latest", date.latest), ("uncertain", "true" if date.qualified else None))
    yield f"<b:date{_attributes(days)}>{escape(date.text)}</b:date>"
    for outcome in OUTCOMES:
        count: Count | None = getattr(toll, outcome) if toll else None
        if count is not None:
            ends = (("low", count.low), ("high", count.high), ("about", "true" if count.about else None))
            yield f"<b:{outcome}{_attributes(ends)}>{escape(count.text)}</b:{outcome}>"


def _attributes(values: Iterable[tuple[str, object]]) -> str:
    return "".join(f' {name}="{value}"' for name, value in values if value is not None)


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
        *_bounds(card.date, entry.toll),
        f'<content type="html" xml:lang={quoteattr(card.lang or site.lang)}>{escape(f"<p>{escape(facts)}</p>{body}{note}")}</content>',
        "</entry>",
    ]
    return "\n".join(lines)
