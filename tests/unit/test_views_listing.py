"""Long lists: every row stands on exactly one page of its years, an unsettled year is counted as such, and pages stay small."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.edtf import Edtf, day_date, parse_edtf
from generator.views import corrections, lists, places
from generator.views.base import MOST_ROWS
from generator.views.listing import MOST_LATEST
from generator.views.slots import slot_of_date
from tests.unit.chronicles import desk_of_texts, incident, views


def date(text: str) -> Edtf:
    found = parse_edtf(text)
    assert isinstance(found, Edtf)
    return found


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)))
def test_a_day_stands_in_its_own_month_for_sure(day: datetime.date) -> None:
    assert slot_of_date(day_date(day)) == (day.year, day.month, True, True)


def test_a_date_known_to_the_year_stands_in_no_month() -> None:
    assert slot_of_date(date("2025"))[:3] == (2025, 0, True)


def test_a_date_known_to_the_decade_stands_in_no_year() -> None:
    assert slot_of_date(date("202X"))[:2] == (0, 0)


def test_a_day_at_the_turn_of_the_year_that_is_not_settled_is_only_possibly_of_the_earlier_year() -> None:
    assert slot_of_date(date("[2024-12-31,2025-01-01]")) == (2024, 12, False, False)


def test_an_approximate_day_is_only_possibly_of_its_year() -> None:
    assert not slot_of_date(date("2025-12-31~")).is_sure_of_year


def many(number: int, years: int) -> list[dict[str, str]]:
    """Entries spread evenly over some years, one day after the other."""
    first = datetime.date(2020, 1, 1)
    days = [first.replace(year=2020 + n % years) + datetime.timedelta(n // years % 360) for n in range(number)]
    return [incident(f"{day.year}-{n}", day.isoformat(), tags="[oil]") for n, day in enumerate(days)]


@pytest.mark.parametrize(("number", "years"), [(0, 1), (MOST_ROWS, 3), (MOST_ROWS + 1, 1), (MOST_ROWS + 1, 2)])
def test_every_entry_is_reached_from_the_list_and_stands_on_one_page_of_its_parts(number: int, years: int) -> None:
    desk = desk_of_texts(*many(number, years))
    found = {p: v for p, v in views(lists.pages(desk)).items() if p == "incidents.html" or p.startswith("incidents/")}
    first = found.pop("incidents.html")
    rows = [card.id for section in first.sections for card in section.rows]
    newest = list(reversed(desk.chronicle.timeline))
    if number <= MOST_ROWS:
        assert (found, rows) == ({}, newest)
        return
    in_parts = [card.id for part in found.values() for section in part.sections for card in section.rows]
    linked = {
        c.link.path for view in (first, *found.values()) for c in getattr(view, "years", getattr(view, "months", ()))
    }
    assert rows == newest[:MOST_LATEST]
    assert sorted(in_parts) == sorted(newest)
    assert linked == set(found)
    assert sum(c.certain + c.possible for c in first.years) == number


def test_a_new_entry_changes_few_pages_of_a_long_list() -> None:
    before = {p.path: p.key for p in lists.pages(desk_of_texts(*many(210, 3)))}
    after = {p.path: p.key for p in lists.pages(desk_of_texts(*many(210, 3), incident("2021-new", "2021-02-03")))}
    changed = {path for path in after if path.startswith("incidents") and before.get(path) != after[path]}
    assert changed == {"incidents.html", "incidents/2021.html"}


def test_a_city_of_several_years_is_split_sooner() -> None:
    found = {page.path for page in places.pages(desk_of_texts(*many(70, 2)))}
    assert {"cities/belgorod/2020.html", "cities/belgorod/2021.html"} <= found


def test_corrections_are_newest_first_with_what_was_and_is() -> None:
    older = "[{date: 2025-01-02, kind: correction, text: a, changes: {casualties.killed: {was: 3, now: 2}}}]"
    newer = "[{date: 2025-03-04, kind: update, text: b}]"
    desk = desk_of_texts(
        incident("2025-a", "2025-01-01", casualties="{killed: 2}", updates=older),
        incident("2025-b", "2025-01-01", updates=newer),
    )
    rows = [row for section in views(corrections.pages(desk))["corrections.html"].sections for row in section.rows]
    assert [(row.entry.text, row.item.text) for row in rows] == [("2025-b", "b"), ("2025-a", "a")]
    assert [(c.field, c.was, c.now) for c in rows[1].item.changes] == [("Killed", "3", "2")]
