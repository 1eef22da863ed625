"""The land and borders of the world, decoded from `generator/data/world.json`, and the part of them inside a box.

Positions are in hundredths of a degree, east and north. A ring may pass 180° (up to 19100 or so) instead of jumping
to -180°, so whoever looks for a part of the world looks one turn further both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate

import msgspec

from .lines import Box, Point, clipped_line, clipped_ring

TURN = 36_000
_STRETCH = 32
_COLUMN = 1500


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """Some consecutive points of a line, with the box around them."""

    box: Box
    points: tuple[Point, ...]


class Outline(msgspec.Struct, frozen=True, dict=True):
    """A line or a ring, with the box around it; a ring does not say its first point again."""

    box: Box
    xs: list[int]
    ys: list[int]

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """All of it in order; most of the world is never looked at so closely."""
        starts = range(0, len(self.xs), _STRETCH)
        return tuple(_stretch(self.xs[i : i + _STRETCH], self.ys[i : i + _STRETCH]) for i in starts)


class Layer(msgspec.Struct, frozen=True):
    """Outlines of one sort, and for each column of the world from west to east the places of those that reach into it."""

    outlines: tuple[Outline, ...]
    columns: tuple[tuple[int, ...], ...]


class Basemap(msgspec.Struct, frozen=True):
    """Rings of land (a ring inside another is water) and lines of borders."""

    land: Layer
    borders: Layer


class _World(msgspec.Struct):
    """The file: a line of `x, y` of the first point and then the steps to each next one."""

    land: list[list[int]]
    borders: list[list[int]]


def basemap(data: bytes | str) -> Basemap:
    """The basemap in the text of `world.json`; another text is a bug and raises."""
    world = msgspec.json.decode(data, type=_World)
    return Basemap(_layer(world.land), _layer(world.borders))


def _layer(lines: list[list[int]]) -> Layer:
    outlines = tuple(map(_outline, lines))
    columns: list[list[int]] = [[] for _ in range(1 + _column(max(o.box.right for o in outlines)))]
    for place, outline in enumerate(outlines):
        for column in range(_column(outline.box.left), _column(outline.box.right) + 1):
            columns[column].append(place)
    return Layer(outlines, tuple(map(tuple, columns)))


def _column(x: float) -> int:
    """The column of the world that a longitude lies in, from 0 at its western end."""
    return int((x + TURN / 2) // _COLUMN)


def _outline(steps: list[int]) -> Outline:
    xs, ys = list(accumulate(steps[0::2])), list(accumulate(steps[1::2]))
    return Outline(Box(min(xs), min(ys), max(xs), max(ys)), xs, ys)


def _stretch(xs: list[int], ys: list[int]) -> Stretch:
    return Stretch(Box(min(xs), min(ys), max(xs), max(ys)), tuple(zip(xs, ys, strict=True)))


def land_in(world: Basemap, box: Box) -> list[list[Point]]:
    """The rings of land inside a box that may reach past 180° on either side."""
    return [
        ring for points, turn in _near(world.land, box) if (ring := _back(clipped_ring(points, box.moved(turn)), turn))
    ]


def borders_in(world: Basemap, box: Box) -> list[list[Point]]:
    """The lines of borders inside a box that may reach past 180° on either side."""
    return [
        _back(part, turn)
        for points, turn in _near(world.borders, box)
        for part in clipped_line(points, box.moved(turn))
    ]


def _near(layer: Layer, box: Box) -> Iterator[tuple[list[Point], int]]:
    """The outlines that may meet the box, with how far the box had to be moved to meet them."""
    for turn in (-TURN, 0, TURN):
        moved = box.moved(turn)
        for place in _places(layer, moved):
            outline = layer.outlines[place]
            if not moved.apart(outline.box):
                yield _shortened(outline, moved), turn


def _places(layer: Layer, box: Box) -> Iterable[int]:
    """The places of the outlines that reach into the columns of a box, in order."""
    columns = layer.columns[max(0, _column(box.left)) : max(0, _column(box.right) + 1)]
    return columns[0] if len(columns) == 1 else sorted({place for column in columns for place in column})


def _shortened(outline: Outline, box: Box) -> list[Point]:
    """The points, with each stretch that lies beyond one side of the box cut down to its ends.

    What is inside the box stays the same, since the short cut lies beyond that side too. This is what makes a map of
    one city cost the coast near it and not that of its continent.
    """
    points: list[Point] = []
    for stretch in outline.stretches:
        points += (stretch.points[0], stretch.points[-1]) if box.apart(stretch.box) else stretch.points
    return points


def _back(points: list[Point], turn: int) -> list[Point]:
    return [(x - turn, y) for x, y in points] if turn else points
