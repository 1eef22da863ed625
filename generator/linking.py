"""All public records together: ordered, indexed, with every name and reference resolved.

`linked` is rebuilt whole at every build. It never fails: what cannot be resolved is left out here and reported by the
rules in `checks.py`. Order is by earliest day, then latest day, then time, then id, everywhere.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from .chronicle import INVERSE, ONE_EVENT, Chronicle, Linked, Neighbours, OnDay, Tie, type_of
from .dates import calendar_home, certainty_on, nights, possible_days, sort_key
from .model import (
    GONE,
    City,
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
)
from .names import Names
from .origins import origins
from .precision import snapped
from .resolving import copies_of, houses_of, pruned, resolver_of, sources_by_house
from .routes import slug_of

R = TypeVar("R", bound=Record)
K = TypeVar("K")
V = TypeVar("V")

NOBODY = Neighbours()


def linked(
    settings: Settings, files: Sequence[Parsed], withheld: frozenset[tuple[RecordType, str]], media: Mapping[str, str]
) -> Chronicle:
    """The Chronicle of some files that may be shown; `media` leads from a path under `content/media/` to its digest."""
    records = [f.record for f in files if f.record is not None]
    cities = _by_id(City, records)
    publishers = _by_id(Publisher, records)
    sources = _by_id(Source, records)
    waves = _by_id(Wave, records)
    exact = _by_id(Incident, records)
    incidents = sorted(
        (snapped(pruned(i, exact), settings.publish_precision) for i in exact.values()),
        key=place_in_time,
    )
    city_names = Names({c.id: (c.name, *c.names.values(), *c.aliases) for c in cities.values()})
    houses, house_names = houses_of(publishers.values(), sources.values(), incidents)
    roots = origins({s.id: s.document.derived_from for s in sources.values()})
    resolve = resolver_of(cities, city_names, houses, house_names, sources, waves, roots)
    placed = {i.id: resolve.cities_of(i) for i in incidents}
    timeline = tuple(i.id for i in incidents if i.status not in GONE)
    by_city = _index(timeline, placed.__getitem__)
    mentions = mentions_of(records)
    ties = ties_of(incidents)
    events = events_of(ties, placed)
    translations = _translations(records)
    in_waves = {i.id: resolve.waves_of(i, placed[i.id]) for i in incidents}
    neighbours = _neighbours(timeline, by_city, placed)
    entries = {
        i.id: Linked(
            incident=i,
            cities=placed[i.id],
            sources=resolve.cited(i),
            waves=in_waves[i.id][0],
            ties=tuple(t for t in ties.get(i.id, ()) if t.to in placed),
            mentions=mentions.get(f"incident:{i.id}", ()),
            neighbours=neighbours.get(i.id, NOBODY),
            translations=tuple(translations.get(i.id, ())),
            event=events.get(i.id, ""),
            perhaps=in_waves[i.id][1],
        )
        for i in incidents
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
        by_tag=_index(timeline, lambda id: dict.fromkeys(map(slug_of, shown[id].tags))),
        by_wave=_index(timeline, lambda id: entries[id].waves),
        perhaps_by_wave=_index(timeline, lambda id: entries[id].perhaps),
        by_source=_index(timeline, lambda id: dict.fromkeys(c.name for c in entries[id].sources if c.name in sources)),
        by_house=sources_by_house(sources.values(), house_names),
        copies=copies_of(sources.values()),
        days=_gathered(shown.values(), on_days),
        nights=_gathered(shown.values(), on_nights),
        homes=_gathered(shown.values(), at_home),
        mentions=mentions,
        former=_former(records),
        tags=words_of_tags(shown.values()),
        files={f.path: f for f in files},
        media=dict(media),
        withheld=withheld,
        unreadable=frozenset((f.type, f.id) for f in files if f.record is None),
    )


def place_in_time(incident: Incident) -> tuple[Any, ...]:
    """What incidents are sorted by: earliest day, latest day, time, id."""
    return sort_key(incident.date, incident.time), incident.id


def _by_id(cls: type[R], records: Iterable[Record]) -> dict[str, R]:
    """The records of one type by id, in the order of their ids; of two with one id the first by path stands."""
    found: dict[str, R] = {}
    for record in sorted((r for r in records if isinstance(r, cls)), key=lambda r: (r.id, r.path)):
        found.setdefault(record.id, record)
    return found


def _index(ids: Iterable[str], keys: Callable[[str], Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Key to the ids that have it, in their order; keys in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        for key in keys(id):
            found[key].append(id)
    return {key: tuple(found[key]) for key in sorted(found)}


# ---------------------------------------------------------------- relations, mentions, neighbours


def ties_of(incidents: Iterable[Incident]) -> dict[str, tuple[Tie, ...]]:
    """Every relation seen from both sides, each pair in one way once; own relations first, in their order."""
    ties: dict[str, dict[Tie, None]] = defaultdict(dict)
    entries = [entry for entry in incidents if entry.relations]
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


def events_of(ties: Mapping[str, Iterable[Tie]], shown: Container[str]) -> dict[str, str]:
    """An entry to the first id among all that tell of the same event, over however many steps; those alone with theirs left out."""
    near = {
        id: [tie.to for tie in found if tie.kind in ONE_EVENT and tie.to in shown]
        for id, found in ties.items()
        if id in shown
    }
    found: dict[str, str] = {}
    for id in sorted(id for id, others in near.items() if others):
        rest = [id]
        while rest:
            other = rest.pop()
            if other not in found:
                found[other] = id
                rest += near.get(other, ())
    return found


def mentions_of(records: Iterable[Record]) -> dict[str, tuple[str, ...]]:
    """`type:id` to the records whose bodies link there, in order."""
    found: dict[str, set[str]] = defaultdict(set)
    for record in records:
        name = f"{type_of(record)}:{record.id}"
        for link in record.links:
            if link != name:
                found[link].add(name)
    return {target: tuple(sorted(found[target])) for target in sorted(found)}


def _translations(records: Iterable[Record]) -> dict[str, list[Translation]]:
    found: dict[str, list[Translation]] = defaultdict(list)
    for record in sorted((r for r in records if isinstance(r, Translation)), key=lambda t: (t.id, t.lang or "")):
        found[record.id].append(record)
    return found


def _neighbours(
    timeline: Sequence[str], by_city: Mapping[str, Sequence[str]], placed: Mapping[str, Sequence[str]]
) -> dict[str, Neighbours]:
    overall = _steps(timeline)
    here = {city: _steps(ids) for city, ids in by_city.items()}
    found = {}
    for id in timeline:
        earlier, later = overall[id]
        cities = placed[id]
        city_earlier, city_later = here[cities[0]][id] if cities else ("", "")
        found[id] = Neighbours(earlier, later, city_earlier, city_later)
    return found


def _steps(ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Each id with the one before and the one after it."""
    around = ["", *ids, ""]
    return {id: (around[n], around[n + 2]) for n, id in enumerate(ids)}


