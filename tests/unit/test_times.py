"""Times of day and moments."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.moments import Moment, instant, moment_key, parse_moment
from generator.problems import Fault
from generator.times import DAY_MINUTES, PARTS, Time, parse_time

CASES = Path(__file__).parents[1] / "cases" / "dates"


def cases(name: str) -> list[tuple[str, str]]:
    """The lines `input => expected` of a case file."""
    lines = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [
        (left, right) for left, mark, right in (line.partition(" => ") for line in lines if line[:1] != "#") if mark
    ]


def said(fault: Fault) -> str:
    return f"{fault.message} — {fault.hint}" if fault.hint else fault.message


def clock(minute: int | None) -> str:
    return "open" if minute is None else f"{minute // 60:02}:{minute % 60:02}"


def time_reading(text: str) -> str:
    time = parse_time(text)
    if isinstance(time, Fault):
        return said(time)
    offset = "" if time.offset is None else f", {time.offset:+} minutes"
    return f"{time.form}, {clock(time.start)} to {clock(time.end)}{offset}"


def moment_reading(text: str) -> str:
    moment = parse_moment(text)
    if isinstance(moment, Fault):
        return said(moment)
    known = "" if moment.minute is None else f", {clock(moment.minute)}, {moment.offset:+} minutes"
    return f"{moment.text}: {moment.day}{known}{f', {moment.part}' if moment.part else ''}"


def moment_of(text: str) -> Moment:
    moment = parse_moment(text)
    assert isinstance(moment, Moment), moment
    return moment


@pytest.mark.parametrize(("text", "expected"), cases("times"))
def test_a_time_is_read_as_its_case_says(text: str, expected: str) -> None:
    assert time_reading(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("moments"))
def test_a_moment_is_read_as_its_case_says(text: str, expected: str) -> None:
    assert moment_reading(text) == expected


@pytest.mark.parametrize(("name", "parse"), [("times", parse_time), ("moments", parse_moment)])
def test_what_a_hint_proposes_can_be_written(name: str, parse: Callable[[str], Time | Moment | Fault]) -> None:
    faults = [fault for text, _ in cases(name) if isinstance(fault := parse(text), Fault)]
    proposals = [
        found[1]
        for fault in faults
        if (found := re.search(r'(?:write|did you mean) "?([0-9a-z]\S+?)"?\??$', fault.hint))
    ]
    assert len(proposals) > 1
    for proposal in proposals:
        assert isinstance(parse_time(proposal), Time) or isinstance(parse_moment(proposal), Moment)


@given(st.text(max_size=20) | st.text(alphabet="0123459:/.~+-–hTZ pm", max_size=14))
def test_any_text_gives_a_time_or_a_fault_with_a_place_inside_it(text: str) -> None:
    time = parse_time(text)
    if isinstance(time, Fault):
        assert time.rule == "bad-time"
        assert 0 <= time.offset <= time.offset + time.length <= len(text)
    else:
        assert parse_time(time.text) == time


@given(
    st.text(max_size=30)
    | st.text(alphabet="0125-–T: +Z", min_size=8, max_size=26)
    | st.text(max_size=12).map("2025-12-15{}".format)
)
def test_any_text_gives_a_moment_or_a_fault_with_a_place_inside_it(text: str) -> None:
    moment = parse_moment(text)
    if isinstance(moment, Fault):
        assert moment.rule == "bad-moment"
        assert 0 <= moment.offset <= moment.offset + moment.length <= len(text)
    else:
        assert parse_moment(moment.text) == moment


@given(st.integers(0, 1439), st.integers(0, 1439))
def test_a_window_is_never_longer_than_a_day(a: int, b: int) -> None:
    time = parse_time(f"{clock(a)}/{clock(b)}")
    if isinstance(time, Time):
        assert time.start == a
        assert time.end is not None
        assert 0 < time.end - a < DAY_MINUTES
        assert time.end % DAY_MINUTES == b
    else:
        assert a == b


def test_the_parts_of_the_day_follow_each_other_without_a_gap() -> None:
    parts = [PARTS[name] for name in PARTS if name != "overnight"]
    assert parts[0][0] == 0
    assert parts[-1][1] == DAY_MINUTES
    assert all(end == start for (_, end), (start, _) in pairwise(parts))


@pytest.mark.parametrize("text", ["2025-12-15", "2025-12-15 night", "2025-12-15T01:42+03:00"])
def test_a_moment_survives_encoding(text: str) -> None:
    moment = moment_of(text)
    assert msgspec.json.decode(msgspec.json.encode(moment), type=Moment) == moment


def test_only_a_moment_with_a_zone_is_an_instant() -> None:
    assert instant(moment_of("2025-12-15T01:42+03:00")) == datetime.datetime(2025, 12, 14, 22, 42, tzinfo=datetime.UTC)
    assert instant(moment_of("2025-12-14T22:42Z")) == instant(moment_of("2025-12-15T01:42+03:00"))
    assert instant(moment_of("2025-12-15")) is instant(moment_of("2025-12-15 night")) is None


offsets = st.integers(-12 * 4, 12 * 4).map(lambda quarters: quarters * 15)
moments = st.builds(
    lambda day, minute, offset: f"{day}T{clock(minute)}{'-' if offset < 0 else '+'}{clock(abs(offset))}",
    st.dates(datetime.date(2025, 1, 1), datetime.date(2025, 1, 5)),
    st.integers(0, 1439),
    offsets,
).map(moment_of)


@given(moments, moments)
def test_moments_with_a_zone_are_ordered_by_the_instant(a: Moment, b: Moment) -> None:
    first, second = instant(a), instant(b)
    assert first is not None
    assert second is not None
    assert (moment_key(a) < moment_key(b)) == ((first, a.text) < (second, b.text))


@given(moments, st.dates(datetime.date(2025, 1, 1), datetime.date(2025, 1, 5)))
def test_a_day_without_a_time_is_never_sorted_among_another_day(moment: Moment, day: datetime.date) -> None:
    key = moment_key(moment_of(day.isoformat()))
    if moment.day != day:
        assert (moment_key(moment) < key) == (moment.day < day)
