"""The map of one incident, with how exactly its place is known."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ..figures.maps import Mark
from ..model import City, Incident
from ..precision import RADIUS_M
from .atlas import map_of
from .base import Site


def locator(site: Site, incident: Incident, cities: Sequence[City], near: Sequence[City]) -> tuple[Markup, str]:
    """The map of an incident with a word on how exactly the place is known; nothing where there is no place."""
    if not site.has("maps") or not cities:
        return Markup(""), ""
    marks = _marks(incident, cities)
    names = site.words.list_text(tuple(c.name for c in cities))
    widest = max(m.radius_m for m in marks)
    note = f"The circle shows how exactly the place is known: within {site.words.number_text(round(widest / 1000) or 1)} km."
    marks += [Mark(lat=c.lat, lon=c.lon, label=c.name, kind="neighbour") for c in near if c not in cities]
    described = f"{note} Borders are drawn alike, as thin dashed lines."
    return map_of(site.words, marks, "map", f"Map: {names}", described), note


def _marks(incident: Incident, cities: Sequence[City]) -> list[Mark]:
    """The points of an incident; the centre of its city, with a circle as wide as a settlement, where it has none."""
    points = [p for p in incident.locations if p.lat is not None and p.lon is not None]
    if not points:
        return [
            Mark(lat=c.lat, lon=c.lon, label=c.name, radius_m=RADIUS_M["settlement"], kind="incident", current=True)
            for c in cities
        ]
    return [
        Mark(
            lat=p.lat or 0.0,
            lon=p.lon or 0.0,
            label=p.name or cities[0].name,
            radius_m=p.radius_m or RADIUS_M[p.precision or "settlement"],
            kind="incident",
            current=True,
        )
        for p in points
    ]
