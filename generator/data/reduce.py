"""Makes `world.json` from two GeoJSON files of Natural Earth, 1:50 million: land, and the borders between countries.

    python -m generator.data.reduce land-50m.geojson borders-50m.geojson > generator/data/world.json

The first file is one feature (a MultiPolygon), the second a collection of LineStrings, each with the two countries it
lies between. The output is described in `README.md`. The generator never imports this.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from math import cos, radians
from pathlib import Path

from generator.figures.lines import Point, box_around, simplified, simplified_ring, whole

TOLERANCE = 1.8
"""How far a line may move, in hundredths of a degree (about a kilometre)."""

LEAST_ISLAND = 3.0
"""The longer side of the smallest island kept, in hundredths of a degree."""

LEFT_OUT = {("Russia", "Ukraine"): (33.0, 45.5, 36.0, 46.5)}
"""Lines left out, as the two countries and a box around the line (west, south, east, north).

Natural Earth draws borders as they are held. Places here are filed under the internationally recognised country, so the
line it draws between Crimea and the rest of Ukraine would say on a map what the pages do not say.
"""


def rings(land: dict) -> list[list[Point]]:  # type: ignore[type-arg]
    """The rings of the land in hundredths of a degree, without jumps at 180° and without the hole at the South Pole."""
    found = [ring for polygon in land["geometry"]["coordinates"] for ring in polygon]
    return [_unwound(ring) for ring in found if max(lat for _, lat in ring) > -89]


def _unwound(ring: list[list[float]]) -> list[Point]:
    """A ring that passes 180° instead of jumping; one that goes round a pole is closed along it."""
    points: list[Point] = []
    for lon, lat in ring:
        turns = round((points[-1][0] / 100 - lon) / 360) if points else 0
        points.append((100 * (lon + 360 * turns), 100 * lat))
    if abs(points[-1][0] - points[0][0]) > 18_000:
        return [*points, (points[-1][0], -9000.0), (points[0][0], -9000.0)]
    return points[:-1]


def lines(borders: dict) -> list[list[Point]]:  # type: ignore[type-arg]
    """The border lines in hundredths of a degree, without those in `LEFT_OUT`."""
    kept = [f["geometry"]["coordinates"] for f in borders["features"] if not _left_out(f)]
    return [[(100 * lon, 100 * lat) for lon, lat in line] for line in kept]


def _left_out(feature: dict) -> bool:  # type: ignore[type-arg]
    west, south, east, north = LEFT_OUT.get(tuple(sorted(feature["properties"]["between"])), (0, 0, 0, 0))
    return all(west < lon < east and south < lat < north for lon, lat in feature["geometry"]["coordinates"])


def _is_seen(ring: list[Point]) -> bool:
    box = box_around(ring)
    return max(box.right - box.left, box.top - box.bottom) >= LEAST_ISLAND


def _true(points: list[Point]) -> list[Point]:
    """Longitudes shrunk to the length they have on the ground, so that the tolerance is one of kilometres."""
    return [(lon * _cosine(lat), lat) for lon, lat in points]


def _spread(points: list[Point]) -> list[Point]:
    """What `_true` shrank, as it was."""
    return [(x / _cosine(lat), lat) for x, lat in points]


def _cosine(lat: float) -> float:
    return max(0.05, cos(radians(lat / 100)))


def _steps(points: list[tuple[int, int]]) -> list[int]:
    """The first point and the steps to each next one."""
    return [
        *points[0],
        *(part for a, b in pairwise(points) for part in (b[0] - a[0], b[1] - a[1])),
    ]


def _written(outlines: list[list[tuple[int, int]]]) -> str:
    return "[\n" + ",\n".join(json.dumps(_steps(points), separators=(",", ":")) for points in outlines) + "\n]"


def world(land: dict, borders: dict) -> str:  # type: ignore[type-arg]
    """The text of `world.json`: one outline a line."""
    islands = [whole(_spread(simplified_ring(_true(ring), TOLERANCE))) for ring in rings(land) if _is_seen(ring)]
    edges = [whole(_spread(simplified(_true(line), TOLERANCE))) for line in lines(borders)]
    kept = (_written([ring for ring in islands if len(ring) > 2]), _written([edge for edge in edges if len(edge) > 1]))
    return '{{"land":{},\n"borders":{}}}\n'.format(*kept)


if __name__ == "__main__":
    sys.stdout.write(world(*(json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3])))
