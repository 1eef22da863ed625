"""Publishers: how far each can be trusted, which party it belongs to, and what it has published, newest first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any

import msgspec
from markupsafe import Markup

from .. import routes
from ..chronicle import Chronicle, House
from ..model import Page, Publisher, Record, Source
from ..words import Words
from .base import HOME, PUBLISHERS, SOURCES, Count, Head, Link, Site, head
from .cards import Card
from .claims import SOURCE_KINDS
from .desk import Desk, Text
from .documents import DOCUMENTS, SourceRow, source_rows, sources_part
from .facts import Fact, Value
from .listing import About, Section, part_pages, sections_of, shown, year_counts
from .source import host_of
from .track_record import Records, RecordView, TrackRecord, record_view
from .trust import party_text, reliability_text, trust_sentences

MOST_ENTRIES = 50
"""So many entries that rest on a publisher's sources are listed, the newest; all are reached through the sources."""


EntriesByHouse = Callable[[], Mapping[str, Sequence[str]]]


class PublisherRow(msgspec.Struct, frozen=True):
    """A publisher that has a file, in the overview."""

    link: Link
    kind: str
    reliability: str
    party: str
    sources: int


class PublishersView(msgspec.Struct, frozen=True):
    """The overview: those described in a file, and those only named by sources."""

    head: Head
    lede: str
    described: tuple[PublisherRow, ...]
    named: tuple[Count, ...]


class Tally(msgspec.Struct, frozen=True):
    """Counts of a publisher's sources: all, those that copy others, and the entries that rest on any of them."""

    sources: int
    copies: int
    entries: int


class PublisherView(msgspec.Struct, frozen=True, kw_only=True):
    """A publisher's page."""

    head: Head
    title: str
    lede: str
    copies: str
    record: RecordView
    trust: tuple[str, ...]
    body: Markup
    facts: tuple[Fact, ...]
    url: str
    host: str
    years: tuple[Count, ...]
    sections: tuple[Section, ...]
    entries: tuple[Card, ...]
    more_entries: int
    mentions: tuple[Link, ...]


# ---------------------------------------------------------------- plan


def pages(desk: Desk, records: Records) -> Iterator[Page]:
    """The overview, and a page for every publisher that has a file or is named by a source."""
    c = desk.chronicle
    yield desk.page(PUBLISHERS.path, "publishers.html", publishers_view, partial(_overview, c))
    entries = cache(partial(_entries_by_house, c))
    for house in c.houses.values():
        yield from _publisher_pages(desk, house, entries, records)


def _overview(c: Chronicle) -> tuple[tuple[PublisherRow, ...], tuple[Count, ...]]:
    """The publishers that have a file, and those that are only named."""
    houses = [c.houses[id] for id in by_name(c, c.houses)]
    return tuple(_row(c, h) for h in houses if h.record), tuple(_count(c, h) for h in houses if not h.record)


def by_name(chronicle: Chronicle, houses: Iterable[str]) -> list[str]:
    """Publishers A to Z, without regard to case."""
    return sorted(houses, key=lambda id: (chronicle.houses[id].name.casefold(), id))


def _row(chronicle: Chronicle, house: House) -> PublisherRow:
    record = house.record
    kind = SOURCE_KINDS[record.kind] if record and record.kind else ""
    party = record.party_to_conflict or "" if record else ""
    count = _count(chronicle, house)
    return PublisherRow(count.link, kind, reliability_text(record), party, count.certain)


def _count(chronicle: Chronicle, house: House) -> Count:
    return Count(Link(house.name, routes.publisher(house.id)), len(chronicle.by_house.get(house.id, ())))


def _publisher_pages(desk: Desk, house: House, entries: EntriesByHouse, records: Records) -> Iterator[Page]:
    rows = source_rows(desk, _sources(desk.chronicle, house))
    path, origin = routes.publisher(house.id), house.record.path if house.record else ""
    parts = partial(_parts, desk, house, rows, entries, records)
    yield desk.page(path, "publisher.html", publisher_view, parts, origin)
    about = About(house.name, path, "sources", (HOME, SOURCES, PUBLISHERS, Link(house.name, path)))
    yield from part_pages(desk, DOCUMENTS, rows, about, "sources-part.html", sources_part)


def _sources(c: Chronicle, house: House) -> tuple[Source, ...]:
    return tuple(c.sources[id] for id in c.by_house.get(house.id, ()))


def _parts(
    desk: Desk, house: House, rows: tuple[SourceRow, ...], entries: EntriesByHouse, records: Records
) -> tuple[Any, ...]:
    """All that the page of a publisher is made from."""
    c, ids = desk.chronicle, entries().get(house.id, ())
    sources = _sources(c, house)
    record = records().get(f"publisher:{house.id}", TrackRecord())
    tally = Tally(len(sources), sum(bool(s.document.derived_from) for s in sources), len(ids))
    return (
        house, _texts(desk, house.record), shown(DOCUMENTS, rows), year_counts(DOCUMENTS, routes.publisher(house.id), rows), tally,
        desk.cards_for(ids[:MOST_ENTRIES]), desk.links(c.mentions.get(f"publisher:{house.id}", ())),
        record_view(desk, record, _copied(c, sources)),
    )  # fmt: skip


