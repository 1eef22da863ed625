"""What the home page shows, and how it is made from its parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from markupsafe import Markup

from .. import routes
from ..figures.maps import Mark
from ..model import Incident
from ..words import Words
from .almanac import Tally
from .atlas import map_of
from .base import Count, Head, Link, Site, head
from .cards import ASSESSMENT_WORDS, Card
from .heat import heat_of, month_starts
from .late import Late
from .rows import IN_ORDER
from .sentences import ASSESSMENT_MEANINGS
from .updates import UpdateItem, update_items


class Latest(msgspec.Struct, frozen=True):
    """The entries of one date in the order of time; `rest` are those left out for want of room."""

    cards: tuple[Card, ...]
    rest: int


class Span(msgspec.Struct, frozen=True):
    """Some months in a row: their days with entries, and the months, years and decades of entries that are known no more exactly,
    with how many are certainly and possibly of these months."""

    first: date
    last: date
    days: tuple[Tally, ...]
    vague: tuple[Count, ...]


class Place(msgspec.Struct, frozen=True):
    """A city on the map, with the number of its entries."""

    link: Link
    lat: float
    lon: float
    entries: int


class Correction(msgspec.Struct, frozen=True):
    """An entry with one update alone, a correction or retraction, and the titles of the sources that it names."""

    incident: Incident
    sources: dict[str, str]


class Group(msgspec.Struct, frozen=True):
    """The entries of one date; only a day that is certain has a weekday and a page of its own."""

    text: str
    weekday: str
    path: str
    cards: tuple[Card, ...]
    rest: int


class HomeView(msgspec.Struct, frozen=True, kw_only=True):
    """The home page."""

    head: Head
    title: str
    extent: str
    latest: tuple[Group, ...]
    rule: str
    map: Late[Markup]
    map_note: str
    cities: tuple[Count, ...]
    heat: Late[Markup]
    heat_title: str
    heat_span: str
    cities_note: str
    months: tuple[Count, ...]
    guide: tuple[tuple[str, str], ...]
    how_to_read: Link | None
    feeds: tuple[Link, ...]
    example: Link | None
    corrected: tuple[tuple[Link, UpdateItem], ...]


def home_view(
    site: Site, path: str, latest: tuple[Latest, ...], span: Span | None, months: tuple[Count, ...], cities: tuple[Count, ...],
    places: tuple[Place, ...], totals: tuple[int, int], corrections: tuple[Correction, ...], how_to_read: Link | None,
) -> HomeView:  # fmt: skip
    """The home page; `totals` are all incidents and all cities with one, `months` those of the span."""
    words = site.words
    length = "twelve" if span is None or len(month_starts(span.first, span.last)) == 12 else "six"
    newest = latest[0].cards[-1] if latest else None
    return HomeView(
        head=head(site, path, site.title, site.tagline or site.title, thing=Late(_website, site)),
        title=site.tagline or site.title,
        extent=_extent_text(words, *totals),
        latest=tuple(_group(words, found) for found in latest),
        map=Late(_map, site, places, totals[1]),
        map_note=_map_note(words, len(places), totals[1]),
        cities=cities,
        heat=Late(_heat, words, span),
        heat_title=f"The last {length} months",
        heat_span=_span_text(words, span) if span else "",
        cities_note=f"Entries of the last {length} months; possible are those that may be of another time.",
        rule=f"Newest date first; those of one date {IN_ORDER[0].lower()}{IN_ORDER[1:]}",
        months=months,
        guide=_guide(),
        how_to_read=how_to_read,
        feeds=_feeds(site),
        example=Link(newest.title, routes.incident_data(newest.id), newest.lang)
        if newest and site.has("data")
        else None,
        corrected=tuple(_corrected(site, c) for c in corrections),
    )


def _website(site: Site) -> dict[str, str]:
    about = {"description": site.tagline} if site.tagline else {}
    return {"@type": "WebSite", "name": site.title, "url": site.base_url, "inLanguage": site.lang, **about}


def _extent_text(words: Words, incidents: int, cities: int) -> str:
    if not incidents:
        return "No entry counts as an incident." if cities else "No incident yet. The first will stand here."
    return f"{words.plural(incidents, one='{} incident', other='{} incidents')} in {words.plural(cities, one='{} city', other='{} cities')}."


# ---------------------------------------------------------------- sections


def _group(words: Words, found: Latest) -> Group:
    edtf = found.cards[0].date
    day = edtf.earliest if edtf.form == "day" and not edtf.qualified else None
    text = words.date_text(edtf)
    return Group(
        text[:1].upper() + text[1:],
        words.weekday(day) if day else "",
        routes.day(day) if day else "",
        found.cards,
        found.rest,
    )


def _map(site: Site, places: Sequence[Place], cities: int) -> Markup:
    if not site.has("maps"):
        return Markup("")
    words = site.words
    counted = (words.plural(p.entries, one="{} entry", other="{} entries") for p in places)
    marks = [
        Mark(
            lat=p.lat,
            lon=p.lon,
            label=p.link.text,
            href=p.link.path,
            title=f"{p.link.text}: {entries}",
            weight=p.entries,
        )
        for p, entries in zip(places, counted, strict=True)
    ]
    return map_of(
        words,
        marks,
        "map",
        "Cities with entries",
        f"{_map_note(words, len(places), cities)} Borders are drawn alike, as thin dashed lines.",
    )


def _map_note(words: Words, shown: int, cities: int) -> str:
    """What the map shows."""
    if shown == cities:
        return words.plural(
            cities, one="The city with entries.", other="All {} cities with entries; a larger mark has more of them."
        )
    return f"The {words.number_text(shown)} cities with most entries, of {words.number_text(cities)}; a larger mark has more of them."


def _span_text(words: Words, span: Span) -> str:
    """`April 2025 to March 2026`."""
    return " to ".join(words.month_name(day.year, day.month) for day in (span.first, span.last))


def _heat(words: Words, span: Span | None) -> Markup:
    if span is None:
        return Markup("")
    return heat_of(words, "", span.first, span.last, span.days, span.vague, "Entries by day")


def _feeds(site: Site) -> tuple[Link, ...]:
    """The feeds that there are."""
    if not site.has("feeds"):
        return ()
    corrections = (Link("Corrections and updates", routes.feed("corrections")),) if site.has_corrections else ()
    return (Link("New entries", routes.feed("site")), *corrections)


def _corrected(site: Site, correction: Correction) -> tuple[Link, UpdateItem]:
    """The entry that was corrected, and the correction in words."""
    incident = correction.incident
    entry = Link(incident.title, routes.incident(incident.id), incident.lang or "")
    return entry, update_items(site, incident, correction.sources)[0]


def _guide() -> tuple[tuple[str, str], ...]:
    """How an entry is read: what stands there, and what it means."""
    judged = ((ASSESSMENT_WORDS[a], f"{m[:1].upper()}{m[1:]}.") for a, m in ASSESSMENT_MEANINGS.items())
    return (
        (
            "14 or 15 December",
            "The day is not settled. The entry stands on both days as possible and is counted on neither.",
        ),
        ("2–4 injured", "The figures differ. The range is given, never its middle."),
        ("nobody hurt", "Somebody reported none."),
        ("harm not reported", "Nobody gave a number, which is not the same as none."),
        *judged,
    )
