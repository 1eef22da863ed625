"""When entries appeared, changed and went, as their authors state it: the history of a chronicle, from its records alone.

Nothing here asks the clock or the history of the files, so the same records have the same history wherever they are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from .dates import extent
from .edtf import Edtf, day_date
from .model import GONE, Incident, Status, Update
from .moments import Moment, moment_key

VAGUE_DAYS = 366
"""A date as wide as this says nothing of when its entry appeared; its end may lie far ahead."""

Happening = Literal["added", "changed"] | Status
"""What happened to an entry; a status of one that is gone says how it went."""


class Event(NamedTuple):
    """Something that happened to an entry, and when; no moment where nobody says when.

    An entry that does not say when it was published was added at its own date, or later: then `is_stated` is false, and the
    moment serves for order alone. `update` is the update that tells of it.
    """

    moment: Moment | None
    what: Happening
    incident: Incident
    update: Update | None = None
    is_stated: bool = True

    @property
    def date(self) -> Edtf | None:
        """The day as far as it is known; of an entry that was added then or later, the date of the incident."""
        if not self.is_stated:
            return self.incident.date
        return day_date(self.moment.day) if self.moment else None


def appeared(incident: Incident) -> Moment:
    """When an entry was first published: as its author says, else the latest day of its date, or the earliest of a vague one."""
    if incident.published:
        return incident.published
    date = incident.date
    if date.form == "day" and date.earliest:
        return Moment(date.earliest.isoformat(), date.earliest)
    first, last = extent(date)
    day = last if (last - first).days < VAGUE_DAYS else first
    return Moment(day.isoformat(), day)


def changed(incident: Incident) -> Moment:
    """When an entry last changed: its newest update, else when it appeared."""
    if not incident.updates:
        return appeared(incident)
    return max((appeared(incident), *(u.date for u in incident.updates)), key=moment_key)


def farewell(incident: Incident) -> Update | None:
    """The update that tells when an entry was withdrawn, retracted or merged: the newest retraction of one that is gone."""
    if incident.status not in GONE:
        return None
    told = [update for update in incident.updates if update.kind == "retraction"]
    return max(told, key=lambda update: moment_key(update.date), default=None)


def events(incidents: Iterable[Incident]) -> tuple[Event, ...]:
    """All that happened, the newest first, what has no date last; of one moment by entry, what came later first."""
    found = [event for incident in incidents for event in events_of(incident)]
    found.reverse()
    found.sort(key=_order, reverse=True)
    return tuple(found)


def events_of(incident: Incident) -> Iterator[Event]:
    """What happened to one entry: it was added, then changed, then gone."""
    yield Event(appeared(incident), "added", incident, None, incident.published is not None)
    last = farewell(incident)
    for update in incident.updates:
        if update is not last:
            yield Event(update.date, "changed", incident, update)
    if incident.status in GONE:
        yield Event(last.date if last else None, incident.status, incident, last)


DAY_MINUTES = 24 * 60


def _order(event: Event) -> tuple[int, str, str]:
    return _minutes(event.moment), event.moment.text if event.moment else "", event.incident.id


def _minutes(moment: Moment | None) -> int:
    """What `moment_key` sorts by, in minutes; most moments are days, which count from noon."""
    if moment is None:
        return 0
    if moment.minute is None and moment.part is None:
        return moment.day.toordinal() * DAY_MINUTES + DAY_MINUTES // 2
    at = moment_key(moment)[0]
    return at.toordinal() * DAY_MINUTES + at.hour * 60 + at.minute
