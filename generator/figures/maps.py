"""Maps as SVG: land, borders, and places as links, without tiles, scripts or words of their own.

The ground (land, borders, graticule) is stretched to the width of the page; marks and names stand on it by
percentages and keep their size, so names stay readable and targets stay 24 pixels wide on a phone as on a desk.
Colours come from classes: `sea`, `land`, `border`, `graticule`, `radius`, `mark`, `target`, `label`, `scale`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import hypot, sqrt
from typing import Literal

import msgspec
from markupsafe import Markup

from .frames import Frame, place_km, scale_km
from .ground import WIDTH, Ground
from .labels import LEAST, LINE, MOST, Hung, Label, Named, labels, length_of, meet, offset
from .svg import attribute, escaped, linked, number, percent, titled, whole

TARGET = 12.0
"""Radius of what can be hit, in pixels: WCAG 2.2 asks for 24 across."""

LEAST_RADIUS = 11.0
"""The least radius in pixels of a circle of uncertainty, so that it shows around its mark."""

_SMALLEST, _LARGEST = 2.5, 9.0


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A place on a map, in degrees. `radius_m` is how far it may be off; the area of its circle follows `weight`.

    `title` is what a pointer or a screen reader is told, the label where it is empty. `current` is what the page is
    about.
    """

    lat: float
    lon: float
    label: str
    href: str = ""
    title: str = ""
    radius_m: float = 0
    weight: float = 1
    kind: Literal["city", "incident", "neighbour"] = "city"
    current: bool = False


class Words(msgspec.Struct, frozen=True):
    """What a map says: `id` begins the ids it uses, `scale` is the length `scale_km` gives, in words, or nothing."""

    id: str
    title: str
    description: str
    scale: str = ""


class _Placed(msgspec.Struct, frozen=True):
    """A mark with the place of its middle (shares of width and height) and its radius in pixels."""

    mark: Mark
    x: float
    y: float
    radius: float


# ---------------------------------------------------------------- the map


def map_svg(under: Ground, marks: Iterable[Mark], words: Words) -> Markup:
    """The map as an `<svg>` element: an image, or a group where marks are links (an image may not hold links).

    Of two marks on one spot the lesser lies on top, and what the page is about on top of all. Marks outside the
    frame are left out.
    """
    placed = _placed(under, marks)
    named = [_named(under, p) for p in placed]
    scale = _scale(under, words.scale, named)
    must = sum(p.mark.current for p in placed)
    names = labels(named, scale.boxes if scale else [], under.height / WIDTH, must)
    order = sorted(range(len(placed)), key=lambda i: (placed[i].mark.current, i))
    told = f'<title id="{words.id}-title">{escaped(words.title)}</title><desc id="{words.id}-desc">{escaped(words.description)}</desc>'
    shape = f'class="map" role="{"group" if any(p.mark.href for p in placed) else "img"}"'
    ties = f'aria-labelledby="{words.id}-title" aria-describedby="{words.id}-desc"'
    drawn = (
        _ground_svg(under),
        *[_radius(under, p) for p in placed],
        *[_mark(placed[i], names[i]) for i in order],
        _scale_svg(scale) if scale else "",
    )
    size = f'width="{WIDTH}" height="{number(under.height, 0)}"'
    return whole(f"<svg {shape} {ties} {size}>{told}{''.join(drawn)}</svg>")


def _placed(under: Ground, marks: Iterable[Mark]) -> list[_Placed]:
    """The marks inside the frame: what the page is about first, then by falling weight, then by place and label."""
    shown = sorted(marks, key=lambda m: (not m.current, -m.weight, m.label, m.lat, m.lon, m.href))
    most = max((m.weight for m in shown), default=1)
    found = [_place(under.frame, m, most) for m in shown]
    return [p for p in found if 0 <= p.x <= 1 and 0 <= p.y <= 1]


def _place(frame: Frame, mark: Mark, most: float) -> _Placed:
    x, y = place_km(frame, mark.lat, mark.lon)
    share = max(0.0, mark.weight) / most if most > 0 else 0.0
    radius = max(_SMALLEST, _LARGEST * sqrt(share)) if mark.kind == "city" else 4.5 if mark.current else 3.0
    return _Placed(mark, x / frame.width_km + 0.5, 0.5 - y / frame.height_km, radius)


def _named(under: Ground, placed: _Placed) -> Named:
    boldness = 1.15 if placed.mark.current else 1.0
    return Named(placed.x, placed.y * under.height / WIDTH, placed.radius, length_of(placed.mark.label, boldness))


