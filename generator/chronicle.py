"""All public records together: ordered, indexed, with every name and reference resolved.

`linked` is rebuilt whole at every build. It never fails: what cannot be resolved is left out here and reported by the
rules in `checks.py`. References stay ids, so there are no circles. Order is by earliest day, then latest day, then time,
then id, everywhere.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from .dates import Certainty, calendar_home, certainty_on, nights, possible_days, sort_key
from .edtf import Edtf
from .ledger import Cited, origins
from .model import (
    Citation,
    City,
    Document,
    Incident,
    Parsed,
    Prose,
    Publisher,
    Record,
    RecordType,
    Relation,
    Settings,
    Source,
    Translation,
    Wave,
)  # fmt: skip
from .moments import instant
from .names import Names
from .precision import snapped
from .routes import slug_of

R = TypeVar("R", bound=Record)

INVERSE = {
    "follow-up-to": "followed-up-by",
    "same-event-as": "same-event-as",
    "duplicate-of": "duplicated-by",
    "responds-to": "answered-by",
    "contradicts": "contradicts",
    "related": "related",
}
"""A relation as the other entry sees it."""

GONE = ("withdrawn", "retracted", "merged")


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
    """An incident with what other files say of it; cities and waves by id, the main city first."""

    incident: Incident
    cities: tuple[str, ...]
    sources: tuple[Cited, ...]
    waves: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    mentions: tuple[str, ...] = ()
    neighbours: Neighbours = Neighbours()
    translations: tuple[Translation, ...] = ()

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

    The indexes lead from a key to ids in timeline order. `homes` holds what cannot be put on a day, by the smallest
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

    def published(self, ids: Iterable[str]) -> tuple[Linked, ...]:
        return tuple(self.entries[id] for id in ids)


# ---------------------------------------------------------------- the gate


def is_withheld(file: Parsed, now: datetime.datetime, drafts: bool) -> bool:
    """Whether nothing of a file may be shown: a draft, an embargo that has not passed, or either of them unreadable."""
    entry = file.record
    if not isinstance(entry, Incident):
        return file.withheld and file.type in ("incident", "translation")
    if file.withheld:
        return True
    if drafts:
        return False
    lifted = entry.embargo_until is None or (instant(entry.embargo_until) or now) <= now
    return entry.status == "draft" or not lifted


def withhold(
    files: Sequence[Parsed], now: datetime.datetime, drafts: bool
) -> tuple[tuple[Parsed, ...], frozenset[tuple[RecordType, str]]]:
    """The files that may be shown, and what is held back, known only by type and id. A translation shares its original's fate."""
    held = {(f.type, f.id) for f in files if is_withheld(f, now, drafts)}
    held |= {("translation", id) for kind, id in held if kind == "incident"}
    return tuple(f for f in files if (f.type, f.id) not in held), frozenset(held)


# ---------------------------------------------------------------- linking


