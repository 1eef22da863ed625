"""Each incident as JSON, in the words of its front matter, so that other programs can read what a person can."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from operator import attrgetter
from typing import Any

import msgspec

from .. import routes
from ..chronicle import Linked
from ..counts import Count
from ..edtf import Edtf
from ..history import farewell
from ..ledger import Cited, independent
from ..model import GONE, OUTCOMES, Incident, Page, Record
from ..moments import Moment
from ..times import Time
from ..views.base import Site
from ..views.desk import Desk
from ..views.weighed import Weights, ledger_in, speaking, weights_of
from .encoding import encoded
from .weights import ledger_data

_GIVEN = frozenset(Record.__struct_fields__) | {"private", "embargo_until", "licence"}
_TOLD = tuple(name for name in Incident.__struct_fields__ if name not in _GIVEN)

_told_of = attrgetter(*_TOLD)

_WRITTEN = frozenset((Edtf, Time, Moment, Count))
"""What has a writing of its own, in its `text`."""

_NUMBERS = (int, float)
"""A number is told where it is 0 too, such as the longitude of Greenwich."""


def pages(desk: Desk) -> Iterator[Page]:
    """A JSON file beside the page of each incident; of one that is gone it says no more than that, and why."""
    for id, entry in desk.chronicle.entries.items():
        if entry.incident.status in GONE:
            yield desk.page(routes.incident_data(id), "", farewell_record, partial(_of_gone, entry))
        else:
            yield desk.page(routes.incident_data(id), "", record, partial(_parts, desk, entry))


def _parts(desk: Desk, entry: Linked) -> tuple[Incident, tuple[str, ...], tuple[str, ...], tuple[Cited, ...], Weights]:
    origins, weights = independent(entry.sources), weights_of(desk.chronicle, entry)
    return entry.incident, entry.cities, origins, speaking(entry), weights


def _of_gone(entry: Linked) -> tuple[Incident]:
    return (entry.incident,)


def farewell_record(site: Site, path: str, incident: Incident) -> bytes:
    """What is left of an entry that is gone: nothing in it can be counted by mistake."""
    last = farewell(incident)
    content: dict[str, Any] = {
        "id": incident.id,
        "url": site.absolute(routes.incident(incident.id)),
        "status": incident.status,
        "title": incident.title,
    }
    if last:
        content[incident.status] = last.date.text
    left = ((name, getattr(incident, name)) for name in _LEFT)
    content |= {name: authored(value) for name, value in left if value not in (None, ())}
    return encoded(content)


_LEFT = ("status_note", "merged_into", "published", "updates", "previous_ids")


def record(
    site: Site,
    path: str,
    incident: Incident,
    cities: tuple[str, ...],
    origins: tuple[str, ...],
    sources: tuple[Cited, ...],
    weights: Weights,
) -> bytes:
    """The record with its id, its address, its cities by id, the origins its sources go back to, and how its claims weigh."""
    claims = ledger_data(ledger_in(site, incident, sources, weights)) if sources else []
    content = {
        "id": incident.id,
        "url": site.absolute(routes.incident(incident.id)),
        "licence": incident.licence or site.licence,
        **{
            name: authored(value)
            for name, value in zip(_TOLD, _told_of(incident), strict=True)
            if value not in (None, (), {})
        },
        "bounds": bounds_of(incident),
        "city": list(cities),
        "independent_sources": list(origins),
        **({"ledger": claims} if claims else {}),
    }
    return encoded(content)


def bounds_of(incident: Incident) -> dict[str, Any]:
    """What the date and the counts of an entry allow: the earliest and the latest day, the least and the most; null for an open end.

    `about` says that a bound is rough, `uncertain` that some `~ ? %` stands in the date.
    """
    date = incident.date
    found: dict[str, Any] = {"date": {"earliest": date.earliest, "latest": date.latest, "uncertain": date.qualified}}
    toll = incident.casualties
    told = ((outcome, getattr(toll, outcome)) for outcome in OUTCOMES) if toll else ()
    counts = {name: count_bounds(count) for name, count in told if count is not None}
    return found | ({"casualties": counts} if counts else {})


def count_bounds(count: Count) -> dict[str, Any]:
    return {"low": count.low, "high": count.high, "about": count.about}


def authored(value: Any) -> Any:
    """A value as an author writes it: dates, times and counts as their text, absent keys left out."""
    kind = type(value)
    if kind is str:
        return value
    if kind is tuple or kind is list:
        return [authored(item) for item in value]
    if kind in _WRITTEN:
        return value.text
    if kind is dict:
        return {key: authored(item) for key, item in value.items()}
    return _authored_fields(value) if issubclass(kind, msgspec.Struct) else value


def _authored_fields(value: msgspec.Struct) -> dict[str, Any]:
    """The keys of a value that say something; those of a document stand beside its citation's own, before them."""
    fields: dict[str, Any] = {}
    for name, part in zip(value.__struct_fields__, _parts_of(type(value))(value), strict=True):
        if type(part) is str:
            if part:
                fields[name] = part
        elif part or type(part) in _NUMBERS:
            told = authored(part)
            if told != {}:
                fields[name] = told
    document: dict[str, Any] = fields.pop("document", {})
    return document | fields


@cache
def _parts_of(kind: type[msgspec.Struct]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives all fields of a value at once; of a type with one field, that field alone in a tuple."""
    names = kind.__struct_fields__
    return attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
