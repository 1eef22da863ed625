"""One year or month of a list of entries, with the sums that stand beside it."""

from __future__ import annotations

from collections.abc import Sequence

from .base import Count, Link, Site
from .cards import Card
from .desk import Desk
from .listing import About, PartView, part_view
from .manners import CARDS
from .sums import Sums, sums_of


def sums_beside(desk: Desk, year: int, certain: Sequence[Card], possible: Sequence[Card]) -> tuple[Sums]:
    """The sums of a page of entries, newest first."""
    sure, maybe = (desk.chronicle.published(card.id for card in reversed(cards)) for cards in (certain, possible))
    return (sums_of(sure, maybe),)


def cards_part(
    site: Site, path: str, about: About, year: int, month: int, rows: tuple[Card, ...], months: tuple[Count, ...],
    before: Link | None, after: Link | None, sums: Sums | None,
) -> PartView:  # fmt: skip
    """One year or month of a list of entries."""
    return part_view(CARDS, site, path, about, year, month, rows, months, before, after, sums)
