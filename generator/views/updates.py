"""The updates of an entry as a reader sees them: what changed, when, and on whose word."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from .. import routes
from ..model import Incident
from ..moments import moment_key
from .base import Link, Site

UPDATE_WORDS = {
    "update": "Update",
    "correction": "Correction",
    "clarification": "Clarification",
    "retraction": "Retraction",
    "upgrade": "Upgrade",
    "downgrade": "Downgrade",
}


class Change(msgspec.Struct, frozen=True):
    """A value before and after an update."""

    field: str
    was: str
    now: str


class UpdateItem(msgspec.Struct, frozen=True):
    """One update, in words."""

    kind: str
    date: str
    iso: str
    text: str
    changes: tuple[Change, ...]
    source: Link | None


def update_items(site: Site, incident: Incident, sources: Mapping[str, str]) -> tuple[UpdateItem, ...]:
    """The updates of an entry, newest first; `sources` leads from a source's id to its title."""
    newest = sorted(incident.updates, key=lambda u: moment_key(u.date), reverse=True)
    return tuple(
        UpdateItem(
            kind=UPDATE_WORDS[u.kind],
            date=site.words.moment_text(u.date),
            iso=u.date.day.isoformat(),
            text=u.text,
            changes=tuple(Change(_field_words(key), c.was or "", c.now or "") for key, c in u.changes.items()),
            source=_named(site, u.source, sources),
        )
        for u in newest
    )


def _named(site: Site, id: str | None, titles: Mapping[str, str]) -> Link | None:
    """The source that an update names."""
    return Link(titles[id], site.path(routes.source(id))) if id and id in titles else None


def _field_words(key: str) -> str:
    """`casualties.killed` as a reader says it."""
    return key.removeprefix("casualties.").removeprefix("of_which.").replace(".", " ").replace("_", " ")
