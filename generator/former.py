"""An entry as it stood on a day: what its sources had said by then, and what it has changed since.

Only what is dated can be told to have been known: what a source says counts from its `as_of`, else from the day its document
was published. What the entry itself said is seen from its updates.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from .counts import Count
from .ledger import Cited, Field, Ledger, known_on
from .model import OUTCOMES, Casualties, Incident, Update
from .moments import Moment, moment_key

MOST_STATES = 12
"""So many former states of an entry are kept, from the first on: its figures move fastest in the beginning."""


class Figure(msgspec.Struct, frozen=True):
    """What the sources say of one count, how many independent ones say it, and whether they cannot all be right."""

    field: Field
    count: Count
    sources: int
    is_disputed: bool = False


# ---------------------------------------------------------------- what was known on a day


def of_people(ledger: Ledger) -> Ledger:
    """What a ledger holds of people, without what the entry states."""
    return Ledger(tuple(c for c in ledger.claims if c.field.topic == "casualties"), (), ledger.rules)


def figures_of(ledger: Ledger) -> tuple[Figure, ...]:
    """The counts of people that the sources give for the incident as a whole, groups among them."""
    found = (a for field, a in ledger.accounts.items() if field.topic == "casualties" and not field.scope)
    return tuple(
        Figure(a.field, a.range, len(a.independent), a.contradiction is not None and a.contradiction.is_open)
        for a in found
        if a.range is not None
    )


def figures_on(ledger: Ledger, day: datetime.date) -> tuple[Figure, ...]:
    """The same as it stood by the end of a day."""
    return figures_of(known_on(ledger, day))


def updates_after(incident: Incident, day: datetime.date) -> tuple[Update, ...]:
    """What has been changed in the entry since a day, oldest first."""
    later = (update for update in incident.updates if update.date.day > day)
    return tuple(sorted(later, key=lambda update: moment_key(update.date)))


def value_on(incident: Incident, field: Field, today: Count | None, day: datetime.date) -> str:
    """The figure that an entry gave by the end of a day on which it was published: what the first later update found there."""
    group = f"of_which.{field.part}." if field.part else ""
    key = f"casualties.{group}{field.name}"
    found = (update.changes[key].was or "" for update in updates_after(incident, day) if key in update.changes)
    return next(found, today.text if today else "")


def said_on(cited: Cited) -> Moment | None:
    """When a source said what an entry takes from it, as far as it is dated."""
    return cited.citation.as_of or cited.document.published


# ---------------------------------------------------------------- the days on which it stood otherwise


def days_of(incident: Incident, sources: Iterable[Cited]) -> tuple[datetime.date, ...]:
    """The days at whose end an entry stood otherwise than today, each the first of its state.

    It is asked of every entry, so it looks at the numbers alone: a day counts on which they are not those of the day before.
    """
    changed = {update.date.day for update in incident.updates if update.changes}
    if changed and incident.published:
        changed.add(incident.published.day)
    told = _told(sources)
    if len(told) + len(changed) < 2:
        return ()
    first = (
        incident.date.earliest or datetime.date.min
    )  # a source may date itself before it; nothing was known of it then
    days = sorted({max(day, first) for day in (*changed, *(day for day, _ in _news(told)))})
    return tuple(days[:-1][:MOST_STATES])


Numbers = dict[tuple[str, str], set[str]]
"""A group and an outcome to the numbers that are said of it."""


def _told(sources: Iterable[Cited]) -> dict[datetime.date, Numbers]:
    """The numbers of people that were given on each day; not those of copies beside what they copy."""
    found: dict[datetime.date, Numbers] = {}
    for cited in sources:
        says = cited.citation.says
        if says is None or says.casualties is None or says.scope or not cited.stands_for:
            continue
        moment = said_on(cited)
        if moment is not None:
            numbers = found.setdefault(moment.day, defaultdict(set))
            for key, text in _counts(says.casualties):
                numbers[key].add(text)
    return found


def _counts(toll: Casualties) -> Iterator[tuple[tuple[str, str], str]]:
    for group, part in (("", toll), *toll.of_which.items()):
        for outcome in OUTCOMES:
            count: Count | None = getattr(part, outcome)
            if count is not None:
                yield (group, outcome), count.text


def _news(told: dict[datetime.date, Numbers]) -> Iterator[tuple[datetime.date, Numbers]]:
    """The days on which other numbers were given than those last given before."""
    last: Numbers = {}
    for day in sorted(told):
        news = {key: texts for key, texts in told[day].items() if last.get(key) != texts}
        last |= news
        if news:
            yield day, news