def linked(
    settings: Settings, files: Sequence[Parsed], withheld: frozenset[tuple[RecordType, str]], media: Mapping[str, str]
) -> Chronicle:
    """The Chronicle of some files that may be shown; `media` leads from a path under `content/media/` to its digest."""
    records = [f.record for f in files if f.record is not None]
    cities = _by_id(City, records)
    publishers = _by_id(Publisher, records)
    sources = _by_id(Source, records)
    waves = _by_id(Wave, records)
    exact = _by_id(Incident, records).values()
    incidents = sorted(
        (snapped(i, settings.publish_precision) for i in exact), key=lambda i: (sort_key(i.date, i.time), i.id)
    )
    city_names = Names({c.id: (c.name, *c.names.values(), *c.aliases) for c in cities.values()})
    houses, house_names = _houses(publishers.values(), sources.values(), incidents)
    roots = origins({s.id: s.document.derived_from for s in sources.values()})
    resolve = _Resolver(settings, city_names, house_names, sources, waves, roots)
    drafts = {i.id: resolve.linked(i) for i in incidents}
    timeline = tuple(i.id for i in incidents if i.status not in GONE)
    by_city = _index(timeline, lambda id: drafts[id].cities)
    mentions = _mentions(records)
    ties = _ties(incidents)
    translations = _translations(records)
    neighbours = _neighbours(timeline, by_city, drafts)
    entries = {
        id: msgspec.structs.replace(
            entry,
            ties=tuple(t for t in ties.get(id, ()) if t.to in drafts),
            mentions=mentions.get(f"incident:{id}", ()),
            neighbours=neighbours.get(id, Neighbours()),
            translations=tuple(translations.get(id, ())),
        )
        for id, entry in drafts.items()
    }
    shown = {id: entries[id].incident for id in timeline}
    return Chronicle(
        settings=settings,
        entries=entries,
        timeline=timeline,
        cities=cities,
        sources=sources,
        houses=houses,
        waves=waves,
        pages=_by_id(Prose, records),
        city_names=city_names,
        house_names=house_names,
        origins=roots,
        by_city=by_city,
        by_kind=_index(timeline, lambda id: filter(None, (shown[id].kind,))),
        by_tag=_index(timeline, lambda id: dict.fromkeys(slug_of(t) for t in shown[id].tags)),
        by_wave=_index(timeline, lambda id: entries[id].waves),
        by_source=_index(timeline, lambda id: dict.fromkeys(c.name for c in entries[id].sources if c.name in sources)),
        by_house=_house_index(sources.values(), house_names),
        copies=_copies(sources.values()),
        days=_days(shown.values()),
        nights=_nights(shown.values()),
        homes=_homes(shown.values()),
        mentions=mentions,
        former=_former(records),
        tags=_tag_words(shown.values()),
        files={f.path: f for f in files},
        media=dict(media),
        withheld=withheld,
        unreadable=frozenset((f.type, f.id) for f in files if f.record is None),
    )


def _by_id(cls: type[R], records: Iterable[Record]) -> dict[str, R]:
    """The records of one type by id, in the order of their ids; of two with one id the first by path stands."""
    found: dict[str, R] = {}
    for record in sorted((r for r in records if isinstance(r, cls)), key=lambda r: (r.id, r.path)):
        found.setdefault(record.id, record)
    return found


