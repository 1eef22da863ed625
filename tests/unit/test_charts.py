"""Laws of charts and calendars: what is drawn is what is known, no more exactly than that, and every text is a text."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.figures.calendars import (
    Day,
    ImpreciseBar,
    Words,
    bounds_up_to,
    heat_calendar,
    heat_months,
    month_weeks,
    step,
)
from generator.figures.charts import Bar, Hours, Timed, bars, day_strip
from generator.figures.labels import length_of
from generator.figures.svg import attribute, escaped, linked, number, titled
from generator.figures.tables import Cell, data_table

WORDS = Words("2025", ("Mon", "", "Wed", "", "Fri", "", ""), [f"month {i}" for i in range(1, 13)], tuple("01234"))
DAY = Hours(0, 1440, ((0, "00:00"), (720, "12:00"), (1440, "00:00")))
NIGHT = Hours(1200, 1920, ((1200, "20:00"), (1440, "00:00"), (1920, "08:00")))

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))
dates = st.dates(date(2025, 1, 1), date(2025, 12, 31))
days = st.lists(
    st.builds(Day, dates, st.integers(0, 9), st.integers(0, 2), texts, texts), max_size=12, unique_by=lambda d: d.day
)
bars_of = st.lists(
    st.tuples(texts, st.integers(0, 500), st.none() | st.integers(0, 500), texts, texts).map(
        lambda t: Bar(t[0], t[1], None if t[2] is None else t[1] + t[2], *t[3:])
    ),
    max_size=6,
)
timed = st.one_of(
    st.builds(lambda m, *rest: Timed("exact", m, m, *rest), st.integers(-600, 2500), texts, texts, texts),
    st.builds(
        lambda kind, m, length, *rest: Timed(kind, m, m + length, *rest),
        st.sampled_from(["about", "window", "part", "before", "after"]),
        st.integers(-600, 2500),
        st.integers(1, 700),
        texts,
        texts,
        texts,
    ),
)


def classes(element: ElementTree.Element) -> list[str]:
    return element.get("class", "").split()


def with_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [e for e in root.iter() if name in classes(e)]


def share(element: ElementTree.Element, name: str) -> float:
    return float(element.get(name, "0").rstrip("%"))


# ---------------------------------------------------------------- numbers and tags


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_a_number_is_short_and_near(value: float, digits: int) -> None:
    text = number(value, digits)
    assert re.fullmatch(r"-?\d+(\.\d*[1-9])?", text) and text != "-0"
    assert float(text) == pytest.approx(value, abs=0.51 * 10**-digits)


@given(texts, texts)
def test_a_piece_says_what_it_was_given(content: str, value: str) -> None:
    element = ElementTree.fromstring(f"<text{attribute('class', value)}>{titled(content)}{escaped(content)}</text>")
    title = element.find("title")
    assert title is not None and (title.text or "") == (title.tail or "") == content
    assert element.get("class", "") == value and ("class" in element.attrib) == bool(value)
    link = ElementTree.fromstring(linked(value, escaped(content)))
    assert (link.tag, link.get("href", ""), link.text or "") == ("a" if value else "g", value, content)


def test_markup_is_escaped_once() -> None:
    assert escaped(Markup("a &amp; b")) == "a &amp; b"


# ---------------------------------------------------------------- calendars


@given(days, texts)
def test_every_day_with_entries_has_one_square_and_no_other_day_has(known: list[Day], label: str) -> None:
    root = ElementTree.fromstring(heat_calendar(2025, known, [ImpreciseBar(label, 99, "99")], WORDS))
    expected = [d for d in sorted(known, key=lambda d: d.day) if d.certain + d.possible]
    squares = with_class(root, "day")
    assert len(squares) == len(expected)
    assert [g.findtext("title") for g in root.iter() if g.find("rect") is not None] == [d.title for d in expected]
    assert [f"q{step(d.certain, WORDS.bounds)}" for d in expected] == [classes(s)[1] for s in squares]
    assert [("possible" in classes(s)) for s in squares] == [d.certain == 0 for d in expected]


@given(days)
def test_a_count_of_a_month_colours_no_day(known: list[Day]) -> None:
    vague = [ImpreciseBar("December 2025", 40, "40", "2025/12.html"), ImpreciseBar("2025", 7, "7")]
    without, with_vague = (heat_calendar(2025, known, bars, WORDS) for bars in ([], vague))
    strip = re.search(r'<ul class="imprecise">.*?</ul>', with_vague)
    assert strip is not None and "December 2025" in strip[0]
    assert with_vague.replace(strip[0], "") == without


@given(dates, dates)
def test_as_many_empty_squares_are_drawn_as_there_are_days(a: date, b: date) -> None:
    first, last = min(a, b), max(a, b)
    svg = heat_months(first, last, [], [], WORDS)
    lengths = [int(h) for d in re.findall(r'class="q0" d="([^"]*)"', svg) for h in re.findall(r"h(\d+)", d)]
    assert sum((length + 2) // 12 for length in lengths) == (last - first).days + 1


@given(days)
def test_every_square_lies_on_an_empty_square(known: list[Day]) -> None:
    root = ElementTree.fromstring(heat_calendar(2025, known, [], WORDS))
    for half in with_class(root, "heat-half"):
        path = next(e.get("d", "") for e in half.iter("path") if "q0" in classes(e))
        rows = [tuple(map(int, row)) for row in re.findall(r"M(\d+) (\d+)h(\d+)", path)]
        for square in with_class(half, "day"):
            x, y = int(square.get("x", "")), int(square.get("y", ""))
            assert any(y + 5 == row and start <= x < start + length for start, row, length in rows)


def test_no_day_outside_the_calendar_is_drawn() -> None:
    day = Day(date(2025, 12, 15), 1, 0, "a", "b")
    assert 'class="day' not in heat_months(date(2025, 12, 16), date(2026, 3, 1), [day], [], WORDS)


def test_equal_weekdays_stand_in_one_row_and_monday_is_first() -> None:
    monday, sunday = date(2025, 12, 15), date(2025, 12, 21)
    root = ElementTree.fromstring(heat_calendar(2025, [Day(d, 1, 0, "") for d in (monday, sunday)], [], WORDS))
    (a, b) = with_class(root, "day")
    assert a.get("x") == b.get("x")
    assert int(b.get("y", "")) - int(a.get("y", "")) == 6 * 12


def test_the_months_of_a_run_are_named_in_order() -> None:
    svg = heat_months(date(2025, 4, 1), date(2026, 3, 21), [], [], WORDS)
    assert re.findall(r">(month \d+)<", svg) == list(WORDS.months)


@given(st.integers(2000, 2100))
def test_the_name_of_a_month_stands_over_its_first_whole_week(year: int) -> None:
    firsts = [date(year, month, 1) for month in range(1, 13)]
    mondays = [first + timedelta(-first.weekday() % 7) for first in firsts]
    root = ElementTree.fromstring(heat_calendar(year, [Day(day, 1, 0, "") for day in mondays], [], WORDS))
    squares = [int(square.get("x", "")) for square in with_class(root, "day")]
    names = [int(text.get("x", "")) for text in root.iter("text") if (text.text or "").startswith("month")]
    # January and July begin a block and stand over its first week, whole or not.
    assert (squares[1:6], squares[7:]) == (names[1:6], names[7:])


@given(st.integers(0, 10_000))
def test_steps_rise_and_the_most_is_in_the_last_where_there_are_enough(most: int) -> None:
    bounds = bounds_up_to(most)
    assert list(bounds) == sorted(set(bounds)) and bounds[0] == 1
    assert step(0, bounds) == 0 and step(1, bounds) == 1
    assert step(most, bounds) == min(most, 4)


@given(st.integers(1, 9998), st.integers(1, 12))
def test_the_weeks_of_a_month_are_its_days_in_order(year: int, month: int) -> None:
    weeks = month_weeks(year, month)
    found = [day for week in weeks for day in week if day]
    assert found[0] == date(year, month, 1) and (found[-1] + timedelta(1)).day == 1
    assert [b - a for a, b in itertools.pairwise(found)] == [timedelta(1)] * (len(found) - 1)
    assert all(day is None or day.weekday() == i for week in weeks for i, day in enumerate(week))
    assert {len(week) for week in weeks} == {7}


# ---------------------------------------------------------------- bars


@given(bars_of, texts)
def test_a_bar_is_as_long_as_its_count_and_says_it(rows: list[Bar], caption: str) -> None:
    root = ElementTree.fromstring(bars(caption, ("What", "Count"), rows))
    assert root.findtext("caption") == caption
    drawn = root.findall("tbody/tr")
    assert ["".join(tr.findall("td")[0].itertext()) for tr in drawn] == [row.text for row in rows]
    unit = max([share(r, "width") for tr in drawn for r in with_class(tr, "sure")], default=0)
    lows = max([row.low for row in rows], default=0)
    for tr, row in zip(drawn, rows, strict=True):
        sure = sum(share(r, "width") for r in with_class(tr, "sure"))
        assert sure * lows == pytest.approx(row.low * unit, abs=0.02 * (lows + 1))
        pieces = list(tr.iter("rect"))
        assert all(share(r, "x") + share(r, "width") <= 100.03 for r in pieces)


def test_an_open_count_fades_and_a_range_ends() -> None:
    rows = [Bar("a", 40, None, "40 or more"), Bar("b", 2, 4, "2–4"), Bar("c", 3, 3, "3"), Bar("d", 0, 0, "0")]
    drawn = ElementTree.fromstring(bars("", ("", ""), rows)).findall("tbody/tr")
    names = [[classes(r)[0] for r in tr.iter("rect")] for tr in drawn]
    assert names == [["sure", "fade-1", "fade-2", "fade-3"], ["sure", "maybe"], ["sure"], []]


# ---------------------------------------------------------------- the hours of a day


@given(st.lists(timed, max_size=10), st.sampled_from([DAY, NIGHT]))
def test_every_event_within_the_hours_is_drawn_inside_them(events: list[Timed], hours: Hours) -> None:
    root = ElementTree.fromstring(day_strip("A day", events, hours))
    minutes = range(hours.start, hours.end)
    within = [e for e in events if e.start in minutes or (e.start < hours.start < e.end)]
    assert sorted(t.text or "" for t in root.iter("title")) == sorted(e.title for e in within)
    for mark in with_class(root, "span"):
        assert share(mark, "x") >= 0 and share(mark, "x") + share(mark, "width") <= 100.02
    assert all(0 <= share(t, "x1") <= 100 for t in with_class(root, "tick"))
    assert all(int(e.get("y", "0")) < int(root.get("height", "")) for e in root.iter("rect"))


@given(st.lists(timed, max_size=10))
def test_two_events_in_one_lane_are_apart_with_their_names_on_the_narrowest_strip(events: list[Timed]) -> None:
    root = ElementTree.fromstring(day_strip("A day", events, DAY))
    taken: dict[str, list[tuple[float, float]]] = {}
    for mark in with_class(root, "span"):
        taken.setdefault(mark.get("y", ""), []).append((share(mark, "x"), share(mark, "x") + share(mark, "width")))
    for text in (t for t in root.iter("text") if t.get("class") is None):
        length, at = length_of(text.text or ""), 3 * share(text, "x") + float(text.get("dx", ""))
        lane = str(int(text.get("y", "")) - 11)
        start = at - length if text.get("text-anchor") else at
        taken.setdefault(lane, []).append((start / 3, (start + length) / 3))
    for spans in taken.values():
        ordered = sorted(spans)
        assert all(a[1] <= b[0] + 0.02 for a, b in itertools.pairwise(ordered))


@pytest.mark.parametrize(
    ("kind", "ticks", "spans"),
    [("exact", 1, 0), ("about", 0, 1), ("window", 0, 1), ("part", 0, 1), ("before", 1, 1), ("after", 1, 1)],
)
def test_only_a_known_minute_has_a_tick(kind: str, ticks: int, spans: int) -> None:
    event = Timed(kind, 600, 600 if kind == "exact" else 700, "a")  # type: ignore[arg-type]
    root = ElementTree.fromstring(day_strip("A day", [event], DAY))
    assert (len(with_class(root, "tick")), len(with_class(root, "span"))) == (ticks, spans)


def test_an_end_beyond_the_strip_has_no_tick_at_its_edge() -> None:
    events = [Timed("before", 900, 1500, "a"), Timed("after", -60, 300, "b")]
    assert 'class="tick"' not in day_strip("A day", events, DAY)


def test_midnight_belongs_to_the_day_it_begins() -> None:
    assert 'class="tick"' in day_strip("A day", [Timed("exact", 0, 0, "a")], DAY)
    assert 'class="tick"' not in day_strip("A day", [Timed("exact", 1440, 1440, "a")], DAY)


@given(st.lists(timed, max_size=6), st.randoms())
def test_the_order_of_events_does_not_matter(events: list[Timed], random: object) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert day_strip("A day", shuffled, NIGHT) == day_strip("A day", events, NIGHT)


# ---------------------------------------------------------------- tables


@given(st.lists(st.lists(st.builds(Cell, texts, texts, st.booleans()), min_size=1, max_size=3), max_size=4), texts)
def test_a_table_holds_every_text_and_each_row_has_a_heading(rows: list[list[Cell]], caption: str) -> None:
    root = ElementTree.fromstring(data_table(caption, ("a", "b", "c"), rows))
    drawn = root.findall("tbody/tr")
    assert root.findtext("caption") == caption
    assert [["".join(cell.itertext()) for cell in tr] for tr in drawn] == [[cell.text for cell in row] for row in rows]
    assert all(tr[0].tag == "th" and tr[0].get("scope") == "row" for tr in drawn)
