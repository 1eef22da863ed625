"""Lists of entries: by which day they are split, how much room a page has for them, and the sums that stand beside them."""

from __future__ import annotations

from collections.abc import Sequence

from .base import MOST_ROWS, Count, Link, Site
from .cards import Card
from .desk import Desk
from .listing import About, Manner, PartView, part_view
from .rows import Density, density_of
from .slots import Slot
from .sums import Sums, sums_of

LIST_ROOM = 54_000
"""Bytes of HTML for the rows of a page that is nothing but a list."""


def _slot_of_card(card: Card) -> Slot:
    return card.slot


def _density_of_cards(cards: Sequence[Card]) -> Density:
    """Short lines where whole ones, or their number, would be too much for a page."""
    return "full" if density_of(cards, LIST_ROOM) == "full" else "brief"


def sums_beside(
    desk: Desk, rows: Sequence[Card], year: int, certain: Sequence[Card], possible: Sequence[Card]
) -> tuple[Sums]:
    """The sums of a page of entries, newest first."""
    sure, maybe = (desk.chronicle.published(card.id for card in reversed(cards)) for cards in (certain, possible))
    return (sums_of(sure, maybe),)


CARDS = Manner(
    slot=_slot_of_card,
    density=_density_of_cards,
    most=MOST_ROWS,
    limit=MOST_ROWS,
    rest="no-year",
    rest_of_years="Not in one year alone",
    rest_of_months="Not in one month alone",
    has_calendar=True,
    beside=sums_beside,
)


def cards_part(
    site: Site, path: str, about: About, year: int, month: int, rows: tuple[Card, ...], months: tuple[Count, ...],
    before: Link | None, after: Link | None, sums: Sums | None,
) -> PartView:  # fmt: skip
    """One year or month of a list of entries."""
    return part_view(CARDS, site, path, about, year, month, rows, months, before, after, sums)
