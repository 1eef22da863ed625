"""Who says what: the sources of an entry, each copy under its origin, with what each claims and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

import msgspec

from .. import routes
from ..claims import When
from ..counts import Count
from ..edtf import Edtf
from ..ledger import Cited, Contradiction, Value
from ..model import Citation, Document, SourceKind
from ..moments import Moment
from .base import Link, Site
from .facts import Chip, chips_of

SOURCE_KINDS: dict[SourceKind, str] = {
    "official-statement": "official statement",
    "news-agency": "news agency",
    "outlet": "outlet",
    "local-outlet": "local outlet",
    "international-outlet": "international outlet",
    "aggregator": "aggregator",
    "encyclopaedia": "encyclopaedia",
    "content-farm": "content farm",
    "post": "post",
    "video": "video",
    "photo": "photo",
    "document": "document",
    "satellite": "satellite image",
    "testimony": "testimony",
    "database": "database",
}
STATUS_WORDS = {"current": "", "superseded": "superseded by a later figure", "withdrawn": "withdrawn by its source"}


class Statement(msgspec.Struct, frozen=True):
    """What a source said at one time; `status` is empty for what still stands."""

    as_of: str
    chips: tuple[Chip, ...]
    status: str
    note: str
    quote: str
    credibility: int = 0


class SourceItem(msgspec.Struct, frozen=True):
    """A source in the list of an entry. `title` is empty where it is not known; `copies` are those that go back to it alone."""

    number: int
    name: str
    title: str
    lang: str
    publisher: Link | None
    publisher_name: str
    published: str
    published_iso: str
    about: str
    url: str
    record: str
    reliability: str
    statements: tuple[Statement, ...]
    origins: tuple[int, ...] = ()
    origin_names: tuple[str, ...] = ()
    copies: tuple[SourceItem, ...] = ()


class Side(msgspec.Struct, frozen=True):
    """One of the things said about a field, and the numbers of the sources that say it."""

    text: str
    numbers: tuple[int, ...]


class Dispute(msgspec.Struct, frozen=True):
    """A field about which sources cannot all be right."""

    field: str
    sides: tuple[Side, ...]


def source_items(
    site: Site, cited: Sequence[Cited], houses: Mapping[str, tuple[str, str]], titles: Mapping[str, str]
) -> tuple[SourceItem, ...]:
    """The sources of an entry in the order of their numbers, copies under the one origin that stands in the same list.

    `houses` leads from a publisher's id to its name and reliability, `titles` from an origin that is not cited to its title.
    """
    numbers = {c.name: c.number for c in cited}
    groups: dict[int, list[Cited]] = {}
    for c in cited:
        groups.setdefault(c.number, []).append(c)
    items = {n: _item(site, groups[n], houses, numbers, titles) for n in sorted(groups)}
    under = {n: parent for n in items if (parent := _parent(groups[n][0], numbers))}
    if not under:
        return tuple(items.values())
    items |= {n: _with_departures(items[n], items[parent]) for n, parent in under.items()}
    return tuple(
        msgspec.structs.replace(item, copies=tuple(items[m] for m in items if under.get(m) == n))
        for n, item in items.items()
        if n not in under
    )


def host_of(url: str) -> str:
    """The site an address leads to, which is all that is known of a source without a publisher."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _with_departures(copy: SourceItem, origin: SourceItem) -> SourceItem:
    """A copy whose claims are marked where its origin does not make them."""
    told = {(chip.label, chip.text) for statement in origin.statements for chip in statement.chips}
    statements = tuple(
        msgspec.structs.replace(
            statement,
            chips=tuple(
                chip if (chip.label, chip.text) in told else msgspec.structs.replace(chip, beyond=origin.number)
                for chip in statement.chips
            ),
        )
        for statement in copy.statements
    )
    return msgspec.structs.replace(copy, statements=statements)


def _parent(cited: Cited, numbers: Mapping[str, int]) -> int:
    """The number of the one origin a copy goes back to, where it is cited beside it; else 0."""
    if not cited.is_copy or len(cited.origins) != 1:
        return 0
    return numbers.get(cited.origins[0], 0)


def _item(
    site: Site, all_of_it: Sequence[Cited], houses: Mapping[str, tuple[str, str]], numbers: Mapping[str, int],
    titles: Mapping[str, str],
) -> SourceItem:  # fmt: skip
    first, document = all_of_it[0], all_of_it[0].document
    name, reliability = houses.get(first.publisher, (document.publisher or host_of(document.url or ""), ""))
    apart = first.is_copy and _parent(first, numbers) == 0
    return SourceItem(
        number=first.number,
        name=first.name,
        title=document.title or "",
        lang=document.language or "",
        publisher=Link(name, routes.publisher(first.publisher)) if first.publisher and site.has("sources") else None,
        publisher_name=name,
        published=site.words.moment_text(document.published) if document.published else "",
        published_iso=document.published.day.isoformat() if document.published else "",
        about=about_text(site, document),
        url=document.url or "",
        record=site.path(routes.source(first.name)) if first.citation.source else "",
        reliability=reliability,
        statements=tuple([statement_of(site, c.citation, document.published) for c in all_of_it]),
        origins=tuple(numbers[o] for o in first.origins if o in numbers) if apart else (),
        origin_names=tuple(titles.get(o, o) for o in first.origins if o not in numbers) if apart else (),
    )


def about_text(site: Site, document: Document) -> str:
    """`local outlet in Russian`."""
    kind = SOURCE_KINDS[document.kind] if document.kind else "source"
    foreign = document.language and document.language != site.lang
    return f"{kind} in {site.words.language_name(document.language)}" if foreign and document.language else kind


def statement_of(site: Site, citation: Citation, published: Moment | None) -> Statement:
    """What a citation says; when it said so is left out where that is when its document was `published`."""
    as_of = citation.as_of if citation.as_of != published else None
    return Statement(
        as_of=site.words.moment_text(as_of) if as_of else "",
        chips=chips_of(site, citation.says),
        status=STATUS_WORDS[citation.status],
        note=citation.note or "",
        quote=citation.quote or "",
        credibility=citation.credibility or 0,
    )


def disputes(site: Site, found: Iterable[Contradiction]) -> tuple[Dispute, ...]:
    """The contradictions of an entry in words."""
    return tuple(
        Dispute(c.field.name or c.field.topic, tuple(Side(_said(site, side.value), side.numbers) for side in c.sides))
        for c in found
    )


def _said(site: Site, value: Value) -> str:
    """A date, time, count or name as a reader says it."""
    match value:
        case Edtf():
            return site.words.date_text(value)
        case When():
            return site.words.when_text(value.date, value.time) if value.date else site.words.time_text(value.time)
        case Count():
            return site.words.count_text(value)
        case _:
            return site.words.list_text(value)
