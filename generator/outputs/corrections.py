"""The feed of corrections: every update by itself, with the value that stood before and the one that stands now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

import msgspec

from .. import routes
from ..model import Incident, Page, Update
from ..views.base import Link, Site
from ..views.desk import Desk
from ..views.updates import Change, UpdateItem, update_item
from .atom import NEVER, document, html_content, tag_uri, timestamp
from .xml import escape, quoteattr

MOST_UPDATES = 50


class FeedUpdate(msgspec.Struct, frozen=True):
    """An update in a feed, with its entry, its permanent id, and its time in RFC 3339."""

    entry: Link
    item: UpdateItem
    id: str
    updated: str


def pages(desk: Desk) -> Iterator[Page]:
    """The feed, where there is anything to tell."""
    if desk.site.has_corrections:
        yield desk.page(routes.feed("corrections"), "", feed, partial(_parts, desk))


def _parts(desk: Desk) -> tuple[tuple[FeedUpdate, ...]]:
    newest = islice((event for event in desk.history if event.update), MOST_UPDATES)
    return (tuple(_told(desk, event.incident, event.update) for event in newest if event.update),)


def _told(desk: Desk, incident: Incident, update: Update) -> FeedUpdate:
    return FeedUpdate(
        Link(incident.title, routes.incident(incident.id), incident.lang or ""),
        update_item(desk.site, incident, update, desk.update_titles((update,))),
        _uri(desk.site, incident, update),
        timestamp(update.date),
    )


def _uri(site: Site, incident: Incident, update: Update) -> str:
    """The permanent id of an update: that of its entry with its time, and a number where several have the same."""
    alike = [other for other in incident.updates if other.date.text == update.date.text]
    number = next(n for n, other in enumerate(alike, 1) if other is update)
    when = update.date.text.replace(" ", "-") + (f"/{number}" if number > 1 else "")
    return f"{tag_uri(site, incident)}/updates/{when}"


def feed(site: Site, path: str, updates: Sequence[FeedUpdate]) -> bytes:
    """The feed as bytes."""
    newest = max((u.updated for u in updates), default=NEVER)
    title, about = f"Corrections – {site.title}", routes.INDEXES["corrections"]
    return document(site, path, title, about, newest, (_entry(site, update) for update in updates))


def _entry(site: Site, update: FeedUpdate) -> str:
    item = update.item
    lines = [
        "<entry>",
        f"<title>{escape(f'{item.kind}: {update.entry.text}')}</title>",
        f"<id>{escape(update.id)}</id>",
        f'<link rel="alternate" type="text/html" href={quoteattr(site.absolute(update.entry.path))}/>',
        f"<published>{update.updated}</published>",
        f"<updated>{update.updated}</updated>",
        f"<summary>{escape(item.text)}</summary>",
        html_content(_content(site, item), update.entry.lang or site.lang),
        "</entry>",
    ]
    return "\n".join(lines)


def _content(site: Site, item: UpdateItem) -> str:
    """Why, from what to what, by whom, and on whose word."""
    told = [f"<p>{escape(item.text)}</p>", *(f"<p>{_change(change)}</p>" for change in item.changes)]
    if item.source:
        title = escape(item.source.text)
        address = quoteattr(site.absolute(item.source.path))
        told.append(f"<p>Source: {f'<a href={address}>{title}</a>' if item.source.path else title}</p>")
    if item.by:
        told.append(f"<p>By {escape(item.by)}</p>")
    return "".join(told)


def _change(change: Change) -> str:
    was, now = f"<del>{escape(change.was)}</del>", f"<ins>{escape(change.now)}</ins>"
    if change.was and change.now:
        return f"{escape(change.field)}: from {was} to {now}"
    return f"{escape(change.field)}: {f'first given as {now}' if change.now else f'{was} taken out'}"
