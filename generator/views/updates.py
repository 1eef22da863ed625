"""The updates of an entry as a reader sees them: what changed, when, and on whose word."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from .. import routes
from ..history import farewell
from ..model import Incident, Update
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


GONE_WORDS = {"withdrawn": "Withdrawal", "retracted": "Retraction", "merged": "Merger"}
"""What the last retraction of an entry that is gone is called."""


LABELS = {"city": "Place", "time_of": "What the time is of", "part_of": "Wave", "locations": "Location"}
"""What the values of some keys are called, where it is not the key itself."""


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
    by: str = ""


def update_items(site: Site, incident: Incident, sources: Mapping[str, str]) -> tuple[UpdateItem, ...]:
    """The updates of an entry, newest first; `sources` leads from a source's id to its title."""
    newest = sorted(incident.updates, key=lambda u: moment_key(u.date), reverse=True)
    return tuple(update_item(site, incident, update, sources) for update in newest)


def update_item(site: Site, incident: Incident, update: Update, sources: Mapping[str, str]) -> UpdateItem:
    """One update of an entry."""
    return UpdateItem(
        kind=update_word(incident, update),
        date=site.words.moment_text(update.date),
        iso=update.date.day.isoformat(),
        text=update.text,
        changes=tuple(Change(field_label(key), c.was or "", c.now or "") for key, c in update.changes.items()),
        source=_named(site, update.source, sources),
        by=update.by or "",
    )


def update_word(incident: Incident, update: Update) -> str:
    """What an update is called; the last of an entry that is gone says how it went."""
    return GONE_WORDS[incident.status] if update is farewell(incident) else UPDATE_WORDS[update.kind]


def _named(site: Site, id: str | None, titles: Mapping[str, str]) -> Link | None:
    """The source that an update names."""
    return Link(titles[id], site.path(routes.source(id))) if id and id in titles else None


def field_label(key: str) -> str:
    """What a reader calls the value of a dotted key: `Killed, children` for `casualties.of_which.children.killed`."""
    top, *rest = key.split(".")
    if top == "casualties" and rest:
        *groups, last = [part for part in rest if part != "of_which"] or ["subgroups"]
        return ", ".join(_spaced(part) for part in (_capital(last), *groups))
    return ", ".join((LABELS.get(top, _capital(top)), *map(_spaced, rest)))


def _capital(text: str) -> str:
    return text[:1].upper() + _spaced(text[1:])


def _spaced(text: str) -> str:
    return text.replace("_", " ")
