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
from .manifest import foreign_files, obstacles, output_as_marked, read_output, with_contents
from .memory import Memory
from .orders import MEMORY_FOLDER, WAIT_SECONDS, Order
from .problems import Problem, errors, in_order, judged
from .publish import checked_output, publish, staging
from .rest import Rest, holds, moved_on, remembered_rest, rest_of, stands
from .shelves import SOURCES
from .stands import Mark
from .survey import Survey, digests_now, remember_survey, state, survey
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
        outcome = _quickly(out, order, memory)
        if isinstance(outcome, Survey):
            outcome = _published(outcome, out, order, memory, course)
        course.enter("remember")
    return msgspec.structs.replace(outcome, notice="\n".join(filter(None, (finished, memory.notice))))


def _quickly(out: Path, order: Order, memory: Memory) -> Outcome | Survey:
    """What the last build had to say, where nothing has changed since but the texts of a few entries, and these published;
    else what stands in the chronicle now."""
    rest = None if order.drafts or order.verify else remembered_rest(memory, out)
    if rest is None:
        return survey(order.root, memory.known_files())
    standing = meanwhile(partial(stands, rest, out, memory), order.jobs if rest.total > MANY else 1)
    surveyed = survey(order.root, memory.known_files())
    digests = digests_now(order.root, surveyed)
    if not standing():
        return surveyed
    if holds(rest, state(surveyed, digests), order.now):
        if len(digests) > len(surveyed.digests):  # they are older now, and will be known by their stamps
            remember_survey(memory, surveyed, digests)
        return Outcome(problems=rest.problems, total=rest.total)
    if holds(rest, state(surveyed, surveyed.known), order.now):
        return _retouched(rest, surveyed, digests, out, order, memory) or surveyed
    return surveyed


def _retouched(
    rest: Rest, surveyed: Survey, digests: Mapping[str, str], out: Path, order: Order, memory: Memory
) -> Outcome | None:
    """The few pages that a change of some texts touches, published; nothing where more has changed than texts."""
    from .content import content_key
    from .printing import Fresh, reprinted
    from .retouch import retouched

    marks = memory.pages(f"{out}")
    found = retouched(order.root, surveyed, surveyed.known, digests, marks, memory)
    if found is None:
        return None
    with staging(out) as tree:
        fresh = [r for r in reprinted(found, marks, tree) if isinstance(r, Fresh)]
        if len(fresh) < len(found.pages):
            return None
        staged = [r.page for r in fresh]
        kept = marks.keys() - {page.path for page in staged}
        publish(output_as_marked(out, marks), tree, staged, kept)
    _remember_pages(memory, out, fresh, {path: marks[path] for path in kept})
    memory.remember_parsed([(read.key, *read.row) for read in found.reads if read.row])
    memory.forget_parsed(content_key(read.path, surveyed.known[read.path]) for read in found.reads)
    remember_survey(memory, surveyed, digests)
    memory.remember_rest(msgspec.msgpack.encode(moved_on(rest, state(surveyed, digests), order.now, out)))
    return Outcome(problems=rest.problems, written=tuple(page.path for page in staged), total=len(marks))


def _published(surveyed: Survey, out: Path, order: Order, memory: Memory, course: Course) -> Outcome:
    """An edition in its output folder, unless something is wrong with it."""
    from .edition import edition_of
    from .printing import Fresh, printed

    made = edition_of(surveyed, order, memory, course)
    marks = memory.pages(f"{out}")
    # Looked at anew though the quick way saw it: the memory may prove damaged on the way here, its marks being gone.
    output = with_contents(read_output(out, marks)) if order.verify else read_output(out, marks)
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
        _remember_frame(memory, made, fresh)
    return Outcome(
        problems=problems,
        written=tuple(page.path for page in staged),
        removed=tuple(sorted(output.pages.keys() - paths)),
        total=len(paths),
    )


def _remember_pages(memory: Memory, out: Path, fresh: Iterable[Fresh], kept: Mapping[str, Mark]) -> None:
    """Keep what every page of the output was made from."""
    made = {page.path: Mark(key, page.size, page.mtime_ns, page.sha256) for key, page, _, _ in fresh}
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


def _remember_frame(memory: Memory, made: Edition, fresh: Iterable[Fresh]) -> None:
    """Keep how the entries stand to each other, and which pages tell the texts of several."""
    from .frame import Frame, frame_of

    assert made.desk is not None
    former = memory.frame()
    texts = msgspec.msgpack.decode(former, type=Frame).texts if former else {}
    origins = {page.path: page.origin for page in made.plan.pages}
    kept = {path: told for path, told in texts.items() if path in origins}
    told = {r.page.path: r.texts for r in fresh if r.texts and r.texts != (origins[r.page.path],)}
    frame = frame_of(made.desk.chronicle, {**kept, **told}, made.desk.site.has_corrections)
    memory.remember_frame(msgspec.msgpack.encode(frame))
