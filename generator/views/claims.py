"""Who says what: the claims of an entry's sources, oldest first; and its sources, each copy under what it was made from."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

import msgspec

from .. import routes
from ..claims import said_key
from ..ledger import Cited, Ledger
from ..model import Citation, ClaimStatus, Document, SourceKind
from ..moments import Moment, came_before
from .base import Link, Site
from .cards import Card
from .chips import Chip, chips_of, once_labelled
from .disputes import Houses, host_of, speaker_name

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
STATUS_WORDS = {"current": "", "superseded": "superseded", "withdrawn": "withdrawn by its source"}


class Statement(msgspec.Struct, frozen=True):
    """What a source said at one time; `status` is empty for what still stands. `beyond` is what a copy says and the source of
    the number `origin`, which it was made from, does not."""

    as_of: str
    chips: tuple[Chip, ...]
    status: str
    note: str
    quote: str
    credibility: int = 0
    beyond: tuple[Chip, ...] = ()
    origin: int = 0


class ClaimRow(msgspec.Struct, frozen=True):
    """What a source said at one moment, with its number and name; `note` tells a copy, and its own date where that is another."""

    number: int
    name: str
    note: str
    statements: tuple[Statement, ...]


class Moments(msgspec.Struct, frozen=True):
    """Claims made at one moment, as far as it is known; `when` is empty where it is not."""

    when: str
    rows: tuple[ClaimRow, ...]


class SourceItem(msgspec.Struct, frozen=True):
    """A source in the list of an entry. `title` is empty where it is not known; `copies` are those made from it, each with its own."""

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
    origins: tuple[int, ...] = ()
    origin_names: tuple[str, ...] = ()
    copies: tuple[SourceItem, ...] = ()


def source_items(
    site: Site, cited: Sequence[Cited], houses: Houses, titles: Mapping[str, str]
) -> tuple[SourceItem, ...]:
    """The sources of an entry in the order of their numbers, each copy under what it was made from, where that is cited too.

    `houses` leads from a publisher's id to its name and reliability, `titles` from an origin that is not cited to its title.
    """
    firsts = {c.number: c for c in reversed(cited)}
    numbers = {c.name: c.number for c in cited}
    under = {n: parent for n in firsts if (parent := parent_of(firsts[n], numbers))}

    def item(n: int) -> SourceItem:
        copies = tuple(item(m) for m in sorted(under) if under[m] == n)
        return msgspec.structs.replace(_item(site, firsts[n], houses, numbers, titles), copies=copies)

    return tuple(item(n) for n in sorted(firsts) if n not in under)


def parent_of(cited: Cited, numbers: Mapping[str, int]) -> int:
    """The number of what a copy was made from, where it is cited beside it and the copy stands for nothing else; else 0."""
    return 0 if cited.stands_for else next((numbers[name] for name in cited.upstream if name in numbers), 0)


def claim_rows(
    site: Site, cited: Sequence[Cited], ledger: Ledger, houses: Houses, others: Mapping[str, Card]
) -> tuple[Moments, ...]:
    """All that an entry's sources say, oldest first, by the moment they said it; a copy below what it was made from, unless it
    is later."""
    if not any(c.citation.says or c.citation.note or c.citation.quote for c in cited):
        return ()
    numbers = {c.name: c.number for c in cited}
    titles = {id: card.title for id, card in others.items()}
    told: dict[int, set[tuple[str, str]]] = {}
    rows: dict[tuple[str, int], list[tuple[Cited, Statement]]] = {}
    for c, at in in_order(cited, numbers):
        said = statement_of(site, c.citation, titles, _status(c, ledger))
        told.setdefault(c.number, set()).update((chip.label, chip.text) for chip in said.chips)
        if said.chips or said.note or said.quote:
            rows.setdefault((site.words.moment_text(at) if at else "", c.number), []).append((c, said))
    found: dict[str, list[ClaimRow]] = {}
    for (when, number), made in rows.items():
        parent = parent_of(made[0][0], numbers)
        statements = tuple(_told_apart(s, parent, told.get(parent, ())) for _, s in made)
        note = _row_note(site, made[0][0], parent, when)
        found.setdefault(when, []).append(ClaimRow(number, speaker_name(made[0][0], houses), note, statements))
    return tuple(Moments(when, tuple(made)) for when, made in found.items())


def _row_note(site: Site, cited: Cited, parent: int, when: str) -> str:
    """`copy of 5, dated 14 December 2025`."""
    said = said_at(cited)
    own = site.words.moment_text(said) if said else ""
    return f"copy of {parent}{f', dated {own}' if own and own != when else ''}" if parent else ""


def in_order(cited: Iterable[Cited], numbers: Mapping[str, int]) -> list[tuple[Cited, Moment | None]]:
    """Sources with the moment they stand at, oldest first, undated ones last: when they said it, or when what they were made
    from did, where that is not earlier."""
    firsts = {c.number: c for c in reversed(list(cited))}
    found = []
    for c in cited:
        parent = parent_of(c, numbers)
        said, origin = said_at(c), said_at(firsts[parent]) if parent else None
        at = origin if origin and (said is None or not came_before(origin, said)) else said
        found.append((said_key(at, c.document.published if at is said else None), c, at))
    return [(c, at) for _, c, at in sorted(found, key=lambda row: row[0])]


def said_at(cited: Cited) -> Moment | None:
    """When a source said what it is cited for, as far as it is known."""
    return cited.citation.as_of or cited.document.published


def _status(cited: Cited, ledger: Ledger) -> ClaimStatus:
    """The status of what a source said at one time; superseded too where its later word took the place of all of it."""
    if cited.citation.status != "current" or cited.citation.says is None:
        return cited.citation.status
    own = [c for account in ledger.accounts.values() for c in account.claims if c.cited is cited and c.basis == "says"]
    return "superseded" if own and not any(c.is_current for c in own) else "current"


def _told_apart(said: Statement, parent: int, told: Container[tuple[str, str]]) -> Statement:
    """A statement as it is printed; of a copy, what it was made from told apart from what that does not say."""
    own = tuple(c for c in said.chips if parent and (c.label, c.text) not in told)
    chips = tuple(c for c in said.chips if c not in own)
    return msgspec.structs.replace(said, chips=once_labelled(chips), beyond=once_labelled(own), origin=parent)


def _item(
    site: Site, cited: Cited, houses: Houses, numbers: Mapping[str, int], titles: Mapping[str, str]
) -> SourceItem:
    document = cited.document
    name, reliability = houses.get(cited.publisher, (document.publisher or host_of(document.url or ""), ""))
    apart = cited.is_copy and parent_of(cited, numbers) == 0
    return SourceItem(
        number=cited.number,
        name=cited.name,
        title=document.title or "",
        lang=document.language if document.language and document.language != site.lang else "",
        publisher=Link(name, routes.publisher(cited.publisher)) if cited.publisher and site.has("sources") else None,
        publisher_name=name,
        published=site.words.moment_text(document.published) if document.published else "",
        published_iso=document.published.day.isoformat() if document.published else "",
        about=about_text(site, document),
        url=document.url or "",
        record=site.path(routes.source(cited.name)) if cited.citation.source else "",
        reliability=reliability,
        origins=tuple(numbers[o] for o in cited.origins if o in numbers) if apart else (),
        origin_names=tuple(titles.get(o, o) for o in cited.origins if o not in numbers) if apart else (),
    )


def about_text(site: Site, document: Document) -> str:
    """`local outlet in Russian`."""
    kind = SOURCE_KINDS[document.kind] if document.kind else "source"
    foreign = document.language and document.language != site.lang
    return f"{kind} in {site.words.language_name(document.language)}" if foreign and document.language else kind


def statement_of(
    site: Site, citation: Citation, titles: Mapping[str, str], status: ClaimStatus, with_moment: bool = False
) -> Statement:
    """What a citation says; `titles` are those of other incidents by id. A list by moments needs no moment beside each."""
    return Statement(
        as_of=site.words.moment_text(citation.as_of) if citation.as_of and with_moment else "",
        chips=chips_of(site, citation.says, titles),
        status=STATUS_WORDS[status],
        note=citation.note or "",
        quote=citation.quote or "",
        credibility=citation.credibility or 0,
    )
