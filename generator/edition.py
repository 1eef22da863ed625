"""A chronicle as it stands on the disk, up to the plan of its site; builds publish editions, the preview shows them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import msgspec

from .checks import problems_of
from .chronicle import Chronicle
from .course import QUIET, Course
from .engine import engine_digest
from .files import digest
from .linking import linked
from .memory import Memory
from .model import Incident, Page, Parsed
from .moments import instant
from .orders import Order
from .outputs import assets
from .plan import Plan, plan
from .problems import Problem, errors, in_order, judged
from .sources import Sources, read_sources
from .survey import Survey, survey
from .views.base import site_of
from .views.desk import Desk, desk_of
from .withholding import withhold
from .workers import meanwhile

MANY = 2000
"""With more entries than these, a process of its own checks them while the pages are planned."""


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """A chronicle as it stands: what its pages would be, and all that is wrong with it. Without settings there is no desk.

    `ruled` are the problems that the rules over the whole have found on a day, before `site.yaml` judged them; with `is_partly`
    not all rules have run over all files. `lifts` are the instants at which embargoes end; `hidden` are the paths of what is
    withheld or holds something private.
    """

    problems: tuple[Problem, ...]
    sources: Sources
    desk: Desk | None = None
    plan: Plan = Plan((), ())
    ruled: tuple[Problem, ...] = ()
    day: datetime.date = datetime.date.min
    is_partly: bool = False
    lifts: tuple[datetime.datetime, ...] = ()
    hidden: frozenset[str] = frozenset()


def edition(order: Order, memory: Memory) -> Edition:
    """The chronicle as it stands on the disk, planned but not rendered, with every problem of every file."""
    return edition_of(survey(order.root, memory.known_files()), order, memory, QUIET)


def edition_of(surveyed: Survey, order: Order, memory: Memory, course: Course) -> Edition:
    """The edition of a chronicle whose files were surveyed just now."""
    sources, desk, checked = _begun(surveyed, order, memory, course)
    if desk is None:
        return unsettled(sources)
    planned = plan_of(desk, sources)
    course.enter("check")
    return planned_as(judged_edition(sources, desk, checked(), order.now.date()), planned)


def unplanned_edition(surveyed: Survey, order: Order, memory: Memory) -> Edition:
    """The same without a plan."""
    sources, desk, checked = _begun(surveyed, order, memory, QUIET)
    return judged_edition(sources, desk, checked(), order.now.date()) if desk else unsettled(sources)


def _begun(
    surveyed: Survey, order: Order, memory: Memory, course: Course
) -> tuple[Sources, Desk | None, Callable[[], tuple[Problem, ...]]]:
    """The sources, what is to be planned from them (nothing without settings), and what gives the problems that the rules find."""
    course.enter("read")
    sources = read_sources(order.root, surveyed, memory, order.now, order.jobs, course)
    course.enter("link")
    settings = sources.settings.settings
    if settings is None:
        return sources, None, tuple
    public, withheld = withhold(sources.files, order.now, order.drafts)
    chronicle = linked(settings, public, withheld, sources.media)
    rules = partial(problems_of, chronicle, order.now.date())
    checked = meanwhile(rules, order.jobs if len(chronicle.entries) > MANY else 1)
    course.enter("plan")
    return sources, desk_for(chronicle, sources, order.drafts), checked


def unsettled(sources: Sources) -> Edition:
    """An edition whose settings cannot be read: nothing but what is wrong."""
    return Edition(problems=in_order(_of_files(sources)), sources=sources)


def judged_edition(sources: Sources, desk: Desk, ruled: Iterable[Problem], day: datetime.date) -> Edition:
    """An edition whose pages are not planned, with every problem of it; `ruled` is what the rules have found on a day."""
    found = tuple(ruled)
    chronicle = desk.chronicle
    return Edition(
        problems=judged((*_of_files(sources), *sources.templates.problems, *found), chronicle.settings.rules),
        sources=sources,
        desk=desk,
        ruled=found,
        day=day,
        lifts=tuple(_lifts(sources.files)),
        hidden=frozenset(f.path for f in sources.files if f.private or (f.type, f.id) in chronicle.withheld),
    )


def planned_as(made: Edition, planned: Plan) -> Edition:
    """An edition with its plan, and with what is wrong with that; two records with one id would only be told of twice."""
    problems = made.problems
    if planned.problems and not errors(problems):
        assert made.desk is not None
        problems = judged((*problems, *planned.problems), made.desk.chronicle.settings.rules)
    return msgspec.structs.replace(made, plan=planned, problems=problems)


def plan_of(desk: Desk, sources: Sources) -> Plan:
    """What the site of a desk consists of, with the files that are published as they are."""
    return plan(desk, assets_of(desk, sources))


def assets_of(desk: Desk, sources: Sources) -> Iterator[Page]:
    """The files that are published as they are."""
    return assets.pages(desk, sources.statics, sources.static, sources.medium)


def _of_files(sources: Sources) -> list[Problem]:
    """What is wrong with single files."""
    return [*sources.problems, *sources.settings.problems, *(p for f in sources.files for p in f.problems)]


def desk_for(chronicle: Chronicle, sources: Sources, drafts: bool, former: Desk | None = None) -> Desk:
    """What the plan of a chronicle works with; cards are taken over from a former desk."""
    has_corrections = any(entry.incident.updates for entry in chronicle.entries.values())
    site = site_of(chronicle.settings, chronicle.pages, has_corrections=has_corrections, shows_drafts=drafts)
    # A text that becomes private must be searched for in every page, so it is part of every key.
    engine = digest(engine_digest(), *sorted(sources.private))
    return desk_of(chronicle, site, sources.templates.digests, sources.body, engine, former)


def _lifts(files: Iterable[Parsed]) -> Iterator[datetime.datetime]:
    """When embargoes end."""
    for file in files:
        if isinstance(file.record, Incident) and file.record.embargo_until:
            lift = instant(file.record.embargo_until)
            if lift:
                yield lift
