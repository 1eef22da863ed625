"""How much of a list a page has room for: whole lines, short ones, or only counts by city."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from .base import MOST_ROWS, Count, Link
from .cards import Card

Density = Literal["full", "brief", "counts"]

PAGE_ROOM = 42_000
"""Bytes of HTML for all lists of a page; frame, figures and other sections have the rest of 60 KiB."""

RULE = "Newest first: by earliest day, then latest day, then time."
IN_ORDER = "In the order of time: by earliest day, then latest day, then time."
"""The two orders of a list of entries, as they stand above it."""

_FULL, _BRIEF = 210, 110
"""Bytes of the tags and the fixed words of a line."""


class Cities(msgspec.Struct, frozen=True):
    """The cities of some entries, most entries first, and how many cities more there are than a page can name."""

    counts: tuple[Count, ...]
    more: int = 0


class Rows(msgspec.Struct, frozen=True):
    """One list of a page: its cards with whole or short lines, or where there is no room for them its cities with counts."""

    density: Density
    cards: tuple[Card, ...]
    total: int
    cities: Cities = Cities(())


def density_of(cards: Sequence[Card], room: int = PAGE_ROOM) -> Density:
    """How all the lists of a page together fit into so many bytes."""
    own = sum([card.size for card in cards])
    if len(cards) <= MOST_ROWS and own + _FULL * len(cards) <= room:
        return "full"
    return "brief" if own + _BRIEF * len(cards) <= room else "counts"


def rows_of(cards: Sequence[Card], density: Density) -> Rows:
    """The list of some cards; with counts alone, an entry is reached by way of its city."""
    if density == "counts":
        return Rows(density, (), len(cards), cities_of(cards, ()))
    return Rows(density, tuple(cards), len(cards))


def cities_of(certain: Iterable[Card], possible: Iterable[Card]) -> Cities:
    """The cities of some entries with how many certain and possible ones each has, most first, then by name."""
    sure, maybe = _by_place(certain), _by_place(possible)
    places = sorted({*sure, *maybe}, key=lambda p: (-sure[p], -maybe[p], p.text, p.path))
    counts = tuple(Count(place, sure[place], maybe[place]) for place in places[:MOST_ROWS])
    return Cities(counts, len(places) - len(counts))


def _by_place(cards: Iterable[Card]) -> Counter[Link]:
    return Counter(place for card in cards for place in card.places)
