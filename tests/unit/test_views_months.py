"""Months: a date known to the month stands there and on no day."""

from __future__ import annotations

from collections.abc import Iterable

from generator.views import months
from generator.views.cards import Card
from tests.unit.chronicles import desk_of_texts, incident, views


def ids(cards: Iterable[Card]) -> list[str]:
    return [card.id for card in cards]


def test_a_date_known_to_the_month_stands_on_no_day_of_the_grid() -> None:
    view = views(months.pages(desk_of_texts(incident("2025-a", "2025-12"))))["2025/12.html"]
    assert ids(view.vague.cards) == ["2025-a"]
    assert not any(cell.path for week in view.weeks for cell in week if cell)
    assert view.certain.total == view.possible.total == 0


def test_an_unsettled_day_is_certain_in_the_month_that_holds_both() -> None:
    view = views(months.pages(desk_of_texts(incident("2025-a", "[2025-12-14,2025-12-15]"))))["2025/12.html"]
    assert (ids(view.certain.cards), ids(view.possible.cards)) == (["2025-a"], [])
    assert view.lede.startswith("1 incident in this month; the day of 1 is not settled.")
    cells = {cell.day: cell for week in view.weeks for cell in week if cell}
    assert [(cells[day].certain, cells[day].possible) for day in (14, 15)] == [("", "+1"), ("", "+1")]


def test_a_day_between_two_months_is_possible_in_both() -> None:
    found = views(months.pages(desk_of_texts(incident("2025-a", "[2025-11-30,2025-12-01]"))))
    for path in ("2025/11.html", "2025/12.html"):
        assert (ids(found[path].certain.cards), ids(found[path].possible.cards)) == ([], ["2025-a"])


def test_an_interval_over_two_months_is_certain_in_both() -> None:
    found = views(months.pages(desk_of_texts(incident("2025-a", "2025-11-29/2025-12-02"))))
    assert [ids(found[path].certain.cards) for path in ("2025/11.html", "2025/12.html")] == [["2025-a"]] * 2


def test_about_a_month_is_possible_there() -> None:
    view = views(months.pages(desk_of_texts(incident("2025-a", "2025-12~"))))["2025/12.html"]
    assert view.lede.startswith("No incident is certain in this month; one incident may belong to it.")
    assert ids(view.vague.cards) == ["2025-a"]


def test_a_month_with_more_entries_than_a_page_holds_leads_to_its_days() -> None:
    texts = [incident(f"2025-{n}", f"2025-12-{n % 28 + 1:02}") for n in range(201)]
    view = views(months.pages(desk_of_texts(*texts)))["2025/12.html"]
    assert not view.is_listed
    assert sum(int(cell.certain or 0) for week in view.weeks for cell in week if cell) == 201


def test_the_newest_entry_of_a_month_stands_first() -> None:
    desk = desk_of_texts(incident("2025-a", "2025-12-01"), incident("2025-b", "2025-12-30"))
    assert ids(views(months.pages(desk))["2025/12.html"].certain.cards) == ["2025-b", "2025-a"]
