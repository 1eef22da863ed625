"""Sums over entries: ranges stay ranges, silence is no zero, and nothing is counted twice."""

from __future__ import annotations

from generator.views.sums import Sums, notes_of, span_text, stats_of, sums_of
from generator.words import Words
from tests.unit.chronicles import chronicle_of, incident

WORDS = Words("en")


def sums(*entries: dict[str, str]) -> Sums:
    chronicle = chronicle_of({path: text for entry in entries for path, text in entry.items()})
    return sums_of(chronicle.published(chronicle.timeline))


def values(found: Sums) -> list[tuple[str, str]]:
    return [(stat.label, stat.value) for stat in stats_of(WORDS, found)]


def test_a_sum_keeps_an_open_top() -> None:
    found = sums(
        incident("2025-a", "2025-01-01", casualties="{killed: 1, injured: 2-4}"),
        incident("2025-b", "2025-01-02", casualties="{killed: 40+, injured: 1}"),
    )
    assert values(found) == [("incidents", "2"), ("killed", "41 or more"), ("injured", "3–\u20605")]


def test_an_entry_without_a_figure_is_named_and_not_counted_as_none() -> None:
    found = sums(incident("2025-a", "2025-01-01", casualties="{killed: 0}"), incident("2025-b", "2025-01-02"))
    assert values(found)[1:] == [("killed, told in 1 of 2 entries", "0"), ("injured", "not reported")]
    assert notes_of(WORDS, found) == (
        "1 entry gives no number of the killed and 2 entries give no number of the injured. Not reported is not counted as none.",
    )


def test_a_contested_entry_is_summed_and_said_and_a_discounted_one_is_left_out_and_said() -> None:
    found = sums(
        incident("2025-a", "2025-01-01", casualties="{killed: 1, injured: 0}", assessment="contested"),
        incident("2025-b", "2025-01-02", casualties="{killed: 9, injured: 9}", assessment="discounted"),
    )
    assert values(found)[1:] == [("killed", "1"), ("injured", "0")]
    assert [note.split()[:2] for note in notes_of(WORDS, found)] == [["1", "contested"], ["1", "discounted"]]


def test_a_duplicate_is_not_counted_twice_even_where_it_comes_first() -> None:
    found = sums(
        incident("2025-a", "2025-01-01", casualties="{killed: 3}", relations="[{duplicate-of: 2025-b}]"),
        incident("2025-b", "2025-01-02", casualties="{killed: 2}"),
    )
    assert (values(found)[1], found.doubles) == (("killed", "2"), 1)


def test_what_is_only_possible_adds_from_nothing_to_all_of_its_own() -> None:
    sure = incident("2025-a", "2025-01-01", casualties="{killed: 1, injured: 2-4}")
    maybe = incident("2025-b", "2025-01-02", casualties="{killed: 40+, injured: ~6}")
    chronicle = chronicle_of({**sure, **maybe})
    found = sums_of(chronicle.published(["2025-a"]), chronicle.published(["2025-b"]))
    told = [(s.data, s.more_data) for s in stats_of(WORDS, found)]
    assert told == [("1", "1"), ("1", "1+"), ("2-4", "~2-10")]


def test_entries_on_one_event_count_once_over_any_number_of_steps_also_where_one_of_them_is_not_among_them() -> None:
    chronicle = chronicle_of(
        {
            **incident("2025-a", "2025-01-01", casualties="{killed: 1}", relations="[{same-event-as: 2025-b}]"),
            **incident("2025-b", "2025-01-01", casualties="{killed: 2}", relations="[{same-event-as: 2025-c}]"),
            **incident("2025-c", "2025-01-01", casualties="{killed: 3}"),
        }
    )
    found = sums_of(chronicle.published(["2025-a", "2025-c"]))
    assert (found.incidents, found.doubles, [s.data for s in stats_of(WORDS, found)][1]) == (1, 1, "1")


def test_a_certain_entry_counts_rather_than_a_possible_one_on_the_same_event() -> None:
    chronicle = chronicle_of(
        {
            **incident("2025-a", "2025-01-01", relations="[{duplicate-of: 2025-b}]"),
            **incident("2025-b", "2025-01-01~"),
        }
    )
    found = sums_of(chronicle.published(["2025-a"]), chronicle.published(["2025-b"]))
    assert (found.incidents, found.possible, found.doubles) == (1, 0, 1)


def test_the_latest_is_the_one_with_the_latest_day_and_a_decade_is_neither_earliest_nor_latest() -> None:
    found = sums(
        incident("2025-a", "2025-02-02/2025-03-01"), incident("2025-b", "2025-02-02"), incident("2025-c", "202X")
    )
    assert span_text(WORDS, found) == (
        "3 incidents, the earliest 2\u00a0February 2025, the latest 2\u00a0February to 1\u00a0March 2025; the year of 1 is not known."
    )


def test_where_nothing_is_certain_nobody_can_have_reported_anything() -> None:
    maybe = chronicle_of(incident("2025-a", "2025-01-02~", casualties="{injured: 2}"))
    found = stats_of(WORDS, sums_of((), maybe.published(maybe.timeline)))
    assert [(s.value, s.more) for s in found] == [
        ("0", "1 possible"), ("nothing certain", ""), ("nothing certain", "0–\u20602 with the possible"),
    ]  # fmt: skip
