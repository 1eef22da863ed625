"""What lies under the marks of a map: land, borders and a graticule of one frame, as short paths.

A ground depends on its frame alone. Making one takes a millisecond or two: who draws many maps of one city keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor

import msgspec

from .basemap import Basemap, borders_in, land_in
from .frames import Frame, projection, window
from .lines import Box, Point, box_around, clipped_line, clipped_ring, path, simplified, simplified_ring

WIDTH = 720
"""Units across the ground; about the pixels of the widest map shown."""

MOST_PATH = 3000
"""Characters of land, borders and graticule together; a map of a whole region wants twice as many."""

_TOLERANCES = tuple(0.5 * 1.4**step for step in range(16))
_BORDERS_UNTIL = 4.0
_BLEED = 4.0


class Ground(msgspec.Struct, frozen=True):
    """What lies under the marks of a map, as paths in units of which the frame is `WIDTH` wide."""

    frame: Frame
    land: str
    borders: str
    graticule: str

    @property
    def height(self) -> float:
        """Units from top to bottom."""
        return WIDTH * self.frame.height_km / self.frame.width_km


def ground(world: Basemap, frame: Frame, most: int = MOST_PATH) -> Ground:
    """The land and borders of a frame, as exact as so many characters of path allow."""
    sketch = _sketch(world, frame)
    for tolerance in _TOLERANCES:
        sketch = _thinned(sketch, tolerance)
        made = Ground(frame, path(sketch.land, close="z"), path(sketch.borders), path(sketch.graticule))
        if len(made.land) + len(made.borders) + len(made.graticule) <= most:
            break
    return made


class _Sketch(msgspec.Struct, frozen=True):
    """Rings and lines in units of the drawing."""

    land: list[list[Point]]
    borders: list[list[Point]]
    graticule: list[list[Point]]


def _sketch(world: Basemap, frame: Frame) -> _Sketch:
    """All that the basemap knows of a frame."""
    degrees, view = window(frame), _view(frame)
    box = Box(*(100 * side for side in (degrees.left, degrees.bottom, degrees.right, degrees.top)))
    land = [clipped_ring(_drawn(frame, ring), view) for ring in land_in(world, box)]
    borders = [part for line in borders_in(world, box) for part in clipped_line(_drawn(frame, line), view)]
    grid = [part for line in _graticule(degrees) for part in clipped_line(_drawn(frame, line), view)]
    return _Sketch(land, [line for line in borders if _span(line) >= 2], [simplified(line, 0.5) for line in grid])


def _thinned(sketch: _Sketch, tolerance: float) -> _Sketch:
    """The sketch made simpler: the smallest islands go first, borders all at once, since some alone would mislead."""
    land = [ring for ring in (simplified_ring(ring, tolerance) for ring in sketch.land) if _span(ring) >= 2 * tolerance]
    borders = [simplified(line, tolerance) for line in sketch.borders] if tolerance < _BORDERS_UNTIL else []
    return _Sketch(land, borders, sketch.graticule)


def _span(line: Sequence[Point]) -> float:
    """The longer side of the box around a line; 0 for none."""
    box = box_around(line) if line else Box(0, 0, 0, 0)
    return max(box.right - box.left, box.top - box.bottom)


def _view(frame: Frame) -> Box:
    """What is drawn, in units: a little more than is seen, so that the cut edges of the land stay out of sight."""
    return Box(-_BLEED, -_BLEED, WIDTH + _BLEED, WIDTH * frame.height_km / frame.width_km + _BLEED)


def _drawn(frame: Frame, line: Iterable[Point]) -> list[Point]:
    """A line of longitudes and latitudes in hundredths of a degree, in units of the drawing; y grows downwards."""
    unit, flat_km = WIDTH / frame.width_km, projection(frame)
    across, down = frame.width_km / 2, frame.height_km / 2
    return [((x + across) * unit, (down - y) * unit) for x, y in [flat_km(lat / 100, lon / 100) for lon, lat in line]]


def _graticule(box: Box) -> list[list[Point]]:
    """Meridians and parallels across a box of degrees, three to eight of each; in hundredths of a degree."""
    step = next((s for s in (1, 2, 5, 10, 20) if box.top - box.bottom <= 6 * s), 30)
    wide = next((s for s in (1, 2, 5, 10, 20) if (box.right - box.left) <= 7 * s), 30)
    lats = [lat for lat in range(-90 + step, 90, step) if box.bottom < lat < box.top]
    lons = range(wide * (floor(box.left / wide) + 1), ceil(box.right), wide)
    bottom, top = max(box.bottom, -90), min(box.top, 90)
    across = [box.left + (box.right - box.left) * i / 32 for i in range(33)]
    parallels = [[(100 * lon, 100.0 * lat) for lon in across] for lat in lats]
    return parallels + [[(100.0 * lon, 100 * bottom), (100.0 * lon, 100 * top)] for lon in lons]
