"""Facts about the part of a content that a header asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ranges import part_of


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", range(1)),
        ("bytes=3-5", range(3, 6)),
        ("bytes=3-", range(3, 10)),
        ("bytes=3-99", range(3, 10)),
        ("bytes=-4", range(6, 10)),
        ("bytes=-99", range(10)),
        ("bytes=-0", None),
        ("bytes=10-", None),
        ("bytes=10-12", None),
    ],
)
def test_a_part_is_cut_as_the_standard_says(header: str, part: range | None) -> None:
    assert part_of(header, 10) == part


@pytest.mark.parametrize(
    "header", ["", "bytes", "bytes=", "bytes=-", "bytes=5-3", "bytes=1-2,4-5", "lines=1-2", "bytes=a-b"]
)
def test_what_is_not_understood_is_answered_with_all(header: str) -> None:
    assert part_of(header, 10) == range(10)


@given(st.text("bytes=-0123456789,", max_size=12).map("bytes={}".format), st.integers(0, 30))
def test_a_part_is_never_outside(header: str, size: int) -> None:
    part = part_of(header, size)
    assert part is None or (0 <= part.start <= part.stop <= size and part.step == 1)
