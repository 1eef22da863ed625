"""Nights, campaigns and topics: what groups incidents, and the entries of each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec
from markupsafe import Markup

from .. import routes
from ..chronicle import Chronicle, Linked
from ..dates import possible_days, sort_key
from ..figures.maps import Mark
from ..model import City, Page, Wave
from .atlas import map_of
from .base import HOME, WAVES, Count, Head, Link, Site, head
from .cards import Card
from .desk import Desk, Text
from .entry_lists import cards_part, sums_beside
from .late import Late
from .listing import About, Section, part_pages, sections_of, shown, year_counts
from .manners import CARDS
from .rows import IN_ORDER, RULE, Rows, density_of, rows_of
from .sums import Stat, Sums, notes_of, span_text, stats_of, sums_of
from .themes import place_counts

WAVE_WORDS = {"night": "night", "campaign": "campaign", "topic": "topic"}

MOST_MARKS = 60
"""So many cities stand on a map: those with the most entries."""

MAP_SPAN_KM = 600.0


class WaveRow(msgspec.Struct, frozen=True):
    """A wave in the overview."""

    link: Link
    when: str
    kind: str
    summary: str
    certain: int
    possible: int


class WavesView(msgspec.Struct, frozen=True):
    """All waves, newest first; topics under a heading of their own."""

    head: Head
    waves: tuple[WaveRow, ...]
    topics: tuple[WaveRow, ...]


class WaveView(msgspec.Struct, frozen=True, kw_only=True):
    """One wave with its entries, in the order of time; a topic newest first."""

    head: Head
    title: str
    lede: str
    span: str
    days: tuple[Link, ...]
    stats: Late[tuple[Stat, ...]]
    notes: Late[tuple[str, ...]]
    body: Markup
    rule: str
    years: tuple[Count, ...]
    sections: tuple[Section, ...]
    possible: Rows
    possible_rule: str
    map: Late[Markup]
    places: tuple[Count, ...]
    more_places: int
    mentions: tuple[Link, ...]


# ---------------------------------------------------------------- plan


def pages(desk: Desk) -> Iterator[Page]:
    """The overview, and a page for every wave."""
    c = desk.chronicle
    yield desk.page(WAVES.path, "waves.html", waves_view, partial(_overview, desk))
    for wave in c.waves.values():
        yield from _wave_pages(desk, wave)


def _overview(desk: Desk) -> tuple[tuple[WaveRow, ...], tuple[WaveRow, ...]]:
    """The rows of waves, newest first, and those of topics."""
    newest = sorted(desk.chronicle.waves.values(), key=lambda w: (sort_key(w.date, None), w.id), reverse=True)
    waves, topics = ([w for w in newest if (w.kind == "topic") == is_topic] for is_topic in (False, True))
    return tuple(_row(desk, w) for w in waves), tuple(_row(desk, w) for w in topics)


def _row(desk: Desk, wave: Wave) -> WaveRow:
    c = desk.chronicle
    counts = len(c.by_wave.get(wave.id, ())), len(c.perhaps_by_wave.get(wave.id, ()))
    when = desk.site.words.short_date_text(wave.date)
    return WaveRow(
        Link(wave.title, routes.wave(wave.id)), when, WAVE_WORDS[wave.kind], wave.summary or wave.opening, *counts
    )


def _wave_pages(desk: Desk, wave: Wave) -> Iterator[Page]:
    rows = desk.cards_for(reversed(desk.chronicle.by_wave.get(wave.id, ())))
    path = routes.wave(wave.id)
    yield desk.page(path, "wave.html", wave_view, partial(_parts, desk, wave, rows), wave.path)
    about = About(wave.title, path, "waves", (HOME, WAVES, Link(wave.title, path)))
    yield from part_pages(desk, CARDS, rows, about, "listing.html", cards_part, partial(sums_beside, desk))


def _parts(desk: Desk, wave: Wave, rows: tuple[Card, ...]) -> tuple[Any, ...]:
    """All that the page of a wave is made from."""
    c, path = desk.chronicle, routes.wave(wave.id)
    entries, perhaps = (c.published(index.get(wave.id, ())) for index in (c.by_wave, c.perhaps_by_wave))
    return (
        wave, desk.text(wave), shown(CARDS, rows), desk.cards_for(e.id for e in perhaps), year_counts(CARDS, path, rows),
        sums_of(entries, perhaps), *place_counts(desk, entries, perhaps), _weights(c, entries), day_links(desk, wave),
        desk.links(c.mentions.get(f"wave:{wave.id}", ())),
    )  # fmt: skip


def day_links(desk: Desk, wave: Wave) -> tuple[Link, ...]:
    """The pages of a wave's days, where some entry stands on them."""
    words = desk.site.words
    days = [day for day in possible_days(wave.date)[:7] if day in desk.chronicle.days]
    return tuple(Link(f"{words.weekday(d)}, {d.day} {words.month_name(d.year, d.month)}", routes.day(d)) for d in days)


