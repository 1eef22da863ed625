"""The pipeline: from the files of a chronicle to its site. Begin reading here.

    files ─survey─▶ at rest? nothing to do
       │
       └─read─▶ texts ─parse─▶ records ─withhold─▶ public records ─link─▶ Chronicle ─check─▶ problems
                                                                              │
                                output ◀─publish─ bytes ◀─print─ pages ◀─plan─┘

`edition` is everything from `read` to `plan`; the preview shows editions too. `build` makes the pages that have changed since the
last build and publishes them, all or nothing; with any error in what the author wrote, nothing at all is published.
What only a build with something to do needs is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from .course import QUIET, Course
from .engine import engine_digest
from .journal import recovered
from .lock import locked
from .manifest import foreign_files, obstacles, read_output
from .memory import Memory
from .orders import MEMORY_FOLDER, WAIT_SECONDS, Order
from .problems import Problem, errors, in_order, judged
from .publish import checked_output, publish, staging
from .rest import holds, remembered_rest, rest_of, stands
from .shelves import SOURCES
from .stands import Mark
from .survey import Survey, digests_now, state, survey
from .workers import meanwhile, uncollected

if TYPE_CHECKING:
    from .edition import Edition
    from .printing import Fresh

MANY = 2000
"""With more pages than these, a process of its own looks at the output."""

FINISHED = "A former build was stopped while it published; what it had made was published first."


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did: the pages written and removed, how many the site has, and the problems found."""

    problems: tuple[Problem, ...]
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    total: int = 0
    notice: str = ""


def build(order: Order, out: Path, course: Course = QUIET) -> Outcome:
    """The site of a chronicle, published; with errors nothing is published, and the former site stays as it was."""
    course.enter("survey")
    out = checked_output(out, order.root, SOURCES)
    memory = Memory(order.root / MEMORY_FOLDER, engine_digest())
    with locked(out, WAIT_SECONDS), memory, uncollected():
        finished = FINISHED if recovered(out) else ""
        outcome = _resting(out, order, memory)
        if isinstance(outcome, Survey):
            outcome = _published(outcome, out, order, memory, course)
        course.enter("remember")
    return msgspec.structs.replace(outcome, notice="\n".join(filter(None, (finished, memory.notice))))


def _resting(out: Path, order: Order, memory: Memory) -> Outcome | Survey:
    """What the last build had to say, where nothing has changed since; else what stands in the chronicle now."""
    rest = None if order.drafts else remembered_rest(memory, out)
    if rest is None:
        return survey(order.root, memory)
    standing = meanwhile(partial(stands, rest, out, memory), order.jobs if rest.total > MANY else 1)
    surveyed = survey(order.root, memory)
    digests = digests_now(order.root, surveyed)
    if not standing() or not holds(rest, state(surveyed, digests), order.now):
        return surveyed
    if len(digests) > len(surveyed.digests):  # they are older now, and will be known by their stamps
        stamps = {f.path: (f.stamp, digests[f.path]) for f in surveyed.found.files if f.path in digests}
        memory.remember_files(stamps, surveyed.found.began_ns)
    return Outcome(problems=rest.problems, total=rest.total)


def _published(surveyed: Survey, out: Path, order: Order, memory: Memory, course: Course) -> Outcome:
    """An edition in its output folder, unless something is wrong with it."""
    from .edition import edition_of
    from .printing import Fresh, printed

    made = edition_of(surveyed, order, memory, course)
    marks = memory.pages(f"{out}")
    output = read_output(out, marks)
    paths = {page.path for page in made.plan.pages}
    settings = made.sources.settings.settings
    rules = settings.rules if settings else {}
    problems = judged((*made.problems, *obstacles(output, paths), *foreign_files(output)), rules)
    if errors(problems) or made.desk is None:
        return Outcome(problems=problems)
    known = {path: marks[path] for path in output.intact}
    with staging(out) as tree:
        course.enter("pages")
        results = printed(made, known, order.jobs, tree, course)
        course.enter("publish")
        faults = tuple(r for r in results if isinstance(r, Problem))
        if faults:
            return Outcome(problems=in_order((*problems, *faults)))
        fresh = [r for r in results if isinstance(r, Fresh)]
        staged = [r.page for r in fresh]
        kept = paths - {page.path for page in staged}
        publish(output, tree, staged, kept)
    if not order.drafts:  # addresses tell of drafts too
        _remember_pages(memory, out, fresh, {path: marks[path] for path in kept})
        _remember_rest(memory, out, surveyed, made, order, problems)
    return Outcome(
        problems=problems,
        written=tuple(page.path for page in staged),
        removed=tuple(sorted(output.pages.keys() - paths)),
        total=len(paths),
    )


def _remember_pages(memory: Memory, out: Path, fresh: Iterable[Fresh], kept: Mapping[str, Mark]) -> None:
    """Keep what every page of the output was made from."""
    made = {page.path: Mark(key, page.size, page.mtime_ns, page.sha256) for key, page, _ in fresh}
    memory.remember_pages(f"{out}", {**kept, **made})


def _remember_rest(
    memory: Memory, out: Path, surveyed: Survey, made: Edition, order: Order, problems: tuple[Problem, ...]
) -> None:
    """Keep how the output was left; never what is wrong with an entry that is withheld, nor a state that tells of none."""
    sources = state(surveyed, made.sources.digests)
    if any(problem.path in made.hidden for problem in problems):
        sources = ""
    rest = rest_of(sources, order.now, made.lifts, out, len(made.plan.pages), problems)
    memory.remember_rest(msgspec.msgpack.encode(rest) if sources else b"")
