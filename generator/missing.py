"""What an author is told where the site has no page: which ones have a similar address, and what would make one here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from . import routes
from .chronicle import Chronicle
from .edtf import parse_edtf
from .frame import usual_path
from .problems import Fault, nearest
from .routes import HOME
from .shelves import FOLDERS

MOST_NEAR = 8

_CALENDAR = re.compile(r"([0-9]{4})(?:/([0-9]{2}))?(?:/([0-9]{2}))?\.html")


def near_paths(path: str, known: Iterable[str]) -> tuple[str, ...]:
    """Pages whose address is like a missing one: of the same name elsewhere, of nearly its name, or above it."""
    pages = [other for other in known if other.endswith(".html")]
    wanted = path.strip("/").removesuffix(".html")
    folder, _, name = wanted.rpartition("/")
    near = [other for other in pages if other.removesuffix(".html").rpartition("/")[2].casefold() == name.casefold()]
    beside = {other.removesuffix(".html"): other for other in pages if other.rpartition("/")[0] == folder}
    like = nearest(wanted, beside)
    above = [other for other in (f"{folder}.html", HOME) if other in pages]
    return tuple(dict.fromkeys((*near[: MOST_NEAR - 3], *([beside[like]] if like else []), *above)))


def maker_of(path: str, chronicle: Chronicle) -> str:
    """A sentence that says what would make a page at an address; empty where nothing could."""
    feature = routes.feature_of(path)
    if feature and feature not in chronicle.settings.features:
        return f"site.yaml leaves such pages out: its features do not hold “{feature}”."
    if match := _CALENDAR.fullmatch(path):
        date = "-".join(filter(None, match.groups()))
        return "" if isinstance(parse_edtf(date), Fault) else f"An entry with the date {date} would make it."
    id = path.rpartition("/")[2].removesuffix(".html")
    if path == routes.tag(id) and routes.is_slug(id):
        return f"An entry with the tag “{id}” would make it."
    kind = next((type for type, route in routes.BY_TYPE.items() if route(id) == path), "")
    return _of_record(kind, id, chronicle) if kind and routes.is_slug(id) else ""


def _of_record(kind: str, id: str, chronicle: Chronicle) -> str:
    if kind == "kind":
        known = id in chronicle.settings.kinds
        return f"An entry of the kind “{id}” would make it." if known else f"A kind “{id}” in site.yaml would make it."
    file = usual_path(id) if kind == "incident" else _file_of(kind, id)
    if any(held == kind and name == id for held, name in chronicle.withheld):
        return f"{file} is held back, as a draft or under embargo: `chronicle serve --drafts` shows it."
    return f"The file {file} would make it." if id not in routes.RESERVED_PAGES else ""


def _file_of(kind: str, id: str) -> str:
    folder = next(folder for folder, type in FOLDERS.items() if type == kind)
    return f"{folder}/{id}.md"
