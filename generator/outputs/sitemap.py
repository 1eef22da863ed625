"""The sitemap (sitemaps.org 0.9): an index by year from the start, so that one new entry changes one part of it; and robots.txt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import msgspec

from .. import routes
from ..chronicle import Linked, first_day
from ..history import changed
from ..model import Page
from ..views.base import Site
from ..views.desk import Desk
from .xml import escape

SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
UNLISTED = ("404.html", "tombstone.html", "moved.html", "as-of.html")


class Listed(msgspec.Struct, frozen=True):
    """A page in a sitemap; `day` is when it last changed, where that is known."""

    path: str
    day: str


def pages(desk: Desk, made: Iterable[Page]) -> Iterator[Page]:
    """A sitemap for the incidents of each year, one for all else, their index, and robots.txt."""
    if desk.site.shows_drafts:
        return
    entries = {routes.incident(e.id): e for e in desk.chronicle.entries.values()}
    paths: dict[str, list[str]] = defaultdict(list)
    for page in made:
        if page.template and page.template not in UNLISTED:
            entry = entries.get(page.path)
            paths[f"{first_day(entry.incident.date).year}" if entry else "pages"].append(page.path)
    for name in sorted(paths):
        yield desk.page(f"sitemap/{name}.xml", "", part, partial(_listed, entries, paths[name]))
    yield desk.page("sitemap.xml", "", index, partial(tuple, [tuple(sorted(paths))]))
    yield desk.page("robots.txt", "", robots)


def _listed(entries: Mapping[str, Linked], paths: Iterable[str]) -> tuple[tuple[Listed, ...]]:
    return (
        tuple(Listed(p, changed(entries[p].incident).day.isoformat() if p in entries else "") for p in sorted(paths)),
    )


def part(site: Site, path: str, listed: tuple[Listed, ...]) -> bytes:
    rows = [
        f"<url><loc>{escape(site.absolute(p.path))}</loc>{f'<lastmod>{p.day}</lastmod>' if p.day else ''}</url>"
        for p in listed
    ]
    return _document("urlset", rows)


def index(site: Site, path: str, names: tuple[str, ...]) -> bytes:
    return _document(
        "sitemapindex",
        [f"<sitemap><loc>{escape(site.absolute(f'sitemap/{name}.xml'))}</loc></sitemap>" for name in names],
    )


def robots(site: Site, path: str) -> bytes:
    return f"User-agent: *\nAllow: /\nSitemap: {site.absolute('sitemap.xml')}\n".encode()


def _document(name: str, rows: Iterable[str]) -> bytes:
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<{name} xmlns="{SCHEMA}">', *rows, f"</{name}>", ""]
    return "\n".join(lines).encode()
