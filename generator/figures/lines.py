"""Lines and rings in the plane: cut to a box, made simpler, written as a path. Units are the caller's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

Point = tuple[float, float]


class Box(msgspec.Struct, frozen=True, gc=False):
    """A rectangle with sides along the axes; its edges belong to it."""

    left: float
    bottom: float
    right: float
    top: float

    def moved(self, x: float) -> Box:
        """The same box, `x` further right."""
        return Box(self.left + x, self.bottom, self.right + x, self.top)

    def apart(self, other: Box) -> bool:
        """Whether one side of this box keeps the other outside."""
        return (
            other.right < self.left or other.left > self.right or other.top < self.bottom or other.bottom > self.top
        )  # fmt: skip


def box_around(points: Iterable[Point]) -> Box:
    """The smallest box that holds the points, of which there is at least one."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def clipped_ring(ring: Sequence[Point], box: Box) -> list[Point]:
    """The part of a filled ring inside the box, as one ring that may run along the box's edges (Sutherland–Hodgman).

    Rings are closed by nature: the first point is not said again. Empty where nothing is inside.
    """
    kept = list(ring)
    for axis, bound, sign in ((0, box.left, 1), (0, box.right, -1), (1, box.bottom, 1), (1, box.top, -1)):
        kept = _half(kept, axis, bound, sign)
    return kept


def _half(ring: list[Point], axis: int, bound: float, sign: int) -> list[Point]:
    """The part of a ring on one side of a line along an axis: above the bound for sign 1, below for -1."""
    across = [point[axis] for point in ring]
    if not ring or (min(across) >= bound if sign > 0 else max(across) <= bound):
        return ring
    kept: list[Point] = []
    a = ring[-1]
    was_in = (a[axis] - bound) * sign >= 0
    for b in ring:
        is_in = (b[axis] - bound) * sign >= 0
        if is_in != was_in:
            kept.append(_crossing(a, b, axis, bound))
        if is_in:
            kept.append(b)
        a, was_in = b, is_in
    return kept


def _crossing(a: Point, b: Point, axis: int, bound: float) -> Point:
    """Where the stretch from a to b meets the line; exactly on it."""
    share = (bound - a[axis]) / (b[axis] - a[axis])
    other = a[1 - axis] + share * (b[1 - axis] - a[1 - axis])
    return (bound, other) if axis == 0 else (other, bound)


def clipped_line(line: Sequence[Point], box: Box) -> list[list[Point]]:
    """The parts of a line inside the box, in order (Liang–Barsky, stretch by stretch)."""
    parts: list[list[Point]] = []
    sides = [_sides(point, box) for point in line]
    for a, b, beyond_a, beyond_b in zip(line, line[1:], sides, sides[1:], strict=False):
        if beyond_a & beyond_b:
            continue
        inside = _stretch_inside(a, b, box) if beyond_a | beyond_b else (a, b)
        if inside is None:
            continue
        if parts and parts[-1][-1] == inside[0]:
            parts[-1].append(inside[1])
        else:
            parts.append(list(inside))
    return parts


def _sides(point: Point, box: Box) -> int:
    """The sides of a box that a point lies beyond, a bit for each; 0 inside."""
    x, y = point
    return (x < box.left) | (x > box.right) << 1 | (y < box.bottom) << 2 | (y > box.top) << 3


def _stretch_inside(a: Point, b: Point, box: Box) -> tuple[Point, Point] | None:
    """The part of the stretch from a to b inside the box; an end that is inside stays as it is."""
    start, end = 0.0, 1.0
    dx, dy = b[0] - a[0], b[1] - a[1]
    for step, room in ((-dx, a[0] - box.left), (dx, box.right - a[0]), (-dy, a[1] - box.bottom), (dy, box.top - a[1])):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            start = max(start, room / step)
        else:
            end = min(end, room / step)
    if start >= end:
        return None
    first = a if start == 0 else (a[0] + start * dx, a[1] + start * dy)
    last = b if end == 1 else (a[0] + end * dx, a[1] + end * dy)
    return first, last


def simplified(line: Sequence[Point], tolerance: float) -> list[Point]:
    """The line with only the points that keep it within `tolerance` of what it was (Douglas–Peucker)."""
    if len(line) < 3:
        return list(line)
    keep = {0, len(line) - 1}
    open_parts = [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        far, distance = _farthest(line, first, last)
        if distance > tolerance * tolerance:
            keep.add(far)
            open_parts += [(first, far), (far, last)]
    return [line[i] for i in sorted(keep)]


def simplified_ring(ring: Sequence[Point], tolerance: float) -> list[Point]:
    """The ring with only the points that keep it within `tolerance`; empty where less than a triangle is left."""
    if len(ring) < 3:
        return []
    far = max(range(len(ring)), key=lambda i: (ring[i][0] - ring[0][0]) ** 2 + (ring[i][1] - ring[0][1]) ** 2)
    there = simplified(ring[: far + 1], tolerance)
    back = simplified([*ring[far:], ring[0]], tolerance)
    kept = there + back[1:-1]
    return kept if len(kept) > 2 else []


def _farthest(line: Sequence[Point], first: int, last: int) -> tuple[int, float]:
    """The place of the point farthest from the stretch between two others, and its squared distance."""
    (ax, ay), (bx, by) = line[first], line[last]
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    best, most = first, 0.0
    for i in range(first + 1, last):
        px, py = line[i][0] - ax, line[i][1] - ay
        share = min(1.0, max(0.0, (px * dx + py * dy) / length)) if length else 0.0
        distance = (px - share * dx) ** 2 + (py - share * dy) ** 2
        if distance > most:
            best, most = i, distance
    return best, most


def path(lines: Iterable[Sequence[Point]], close: str = "") -> str:
    """The lines as a short SVG path in whole units; `close` is `z` for rings. What shrinks to a point is left out."""
    least = 3 if close else 2
    return "".join(_subpath(steps) + close for line in lines if len(steps := whole(line)) >= least)


def whole(line: Sequence[Point]) -> list[tuple[int, int]]:
    """The points in whole units, none the same as the one before it."""
    steps: list[tuple[int, int]] = []
    for x, y in line:
        point = round(x), round(y)
        if not steps or steps[-1] != point:
            steps.append(point)
    return steps


def _subpath(points: Sequence[tuple[int, int]]) -> str:
    """`M` to the first point and relative steps to the others; a minus sign also separates."""
    (x, y), text = points[0], ""
    for a, b in pairwise(points):
        for step in (b[0] - a[0], b[1] - a[1]):
            text += f" {step}" if step >= 0 and text else str(step)
    return f"M{x} {y}l{text}"
