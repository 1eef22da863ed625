"""The home page: the latest days, the last twelve months, the cities most concerned, a map, the data, how to read an entry."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from typing import Any

import msgspec

from .. import routes
from ..chronicle import Chronicle
from ..dates import Certainty, certainty_between, extent
from ..model import City, Page
from ..moments import moment_key
from .almanac import Almanac, tallies
from .base import Count, Link
from .decades import decade_text
from .desk import Desk
from .front import Correction, Latest, Place, Span, home_view
from .heat import month_starts

MOST_GROUPS, MOST_LATEST = 8, 25
"""So many dates, and so many entries of them, stand under the latest days."""

MOST_CITIES, MOST_MARKS, MOST_CORRECTED = 10, 50, 4
"""So many cities in the list and on the map, and so many corrections, stand on the home page."""

MOST_SQUARES = 184
"""More days with entries than these leave room for half a year only."""

CORRECTIONS = ("correction", "retraction")


def pages(desk: Desk) -> Iterator[Page]:
    """The home page."""
    yield desk.page(routes.HOME, "home.html", home_view, partial(_parts, desk))


def _parts(desk: Desk) -> tuple[Any, ...]:
    """All that the home page is made from."""
    c = desk.chronicle
    span = _span(desk)
    months = _months(desk, desk.almanac, span) if span else ()
    counts = (desk.sums.incidents, len(c.by_city))
    busiest = _busiest(c, span) if span else ()
    return _latest(desk), span, months, busiest, _places(c), counts, _corrections(desk), _how_to_read(desk)


def _latest(desk: Desk) -> tuple[Latest, ...]:
    """The entries of the newest dates, newest date first, each in the order of time; one date is never cut but the first."""
    groups: dict[str, list[str]] = {}
    for id in islice(reversed(desk.chronicle.timeline), MOST_LATEST * 40):
        text = desk.chronicle.entries[id].incident.date.text
        if text not in groups and len(groups) == MOST_GROUPS:
            break
        groups.setdefault(text, []).insert(0, id)
    return _within(desk, list(groups.values()))


def _within(desk: Desk, groups: Sequence[Sequence[str]]) -> tuple[Latest, ...]:
    """As many whole groups as there is room for; of a first one that is too long its earliest entries."""
    found: list[Latest] = []
    room = MOST_LATEST
    for ids in groups:
        if len(ids) > room and found:
            break
        found.append(Latest(desk.cards_for(ids[:room]), max(0, len(ids) - room)))
        room -= len(ids)
    return tuple(found)


def _span(desk: Desk) -> Span | None:
    """The last twelve months, or six where their days are many; they end with the month of the newest entry, never with today."""
    c = desk.chronicle
    if not c.timeline:
        return None
    newest = extent(c.entries[c.timeline[-1]].incident.date)[0]
    last = _month_end(newest)
    for months in (12, 6):
        first = _months_before(newest, months - 1)
        days = tallies(c, first, last)
        if len(days) <= MOST_SQUARES:
            break
    return Span(first, last, days, tuple(_vague(desk, first, last)))


def _vague(desk: Desk, first: date, last: date) -> Iterator[Count]:
    """The months, years and decades that hold entries known no more exactly, with how many of these are of some days."""
    c, words, months = desk.chronicle, desk.site.words, month_starts(first, last)
    homes = [(f"{m:%Y-%m}", words.month_name(m.year, m.month)) for m in months]
    homes += [(str(year), f"{year}, no month") for year in range(first.year, last.year + 1)]
    decades = range(first.year // 10 * 10, last.year + 1, 10)
    homes += [(f"{decade}s", f"{decade_text(words, decade)}, no year") for decade in decades]
    for home, text in homes:
        found = [certainty_between(c.entries[id].incident.date, first, last) for id in c.homes.get(home, ())]
        sure, maybe = found.count("certain"), found.count("possible")
        if sure or maybe:
            yield Count(Link(text, f"{routes.calendar(home)}#undated"), sure, maybe)


def _month_end(day: date) -> date:
    return (day.replace(day=28) + datetime.timedelta(4)).replace(day=1) - datetime.timedelta(1)


def _months_before(day: date, months: int) -> date:
    """The first day of the month so many months before that of a day."""
    count = 12 * day.year + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _months(desk: Desk, almanac: Almanac, span: Span) -> tuple[Count, ...]:
    """The months of the span that have entries, with how many."""
    starts = ((m.year, m.month) for m in month_starts(span.first, span.last))
    return tuple(
        Count(
            Link(desk.site.words.month_name(*key), routes.month(*key)),
            len(almanac.months[key].certain),
            len(almanac.months[key].possible),
        )
        for key in starts
        if key in almanac.months
    )


def _busiest(c: Chronicle, span: Span) -> tuple[Count, ...]:
    """The cities with most entries that are of the months shown, most certain ones first, then possible ones, then by name."""
    found: dict[Certainty, Counter[str]] = {"certain": Counter(), "possible": Counter()}
    for entry in c.published(c.timeline):
        how = certainty_between(entry.incident.date, span.first, span.last)
        if how:
            found[how].update(entry.cities)
    sure, maybe = found["certain"], found["possible"]
    ranked = sorted({*sure, *maybe}, key=lambda id: (-sure[id], -maybe[id], c.cities[id].name, id))
    return tuple(Count(Link(c.cities[id].name, routes.city(id)), sure[id], maybe[id]) for id in ranked[:MOST_CITIES])


def _places(c: Chronicle) -> tuple[Place, ...]:
    """The cities with entries, those with most first, as many as a map can hold."""
    ranked = sorted(c.by_city, key=lambda id: (-len(c.by_city[id]), id))
    return tuple(_place(c.cities[id], len(c.by_city[id])) for id in ranked[:MOST_MARKS])


def _place(city: City, entries: int) -> Place:
    return Place(Link(city.name, routes.city(city.id)), city.lat, city.lon, entries)


def _corrections(desk: Desk) -> tuple[Correction, ...]:
    """The newest corrections and retractions."""
    c = desk.chronicle
    found = [(u, e.incident) for e in c.entries.values() for u in e.incident.updates if u.kind in CORRECTIONS]
    newest = sorted(found, key=lambda pair: (moment_key(pair[0].date), pair[1].id), reverse=True)[:MOST_CORRECTED]
    return tuple(
        Correction(
            msgspec.structs.replace(incident, updates=(update,)),
            desk.update_titles((update,)),
        )
        for update, incident in newest
    )


def _how_to_read(desk: Desk) -> Link | None:
    return next(iter(desk.links(("page:how-to-read",))), None)
