"""The page of one city, and of each of its years."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from .. import routes
from ..dates import calendar_home, certainty_on, certainty_within, possible_days
from ..edtf import day_date
from ..figures.charts import bars
from ..figures.maps import Mark
from ..figures.tables import Cell, data_table
from ..model import City
from ..words import Words
from .almanac import Tally, bounds_of
from .atlas import map_of
from .base import CITIES, HOME, Count, Head, Link, Site, head
from .cards import Card
from .desk import Text
from .heat import counts_bar, heat_of
from .late import Late
from .listing import CARDS, About, PartView, Section, part_view, sections_of
from .rows import RULE
from .sentences import place_text
from .sums import Stat, Sums, notes_of, span_text, stats_of

CITY_ROWS = msgspec.structs.replace(CARDS, most=60)
"""A city's list is split by year sooner than others, since figures stand beside it."""

YEAR_BYTES, DAY_BYTES, ROW_BYTES = 2_600, 240, 270
HEAT_ROOM = 14_000
PART_ROOM = 52_000
"""About how many bytes a calendar of a year, a day of it and a row take, and how many calendars or a year's page may take."""


class Near(msgspec.Struct, frozen=True):
    """A city with entries that lies near, and how far, in km."""

    city: City
    km: int


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


# ---------------------------------------------------------------- days


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
    before: Link | None, after: Link | None, sums: Sums,
) -> CityPartView:  # fmt: skip
    """One year or month of a city, a year with its calendar where the page has room for it."""
    part = part_view(CITY_ROWS, site, path, about, year, month, rows, months, before, after, sums)
    found = [y for y in years_of(site.words, rows) if y.year == year and not month and not months]
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
