"""What the names in a record stand for: cities, publishers, waves, and the sources an entry cites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from .chronicle import House, newest_first
from .ledger import Cited
from .model import Citation, Document, Incident, Publisher, Source, Wave
from .names import Names
from .routes import slug_of


class Resolver(msgspec.Struct, frozen=True):
    """Names to ids, for one chronicle; `roots` leads from a source to its origins."""

    cities: Names
    city_names: dict[str, str]
    houses: Names
    sources: dict[str, Source]
    waves: dict[str, Wave]
    roots: dict[str, tuple[str, ...]]

    def cities_of(self, incident: Incident) -> tuple[str, ...]:
        """The cities of an entry, the main one first."""
        return tuple(dict.fromkeys(id for name in incident.city if (id := self.cities.one(name))))

    def waves_of(self, incident: Incident, cities: Sequence[str]) -> tuple[str, ...]:
        """The waves that an entry says it is part of, and the topics that ask for it."""
        own = [id for id in incident.part_of if id in self.waves]
        asking = (w.id for w in self.waves.values() if w.where and _fits(w, incident, cities, self.cities))
        return tuple(dict.fromkeys((*own, *asking)))

    def cited(self, incident: Incident) -> tuple[Cited, ...]:
        """The sources of an entry in the order of their numbers: each origin, and after it the copies of it."""
        found: list[Cited] = []
        for citation in incident.sources:
            document = self._document(citation)
            if document is not None:
                name, number = source_name(citation), len(found) + 1
                house = (self.houses.one(document.publisher) if document.publisher else None) or ""
                found.append(Cited(number, name, self._named(citation), document, house, self._origins(name, document)))
        is_plain = len({c.name for c in found}) == len(found) and not any(c.is_copy for c in found)
        return tuple(found) if is_plain else numbered(found)

    def _named(self, citation: Citation) -> Citation:
        """A citation whose places are called by their names."""
        if citation.says is None or not citation.says.city:
            return citation
        ids = [self.cities.one(text) for text in citation.says.city]
        names = tuple(self.city_names[id] if id else text for id, text in zip(ids, citation.says.city, strict=True))
        return msgspec.structs.replace(citation, says=msgspec.structs.replace(citation.says, city=names))

    def _document(self, citation: Citation) -> Document | None:
        if citation.source is None:
            return citation.document
        seed = self.sources.get(citation.source)
        return seed.document if seed else None

    def _origins(self, name: str, document: Document) -> tuple[str, ...]:
        if name in self.roots:
            return self.roots[name]
        if not document.derived_from:
            return (name,)
        return tuple(sorted({root for parent in document.derived_from for root in self.roots.get(parent, (parent,))}))


def _fits(wave: Wave, incident: Incident, cities: Sequence[str], names: Names) -> bool:
    """Whether an incident is one of those that a topic asks for."""
    where = wave.where
    if where is None:
        return False
    wanted = [names.one(name) for name in where.city]
    tags = {slug_of(t) for t in incident.tags}
    return (
        (not where.kind or incident.kind in where.kind)
        and (not where.city or any(c in wanted for c in cities))
        and (not where.tag or any(slug_of(t) in tags for t in where.tag))
    )


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


def houses_of(
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


def sources_by_house(sources: Iterable[Source], names: Names) -> dict[str, tuple[str, ...]]:
    """Publisher to its sources, newest first."""
    found: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        house = names.one(source.document.publisher) if source.document.publisher else None
        if house:
            found[house].append(source)
    return {house: tuple(s.id for s in sorted(found[house], key=newest_first)) for house in sorted(found)}


def copies_of(sources: Iterable[Source]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        for parent in source.document.derived_from:
            found[parent].append(source.id)
    return {parent: tuple(sorted(ids)) for parent, ids in sorted(found.items())}
