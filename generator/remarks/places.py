"""Remarks on points: far from the entry's city, or more exact than they are said to be."""

from __future__ import annotations

from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt

from ..chronicle import Chronicle, Linked
from ..model import City, Location
from ..precision import DECIMALS
from ..problems import Problem
from .remark import as_written, file_of, remark

EARTH_KM = 6371.0
FAR_KM = 100
"""Farther than any city reaches; a point in its region may lie as far."""

WIDE = ("region", "country")
"""Precisions whose points stand for more than a city."""

SPARE_DECIMALS = 1
"""A point may have so many decimals more than its precision is told with."""


def point_far(chronicle: Chronicle, entry: Linked) -> Iterator[Problem]:
    """A point lies near one of the entry's cities; where something was launched may be far."""
    cities = [chronicle.cities[id] for id in entry.cities]
    for n, place in enumerate(entry.incident.locations and as_written(chronicle, entry).locations, 1):
        if place.lat is None or place.lon is None or place.role == "launch" or place.precision in WIDE or not cities:
            continue
        city, km = _nearest(place.lat, place.lon, cities)
        if km > FAR_KM:
            swapped = _nearest(place.lon, place.lat, cities)[1] if abs(place.lon) <= 90 else km
            hint = "are lat and lon swapped?" if swapped <= FAR_KM else "look at its digits and signs"
            message = f"lies {km:,.0f} km from {city.name}"
            yield remark("point-far", file_of(chronicle, entry), f"locations.{n}", message, hint)


def _nearest(lat: float, lon: float, cities: list[City]) -> tuple[City, float]:
    """The city that is nearest to a point, and how far it is."""
    return min(((city, kilometres(lat, lon, city.lat, city.lon)) for city in cities), key=lambda found: found[1])


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance of two points on a round Earth, by the haversine formula."""
    a, b = radians(lat), radians(other_lat)
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))


def point_too_exact(chronicle: Chronicle, entry: Linked) -> Iterator[Problem]:
    """A point has no more digits than its precision bears out."""
    for n, place in enumerate(entry.incident.locations and as_written(chronicle, entry).locations, 1):
        if place.precision is None or place.lat is None or place.lon is None:
            continue
        digits, most = _decimals(place), DECIMALS[place.precision] + SPARE_DECIMALS
        if digits > most:
            message = f"has {digits} decimals and the precision {place.precision}, which bears out {most}"
            hint = "say the precision that is known, or leave out the digits that are not"
            yield remark("point-too-exact", file_of(chronicle, entry), f"locations.{n}", message, hint)


def _decimals(place: Location) -> int:
    """How many decimals a point has, the larger number of both coordinates."""
    return max(len(f"{value:.7f}".rstrip("0").partition(".")[2]) for value in (place.lat or 0, place.lon or 0))
