"""An entry as it stood on a day: laws of what was known then, whatever was said later."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from generator.counts import Count
from generator.former import MOST_STATES, days_of, figures_of, figures_on, of_people, updates_after, value_on
from generator.ledger import Field, Ledger
from generator.model import Incident
from tests.unit.chronicles import chronicle_of, incident

FIRST = datetime.date(2025, 3, 1)


class Word(NamedTuple):
    """What one report says, and on which day of March; on none where it is undated."""

    report: int
    day: int | None
    killed: int
    status: str


WORDS = st.builds(
    Word,
    st.integers(1, 4),
    st.none() | st.integers(1, 6),
    st.integers(0, 5),
    st.sampled_from(["current", "current", "superseded", "withdrawn"]),
)


def source(word: Word) -> str:
    as_of = f", as_of: 2025-03-{word.day:02}" if word.day else ""
    return (
        f"{{url: 'https://example.org/{word.report}', says: {{casualties: {{killed: {word.killed}}}}}, "
        f"status: {word.status}{as_of}}}"
    )


def ledger_of(*words: Word, **keys: str) -> tuple[Incident, Ledger, tuple[datetime.date, ...]]:
    listed = f"[{', '.join(map(source, words))}]" if words else "[https://example.org/0]"
    found = chronicle_of(incident("2025-a", "2025-03-01", sources=listed, **keys))
    entry = found.entries["2025-a"]
    return entry.incident, of_people(found.ledger("2025-a")), days_of(entry.incident, entry.sources)


def day(number: int) -> datetime.date:
    return FIRST + datetime.timedelta(days=number - 1)


@given(st.lists(WORDS, max_size=6), WORDS, st.integers(1, 6))
def test_what_is_said_later_or_at_no_known_time_changes_no_former_state(words: list[Word], late: Word, on: int) -> None:
    if late.day is not None and late.day <= on:
        late = late._replace(day=on + 1)
    _, ledger, _ = ledger_of(*words)
    _, more, _ = ledger_of(*words, late)
    assert [(f.field, f.count) for f in figures_on(ledger, day(on))] == [
        (f.field, f.count) for f in figures_on(more, day(on))
    ]


@given(st.lists(WORDS, max_size=6), st.integers(1, 6))
def test_a_former_figure_lies_between_what_had_been_said(words: list[Word], on: int) -> None:
    _, ledger, _ = ledger_of(*words)
    said = [word.killed for word in words if word.day and word.day <= on]
    for figure in figures_on(ledger, day(on)):
        assert min(said) <= figure.count.low
        assert figure.count.high is not None and figure.count.high <= max(said)


@given(st.lists(WORDS, max_size=8))
def test_before_the_first_of_its_days_nothing_was_known_and_after_the_last_the_numbers_are_those_of_today(
    words: list[Word],
) -> None:
    _, ledger, days = ledger_of(*words)
    dated = sorted({word.day for word in words if word.day})
    assert len(days) <= MOST_STATES and list(days) == sorted(set(days))
    assert {d.day for d in days} <= set(dated[:-1])
    assert figures_on(ledger, FIRST - datetime.timedelta(days=1)) == ()
    if len(dated) == 1 or not days:
        return
    assert days[0] == day(dated[0])


@given(st.lists(WORDS, max_size=6))
def test_what_is_said_on_one_day_leaves_no_former_state(words: list[Word]) -> None:
    same = [word._replace(day=1) for word in words]
    assert ledger_of(*same)[2] == ()


@given(st.lists(WORDS.map(lambda w: w._replace(status="current")), min_size=1, max_size=6))
def test_on_the_last_day_what_was_known_is_what_is_known_where_all_is_dated_and_stands(words: list[Word]) -> None:
    dated = [word._replace(day=word.day or 1) for word in words]
    _, ledger, _ = ledger_of(*dated)
    assert [(f.field, f.count) for f in figures_on(ledger, day(6))] == [(f.field, f.count) for f in figures_of(ledger)]


CHANGES = (
    "[{date: 2025-03-03, kind: correction, text: a, changes: {casualties.killed: {was: 5, now: 3}}}, "
    "{date: 2025-03-02, kind: update, text: b, changes: {casualties.killed: {now: 5}, casualties.of_which.children.killed: {was: 1}}}]"
)


def test_what_an_entry_gave_is_what_its_first_later_update_found_there() -> None:
    entry, _, days = ledger_of(updates=CHANGES, casualties="{killed: 3}")
    killed, today = Field("casualties", "killed"), Count(3, 3, False, "3")
    assert [value_on(entry, killed, today, day(n)) for n in (1, 2, 3)] == ["", "5", "3"]
    assert value_on(entry, Field("casualties", "killed", "children"), None, day(1)) == "1"
    assert value_on(entry, Field("casualties", "injured"), None, day(1)) == ""
    assert days == (day(2),)
    assert ledger_of(updates=CHANGES, published="2025-03-01", casualties="{killed: 3}")[2] == (day(1), day(2))
    assert [update.text for update in updates_after(entry, day(1))] == ["b", "a"]
