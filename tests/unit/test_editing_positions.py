"""Positions as editors count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.editing.positions import (
    ENCODINGS,
    Position,
    agreed,
    column_of,
    ends_of,
    lines_of,
    position_in,
    unit_at,
    units,
)
from generator.problems import Span

CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}

texts = st.text(
    alphabet=st.one_of(st.characters(exclude_categories=("Cs",)), st.sampled_from("aй😋́\n\r\u2028\u0085\ud800"))
)
encodings = st.sampled_from(ENCODINGS)


@given(texts, encodings, st.data())
def test_a_position_comes_back_from_every_encoding(text: str, encoding: str, data: st.DataObject) -> None:
    lines = lines_of(text)
    line = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[line])))
    unit = unit_at(lines, Position(line, column), encoding)
    assert position_in(lines, line, unit, encoding) == Position(line, column)


@given(texts, encodings)
def test_units_are_those_of_the_encoded_text(text: str, encoding: str) -> None:
    codec, width = CODECS[encoding]
    assert units(text, encoding) * width == len(text.encode(codec, "surrogatepass"))


@given(texts, encodings, st.integers(0, 200), st.integers(0, 10_000))
def test_any_position_of_an_editor_lies_in_the_text(text: str, encoding: str, line: int, unit: int) -> None:
    lines = lines_of(text)
    found = position_in(lines, line, unit, encoding)
    assert 0 <= found.column <= len(lines[found.line])


@given(texts, encodings, st.integers(0, 50))
def test_a_unit_inside_a_character_is_at_its_beginning(text: str, encoding: str, unit: int) -> None:
    line = lines_of(text)[0]
    column = column_of(line, unit, encoding)
    assert units(line[:column], encoding) <= unit
    assert column == len(line) or units(line[: column + 1], encoding) > unit


@given(texts, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_any_span_has_ends_in_the_text(text: str, line: int, column: int, end_line: int, end_column: int) -> None:
    lines = lines_of(text)
    start, end = ends_of(Span(line, column, end_line, end_column), lines)
    assert start <= end
    assert all(0 <= p.line < len(lines) and 0 <= p.column <= len(lines[p.line]) for p in (start, end))


def test_the_smile_of_the_specification() -> None:
    assert [column_of("a😋b", unit, "utf-16") for unit in range(5)] == [0, 1, 1, 2, 3]
    assert [column_of("a😋b", unit, "utf-8") for unit in range(7)] == [0, 1, 1, 1, 1, 2, 3]


@pytest.mark.parametrize(
    ("offered", "encoding"),
    [
        (None, "utf-16"),
        ([], "utf-16"),
        (["utf-16"], "utf-16"),
        (["utf-8", "utf-16"], "utf-8"),
        (["utf-16", "utf-32"], "utf-32"),
        (["utf-7"], "utf-16"),
    ],
)
def test_what_an_editor_offers_decides(offered: list[str] | None, encoding: str) -> None:
    assert agreed(offered) == encoding


def test_only_what_ends_a_line_for_an_editor_ends_one() -> None:
    assert lines_of("a\u2028b\x0cc\r\nd\re\n") == ["a\u2028b\x0cc", "d", "e", ""]
