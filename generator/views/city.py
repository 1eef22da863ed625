"""The page of one city, and of each of its years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from .. import routes
from ..figures.charts import bars
from ..figures.maps import Mark
from ..model import City
from ..words import Words
from .atlas import map_of
from .base import CITIES, HOME, Count, Head, Link, Site, head
from .cards import Card
from .city_days import DAY_BYTES, PART_ROOM, ROW_BYTES, YEAR_BYTES, Calendar, YearDays, calendar_of, days_of
from .desk import Desk, Text
from .entry_lists import sums_beside
from .heat import counts_bar
from .late import Late
from .listing import About, PartView, Section, part_view, sections_of
from .manners import CITY_ROWS
from .rows import RULE
from .sentences import place_text
from .sums import Stat, Sums, notes_of, span_text, stats_of


class Near(msgspec.Struct, frozen=True):
    """A city with entries that lies near, and how far, in km."""

    city: City
    km: int


class CityView(msgspec.Struct, frozen=True, kw_only=True):
    """A city's page."""

    head: Head
    name: str
    names: tuple[tuple[str, str], ...]
    aliases: str
    lede: str
    disputed: tuple[str, ...]
    stats: Late[tuple[Stat, ...]]
    notes: Late[tuple[str, ...]]
    body: Markup
    place: str
    elsewhere: tuple[tuple[str, str], ...]
    map: Late[Markup]
    calendars: tuple[Calendar, ...]
    earlier_calendars: int
    rule: str
    years: tuple[Count, ...]
    sections: tuple[Section, ...]
    kinds: Late[Markup]
    damage: Late[Markup]
    near: tuple[tuple[Link, str], ...]
    outer: tuple[Link, ...]
    inner: tuple[Count, ...]
    mentions: tuple[Link, ...]


class CityPartView(PartView, frozen=True, kw_only=True):
    """One year or month of a city."""

    calendars: tuple[Calendar, ...]


# ---------------------------------------------------------------- plan


def beside(
    desk: Desk, rows: Sequence[Card], year: int, certain: Sequence[Card], possible: Sequence[Card]
) -> tuple[Sums, tuple[YearDays, ...]]:
    """The sums of a part of a city's list, and the days of its year, also of what stands in the list of another year."""
    return *sums_beside(desk, year, certain, possible), days_of(desk.site.words, rows, year)


# ---------------------------------------------------------------- views


def city_view(
    site: Site, path: str, city: City, text: Text, rows: tuple[Card, ...], years: tuple[Count, ...], sums: Sums,
    heat: tuple[tuple[YearDays, ...], int], kinds: tuple[Count, ...], damage: tuple[Count, ...], near: tuple[Near, ...],
    outer: tuple[Link, ...], inner: tuple[Count, ...], mentions: tuple[Link, ...],
) -> CityView:  # fmt: skip
    """The page of a city."""
    words, root = site.words, routes.root_of(path)
    lede = f"{_where(words, city)}. {span_text(words, sums)}"
    return CityView(
        head=_head(site, path, city, lede, sums),
        name=city.name,
        names=tuple((lang, name) for lang, name in city.names.items() if name != city.name),
        aliases=words.list_text(city.aliases),
        lede=lede,
        disputed=_disputed(words, city),
        stats=Late(stats_of, words, sums),
        notes=Late(notes_of, words, sums),
        body=Markup(text.filled(root)),  # noqa: S704  made by our own renderer
        place=f"{_degrees(city.lat, 'N', 'S')}, {_degrees(city.lon, 'E', 'W')}; time zone {city.timezone}",
        elsewhere=_elsewhere(city),
        map=Late(_map, site, root, city, near),
        calendars=tuple(calendar_of(words, root, city.name, year) for year in heat[0]),
        earlier_calendars=heat[1],
        rule=RULE,
        years=years,
        sections=sections_of(CITY_ROWS, rows, years),
        kinds=Late(_kind_bars, words, root, kinds),
        damage=Late(_damage_bars, words, damage),
        near=tuple((Link(n.city.name, routes.city(n.city.id)), f"{words.number_text(n.km)} km") for n in near),
        outer=outer,
        inner=inner,
        mentions=mentions,
    )


