"""A chronicle after the files of some records were changed, linked again only where that makes a difference.

Linking ten thousand entries takes a quarter of a second, an author's edit should be seen in a tenth. So what `linked` derives
from a changed record is derived again, and everything else is taken over. Where it decides how others stand (what they are
called, who may be shown), nothing is given, and all is linked anew. The law is that what is given is what `linked` gives.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from .chronicle import Chronicle, House, Linked, Neighbours, OnDay
from .linking import at_home, events_of, mentions_of, on_days, on_nights, place_in_time, ties_of, words_of_tags
from .model import GONE, City, Incident, Parsed, Prose, Publisher, Record, Source, Translation, Wave
from .names import Names
from .precision import snapped
from .resolving import Resolver, pruned, resolver_of
from .routes import slug_of

STANDING: Mapping[type[Record], tuple[str, ...]] = {
    Incident: ("status", "embargo_until", "previous_ids"),
    Translation: (),
    Source: ("previous_ids",),
    City: ("name", "names", "aliases", "part_of", "previous_ids"),
    Publisher: ("name", "aliases", "reliability", "previous_ids"),
    Wave: ("where", "previous_ids"),
    Prose: ("previous_ids",),
}
"""What of a record decides how others stand."""

STANDING_DOCUMENT = ("publisher", "published", "derived_from")
"""The same of the document of a source."""


def relinked(chronicle: Chronicle, files: Iterable[Parsed]) -> Chronicle | None:
    """The chronicle with these files in the place of those at their paths; none where it must be linked as a whole."""
    for file in files:
        former = chronicle.files.get(file.path)
        if former is None or not _stands_as_before(chronicle, former, file):
            return None
        assert former.record is not None and file.record is not None
        chronicle = replace(chronicle, files={**chronicle.files, file.path: file})
        chronicle = _with_mentions(_CHANGED[type(file.record)](chronicle, file.record), former.record, file.record)
    return chronicle


def _stands_as_before(c: Chronicle, former: Parsed, file: Parsed) -> bool:
    """Whether a file is of the record that stands at its path in the chronicle, and where it stood."""
    old, new = former.record, file.record
    if old is None or new is None or type(old) is not type(new) or file.withheld:
        return False
    if any(getattr(old, name) != getattr(new, name) for name in STANDING[type(new)]):
        return False
    if isinstance(old, Source) and isinstance(new, Source):
        return c.sources[new.id].path == new.path and _is_same(old.document, new.document, STANDING_DOCUMENT)
    if isinstance(old, Incident) and isinstance(new, Incident):
        return c.entries[new.id].incident.path == new.path and _names_known_houses(c, old, new)
    return _owner(c, new) == new.path


def _is_same(old: Any, new: Any, names: Iterable[str]) -> bool:
    return all(getattr(old, name) == getattr(new, name) for name in names)


def _owner(c: Chronicle, record: Record) -> str:
    """The path of the record that stands for the id of one: two files may claim it."""
    match record:
        case Translation():
            same = (
                [t.path for t in c.entries[record.id].translations if t.lang == record.lang]
                if record.id in c.entries
                else []
            )
            return same[0] if len(same) == 1 else ""
        case City():
            return c.cities[record.id].path
        case Wave():
            return c.waves[record.id].path
        case Publisher():
            own = c.houses[record.id].record
            return own.path if own else ""
    return c.pages[record.id].path


def _names_known_houses(c: Chronicle, old: Incident, new: Incident) -> bool:
    """Whether the publishers that an entry names, no longer or from now on, all have files: others live by being named."""
    was, now = ({cited.document.publisher for cited in entry.sources} for entry in (old, new))
    changed = {name for name in was ^ now if name}
    if not changed:
        return True
    described = (house.record for house in c.houses.values() if house.record)
    names = Names({p.id: (p.name, *p.aliases) for p in described})
    return all(names.find(name) for name in changed)


# ---------------------------------------------------------------- what changes with each type


def _with_incident(c: Chronicle, record: Record) -> Chronicle:
    assert isinstance(record, Incident)
    before = c.entries[record.id]
    incident = snapped(pruned(record, c.entries), c.settings.publish_precision)
    resolve = _resolver(c)
    cities = resolve.cities_of(incident)
    waves, perhaps = resolve.waves_of(incident, cities)
    entry = replace(
        before,
        incident=incident,
        cities=cities,
        sources=resolve.cited(incident),
        waves=waves,
        perhaps=perhaps,
    )
    c = _with_ties(_in_its_place(c, before, entry), before.incident, incident)
    if before.incident.tags != incident.tags:
        c = replace(c, tags=words_of_tags(c.entries[id].incident for id in c.timeline))
    return c


def _in_its_place(c: Chronicle, before: Linked, entry: Linked) -> Chronicle:
    """The chronicle with an entry in all lists where it stands now, and in none of those where it stood before."""
    is_moved = place_in_time(before.incident) != place_in_time(entry.incident)
    entries = {**c.entries, entry.id: entry}
    if is_moved:
        entries = {id: entries[id] for id in _placed(c.entries, entry.id, entries)}
    if entry.incident.status in GONE:
        return replace(c, entries=entries)
    lists: dict[str, Any] = {}
    for name, places in LISTS.items():
        was, now = dict(places(before)), dict(places(entry))
        if is_moved or was != now:
            lists[name] = _listed(getattr(c, name), entry.id, was, now, entries)
    timeline = _placed(c.timeline, entry.id, entries) if is_moved else c.timeline
    after = replace(c, entries=entries, timeline=timeline, **lists)
    return _with_neighbours(c, after, entry.id) if is_moved or before.cities != entry.cities else after


LISTS: Mapping[str, Callable[[Linked], Iterable[tuple[Any, Any]]]] = {
    "by_city": lambda entry: ((city, entry.id) for city in entry.cities),
    "by_kind": lambda entry: ((kind, entry.id) for kind in (entry.incident.kind,) if kind),
    "by_tag": lambda entry: ((slug_of(tag), entry.id) for tag in entry.incident.tags),
    "by_wave": lambda entry: ((wave, entry.id) for wave in entry.waves),
    "perhaps_by_wave": lambda entry: ((wave, entry.id) for wave in entry.perhaps),
    "by_source": lambda entry: ((cited.citation.source, entry.id) for cited in entry.sources if cited.citation.source),
    "days": lambda entry: on_days(entry.incident),
    "nights": lambda entry: on_nights(entry.incident),
    "homes": lambda entry: at_home(entry.incident),
}
"""The lists of a chronicle in which an entry stands, each with the keys that lead to it there, and as what it stands under each."""


def _listed(
    lists: Mapping[Any, tuple[Any, ...]],
    id: str,
    was: Mapping[Any, Any],
    now: Mapping[Any, Any],
    entries: Mapping[str, Linked],
) -> dict[Any, tuple[Any, ...]]:
    """The lists with an entry where it is now; empty ones are left out, the others in order."""
    found = dict(lists)
    for key in was.keys() | now.keys():
        rest = [item for item in found.pop(key, ()) if _id(item) != id]
        if key in now:
            insort(rest, now[key], key=lambda item: place_in_time(entries[_id(item)].incident))
        if rest:
            found[key] = tuple(rest)
    return {key: found[key] for key in sorted(found)}


def _id(item: Any) -> str:
    return item.id if isinstance(item, OnDay) else item


def _placed(ids: Iterable[str], id: str, entries: Mapping[str, Linked]) -> tuple[str, ...]:
    """Ids in the order of time, one of them having moved."""
    rest = [other for other in ids if other != id]
    insort(rest, id, key=lambda other: place_in_time(entries[other].incident))
    return tuple(rest)


def _with_neighbours(before: Chronicle, c: Chronicle, id: str) -> Chronicle:
    """The chronicle in which those that an entry stood beside, or stands beside now, know their neighbours."""
    rows = [
        row for one in (before, c) for row in (one.timeline, *(one.by_city[city] for city in one.entries[id].cities))
    ]
    near = {other for row in rows for other in row[max(0, row.index(id) - 1) : row.index(id) + 2]}
    changed = {other: replace(c.entries[other], neighbours=_neighbours_of(c, other)) for other in near}
    return replace(c, entries={**c.entries, **changed})


def _neighbours_of(c: Chronicle, id: str) -> Neighbours:
    cities = c.entries[id].cities
    here = c.by_city[cities[0]] if cities else ()
    return Neighbours(*_beside(c.timeline, id), *(_beside(here, id) if here else ("", "")))


def _beside(ids: Sequence[str], id: str) -> tuple[str, str]:
    at = ids.index(id)
    return ids[at - 1] if at else "", ids[at + 1] if at + 1 < len(ids) else ""


def _with_ties(c: Chronicle, old: Incident, new: Incident) -> Chronicle:
    """The chronicle with its ties, which stand in the order of the entries that name them."""
    is_same_place = place_in_time(old) == place_in_time(new)
    if old.relations == new.relations and (is_same_place or not new.relations):
        return c
    ties = ties_of([entry.incident for entry in c.entries.values()])
    events = events_of(ties, c.entries)
    found = {id: tuple(tie for tie in ties.get(id, ()) if tie.to in c.entries) for id in c.entries}
    changed = {
        id: replace(entry, ties=found[id], event=events.get(id, ""))
        for id, entry in c.entries.items()
        if entry.ties != found[id] or entry.event != events.get(id, "")
    }
    return replace(c, entries={**c.entries, **changed})


def _with_mentions(c: Chronicle, old: Record, new: Record) -> Chronicle:
    """The chronicle with what its bodies link to, where the links of a record have changed."""
    if old.links == new.links:
        return c
    mentions = mentions_of(file.record for file in c.files.values() if file.record is not None)
    names = {link.partition(":")[2] for link in {*old.links} ^ {*new.links} if link.startswith("incident:")}
    entries = {
        id: replace(c.entries[id], mentions=mentions.get(f"incident:{id}", ())) for id in names & c.entries.keys()
    }
    return replace(c, mentions=mentions, entries={**c.entries, **entries})


def _with_translation(c: Chronicle, record: Record) -> Chronicle:
    assert isinstance(record, Translation)
    entry = c.entries[record.id]
    own = tuple(record if t.path == record.path else t for t in entry.translations)
    changed = replace(entry, translations=own)
    return replace(c, entries={**c.entries, record.id: changed})


def _with_source(c: Chronicle, record: Record) -> Chronicle:
    """Every entry that cites a source holds its document."""
    assert isinstance(record, Source)
    c = replace(c, sources={**c.sources, record.id: record})
    resolve = _resolver(c)
    changed = {
        id: replace(entry, sources=resolve.cited(entry.incident))
        for id, entry in c.entries.items()
        if any(cited.name == record.id for cited in entry.sources)
    }
    return replace(c, entries={**c.entries, **changed})


def _with_city(c: Chronicle, record: Record) -> Chronicle:
    assert isinstance(record, City)
    return replace(c, cities={**c.cities, record.id: record})


def _with_publisher(c: Chronicle, record: Record) -> Chronicle:
    assert isinstance(record, Publisher)
    return replace(c, houses={**c.houses, record.id: House(record.id, record.name, record)})


def _with_wave(c: Chronicle, record: Record) -> Chronicle:
    assert isinstance(record, Wave)
    return replace(c, waves={**c.waves, record.id: record})


def _with_page(c: Chronicle, record: Record) -> Chronicle:
    assert isinstance(record, Prose)
    return replace(c, pages={**c.pages, record.id: record})


_CHANGED: Mapping[type[Record], Callable[[Chronicle, Record], Chronicle]] = {
    Incident: _with_incident,
    Translation: _with_translation,
    Source: _with_source,
    City: _with_city,
    Publisher: _with_publisher,
    Wave: _with_wave,
    Prose: _with_page,
}


def _resolver(c: Chronicle) -> Resolver:
    return resolver_of(c.cities, c.city_names, c.houses, c.house_names, c.sources, c.waves, c.origins)
