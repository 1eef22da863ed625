"""The page of one source: what it is, how far it can be trusted and why, where it comes from, and every claim that rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import msgspec
from markupsafe import Markup

from .. import routes
from ..chronicle import Chronicle, House
from ..model import Archived, Citation, Page, Source
from ..sequence import others_of
from ..words import Words
from .base import HOME, SOURCES, Head, Link, Site, head
from .cards import Card
from .claims import SOURCE_KINDS, Statement, about_text, statement_of
from .desk import Desk, Text
from .documents import house_name, title_lang
from .facts import Fact, Value
from .late import Late
from .track_record import Records, RecordView, TrackRecord, record_view
from .trust import STATE_WORDS, origin_sentence, party_text, reliability_text, trust_sentences

MOST_CLAIMS = 40
"""So many entries are shown with all that is claimed in each, the newest; further ones as lines that lead there."""


class Report(msgspec.Struct, frozen=True):
    """Another source that this one copies, or that copies it."""

    link: Link
    by: str


class Resting(msgspec.Struct, frozen=True):
    """An entry with how it cites the source, and the titles of the incidents that the source puts before or after it."""

    card: Card
    citations: tuple[Citation, ...]
    titles: dict[str, str] = {}


class RestingView(msgspec.Struct, frozen=True):
    """An entry with what it takes from the source."""

    card: Card
    statements: tuple[Statement, ...]


class SourceView(msgspec.Struct, frozen=True, kw_only=True):
    """A source's page. `lang` is the language of its title where it is foreign; `is_titled` is false where we had to name it."""

    head: Head
    title: str
    lang: str
    is_titled: bool
    lede: str
    body: Markup
    facts: Late[tuple[Fact, ...]]
    url: str
    host: str
    archived: tuple[tuple[str, str], ...]
    trust: tuple[str, ...]
    origins: tuple[Report, ...]
    roots: tuple[Report, ...]
    copies: tuple[Report, ...]
    record: RecordView
    resting: Late[tuple[RestingView, ...]]
    others: tuple[Card, ...]
    mentions: tuple[Link, ...]


# ---------------------------------------------------------------- plan


def pages(desk: Desk, records: Records) -> Iterator[Page]:
    """A page for every source."""
    for id, source in desk.chronicle.sources.items():
        yield desk.page(
            routes.source(id), "source.html", source_view, partial(_parts, desk, source, records), source.path
        )


def _parts(desk: Desk, source: Source, records: Records) -> tuple[Any, ...]:
    """All that the page of a source is made from."""
    c, id = desk.chronicle, source.id
    ids = c.by_source.get(id, ())[::-1]
    parents = tuple(p for p in source.document.derived_from if p in c.sources)
    roots = tuple(r for r in c.origins[id] if r in c.sources and r not in (id, *parents))
    resting = tuple(_rests(desk, e, id) for e in ids[:MOST_CLAIMS])
    return (
        source, desk.text(source), desk.source_title(id), _house(c, source),
        _reports(desk, parents), _reports(desk, roots), _reports(desk, c.copies.get(id, ())), resting,
        desk.cards_for(ids[MOST_CLAIMS:]), desk.links(c.mentions.get(f"source:{id}", ())),
        record_view(desk, records().get(f"source:{id}", TrackRecord())),
    )  # fmt: skip


def _house(chronicle: Chronicle, source: Source) -> House | None:
    name = source.document.publisher
    house = chronicle.house_names.one(name) if name else None
    return chronicle.houses[house] if house else None


def _rests(desk: Desk, entry: str, source: str) -> Resting:
    entries = desk.chronicle.entries
    citations = tuple(cited.citation for cited in entries[entry].sources if cited.name == source)
    others = {id for citation in citations for id in others_of(citation.says) if id in entries}
    return Resting(desk.cards[entry], citations, {id: desk.cards[id].title for id in sorted(others)})


def _reports(desk: Desk, ids: Sequence[str]) -> tuple[Report, ...]:
    return tuple(_report(desk, desk.chronicle.sources[id]) for id in ids)


