"""The open contradictions of the chronicle: every entry whose sources now say what cannot all be true, in the words of its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from .. import routes
from ..model import Page
from .base import CONTRADICTIONS, HOME, Count, Head, Link, Site, head, same_as_data
from .cards import Card
from .desk import Desk
from .disputes import Dispute, disputes
from .incident_parts import houses_of
from .listing import About, Section, part_pages, part_view, sections_of, shown, year_counts
from .manners import CARDS, LIST_ROOM, whole
from .rows import RULE

Told = tuple[tuple[str, tuple[Dispute, ...]], ...]
"""Entries by id, each with what it is contradicted about."""

LEDE = (
    "What the sources of an entry now say that cannot all be true, or not beside what the entry itself states: field by field, with "
    f"who says what. What is superseded or was taken back does not stand here. {RULE}"
)

LINE_BYTES, FIELD_BYTES, CLAUSE_BYTES, SPEAKER_BYTES = 260, 24, 16, 32
"""The markup of an entry, of a contradiction of it, of what somebody says, and of a speaker."""

ROWS = msgspec.structs.replace(CARDS, density=whole, most=50, limit=50, has_calendar=False)
ABOUT = About("Contradictions", CONTRADICTIONS.path, "contradictions", (HOME, CONTRADICTIONS))


class Item(msgspec.Struct, frozen=True):
    """An entry with what cannot all be true of it; where its page has no room for the sentences, `fields` says what of it."""

    card: Card
    disputes: tuple[Dispute, ...]
    fields: str = ""


class ContradictionsView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of contradictions: the first, or that of a year or month. `more` entries of the same time found no room."""

    head: Head
    title: str
    lede: str
    years: tuple[Count, ...] = ()
    months: tuple[Count, ...] = ()
    sections: tuple[Section, ...]
    more: int = 0
    data: Link | None = None
    before: Link | None = None
    after: Link | None = None


# ---------------------------------------------------------------- plan


def pages(desk: Desk) -> Iterator[Page]:
    """The list, also where it is empty, and its years where it is long."""
    cards = desk.cards_for(desk.contradictions)
    yield desk.page(CONTRADICTIONS.path, "contradictions.html", contradictions_view, partial(_parts, desk, cards))
    beside = partial(_beside, desk)
    yield from part_pages(desk, ROWS, cards, ABOUT, "contradictions.html", contradictions_part, beside)


def _parts(desk: Desk, cards: Sequence[Card]) -> tuple[Any, ...]:
    kept = shown(ROWS, cards)
    return kept, year_counts(ROWS, CONTRADICTIONS.path, cards), told_of(desk, kept)


def _beside(desk: Desk, year: int, certain: Sequence[Card], possible: Sequence[Card]) -> tuple[Any, ...]:
    return (told_of(desk, sorted((*certain, *possible), key=lambda card: card.id)),)


def told_of(desk: Desk, cards: Iterable[Card]) -> Told:
    """What some entries are contradicted about, in the words of their own pages."""
    return tuple((card.id, _disputes(desk, card.id)) for card in cards)


def _disputes(desk: Desk, id: str) -> tuple[Dispute, ...]:
    c, entry = desk.chronicle, desk.chronicle.entries[id]
    others = {other: desk.cards[other] for other in c.events(entry)}
    return disputes(desk.site.words, desk.contradictions[id], houses_of(c, entry), others)


# ---------------------------------------------------------------- views


def contradictions_view(
    site: Site, path: str, cards: tuple[Card, ...], years: tuple[Count, ...], told: Told
) -> ContradictionsView:
    """The first page: all entries by year, or the newest of many with links to their years."""
    sections = sections_of(ROWS, cards, years)
    return ContradictionsView(
        head=head(site, path, "Open contradictions", LEDE, section="contradictions", crumbs=(HOME,)),
        title="Open contradictions",
        lede=LEDE,
        years=years,
        sections=_with_words(sections, _fitted(cards, told)),
        data=same_as_data(site, routes.contradictions_data()),
    )


def contradictions_part(
    site: Site, path: str, about: About, year: int, month: int, cards: tuple[Card, ...], months: tuple[Count, ...],
    before: Link | None, after: Link | None, told: Told,
) -> ContradictionsView:  # fmt: skip
    """One year or month of the contradictions, as many as a page holds."""
    items = _fitted(cards, told)
    kept = tuple(card for card in cards if card.id in items)
    view = part_view(ROWS, site, path, about, year, month, kept, months, before, after)
    return ContradictionsView(
        head=view.head,
        title=view.title,
        lede=view.lede,
        months=months,
        sections=_with_words(view.sections, items),
        more=len(cards) - len(kept),
        data=same_as_data(site, routes.contradictions_data(str(year) if year else ROWS.rest)),
        before=before,
        after=after,
    )


def _with_words(sections: Iterable[Section], items: dict[str, Item]) -> tuple[Section, ...]:
    """Sections of entries with what each is contradicted about."""
    return tuple(
        msgspec.structs.replace(section, rows=tuple(items[card.id] for card in section.rows)) for section in sections
    )


def _fitted(cards: Sequence[Card], told: Told) -> dict[str, Item]:
    """As many entries as a page has room for, the first of them in sentences, the others only with what is contradicted."""
    found = dict(told)
    short = [_short(card, found[card.id]) for card in cards]
    room = LIST_ROOM
    kept: dict[str, Item] = {}
    for item in short:
        room -= LINE_BYTES + item.card.size + len(item.card.id) + len(item.fields.encode())
        if room < 0:
            break
        kept[item.card.id] = item
    for item in tuple(kept.values()):
        room -= sum(_size(item.card, dispute) for dispute in found[item.card.id])
        if room < 0:
            break
        kept[item.card.id] = Item(item.card, found[item.card.id])
    return kept


def _short(card: Card, about: Iterable[Dispute]) -> Item:
    """An entry with the names of what is contradicted."""
    return Item(card, (), "; ".join(dispute.title for dispute in about))


def _size(card: Card, dispute: Dispute) -> int:
    """The bytes of a contradiction in sentences."""
    clauses = sum([CLAUSE_BYTES + len(c.says.encode()) + len(c.more.encode()) for c in dispute.clauses])
    speakers = [s for c in dispute.clauses for s in c.speakers]
    links = sum([(1 + len(s.others)) * (SPEAKER_BYTES + len(card.path)) + len(s.name.encode()) for s in speakers])
    return FIELD_BYTES + clauses + links + len(dispute.title.encode())
