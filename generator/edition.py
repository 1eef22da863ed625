"""A chronicle as it stands on the disk, up to the plan of its site; builds publish editions, the preview shows them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import partial

import msgspec

from .checks import problems_of
from .chronicle import Chronicle
from .course import QUIET, Course
from .engine import engine_digest
from .files import digest
from .linking import linked
from .memory import Memory
from .model import Incident, Parsed
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

    `private` leads from every text under `private` to the file it stands in; `lifts` are the instants at which embargoes
    end; `hidden` are the paths of what is withheld or holds something private.
    """

    problems: tuple[Problem, ...]
    sources: Sources
    desk: Desk | None = None
    plan: Plan = Plan((), ())
    private: dict[str, str] = {}
    lifts: tuple[datetime.datetime, ...] = ()
    hidden: frozenset[str] = frozenset()


def edition(order: Order, memory: Memory) -> Edition:
    """The chronicle as it stands on the disk, planned but not rendered, with every problem of every file."""
    return edition_of(survey(order.root, memory), order, memory, QUIET)


def edition_of(surveyed: Survey, order: Order, memory: Memory, course: Course) -> Edition:
    """The edition of a chronicle whose files were surveyed just now."""
    course.enter("read")
    sources = read_sources(order.root, surveyed, memory, order.now, order.jobs, course)
    course.enter("link")
    found = [*sources.problems, *sources.settings.problems, *(p for f in sources.files for p in f.problems)]
    settings = sources.settings.settings
    if settings is None:
        return Edition(problems=in_order(found), sources=sources)
    public, withheld = withhold(sources.files, order.now, order.drafts)
    chronicle = linked(settings, public, withheld, sources.media)
    rules = partial(problems_of, chronicle, order.now.date())
    checked = meanwhile(rules, order.jobs if len(chronicle.entries) > MANY else 1)
    course.enter("plan")
    private = private_texts(sources.files)
    desk = desk_for(chronicle, sources, private, order.drafts)
    found += sources.templates.problems
    planned = plan(desk, assets.pages(desk, sources.statics, sources.static, sources.medium))
    course.enter("check")
    found += checked()
    problems = judged(found, settings.rules)
    if not errors(problems):  # two records with one id would only be told of twice
        problems = judged((*problems, *planned.problems), settings.rules)
    return Edition(
        problems=problems,
        sources=sources,
        desk=desk,
        plan=planned,
        private=private,
        lifts=tuple(_lifts(sources.files)),
        hidden=frozenset(f.path for f in sources.files if f.private or (f.type, f.id) in withheld),
    )


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


def _lifts(files: Iterable[Parsed]) -> Iterator[datetime.datetime]:
    """When embargoes end."""
    for file in files:
        if isinstance(file.record, Incident) and file.record.embargo_until:
            lift = instant(file.record.embargo_until)
            if lift:
                yield lift
