"""Characters that have no business in a text, and keys that only look right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.characters import (
    MOST_FOUND,
    Where,
    character_problems,
    is_everyday,
    key_hint,
    normalisation_problems,
)
from generator.problems import Span

KEYS = ("title", "date", "city", "sources")
WHERE: tuple[Where, Where] = ("front matter", "body")


@pytest.mark.parametrize("code", [0xAD, 0x2028, 0xE0041, 0xE000, 0x378, 0x200B])
def test_what_only_looks_odd_is_an_error_in_front_matter_and_a_warning_in_a_body(code: int) -> None:
    found = [character_problems(f"a{chr(code)}", 1, "x", where)[0].severity for where in WHERE]
    assert found == ["error", "warning"]


@pytest.mark.parametrize("code", [0, 7, 0x7F, 0x85, 0x202E, 0x2067, 0xFEFF, 0xFFFE, 0x1FFFF, 0xD800])
def test_what_can_deceive_is_an_error_everywhere(code: int) -> None:
    (found,) = character_problems(f"one\ntwo {chr(code)}", 10, "x", "body")
    assert (found.severity, found.span) == ("error", Span(11, 5, 11, 6))


def test_ordinary_texts_of_many_scripts_pass() -> None:
    text = "Київ\u00a0— «так»\tΑθήνα اَلْعَرَبِيَّة עִבְרִית हिन्दी ไทย 漢字 かな 한국 👩\u200d🚒 🏳\ufe0f n° 5 ½ \u2067אב\u2069\n"
    assert character_problems(text, 1, "x", "body") == ()


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("сity", 'it has the Cyrillic letter U+0441; did you mean "city"?'),
        ("City", 'did you mean "city"?'),
        ("city ", 'did you mean "city"?'),
        ("titel", 'did you mean "title"?'),
        ("ci\u200dty", 'it has the invisible character U+200D; did you mean "city"?'),
        ("город", "it has the Cyrillic letter U+0433"),
        ("weather", ""),
    ],
)
def test_an_unknown_key_is_told_what_it_looks_like(key: str, hint: str) -> None:
    assert key_hint(key, KEYS) == hint


def test_eight_marks_in_a_row_pass_and_nine_do_not() -> None:
    assert character_problems("x" + "\u0301" * 8, 1, "x", "body") == ()
    (found,) = character_problems("ab\nx" + "\u0301" * 9, 1, "x", "body")
    assert (found.severity, found.span) == ("warning", Span(2, 2, 2, 11))


def test_a_flood_of_bad_characters_is_reported_in_part() -> None:
    for flood in ("\0\n" * 5_000, "\u2066" * 5_000):
        assert len(character_problems(flood, 1, "x", "body")) == MOST_FOUND


@given(st.text(max_size=30))
def test_no_text_is_reported_outside_itself(text: str) -> None:
    lines = text.split("\n")
    for problem in (*character_problems(text, 1, "x", "body"), *normalisation_problems(text, "x")):
        span = problem.span
        assert 1 <= span.column < span.end_column <= len(lines[span.line - 1]) + 1


@given(st.lists(st.sampled_from("ab\n\u2066\u2067\u2068\u2069"), max_size=15).map("".join))
def test_isolates_pass_exactly_where_each_line_is_balanced(text: str) -> None:
    plain = text.translate(str.maketrans("\u2067\u2068", "\u2066\u2066")).replace("a", "").replace("b", "")
    while "\u2066\u2069" in plain:
        plain = plain.replace("\u2066\u2069", "")
    assert bool(character_problems(text, 1, "x", "body")) == bool(plain.strip("\n"))


@given(st.text(max_size=30))
def test_a_text_is_everyday_where_each_of_its_characters_is(text: str) -> None:
    assert is_everyday(text) == all(is_everyday(char) for char in text)
    assert not is_everyday(text) or all(character_problems(text, 1, "x", where) == () for where in WHERE)


def test_no_everyday_character_is_a_problem() -> None:
    everyday = [char for char in map(chr, range(0x110000)) if is_everyday(char)]
    assert {*map(chr, range(32, 127)), *"абв", "–", "’"} <= {*everyday}
    assert all(
        character_problems(f"{char}\ue000", 1, "x", "body")[0].span == Span(1, 2, 1, 3)
        for char in everyday
        if char != "\n"
    )
