"""What the names in a record stand for: cities, publishers, waves, and the sources an entry cites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

import msgspec

from .chronicle import House, newest_first
from .claims import Cited
from .files import digest
from .fitting import certainty_of
from .model import Citation, City, Document, Incident, Publisher, Source, Wave
from .names import Names
from .origins import stands_for, upstream
from .routes import slug_of
from .sequence import others_of


class Resolver(msgspec.Struct, frozen=True):
    """Names to ids, for one chronicle; `roots` leads from a source to its origins, `letters` from a publisher to its
    reliability, `around` from a city to the names of the places that hold it."""

    cities: Names
    city_names: dict[str, str]
    houses: Names
    sources: dict[str, Source]
    waves: dict[str, Wave]
    roots: dict[str, tuple[str, ...]]
    letters: dict[str, str]
    around: dict[str, tuple[str, ...]]

    def cities_of(self, incident: Incident) -> tuple[str, ...]:
        """The cities of an entry, the main one first."""
        return tuple(dict.fromkeys(id for name in incident.city if (id := self.cities.one(name))))

    def waves_of(self, incident: Incident, cities: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The waves that an entry is part of, by its own word or since a topic asks for it; and the topics that may ask for it."""
        own = dict.fromkeys(id for id in incident.part_of if id in self.waves)
        asking = {w.id: certainty_of(w.where, incident, cities, self.cities) for w in self.waves.values() if w.where}
        sure = (*own, *(id for id, how in asking.items() if how == "certain" and id not in own))
        return sure, tuple([id for id, how in asking.items() if how == "possible" and id not in own])

    def cited(self, incident: Incident) -> tuple[Cited, ...]:
        """The sources of an entry in the order of their numbers: each origin, and after it the copies of it."""
        found: list[Cited] = []
        for citation in incident.sources:
            document = self._document(citation)
            if document is not None:
                name, number = source_name(citation), len(found) + 1
                house = (self.houses.one(document.publisher) if document.publisher else None) or ""
                roots, letter = self._origins(name, document), self.letters.get(house, "")
                cited = Cited(number, name, citation, document, house, roots, (name,), (), letter)
                found.append(self._placed(cited) if citation.says and citation.says.city else cited)
        has_copies = any(c.is_copy for c in found)
        if not has_copies and len({c.name for c in found}) == len(found):
            return tuple(found)
        return numbered(self._traced(found) if has_copies else found)

    def _placed(self, cited: Cited) -> Cited:
        """A citation whose places are called by their names, with the places around them."""
        says = cited.citation.says
        assert says is not None
        ids = [self.cities.one(text) for text in says.city]
        names = tuple(self.city_names[id] if id else text for id, text in zip(ids, says.city, strict=True))
        citation = msgspec.structs.replace(cited.citation, says=msgspec.structs.replace(says, city=names))
        around = tuple(name for id in ids if id for name in self.around.get(id, ()))
        return msgspec.structs.replace(cited, citation=citation, around=around)

    def _traced(self, cited: Sequence[Cited]) -> list[Cited]:
        """Sources with what each copy stands for beside the others."""
        roots = {c.name: c.origins for c in cited}
        beside = {c.name: c.document.derived_from for c in cited}

        def parents(name: str) -> Sequence[str]:
            seed = self.sources.get(name)
            return seed.document.derived_from if seed else beside.get(name, ())

        return [
            msgspec.structs.replace(
                c,
                stands_for=stands_for(c.name, roots, parents, roots.keys()),
                upstream=upstream(c.name, parents, roots.keys()),
            )
            if c.is_copy
            else c
            for c in cited
        ]

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


def resolver_of(
    cities: Mapping[str, City],
    city_names: Names,
    houses: Mapping[str, House],
    house_names: Names,
    sources: dict[str, Source],
    waves: dict[str, Wave],
    roots: dict[str, tuple[str, ...]],
) -> Resolver:
    """What resolves the names of one chronicle."""
    letters = {h.id: str(h.record.reliability) for h in houses.values() if h.record and h.record.reliability}
    called = {c.id: c.name for c in cities.values()}
    return Resolver(city_names, called, house_names, sources, waves, roots, letters, around_cities(cities, city_names))


def numbered(cited: Sequence[Cited]) -> tuple[Cited, ...]:
    """Sources with numbers from 1; a document keeps one however often it is cited, and a copy follows its one origin."""
    first = {c.name: c for c in reversed(cited)}
    places = {name: place for place, name in enumerate(dict.fromkeys(c.name for c in cited))}

    def after(name: str) -> tuple[int, bool, int]:
        origin = first[name].origins[0] if len(first[name].origins) == 1 else name
        return places.get(origin, places[name]), origin in places and origin != name, places[name]

    numbers = {name: number for number, name in enumerate(sorted(places, key=after), 1)}
    ordered = sorted(cited, key=lambda c: numbers[c.name])
    return tuple(msgspec.structs.replace(c, number=numbers[c.name]) for c in ordered)


def source_name(citation: Citation) -> str:
    """What a source is called among an entry's sources: its seed's id, else its address."""
    return citation.source or citation.document.url or ",".join(citation.document.files)


def pruned(incident: Incident, known: Container[str]) -> Incident:
    """An incident without its relations to, and its sources' order with, incidents that are not shown; then under another digest."""
    lost = {r.to for r in incident.relations if r.to not in known}
    into = incident.merged_into
    if into and into not in known:
        lost.add(into)
    lost |= {id for c in incident.sources if c.says for id in others_of(c.says) if id not in known}
    if not lost:
        return incident
    return msgspec.structs.replace(
        incident,
        relations=tuple(r for r in incident.relations if r.to not in lost),
        merged_into=None if into in lost else into,
        sources=tuple(_without(c, lost) for c in incident.sources),
        digest=digest(incident.digest, *sorted(lost)),
    )


def _without(citation: Citation, lost: Container[str]) -> Citation:
    """A source that puts the incident in no order with some others."""
    says = citation.says
    if says is None or not others_of(says):
        return citation
    before, after = (tuple(id for id in ids if id not in lost) for ids in (says.before, says.after))
    return msgspec.structs.replace(citation, says=msgspec.structs.replace(says, before=before, after=after))


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


def around_cities(cities: Mapping[str, City], names: Names) -> dict[str, tuple[str, ...]]:
    """City to the names of the places that hold it, the nearest first, where there are any."""
    parents = {c.id: names.one(c.part_of) for c in cities.values() if c.part_of}
    found: dict[str, tuple[str, ...]] = {}
    for id in parents:
        chain, at = [], parents.get(id)
        while at and at not in chain and at != id:
            chain.append(at)
            at = parents.get(at)
        found[id] = tuple(cities[held].name for held in chain)
    return found


def copies_of(sources: Iterable[Source]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        for parent in source.document.derived_from:
            found[parent].append(source.id)
    return {parent: tuple(sorted(ids)) for parent, ids in sorted(found.items())}
