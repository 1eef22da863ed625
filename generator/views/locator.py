"""The map of one incident, with how exactly its place is known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup

from ..figures.maps import Mark
from ..model import City, Incident, Location
from ..precision import RADIUS_M
from ..words import Words
from .atlas import map_of
from .base import Site

MOST_MAPS = 512
"""So many maps of places are kept, some 6 KiB each: all entries of a place that are known no more exactly share one."""

Spot = tuple[str, float, float]
"""A place on a map: its name, latitude and longitude. A tuple is told from another faster than a mark."""


def locator(site: Site, incident: Incident, cities: Sequence[City], near: Sequence[City]) -> Markup:
    """The map of an incident; nothing where there is no place."""
    if not site.has("maps") or not cities:
        return Markup("")
    own = [city.id for city in cities]
    here = tuple([(c.name, c.lat, c.lon) for c in cities])
    beside = tuple([(c.name, c.lat, c.lon) for c in near if c.id not in own])
    points = _points(incident)
    return _map_of_points(site.words, points, here, beside) if points else _map_of_places(site.words, here, beside)


def locator_note(site: Site, incident: Incident, cities: Sequence[City]) -> str:
    """How exactly the place on the map is known."""
    if not site.has("maps") or not cities:
        return ""
    points = _points(incident)
    return _note(site.words, max(map(_radius_m, points)) if points else RADIUS_M["settlement"])


def _note(words: Words, widest: float) -> str:
    return f"The circle shows how exactly the place is known: within {words.number_text(round(widest / 1000) or 1)} km."


def _points(incident: Incident) -> list[Location]:
    return [p for p in incident.locations if p.lat is not None and p.lon is not None]


def _radius_m(point: Location) -> float:
    return point.radius_m or RADIUS_M[point.precision or "settlement"]


@lru_cache(maxsize=MOST_MAPS)
def _map_of_places(words: Words, here: tuple[Spot, ...], beside: tuple[Spot, ...]) -> Markup:
    """The centres of an incident's cities, each with a circle as wide as a settlement."""
    radius_m = RADIUS_M["settlement"]
    return _map(words, [_mark(lat, lon, name, radius_m) for name, lat, lon in here], radius_m, here, beside)


def _map_of_points(
    words: Words, points: Sequence[Location], here: tuple[Spot, ...], beside: tuple[Spot, ...]
) -> Markup:
    """The points of an incident, those without a name called after its first city."""
    marks = [_mark(p.lat or 0.0, p.lon or 0.0, p.name or here[0][0], _radius_m(p)) for p in points]
    return _map(words, marks, max(m.radius_m for m in marks), here, beside)


def _mark(lat: float, lon: float, label: str, radius_m: float) -> Mark:
    return Mark(lat=lat, lon=lon, label=label, radius_m=radius_m, kind="incident", current=True)


def _map(
    words: Words, marks: Sequence[Mark], widest: float, here: tuple[Spot, ...], beside: tuple[Spot, ...]
) -> Markup:
    around = [Mark(lat=lat, lon=lon, label=name, kind="neighbour") for name, lat, lon in beside]
    names = words.list_text(tuple(name for name, _, _ in here))
    described = f"{_note(words, widest)} Borders are drawn alike, as thin dashed lines."
    return map_of(words, [*marks, *around], "map", f"Map: {names}", described)
