"""What a preview shows: the pages of the last good edition, and the problems of the latest one, good or not.

A `Showing` never changes; everything that is answered to one request comes from one of them, so a page is never half old and
half new. Nothing here waits, listens or writes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from .edition import Edition, assets_of, planned_as
from .files import digest, read_package_data
from .finding import Pages
from .guard import Request
from .missing import maker_of, near_paths
from .model import Page
from .preview_pages import (
    PROBLEMS,
    SCRIPT,
    STYLE,
    WORKER,
    Follower,
    followed,
    message_of,
    missing_page,
    problems_page,
)
from .printing import page_bytes, without_private
from .problems import Problem, as_line, errors, in_order
from .render import Rendering, renderer
from .report import Framed, count_of, framed
from .routes import HOME
from .server import Answer
from .shelves import TEMPLATES
from .views.desk import Desk

ICON = "favicon.ico"
"""What browsers ask for on their own; that there is none shall be no error in their console."""

MOST_SHOWN = 50
"""So many problems stand over a page; the terminal has them all."""

DESK = "`chronicle check` asks more, as an editor would."

MOST_KEPT = 500
"""So many rendered pages are kept."""

TYPES = {
    "atom": "application/atom+xml",
    "avif": "image/avif",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "png": "image/png",
    "sha256": "text/plain; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
}
"""Our own table, as the system's differs from one machine to the next; what is not in it is a plain stream of bytes."""


class Prints:
    """Pages as they were rendered, by path and key, the latest ones; equal keys mean equal bytes, so they outlast editions."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}
        self._change = threading.Lock()

    def get(self, page: Page) -> bytes | None:
        return self._kept.get((page.path, page.key))

    def keep(self, page: Page, data: bytes) -> None:
        with self._change:
            self._kept[page.path, page.key] = data
            if len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]


class Showing(msgspec.Struct, frozen=True, kw_only=True):
    """The last good edition (none yet, perhaps) with its pages by path, and the problems of the latest edition.

    `sheets` leads from each style sheet to its key; `assets` stands for all other files that pages show or run. `faults`
    are the errors that keep the latest edition from being shown, the first of them, with their lines.
    """

    prints: Prints
    good: Edition | None = None
    render: Rendering | None = None
    pages: Mapping[str, Page] = {}
    sheets: Mapping[str, str] = {}
    assets: str = ""
    drafts: bool = False
    problems: tuple[Problem, ...] = ()
    faults: tuple[Framed, ...] = ()


# ---------------------------------------------------------------- from one showing to the next


def next_showing(before: Showing, made: Edition, looked_at: Iterable[str], root: Path) -> Showing:
    """What is shown after an edition was made; `looked_at` are the paths of the pages that stand in browsers now.

    Of an edition with errors nothing is shown but these. Neither is one whose templates fail on what is being looked at.
    """
    if errors(made.problems) or made.desk is None:
        return faulty_showing(before, made.problems, root)
    after = _with_pages(before, made, made.desk)
    faults = tuple(_proofs(before, after, looked_at))
    if faults:
        return faulty_showing(before, in_order((*made.problems, *faults)), root)
    return replace(after, problems=made.problems, faults=())


def faulty_showing(before: Showing, problems: Iterable[Problem], root: Path) -> Showing:
    """What was shown before, with other problems."""
    found = tuple(problems)
    return replace(before, problems=found, faults=tuple(framed(root, errors(found)[:MOST_SHOWN])))


def planned_showing(before: Showing, after: Showing, root: Path) -> Showing:
    """What is to be shown after another showing, when all pages are planned: no two of them may have one address.

    With errors it is that other one; if that is the very same, nothing is.
    """
    if after.good is None or after.faults:
        return faulty_showing(before, after.problems, root)
    assert isinstance(after.pages, Pages)
    problems = planned_as(after.good, after.pages.plan()).problems
    if not errors(problems):
        return replace(after, problems=problems)
    is_shown = before.pages is after.pages
    return faulty_showing(replace(before, good=None, pages={}) if is_shown else before, problems, root)


def _with_pages(before: Showing, made: Edition, desk: Desk) -> Showing:
    """What is shown of a good edition; what its texts decide alone is taken over."""
    sources, former = made.sources, before.good.sources if before.good else None
    is_same_desk = before.good is not None and before.good.desk is desk
    pages = before.pages if is_same_desk else Pages(desk, sources)
    after = replace(before, good=made, pages=pages)
    if (former and former.templates is not sources.templates) or after.render is None:
        after = replace(after, render=renderer(sources.templates))
    if former and (former.statics, former.media, former.settings) == (sources.statics, sources.media, sources.settings):
        return after
    assets = {page.path: page.key for page in assets_of(desk, sources)}
    return replace(
        after,
        sheets={path: key for path, key in assets.items() if path.endswith(".css")},
        assets=digest(*(part for path, key in assets.items() if not path.endswith(".css") for part in (path, key))),
    )


def _proofs(before: Showing, after: Showing, looked_at: Iterable[str]) -> Iterator[Problem]:
    """What goes wrong with the changed pages among those looked at, and with one page of each changed template."""
    if before.good is None or after.good is None:
        return
    former, now = before.good.sources.templates.digests, after.good.sources.templates.digests
    samples = {page.template: page for page in after.pages.values() if page.template} if now != former else {}
    tried = [page for name, page in samples.items() if now.get(name) != former.get(name)]
    tried += [page for path in sorted(set(looked_at)) if (page := after.pages.get(path)) is not None]
    for page in tried:
        data = printed(after, page)
        if isinstance(data, Problem):
            yield data


# ---------------------------------------------------------------- pages


def printed(showing: Showing, page: Page) -> bytes | Problem:
    """The content of a page as a build would write it. Only what a template makes is kept: the rest is large or quick."""
    assert showing.good is not None and showing.good.desk is not None and showing.render is not None
    data: bytes | Problem | None = showing.prints.get(page)
    if data is None:
        data = page_bytes(page, page.draft(), showing.good.desk.site, showing.render)
        if page.template and isinstance(data, bytes):
            showing.prints.keep(page, data)
    return data if isinstance(data, Problem) else without_private(page, data, showing.good.sources.private)


def answer(showing: Showing, request: Request, root: Path) -> Answer:
    """What stands at an address: exactly the pages that are planned, and a few files of the preview's own."""
    if request.path in (SCRIPT, WORKER, STYLE):
        return Answer(200, _type(request.path), read_package_data(f"data/{request.path.rpartition('/')[2]}"))
    path = request.path or HOME
    if path == PROBLEMS:
        every = framed(root, showing.problems)
        return _own(showing, path, 200, problems_page(count_of(showing.problems) or "Nothing is wrong", every, DESK))
    if showing.good is None:
        return _own(showing, path, 503, problems_page(_title(showing), showing.faults, _more(showing)))
    page = showing.pages.get(path)
    if page is None and path == ICON:
        return Answer(200, "image/x-icon", b"")
    if page is None:
        near = near_paths(path, showing.pages)
        return _own(showing, path, 404, missing_page(path, near, _maker(path, showing.good.desk)))
    data = printed(showing, page)
    if isinstance(data, Problem):
        return _own(showing, path, 500, problems_page("This page cannot be made", framed(root, (data,)), ""))
    if not path.endswith(".html"):
        return Answer(200, _type(path), data)
    return Answer(200, _type(path), followed(data, _follower(showing, path, _made_from(page))))