def _index(ids: Iterable[str], keys: object) -> dict[str, tuple[str, ...]]:
    """Key to the ids that have it, in their order; keys in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        for key in keys(id):  # type: ignore[operator]
            found[key].append(id)
    return {key: tuple(found[key]) for key in sorted(found)}


# ---------------------------------------------------------------- names and sources


class _Resolver:
    """Names to ids, for one chronicle."""

    def __init__(
        self, settings: Settings, cities: Names, houses: Names, sources: Mapping[str, Source], waves: Mapping[str, Wave],
        roots: Mapping[str, tuple[str, ...]],
    ) -> None:  # fmt: skip
        self.settings, self.cities, self.houses, self.sources, self.waves, self.roots = (
            settings, cities, houses, sources, waves, roots,
        )  # fmt: skip
        self.topics = tuple(w for w in waves.values() if w.where is not None)

    def linked(self, incident: Incident) -> Linked:
        cities = tuple(dict.fromkeys(id for name in incident.city if (id := self.cities.one(name))))
        own = [id for id in incident.part_of if id in self.waves]
        waves = dict.fromkeys([*own, *(w.id for w in self.topics if self._fits(w, incident, cities))])
        return Linked(incident, cities, self.cited(incident), tuple(waves))

    def _fits(self, wave: Wave, incident: Incident, cities: Sequence[str]) -> bool:
        where = wave.where
        assert where is not None
        wanted = [self.cities.one(name) for name in where.city]
        tags = {slug_of(t) for t in incident.tags}
        return (
            (not where.kind or incident.kind in where.kind)
            and (not where.city or any(c in wanted for c in cities))
            and (not where.tag or any(slug_of(t) in tags for t in where.tag))
        )

    def cited(self, incident: Incident) -> tuple[Cited, ...]:
        """The sources of an entry in the order of their numbers: each origin, and after it the copies of it."""
        found = []
        for citation in incident.sources:
            document = self._document(citation)
            if document is not None:
                name = source_name(citation)
                house = self.houses.one(document.publisher) if document.publisher else None
                found.append(Cited(0, name, citation, document, house or "", self._origins(name, document)))
        return numbered(found)

    def _document(self, citation: Citation) -> Document | None:
        if citation.source is None:
            return citation.document
        seed = self.sources.get(citation.source)
        return seed.document if seed else None

    def _origins(self, name: str, document: Document) -> tuple[str, ...]:
        if name in self.roots:
            return self.roots[name]
        return tuple(
            sorted({root for parent in document.derived_from for root in self.roots.get(parent, (parent,))})
        ) or (name,)


def numbered(cited: Sequence[Cited]) -> tuple[Cited, ...]:
    """Sources with numbers from 1; a document keeps one however often it is cited, and a copy follows its one origin."""
    first = {c.name: c for c in reversed(cited)}
    places = {name: place for place, name in enumerate(dict.fromkeys(c.name for c in cited))}

    def after(name: str) -> tuple[int, int]:
        origin = first[name].origins[0] if len(first[name].origins) == 1 else name
        return places.get(origin, places[name]), places[name]

    numbers = {name: number for number, name in enumerate(sorted(places, key=after), 1)}
    ordered = sorted(cited, key=lambda c: numbers[c.name])
    return tuple(msgspec.structs.replace(c, number=numbers[c.name]) for c in ordered)


def source_name(citation: Citation) -> str:
    """What a source is called among an entry's sources: its seed's id, else its address."""
    return citation.source or citation.document.url or ",".join(citation.document.files)


def _houses(
    publishers: Iterable[Publisher], sources: Iterable[Source], incidents: Iterable[Incident]
) -> tuple[dict[str, House], Names]:
    """Every publisher that has a file or is named by a source, by id; a name without a file makes an id of its own."""
    known = {p.id: House(p.id, p.name, p) for p in publishers}
    spellings = {p.id: [p.name, *p.aliases] for p in publishers}
    names = Names(spellings)
    documents = [s.document for s in sources] + [c.document for i in incidents for c in i.sources]
    for name in sorted({d.publisher for d in documents if d.publisher and not names.find(d.publisher)}):
        id = slug_of(name) or "publisher"
        known.setdefault(id, House(id, name))
        spellings.setdefault(id, []).append(name)
    return {id: known[id] for id in sorted(known)}, Names(spellings)


def _house_index(sources: Iterable[Source], names: Names) -> dict[str, tuple[str, ...]]:
    """Publisher to its sources, newest first."""
    found: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        house = names.one(source.document.publisher) if source.document.publisher else None
        if house:
            found[house].append(source)
    return {house: tuple(s.id for s in sorted(found[house], key=newest_first)) for house in sorted(found)}


def newest_first(source: Source) -> tuple[int, str]:
    """Sorts sources by the day they were published, newest first, undated last."""
    published = source.document.published
    return (-published.day.toordinal() if published else 0, source.id)


def _copies(sources: Iterable[Source]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        for parent in source.document.derived_from:
            found[parent].append(source.id)
    return {parent: tuple(sorted(ids)) for parent, ids in sorted(found.items())}


# ---------------------------------------------------------------- relations, mentions, neighbours


def _ties(incidents: Iterable[Incident]) -> dict[str, tuple[Tie, ...]]:
    """Every relation seen from both sides, each pair in one way once; own relations first, in their order."""
    ties: dict[str, dict[Tie, None]] = defaultdict(dict)
    entries = list(incidents)
    for entry in entries:
        ties[entry.id].update(dict.fromkeys(Tie(r.kind, r.to) for r in entry.relations if r.to != entry.id))
    for entry in entries:
        for relation in entry.relations:
            back = Tie(INVERSE[relation.kind], entry.id)
            if relation.to != entry.id and not _is_closer(ties[relation.to], relation, entry.id):
                ties[relation.to][back] = None
    return {id: tuple(found) for id, found in ties.items()}


def _is_closer(own: Iterable[Tie], relation: Relation, id: str) -> bool:
    """Whether an entry that is merely `related` to another is told in closer words from the other side."""
    return relation.kind == "related" and any(tie.to == id for tie in own)


def _mentions(records: Iterable[Record]) -> dict[str, tuple[str, ...]]:
    """`type:id` to the records whose bodies link there, in order."""
    found: dict[str, set[str]] = defaultdict(set)
    for record in records:
        name = f"{type_of(record)}:{record.id}"
        for link in record.links:
            if link != name:
                found[link].add(name)
    return {target: tuple(sorted(found[target])) for target in sorted(found)}


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


def _translations(records: Iterable[Record]) -> dict[str, list[Translation]]:
    found: dict[str, list[Translation]] = defaultdict(list)
    for record in sorted((r for r in records if isinstance(r, Translation)), key=lambda t: (t.id, t.lang or "")):
        found[record.id].append(record)
    return found


def _neighbours(
    timeline: Sequence[str], by_city: Mapping[str, Sequence[str]], drafts: Mapping[str, Linked]
) -> dict[str, Neighbours]:
    overall = _steps(timeline)
    here = {city: _steps(ids) for city, ids in by_city.items()}
    found = {}
    for id in timeline:
        earlier, later = overall[id]
        cities = drafts[id].cities
        city_earlier, city_later = here[cities[0]][id] if cities else ("", "")
        found[id] = Neighbours(earlier, later, city_earlier, city_later)
    return found


def _steps(ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Each id with the one before and the one after it."""
    around = ["", *ids, ""]
    return {id: (around[n], around[n + 2]) for n, id in enumerate(ids)}


