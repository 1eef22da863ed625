"""What completion writes is read as what was offered."""

from __future__ import annotations

import time
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.editing.completing import completion, quoted
from generator.editing.hovering import hover
from generator.editing.leading import definition
from generator.editing.offers import MOST, Offer, fitting, matched
from generator.editing.positions import Position
from generator.frontmatter import front_matter
from generator.model import Parsed
from generator.nodes import Scalar, Sequence
from tests.editing_cases import read, small

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1),
    st.text("ab :#'\"[]{},-?&*!|>%@`\\~", min_size=1),
    st.sampled_from(["null", "NULL", "~", "- a", "a: b", "a #b", "Kryvyi Rih", "O’Brien", "night attack", "true", "1"]),
).filter(lambda text: text == text.strip())


@given(TEXTS)
def test_a_value_is_read_as_the_text_that_was_offered(text: str) -> None:
    matter = front_matter(f"---\nkey: {quoted(text)}\nlist: [{quoted(text)}, x]\n---\n", "x.md")
    assert matter.mapping is not None
    key, list_ = (pair.value for pair in matter.mapping.pairs)
    assert isinstance(key, Scalar)
    assert isinstance(list_, Sequence)
    assert [key.text, *(item.text for item in list_.items if isinstance(item, Scalar))] == [
        normalize("NFC", text)
    ] * 2 + ["x"]


@given(st.lists(st.text("ab -", min_size=1, max_size=6), max_size=150), st.text("ab -", max_size=4))
def test_what_is_offered_holds_what_is_typed_and_an_editor_shows_it(texts: list[str], typed: str) -> None:
    found, is_whole = fitting(map(Offer, texts), typed)
    assert len(found) <= MOST
    assert is_whole or len(found) == MOST
    words = typed.replace("-", " ").split()
    assert all(word in offer.text.replace("-", " ") for offer in found for word in words)
    assert all(matched(offer, typed).casefold().startswith(typed.casefold()) for offer in found)


@given(st.text("abc:-[]{}\"'#, \n^|йБел", max_size=40), st.data())
def test_there_is_an_answer_anywhere_in_any_text(text: str, data: st.DataObject) -> None:
    whole = f"---\ntitle: x\n{text}\n---\n{text}"
    lines = whole.split("\n")
    line = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[line])))
    path = "content/incidents/2025/2025-12-20-x.md"
    file, position = read(path, whole), Position(line, column)
    found = completion(file, whole, position, small().chronicle)
    assert all(0 <= item.start <= column <= item.end <= len(lines[line]) for item in found.items)
    told = hover(file, whole, position, small().chronicle)
    assert told is None or told.text
    definition(file, position, small())


BOMBS = {
    "blanks": "a" + " " * 60_000,
    "a link of blanks": "[[" + " " * 60_000 + "|",
    "dashes": "- " * 30_000,
    "brackets": "a: " + "[" * 30_000,
    "braces": "{a: " * 15_000,
    "quotes": "a: ['" + "'\" " * 20_000,
    "colons": ":" * 60_000,
    "words": "a: [" + "b " * 30_000,
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("whole", ["---\n{}\n---\n", "---\ntitle: x\n---\n{}"], ids=["front matter", "body"])
def test_no_line_takes_long(name: str, whole: str) -> None:
    text = whole.format(BOMBS[name])
    lines = text.split("\n")
    line = max(range(len(lines)), key=lambda n: len(lines[n]))
    file = Parsed(type="incident", id="2025-x", path="content/incidents/2025/2025-x.md")
    began = time.process_time()
    completion(file, text, Position(line, len(lines[line])), small().chronicle)
    hover(file, text, Position(line, 1), small().chronicle)
    assert time.process_time() - began < 2
