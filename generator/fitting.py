"""How surely an incident is one of those that a query asks for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .dates import Certainty, certainty_between
from .model import Incident, Where
from .names import Names
from .queries import frames_of
from .routes import slug_of


def certainty_of(where: Where, incident: Incident, cities: Sequence[str], names: Names) -> Certainty | None:
    """`certain` or `possible` for an incident that may fit all that is asked, None for one that cannot; only its date leaves it open."""
    if where.kind and incident.kind not in where.kind:
        return None
    if where.city and not fits_city(where, cities, names):
        return None
    if where.tag and not {slug_of(t) for t in where.tag} & {slug_of(t) for t in incident.tags}:
        return None
    frames = frames_of(where)
    if not frames:
        return "certain"
    found = {certainty_between(incident.date, *frame) for frame in frames}
    return "certain" if "certain" in found else "possible" if "possible" in found else None


def fits_city(where: Where, cities: Collection[str], names: Names) -> bool:
    return any(names.one(name) in cities for name in where.city)
