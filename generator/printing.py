"""Pages to bytes, in as many processes as there are; only those that do not stand as they should."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import escape

from .course import Cost, Course
from .edition import Edition
from .model import Draft, Page
from .problems import Problem
from .publish import Staged, stage
from .render import Rendering, renderer
from .retouch import Retouched
from .stands import Mark
from .views.base import Site
from .workers import spread


class Fresh(NamedTuple):
    """A page that was made now: its key, where it waits to be moved in, the files whose texts it tells, and how many seconds
    it took."""

    key: str
    page: Staged
    texts: tuple[str, ...]
    seconds: float


def printed(made: Edition, known: Mapping[str, Mark], jobs: int, tree: Path, course: Course) -> list[Fresh | Problem]:
    """The pages that do not stand as they should, as bytes in the staging tree, or what is wrong with their templates.

    `known` are those that stand as they were written. Parts, key and bytes of a page are made one after another and let go
    with it, so that all of a site is never in memory at once.
    """
    assert made.desk is not None
    pages, templates = made.plan.pages, made.sources.templates
    is_new = len(known) < len(pages) // 2  # then every process needs most templates
    rendered = renderer(templates, {page.template for page in pages if page.template and is_new})
    work = partial(_rendered_run, rendered, made.desk.site, made.sources.private, known, tree)
    results = spread(work, pages, jobs, course)
    course.spent(_costs(pages, results))
    return results


def _costs(pages: Sequence[Page], results: Sequence[Fresh | Problem]) -> Iterator[Cost]:
    """What each page cost that was made now."""
    took = {r.page.path: r.seconds for r in results if isinstance(r, Fresh)}
    for page in pages:
        if page.path in took:
            yield Cost(page.template or _kind(page.path), page.origin, took[page.path])


def _kind(path: str) -> str:
    """What no template makes: feeds, data, pictures, by folder and ending."""
    folder, _, name = path.rpartition("/")
    return f"{folder.partition('/')[0]}/*.{name.rpartition('.')[2]}" if folder else name


def reprinted(found: Retouched, known: Mapping[str, Mark], tree: Path) -> list[Fresh | Problem]:
    """The few pages that a change of a text touches, and of these only what is not as it was."""
    return _rendered_run(renderer(found.templates), found.site, {}, known, tree, found.pages)


def _rendered_run(
    rendered: Rendering,
    site: Site,
    private: Mapping[str, str],
    known: Mapping[str, Mark],
    tree: Path,
    pages: Sequence[Page],
) -> list[Fresh | Problem]:
    results: list[Fresh | Problem] = []
    for page in pages:
        began = time.perf_counter()
        draft = page.draft()
        if page.path in known and known[page.path].key == draft.key:
            continue
        data = page_bytes(page, draft, site, rendered)
        data = data if isinstance(data, Problem) else without_private(page, data, private)
        if isinstance(data, Problem):
            results.append(data)
        else:
            staged = stage(tree, page.path, data)
            results.append(Fresh(draft.key, staged, draft.texts, time.perf_counter() - began))
    return results


def page_bytes(page: Page, draft: Draft, site: Site, rendered: Rendering) -> bytes | Problem:
    """The content of one page."""
    made = draft.make()
    result: bytes | Problem = rendered(page.template, site, made) if page.template else made
    return result


def without_private(page: Page, data: bytes, private: Mapping[str, str]) -> bytes | Problem:
    """The content of a page, unless a text that stands under `private` is in it."""
    for text, path in private.items():
        if any(form in data for form in _written_forms(text)):
            message = f'a text that is private here would be published in "{page.path}"'
            return Problem(
                rule="private-in-output",
                path=path,
                key="private",
                message=message,
                hint="take it out of one of the two",
            )
    return data


@cache
def _written_forms(text: str) -> frozenset[bytes]:
    """A text as it may stand in a page: as it is, escaped for HTML and again for a feed, in JSON, and in an address."""
    html = str(escape(text))
    forms = (text, html, str(escape(html)), json.dumps(text, ensure_ascii=False)[1:-1], quote(text))
    return frozenset(form.encode() for form in forms)
