"""The sitemap (sitemaps.org 0.9): an index by year from the start, so that one new entry changes one part of it; and robots.txt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from .. import routes
from ..chronicle import first_day
from ..model import Page
from ..moments import moment_key
from ..views.base import Site
from ..views.desk import Desk
from .feeds import changed
from .xml import escape

SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
UNLISTED = ("404.html", "tombstone.html", "moved.html")


class Listed(msgspec.Struct, frozen=True):
    """A page in a sitemap; `day` is when it last changed, where that is known."""

    path: str
    day: str


def pages(desk: Desk, made: Iterable[Page]) -> Iterator[Page]:
    """A sitemap for the incidents of each year, one for all else, their index, and robots.txt."""
    if desk.site.shows_drafts:
        return
    parts: dict[str, list[Listed]] = defaultdict(list)
    days = {
        routes.incident(e.id): max((changed(e.incident),), key=moment_key).day.isoformat()
        for e in desk.chronicle.entries.values()
    }
    years = {routes.incident(e.id): f"{first_day(e.incident.date).year}" for e in desk.chronicle.entries.values()}
    for page in made:
        if page.template and page.template not in UNLISTED:
            name = years.get(page.path, "pages")
            parts[name].append(Listed(page.path, days.get(page.path, "")))
    names = sorted(parts)
    for name in names:
        yield desk.page(f"sitemap/{name}.xml", "", part, tuple(sorted(parts[name], key=lambda p: p.path)))
    yield desk.page("sitemap.xml", "", index, tuple(names))
    yield desk.page("robots.txt", "", robots)


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
