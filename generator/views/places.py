"""Places: the overview, a page for every city, also for one without entries, and for its years where it has many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from markupsafe import Markup

from .. import routes
from ..chronicle import Linked
from ..model import City, Page
from ..routes import slug_of
from .base import CITIES, HOME, MOST_ROWS, Count, Head, Link, Site, head
from .cards import Card
from .city import Near, beside, city_part, city_view
from .city_days import room_for_years, years_of
from .desk import Desk
from .late import Late
from .listing import About, part_pages, shown, year_counts
from .manners import CITY_ROWS
from .neighbours import nearest
from .sums import sums_of
from .waves import MOST_MARKS, weighted_map

MOST_NEAR = 6
MOST_DAMAGE = 12


class CityRow(msgspec.Struct, frozen=True, kw_only=True):
    """A city in the overview, with its latest entry; none where it has no entry."""

    link: Link
    country: str
    region: str
    entries: int
    latest: Card | None


class Country(msgspec.Struct, frozen=True):
    """The cities of a country, A to Z: as rows, or where there are very many as links with counts."""

    name: str
    id: str
    rows: tuple[CityRow, ...]
    counts: tuple[Count, ...]


class CitiesView(msgspec.Struct, frozen=True):
    """All cities, by country."""

    head: Head
    lede: str
    countries: tuple[Country, ...]
    map: Late[Markup]
    map_note: str


# ---------------------------------------------------------------- plan


def pages(desk: Desk) -> Iterator[Page]:
    """The overview of cities and a page for each."""
    c = desk.chronicle
    order = sorted(c.cities.values(), key=lambda city: (city.name.casefold(), city.id))
    concerned = sorted((city for city in order if city.id in c.by_city), key=lambda city: (city.lat, city.id))
    weights = sorted(((city, len(c.by_city[city.id])) for city in concerned), key=lambda w: (-w[1], w[0].id))
    yield desk.page(CITIES.path, "cities.html", cities_view, partial(_overview, desk, order, weights[:MOST_MARKS]))
    inner = _inner(desk, order)
    for city in c.cities.values():
        yield from _city_pages(desk, city, concerned, tuple(inner.get(city.id, ())))


def _overview(
    desk: Desk, order: Sequence[City], weights: Sequence[tuple[City, int]]
) -> tuple[tuple[CityRow, ...], tuple[tuple[City, int], ...]]:
    return tuple(_row(desk, city) for city in order), tuple(weights)


def _row(desk: Desk, city: City) -> CityRow:
    ids = desk.chronicle.by_city.get(city.id, ())
    administered = city.disputed.administered_by if city.disputed else None
    told = (city.region if city.region != city.name else "", f"administered by {administered}" if administered else "")
    return CityRow(
        link=Link(city.name, routes.city(city.id)),
        country=desk.site.words.country_name(city.country),
        region=", ".join(t for t in told if t),
        entries=len(ids),
        latest=desk.cards[ids[-1]] if ids else None,
    )


def _inner(desk: Desk, cities: Sequence[City]) -> Mapping[str, list[Count]]:
    """A city to those that are part of it, with their numbers of entries."""
    found: dict[str, list[Count]] = defaultdict(list)
    for city in cities:
        outer = desk.chronicle.city_names.one(city.part_of) if city.part_of else None
        if outer and outer != city.id:
            found[outer].append(
                Count(Link(city.name, routes.city(city.id)), len(desk.chronicle.by_city.get(city.id, ())))
            )
    return found


def _city_pages(desk: Desk, city: City, concerned: Sequence[City], inner: tuple[Count, ...]) -> Iterator[Page]:
    rows, path = desk.cards_for(reversed(desk.chronicle.by_city.get(city.id, ()))), routes.city(city.id)
    yield desk.page(path, "city.html", city_view, partial(_parts, desk, city, rows, concerned, inner), city.path)
    feed = Link(f"Entries on {city.name}", routes.feed(f"cities/{city.id}"))
    about = About(city.name, path, "cities", (HOME, CITIES, Link(city.name, path)), feed)
    yield from part_pages(desk, CITY_ROWS, rows, about, "city-part.html", city_part, partial(beside, desk, rows))


def _parts(
    desk: Desk, city: City, rows: Sequence[Card], concerned: Sequence[City], inner: tuple[Count, ...]
) -> tuple[Any, ...]:
    """All that the page of a city is made from."""
    c, path = desk.chronicle, routes.city(city.id)
    entries = c.published(c.by_city.get(city.id, ()))
    outer = c.city_names.one(city.part_of) if city.part_of else None
    near = tuple(Near(other, round(km)) for other, km in nearest(city, concerned, MOST_NEAR))
    return (
        city, desk.text(city), shown(CITY_ROWS, rows), year_counts(CITY_ROWS, path, rows), sums_of(entries),
        room_for_years(years_of(desk.site.words, rows)), kind_counts(desk, entries), damage_counts(entries), near,
        desk.links([f"city:{outer}"] if outer and outer != city.id else []), inner, desk.links(c.mentions.get(f"city:{city.id}", ())),
    )  # fmt: skip


def kind_counts(desk: Desk, entries: Sequence[Linked]) -> tuple[Count, ...]:
    """The kinds of some entries with how many are of each, the most first."""
    kinds = desk.site.kinds
    counts = Counter(e.incident.kind for e in entries if e.incident.kind in kinds)
    order = sorted(counts, key=lambda id: (-counts[id], str(id)))
    return tuple(Count(Link(kinds[id].label, kinds[id].path), counts[id]) for id in order if id)


def damage_counts(entries: Sequence[Linked]) -> tuple[Count, ...]:
    """What was damaged with the number of entries that report it, the most first; discounted entries left out.

    Where all that an entry says of a thing is `possible`, it counts as such.
    """
    sound = [e.incident for e in entries if e.incident.assessment != "discounted"]
    told = Counter(what for incident in sound for what in {d.what for d in incident.damage})
    sure = Counter(what for i in sound for what in {d.what for d in i.damage if d.severity != "possible"})
    order = sorted(told, key=lambda what: (-sure[what], -told[what], what))
    return tuple(Count(Link(what, ""), sure[what], told[what] - sure[what]) for what in order[:MOST_DAMAGE])


# ---------------------------------------------------------------- view


def cities_view(site: Site, path: str, rows: tuple[CityRow, ...], weights: tuple[tuple[City, int], ...]) -> CitiesView:
    """The overview of cities."""
    told = "Cities and towns by the country that international law names; where another power administers a place, this is said."
    concerned = sum(row.entries > 0 for row in rows)
    note = (
        f"The {MOST_MARKS} places with the most entries."
        if concerned > MOST_MARKS
        else "A larger mark has more entries."
    )
    return CitiesView(
        head=head(site, path, "Cities", told, section="cities", crumbs=(HOME,)),
        lede=told,
        countries=tuple(_countries(rows)),
        map=Late(weighted_map, site, path, weights, "Map: all cities with entries"),
        map_note=note,
    )


def _countries(rows: Sequence[CityRow]) -> Iterator[Country]:
    """Countries A to Z with their cities."""
    for name in sorted({row.country for row in rows}):
        here = tuple(row for row in rows if row.country == name)
        counts = tuple(Count(row.link, row.entries) for row in here)
        yield Country(name, slug_of(name) or "country", *((here, ()) if len(rows) <= MOST_ROWS else ((), counts)))
