"""The address of everything: flat `.html` files, relative to the root of the site, with `/`.

An incident's address never holds its date or city, because both get corrected. Nothing here looks at content.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import cache

from .expressions import Expression

HOME = "index.html"
NOT_FOUND = "404.html"
INDEXES: dict[str, str] = {
    name: f"{name}.html"
    for name in (
        "incidents",
        "cities",
        "dates",
        "kinds",
        "tags",
        "sources",
        "publishers",
        "waves",
        "corrections",
        "changes",
        "contradictions",
    )
}
RESERVED_PAGES = frozenset({"index", "404", *INDEXES, "feeds", "data", "static", "media", "incident", "manifest"})

_SLUG = Expression(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WINDOWS_DEVICES = Expression(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


def is_slug(text: str) -> bool:
    """Whether a text may be an id: a–z, 0–9 and single hyphens, 1 to 80 letters, and no name a file system keeps for itself."""
    return len(text) <= 80 and bool(_SLUG.fullmatch(text)) and not _WINDOWS_DEVICES.fullmatch(text) and text != "index"


@cache
def slug_of(text: str) -> str:
    """A readable id for a tag, a publisher or a title; letters without a Latin form keep their own script's letters out of it.

    Empty when nothing of the text can stand in an id.
    """
    plain = unicodedata.normalize("NFKD", "".join(_CYRILLIC.get(c, c) for c in text.lower()))
    kept = "".join(
        c if c.isascii() and c.isalnum() else "" if unicodedata.combining(c) or c in "'’ʼ" else " " for c in plain
    )
    return "-".join(kept.split())[:80].strip("-")


_CYRILLIC = {
    pair[0]: pair[1:]
    for pair in [
        "аa",
        "бb",
        "вv",
        "гg",
        "дd",
        "еe",
        "ёyo",
        "жzh",
        "зz",
        "иi",
        "йi",
        "кk",
        "лl",
        "мm",
        "нn",
        "оo",
        "пp",
        "рr",
        "сs",
        "тt",
        "уu",
        "фf",
        "хkh",
        "цts",
        "чch",
        "шsh",
        "щshch",
        "ъ",
        "ыy",
        "ь",
        "эe",
        "юyu",
        "яya",
        "єye",
        "іi",
        "їyi",
        "ґg",
        "ўu",
        "јj",
        "љlj",
        "њnj",
        "ћc",
        "џdz",
        "ђdj",
    ]
}


def incident(id: str) -> str:
    return f"incidents/{id}.html"


def incident_on(id: str, day: date) -> str:
    """An incident as it was known on a day."""
    return f"incidents/{id}/as-of-{day.isoformat()}.html"


def incident_data(id: str) -> str:
    return f"incidents/{id}.json"


def city(id: str) -> str:
    return f"cities/{id}.html"


def kind(id: str) -> str:
    return f"kinds/{id}.html"


def tag(text: str) -> str:
    return f"tags/{slug_of(text)}.html"


def source(id: str) -> str:
    return f"sources/{id}.html"


def publisher(id: str) -> str:
    return f"publishers/{id}.html"


def wave(id: str) -> str:
    return f"waves/{id}.html"


def page(id: str) -> str:
    return f"{id}.html"


def year(y: int) -> str:
    return f"{y}.html"


def month(y: int, m: int) -> str:
    return f"{y}/{m:02d}.html"


def day(d: date) -> str:
    return f"{d.year}/{d.month:02d}/{d.day:02d}.html"


def calendar(home: str) -> str:
    """The page of `2025-12-15`, `2025-12`, `2025` or `2020s`."""
    return home.replace("-", "/") + ".html"


def translation(lang: str, path: str) -> str:
    return f"{lang}/{path}"


def feed(name: str) -> str:
    return f"feeds/{name}.xml"


def media(file: str) -> str:
    return f"media/{file}"


def changes_data(year: str = "") -> str:
    """What has changed as data: all in short, or that of one year."""
    return f"data/changes/{year}.json" if year else "data/changes.json"


def contradictions_data(year: str = "") -> str:
    """What cannot all be true as data: the newest in short, or that of the entries of one year."""
    return f"data/contradictions/{year}.json" if year else "data/contradictions.json"


def part(path: str, name: str) -> str:
    """The page of one year or month of a list that is too long for its own page: `tags/oil.html`, `2025` to `tags/oil/2025.html`."""
    return f"{path.removesuffix('.html')}/{name}.html"


def static(file: str) -> str:
    return f"static/{file}"


def feature_of(path: str) -> str:
    """The feature without which there is no page at an address; empty for a page that every site has."""
    top, _, rest = path.partition("/")
    if rest and top == "incidents":
        return "data" if path.endswith(".json") else ""
    if rest and top == "feeds":
        return "group-feeds" if "/" in rest else "feeds"
    if rest and top == "data":
        return "data"
    name = top.removesuffix(".html")
    return _FEATURES.get(name, name if name in INDEXES else "")


_FEATURES = {"publishers": "sources", "cities": "", "dates": ""}


def root_of(path: str) -> str:
    """What leads from a page back to the root of the site: empty, `../`, `../../` …"""
    return "../" * path.count("/")


BY_TYPE = {
    "incident": incident,
    "city": city,
    "kind": kind,
    "source": source,
    "publisher": publisher,
    "wave": wave,
    "page": page,
}
"""The address of a record by its type, as `[[type:id]]` names it."""
