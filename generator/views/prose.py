"""Prose pages, the page for addresses that lead nowhere, and what stands at the former addresses of renamed records."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

import msgspec
from markupsafe import Markup

from .. import routes
from ..model import Page, Prose
from ..tenets import TENETS, tenet_text
from . import moved
from .base import CITIES, DATES, HOME, INCIDENTS, KINDS, SOURCES, Head, Link, Site, head
from .desk import Desk, Text

MANY_HEADINGS = 4
"""From so many headings of the second level on, a page has a table of contents."""


METHODOLOGY = "methodology"
"""The page that the rules of the ledger stand on."""

LEDGER_TITLE, LEDGER_ANCHOR = "The rules of the ledger", "ledger"


class ProseView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of prose; `contents` are anchors and texts of its headings, empty where it is short. `tenets` are the rules of
    the ledger by name, on the page of methodology alone."""

    head: Head
    title: str
    lang: str
    lede: str
    contents: tuple[tuple[str, str], ...]
    body: Markup
    mentions: tuple[Link, ...]
    tenets: tuple[tuple[str, str], ...] = ()
    tenets_title: str = LEDGER_TITLE


class LostView(msgspec.Struct, frozen=True):
    """The page that hosts show for an address that leads nowhere."""

    head: Head
    ways: tuple[Link, ...]


def pages(desk: Desk) -> Iterator[Page]:
    """Every page of prose, `404.html`, and a page at every former address."""
    for id, prose in desk.chronicle.pages.items():
        yield desk.page(routes.page(id), "prose.html", prose_view, partial(_parts, desk, prose), prose.path)
    yield desk.page(routes.NOT_FOUND, "404.html", lost_view)
    yield from moved.pages(desk)


def _parts(desk: Desk, prose: Prose) -> tuple[Prose, Text, tuple[Link, ...]]:
    return prose, desk.text(prose), desk.links(desk.chronicle.mentions.get(f"page:{prose.id}", ()))


def prose_view(site: Site, path: str, prose: Prose, text: Text, mentions: tuple[Link, ...]) -> ProseView:
    """A page of prose."""
    sections = tuple((h.anchor, h.text) for h in text.body().headings if h.level == 2)
    lede = prose.summary or ""
    tenets = tuple((t.name, tenet_text(t, site.ledger)) for t in TENETS) if prose.id == METHODOLOGY else ()
    if tenets:
        sections = (*sections, (LEDGER_ANCHOR, LEDGER_TITLE))
    return ProseView(
        head=head(
            site,
            path,
            prose.title,
            lede or prose.opening or prose.title,
            section=prose.id,
            crumbs=(HOME,),
            lang=prose.lang or "",
        ),
        title=prose.title,
        lang=prose.lang if prose.lang and prose.lang != site.lang else "",
        lede=lede,
        contents=sections if len(sections) >= MANY_HEADINGS else (),
        body=Markup(text.filled(routes.root_of(path))),  # noqa: S704  made by our own renderer
        mentions=mentions,
        tenets=tenets,
    )


def lost_view(site: Site, path: str) -> LostView:
    """The page for lost readers. Hosts show it at any depth, so its links begin at the path of the site's own address."""
    told = "There is no page at this address."
    root = urlsplit(site.base_url).path or "/"
    return LostView(
        head(site, path, "This page is not here", told, root=root, listed=False),
        tuple(way for way in (HOME, INCIDENTS, DATES, CITIES, KINDS, SOURCES) if site.path(way.path)),
    )
