"""Every page that will exist, by path, with its key; none is rendered here."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import msgspec

from .model import Feature, Page
from .outputs import changes as changes_data
from .outputs import contradictions as contradictions_data
from .outputs import corrections as correction_feed
from .outputs import feeds, records, sitemap
from .problems import Problem
from .views import (
    changes,
    contradictions,
    corrections,
    home,
    incident,
    lists,
    months,
    places,
    prose,
    sources,
    themes,
    waves,
    years,
)
from .views.desk import Desk

Family = Callable[[Desk], Iterator[Page]]

FAMILIES: tuple[tuple[Family, Feature | None], ...] = (
    (home.pages, None),
    (incident.pages, None),
    (places.pages, None),
    (years.pages, None),
    (months.pages, None),
    (lists.pages, "incidents"),
    (themes.kind_pages, "kinds"),
    (themes.tag_pages, "tags"),
    (waves.pages, "waves"),
    (corrections.pages, "corrections"),
    (changes.pages, "changes"),
    (contradictions.pages, "contradictions"),
    (sources.pages, "sources"),
    (prose.pages, None),
    (records.pages, "data"),
    (changes_data.pages, "data"),
    (contradictions_data.pages, "data"),
    (feeds.pages, "feeds"),
    (correction_feed.pages, "feeds"),
    (feeds.group_pages, "group-feeds"),
)
"""Families of pages, each with the feature without which it is left out; `routes.feature_of` tells it by an address."""


class Plan(msgspec.Struct, frozen=True):
    """The pages sorted by path, and the problems of those that cannot stand beside each other."""

    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]


def plan(desk: Desk, assets: Iterable[Page]) -> Plan:
    """What the site of a desk consists of; `assets` are the files that are published as they are."""
    families = (family for family, feature in FAMILIES if feature is None or desk.site.has(feature))
    pages = [page for family in families for page in family(desk)]
    pages += sitemap.pages(desk, pages)
    pages += assets
    return Plan(tuple(sorted(pages, key=lambda p: p.path)), tuple(_collisions(pages)))


def _collisions(pages: Iterable[Page]) -> Iterator[Problem]:
    """Two pages with one path, also where a file system sees no difference of case or composition."""
    owners: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        owners[unicodedata.normalize("NFC", page.path).casefold()].append(page)
    for path, rivals in owners.items():
        if len(rivals) > 1:
            names = " and ".join(sorted({p.origin or p.template or "the site itself" for p in rivals}))
            origin = next((p.origin for p in rivals if p.origin), "site.yaml")
            message = f'two pages would stand at "{path}": {names}'
            yield Problem(rule="address-taken", path=origin, message=message, hint="rename one of them")
