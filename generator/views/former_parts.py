"""What the page of a former state of an entry is made from: what had been said by then, and what has changed since."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Literal

import msgspec

from .. import routes
from ..chronicle import Linked
from ..counts import Count
from ..former import Figure, figures_of, figures_on, of_people, said_on, updates_after, value_on
from ..ledger import Cited, Field, Ledger, known_on
from ..model import OUTCOMES, Incident
from ..moments import moment_key
from ..sequence import others_of
from .base import Link
from .desk import Desk
from .disputes import host_of
from .updates import UpdateItem, update_item

MOST_SAID = 40
"""So many of the last things said by the end of a day stand on its page."""


Replaced = Literal["nothing", "some", "all"]


class Shown(msgspec.Struct, frozen=True):
    """A count as it was given then, and what the sources give today with what the entry itself states; texts are empty for none."""

    field: Field
    then: Figure | None
    mine: str | None
    now: Count | None


class Said(msgspec.Struct, frozen=True):
    """A source as it is cited, with its title and record, and how much of what it says had been replaced by then."""

    cited: Cited
    title: str
    path: str
    replaced: Replaced
    titles: dict[str, str]


class Former(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of a former state is made from. `days` are those of all states of the entry."""

    entry: Link
    day: datetime.date
    days: tuple[datetime.date, ...]
    shown: tuple[Shown, ...]
    said: tuple[Said, ...]
    earlier: int
    later: int
    undated: int
    since: tuple[UpdateItem, ...]


def former_parts(desk: Desk, entry: Linked, days: tuple[datetime.date, ...], day: datetime.date) -> tuple[Former]:
    incident, ledger = entry.incident, desk.chronicle.ledger(entry.id)
    spoken = [cited for cited in entry.sources if (moment := said_on(cited)) and moment.day <= day]
    undated = sum(said_on(cited) is None for cited in entry.sources)
    said = _said(desk, spoken, ledger, day)
    return (
        Former(
            entry=Link(incident.title, routes.incident(entry.id), incident.lang or ""),
            day=day,
            days=days,
            shown=_shown(incident, ledger, day),
            said=said[-MOST_SAID:],
            earlier=len(said[:-MOST_SAID]),
            later=len(entry.sources) - len(spoken) - undated,
            undated=undated,
            since=_since(desk, incident, day),
        ),
    )


def _shown(incident: Incident, ledger: Ledger, day: datetime.date) -> tuple[Shown, ...]:
    """Every count that was given then or is given today."""
    people = of_people(ledger)
    then = {figure.field: figure for figure in figures_on(people, day)}
    stated = {
        field: value for field, value in ledger.stated if isinstance(value, Count) and field.topic == "casualties"
    }
    now = {figure.field: figure.count for figure in figures_of(people)} | stated
    has_own = incident.published is not None and incident.published.day <= day
    return tuple(
        Shown(f, then.get(f), value_on(incident, f, stated.get(f), day) if has_own else None, now.get(f))
        for f in sorted({*then, *now}, key=_order)
    )


def _order(field: Field) -> tuple[str, int]:
    return field.part, [*OUTCOMES, field.name].index(field.name)


def _said(desk: Desk, spoken: Iterable[Cited], ledger: Ledger, day: datetime.date) -> tuple[Said, ...]:
    """What had been said, oldest first; replaced is what nothing stands of any more by the end of the day."""
    standing: dict[int, set[bool]] = defaultdict(set)
    for account in known_on(ledger, day).accounts.values():
        for claim in account.claims:
            standing[id(claim.cited)].add(claim.is_current)
    ordered = sorted(spoken, key=lambda cited: (_instant(cited), cited.number))
    return tuple(
        Said(
            cited,
            desk.source_title(cited.name)
            if cited.citation.source
            else cited.document.title or host_of(cited.document.url or ""),
            desk.site.path(routes.source(cited.name)) if cited.citation.source else "",
            _replaced(standing[id(cited)]),
            _titles(desk, cited),
        )
        for cited in ordered
    )


def _titles(desk: Desk, cited: Cited) -> dict[str, str]:
    """The titles of the incidents that a source puts before or after this one."""
    entries = desk.chronicle.entries
    return {id: entries[id].incident.title for id in others_of(cited.citation.says) if id in entries}


def _replaced(are_standing: Collection[bool]) -> Replaced:
    if False not in are_standing:
        return "nothing"
    return "some" if True in are_standing else "all"


def _instant(cited: Cited) -> datetime.datetime:
    moment = said_on(cited)
    assert moment is not None
    return moment_key(moment)[0]


def _since(desk: Desk, incident: Incident, day: datetime.date) -> tuple[UpdateItem, ...]:
    """What was changed in the entry after a day, newest first."""
    later = updates_after(incident, day)[::-1]
    sources = desk.update_titles(later)
    return tuple(update_item(desk.site, incident, update, sources) for update in later)
