"""Sums over entries: ranges stay ranges, silence is no zero, and nothing is counted twice."""

from __future__ import annotations

from generator.views.sums import Sums, notes_of, stats_of, sums_of
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
