"""Each incident as JSON, in the words of its front matter, so that other programs can read what a person can."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec

from .. import routes
from ..chronicle import Linked
from ..counts import Count
from ..edtf import Edtf
from ..ledger import independent
from ..model import Incident, Page, Record
from ..moments import Moment
from ..times import Time
from ..views.base import Site
from ..views.desk import Desk

_GIVEN = frozenset(Record.__struct_fields__) | {"private", "embargo_until"}


def pages(desk: Desk) -> Iterator[Page]:
    """A JSON file beside the page of each published incident."""
    for id in desk.chronicle.timeline:
        yield desk.page(routes.incident_data(id), "", record, partial(_parts, desk.chronicle.entries[id]))


def _parts(entry: Linked) -> tuple[Incident, tuple[str, ...], tuple[str, ...]]:
    return entry.incident, entry.cities, independent(entry.sources)


def record(site: Site, path: str, incident: Incident, cities: tuple[str, ...], origins: tuple[str, ...]) -> bytes:
    """The record with its id, its address, its cities by id and the origins its sources go back to."""
    content = {
        "id": incident.id,
        "url": site.absolute(routes.incident(incident.id)),
        "licence": incident.licence or site.licence,
        **{name: authored(getattr(incident, name)) for name in incident.__struct_fields__ if _is_told(incident, name)},
        "city": list(cities),
        "independent_sources": list(origins),
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def _is_told(incident: Incident, name: str) -> bool:
    return name not in _GIVEN and name != "licence" and getattr(incident, name) not in (None, (), {})


def authored(value: Any) -> Any:
    """A value as an author writes it: dates, times and counts as their text, absent keys left out."""
    if isinstance(value, Edtf | Time | Moment | Count):
        return value.text
    if isinstance(value, msgspec.Struct):
        fields = {name: authored(getattr(value, name)) for name in value.__struct_fields__}
        flat = fields.pop("document", None) or {}
        return {name: item for name, item in (flat | fields).items() if item not in (None, [], {}, "", False)}
    if isinstance(value, tuple | list):
        return [authored(item) for item in value]
    if isinstance(value, dict):
        return {key: authored(item) for key, item in value.items()}
    return value
