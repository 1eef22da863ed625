"""How long lists are split into years and months, by the rows that they hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from .. import routes
from .base import MOST_ROWS
from .cards import Card
from .rows import Density, density_of
from .slots import Slot

FEW_ROWS = 20
"""A list up to this length needs no headings."""

LIST_ROOM = 54_000
"""Bytes of HTML for the rows of a page that is nothing but a list."""


class Manner(msgspec.Struct, frozen=True, kw_only=True):
    """How a list of one kind of rows is split: where a row stands, and how many rows a page holds.

    A list of several years is split above `most` rows, any list or year above `limit`.
    `rest` names the page of what has no year; `rest_of_years` and `rest_of_months` are its headings. `has_calendar` says that
    its years and months have calendar pages. `density` tells whether the rows of one page may be whole lines.
    """

    slot: Callable[[Any], Slot]
    density: Callable[[Sequence[Any]], Density]
    most: int
    limit: int
    rest: str
    rest_of_years: str
    rest_of_months: str
    has_calendar: bool


def is_split(manner: Manner, rows: Sequence[Any]) -> bool:
    """Whether a list is too long for one page."""
    has_years = len(rows) > manner.most and len({manner.slot(row).year for row in rows}) > 1
    return has_years or len(rows) > manner.limit


def year_title(manner: Manner, year: int) -> str:
    """What the rows of a year stand under, and those of none."""
    return str(year) if year else manner.rest_of_years


def year_path(manner: Manner, path: str, year: int) -> str:
    """The page of one year of a list that is split, or of what has none."""
    return routes.part(path, str(year) if year else manner.rest)


# ---------------------------------------------------------------- the manners of rows


def whole(rows: Sequence[Any]) -> Density:
    """Whole lines, for rows of which a page never holds too many."""
    return "full"


def _slot_of_card(card: Card) -> Slot:
    return card.slot


def _density_of_cards(cards: Sequence[Card]) -> Density:
    """Short lines where whole ones, or their number, would be too much for a page."""
    return "full" if density_of(cards, LIST_ROOM) == "full" else "brief"


CARDS = Manner(
    slot=_slot_of_card,
    density=_density_of_cards,
    most=MOST_ROWS,
    limit=MOST_ROWS,
    rest="no-year",
    rest_of_years="Not in one year alone",
    rest_of_months="Not in one month alone",
    has_calendar=True,
)

CITY_ROWS = msgspec.structs.replace(CARDS, most=60)
"""A city's list is split by year sooner than others, since figures stand beside it."""
