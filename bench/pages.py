"""Which pages a site has, in names that are no generator's own, and whether they are those that every site must have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch

from bench.corpus import Entry
from bench.vocabulary import slug

OUR_EXTRAS = ("404.html", "manifest.sha256", "robots.txt", "sitemap/*.xml", "static/*")
"""What our generator makes in any case and the others do not; nothing else may stand beside the common pages."""

_TOP = {
    "index.html": "home",
    "sitemap.xml": "sitemap",
    "feed.xml": "feed",
    "feeds/site.xml": "feed",
    "cities/index.html": "cities",
    "cities.html": "cities",
    "dates/index.html": "dates",
    "dates.html": "dates",
}
_PEER = re.compile(r"(incident|citie|date)s/(?:\d{4}/(?=\d{4}-))?([^/]+)/index\.html")
_OURS = re.compile(r"(incident|citie)s/([^/]+)\.html")
_PART = re.compile(r"cities/([^/]+)/\d{4}(?:-\d\d)?\.html")
_CALENDAR = re.compile(r"(\d{4})(?:/(\d\d))?(?:/(\d\d))?\.html")
_ENTRY_LINK = re.compile(rb'href="[^"]*\d{4}-\d\d-\d\d-')


@dataclass(frozen=True)
class Pages:
    """The files of a site: the names of its pages, pages that are a part of another one, what it has besides, and sizes.

    `links` counts the links to entries in all pages: how much the lists hold.
    """

    names: frozenset[str]
    parts: tuple[str, ...]
    extras: tuple[str, ...]
    files: int
    size: int
    links: int


def pages_of(tree: Mapping[str, bytes]) -> Pages:
    """What stands in an output folder, given as path to content."""
    parts = tuple(sorted(path for path in tree if _PART.fullmatch(path)))
    extras = tuple(sorted(path for path in tree if any(fnmatch(path, extra) for extra in OUR_EXTRAS)))
    names = frozenset(neutral(path) for path in tree.keys() - {*parts, *extras})
    links = sum(len(_ENTRY_LINK.findall(data)) for path, data in tree.items() if path.endswith(".html"))
    return Pages(names, parts, extras, len(tree), sum(map(len, tree.values())), links)


def neutral(path: str) -> str:
    """The name of a page by its path, the same for all generators; the path itself where it is none that all have."""
    if path in _TOP:
        return _TOP[path]
    if found := _CALENDAR.fullmatch(path):
        return "date/" + "-".join(part for part in found.groups() if part)
    if found := _PEER.fullmatch(path) or _OURS.fullmatch(path):
        return f"{'city' if found[1] == 'citie' else found[1]}/{found[2]}"
    return path


def expected(facts: Iterable[Entry]) -> frozenset[str]:
    """The pages that every site of these facts must have."""
    names = {"home", "feed", "sitemap", "cities", "dates"}
    for entry in facts:
        day = f"{entry.when:%Y-%m-%d}"
        names |= {f"incident/{entry.id}", f"city/{slug(entry.city)}", *(f"date/{day[:n]}" for n in (4, 7, 10))}
    return frozenset(names)


def difference(pages: Pages, facts: Iterable[Entry]) -> str:
    """How the pages of a site differ from those it must have; empty where they do not."""
    wanted = expected(facts)
    told = (("lacks", wanted - pages.names), ("has besides", pages.names - wanted))
    return "; ".join(f"{word} {len(names)}, such as {min(names)}" for word, names in told if names)