def _maker(path: str, desk: Desk | None) -> str:
    return maker_of(path, desk.chronicle) if desk else ""


def _made_from(page: Page) -> str:
    """`content/incidents/2025/x.md · templates/incident.html`: what an author would edit to change a page."""
    return " · ".join(part for part in (page.origin, page.template and f"{TEMPLATES}/{page.template}") if part)


def _own(showing: Showing, path: str, status: int, html: bytes) -> Answer:
    return Answer(status, TYPES["html"], followed(html, _follower(showing, path, "")))


def _follower(showing: Showing, path: str, made_from: str) -> Follower:
    return Follower(
        path=path,
        version=version(showing, path),
        sheets=showing.sheets,
        drafts=showing.drafts,
        made_from=made_from,
    )


def _type(path: str) -> str:
    return TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")


# ---------------------------------------------------------------- what pages in browsers are told


def version(showing: Showing, path: str) -> str:
    """What changes with what stands at a path, apart from its style sheets."""
    if showing.good is None or path == PROBLEMS:
        return digest("problems", *map(as_line, showing.problems))
    page = showing.pages.get(path)
    # Which addresses are near to a missing one takes long to find; they change where pages come or go.
    return digest("page", page.key, showing.assets) if page else digest("missing", f"{len(showing.pages)}")


def state(showing: Showing, paths: Iterable[str]) -> dict[str, Any]:
    """All that pages in browsers must know to become what they would be now; one that lists the problems is not told of them."""
    faults = showing.faults if showing.good is not None else ()
    return {
        "versions": {path: version(showing, path) for path in paths},
        "sheets": showing.sheets,
        "title": _title(showing) if faults else "",
        "problems": [_told(fault) for fault in faults],
        "more": _more(showing) if faults else "",
        "warnings": count_of([p for p in showing.problems if p.severity == "warning"]),
    }


def _title(showing: Showing) -> str:
    count = count_of(errors(showing.problems))
    return f"{count} · {'what you see is the last good site' if showing.good else 'there is no site to show yet'}"


def _more(showing: Showing) -> str:
    left = len(errors(showing.problems)) - len(showing.faults)
    return f"… and {left:,} more in the terminal" if left else ""


def _told(fault: Framed) -> dict[str, str]:
    problem = fault.problem
    return {"place": problem.place, "message": message_of(problem), "hint": problem.hint, "frame": fault.frame}
