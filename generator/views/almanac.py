"""The almanac of a chronicle: which entries stand in which month, year and decade, how surely, and how many on each day."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from typing import TypeVar

import msgspec

from ..chronicle import Chronicle
from ..dates import certainty_within

Month = tuple[int, int]
"""A year and a month of it, 1 to 12."""

Key = TypeVar("Key")


class Tally(msgspec.Struct, frozen=True):
    """A day with the number of entries certainly and possibly on it."""

    day: date
    certain: int
    possible: int


class Period(msgspec.Struct, frozen=True):
    """The entries of a month, year or decade by id, in timeline order.

    `vague` are those that stand nowhere more exactly: their calendar home is this very period. They are among the other two.
    """

    certain: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()

    @property
    def vague_counts(self) -> tuple[int, int]:
        """How many of the vague ones are certainly, and how many possibly, of this period."""
        sure = len(frozenset(self.certain).intersection(self.vague))
        return sure, len(self.vague) - sure


class Periods(Mapping[Key, Period]):
    """Periods in order, each made when it is asked for: which there are is known long before what is in them."""

    def __init__(self, made: Mapping[Key, Callable[[], Period]]) -> None:
        self._made = {key: cache(make) for key, make in made.items()}

    def __getitem__(self, key: Key) -> Period:
        return self._made[key]()

    def __iter__(self) -> Iterator[Key]:
        return iter(self._made)

    def __reversed__(self) -> Iterator[Key]:
        return reversed(self._made)

    def __len__(self) -> int:
        return len(self._made)


class Almanac(msgspec.Struct, frozen=True):
    """Every month, year and decade (by its first year) that has an entry, in order."""

    months: Periods[Month]
    years: Periods[int]
    decades: Periods[int]


def almanac_of(chronicle: Chronicle) -> Almanac:
    """The almanac of a chronicle. A decade stands in it only where an entry is known no more exactly."""
    standing = _standing(chronicle)
    order = cache(lambda: {id: n for n, id in enumerate(chronicle.timeline)})
    periods = {home: partial(_period, chronicle, home, standing[home], order) for home in sorted(standing)}
    return Almanac(
        months=Periods({(int(h[:4]), int(h[5:])): made for h, made in periods.items() if len(h) == 7}),
        years=Periods({int(h): made for h, made in periods.items() if len(h) == 4}),
        decades=Periods({int(h[:4]): made for h, made in periods.items() if h.endswith("s")}),
    )


def tallies(chronicle: Chronicle, first: date, last: date) -> tuple[Tally, ...]:
    """The days from `first` to `last` that have entries."""
    shown = (day for day in chronicle.days if first <= day <= last)
    return tuple(tally_of(chronicle, day) for day in shown)


def tally_of(chronicle: Chronicle, day: date) -> Tally:
    """How many entries stand on a day."""
    found = chronicle.days.get(day, ())
    certain = sum(on.certainty == "certain" for on in found)
    return Tally(day, certain, len(found) - certain)


def bounds_of(home: str) -> tuple[date, date]:
    """First and last day of `2025-12`, `2025` or `2020s`."""
    year = int(home[:4])
    if len(home) == 7:
        month = int(home[5:])
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, 1, 1), date(year + 9 if home.endswith("s") else year, 12, 31)


def _standing(chronicle: Chronicle) -> Mapping[str, set[str]]:
    """Every month, year and decade to the entries that stand in it."""
    found: dict[str, set[str]] = defaultdict(set)
    for day, entries in chronicle.days.items():
        for home in (f"{day.year}-{day.month:02}", str(day.year)):
            found[home].update(on.id for on in entries)
    for vague, ids in chronicle.homes.items():
        for home in _with_year(vague):
            found[home].update(ids)
    return found


def _with_year(home: str) -> Iterator[str]:
    yield home
    if len(home) == 7:
        yield home[:4]


def _period(chronicle: Chronicle, home: str, ids: set[str], order: Callable[[], Mapping[str, int]]) -> Period:
    first, last = bounds_of(home)
    ordered = sorted(ids, key=order().__getitem__)
    sure = {id: certainty_within(chronicle.entries[id].incident.date, first, last) for id in ordered}
    return Period(
        certain=tuple(id for id in ordered if sure[id] == "certain"),
        possible=tuple(id for id in ordered if sure[id] == "possible"),
        vague=chronicle.homes.get(home, ()),
    )
