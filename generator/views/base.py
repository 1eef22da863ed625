"""What every page has in common: links, the head of a page, the site around it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec
from markupsafe import Markup

from .. import routes
from ..model import FEATURES, Feature, LedgerRules, Prose, Settings
from ..words import Words
from .late import Late

MOST_ROWS = 200
"""So many rows stand on one page; a longer list is split by year."""


class Link(msgspec.Struct, frozen=True):
    """A text that leads to a page of the site; `path` is relative to the root, `lang` is set where the text is in another language."""

    text: str
    path: str
    lang: str = ""


class Count(msgspec.Struct, frozen=True):
    """A link with how many entries stand behind it: certainly, and possibly beside these."""

    link: Link
    certain: int
    possible: int = 0


class Menu(msgspec.Struct, frozen=True):
    """An item of the navigation, with the id of the section it stands for."""

    id: str
    link: Link


class KindWord(msgspec.Struct, frozen=True):
    """A kind of incident as a reader meets it: a word, a glyph, an address; none where kinds have no pages."""

    id: str
    label: str
    path: str
    glyph: str = ""
    colour: str = ""


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """All that a template may know of the site around its page; its digest is part of every page's key."""

    title: str
    tagline: str
    base_url: str
    lang: str
    menu: tuple[Menu, ...]
    footer: tuple[Link, ...]
    licence: str = ""
    licence_url: str = ""
    contact: str = ""
    contact_url: str = ""
    dir: str = "ltr"
    kinds: dict[str, KindWord] = {}
    features: tuple[Feature, ...] = FEATURES
    has_corrections: bool = False
    shows_drafts: bool = False
    assessments_path: str = ""
    ledger: LedgerRules = LedgerRules()
    digest: str = ""

    @property
    def words(self) -> Words:
        return Words(self.lang)

    def has(self, feature: Feature) -> bool:
        """Whether the site has what may be left out of it."""
        return feature in self.features

    def path(self, path: str) -> str:
        """A path as it is, or empty where the site has no such page."""
        return reached(path, self.features)

    def absolute(self, path: str) -> str:
        """The canonical address of a page; the home page is the folder itself."""
        return self.base_url + ("" if path == routes.HOME else path)


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a page and what leads to it. `root` leads back to the root of the site; `section` is the menu item it belongs to."""

    path: str
    title: str
    description: str
    section: str = ""
    crumbs: tuple[Link, ...] = ()
    root: str = ""
    canonical: str = ""
    og_type: str = "website"
    feed: Link | None = None
    json_ld: Late[Markup]
    lang: str = ""
    listed: bool = True


FEEDS = ("feeds", "group-feeds")
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "ug", "ur", "yi"})

SECTION_NAMES = {
    "incidents": "Incidents",
    "cities": "Cities",
    "dates": "Dates",
    "kinds": "Kinds",
    "tags": "Tags",
    "sources": "Sources",
    "publishers": "Publishers",
    "waves": "Waves",
    "corrections": "Corrections",
    "changes": "Changes",
    "contradictions": "Contradictions",
}


def site_of(
    settings: Settings, pages: Mapping[str, Prose], *, has_corrections: bool, shows_drafts: bool = False
) -> Site:
    """The site as templates see it; one that shows drafts says so on every page, and has no feeds."""
    prose = sorted((p for p in pages.values() if p.navigation is not None), key=lambda p: (p.navigation, p.id))
    features = tuple(f for f in FEATURES if f in settings.features and not (shows_drafts and f in FEEDS))
    has_corrections = has_corrections and "corrections" in features
    sections = ((id, routes.INDEXES[id]) for id in settings.navigation if id in SECTION_NAMES)
    menu = [Menu(id, Link(SECTION_NAMES[id], path)) for id, path in sections if reached(path, features)]
    menu += [Menu(p.id, Link(p.title, routes.page(p.id))) for p in prose[:1]]
    footer = [Link(p.title, routes.page(p.id)) for p in prose]
    if "contradictions" in features:
        footer.append(Link(SECTION_NAMES["contradictions"], routes.INDEXES["contradictions"]))
    if has_corrections:
        footer.append(Link(SECTION_NAMES["corrections"], routes.INDEXES["corrections"]))
    if "changes" in features:
        footer.append(Link(SECTION_NAMES["changes"], routes.INDEXES["changes"]))
    lang = settings.languages[0]
    contact = settings.contact or ""
    return Site(
        title=settings.title,
        tagline=settings.tagline or "",
        base_url=settings.base_url,
        lang=lang,
        dir="rtl" if lang.partition("-")[0] in RIGHT_TO_LEFT else "ltr",
        menu=tuple(menu),
        footer=tuple(footer),
        licence=settings.licence.name if settings.licence else "",
        licence_url=(settings.licence.url or "") if settings.licence else "",
        contact=contact,
        contact_url=f"mailto:{contact}" if "@" in contact and ":" not in contact else contact,
        kinds={
            id: KindWord(
                id, _label(k.label, lang, id), reached(routes.kind(id), features), k.glyph or "", k.colour or ""
            )
            for id, k in settings.kinds.items()
        },
        features=features,
        has_corrections=has_corrections,
        shows_drafts=shows_drafts,
        assessments_path=routes.page("methodology") if "methodology" in pages else "",
        ledger=settings.ledger,
    )


def reached(path: str, features: Collection[Feature]) -> str:
    """A path as it is, or empty where a site with these features has no such page."""
    needed = "" if len(features) == len(FEATURES) else routes.feature_of(path)
    return path if not needed or needed in features else ""


def _label(labels: Mapping[str, str], lang: str, id: str) -> str:
    return labels.get(lang) or next(iter(labels.values()), id)


def same_as_data(site: Site, path: str) -> Link | None:
    """The way to a list as a data file, where the site has any."""
    return Link("The same as JSON", path) if site.has("data") else None


def head(site: Site, path: str, title: str, description: str, **more: Any) -> Head:
    """The head of one page, with its canonical address; `thing` is what it is about, as data for search engines.

    Crumbs and a feed that the site does not have are left out.
    """
    crumbs: tuple[Link, ...] = tuple(crumb for crumb in more.pop("crumbs", ()) if site.path(crumb.path))
    feed: Link | None = more.pop("feed", None)
    thing: Late[Mapping[str, Any]] | None = more.pop("thing", None)
    root = more.pop("root", routes.root_of(path))
    return Head(
        path=path,
        title=title,
        description=shortened(description),
        crumbs=crumbs,
        root=root,
        canonical=site.absolute(path),
        feed=feed if feed and site.path(feed.path) else None,
        json_ld=Late(_linked_data, site, title, crumbs, thing),
        **more,
    )


def _linked_data(site: Site, title: str, crumbs: tuple[Link, ...], thing: Late[Mapping[str, Any]] | None) -> Markup:
    """What the page is about, and the way to it."""
    return json_ld([*([thing.made] if thing else []), *([_breadcrumb_list(site, title, crumbs)] if crumbs else [])])


def json_ld(things: Iterable[Mapping[str, Any]]) -> Markup:
    """Linked data as the content of a script element; nothing in it can end that element."""
    graph = list(things)
    if not graph:
        return Markup("")
    text = msgspec.json.encode({"@context": "https://schema.org", "@graph": graph}).decode()
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704  every sign that could leave the script element is escaped above


def _breadcrumb_list(site: Site, title: str, crumbs: tuple[Link, ...]) -> dict[str, Any]:
    """The way to a page; the page itself, at its end, needs no address."""
    steps: list[dict[str, Any]] = [{"name": crumb.text, "item": site.absolute(crumb.path)} for crumb in crumbs]
    steps.append({"name": title})
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [{"@type": "ListItem", "position": n, **step} for n, step in enumerate(steps, 1)],
    }


def shortened(text: str, most: int = 200) -> str:
    """A text of at most `most` characters, cut at a word."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rsplit(" ", 1)[0] + "…"


HOME = Link("Home", routes.HOME)
INCIDENTS, CITIES, DATES, KINDS, TAGS, SOURCES, PUBLISHERS, WAVES, CORRECTIONS, CHANGES, CONTRADICTIONS = (
    Link(SECTION_NAMES[name], routes.INDEXES[name]) for name in SECTION_NAMES
)
