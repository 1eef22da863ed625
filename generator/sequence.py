"""Which of two incidents came first, as hours tell it: a source that gives one, or that reported before the other began."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from .claims import Cited, Claim, Field, When, doubted, in_time
from .dates import window
from .model import Incident, LedgerRules, Says, TimeOf
from .moments import instant
from .zones import utc_of


class Event(msgspec.Struct, frozen=True):
    """Another incident with the instants between which it began and ended, in UTC; None where that is open."""

    id: str
    start: datetime.datetime | None
    end: datetime.datetime | None


def ordered_by_clock(
    claims: Sequence[Claim],
    sources: Sequence[Cited],
    events: Mapping[str, Event],
    zone: str,
    rules: LedgerRules,
    time_of: TimeOf = "event",
) -> tuple[Claim, ...]:
    """Claims with those of order that follow from the hours of other sources, for every incident that some source puts
    before or after this one. What a source itself says of the order comes before what its hours tell. `time_of` is what
    the entry's own time is of: an entry on a statement stands in the order by its hour.
    """
    of = {"", "alert", time_of}
    found = list(claims)
    for field in dict.fromkeys(claim.field for claim in claims if claim.field.topic == "order"):
        event = events.get(field.name)
        silent = {claim.cited.name for claim in claims if claim.field == field}
        if event is not None and zone:
            found += _from_hours(field, [c for c in claims if c.cited.name not in silent], event, zone, of)
            silent |= {claim.cited.name for claim in found if claim.field == field}
            reports = [s for s in sources if s.name not in silent and s.citation.status != "withdrawn"]
            found += _from_reports(field, reports, event, rules)
    return in_time(found) if len(found) > len(claims) else tuple(claims)


def _from_hours(field: Field, claims: Sequence[Claim], event: Event, zone: str, of: Container[str]) -> Iterator[Claim]:
    """The order that the hours of the event, or of the alert about it, tell; one for each source."""
    seen: set[str] = set()
    for claim in claims:
        if claim.field.topic == "time" and claim.field.name in of and claim.is_current:
            order = _order(claim.value, event, zone) if isinstance(claim.value, When) else None
            if order and claim.cited.name not in seen:
                seen.add(claim.cited.name)
                yield msgspec.structs.replace(claim, field=field, value=(order,), basis="hour")


def _order(when: When, event: Event, zone: str) -> Literal["before", "after"] | None:
    if when.end is not None and event.start is not None and _utc(when.end, zone) < event.start:
        return "before"
    if when.start is not None and event.end is not None and event.end < _utc(when.start, zone):
        return "after"
    return None


def _utc(local: datetime.datetime, zone: str) -> datetime.datetime:
    return utc_of(local.date(), local.hour * 60 + local.minute, zone)


def _from_reports(field: Field, sources: Sequence[Cited], event: Event, rules: LedgerRules) -> Iterator[Claim]:
    """What was reported before the other event began, came before it; one for each source."""
    seen: set[str] = set()
    for cited in sources:
        told = instant(cited.citation.as_of) if cited.citation.as_of else None
        if told and event.start and told < event.start and cited.name not in seen:
            seen.add(cited.name)
            yield Claim(field, cited, ("before",), cited.citation.as_of, is_doubted=doubted(cited, rules), basis="told")


def others_of(says: Says | None) -> tuple[str, ...]:
    """The incidents that a source puts before or after the one it is cited for."""
    return (*says.before, *says.after) if says is not None else ()


def event_of(incident: Incident, zone: str) -> Event:
    """An incident between its instants, as far as its date and time tell."""
    start, end = window(incident.date, incident.time)
    return Event(incident.id, _utc(start, zone) if start else None, _utc(end, zone) if end else None)
