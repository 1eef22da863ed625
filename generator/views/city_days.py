"""The days of a city, year by year, as heat calendars with their data."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from .. import routes
from ..dates import calendar_home, certainty_on, certainty_within, extent, possible_days
from ..edtf import day_date
from ..figures.tables import Cell, data_table
from ..words import Words
from .almanac import Tally, bounds_of
from .base import Count, Link
from .cards import Card
from .heat import heat_of
from .late import Late

YEAR_BYTES, DAY_BYTES, ROW_BYTES = 2_600, 240, 270
HEAT_ROOM = 14_000
PART_ROOM = 52_000
"""About how many bytes a calendar of a year, a day of it and a row take, and how many calendars or a year's page may take."""


class YearDays(msgspec.Struct, frozen=True):
    """A year of a city: the days with entries, and the months, or the year, of entries that stand on no day."""

    year: int
    days: tuple[Tally, ...]
    vague: tuple[Count, ...]


class Calendar(msgspec.Struct, frozen=True):
    """A year as a heat calendar, with its data as a table."""

    year: str
    figure: Late[Markup]
    data: Late[Markup]


def years_of(words: Words, cards: Sequence[Card]) -> tuple[YearDays, ...]:
    """The years in which a city has entries, newest first; what is wider than a year has no place here."""
    days: dict[datetime.date, list[bool]] = defaultdict(list)
    homes: dict[str, list[bool]] = defaultdict(list)
    for card in cards:
        for day in possible_days(card.date):
            days[day].append(certainty_on(card.date, day) == "certain")
        home = calendar_home(card.date)
        if home and not home.endswith("s"):
            homes[home].append(certainty_within(card.date, *bounds_of(home)) == "certain")
    years = sorted({day.year for day in days} | {int(home[:4]) for home in homes}, reverse=True)
    return tuple(YearDays(year, _days_of(year, days), _vague_of(words, year, homes)) for year in years)


def _days_of(year: int, days: dict[datetime.date, list[bool]]) -> tuple[Tally, ...]:
    return tuple(
        Tally(day, sum(days[day]), len(days[day]) - sum(days[day])) for day in sorted(days) if day.year == year
    )


def _vague_of(words: Words, year: int, homes: dict[str, list[bool]]) -> tuple[Count, ...]:
    """The months, or the year itself, of what is known no more exactly."""
    return tuple(
        Count(Link(_home_text(words, home), routes.calendar(home)), sum(sure), len(sure) - sum(sure))
        for home, sure in sorted(homes.items())
        if int(home[:4]) == year
    )


def _home_text(words: Words, home: str) -> str:
    return words.month_name(int(home[:4]), int(home[5:])) if len(home) == 7 else home


def room_for_years(years: tuple[YearDays, ...]) -> tuple[tuple[YearDays, ...], int]:
    """The newest years whose calendars fit the page, at least one, and how many earlier ones there are."""
    sizes = [YEAR_BYTES + DAY_BYTES * len(year.days) for year in years]
    fitting = sum(sum(sizes[: n + 1]) <= HEAT_ROOM for n in range(len(sizes)))
    kept = max(fitting, 1 if sizes and sizes[0] <= PART_ROOM // 2 else 0)
    return years[:kept], len(years) - kept


def calendar_of(words: Words, root: str, name: str, year: YearDays) -> Calendar:
    """One year of a city as a heat calendar."""
    first, last = bounds_of(f"{year.year:04}")
    title = f"{name}, {year.year}: days with entries"
    heat = Late(heat_of, words, root, first, last, year.days, year.vague, title)
    return Calendar(str(year.year), heat, Late(_calendar_table, words, root, title, year))


def _calendar_table(words: Words, root: str, title: str, year: YearDays) -> Markup:
    days = [(words.date_text(day_date(d.day)), routes.day(d.day), d.certain, d.possible) for d in year.days]
    vague = [(f"{c.link.text}, day not known", c.link.path, c.certain, c.possible) for c in year.vague]
    rows = [
        (Cell(text, root + path), Cell(str(sure), "", True), Cell(str(maybe), "", True))
        for text, path, sure, maybe in days + vague
    ]
    return data_table(title, ("Day", "Entries", "Possible"), rows)


def days_of(words: Words, cards: Sequence[Card], year: int) -> tuple[YearDays, ...]:
    """One year of a city, also of what only reaches into it; none where nothing does."""
    reaching = [card for card in cards if _reaches(card, year)]
    return tuple(found for found in years_of(words, reaching) if found.year == year)


def _reaches(card: Card, year: int) -> bool:
    first, last = extent(card.date)
    return first.year <= year <= last.year
