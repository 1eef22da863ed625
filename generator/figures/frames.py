"""What part of the world a map shows, and where a place stands on it.

The projection is the equidistant conic with one standard parallel, at the middle of the map: meridians are straight
and true to scale, parallels are arcs, as in an atlas. At 45–60° N an oblong of 2000 km is true to 2 % everywhere,
where degrees stretched by one cosine would be up to 20 % too wide at the top. Towards the equator it passes into the
equirectangular one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import atan2, ceil, copysign, cos, degrees, hypot, radians, sin, tan

import msgspec

from .lines import Box, Point

ASPECT = 1.5
"""Width by height of a map, unless said otherwise."""

MARGIN = 0.1
"""Room around the outermost places, as a share of the map on each side."""

MOST_CONES = 64
"""So many cones are kept: a map is drawn on one alone, point after point."""

_EARTH = 6371.0
_WORLD_WIDE = 150.0


class Frame(msgspec.Struct, frozen=True):
    """An oblong on the map: its middle and standard parallel in degrees, its sides in kilometres."""

    lat: float
    lon: float
    parallel: float
    width_km: float
    height_km: float


def frame_around(points: Iterable[tuple[float, float]], min_span_km: float, aspect: float = ASPECT) -> Frame | None:
    """The smallest frame of this aspect, at least so wide, with all points (`lat, lon`) in it; None for no points.

    There is a margin around the points, and those on both sides of 180° are taken the short way round. The numbers
    are rounded, so equal points give equal bytes everywhere.
    """
    places = sorted(set(points))
    if not places:
        return None
    rough = _centred(places)
    spread = [place_km(rough, lat, lon) for lat, lon in places]
    xs, ys = [x for x, _ in spread], [y for _, y in spread]
    lat, lon = position(rough, (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    centre = Frame(round(lat, 3), round(_wrapped(lon), 3), rough.parallel, 0, 0)
    return _opened(centre, [place_km(centre, *place) for place in places], min_span_km, aspect)


def _centred(places: Sequence[tuple[float, float]]) -> Frame:
    """A frame without sides in the middle of the places, on the short way round the world."""
    lats = [lat for lat, _ in places]
    west, span = _narrowest(sorted(lon for _, lon in places))
    lat = (min(lats) + max(lats)) / 2
    return Frame(lat, _wrapped(west + span / 2), _parallel(lat if span < _WORLD_WIDE else 0), 0, 0)


def _narrowest(lons: Sequence[float]) -> tuple[float, float]:
    """Where the narrowest range that holds all of these sorted longitudes begins, and how wide it is."""
    gaps = [(after - before, after) for before, after in pairwise(lons)]
    widest, west = max([(lons[0] + 360 - lons[-1], lons[0]), *gaps], key=lambda gap: gap[0])
    return west, 360 - widest


def _parallel(lat: float) -> float:
    """A latitude the cone can stand on: neither the equator, where it has no tip, nor a pole, where it is flat."""
    return round(copysign(min(max(abs(lat), 1.0), 89.0), lat), 3)


def _opened(centre: Frame, spread: Sequence[Point], min_span_km: float, aspect: float) -> Frame:
    """The frame with sides that leave the margin around the points."""
    room = 1 - 2 * MARGIN
    wide = 2 * max(abs(x) for x, _ in spread) / room
    high = 2 * max(abs(y) for _, y in spread) / room
    width = ceil(max(wide, high * aspect, min_span_km, 1))
    return msgspec.structs.replace(centre, width_km=float(width), height_km=round(width / aspect, 1))


def place_km(frame: Frame, lat: float, lon: float) -> Point:
    """Kilometres east and north of the middle of the frame, taking the short way round the world."""
    return projection(frame)(lat, frame.lon + _wrapped(lon - frame.lon))


def projection(frame: Frame) -> Callable[[float, float], Point]:
    """As `place_km`, for longitudes that already stand within half a turn of the frame's; what all points share is worked out once."""
    cone, east = _cone(frame.parallel), frame.lon
    narrowing, tip, middle = cone.narrowing, cone.tip, cone.tip - radians(frame.lat)

    def flat_km(lat: float, lon: float) -> Point:
        turn, radius = narrowing * radians(lon - east), tip - radians(lat)
        return _EARTH * radius * sin(turn), _EARTH * (middle - radius * cos(turn))

    return flat_km


def position(frame: Frame, east: float, north: float) -> tuple[float, float]:
    """Latitude and longitude of a point so many kilometres from the middle; the longitude may pass 180°."""
    cone = _cone(frame.parallel)
    across, down = east / _EARTH, cone.tip - radians(frame.lat) - north / _EARTH
    lat = degrees(cone.tip - cone.side * hypot(across, down))
    lon = frame.lon + degrees(atan2(cone.side * across, cone.side * down) / cone.narrowing)
    return max(-90.0, min(90.0, lat)), lon


class _Cone(msgspec.Struct, frozen=True, gc=False):
    """The cone of a standard parallel: the sine by which meridians draw together, how far its tip is from the equator in
    Earth radii, and on which side of it (1 or -1)."""

    narrowing: float
    tip: float
    side: float


@lru_cache(maxsize=MOST_CONES)
def _cone(parallel: float) -> _Cone:
    angle = radians(parallel)
    return _Cone(sin(angle), 1 / tan(angle) + angle, copysign(1, angle))


def _wrapped(lon: float) -> float:
    """The same longitude from -180 up to 180."""
    return (lon + 180) % 360 - 180


def window(frame: Frame) -> Box:
    """A box of longitudes and latitudes (degrees) that holds the frame, so roomy that its own sides stay out of
    sight.

    A side along a parallel is drawn as a chord of its arc; the box is higher by the sagitta of that arc.
    """
    rim = [position(frame, *point) for point in _rim(frame)]
    lats, lons = [lat for lat, _ in rim], [lon for _, lon in rim]
    half = min(180.0, max(abs(lon - frame.lon) for lon in lons) + 0.5)
    cone = _cone(frame.parallel)
    radius = max(abs(cone.tip - radians(lat)) for lat in lats)
    sagitta = degrees(radius * (1 - cos(cone.narrowing * radians(half)))) + 0.5
    return Box(frame.lon - half, max(-90.0, min(lats) - sagitta), frame.lon + half, min(90.0, max(lats) + sagitta))


def _rim(frame: Frame) -> list[Point]:
    """Points all along the edge of the frame, in kilometres from its middle."""
    steps = [i / 8 for i in range(-8, 9)]
    x, y = frame.width_km / 2, frame.height_km / 2
    return [
        (x * s, y * t)
        for s, t in [*((s, t) for s in steps for t in (-1, 1)), *((s, t) for s in (-1, 1) for t in steps)]
    ]


def scale_km(frame: Frame) -> int:
    """The length of a scale bar, a round number of at most a quarter of the width; 0 where no one scale holds."""
    if frame.width_km > 8000:
        return 0
    most, length = frame.width_km / 4, 1
    for step in (2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000):
        length = step if step <= most else length
    return length
