"""Answers to the queries in texts: a number as far as it is known, and the page that lists exactly what was counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from .. import routes
from ..chronicle import Chronicle, Linked
from ..counts import Count, counted
from ..dates import Certainty
from ..fitting import certainty_of, fits_city
from ..model import Where
from ..queries import Query, frames_of, parsed_query
from ..routes import slug_of
from .almanac import Almanac
from .base import Site
from .manners import CARDS, CITY_ROWS, FEW_ROWS, Manner, is_split, year_path
from .slots import Slot, slot_of_date
from .sums import counting, harm_of

Found = dict[Certainty, tuple[str, ...]]
"""The ids of entries that certainly, and that possibly, are what is asked for, in the order of time."""


class Answer(msgspec.Struct, frozen=True):
    """What a query comes to: its canonical text, the number (none where nobody gives one), and the address of the list behind it.

    The address is empty where no page of the site lists just these entries.
    """

    query: str
    count: Count | None
    path: str


def answer_of(chronicle: Chronicle, site: Site, almanac: Callable[[], Almanac], text: str) -> Answer:
    """The answer to a query that is written canonically."""
    query = parsed_query(text)
    assert isinstance(query, Query), text
    found = _found(chronicle, query)
    sure, maybe = counting(*(chronicle.published(found[how]) for how in ("certain", "possible")))
    count = _sum(query, sure, maybe) if query.outcome else counted(len(sure), len(sure) + len(maybe))
    pages = _listing(chronicle, almanac, query)
    path = next((path for path, listed in pages if _is_all(listed, found) and site.path(path)), "")
    return Answer(text, count, path)


def _sum(query: Query, sure: Sequence[Linked], maybe: Sequence[Linked]) -> Count | None:
    """The sum of an outcome; open above where an entry gives no number, since that is not none."""
    assert query.outcome
    total = harm_of(query.outcome, sure, maybe).with_possible
    tolls = [e.incident.casualties for e in (*sure, *maybe)]
    is_told = all(toll is not None and getattr(toll, query.outcome) is not None for toll in tolls)
    if total is None and not tolls:
        return counted(0, 0)
    if total is None or is_told:
        return total
    return counted(total.low, None, total.about) if total.low else None  # "0 or more" says nothing


# ---------------------------------------------------------------- what is asked for


def _found(c: Chronicle, query: Query) -> Found:
    in_waves = {id for wave in query.wave for id in c.by_wave.get(wave, ())}
    perhaps = {id for wave in query.wave for id in c.perhaps_by_wave.get(wave, ())} - in_waves
    found: dict[Certainty, list[str]] = {"certain": [], "possible": []}
    for id in _candidates(c, query):
        if query.wave and id not in in_waves and id not in perhaps:
            continue
        entry = c.entries[id]
        how = certainty_of(query.where, entry.incident, entry.cities, c.city_names)
        if how:
            found["possible" if id in perhaps else how].append(id)
    return {how: tuple(ids) for how, ids in found.items()}


def _candidates(c: Chronicle, query: Query) -> Iterable[str]:
    """The entries to look through: those of the one kind, city or tag that is asked for, where there is one."""
    where = query.where
    if len(where.kind) == 1:
        return c.by_kind.get(where.kind[0], ())
    if len(where.city) == 1:
        return c.by_city.get(c.city_names.one(where.city[0]) or "", ())
    if len(where.tag) == 1:
        return c.by_tag.get(slug_of(where.tag[0]), ())
    return c.timeline


# ---------------------------------------------------------------- where they are listed


def _is_all(listed: Found, found: Found) -> bool:
    """Whether a page lists just what was found, and as surely."""
    return all(set(listed[how]) == set(found[how]) for how in found)


def _listing(c: Chronicle, almanac: Callable[[], Almanac], query: Query) -> Iterator[tuple[str, Found]]:
    """Pages that may list just what a query asks for, with what they list: of a kind, city, tag, wave or time, a year of one, saved queries."""
    where = query.where
    themes = [*_themes(c, query)]
    frames = frames_of(where)
    if not themes and not frames:
        yield routes.INDEXES["incidents"], _surely(c.timeline)
    elif not frames and len(themes) == 1:
        yield themes[0][0], _of_wave(c, query.wave[0]) if query.wave else _surely(themes[0][1])
    elif len(frames) == 1 and not themes:
        yield from _calendar(c, almanac(), where)
    elif len(frames) == 1 and len(themes) == 1 and len(where.year) == 1 and not query.wave:
        yield from _year_of(c, *themes[0], where.year[0])
    if not query.wave:
        same = (wave for wave in c.waves.values() if wave.where and _is_same(c, wave.where, where))
        yield from ((routes.wave(wave.id), _of_wave(c, wave.id)) for wave in same)


def _surely(ids: Iterable[str]) -> Found:
    return {"certain": tuple(ids), "possible": ()}


def _of_wave(c: Chronicle, id: str) -> Found:
    return {"certain": c.by_wave.get(id, ()), "possible": c.perhaps_by_wave.get(id, ())}


def _is_same(c: Chronicle, a: Where, b: Where) -> bool:
    """Whether two queries ask the same, in whatever words."""
    return _meaning(c, a) == _meaning(c, b)


def _meaning(c: Chronicle, where: Where) -> tuple[Any, ...]:
    cities = frozenset(id for id in c.cities if fits_city(where, (id,), c.city_names)) if where.city else None
    return frozenset(where.kind), cities, frozenset(map(slug_of, where.tag)), frames_of(where)


def _themes(c: Chronicle, query: Query) -> Iterator[tuple[str, tuple[str, ...], Manner]]:
    """The page of each kind, city, tag and wave that is asked for, with its entries and how its list is split."""
    where = query.where
    yield from ((routes.kind(kind), c.by_kind.get(kind, ()), CARDS) for kind in where.kind)
    cities = filter(None, map(c.city_names.one, where.city))
    yield from ((routes.city(city), c.by_city.get(city, ()), CITY_ROWS) for city in cities)
    yield from ((routes.tag(tag), c.by_tag.get(slug_of(tag), ()), CARDS) for tag in where.tag)
    yield from ((routes.wave(wave), c.by_wave.get(wave, ()), CARDS) for wave in query.wave)


def _calendar(c: Chronicle, almanac: Almanac, where: Where) -> Iterator[tuple[str, Found]]:
    """The page of the day, month or year that is asked for."""
    (first, last), *_ = frames_of(where)
    if first == last and first in c.days:
        on = c.days[first]
        sure, maybe = (tuple(o.id for o in on if o.certainty == how) for how in ("certain", "possible"))
        yield routes.day(first), {"certain": sure, "possible": maybe}
    month, year = (first.year, first.month), first.year
    text = where.date.text if where.date else str(year)
    if text == f"{year}-{first.month:02}" and month in almanac.months:
        period = almanac.months[month]
        yield routes.month(*month), {"certain": period.certain, "possible": period.possible}
    if text == str(year) and len(where.year) < 2 and year in almanac.years:
        of_year = almanac.years[year]
        yield routes.year(year), {"certain": of_year.certain, "possible": of_year.possible}


def _year_of(c: Chronicle, path: str, ids: tuple[str, ...], manner: Manner, year: int) -> Iterator[tuple[str, Found]]:
    """The part of a long list that holds a year: a page of its own, or what stands under its heading."""
    slots: dict[str, Slot] = {id: slot_of_date(c.entries[id].incident.date) for id in ids}
    here = [id for id in ids if slots[id].year == year]
    sure = tuple(id for id in here if slots[id].is_sure_of_year)
    listed: Found = {"certain": sure, "possible": tuple(id for id in here if id not in set(sure))}
    if here and is_split(msgspec.structs.replace(manner, slot=slots.__getitem__), ids):
        yield year_path(manner, path, year), listed
    elif here and len(ids) > FEW_ROWS:
        yield f"{path}#y{year}", listed
