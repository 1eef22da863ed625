"""What stands at the former address of a record that got another id: a page that leads on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from .. import routes
from ..model import Page, Record, Translation
from .base import Link, Site
from .desk import Desk


class MovedView(msgspec.Struct, frozen=True):
    """Where a page went; `root` leads back to the root of the site, `canonical` is the new address in full."""

    root: str
    to: Link
    canonical: str


def pages(desk: Desk) -> Iterator[Page]:
    """A page at every former address, also of an incident's translations."""
    c = desk.chronicle
    for (type, old), id in sorted(c.former.items()):
        target = desk.target(f"{type}:{id}")
        if target is None or not target.path:
            continue
        origin = _record(desk, type, id).path
        former = routes.BY_TYPE[type](old)
        yield desk.page(former, "moved.html", moved_view, partial(_to, Link(target.title, target.path)), origin)
        for translation in _translations(desk, type, id):
            lang = translation.lang or ""
            to = Link(translation.title, routes.translation(lang, target.path), lang)
            yield desk.page(routes.translation(lang, former), "moved.html", moved_view, partial(_to, to), origin)


def _to(link: Link) -> tuple[Link]:
    return (link,)


def _translations(desk: Desk, type: str, id: str) -> tuple[Translation, ...]:
    """The translations of an incident; each has a page, also of one that is gone."""
    entry = desk.chronicle.entries.get(id) if type == "incident" else None
    return entry.translations if entry else ()


def _record(desk: Desk, type: str, id: str) -> Record:
    """The record that bears a former id."""
    c = desk.chronicle
    match type:
        case "incident":
            return c.entries[id].incident
        case "city":
            return c.cities[id]
        case "source":
            return c.sources[id]
        case "wave":
            return c.waves[id]
        case "publisher":
            return c.houses[id].record or Record(id=id)
        case _:
            return c.pages[id]


def moved_view(site: Site, path: str, to: Link) -> MovedView:
    """The page at a former address."""
    return MovedView(routes.root_of(path), to, site.absolute(to.path))
