"""Days: what is certain and what is possible stay apart, and a night is told once."""

from __future__ import annotations

from collections.abc import Iterable

from generator.views import days
from generator.views.cards import Card
from tests.unit.chronicles import desk_of_texts, incident, views


def ids(cards: Iterable[Card]) -> list[str]:
    return [card.id for card in cards]


def test_a_date_known_to_the_month_has_no_day_page() -> None:
    assert views(days.pages(desk_of_texts(incident("2025-12-a", "2025-12")))) == {}


def test_an_unsettled_day_stands_on_both_days_as_possible_and_on_neither_as_certain() -> None:
    found = views(days.pages(desk_of_texts(incident("2025-a", "[2025-12-14,2025-12-15]", time='"01:00"'))))
    assert set(found) == {"2025/12/14.html", "2025/12/15.html"}
    for view in found.values():
        assert (ids(view.certain.cards), ids(view.possible.cards)) == ([], ["2025-a"])
        assert not view.strip
        assert view.lede.startswith("No incident is certain on this day")


def test_a_possible_entry_adds_to_the_most_and_to_nothing_else() -> None:
    desk = desk_of_texts(
        incident("2025-a", "2025-12-14", casualties="{killed: 1, injured: 2+}"),
        incident("2025-b", "[2025-12-14,2025-12-15]", casualties="{killed: 5, injured: 5}"),
    )
    view = views(days.pages(desk))["2025/12/14.html"]
    assert [(s.data, s.more_data) for s in view.stats] == [("1", "1"), ("1", "1-6"), ("2+", "")]
    assert "Together" not in view.lede
    assert view.head.description.endswith("1 killed, 2 or more injured.")


def test_a_sum_keeps_its_open_top_and_says_who_gives_no_number() -> None:
    desk = desk_of_texts(
        incident("2025-a", "2025-12-14", casualties="{injured: 40+}"),
        incident("2025-b", "2025-12-14", casualties="{injured: 2-4}"),
    )
    view = views(days.pages(desk))["2025/12/14.html"]
    assert "42 or more injured" in view.head.description
    assert view.stats[2].data == "42+"
    assert any("2 entries give no number of the killed" in note for note in view.notes)


def test_a_night_stands_on_the_page_of_its_evening_and_its_morning_leads_there() -> None:
    desk = desk_of_texts(
        incident("2025-a", "2025-12-14", time='"22:00"'), incident("2025-b", "2025-12-15", time='"03:00"')
    )
    found = views(days.pages(desk))
    evening, morning = found["2025/12/14.html"], found["2025/12/15.html"]
    assert ids(evening.night.certain.cards) == ["2025-a", "2025-b"]
    assert morning.night is None
    assert [line.link.path for line in morning.nights] == ["2025/12/14.html#night"]


def test_a_night_whose_entries_are_all_on_the_page_is_not_listed_again() -> None:
    view = views(days.pages(desk_of_texts(incident("2025-b", "2025-12-15", time='"03:00"'))))["2025/12/15.html"]
    assert view.night is None
    assert [(line.text.rsplit(": ")[1], line.link) for line in view.nights] == [("1 entry, listed above.", None)]


def test_the_hour_of_a_statement_is_not_drawn_as_that_of_the_event() -> None:
    view = views(days.pages(desk_of_texts(incident("2025-b", "2025-12-15", time='"03:00"', time_of="statement"))))
    assert not view["2025/12/15.html"].strip
    assert view["2025/12/15.html"].certain.cards[0].clock == "03:00 (statement)"


def test_times_of_one_minute_are_drawn_once() -> None:
    texts = [incident(f"2025-{n}", "2025-12-15", time='"03:00"') for n in range(3)]
    strip = views(days.pages(desk_of_texts(*texts)))["2025/12/15.html"].strip
    assert strip.made.count('class="tick"') == 1


def test_a_day_with_too_many_entries_names_their_cities_with_counts() -> None:
    texts = [incident(f"2025-{n}", "2025-12-15", title="x" * 80) for n in range(300)]
    view = views(days.pages(desk_of_texts(*texts)))["2025/12/15.html"]
    assert (view.certain.density, view.certain.total, view.certain.cards) == ("counts", 300, ())
    assert [(c.link.text, c.certain) for c in view.cities.counts] == [("Belgorod", 300)]


def test_a_new_entry_changes_the_pages_of_its_own_days_and_their_neighbours_alone() -> None:
    texts = [incident(f"2025-{n:02}", f"2025-11-{n:02}") for n in range(1, 29)]
    before = {p.path: p.key for p in days.pages(desk_of_texts(*texts))}
    after = {p.path: p.key for p in days.pages(desk_of_texts(*texts, incident("2025-x", "2025-11-14")))}
    assert {path for path in before if before[path] != after[path]} == {"2025/11/14.html"}
