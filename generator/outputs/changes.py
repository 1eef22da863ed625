"""The changelog as JSON: the newest changes with the years there are, and all changes of each year in the order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from .. import routes
from ..history import Event
from ..model import Page
from ..views.base import Site
from ..views.desk import Desk
from ..views.listing import by_number
from ..views.slots import slot_of_date
from .encoding import encoded, with_addresses

MOST_NEWEST = 200
"""So many changes stand in the overview."""

UNDATED = "undated"


def pages(desk: Desk) -> Iterator[Page]:
    """The overview, and a file for each year; they stand beside the list of changes alone."""
    if not desk.site.has("changes"):
        return
    years = {str(year or UNDATED): found for year, found in by_number(desk.history, _year).items()}
    counts = tuple((name, len(found)) for name, found in years.items())
    newest = desk.history[:MOST_NEWEST]
    yield desk.page(routes.changes_data(), "", overview, partial(_overview_parts, newest, counts))
    for name, found in years.items():
        yield desk.page(routes.changes_data(name), "", of_year, partial(_year_parts, found))


def _overview_parts(newest: Sequence[Event], counts: tuple[tuple[str, int], ...]) -> tuple[Any, ...]:
    return tuple(_told(event) for event in newest), counts


def _year_parts(found: Sequence[Event]) -> tuple[Any, ...]:
    return (tuple(_told(event) for event in reversed(found)),)


def _year(event: Event) -> int:
    return slot_of_date(event.date).year if event.date else 0


def _told(event: Event) -> dict[str, Any]:
    """What a reader of data needs of a change; `dated_by` says what its day goes by, and what is not known is left out."""
    incident, update, moment = event.incident, event.update, event.moment
    is_gone = event.what not in ("added", "changed")
    told = {
        "at": moment.text if moment and moment.text != moment.day.isoformat() else None,
        "dated_by": _dated_by(event),
        "change": event.what,
        "id": incident.id,
        "title": incident.title,
        "kind": update.kind if update and not is_gone else None,
        "text": incident.status_note if is_gone else update.text if update else None,
        "by": update.by if update else None,
        "merged_into": incident.merged_into if is_gone else None,
    }
    return {"date": event.date.text if event.date else None} | {
        key: value for key, value in told.items() if value is not None
    }


def _dated_by(event: Event) -> str | None:
    """The key of the front matter that the date is taken from; `date` for an entry that was added then or later."""
    if event.what == "added":
        return "published" if event.is_stated else "date"
    return "updates" if event.update else None


def overview(site: Site, path: str, newest: tuple[dict[str, Any], ...], counts: tuple[tuple[str, int], ...]) -> bytes:
    """The newest changes first, and the address of each year with how many it has."""
    years = [{"year": name, "changes": n, "url": site.absolute(routes.changes_data(name))} for name, n in counts]
    return encoded({"title": site.title, "years": years, "newest": with_addresses(site, newest)})


def of_year(site: Site, path: str, rows: tuple[dict[str, Any], ...]) -> bytes:
    """All changes of a year, the oldest first."""
    return encoded({"title": site.title, "changes": with_addresses(site, rows)})
