"""Where the names on a map stand, so that they never lie on each other however wide the map is shown.

A map is as wide as its page, its letters and circles are not. So a thing on a map is a box of pixels hung on a point
that moves with the width: its left side is at `x * width + left`, and two things meet if they do at *any* width of a
range.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

LEAST, WIDE, MOST = 300, 560, 1200
"""The least width a map is shown at, the width from which it has room for more names, and the greatest, in pixels."""

LETTER, LINE = 6.8, 14.0
"""Width of an average letter and height of a line at a font size of 12 pixels."""

MOST_MEASURED = 4096
"""So many names are kept with their lengths, some 0.2 KiB each: those of places come again on map after map."""

_GAP = 3.0
_SPACE = 2.0

Side = tuple[int, int]
"""Where a name stands beside its circle: -1 left, 0 in the middle, 1 right; and -1 above, 0 level, 1 below."""

SIDES: tuple[Side, ...] = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))


class Hung(msgspec.Struct, frozen=True):
    """A box of pixels hung on a point, which is in widths of the map from its left and upper edge, y downwards."""

    x: float
    y: float
    left: float
    top: float
    right: float
    bottom: float


class Named(msgspec.Struct, frozen=True):
    """A circle that wants a name: its middle in widths of the map, its radius and the name's length in pixels."""

    x: float
    y: float
    radius: float
    length: float

    @property
    def disc(self) -> Hung:
        """The circle itself, as what names must keep off."""
        return Hung(self.x, self.y, -self.radius, -self.radius, self.radius, self.radius)

    def name(self, side: Side) -> Hung:
        """The box of the name on one side of the circle."""
        x, y = offset(self.radius, side)
        left = x - self.length * (1 - side[0]) / 2
        return Hung(self.x, self.y, left, y - LINE / 2, left + self.length, y + LINE / 2)


def offset(radius: float, side: Side) -> tuple[float, float]:
    """From the middle of a circle to the anchor of a name at its side, in pixels."""
    across, down = side
    if across and down:
        return across * (0.7 * radius + 2), down * (0.7 * radius + LINE / 2 - 1)
    return across * (radius + _GAP), down * (radius + LINE / 2 + 1)


class Label(msgspec.Struct, frozen=True):
    """Where a name stands; `wide` if there is room for it only from the width `WIDE` on."""

    side: Side
    wide: bool = False


def length_of(text: str, boldness: float = 1) -> float:
    """About how long a text is in pixels at a font size of 12, rather too long than too short.

    Full-width letters count twice, marks above letters not at all.
    """
    return boldness * LETTER * (len(text) if text.isascii() else _letters_of(text))


@lru_cache(maxsize=MOST_MEASURED)
def _letters_of(text: str) -> float:
    return sum(map(_letters, text))


def _letters(c: str) -> float:
    if unicodedata.combining(c):
        return 0
    return 1.9 if unicodedata.east_asian_width(c) in "WF" else 1


def meet(a: Hung, b: Hung, least: float, most: float) -> bool:
    """Whether the two boxes overlap at some width from `least` to `most`."""
    # Hundreds of pairs are tried for each map, so both axes are written out. Each says of the width, times its slope,
    # that it is less than the room there is.
    x, right, left = a.x - b.x, b.right - a.left + _SPACE, a.right - b.left + _SPACE
    if x > 0:
        least, most = max(least, left / -x), min(most, right / x)
    elif x < 0:
        least, most = max(least, right / x), min(most, left / -x)
    elif right <= 0 or left <= 0:
        return False
    if least >= most:
        return False
    y, below, above = a.y - b.y, b.bottom - a.top + _SPACE, a.bottom - b.top + _SPACE
    if y > 0:
        least, most = max(least, above / -y), min(most, below / y)
    elif y < 0:
        least, most = max(least, below / y), min(most, above / -y)
    elif below <= 0 or above <= 0:
        return False
    return least < most


def inside(box: Hung, height: float, least: float) -> bool:
    """Whether a box is on the map from the width `least` up; `height` is in widths."""
    points = ((box.x * least, box.left, box.right, least), (box.y * least, box.top, box.bottom, height * least))
    return all(at + low >= _SPACE and at + high <= end - _SPACE for at, low, high, end in points)


def labels(named: Sequence[Named], others: Iterable[Hung], height: float, must: int = 0) -> tuple[Label | None, ...]:
    """For each circle where its name stands, or None where it does not fit; earlier ones choose first.

    A name that does not fit on a narrow map may still fit on a wide one; one that fits on neither may lie on circles
    less than half as large as its own. The first `must` names stand in any case.
    """
    fixed = [(box, LEAST) for box in others]
    all_discs = [(circle.disc, LEAST) for circle in named]
    taken: list[tuple[Hung, int]] = []
    found: list[Label | None] = []
    for i, circle in enumerate(named):
        discs = all_discs[:i] + all_discs[i + 1 :]
        large = [(disc, since) for disc, since in discs if 2 * disc.right >= circle.radius]
        label = _label(circle, [*fixed, *discs, *taken], height) or _label(circle, [*fixed, *large, *taken], height)
        if label is None and i < must:
            label = _label(circle, [*fixed, *taken], height) or _label(circle, [], height) or Label(SIDES[0])
        if label is not None:
            taken.append((circle.name(label.side), WIDE if label.wide else LEAST))
        found.append(label)
    return tuple(found)


def _label(circle: Named, taken: Sequence[tuple[Hung, int]], height: float) -> Label | None:
    """The first side on which the name keeps off all that is taken (from some width on), else that of a wide map."""
    for least in (LEAST, WIDE):
        for side in SIDES:
            name = circle.name(side)
            if inside(name, height, least) and not _hits(name, taken, least):
                return Label(side, wide=least == WIDE)
    return None


def _hits(name: Hung, taken: Sequence[tuple[Hung, int]], least: int) -> bool:
    """Whether a name lies on something at a width from `least` up at which that is there."""
    for box, since in taken:  # noqa: SIM110  a loop takes half the time of `any`
        if meet(name, box, max(least, since), MOST):
            return True
    return False
