"""Dates: what EDTF is taken, and where a date stands in the calendar."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise, product
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.dates import calendar_home, certainty_on, extent, nights, possible_days, sort_key, span_days, window
from generator.edtf import Edtf, day_date, parse_edtf
from generator.problems import Fault
from generator.times import Time, crosses_midnight, parse_time

CASES = Path(__file__).parents[1] / "cases" / "dates"
DAY = datetime.timedelta(days=1)


def cases(name: str) -> list[tuple[str, str]]:
    """The lines `input => expected` of a case file."""
    lines = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [
        (left, right) for left, mark, right in (line.partition(" => ") for line in lines if line[:1] != "#") if mark
    ]


def said(fault: Fault) -> str:
    return f"{fault.message} — {fault.hint}" if fault.hint else fault.message


def reading(text: str) -> str:
    date = parse_edtf(text)
    if isinstance(date, Fault):
        return said(date)
    qualified = ", qualified" if date.qualified else ""
    return f"{date.text}: {date.form}, {date.earliest or 'open'} to {date.latest or 'open'}{qualified}"


def date_of(text: str) -> Edtf:
    date = parse_edtf(text)
    assert isinstance(date, Edtf), date
    return date


def time_of(text: str) -> Time:
    time = parse_time(text)
    assert isinstance(time, Time), time
    return time


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


# ---------------------------------------------------------------- what authors write

days = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
near_days = st.dates(datetime.date(2025, 11, 28), datetime.date(2025, 12, 5))


def points(of: st.SearchStrategy[datetime.date]) -> st.SearchStrategy[str]:
    shapes = st.sampled_from(["%Y-%m-%d", "%Y-%m-%d", "%Y-%m", "%Y", "%Y-%m-XX", "%Y-XX"])
    masked = of.map(lambda d: f"{d:%Y-%m-%d}"[:9] + "X")
    plain = st.builds(lambda d, shape: d.strftime(shape), of, shapes)
    return st.builds(str.__add__, plain | masked, st.sampled_from(["", "", "", "~", "?", "%"]))


def texts(of: st.SearchStrategy[datetime.date]) -> st.SearchStrategy[str]:
    """Dates in all forms; some ends may stand in the wrong order."""
    point = points(of)
    ends = point | st.sampled_from(["..", ""])
    intervals = st.builds("{}/{}".format, ends, ends)
    members = st.lists(point | st.builds("{}..{}".format, point, point), min_size=1, max_size=4).map(",".join)
    return point | intervals | members.map("[{}]".format) | members.map("{{{}}}".format)


dates = texts(days).map(parse_edtf).filter(lambda d: isinstance(d, Edtf))
near_dates = texts(near_days).map(parse_edtf).filter(lambda d: isinstance(d, Edtf))
clocks = st.times().map(lambda t: t.strftime("%H:%M"))
ends_of_windows = clocks | st.just("..")
times = (clocks | clocks.map("~{}".format) | st.builds("{}/{}".format, ends_of_windows, ends_of_windows)).map(
    parse_time
).filter(lambda t: isinstance(t, Time)) | st.sampled_from(
    ["night", "early-morning", "morning", "evening", "overnight"]
).map(time_of)


@pytest.mark.parametrize(("text", "expected"), cases("dates") + cases("date-faults"))
def test_a_date_is_read_as_its_case_says(text: str, expected: str) -> None:
    assert reading(text) == expected


@pytest.mark.parametrize("text", [text for text, _ in cases("date-faults")])
def test_what_a_hint_says_to_write_is_a_date(text: str) -> None:
    fault = parse_edtf(text)
    assert isinstance(fault, Fault)
    written = re.search(r"(?:write|first:|did you mean) (\d\S+?|\[\S+?|\{\S+?)\??$", fault.hint)
    if written:
        proposal = written[1].replace("..", "/")
        assert isinstance(parse_edtf(proposal), Edtf)


@given(dates)
def test_the_canonical_writing_of_a_date_is_read_as_the_same_date(date: Edtf) -> None:
    assert parse_edtf(date.text) == date


@given(dates)
def test_a_date_survives_encoding(date: Edtf) -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(date), type=Edtf) == date


@given(st.lists(points(near_days), min_size=2, max_size=4, unique=True), st.randoms(use_true_random=False))
def test_the_order_and_the_blanks_of_a_set_do_not_matter(members: list[str], random: object) -> None:
    shuffled = sorted(members, reverse=True)
    assert parse_edtf(f"[{','.join(members)}]") == parse_edtf(f" [ {' , '.join(shuffled)} ] ")


@given(st.text(max_size=30) | st.text(alphabet="0123459-X/.[]{},~?% –T:", max_size=30) | texts(days))
def test_any_text_gives_a_date_or_a_fault_with_a_place_inside_it(text: str) -> None:
    date = parse_edtf(text)
    if isinstance(date, Fault):
        assert date.rule == "bad-date"
        assert 0 <= date.offset <= date.offset + date.length <= len(text)
    else:
        first, last = extent(date)
        assert 1900 <= first.year <= last.year <= 2100
        assert first <= last


def test_a_fault_in_a_part_points_at_the_part() -> None:
    text = " [2025-12-14, 2025-02-30]"
    fault = parse_edtf(text)
    assert isinstance(fault, Fault)
    assert text[fault.offset : fault.offset + fault.length] == "2025-02-30"


# ---------------------------------------------------------------- days


def readings(date: Edtf) -> list[frozenset[datetime.date]]:
    """Everything that a closed date may mean, as sets of days: the slow way."""
    if date.form == "interval":
        starts, ends = (covered(member) for member in date.members)
        return [frozenset(_run(a, b)) for a, b in product(starts, ends) if a <= b]
    if date.form == "one-of":
        return [
            meant
            for member in date.members
            for meant in (readings(member) if member.form != "interval" else _each(member))
        ]
    if date.form == "all-of":
        return [frozenset().union(*choice) for choice in product(*(readings(member) for member in date.members))]
    return _each(date)


def covered(date: Edtf) -> list[datetime.date]:
    pattern = re.compile(date.text.rstrip("~?%").replace("X", r"\d"))
    assert date.earliest
    assert date.latest
    return [d for d in _run(date.earliest, date.latest) if pattern.match(d.isoformat())]


def _each(date: Edtf) -> list[frozenset[datetime.date]]:
    assert date.earliest
    assert date.latest
    found = covered(date) if not date.members else _run(date.earliest, date.latest)
    return [frozenset([d]) for d in found]


def _run(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


known_to_the_day = st.lists(near_days.map(str), min_size=1, max_size=4, unique=True).flatmap(
    lambda ds: st.sampled_from(
        [ds[0], "/".join(sorted(ds)[:2]), f"[{','.join(ds)}]", f"{{{','.join(ds)}}}", f"{ds[0][:9]}X"]
    )
)


@given(known_to_the_day.map(parse_edtf).filter(lambda d: isinstance(d, Edtf)), near_days)
def test_a_date_is_certain_on_a_day_where_all_its_readings_cover_it_and_possible_where_some_do(
    date: Edtf, on: datetime.date
) -> None:
    meant = [on in reading_ for reading_ in readings(date)]
    assert certainty_on(date, on) == ("certain" if all(meant) else "possible" if any(meant) else None)


@given(near_dates, near_days)
def test_a_qualified_date_is_certain_on_no_day(date: Edtf, on: datetime.date) -> None:
    assert not (date.qualified and certainty_on(date, on) == "certain")


@given(dates)
def test_a_date_stands_on_the_pages_of_days_or_on_one_page_around_them(date: Edtf) -> None:
    found, home = possible_days(date), calendar_home(date)
    assert all(certainty_on(date, d) for d in found)
    assert list(found) == sorted(set(found))
    assert not (found and home)
    first, last = extent(date)
    if home:
        assert first.isoformat().startswith(home.removesuffix("0s"))
        assert last.isoformat().startswith(home.removesuffix("0s"))
    elif not found:
        assert f"{first.year}"[:3] != f"{last.year}"[:3]


@given(days, st.sampled_from(["%Y-%m", "%Y", "%Y-%m-XX"]), st.sampled_from(["", "~", "?"]))
def test_a_date_known_to_the_month_or_year_stands_on_no_day(d: datetime.date, shape: str, sign: str) -> None:
    date = date_of(d.strftime(shape) + sign)
    assert possible_days(date) == ()
    assert calendar_home(date) == d.strftime(shape.removesuffix("-XX"))


@pytest.mark.parametrize(
    ("text", "pages", "home"),
    [
        ("2025-12-15~", "15", None),
        ("[2025-12-14,2025-12-16]", "14 16", None),
        ("[2025-12-01,2025-12-08]", "", "2025-12"),
        ("{2025-12-01,2025-12-09}", "1 9", None),
        ("2025-12-01/2025-12-09", "1 2 3 4 5 6 7 8 9", None),
        ("2025-12-01~/2025-12-09", "", "2025-12"),
        ("2025-12-3X", "30 31", None),
        ("2025-12-2X", "", "2025-12"),
        ("../2025-12-05", "5", None),
        ("../2025-12", "", "2025-12"),
        ("2025-12/..", "", "2025-12"),
        ("2025-11/2025-12", "", "2025"),
        ("2021/2025-12", "", "2020s"),
        ("202X", "", "2020s"),
        ("[2019-12,2020-01]", "", None),
        ("20XX", "", None),
    ],
)
def test_a_date_has_these_pages(text: str, pages: str, home: str | None) -> None:
    date = date_of(text)
    assert " ".join(str(d.day) for d in possible_days(date)) == pages
    assert calendar_home(date) == home


@given(dates)
def test_a_span_counts_the_days_between_the_bounds(date: Edtf) -> None:
    assert span_days(date) == (len(_run(date.earliest, date.latest)) if date.earliest and date.latest else None)


# ---------------------------------------------------------------- order


@given(st.lists(st.tuples(near_dates, times | st.none()), min_size=2, max_size=8))
def test_dates_are_ordered_by_earliest_day_then_latest_day_then_time(entries: list[tuple[Edtf, Time | None]]) -> None:
    for (a, s), (b, t) in pairwise(sorted(entries, key=lambda e: sort_key(*e))):
        assert extent(a) <= extent(b)
        if extent(a) == extent(b):
            assert s is not None or t is None


def test_a_time_missing_comes_after_all_times_of_that_day() -> None:
    date = date_of("2025-12-15")
    written = [time_of(t) for t in ("../01:51", "00:00", "night", "01:42", "02:00/..", "23:59")]
    keys = [sort_key(date, t) for t in written]
    assert max(keys) < sort_key(date, None)
    assert sort_key(date, None) < sort_key(date_of("2025-12-16"), time_of("00:00"))


# ---------------------------------------------------------------- times and nights


@pytest.mark.parametrize(
    ("date", "time", "expected"),
    [
        ("2025-12-15", "", "12-15 00:00 to 12-16 00:00"),
        ("2025-12-15", "01:42", "12-15 01:42 to 12-15 01:42"),
        ("2025-12-15", "~00:12", "12-14 23:42 to 12-15 00:42"),
        ("2025-12-15", "../01:51", "12-15 00:00 to 12-15 01:51"),
        ("2025-12-15", "02:00/..", "12-15 02:00 to 12-16 00:00"),
        ("[2025-12-14,2025-12-15]", "01:42", "12-14 01:42 to 12-15 01:42"),
        ("[2025-12-14,2025-12-15]", "23:49/00:08", "12-14 23:49 to 12-15 00:08"),
        ("2025-12-14/2025-12-15", "overnight", "12-14 20:00 to 12-15 08:00"),
        ("2025-12", "evening", "12-01 18:00 to 01-01 00:00"),
        ("../2025-12-15", "01:42", "open to 12-15 01:42"),
    ],
)
def test_the_window_of_an_entry_holds_all_it_may_mean(date: str, time: str, expected: str) -> None:
    ends = window(date_of(date), time_of(time) if time else None)
    assert " to ".join(f"{end:%m-%d %H:%M}" if end else "open" for end in ends) == expected


@given(near_dates, times | st.none())
def test_a_window_never_ends_before_it_starts(date: Edtf, time: Time | None) -> None:
    start, end = window(date, time)
    assert start is None or end is None or start <= end


@given(near_days, st.integers(0, 1439))
def test_a_minute_of_a_day_lies_in_one_night_or_in_none(d: datetime.date, minute: int) -> None:
    clock = f"{minute // 60:02}:{minute % 60:02}"
    evening = d if minute >= 20 * 60 else d - DAY if minute < 8 * 60 else None
    assert nights(day_date(d), time_of(clock)) == (((evening, "certain"),) if evening else ())


@given(near_dates, times)
def test_a_certain_night_holds_the_whole_window_of_what_happened_once(date: Edtf, time: Time) -> None:
    for evening, certainty in nights(date, time):
        dusk = datetime.datetime.combine(evening, datetime.time(20))
        if certainty == "certain" and date.form != "all-of":
            start, end = window(date, time)
            assert start is not None
            assert end is not None
            assert dusk <= start <= end <= dusk + datetime.timedelta(hours=12)


@given(near_dates, times)
def test_a_night_without_a_time_or_with_a_qualified_date_is_never_certain(date: Edtf, time: Time) -> None:
    assert nights(date, None) == ()
    assert not date.qualified or all(certainty == "possible" for _, certainty in nights(date, time))


@pytest.mark.parametrize(
    ("date", "time", "expected"),
    [
        ("2025-12-15", "night", "14 certain"),
        ("2025-12-15", "early-morning", "14 certain"),
        ("2025-12-15", "morning", ""),
        ("2025-12-15", "evening", "15 possible"),
        ("2025-12-15", "02:00/..", "14 possible, 15 possible"),
        ("2025-12-15", "~20:10", "15 possible"),
        ("2025-12-15~", "01:42", "14 possible"),
        ("[2025-12-14,2025-12-15]", "overnight", "14 certain"),
        ("2025-12-14/2025-12-15", "23:49/00:08", "14 certain"),
        ("[2025-12-14,2025-12-15]", "01:42", "13 possible, 14 possible"),
        ("{2025-12-14,2025-12-15}", "01:42", "13 certain, 14 certain"),
        ("{2025-12-14,2025-12-15}", "overnight", "14 certain"),
        ("{2025-12-14,2025-12-20}", "01:42", "13 certain, 19 certain"),
        ("2025-12-14/2025-12-20", "01:42", ""),
        ("2025-12", "01:42", ""),
        ("../2025-12-15", "01:42", ""),
    ],
)
def test_an_entry_belongs_to_these_nights(date: str, time: str, expected: str) -> None:
    found = nights(date_of(date), time_of(time))
    assert ", ".join(f"{evening.day} {certainty}" for evening, certainty in found) == expected


def test_only_a_time_that_ends_on_the_next_day_crosses_midnight() -> None:
    crossing = [
        t
        for t in ("23:49/00:08", "overnight", "evening", "02:00/..", "~23:50", "00:00")
        if crosses_midnight(time_of(t))
    ]
    assert crossing == ["23:49/00:08", "overnight"]


def test_a_leap_day_is_a_day_like_others() -> None:
    date = date_of("2024-02-29")
    assert possible_days(date) == (day("2024-02-29"),)
    assert window(date, None)[1] == datetime.datetime.combine(day("2024-03-01"), datetime.time())
