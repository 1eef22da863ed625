"""When entries appeared, changed and went, as their authors state it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.history import _minutes, appeared, events
from generator.model import Incident
from generator.moments import Moment, moment_key, parse_moment
from tests.unit.chronicles import chronicle_of, incident


def entry(id: str = "2025-a", date: str = "2025-01-02", **keys: str) -> Incident:
    return chronicle_of(incident(id, date, **keys)).entries[id].incident


def moment(text: str) -> Moment:
    found = parse_moment(text)
    assert isinstance(found, Moment)
    return found


def told(*entries: Incident) -> list[tuple[Any, ...]]:
    return [(e.moment.text if e.moment else None, e.what, e.incident.id, e.is_stated) for e in events(entries)]


GONE = {"status": "withdrawn", "status_note": "why"}


def test_an_entry_is_added_then_changed_then_gone_and_the_last_is_told_first() -> None:
    updates = "[{date: 2025-01-05, kind: correction, text: a}, {date: 2025-01-05, kind: retraction, text: b}]"
    assert told(entry(published="2025-01-05", updates=updates, **GONE)) == [
        ("2025-01-05", "withdrawn", "2025-a", True),
        ("2025-01-05", "changed", "2025-a", True),
        ("2025-01-05", "added", "2025-a", True),
    ]


def test_what_has_no_date_comes_last_and_an_unstated_day_is_told_as_such() -> None:
    gone = msgspec.structs.replace(entry(), status="withdrawn")
    assert told(gone, entry("2025-b", "2025-01")) == [
        ("2025-01-31", "added", "2025-b", False),
        ("2025-01-02", "added", "2025-a", False),
        (None, "withdrawn", "2025-a", True),
    ]


def test_a_retraction_in_an_entry_that_stays_is_a_change() -> None:
    updates = "[{date: 2025-01-05, kind: retraction, text: one figure}]"
    assert [what for _, what, *_ in told(entry(updates=updates))] == ["changed", "added"]


def test_of_several_retractions_the_newest_says_when_an_entry_went() -> None:
    updates = "[{date: 2025-01-07, kind: retraction, text: b}, {date: 2025-01-05, kind: retraction, text: a}]"
    assert told(entry(updates=updates, **GONE))[:2] == [
        ("2025-01-07", "withdrawn", "2025-a", True),
        ("2025-01-05", "changed", "2025-a", True),
    ]


@pytest.mark.parametrize(
    ("date", "day"), [("2025-01-02~", "2025-01-02"), ("2025-01", "2025-01-31"), ("2020/2025", "2020-01-01")]
)
def test_without_a_day_of_publication_an_entry_appears_at_its_date(date: str, day: str) -> None:
    assert appeared(entry(date=date)).text == day


MOMENTS = st.builds(
    lambda day, rest: moment(f"2025-03-{day:02}{rest}"),
    st.integers(1, 4),
    st.sampled_from(["", " night", " evening", " overnight", "T00:10+03:00", "T12:00Z", "T23:59-11:00", "T12:00:30Z"]),
)


@given(MOMENTS, MOMENTS)
def test_events_are_in_the_order_of_moments(a: Moment, b: Moment) -> None:
    assert ((_minutes(a), a.text) < (_minutes(b), b.text)) == (moment_key(a) < moment_key(b))
