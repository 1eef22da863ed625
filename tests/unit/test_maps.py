"""Laws of maps: what is drawn stays in its frame, is short, says what it was given and nothing else."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.figures.basemap import TURN, Basemap, basemap, borders_in, land_in
from generator.figures.frames import ASPECT, Frame, frame_around, place_km, position, scale_km, window
from generator.figures.ground import MOST_PATH, WIDTH, Ground, ground
from generator.figures.labels import LEAST, MOST, Hung, Named, labels, length_of, meet
from generator.figures.lines import (
    Box,
    box_around,
    clipped_line,
    clipped_ring,
    path,
    simplified,
    simplified_ring,
    whole,
)
from generator.figures.maps import Mark, Words, map_svg

WORLD = Path(__file__).parents[2] / "generator" / "data" / "world.json"
PLACES = {
    "Belgorod": (50.6, 36.59),
    "Sevastopol": (44.62, 33.53),
    "Lviv": (49.84, 24.03),
    "Suva": (-18.14, 178.44),
    "Taveuni": (-16.85, -179.97),
    "Longyearbyen": (78.22, 15.65),
    "Quito": (-0.18, -78.47),
    "South Pole": (-90.0, 0.0),
    "North Pole": (90.0, 0.0),
}
WORDS = Words("m1", "A title", "What it shows", "100 km")

lats, lons = st.floats(-90, 90), st.floats(-180, 180)
points = st.lists(st.tuples(lats, lons), min_size=1, max_size=6)
near = st.floats(-30, 30)
lines = st.lists(st.tuples(near, near), min_size=2, max_size=12)
BOX = Box(-10, -5, 8, 12)


@cache
def world() -> Basemap:
    return basemap(WORLD.read_bytes())


def around(*places: tuple[float, float], span: float = 400) -> Frame:
    frame = frame_around(places, span)
    assert frame is not None
    return frame


@cache
def ground_of(place: str) -> Ground:
    return ground(world(), around(PLACES[place]))


def pairs(d: str) -> list[tuple[float, float]]:
    """All points of a path as `path` writes it, in units of the drawing."""
    found: list[tuple[float, float]] = []
    for part in re.findall(r"M[^M]*", d):
        numbers = [int(n) for n in re.findall(r"-?\d+", part)]
        x, y = numbers[:2]
        found.append((x, y))
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def shares(svg: ElementTree.Element, name: str) -> list[tuple[float, float]]:
    """The middles of the circles of a class, in percent."""
    circles = [c for c in svg.iter("circle") if name in c.get("class", "").split()]
    return [(float(c.get("cx", "").rstrip("%")), float(c.get("cy", "").rstrip("%"))) for c in circles]


# ---------------------------------------------------------------- lines


@given(st.lists(st.tuples(near, near), min_size=3, max_size=12))
def test_a_clipped_ring_stays_inside_the_box(ring: list[tuple[float, float]]) -> None:
    kept = clipped_ring(ring, BOX)
    assert all(
        BOX.left - 1e-9 <= x <= BOX.right + 1e-9 and BOX.bottom - 1e-9 <= y <= BOX.top + 1e-9 for x, y in kept
    )  # fmt: skip


@given(lines)
def test_a_clipped_line_stays_inside_the_box_and_keeps_its_points_there(line: list[tuple[float, float]]) -> None:
    kept = [point for part in clipped_line(line, BOX) for point in part]
    assert all(
        BOX.left - 1e-9 <= x <= BOX.right + 1e-9 and BOX.bottom - 1e-9 <= y <= BOX.top + 1e-9 for x, y in kept
    )  # fmt: skip
    inner = {p for p in line if BOX.left < p[0] < BOX.right and BOX.bottom < p[1] < BOX.top}
    assert inner <= set(kept) or len(set(line)) == 1


def test_a_ring_around_the_box_becomes_the_box() -> None:
    assert box_around(clipped_ring([(-99, -99), (99, -99), (99, 99), (-99, 99)], BOX)) == BOX


@given(lines, st.floats(0, 5))
def test_a_simplified_line_is_some_of_its_points_and_as_near_as_asked(
    line: list[tuple[float, float]], tolerance: float
) -> None:
    kept = simplified(line, tolerance)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    remaining = iter(line)
    assert all(point in remaining for point in kept)
    assert all(min(distance(p, a, b) for a, b in pairwise(kept)) <= tolerance + 1e-6 for p in line)


def distance(p: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length)) if length else 0.0
    return hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)


@given(st.lists(st.tuples(near, near), max_size=9), st.floats(0, 99))
def test_a_simplified_ring_is_at_least_a_triangle_or_nothing(ring: list[tuple[float, float]], tolerance: float) -> None:
    assert len(simplified_ring(ring, tolerance)) != 1 and len(simplified_ring(ring, tolerance)) != 2


@given(lines)
def test_a_path_leads_through_the_points_in_whole_units(line: list[tuple[float, float]]) -> None:
    expected = whole(line)
    assert pairs(path([line])) == (expected if len(expected) > 1 else [])


# ---------------------------------------------------------------- frames


@given(points, st.floats(1, 5000), st.floats(0.5, 3))
def test_every_point_lies_inside_its_frame(places: list[tuple[float, float]], span: float, aspect: float) -> None:
    frame = frame_around(places, span, aspect)
    assert frame is not None and frame.width_km >= span
    for place in places:
        x, y = place_km(frame, *place)
        assert abs(x) <= frame.width_km / 2 and abs(y) <= frame.height_km / 2


def test_no_points_have_no_frame() -> None:
    assert frame_around([], 400) is None


def test_the_order_and_number_of_equal_points_do_not_matter() -> None:
    assert around((50, 30), (40, 20)) == around((40, 20), (50, 30), (40, 20))


def test_a_frame_across_the_antimeridian_is_narrow() -> None:
    frame = around((-18, 178), (-17, -179))
    assert frame.width_km < 800
    assert abs(abs(frame.lon) - 179.5) < 0.1


@given(st.floats(-85, 85), st.floats(-179, 179), st.floats(-400, 400), st.floats(-300, 300))
def test_a_position_and_its_kilometres_lead_to_each_other(lat: float, lon: float, x: float, y: float) -> None:
    frame = around((lat, lon), span=1000)
    assert place_km(frame, *position(frame, x, y)) == pytest.approx((x, y), abs=0.01)


@pytest.mark.parametrize("lat", [45.0, 52.0, 60.0])
def test_an_oblong_of_two_thousand_kilometres_is_true_to_two_percent(lat: float) -> None:
    frame = around((lat, 37.0), span=2000)
    for x in (-1000, 0, 1000):
        for y in (-660, 0, 660):
            at, lon = position(frame, x, y)
            east = place_km(frame, at, lon + 0.1)
            drawn = hypot(east[0] - x, east[1] - y)
            assert drawn == pytest.approx(6371 * radians(0.1) * cos(radians(at)), rel=0.02)


@pytest.mark.parametrize("place", PLACES)
def test_the_window_holds_the_whole_frame(place: str) -> None:
    frame = around(PLACES[place], span=2000)
    box = window(frame)
    for x, y in ((x, y * frame.height_km / 2) for x in (-1000, -300, 0, 1000) for y in (-1, 0, 1)):
        lat, lon = position(frame, x, y)
        assert box.bottom <= lat <= box.top
        assert box.left <= lon <= box.right or abs(lon - frame.lon) > 180


@given(points, st.floats(1, 20_000))
def test_a_scale_is_at_most_a_quarter_of_the_map(places: list[tuple[float, float]], span: float) -> None:
    frame = frame_around(places, span)
    assert frame is not None
    assert scale_km(frame) <= max(1, frame.width_km / 4)


# ---------------------------------------------------------------- the world


def test_the_world_is_small_enough_to_keep() -> None:
    assert WORLD.stat().st_size <= 250 * 1024
    assert len(world().land.outlines) > 1000 and len(world().borders.outlines) > 300


@pytest.mark.parametrize(
    ("place", "is_land"),
    [
        ((48.5, 31), True),
        ((45.3, 34.1), True),
        ((43, 34), False),
        ((42, 51), False),
        ((-17.8, 178), True),
        ((66.5, 180), True),
        ((-85, 60), True),
    ],
)
def test_land_is_land_and_water_is_water(place: tuple[float, float], is_land: bool) -> None:
    """The last: the Black and the Caspian Sea, Fiji, Chukotka across 180°, Antarctica."""
    x, y = 100 * place[1], 100 * place[0]
    around_it = land_in(world(), Box(x - 100, y - 100, x + 100, y + 100))
    assert (sum(holds(ring, x + 0.37, y + 0.41) for ring in around_it) % 2 == 1) == is_land


def holds(ring: list[tuple[float, float]], x: float, y: float) -> bool:
    inside = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def test_no_border_cuts_crimea_off() -> None:
    assert borders_in(world(), Box(3260, 4560, 3660, 4640)) == []


def test_the_world_looks_the_same_one_turn_further() -> None:
    box = Box(17_000, -2500, 19_000, -1000)
    turned = [[(x + TURN, y) for x, y in ring] for ring in land_in(world(), box.moved(-TURN))]
    assert sorted(turned) == sorted(land_in(world(), box))


@settings(max_examples=40)
@given(st.integers(-18_000, 17_000), st.integers(-8500, 8000), st.integers(100, 3000))
def test_the_short_cuts_do_not_change_what_is_inside(left: int, bottom: int, size: int) -> None:
    box = Box(left, bottom, left + size, bottom + size)
    full = [[p for s in outline.stretches for p in s.points] for outline in world().land.outlines]
    area = sum(
        abs(twice_area(clipped_ring(ring, box.moved(turn))))
        for ring in full
        for turn in (-TURN, 0, TURN)
        if not box.moved(turn).apart(box_around(ring))
    )
    assert sum(abs(twice_area(ring)) for ring in land_in(world(), box)) == pytest.approx(area, abs=1)


def twice_area(ring: list[tuple[float, float]]) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True))


# ---------------------------------------------------------------- grounds


@pytest.mark.parametrize("place", PLACES)
def test_a_ground_is_short_and_stays_in_its_frame(place: str) -> None:
    under = ground_of(place)
    assert len(under.land) + len(under.borders) + len(under.graticule) <= MOST_PATH
    for x, y in pairs(under.land) + pairs(under.borders) + pairs(under.graticule):
        assert -5 <= x <= WIDTH + 5 and -5 <= y <= under.height + 5


def test_a_ground_of_the_whole_world_is_short_too() -> None:
    under = ground(world(), around((40.7, -74.0), (-33.9, 151.2), (50.4, 30.5), (35.7, 139.7), (-33.9, 18.4)))
    assert under.land and len(under.land) + len(under.borders) + len(under.graticule) <= MOST_PATH


@pytest.mark.parametrize("most", [400, 600, 900, 1200])
def test_borders_are_drawn_all_or_none(most: int) -> None:
    frame = around(PLACES["Lviv"], span=900)
    full = ground(world(), frame, 100_000).borders.count("M")
    assert full > 3
    assert ground(world(), frame, most).borders.count("M") in (0, full)


def test_the_frame_has_the_aspect_it_was_asked_for() -> None:
    assert ground_of("Lviv").height == pytest.approx(WIDTH / ASPECT, abs=0.5)


# ---------------------------------------------------------------- labels

circles = st.builds(
    Named, st.floats(0, 1), st.floats(0, 0.66), st.floats(2.5, 9), st.sampled_from([12.0, 40.0, 80.0, 140.0])
)


@given(st.lists(circles, min_size=1, max_size=14), st.integers(LEAST, MOST))
def test_names_never_lie_on_each_other_at_any_width(named: list[Named], width: int) -> None:
    found = labels(named, [], 2 / 3)
    shown = [
        named[i].name(label.side) for i, label in enumerate(found) if label and (width >= 560 or not label.wide)
    ]  # fmt: skip
    drawn = [on_page(box, width) for box in shown]
    for i, a in enumerate(drawn):
        assert a.left >= 0 and a.right <= width and a.bottom >= 0 and a.top <= width * 2 / 3
        assert all(a.apart(b) for b in drawn[:i])


@given(circles, circles, st.integers(LEAST, MOST))
def test_what_meets_at_some_width_meets(a: Named, b: Named, width: int) -> None:
    one, other = a.name((1, 0)), b.name((-1, 0))
    if not on_page(one, width).apart(on_page(other, width)):
        assert meet(one, other, width - 0.5, width + 0.5)


def test_a_name_with_room_is_shown_and_a_lone_one_stands_to_the_right() -> None:
    found = labels([Named(0.5, 0.3, 5, 60), Named(0.5, 0.5, 5, 60), Named(0.2, 0.3, 5, 60)], [], 2 / 3)
    assert [label and (label.side, label.wide) for label in found] == [((1, 0), False)] * 3


def on_page(box: Hung, width: int) -> Box:
    x, y = box.x * width, box.y * width
    return Box(x + box.left, y + box.top, x + box.right, y + box.bottom)


def test_full_width_letters_need_more_room_than_others() -> None:
    assert length_of("東京") > length_of("ab") == length_of("a\u0301b\u0301")


# ---------------------------------------------------------------- maps

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))
marks = st.builds(
    Mark,
    lat=st.floats(49, 52),
    lon=st.floats(35, 38),
    label=texts,
    title=texts,
    href=texts,
    radius_m=st.sampled_from([0, 500, 40_000]),
    weight=st.integers(0, 9),
    kind=st.sampled_from(["city", "incident", "neighbour"]),
    current=st.booleans(),
)


@settings(max_examples=100)
@given(st.lists(marks, max_size=6), texts)
def test_a_map_is_well_formed_whatever_its_texts_and_keeps_every_mark_in_its_frame(
    places: list[Mark], title: str
) -> None:
    svg = ElementTree.fromstring(map_svg(ground_of("Belgorod"), places, Words("x", title, title, title)))
    assert svg.findtext("title") == title and svg.findtext("desc") == title
    shown = shares(svg, "mark")
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in shown)
    assert len(svg.findall(".//a")) <= len([m for m in places if m.href])
    assert not [e for e in svg.iter() if "style" in e.attrib or "fill" in e.attrib or "stroke" in e.attrib]


def test_a_place_outside_the_frame_is_left_out() -> None:
    svg = map_svg(ground_of("Belgorod"), [Mark(lat=40, lon=-74, label="New York")], WORDS)
    assert "New York" not in svg


def test_the_order_of_marks_does_not_matter() -> None:
    places = [Mark(lat=50 + i / 5, lon=36.5, label=f"Place {i}", href="#", weight=i % 3) for i in range(5)]
    assert map_svg(ground_of("Belgorod"), places, WORDS) == map_svg(ground_of("Belgorod"), places[::-1], WORDS)


def test_a_map_with_links_is_no_image_and_each_link_has_a_name_and_a_large_target() -> None:
    lat, lon = PLACES["Belgorod"]
    linked = ElementTree.fromstring(
        map_svg(ground_of("Belgorod"), [Mark(lat=lat, lon=lon, label="B", href="b")], WORDS)
    )
    plain = ElementTree.fromstring(map_svg(ground_of("Belgorod"), [Mark(lat=lat, lon=lon, label="B")], WORDS))
    assert (linked.get("role"), plain.get("role")) == ("group", "img")
    (link,) = linked.findall("a")
    assert link.findtext("title") == "B"
    target = next(c for c in link.iter("circle") if c.get("class") == "target")
    assert 2 * float(target.get("r", "0")) >= 24
    assert shares(plain, "mark") == [pytest.approx((50, 50), abs=0.5)]


def test_a_circle_of_uncertainty_is_true_to_scale_or_large_enough_to_see() -> None:
    under = ground_of("Belgorod")
    lat, lon = PLACES["Belgorod"]
    large, small = (
        ElementTree.fromstring(map_svg(under, [Mark(lat=lat, lon=lon, label="", radius_m=r)], WORDS))
        for r in (50_000, 100)
    )
    drawn = next(c.get("r", "") for c in large.iter("circle") if c.get("class") == "radius")
    # A percentage of a radius is one of the quadratic mean of width and height.
    mean = hypot(under.frame.width_km, under.frame.height_km) / 2**0.5
    assert float(drawn.rstrip("%")) / 100 * mean == pytest.approx(50, rel=0.01)
    assert next(float(c.get("r", "")) for c in small.iter("circle") if c.get("class") == "radius") > 9


def test_what_the_page_is_about_is_always_named() -> None:
    lat, lon = PLACES["Belgorod"]
    crowd = [Mark(lat=lat, lon=lon + i / 50, label=f"Crowded place {i}", weight=9) for i in range(-9, 10)]
    svg = map_svg(ground_of("Belgorod"), [*crowd, Mark(lat=lat, lon=lon, label="Here", current=True)], WORDS)
    assert ">Here</text>" in svg


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    under = ground_of("Belgorod")
    svg = ElementTree.fromstring(map_svg(under, [], WORDS))
    bar = next(e for e in svg.iter("line") if e.get("class") == "scale")
    length = float(bar.get("x2", "").rstrip("%")) - float(bar.get("x1", "").rstrip("%"))
    assert length / 100 * under.frame.width_km == pytest.approx(scale_km(under.frame), rel=0.01)
    assert "100 km" in [e.text for e in svg.iter("text")]
