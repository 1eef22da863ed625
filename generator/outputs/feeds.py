"""Feeds of the site, each city and each kind: the newest entries first, and limited, so that they stay small.

An entry that was withdrawn, retracted or merged comes once more under its own id, at the time when it went, and says why. The
element that RFC 6721 has for this is known to few readers, and those would take the entry away together with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from heapq import nlargest

import msgspec

from .. import routes
from ..chronicle import Chronicle, Linked
from ..counts import Count
from ..edtf import Edtf
from ..history import appeared, changed, farewell
from ..model import GONE, OUTCOMES, Incident, Page, Toll
from ..moments import Moment, moment_key
from ..views.base import Link, Site
from ..views.cards import Card
from ..views.desk import Desk, Text, no_text
from ..views.tombstone import went
from .atom import NEVER, document, html_content, tag_uri, timestamp
from .xml import escape, quoteattr

Entries = Callable[[], Sequence[Linked]]

MOST_ENTRIES = 50


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An incident in a feed: when it appeared and changed, in RFC 3339, and what its permanent id is.

    `gone` is the status of one that is gone; then `note` says how it went and why, and `into` is where it went.
    """

    card: Card
    id: str
    published: str
    updated: str
    summary: str
    toll: Toll | None = None
    note: str = ""
    gone: str = ""
    into: Link | None = None


# ---------------------------------------------------------------- plan


def pages(desk: Desk) -> Iterator[Page]:
    """The feed of the newest entries."""
    c = desk.chronicle
    yield _feed(desk, "site", desk.site.title, routes.HOME, lambda: newest(c, c.timeline, _gone(c)))


def group_pages(desk: Desk) -> Iterator[Page]:
    """A feed of each city, and of each kind that has a page; also where all entries of it are gone, for those who follow it."""
    c = desk.chronicle
    gone = _gone(c)
    by_city = _grouped(gone, lambda entry: entry.cities)
    for city in sorted({*c.by_city, *by_city}):
        title = f"{c.cities[city].name} – {desk.site.title}"
        entries = partial(newest, c, c.by_city.get(city, ()), by_city.get(city, ()))
        yield _feed(desk, f"cities/{city}", title, routes.city(city), entries)
    by_kind = _grouped(gone, lambda entry: filter(None, (entry.incident.kind,)))
    for kind in sorted({*c.by_kind, *by_kind}) if desk.site.has("kinds") else ():
        if kind in desk.site.kinds:
            title = f"{desk.site.kinds[kind].label} – {desk.site.title}"
            entries = partial(newest, c, c.by_kind.get(kind, ()), by_kind.get(kind, ()))
            about = routes.kind(kind) if kind in c.by_kind else routes.HOME
            yield _feed(desk, f"kinds/{kind}", title, about, entries)


def _gone(c: Chronicle) -> tuple[Linked, ...]:
    """The entries that were withdrawn, retracted or merged."""
    return tuple(c.entries[id] for id in sorted(c.entries.keys() - set(c.timeline)))


def _grouped(entries: Iterable[Linked], keys: Callable[[Linked], Iterable[str]]) -> dict[str, list[Linked]]:
    found: dict[str, list[Linked]] = defaultdict(list)
    for entry in entries:
        for key in keys(entry):
            found[key].append(entry)
    return found


def newest(c: Chronicle, ids: Iterable[str], gone: Iterable[Linked]) -> tuple[Linked, ...]:
    """The entries that appeared or went last, newest first."""
    found = (*c.published(ids), *gone)
    return tuple(nlargest(MOST_ENTRIES, found, key=lambda e: (moment_key(_place(e.incident)), e.id)))


def _place(incident: Incident) -> Moment:
    """What an entry is ordered by: when it went, where that is said, else when it appeared."""
    last = farewell(incident)
    return last.date if last else appeared(incident)


def _feed(desk: Desk, name: str, title: str, about: str, entries: Entries) -> Page:
    return desk.page(routes.feed(name), "", feed, partial(_parts, desk, title, about, entries))


def _parts(
    desk: Desk, title: str, about: str, entries: Entries
) -> tuple[str, str, tuple[FeedEntry, ...], tuple[Text, ...]]:
    found = entries()
    told = tuple(_gone_entry(desk, e) if e.incident.status in GONE else _told(desk, e) for e in found)
    return title, about, told, tuple(_text(desk, e.incident) for e in found)


def _text(desk: Desk, incident: Incident) -> Text:
    return no_text(incident) if incident.status in GONE else desk.text(incident)


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


def _gone_entry(desk: Desk, entry: Linked) -> FeedEntry:
    incident, note = entry.incident, entry.incident.status_note or ""
    into = incident.merged_into
    return FeedEntry(
        card=desk.cards[entry.id],
        id=tag_uri(desk.site, incident),
        published=timestamp(appeared(incident)),
        updated=timestamp(changed(incident)),
        summary=note,
        note=f"{went(desk.site, incident)} {note}",
        gone=incident.status,
        into=desk.link(f"incident:{into}") if into in desk.chronicle.entries else None,
    )


# ---------------------------------------------------------------- view


def feed(site: Site, path: str, title: str, about: str, entries: Sequence[FeedEntry], texts: Sequence[Text]) -> bytes:
    """The feed as bytes. Links in bodies are absolute, their anchors are kept apart by the entry's id."""
    updated = max((e.updated for e in entries), default=NEVER)
    told = (_entry(site, e, text) for e, text in zip(entries, texts, strict=True))
    return document(site, path, title, about, updated, told)


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
    title = f"{entry.gone.capitalize()}: {card.title}" if entry.gone else card.title
    content = _farewell(site, entry) if entry.gone else _content(site, entry, text)
    lines = [
        "<entry>",
        f"<title>{escape(title)}</title>",
        f"<id>{escape(entry.id)}</id>",
        f'<link rel="alternate" type="text/html" href={quoteattr(site.absolute(card.path))}/>',
        f"<published>{entry.published}</published>",
        f"<updated>{entry.updated}</updated>",
        *([f"<category term={quoteattr(card.kind.id)} label={quoteattr(card.kind.label)}/>"] if card.kind else []),
        *([f"<category term={quoteattr(entry.gone)}/>"] if entry.gone else []),
        *([f"<summary>{escape(entry.summary)}</summary>"] if entry.summary else []),
        *(() if entry.gone else _bounds(card.date, entry.toll)),
        html_content(content, card.lang or site.lang),
        "</entry>",
    ]
    return "\n".join(lines)


def _content(site: Site, entry: FeedEntry, text: Text) -> str:
    """The facts of an entry, its text, and its updates."""
    card = entry.card
    note = f"<p>{escape(entry.note)}</p>" if entry.note else ""
    body = "" if card.has_warning else text.filled(site.base_url, prefix=f"{card.id}-")
    facts = " · ".join(
        part for part in (card.when, ", ".join(p.text for p in card.places), card.harm, card.assessment) if part
    )
    return f"<p>{escape(facts)}</p>{body}{note}"


def _farewell(site: Site, entry: FeedEntry) -> str:
    """How an entry went, and where to."""
    told = f"<p>{escape(entry.note)}</p>"
    if entry.into is None:
        return told
    link = f"<a href={quoteattr(site.absolute(entry.into.path))}>{escape(entry.into.text)}</a>"
    return f"{told}<p>It is now part of {link}.</p>"
