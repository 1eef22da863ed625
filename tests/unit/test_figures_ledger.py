"""Laws of the drawings of the ledger: provenance and steps."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from generator.figures.provenance import ROW, Report, provenance
from generator.figures.steps import HEIGHT, Level, steps


@st.composite
def trees(draw: st.DrawFn) -> list[Report]:
    """Reports of which each derives from one or two before it, or from none."""
    size = draw(st.integers(1, 12))
    found = []
    for n in range(size):
        parents = draw(st.lists(st.integers(0, n - 1), max_size=2, unique=True)) if n else []
        found.append(Report(draw(st.text(max_size=9)), f"#s{n}", tuple(parents), draw(st.booleans())))
    return found


@given(trees())
def test_every_report_has_a_place_of_its_own_right_of_what_it_derives_from(reports: list[Report]) -> None:
    drawn = str(provenance("x", reports))
    points = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', drawn)]
    assert len(set(points)) == len(reports) == len(points)
    for report, (x, _) in zip(reports, points, strict=True):
        assert all(points[p][0] < x for p in report.parents[:1])
    edges = re.search(r'<path d="([^"]*)"', drawn)
    assert edges is not None
    assert edges[1].count("M") == sum(len(r.parents) for r in reports)
    height = re.search(r'height="([\d.]+)"', drawn)
    assert height is not None
    assert max(y for _, y in points) <= float(height[1]) - ROW / 2


texts = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), max_size=6)
levels = st.lists(
    st.builds(
        lambda low, more, text, day: Level(low, None if more is None else low + more, text, day),
        st.integers(0, 400),
        st.sampled_from([0, 0, 3, 90, None]),
        texts,
        texts,
    ),
    min_size=1,
    max_size=8,
)


@given(levels)
def test_steps_are_well_formed_and_stay_inside_with_a_higher_count_higher(found: list[Level]) -> None:
    root = ElementTree.fromstring(str(steps("x", found)))
    lines = [line for line in root.iter("line") if line.get("class") == "tick"]
    heights = [int(line.get("y1", "")) for line in lines]
    assert len(lines) == len(found)
    assert all(0 <= y <= HEIGHT for y in heights)
    for (a, b), (ya, yb) in zip(pairwise(found), pairwise(heights), strict=True):
        assert (ya >= yb) if a.low <= b.low else (ya <= yb)


@given(levels)
def test_a_range_is_a_band_and_an_exact_count_is_none(found: list[Level]) -> None:
    bands = str(steps("x", found)).count("<rect")
    assert bands == sum(level.high != level.low for level in found)