def _weights(chronicle: Chronicle, entries: tuple[Linked, ...]) -> tuple[tuple[City, int], ...]:
    """The cities of some entries with how many each has, those with the most first."""
    found: dict[str, int] = {}
    for entry in entries:
        for city in entry.cities:
            found[city] = found.get(city, 0) + 1
    order = sorted(found, key=lambda id: (-found[id], id))[:MOST_MARKS]
    return tuple((chronicle.cities[id], found[id]) for id in order)


# ---------------------------------------------------------------- views


def waves_view(site: Site, path: str, waves: tuple[WaveRow, ...], topics: tuple[WaveRow, ...]) -> WavesView:
    """The overview of waves."""
    told = "Nights, campaigns and topics that hold several incidents together."
    return WavesView(head(site, path, "Waves", told, section="waves", crumbs=(HOME,)), waves, topics)


def wave_view(
    site: Site, path: str, wave: Wave, text: Text, rows: tuple[Card, ...], perhaps: tuple[Card, ...], years: tuple[Count, ...], sums: Sums,
    places: tuple[Count, ...], more_places: int, weights: tuple[tuple[City, int], ...], days: tuple[Link, ...], mentions: tuple[Link, ...],
) -> WaveView:  # fmt: skip
    """The page of a wave. A night or campaign that fits a page is told in the order of time."""
    in_order = wave.kind != "topic" and not years
    span = f"A {WAVE_WORDS[wave.kind]}, {site.words.date_text(wave.date)}. {span_text(site.words, sums)}"
    told = wave.summary or wave.opening
    lede = told or span
    return WaveView(
        head=head(site, path, wave.title, lede, section="waves", crumbs=(HOME, WAVES)),
        title=wave.title,
        lede=lede,
        span=span if told else "",
        days=days,
        stats=Late(stats_of, site.words, sums),
        notes=Late(notes_of, site.words, sums),
        body=Markup(text.filled(routes.root_of(path))),  # noqa: S704  made by our own renderer
        rule=IN_ORDER if in_order else RULE,
        years=years,
        sections=(Section("", "", rows[::-1]),) if in_order and rows else sections_of(CARDS, rows, years),
        possible=rows_of(perhaps, density_of([*rows, *perhaps])),
        possible_rule=IN_ORDER,
        map=Late(weighted_map, site, path, weights, f"Map: {wave.title}"),
        places=places,
        more_places=more_places,
        mentions=mentions,
    )


def weighted_map(site: Site, path: str, weights: tuple[tuple[City, int], ...], title: str) -> Markup:
    """A map of cities, each mark as large as its number of entries; empty where the site has no maps."""
    if not site.has("maps") or not weights:
        return Markup("")
    root = routes.root_of(path)
    counted = {c.id: site.words.plural(n, one="{} entry", other="{} entries") for c, n in weights}
    marks = [
        Mark(
            lat=c.lat,
            lon=c.lon,
            label=c.name,
            href=root + routes.city(c.id),
            title=f"{c.name}: {counted[c.id]}",
            weight=n,
        )
        for c, n in weights
    ]
    described = "A larger mark has more entries. Borders are drawn alike, as thin dashed lines."
    return map_of(site.words, marks, "map", title, described, MAP_SPAN_KM)