def _copied(chronicle: Chronicle, sources: Iterable[Source]) -> tuple[Count, ...]:
    """The publishers whose reports some documents copy or rewrite, each with the number of these documents, the most first."""
    parents = ({_house_of(chronicle, p) for p in s.document.derived_from} for s in sources)
    counts = Counter(house for found in parents for house in found if house)
    order = sorted(counts, key=lambda h: (-counts[h], chronicle.houses[h].name.casefold(), h))
    return tuple(Count(Link(chronicle.houses[h].name, routes.publisher(h)), counts[h]) for h in order)


def _house_of(chronicle: Chronicle, id: str) -> str:
    """The publisher of a document; empty where it is not known."""
    name = chronicle.sources[id].document.publisher if id in chronicle.sources else None
    return (chronicle.house_names.one(name) or "") if name else ""


def _entries_by_house(chronicle: Chronicle) -> dict[str, list[str]]:
    """Publisher to the entries that cite it, the latest first; those that give only an address are among them."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in chronicle.published(reversed(chronicle.timeline)):
        for house in dict.fromkeys(cited.publisher for cited in entry.sources if cited.publisher):
            found[house].append(entry.id)
    return found


def _texts(desk: Desk, record: Record | None) -> tuple[Text, ...]:
    """The text of a publisher's file, where there is one."""
    return (desk.text(record),) if record else ()


# ---------------------------------------------------------------- views


def publishers_view(
    site: Site, path: str, described: tuple[PublisherRow, ...], named: tuple[Count, ...]
) -> PublishersView:
    """The overview of publishers."""
    lede = "Who reports, how far each can be trusted, and how many documents of each are used here."
    return PublishersView(
        head(site, path, "Publishers", lede, section="sources", crumbs=(HOME, SOURCES)), lede, described, named
    )


def publisher_view(
    site: Site, path: str, house: House, texts: tuple[Text, ...], rows: tuple[SourceRow, ...], years: tuple[Count, ...], tally: Tally,
    entries: tuple[Card, ...], mentions: tuple[Link, ...], track: RecordView,
) -> PublisherView:  # fmt: skip
    """The page of a publisher."""
    record, words = house.record, site.words
    lede = _lede(words, tally)
    url = record.url or "" if record else ""
    return PublisherView(
        head=head(
            site, path, house.name, f"{house.name}: {lede}", section="sources", crumbs=(HOME, SOURCES, PUBLISHERS)
        ),
        title=house.name,
        lede=lede,
        copies=_copies(words, tally),
        record=track,
        trust=trust_sentences(house.name, record),
        body=Markup("").join(Markup(t.filled(routes.root_of(path))) for t in texts),  # noqa: S704  made by our own renderer
        facts=tuple(_facts(words, record)) if record else (),
        url=url,
        host=host_of(url),
        years=years,
        sections=sections_of(DOCUMENTS, rows, years),
        entries=entries,
        more_entries=tally.entries - len(entries),
        mentions=mentions,
    )


def _lede(words: Words, tally: Tally) -> str:
    documents = (
        words.plural(tally.sources, one="{} document", other="{} documents")
        if tally.sources
        else "No document has a page of its own"
    )
    them = "it" if tally.sources == 1 else "them"
    entries = words.plural(tally.entries, one=f"{{}} entry rests on {them}", other=f"{{}} entries rest on {them}")
    return (
        f"{documents}; {entries}."
        if tally.sources
        else f"{documents}; {words.plural(tally.entries, one='{} entry cites it', other='{} entries cite it')}."
    )


def _copies(words: Words, tally: Tally) -> str:
    """How many of the documents are copies, in a sentence; nothing where there are none to speak of."""
    if not tally.sources:
        return ""
    if not tally.copies:
        return "None of them is known to copy another report."
    return words.plural(
        tally.copies,
        one="{} of them copies or rewrites another report.",
        other="{} of them copy or rewrite other reports.",
    )


def _facts(words: Words, record: Publisher) -> Iterator[Fact]:
    yield Fact("Reliability", (Value(reliability_text(record)),))
    yield Fact("Party to the conflict", (Value(party_text(record)),))
    rows = (
        ("Kind", SOURCE_KINDS[record.kind] if record.kind else ""),
        ("Country", words.country_name(record.country) if record.country else ""),
        ("Languages", words.list_text(tuple(words.language_name(code) for code in record.languages))),
        ("Also named", ", ".join(record.aliases)),
    )
    yield from (Fact(label, (Value(text),)) for label, text in rows if text)
