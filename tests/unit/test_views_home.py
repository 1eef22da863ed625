"""The home page: bounded, without a clock, and uncertain where the dates are."""

from __future__ import annotations

import re
from typing import Any

from generator.views import home
from generator.views.home import MOST_LATEST
from tests.unit.chronicles import desk_of_texts, incident, views


def home_of(*texts: dict[str, str]) -> Any:
    return views(home.pages(desk_of_texts(*texts)))["index.html"]


def test_an_uncertain_date_heads_its_entries_without_a_page() -> None:
    view = home_of(incident("2026-a", "[2026-01-10,2026-01-11]"), incident("2026-b", "2026-01-09"))
    assert [(group.path, group.weekday) for group in view.latest] == [("", ""), ("2026/01/09.html", "Friday")]


def test_the_twelve_months_end_with_the_newest_entry() -> None:
    assert home_of(incident("2024-a", "2024-03-05")).heat_span == "April 2023 to March 2024"


def test_the_latest_days_have_a_bounded_number_of_rows() -> None:
    view = home_of(*(incident(f"2026-{n}", "2026-01-09") for n in range(60)))
    assert [(len(group.cards), group.rest) for group in view.latest] == [(MOST_LATEST, 60 - MOST_LATEST)]


def test_an_old_entry_leaves_the_latest_days_as_they_are() -> None:
    new = [incident(f"2026-{n:02}", f"2026-01-{n:02}") for n in range(1, 20)]
    assert home_of(*new).latest == home_of(*new, incident("2024-a", "2024-01-01")).latest


def test_what_is_only_possible_counts_apart_for_a_city() -> None:
    view = home_of(incident("2026-a", "2026-01-09", city="moscow"), incident("2026-b", "2026-01-08~"))
    counts = [(count.link.text, count.certain, count.possible) for count in view.cities]
    assert counts == [("Moscow", 1, 0), ("Belgorod", 0, 1)]


def test_what_cannot_be_put_on_a_day_stands_in_the_strip_by_how_surely_it_is_of_these_months() -> None:
    dates = ("2026-01-09", "2025-12", "2025-12~", "2025", "202X")
    view = home_of(*(incident(f"2025-{n}", date) for n, date in enumerate(dates)))
    strip = str(view.heat).partition('<ul class="imprecise">')[2]
    told = re.findall(r">([^<>]+)</a> <b>([^<]+)</b>", strip)
    assert told == [
        ("December 2025", "1 entry, 1 possible"),
        ("2025, no month", "1 possible"),
        ("the 2020s, no year", "1 possible"),
    ]


def test_corrections_are_told_and_mere_updates_are_not() -> None:
    told = "[{date: 2026-01-10, kind: correction, text: Four not five}, {date: 2026-01-11, kind: update, text: More}]"
    view = home_of(incident("2026-a", "2026-01-09", updates=told))
    assert [(entry.text, item.text) for entry, item in view.corrected] == [("2026-a", "Four not five")]


def test_a_chronicle_without_entries_has_a_home() -> None:
    view = home_of()
    assert (view.latest, view.heat, view.example) == ((), "", None)
