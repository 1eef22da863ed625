"""The pipeline: from the files of a chronicle to its site. Begin reading here.

    files ─read─▶ texts ─parse─▶ records ─withhold─▶ public records ─link─▶ Chronicle ─check─▶ problems
                                                                                │
                                  output ◀─publish─ bytes ◀─render─ pages ◀─plan┘

`edition` is everything up to the plan; the preview shows editions too. `build` renders what has changed since the last
build and publishes it, all or nothing; with any error in what the author wrote, nothing at all is published.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from markupsafe import escape

from .checks import problems_of
from .chronicle import Chronicle
from .engine import engine_digest
from .files import digest
from .journal import recovered
from .linking import linked
from .lock import locked
from .manifest import Output, foreign_files, obstacles, read_output
from .memory import Mark, Memory
from .model import Page, Parsed
from .outputs import assets
from .plan import Plan, plan
from .problems import Problem, errors, in_order, judged
from .publish import Staged, checked_output, publish, stage, staging
from .render import TEMPLATES, Rendering, renderer
from .settings import SETTINGS_FILE
from .sources import CONTENT, Sources, read_sources
from .views.base import Site, site_of
from .views.desk import Desk, desk_of
from .withholding import withhold
from .workers import spread

MEMORY_FOLDER = ".cache"
FINISHED = "A former build was stopped while it published; what it had made was published first."
WAIT_SECONDS = 10.0
"""How long a build waits for another one of the same output."""

SOURCES = (*CONTENT, TEMPLATES, SETTINGS_FILE)


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for: the chronicle at `root`, as of `now`, with or without drafts, by so many processes."""

    root: Path
    now: datetime.datetime
    drafts: bool = False
    jobs: int = 1


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """A chronicle as it stands: what its pages would be, and all that is wrong with it. Without settings there is no desk."""

    problems: tuple[Problem, ...]
    sources: Sources
    desk: Desk | None = None
    plan: Plan = Plan((), ())
    private: dict[str, str] = {}


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did: the pages written and removed, how many the site has, and the problems found."""

    problems: tuple[Problem, ...]
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    total: int = 0
    notice: str = ""


def build(order: Order, out: Path) -> Outcome:
    """The site of a chronicle, published; with errors nothing is published, and the former site stays as it was."""
    out = checked_output(out, order.root, SOURCES)
    memory = Memory(order.root / MEMORY_FOLDER, engine_digest())
    with locked(out, WAIT_SECONDS), memory:
        finished = FINISHED if recovered(out) else ""
        outcome = _published(edition(order, memory), out, order, memory)
    return msgspec.structs.replace(outcome, notice="\n".join(filter(None, (finished, memory.notice))))


def _published(made: Edition, out: Path, order: Order, memory: Memory) -> Outcome:
    """An edition in its output folder, unless something is wrong with it."""
    marks = memory.pages(f"{out}")
    output = read_output(out, marks)
    paths = {page.path for page in made.plan.pages}
    settings = made.sources.settings.settings
    rules = settings.rules if settings else {}
    problems = judged((*made.problems, *obstacles(output, paths), *foreign_files(output)), rules)
    if errors(problems) or made.desk is None:
        return Outcome(problems=problems)
    with staging(out) as tree:
        rendered = render(stale_pages(made.plan, marks, output), made, order.jobs, tree)
        faults = tuple(r for r in rendered if isinstance(r, Problem))
        if faults:
            return Outcome(problems=in_order((*problems, *faults)))
        staged = [r for r in rendered if isinstance(r, Staged)]
        publish(output, tree, staged, paths - {page.path for page in staged})
    if not order.drafts:  # addresses tell of drafts too
        remember(memory, out, made.plan, staged, marks)
    return Outcome(
        problems=problems,
        written=tuple(page.path for page in staged),
        removed=tuple(sorted(output.pages.keys() - paths)),
        total=len(paths),
    )


def edition(order: Order, memory: Memory) -> Edition:
    """The chronicle as it stands on the disk, planned but not rendered, with every problem of every file."""
    sources = read_sources(order.root, memory, order.now, order.jobs)
    found = [*sources.problems, *sources.settings.problems, *(p for f in sources.files for p in f.problems)]
    settings = sources.settings.settings
    if settings is None:
        return Edition(problems=in_order(found), sources=sources)
    public, withheld = withhold(sources.files, order.now, order.drafts)
    chronicle = linked(settings, public, withheld, sources.media)
    found += problems_of(chronicle, order.now.date())
    private = private_texts(sources.files)
    desk = desk_for(chronicle, sources, private, order.drafts)
    found += sources.templates.problems
    planned = plan(desk, assets.pages(desk, sources.statics, sources.static, sources.medium))
    problems = judged(found, settings.rules)
    if not errors(problems):  # two records with one id would only be told of twice
        problems = judged((*problems, *planned.problems), settings.rules)
    return Edition(problems=problems, sources=sources, desk=desk, plan=planned, private=private)


def desk_for(chronicle: Chronicle, sources: Sources, private: Iterable[str], drafts: bool) -> Desk:
    """What the plan of a chronicle works with."""
    has_corrections = any(entry.incident.updates for entry in chronicle.entries.values())
    site = site_of(chronicle.settings, chronicle.pages, has_corrections=has_corrections, shows_drafts=drafts)
    # A text that becomes private must be searched for in every page, so it is part of every key.
    engine = digest(engine_digest(), *sorted(private))
    return desk_of(chronicle, site, sources.templates.digests, sources.body, engine)


def private_texts(files: Iterable[Parsed]) -> dict[str, str]:
    """Every text under `private` to the file it stands in."""
    return {text: file.path for file in files for text in file.private}


def stale_pages(planned: Plan, marks: Mapping[str, Mark], output: Output) -> tuple[Page, ...]:
    """The pages whose key has changed since they were written, and those that no longer stand as they were written."""
    return tuple(p for p in planned.pages if p.path not in output.intact or marks[p.path].key != p.key)


def render(pages: Sequence[Page], made: Edition, jobs: int, tree: Path) -> list[Staged | Problem]:
    """The pages as bytes in the staging tree, or what is wrong with their templates."""
    assert made.desk is not None
    rendered = renderer(made.sources.templates, {page.template for page in pages if page.template})
    work = partial(_staged_run, rendered, made.desk.site, made.private, tree)
    return spread(work, pages, jobs)


def _staged_run(
    rendered: Rendering, site: Site, private: Mapping[str, str], tree: Path, pages: Sequence[Page]
) -> list[Staged | Problem]:
    results: list[Staged | Problem] = []
    for page in pages:
        data = page_bytes(page, site, rendered)
        data = data if isinstance(data, Problem) else without_private(page, data, private)
        results.append(data if isinstance(data, Problem) else stage(tree, page.path, data))
    return results


def page_bytes(page: Page, site: Site, rendered: Any) -> bytes | Problem:
    """The content of one page."""
    made = page.make()
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


def remember(memory: Memory, out: Path, planned: Plan, staged: Sequence[Staged], marks: Mapping[str, Mark]) -> None:
    """Keep what every page of the output was made from."""
    fresh = {s.path: s for s in staged}
    found = {}
    for page in planned.pages:
        new = fresh.get(page.path)
        found[page.path] = Mark(page.key, new.size, new.mtime_ns, new.sha256) if new else marks[page.path]
    memory.remember_pages(f"{out}", found)
