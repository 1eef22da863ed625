"""Which places lie nearest to each other, by the great circle."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from math import asin, cos, radians, sin, sqrt

from ..model import City

EARTH_KM = 6371.0
KM_PER_DEGREE = EARTH_KM * radians(1)


def distance_km(a: City, b: City) -> float:
    """Kilometres between two places over the surface of a round Earth."""
    north, east = radians(b.lat - a.lat), radians(b.lon - a.lon)
    half = sin(north / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def nearest(city: City, by_latitude: Sequence[City], most: int) -> tuple[tuple[City, float], ...]:
    """The places nearest to a city, without itself, with their distance in km; nearest first, then by id.

    `by_latitude` is sorted by latitude. It is searched outwards from the city only as far as a nearer place can lie.
    """
    found: list[tuple[float, str, City]] = []
    for other in _outwards(city, by_latitude):
        if len(found) == most and abs(other.lat - city.lat) * KM_PER_DEGREE > found[-1][0]:
            break
        if other.id != city.id:
            found = nsmallest(most, [*found, (distance_km(city, other), other.id, other)], key=lambda f: f[:2])
    return tuple((other, km) for km, _, other in found)


def _outwards(city: City, by_latitude: Sequence[City]) -> Iterator[City]:
    """Places in the order of how far north or south of a city they lie."""
    above = bisect_left(by_latitude, city.lat, key=lambda c: c.lat)
    below = above - 1
    while below >= 0 or above < len(by_latitude):
        north = by_latitude[above].lat - city.lat if above < len(by_latitude) else float("inf")
        south = city.lat - by_latitude[below].lat if below >= 0 else float("inf")
        if north <= south:
            yield by_latitude[above]
            above += 1
        else:
            yield by_latitude[below]
            below -= 1
