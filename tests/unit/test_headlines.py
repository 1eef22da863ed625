"""What is read of the numbers of a headline."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.remarks.headlines import Told, told_by

FILE = Path(__file__).parents[1] / "cases" / "headlines" / "english.txt"


def cases() -> list[tuple[str, str]]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return [(line.partition(" => ")[0], line.partition(" => ")[2]) for line in lines if " => " in line[2:]]


def written(told: Told) -> str:
    return f"{told.numeral.number.text} {told.outcome or told.noun}{' (some)' if told.is_part else ''}"


@pytest.mark.parametrize(("title", "expected"), [case for case in cases() if case[0][:1] != "#"])
def test_the_numbers_of_a_headline_are_read(title: str, expected: str) -> None:
    assert ("; ".join(map(written, told_by(title))) or "nothing") == expected


words = st.sampled_from(
    [
        "two",
        "Two",
        "14",
        "20,000",
        "no",
        "one",
        "of",
        "kills",
        "killed",
        "injured",
        "people",
        "women",
        "drones",
        "S-300",
        "at",
        "least",
        "more",
        "than",
        ",",
        ".",
        "in",
        "9",
        "May",
        "half",
    ]
)


@given(st.lists(words).map(" ".join) | st.text())
def test_any_headline_gives_numbers_that_stand_in_it(title: str) -> None:
    for told in told_by(title):
        assert all(word in title for word in told.numeral.text.split())
        assert bool(told.outcome) or bool(told.noun)
