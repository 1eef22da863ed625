"""Kinds and tags: what they are called, how often they occur, and every entry that has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from .. import routes
from ..chronicle import Linked
from ..model import Page
from .base import HOME, KINDS, TAGS, Count, Head, KindWord, Link, Site, head
from .cards import Card
from .desk import Desk
from .entry_lists import cards_part, sums_beside
from .late import Late
from .listing import About, Section, part_pages, sections_of, shown, year_counts
from .manners import CARDS
from .rows import RULE
from .sums import Stat, Sums, notes_of, span_text, stats_of, sums_of

MOST_PLACES = 30
"""So many cities are named on the page of a kind or tag: those with the most entries."""


class KindRow(msgspec.Struct, frozen=True):
    """A kind in the overview, with its first and latest entry; none where it has no entry."""

    kind: KindWord
    entries: int
    first: Card | None
    last: Card | None


class KindsView(msgspec.Struct, frozen=True):
    """All kinds, the most frequent first."""

    head: Head
    rows: tuple[KindRow, ...]
    tags: tuple[Count, ...]


class TagsView(msgspec.Struct, frozen=True):
    """All tags, A to Z."""

    head: Head
    tags: tuple[Count, ...]


class Theme(msgspec.Struct, frozen=True):
    """What a kind and a tag have in common: a word, an address, the crumbs, and where to follow it."""

    title: str
    path: str
    section: str
    overview: Link
    kind: KindWord | None = None
    feed: Link | None = None


class ThemeView(msgspec.Struct, frozen=True, kw_only=True):
    """Every entry of one kind or tag."""

    head: Head
    theme: Theme
    lede: str
    stats: Late[tuple[Stat, ...]]
    notes: Late[tuple[str, ...]]
    rule: str
    years: tuple[Count, ...]
    sections: tuple[Section, ...]
    places: tuple[Count, ...]
    more_places: int


# ---------------------------------------------------------------- plan


def kind_pages(desk: Desk) -> Iterator[Page]:
    """The overview of kinds, and a page for every one, also without entries: texts may link to it."""
    c, site = desk.chronicle, desk.site
    tags = _tag_counts(desk) if site.has("tags") else ()
    yield desk.page(KINDS.path, "kinds.html", kinds_view, lambda: (_kind_rows(desk), tags))
    for id, kind in site.kinds.items():
        feed = (
            Link(f"Entries of the kind {kind.label}", routes.feed(f"kinds/{id}"))
            if id in c.by_kind and site.has("group-feeds")
            else None
        )
        yield from _theme_pages(desk, Theme(kind.label, kind.path, "kinds", KINDS, kind, feed), c.by_kind.get(id, ()))


def tag_pages(desk: Desk) -> Iterator[Page]:
    """The overview of tags, and a page for every one."""
    c = desk.chronicle
    yield desk.page(TAGS.path, "tags.html", tags_view, lambda: (_tag_counts(desk),))
    for slug, ids in c.by_tag.items():
        yield from _theme_pages(desk, Theme(c.tags[slug], routes.tag(slug), "tags", TAGS), ids)


def _kind_rows(desk: Desk) -> tuple[KindRow, ...]:
    by_kind = desk.chronicle.by_kind
    rows = [(kind, by_kind.get(id, ())) for id, kind in desk.site.kinds.items()]
    rows.sort(key=lambda row: -len(row[1]))
    return tuple(
        KindRow(kind, len(ids), desk.cards[ids[0]] if ids else None, desk.cards[ids[-1]] if ids else None)
        for kind, ids in rows
    )


def _tag_counts(desk: Desk) -> tuple[Count, ...]:
    c = desk.chronicle
    return tuple(Count(Link(c.tags[slug], routes.tag(slug)), len(ids)) for slug, ids in c.by_tag.items())


def _theme_pages(desk: Desk, theme: Theme, ids: Sequence[str]) -> Iterator[Page]:
    rows = desk.cards_for(reversed(ids))
    yield desk.page(theme.path, "theme.html", theme_view, partial(_parts, desk, theme, ids, rows))
    about = About(
        theme.title, theme.path, theme.section, (HOME, theme.overview, Link(theme.title, theme.path)), theme.feed
    )
    yield from part_pages(desk, CARDS, rows, about, "listing.html", cards_part, partial(sums_beside, desk))


def _parts(desk: Desk, theme: Theme, ids: Sequence[str], rows: tuple[Card, ...]) -> tuple[Any, ...]:
    """All that the page of a kind or tag is made from."""
    entries = desk.chronicle.published(ids)
    years = year_counts(CARDS, theme.path, rows)
    return theme, shown(CARDS, rows), years, sums_of(entries), *place_counts(desk, entries)


def place_counts(
    desk: Desk, entries: Sequence[Linked], perhaps: Sequence[Linked] = ()
) -> tuple[tuple[Count, ...], int]:
    """The cities of certain and possible entries with how many each has, the most first, and how many cities more there are."""
    sure, maybe = (Counter(city for entry in found for city in entry.cities) for found in (entries, perhaps))
    names = {id: desk.chronicle.cities[id].name for id in {*sure, *maybe}}
    order = sorted(names, key=lambda id: (-sure[id], -maybe[id], names[id], id))
    named = tuple(Count(Link(names[id], routes.city(id)), sure[id], maybe[id]) for id in order[:MOST_PLACES])
    return named, len(order) - len(named)


# ---------------------------------------------------------------- views


def kinds_view(site: Site, path: str, rows: tuple[KindRow, ...], tags: tuple[Count, ...]) -> KindsView:
    """The overview of kinds."""
    told = "What happened, in a word. An entry has one kind and any number of tags."
    return KindsView(head(site, path, "Kinds of incident", told, section="kinds", crumbs=(HOME,)), rows, tags)


def tags_view(site: Site, path: str, tags: tuple[Count, ...]) -> TagsView:
    """The overview of tags."""
    told = "What else is to be said of an entry: what was hit, what followed, what is in dispute."
    return TagsView(head(site, path, "Tags", told, section="tags", crumbs=(HOME,)), tags)


def theme_view(
    site: Site, path: str, theme: Theme, rows: tuple[Card, ...], years: tuple[Count, ...], sums: Sums, places: tuple[Count, ...],
    more_places: int,
) -> ThemeView:  # fmt: skip
    """The page of a kind or tag."""
    lede = span_text(site.words, sums)
    return ThemeView(
        head=head(
            site,
            path,
            theme.title,
            f"{theme.title}: {lede}",
            section=theme.section,
            crumbs=(HOME, theme.overview),
            feed=theme.feed,
        ),
        theme=theme,
        lede=lede,
        stats=Late(stats_of, site.words, sums),
        notes=Late(notes_of, site.words, sums),
        rule=RULE,
        years=years,
        sections=sections_of(CARDS, rows, years),
        places=places,
        more_places=more_places,
    )