# ---------------------------------------------------------------- calendar


def _days(incidents: Iterable[Incident]) -> dict[datetime.date, tuple[OnDay, ...]]:
    found: dict[datetime.date, list[OnDay]] = defaultdict(list)
    for entry in incidents:
        for day in possible_days(entry.date):
            certainty = certainty_on(entry.date, day)
            if certainty:
                found[day].append(OnDay(entry.id, certainty))
    return {day: tuple(found[day]) for day in sorted(found)}


def _nights(incidents: Iterable[Incident]) -> dict[datetime.date, tuple[OnDay, ...]]:
    """The evening of a night to the entries of that night (20:00 to 08:00)."""
    found: dict[datetime.date, list[OnDay]] = defaultdict(list)
    for entry in incidents:
        for evening, certainty in nights(entry.date, entry.time):
            found[evening].append(OnDay(entry.id, certainty))
    return {evening: tuple(found[evening]) for evening in sorted(found)}


def _homes(incidents: Iterable[Incident]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for entry in incidents:
        home = calendar_home(entry.date)
        if home:
            found[home].append(entry.id)
    return {home: tuple(found[home]) for home in sorted(found)}


def first_day(date: Edtf) -> datetime.date:
    """The day a date is sorted by: its earliest, or its closed end."""
    return date.earliest or date.latest or datetime.date.max


# ---------------------------------------------------------------- former ids and tags


def _former(records: Iterable[Record]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for record in sorted(records, key=lambda r: r.id):
        for old in getattr(record, "previous_ids", ()):
            found.setdefault((type_of(record), old), record.id)
    return found


def _tag_words(incidents: Iterable[Incident]) -> dict[str, str]:
    """A tag's address name to the tag as most entries write it."""
    spelled: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for entry in incidents:
        for tag in entry.tags:
            spelled[slug_of(tag)][tag] += 1
    return {slug: max(sorted(words), key=words.__getitem__) for slug, words in sorted(spelled.items())}