def _ground_svg(under: Ground) -> str:
    lines = (("land", under.land), ("graticule", under.graticule), ("border", under.borders))
    paths = "".join([f'<path class="{name}" d="{d}"/>' for name, d in lines if d])
    box = f'viewBox="0 0 {WIDTH} {number(under.height, 0)}" preserveAspectRatio="none"'
    inner = f'<svg width="100%" height="100%" aria-hidden="true" {box}>{paths}</svg>'
    return f'<rect class="sea" width="100%" height="100%"/>{inner}'


def _radius(under: Ground, placed: _Placed) -> str:
    """The circle of uncertainty: true to scale at every width, or of a fixed size where that would be too small."""
    if placed.mark.radius_m <= 0:
        return ""
    units = placed.mark.radius_m / 1000 * WIDTH / under.frame.width_km
    # SVG reads a radius in percent as a share of the quadratic mean of width and height.
    share = units / (hypot(WIDTH, under.height) / sqrt(2))
    radius = percent(share) if units >= LEAST_RADIUS else number(LEAST_RADIUS)
    return f'<circle class="radius" cx="{percent(placed.x)}" cy="{percent(placed.y)}" r="{radius}"/>'


def _mark(placed: _Placed, label: Label | None) -> str:
    mark, middle = placed.mark, f'cx="{percent(placed.x)}" cy="{percent(placed.y)}"'
    target = f'<circle class="target" {middle} r="{number(max(TARGET, placed.radius))}"/>' if mark.href else ""
    circle = f'<circle class="{" ".join(_classes(mark))}" {middle} r="{number(placed.radius)}"/>'
    text = _label(placed, label) if label and mark.label else ""
    return linked(mark.href, f"{titled(mark.title or mark.label)}{target}{circle}{text}")


def _classes(mark: Mark) -> list[str]:
    return ["mark", mark.kind, *(["current"] if mark.current else [])]


def _label(placed: _Placed, label: Label) -> str:
    dx, dy = offset(placed.radius, label.side)
    classes = ["label", *(["current"] if placed.mark.current else []), *(["wide"] if label.wide else [])]
    place = f'x="{percent(placed.x)}" y="{percent(placed.y)}"{attribute("dx", number(dx) if dx else "")} dy="{number(dy + LINE * 0.3)}"'
    anchor = attribute("text-anchor", ("middle", "", "end")[label.side[0]])
    return f'<text class="{" ".join(classes)}" {place}{anchor}>{escaped(placed.mark.label)}</text>'


# ---------------------------------------------------------------- the scale


class _Scale(msgspec.Struct, frozen=True):
    """A bar as long as its words say at every width: a share of the map's width, in the lower left or right corner."""

    share: float
    words: str
    height: float
    on_right: bool = False

    @property
    def boxes(self) -> list[Hung]:
        """What names must keep off: the words, and the bar in pieces."""
        edge, side = (1.0, -1) if self.on_right else (0.0, 1)
        pieces = [Hung(edge + side * self.share * i / 8, self.height, -12, -14, 12, 0) for i in range(9)]
        near, far = side * _SCALE_IN, side * (_SCALE_IN + length_of(self.words))
        return [Hung(edge, self.height, min(near, far), -30, max(near, far), 0), *pieces]


_SCALE_IN, _SCALE_UP = 10.0, 9.0


def _scale(under: Ground, words: str, named: Sequence[Named]) -> _Scale | None:
    """The scale of a map, in the lower corner where no mark stands; the left one where both are free or neither is."""
    share = scale_km(under.frame) / under.frame.width_km if words else 0
    if not share:
        return None
    left, right = (_Scale(share, words, under.height / WIDTH, on_right) for on_right in (False, True))
    return right if _is_hit(left, named) and not _is_hit(right, named) else left


def _is_hit(scale: _Scale, named: Sequence[Named]) -> bool:
    boxes = scale.boxes
    return any(meet(disc, box, LEAST, MOST) for disc in [n.disc for n in named] for box in boxes)


def _scale_svg(scale: _Scale) -> str:
    start, end = (1 - scale.share, 1.0) if scale.on_right else (0.0, scale.share)
    across = number(-_SCALE_IN if scale.on_right else _SCALE_IN)
    anchor, edge = ("end", "100%") if scale.on_right else ("", "")
    bar = f'<line class="scale" x1="{percent(start)}" x2="{percent(end)}" y1="100%" y2="100%"/>'
    place = f'{attribute("x", edge)} y="100%" dy="-5"{attribute("text-anchor", anchor)}'
    name = f'<text class="scale-label"{place}>{escaped(scale.words)}</text>'
    return f'<g transform="translate({across} {number(-_SCALE_UP)})" aria-hidden="true">{bar}{name}</g>'
