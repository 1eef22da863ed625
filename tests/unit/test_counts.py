"""Counts: what is taken, and the laws of ranges."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.counts import MOST, Count, contains, counted, disjoint, hull, parse_count, total
from generator.problems import Fault

FORMS = "write a whole number from 0 to 1000000, or a count such as 2-4, 40+ or ~30"
LEAVE_OUT = "leave the key out where nobody reported a number"

bounds = st.integers(0, 60)
exact = bounds.map(lambda n: counted(n, n))
ranges = st.builds(lambda a, b: counted(min(a, b), max(a, b)), bounds, bounds)
at_least = st.integers(1, 60).map(lambda n: counted(n, None))
about = st.integers(1, 60).map(lambda n: counted(n, n, about=True))
counts = exact | ranges | at_least | about


def count_of(text: str) -> Count:
    count = parse_count(text)
    assert isinstance(count, Count), count
    return count


def allows(count: Count, number: int) -> bool:
    return count.low <= number and (count.high is None or number <= count.high)


@pytest.mark.parametrize(
    ("text", "low", "high", "rough", "written"),
    [
        ("0", 0, 0, False, "0"),
        ("6", 6, 6, False, "6"),
        (" 6 ", 6, 6, False, "6"),
        ("2-4", 2, 4, False, "2-4"),
        ("0-3", 0, 3, False, "0-3"),
        ("7-7", 7, 7, False, "7"),
        ("40+", 40, None, False, "40+"),
        ("~30", 30, 30, True, "~30"),
        ("~30+", 30, None, True, "~30+"),
        ("~2-4", 2, 4, True, "~2-4"),
        ("1000000", MOST, MOST, False, "1000000"),
    ],
)
def test_a_count_is_taken(text: str, low: int, high: int | None, rough: bool, written: str) -> None:
    assert parse_count(text) == Count(low, high, rough, written)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("two", "is not a count", "write 2"),
        ("2–4", "has a typographic dash", "write 2-4"),
        ("2 - 4", "is not a count", "write 2-4"),
        ("2 to 4", "is not a count", "write 2-4"),
        (">70", "is not a count", "write 71+ for more than 70, 70+ for at least 70"),
        ("at least 70", "is not a count", "write 70+"),
        ("70 or more", "is not a count", "write 70+"),
        ("about 30", "is not a count", "write ~30"),
        ("30?", "is not a count", "write ~30"),
        ("up to 5", "is not a count", "write 0-5, or 1-5 where somebody was"),
        ("1,200", "is not a count", "write 1200"),
        ("06", "is not a count", "write 6"),
        ("-1", "is not a count", FORMS),
        ("1.5", "is not a count", FORMS),
        (".inf", "is not a count", FORMS),
        ("dozens", "is not a count", FORMS),
        ("99999999999999999999", "is not a count", FORMS),
        ("1000001", "is more than 1000000", FORMS),
        ("5-3", ": min 5 is more than max 3", "write 3-5"),
        ("0+", "says nothing", LEAVE_OUT),
        ("~0", ": none is never about", "write 0 where somebody reported none"),
        ("unknown", "is not a count", LEAVE_OUT),
        (
            "nobody",
            "is not a count",
            "write 0 where somebody reported none, and leave the key out where nobody reported",
        ),
    ],
)
def test_what_is_no_count_is_said_in_the_words_of_the_author(text: str, message: str, hint: str) -> None:
    fault = parse_count(text)
    assert isinstance(fault, Fault)
    assert fault.message == f'"{text}"{message if message.startswith(":") else " " + message}'
    assert fault.hint == hint


@given(st.text(max_size=24) | st.text(alphabet="0123456789-+~–., ", max_size=12))
def test_any_text_gives_a_count_or_a_fault_with_a_place_inside_it(text: str) -> None:
    count = parse_count(text)
    if isinstance(count, Fault):
        assert count.rule == "bad-count"
        assert 0 <= count.offset <= count.offset + count.length <= len(text)
    else:
        assert parse_count(count.text) == count


@given(counts)
def test_a_count_survives_encoding(count: Count) -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(count), type=Count) == count


@given(st.lists(counts, min_size=1, max_size=5).flatmap(lambda cs: st.tuples(st.just(cs), st.permutations(cs))))
def test_the_order_of_a_sum_and_of_a_hull_does_not_matter(pair: tuple[list[Count], list[Count]]) -> None:
    assert total(pair[0]) == total(pair[1])
    assert hull(pair[0]) == hull(pair[1])


@given(counts, counts, counts)
def test_a_sum_adds_bounds_and_can_be_written(a: Count, b: Count, c: Count) -> None:
    whole = total([a, b, c])
    assert whole is not None
    assert whole.low == a.low + b.low + c.low
    assert whole.high == (None if None in (a.high, b.high, c.high) else (a.high or 0) + (b.high or 0) + (c.high or 0))
    assert whole.about == (a.about or b.about or c.about)
    assert parse_count(whole.text) == whole
    assert total([x for x in (total([a, b]), c) if x]) == whole


def test_nothing_adds_up_to_nothing_reported_and_not_to_none() -> None:
    assert total([]) is None
    assert hull([]) is None
    assert total([count_of("0"), count_of("0")]) == count_of("0")


@given(ranges | at_least | exact, ranges | at_least | exact)
def test_two_counts_are_disjoint_where_no_number_fits_both(a: Count, b: Count) -> None:
    assert disjoint(a, b) == (not any(allows(a, n) and allows(b, n) for n in range(130)))


@given(counts, counts)
def test_disjoint_does_not_look_at_the_order(a: Count, b: Count) -> None:
    assert disjoint(a, b) == disjoint(b, a)


@given(about, counts)
def test_only_none_contradicts_an_about_since_no_width_is_invented(a: Count, b: Count) -> None:
    assert disjoint(a, b) == (b.high == 0)


@given(ranges | at_least | exact, ranges | at_least | exact)
def test_a_count_contains_another_where_all_its_numbers_fit(a: Count, b: Count) -> None:
    assert contains(a, b) == all(allows(a, n) for n in range(130) if allows(b, n))


@given(st.lists(counts, min_size=1, max_size=5))
def test_a_hull_contains_all_it_was_made_of_and_is_the_smallest(given_counts: list[Count]) -> None:
    around = hull(given_counts)
    assert around is not None
    assert all(contains(around, c) for c in given_counts)
    assert around.low in {c.low for c in given_counts}
    assert around.high in {c.high for c in given_counts}


def test_no_bounds_are_sure_to_hold_an_about() -> None:
    assert not contains(count_of("20-40"), count_of("~30"))
    assert contains(count_of("~30"), count_of("30"))
