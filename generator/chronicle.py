"""The Chronicle: all public records together, with what each is to the others. It is made by `linking.linked`.

References stay ids, so there are no circles.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec

from .dates import Certainty
from .edtf import Edtf
from .ledger import Cited, Contradiction, Event, Ledger, ledger_of
from .model import (
    City,
    Incident,
    Parsed,
    Prose,
    Publisher,
    Record,
    RecordType,
    Settings,
    Source,
    Translation,
    Wave,
)
from .names import Names
from .sequence import event_of, others_of

INVERSE = {
    "follow-up-to": "followed-up-by",
    "same-event-as": "same-event-as",
    "duplicate-of": "duplicated-by",
    "responds-to": "answered-by",
    "contradicts": "contradicts",
    "related": "related",
}
"""A relation as the other entry sees it."""

ONE_EVENT = ("same-event-as", "duplicate-of", "duplicated-by")
"""Relations of entries that tell of the same event, seen from either side."""


class Tie(msgspec.Struct, frozen=True):
    """One side of a relation: in which way this entry stands to another."""

    kind: str
    to: str


class Neighbours(msgspec.Struct, frozen=True):
    """The entries just before and after one, over all and in its first city; empty at an end."""

    earlier: str = ""
    later: str = ""
    earlier_here: str = ""
    later_here: str = ""


class Linked(msgspec.Struct, frozen=True):
    """An incident with what other files say of it; cities and waves by id, the main city first.

    `perhaps` are waves that ask for a time in which its date may lie. `event` is one name for all entries that are said to tell of the same event; empty where there is no other.
    """

    incident: Incident
    cities: tuple[str, ...]
    sources: tuple[Cited, ...]
    waves: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    mentions: tuple[str, ...] = ()
    neighbours: Neighbours = Neighbours()
    translations: tuple[Translation, ...] = ()
    event: str = ""
    perhaps: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.incident.id


class House(msgspec.Struct, frozen=True):
    """A publisher: its record, or only its name where no file describes it."""

    id: str
    name: str
    record: Publisher | None = None


class OnDay(msgspec.Struct, frozen=True):
    """An entry on the page of a day or night, and whether it certainly belongs there."""

    id: str
    certainty: Certainty


class Chronicle(msgspec.Struct, frozen=True, kw_only=True):
    """The whole. `timeline` holds the ids of published incidents in order, `entries` these and the tombstones.

    The indexes lead from a key to ids in timeline order; `perhaps_by_wave` to those whose date leaves it open. `homes` holds what cannot be put on a day, by the smallest
    calendar page that contains it. `mentions` leads from `type:id` to those whose bodies link there. `former` leads from a
    type and a former id to the present one. `files` leads from a path to what was read there, `media` from a file under
    `content/media/` to its digest. `withheld` and `unreadable` are known by their ids only.
    """

    settings: Settings
    entries: dict[str, Linked]
    timeline: tuple[str, ...]
    cities: dict[str, City]
    sources: dict[str, Source]
    houses: dict[str, House]
    waves: dict[str, Wave]
    pages: dict[str, Prose]
    city_names: Names
    house_names: Names
    origins: dict[str, tuple[str, ...]]
    by_city: dict[str, tuple[str, ...]]
    by_kind: dict[str, tuple[str, ...]]
    by_tag: dict[str, tuple[str, ...]]
    by_wave: dict[str, tuple[str, ...]]
    perhaps_by_wave: dict[str, tuple[str, ...]]
    by_source: dict[str, tuple[str, ...]]
    by_house: dict[str, tuple[str, ...]]
    copies: dict[str, tuple[str, ...]]
    days: dict[datetime.date, tuple[OnDay, ...]]
    nights: dict[datetime.date, tuple[OnDay, ...]]
    homes: dict[str, tuple[str, ...]]
    mentions: dict[str, tuple[str, ...]]
    former: dict[tuple[str, str], str]
    tags: dict[str, str]
    files: dict[str, Parsed]
    media: dict[str, str]
    withheld: frozenset[tuple[RecordType, str]]
    unreadable: frozenset[tuple[RecordType, str]]

    def ledger(self, id: str) -> Ledger:
        """Who says what of an entry, field by field; made anew each time it is asked for."""
        entry = self.entries[id]
        places = [self.cities[city].name for city in entry.cities]
        return ledger_of(
            entry.incident, entry.sources, self.settings.ledger, places, self.events(entry), self.zone(entry)
        )

    def events(self, entry: Linked) -> dict[str, Event]:
        """The other entries that an entry's sources put before or after it, by id."""
        named = {other for cited in entry.sources for other in others_of(cited.citation.says)}
        others = (self.entries[id] for id in sorted(named) if id in self.entries)
        return {o.id: event_of(o.incident, zone) for o in others if (zone := self.zone(o))}

    def contradictions(self, id: str) -> tuple[Contradiction, ...]:
        """What the sources of an entry now say that cannot all be true, field by field; an order of events only beside another
        entry that can be shown. Of an entry whose sources say nothing that can be compared nothing is made."""
        entry = self.entries[id]
        if not any(cited.citation.says for cited in entry.sources):
            return ()
        found, others = self.ledger(id).contradictions, self.events(entry)
        return tuple(c for c in found if c.field.topic != "order" or c.field.name in others)

    def zone(self, entry: Linked) -> str:
        """The time zone of an entry's first city; empty where it has none."""
        return self.cities[entry.cities[0]].timezone if entry.cities else ""

    def published(self, ids: Iterable[str]) -> tuple[Linked, ...]:
        return tuple(self.entries[id] for id in ids)


def type_of(record: Record) -> str:
    """The word for a record's type in `[[type:id]]`; a translation counts as its incident."""
    types = {
        Incident: "incident",
        Translation: "incident",
        City: "city",
        Source: "source",
        Publisher: "publisher",
        Wave: "wave",
        Prose: "page",
    }
    return types[type(record)]


def first_day(date: Edtf) -> datetime.date:
    """The day a date is sorted by: its earliest, or its closed end."""
    return date.earliest or date.latest or datetime.date.max


def newest_first(source: Source) -> tuple[int, str]:
    """Sorts sources by the day they were published, newest first, undated last."""
    published = source.document.published
    return (-published.day.toordinal() if published else 0, source.id)
