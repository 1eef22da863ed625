"""Years, decades and the overview: every date has one smallest page, and nothing vague is drawn on a day."""

from __future__ import annotations

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.chronicle import Chronicle
from generator.dates import certainty_on, certainty_within
from generator.edtf import Edtf, parse_edtf
from generator.views import years
from generator.views.almanac import almanac_of
from tests.unit.chronicles import desk_of_texts, incident, views

DAYS = st.dates(datetime.date(2024, 11, 1), datetime.date(2026, 2, 28)).map(str)
WRITINGS = st.one_of(
    DAYS,
    DAYS.map(lambda d: f"{d}~"),
    DAYS.map(lambda d: d[:7]),
    DAYS.map(lambda d: d[:4]),
    DAYS.map(lambda d: f"{d[:3]}X"),
    st.tuples(DAYS, DAYS).filter(lambda p: p[0] < p[1]).map(lambda p: f"{p[0]}/{p[1]}"),
    st.tuples(DAYS, DAYS).filter(lambda p: p[0] < p[1]).map(lambda p: f"[{p[0]},{p[1]}]"),
)


def edtf_of(text: str) -> Edtf:
    date = parse_edtf(text)
    assert isinstance(date, Edtf)
    return date


def standing(c: Chronicle) -> set[str]:
    almanac = almanac_of(c)
    periods = [*almanac.months.values(), *almanac.years.values(), *almanac.decades.values()]
    return {id for p in periods for id in (*p.certain, *p.possible)}


@settings(max_examples=60)
@given(WRITINGS)
def test_every_date_of_one_decade_stands_in_the_almanac(text: str) -> None:
    assert standing(desk_of_texts(incident("2025-a", f'"{text}"')).chronicle) == {"2025-a"}


@settings(max_examples=100)
@given(WRITINGS)
def test_what_is_certain_on_a_day_is_certain_in_its_month(text: str) -> None:
    edtf, first, last = edtf_of(text), datetime.date(2025, 12, 1), datetime.date(2025, 12, 31)
    days = [first + datetime.timedelta(n) for n in range(31)]
    if any(certainty_on(edtf, day) == "certain" for day in days):
        assert certainty_within(edtf, first, last) == "certain"
    if edtf.qualified:
        assert certainty_within(edtf, first, last) == "possible"


def test_a_date_known_to_the_month_or_year_colours_no_square() -> None:
    view = views(years.pages(desk_of_texts(incident("2025-a", "2025-07"), incident("2025-b", "2025"))))["2025.html"]
    assert 'class="day' not in view.heat
    assert [(c.link.text, c.certain) for c in view.strip] == [("July 2025", 1), ("2025, no month", 1)]
    assert view.lede.startswith("2 incidents in this year.")


def test_a_possible_day_is_outlined_and_not_coloured() -> None:
    heat = views(years.pages(desk_of_texts(incident("2025-a", "2025-07-01~"))))["2025.html"].heat
    assert heat.made.count('class="day q0 possible"') == 1
    assert 'class="day q1"' not in heat


def test_a_decade_has_a_page_only_where_an_entry_is_known_no_more_exactly() -> None:
    desk = desk_of_texts(incident("2025-a", "2025-07-01"), incident("2025-b", "202X"))
    found = views(years.pages(desk))
    assert set(found) == {"dates.html", "2025.html", "2020s.html"}
    assert [card.id for card in found["2020s.html"].vague.cards] == ["2025-b"]
    assert found["2025.html"].around.decade.path == "2020s.html"
    assert "2020s.html" not in views(years.pages(desk_of_texts(incident("2025-a", "2025-07-01"))))


def test_a_date_over_two_decades_stands_on_the_overview() -> None:
    found = views(years.pages(desk_of_texts(incident("2025-a", "2019/2021"))))
    assert set(found) == {"dates.html"}
    assert [card.id for card in found["dates.html"].vaguest.cards] == ["2025-a"]


def test_a_calendar_without_entries_says_what_would_be_there() -> None:
    view = views(years.pages(desk_of_texts()))["dates.html"]
    assert (view.lede, view.years) == ("No incident yet.", ())