def _report(desk: Desk, source: Source) -> Report:
    """Another source; by whom and when is said only where its title does not say it already."""
    document = source.document
    when = desk.site.words.moment_text(document.published) if document.published else "undated"
    by = f"{house_name(desk, document.publisher)}, {when}" if document.title else ""
    return Report(Link(desk.source_title(source.id), routes.source(source.id), title_lang(desk.site, source)), by)


# ---------------------------------------------------------------- view


def source_view(
    site: Site, path: str, source: Source, text: Text, title: str, house: House | None, origins: tuple[Report, ...],
    roots: tuple[Report, ...], copies: tuple[Report, ...], resting: tuple[Resting, ...], others: tuple[Card, ...], mentions: tuple[Link, ...],
    track: RecordView,
) -> SourceView:  # fmt: skip
    """The page of a source."""
    document = source.document
    lede = _lede(site, source, house, len(resting) + len(others))
    name = house.name if house else "Its publisher"
    return SourceView(
        head=head(site, path, title, lede, section="sources", crumbs=(HOME, SOURCES)),
        title=title,
        lang=title_lang(site, source),
        is_titled=document.title is not None,
        lede=lede,
        body=Markup(text.filled(routes.root_of(path))),  # noqa: S704  made by our own renderer
        facts=Late(_facts, site.words, source, house),
        url=document.url or "",
        host=host_of(document.url or ""),
        archived=tuple(_kept(site.words, copy) for copy in document.archived),
        trust=(*trust_sentences(name, house.record if house else None), origin_sentence(site.words, document, copies)),
        origins=origins,
        roots=roots,
        copies=copies,
        record=track,
        resting=Late(_resting, site, resting),
        others=others,
        mentions=mentions,
    )


def _lede(site: Site, source: Source, house: House | None, entries: int) -> str:
    """`Outlet in Russian by Gazeta.ru, 15 December 2025. 4 entries rest on it.`"""
    words, document = site.words, source.document
    what = about_text(site, document)
    by = f" by {house.name}" if house else ""
    when = words.moment_text(document.published) if document.published else "undated"
    rest = (
        words.plural(entries, one="{} entry rests on it", other="{} entries rest on it")
        if entries
        else "No entry rests on it"
    )
    return f"{what[:1].upper()}{what[1:]}{by}, {when}. {rest}."


def _resting(site: Site, resting: Sequence[Resting]) -> tuple[RestingView, ...]:
    """What each entry takes from the source."""
    return tuple(
        RestingView(r.card, tuple(statement_of(site, c, r.titles, c.status, True) for c in r.citations))
        for r in resting
    )


def _facts(words: Words, source: Source, house: House | None) -> tuple[Fact, ...]:
    return tuple(_fact_rows(words, source, house))


def _fact_rows(words: Words, source: Source, house: House | None) -> Iterator[Fact]:
    document = source.document
    record = house.record if house else None
    if house:
        yield Fact(
            "Publisher",
            (Value(house.name, f"reliability: {reliability_text(record)}", path=routes.publisher(house.id)),),
        )
        yield Fact("Party to the conflict", (Value(party_text(record)),))
    yield _fact("Published", words.moment_text(document.published) if document.published else "not known")
    rows = (
        ("Kind", SOURCE_KINDS[document.kind] if document.kind else ""),
        ("Author", document.author or ""),
        ("Language", words.language_name(document.language) if document.language else ""),
        ("Read", words.moment_text(document.accessed) if document.accessed else ""),
        ("Original", STATE_WORDS[document.state] if document.state else ""),
        ("SHA-256", document.sha256 or ""),
    )
    yield from (_fact(label, text) for label, text in rows if text)
    yield Fact("Name here", (Value(source.id, "as entries cite it"),))


def _fact(label: str, text: str) -> Fact:
    return Fact(label, (Value(text),))


def _kept(words: Words, copy: Archived) -> tuple[str, str]:
    """A kept copy: its address and what to call it."""
    return copy.url, f"kept copy of {words.moment_text(copy.at)}" if copy.at else "kept copy"


def host_of(url: str) -> str:
    """The name of the host in an address, without `www.`."""
    return url.partition("://")[2].partition("/")[0].removeprefix("www.")