def city_part(
    site: Site, path: str, about: About, year: int, month: int, rows: tuple[Card, ...], months: tuple[Count, ...],
    before: Link | None, after: Link | None, sums: Sums, days: tuple[YearDays, ...],
) -> CityPartView:  # fmt: skip
    """One year or month of a city, a year with its calendar where the page has room for it."""
    part = part_view(CITY_ROWS, site, path, about, year, month, rows, months, before, after, sums)
    found = [y for y in days if not month and not months]
    fitting = [y for y in found if YEAR_BYTES + DAY_BYTES * len(y.days) + ROW_BYTES * len(rows) <= PART_ROOM]
    calendars = tuple(calendar_of(site.words, routes.root_of(path), about.title, y) for y in fitting)
    return CityPartView(**msgspec.structs.asdict(part), calendars=calendars)


def _where(words: Words, city: City) -> str:
    region = city.region if city.region and city.region != city.name else ""
    return ", ".join(p for p in (region, words.country_name(city.country)) if p and p != city.name) or place_text(
        words, city
    )


def _disputed(words: Words, city: City) -> tuple[str, ...]:
    """Who claims and who administers a place, in neutral words."""
    if city.disputed is None:
        return ()
    claimed = f"Claimed by {words.list_text(city.disputed.claimed_by)}." if city.disputed.claimed_by else ""
    administered = f"Administered by {city.disputed.administered_by}." if city.disputed.administered_by else ""
    return tuple(s for s in (claimed, administered, city.disputed.note or "") if s)


def _degrees(degrees: float, positive: str, negative: str) -> str:
    """`50.60° N`."""
    return f"{abs(degrees):.2f}° {positive if degrees >= 0 else negative}"


def _elsewhere(city: City) -> tuple[tuple[str, str], ...]:
    """The city's records in other gazetteers: a name and an address."""
    wikidata = [("Wikidata", f"https://www.wikidata.org/wiki/{city.wikidata}")] if city.wikidata else []
    geonames = [("GeoNames", f"https://www.geonames.org/{city.geonames}")] if city.geonames else []
    return (*wikidata, *geonames)


def _map(site: Site, root: str, city: City, near: Sequence[Near]) -> Markup:
    if not site.has("maps"):
        return Markup("")
    here = Mark(lat=city.lat, lon=city.lon, label=city.name, current=True)
    around = [
        Mark(
            lat=n.city.lat,
            lon=n.city.lon,
            label=n.city.name,
            href=root + routes.city(n.city.id),
            title=f"{n.city.name}, {n.km} km",
            kind="neighbour",
        )
        for n in near
    ]
    described = f"{city.name} and the nearest places with entries. Borders are drawn alike, as thin dashed lines."
    return map_of(site.words, [here, *around], "map", f"Map: {city.name} and its neighbours", described)


def _kind_bars(words: Words, root: str, kinds: Sequence[Count]) -> Markup:
    rows = [counts_bar(words, root, kind) for kind in kinds]
    return bars("Entries by kind", ("Kind", "Entries"), rows) if rows else Markup("")


def _damage_bars(words: Words, damage: Sequence[Count]) -> Markup:
    rows = [counts_bar(words, "", what) for what in damage]
    told = "Entries that report damage, by what was damaged; the pale part of a bar is only possible damage"
    return bars(told, ("Damaged", "Entries"), rows) if rows else Markup("")


def _head(site: Site, path: str, city: City, lede: str, sums: Sums) -> Head:
    return head(
        site, path, city.name, f"{city.name}: {lede}", section="cities", crumbs=(HOME, CITIES),
        feed=Link(f"Entries on {city.name}", routes.feed(f"cities/{city.id}")) if sums.entries else None,
        thing=Late(_place, site, path, city),
    )  # fmt: skip


def _place(site: Site, path: str, city: City) -> dict[str, Any]:
    """The city as linked data."""
    place: dict[str, Any] = {
        "@type": "Place",
        "@id": site.absolute(path),
        "name": city.name,
        "url": site.absolute(path),
        "address": {"@type": "PostalAddress", "addressLocality": city.name, "addressCountry": city.country},
        "geo": {"@type": "GeoCoordinates", "latitude": city.lat, "longitude": city.lon},
    }
    others = [name for name in dict.fromkeys((*city.names.values(), *city.aliases)) if name != city.name]
    if others:
        place["alternateName"] = others
    if city.wikidata or city.geonames:
        place["sameAs"] = [url for _, url in _elsewhere(city)]
    return place
