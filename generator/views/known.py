"""An entry as it was known on a former day: the figures that had been given by its end, who had spoken, and what came later.

Each former state is a small page of its own: it says first that it is one, and leads to the entry as it stands today.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import cast

import msgspec

from .. import routes
from ..chronicle import Linked
from ..counts import Count, parse_count
from ..edtf import day_date
from ..former import days_of, said_on
from ..model import GONE, Outcome, Page
from ..words import Words
from .base import HOME, INCIDENTS, Head, Link, Site, head
from .claims import Statement, statement_of
from .desk import Desk
from .former_parts import Former, Said, Shown, former_parts
from .moved import moved_view
from .things import OUTCOME_LABELS
from .updates import UpdateItem

NOT_YET = "no number yet"
NO_NUMBER = "no number"
PARTLY = "Some of it was superseded by then."


class Step(msgspec.Struct, frozen=True):
    """A state to go to: its day, and its page; no page for the one that is shown."""

    text: str
    iso: str
    path: str


class FigureRow(msgspec.Struct, frozen=True):
    """A count in words: what it is of, what was given then, by whom, what the entry gave then, and what is given today."""

    label: str
    then: str
    by: str
    mine: str
    now: str


class SaidRow(msgspec.Struct, frozen=True):
    """What a source had said, and when."""

    when: str
    iso: str
    title: Link
    lang: str
    statement: Statement


class FormerView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of a former state."""

    head: Head
    entry: Link
    day: str
    steps: tuple[Step, ...]
    before: Link | None
    after: Link | None
    figures: tuple[FigureRow, ...]
    has_own: bool
    said: tuple[SaidRow, ...]
    notes: tuple[str, ...]
    since: tuple[UpdateItem, ...]


# ---------------------------------------------------------------- plan


def pages(desk: Desk, entry: Linked) -> Iterator[Page]:
    """A page for each former state of an entry whose figures moved."""
    days = days_of(entry.incident, entry.sources)
    if entry.incident.status in GONE:
        yield from _left(desk, entry, days)
        return
    for day in days:
        path = routes.incident_on(entry.id, day)
        yield desk.page(
            path, "as-of.html", former_view, partial(former_parts, desk, entry, days, day), entry.incident.path
        )


def _left(desk: Desk, entry: Linked, days: Iterable[datetime.date]) -> Iterator[Page]:
    """What stands at the addresses of the former states of an entry that is gone: a page that leads to what is left of it."""
    left = Link(entry.incident.title, routes.incident(entry.id), entry.incident.lang or "")
    for day in days:
        path = routes.incident_on(entry.id, day)
        yield desk.page(path, "moved.html", moved_view, lambda: (left,), entry.incident.path)


# ---------------------------------------------------------------- views


def steps(words: Words, id: str, days: Sequence[datetime.date], shown: datetime.date | None = None) -> tuple[Step, ...]:
    """The states of an entry by day, the first one first; the one that is shown leads nowhere."""
    return tuple(
        Step(_day(words, day), day.isoformat(), "" if day == shown else routes.incident_on(id, day)) for day in days
    )


def former_view(site: Site, path: str, former: Former) -> FormerView:
    """The page of a former state."""
    words, day = site.words, _day(site.words, former.day)
    id = former.entry.path.removeprefix("incidents/").removesuffix(".html")
    links = [
        None,
        *(Link(_day(words, d), routes.incident_on(id, d)) for d in former.days),
        Link("today", former.entry.path),
    ]
    at = former.days.index(former.day) + 1
    title = f"As known on {day}: {former.entry.text}"
    return FormerView(
        head=head(site, path, title, title, section="incidents", crumbs=(HOME, INCIDENTS, former.entry), listed=False),
        entry=former.entry,
        day=day,
        steps=steps(words, id, former.days, former.day),
        before=links[at - 1],
        after=links[at + 1],
        figures=tuple(_figure_row(words, shown) for shown in former.shown),
        has_own=any(shown.mine is not None for shown in former.shown),
        said=tuple(_said_row(site, said) for said in former.said),
        notes=tuple(_notes(words, former)),
        since=former.since,
    )


def _day(words: Words, day: datetime.date) -> str:
    return words.date_text(day_date(day))


def _figure_row(words: Words, shown: Shown) -> FigureRow:
    field, then = shown.field, shown.then
    label = OUTCOME_LABELS[cast(Outcome, field.name)] + (f", {field.part}" if field.part else "")
    by = words.plural(then.sources, one="{} independent source", other="{} independent sources") if then else ""
    return FigureRow(
        label,
        words.count_text(then.count) if then else NOT_YET,
        f"{by}, in contradiction" if then and then.is_disputed else by,
        _own(words, shown.mine or ""),
        words.count_text(shown.now) if shown.now else NO_NUMBER,
    )


def _own(words: Words, text: str) -> str:
    """A figure as an update tells it: a count where it is one, else the words."""
    count = parse_count(text)
    return words.count_text(count) if isinstance(count, Count) else text or NO_NUMBER


def _said_row(site: Site, said: Said) -> SaidRow:
    citation, moment = said.cited.citation, said_on(said.cited)
    assert moment is not None
    statement = statement_of(site, citation, said.titles, "superseded" if said.replaced == "all" else "current")
    note = f"{PARTLY} {statement.note}".strip() if said.replaced == "some" else statement.note
    return SaidRow(
        when=site.words.moment_text(moment),
        iso=moment.day.isoformat(),
        title=Link(said.title, said.path),
        lang=said.cited.document.language or "",
        statement=msgspec.structs.replace(statement, note=note),
    )


def _notes(words: Words, former: Former) -> Iterator[str]:
    """What the page leaves out."""
    if former.earlier:
        yield words.plural(
            former.earlier, one="{} earlier statement is left out.", other="{} earlier statements are left out."
        )
    if former.later:
        yield words.plural(former.later, one="{} statement came later.", other="{} statements came later.")
    if former.undated:
        yield words.plural(
            former.undated,
            one="{} statement has no date, so it cannot be told whether it was known by then.",
            other="{} statements have no date, so it cannot be told whether they were known by then.",
        )
