"""Which values of one field cannot both be true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.claims import Topic, Value, When
from generator.clashes import bears, clash
from generator.counts import counted
from generator.dates import window
from generator.edtf import Edtf, parse_edtf
from generator.times import Time, parse_time
from tests.unit.chronicles import desk_of_texts, incident

DAY = "2025-12-15"


def date(text: str) -> Edtf:
    found = parse_edtf(text)
    assert isinstance(found, Edtf)
    return found


def at(text: str, day: str = DAY) -> When:
    time = parse_time(text)
    assert isinstance(time, Time)
    return When(time, None, *window(date(day), time))


@pytest.mark.parametrize(
    ("topic", "a", "b"),
    [
        ("casualties", counted(2, 4), counted(5, 5)),
        ("casualties", counted(0, 0), counted(30, 30, True)),
        ("date", date("2025-12-14"), date("2025-12-15")),
        ("date", date("[2025-12-14,2025-12-20]"), date("2025-12-16")),
        ("date", date("2025-11"), date("2025-12-01")),
        ("time", at("00:32"), at("01:42")),
        ("time", at("~00:32"), at("01:03")),
        ("time", at("night"), at("evening")),
        ("place", ("Moscow",), ("Belgorod",)),
        ("attributed", ("One side",), ("The other",)),
        ("targets", ("yes",), ("no",)),
        ("position", ("accepts",), ("denies",)),
        ("order", ("before",), ("after",)),
    ],
)
def test_two_that_cannot_both_be_true(topic: Topic, a: Value, b: Value) -> None:
    assert clash(topic, a, b)
    assert clash(topic, b, a)
    assert not bears(topic, a, b)


@pytest.mark.parametrize(
    ("topic", "a", "b"),
    [
        ("casualties", counted(2, 4), counted(4, 9)),
        ("casualties", counted(30, 30, True), counted(31, 31)),
        ("damage", (), counted(6, 6)),
        ("date", date("2025-12"), date("2025-12-15")),
        ("date", date("2025-12-14~"), date("2025-12-15")),
        ("time", at("~00:32"), at("01:02")),
        ("time", at("../01:51"), at("01:42")),
        ("place", ("Moscow", "Khimki"), ("KHIMKI",)),
        ("kind", ("rocket-strike",), ("missile-strike",)),
        ("attributed", ("One side", "The other"), ("The other",)),
        ("targets", ("yes",), ("unknown",)),
        ("position", ("no-comment",), ("not-asked",)),
    ],
)
def test_two_that_can_both_be_true(topic: Topic, a: Value, b: Value) -> None:
    assert not clash(topic, a, b)
    assert not clash(topic, b, a)


def test_to_name_a_thing_bears_no_number_of_it_but_a_number_bears_that_it_is_named() -> None:
    assert not bears("damage", (), counted(6, 6))
    assert bears("damage", counted(6, 6), ())


@given(st.integers(0, 1439), st.integers(0, 1439))
def test_an_hour_that_is_about_allows_half_an_hour_each_way_and_no_more(a: int, b: int) -> None:
    about, exact = at(f"~{a // 60:02}:{a % 60:02}"), at(f"{b // 60:02}:{b % 60:02}")
    assert clash("time", about, exact) == (abs(a - b) > 30)


def test_a_place_inside_another_does_not_contradict_it() -> None:
    city = "---\nname: Khimki\ncountry: RU\nlat: 55.9\nlon: 37.4\ntimezone: Europe/Moscow\npart_of: {}\n---\n"
    sources = "[{url: https://example.org/a, says: {city: khimki}}, {url: https://example.org/b, says: {city: moscow}}]"
    texts = incident("2025-12-15-x", DAY, sources=sources, city="[khimki, moscow]")
    inside = desk_of_texts({"content/cities/khimki.md": city.format("moscow")}, texts).chronicle
    apart = desk_of_texts({"content/cities/khimki.md": city.format("belgorod")}, texts).chronicle
    assert inside.ledger("2025-12-15-x").contradictions == ()
    assert [c.field.topic for c in apart.ledger("2025-12-15-x").contradictions] == ["place"]
