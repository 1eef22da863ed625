"""The open contradictions as JSON: the newest with the years there are, and all entries of each year in the order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from .. import routes
from ..ledger import Contradiction
from ..model import Page
from ..views.base import Site
from ..views.contradictions import ROWS
from ..views.desk import Desk
from ..views.listing import by_number
from .encoding import encoded, with_addresses
from .weights import field_data, sides_data, written

MOST_NEWEST = 50
"""So many entries stand in the overview."""


def pages(desk: Desk) -> Iterator[Page]:
    """The overview, and a file for each year; they stand beside the list of contradictions alone."""
    if not desk.site.has("contradictions"):
        return
    ids = tuple(desk.contradictions)
    years = {str(year or ROWS.rest): of for year, of in by_number(ids, lambda id: desk.cards[id].slot.year).items()}
    counts = tuple((name, len(of)) for name, of in years.items())
    newest = ids[:MOST_NEWEST]
    yield desk.page(routes.contradictions_data(), "", overview, partial(_overview_parts, desk, newest, counts))
    for name, of in years.items():
        yield desk.page(routes.contradictions_data(name), "", of_year, partial(_year_parts, desk, of))


def _overview_parts(desk: Desk, ids: Sequence[str], counts: tuple[tuple[str, int], ...]) -> tuple[Any, ...]:
    return tuple(_told(desk, id) for id in ids), counts


def _year_parts(desk: Desk, ids: Sequence[str]) -> tuple[Any, ...]:
    return (tuple(_told(desk, id) for id in reversed(ids)),)


def _told(desk: Desk, id: str) -> dict[str, Any]:
    """An entry with what cannot all be true of it."""
    incident = desk.chronicle.entries[id].incident
    found = [_contradiction(contradiction) for contradiction in desk.contradictions[id]]
    return {"date": incident.date.text, "id": id, "title": incident.title, "contradictions": found}


def _contradiction(found: Contradiction) -> dict[str, Any]:
    data = field_data(found.field) | {"open": found.is_open}
    if found.stated is not None:
        data["stated"] = written(found.stated)
    return data | {"sides": list(sides_data(found))}


def overview(site: Site, path: str, newest: tuple[dict[str, Any], ...], counts: tuple[tuple[str, int], ...]) -> bytes:
    """The newest entries first, and the address of each year with how many it has."""
    years = [{"year": name, "entries": n, "url": site.absolute(routes.contradictions_data(name))} for name, n in counts]
    return encoded({"title": site.title, "years": years, "newest": with_addresses(site, newest)})


def of_year(site: Site, path: str, rows: tuple[dict[str, Any], ...]) -> bytes:
    """All entries of a year, the oldest first."""
    return encoded({"title": site.title, "entries": with_addresses(site, rows)})