# ---------------------------------------------------------------- calendar


def on_days(entry: Incident) -> Iterator[tuple[datetime.date, OnDay]]:
    """The days of an entry."""
    for day in possible_days(entry.date):
        certainty = certainty_on(entry.date, day)
        if certainty:
            yield day, OnDay(entry.id, certainty)


def on_nights(entry: Incident) -> Iterator[tuple[datetime.date, OnDay]]:
    """The evenings of the nights (20:00 to 08:00) of an entry."""
    for evening, certainty in nights(entry.date, entry.time):
        yield evening, OnDay(entry.id, certainty)


def at_home(entry: Incident) -> Iterator[tuple[str, str]]:
    """The smallest calendar page on which an entry stands that cannot be put on a day."""
    home = calendar_home(entry.date)
    if home:
        yield home, entry.id


def _gathered(
    incidents: Iterable[Incident], places: Callable[[Incident], Iterable[tuple[K, V]]]
) -> dict[K, tuple[V, ...]]:
    """What stands at each place, in the order of the entries; places in order."""
    found: dict[K, list[V]] = defaultdict(list)
    for entry in incidents:
        for place, what in places(entry):
            found[place].append(what)
    return {place: tuple(found[place]) for place in sorted(found)}  # type: ignore[type-var]


# ---------------------------------------------------------------- former ids and tags


def _former(records: Iterable[Record]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for record in sorted(records, key=lambda r: r.id):
        for old in getattr(record, "previous_ids", ()):
            found.setdefault((type_of(record), old), record.id)
    return found


def words_of_tags(incidents: Iterable[Incident]) -> dict[str, str]:
    """A tag's address name to the tag as most entries write it."""
    spelled: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for entry in incidents:
        for tag in entry.tags:
            spelled[slug_of(tag)][tag] += 1
    return {slug: max(sorted(words), key=words.__getitem__) for slug, words in sorted(spelled.items())}
