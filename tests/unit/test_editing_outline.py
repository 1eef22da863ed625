"""The keys of a front matter while it is written: those that the reader finds where it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.editing.outline import Outline, outline
from generator.editing.positions import Position, lines_of
from generator.frontmatter import front_matter
from generator.nodes import Mapping, Node, Sequence
from tests.chronicles import GOLDEN

ROOT = Path(__file__).parents[2]
FILES = [p for folder in ("content", "seeds") for base in (ROOT, GOLDEN) for p in sorted((base / folder).rglob("*.md"))]


def keys_of(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, int, int]]:
    """Every key below a node with its map, line and column from 0."""
    if isinstance(node, Mapping):
        for pair in node.pairs:
            quoted = int(pair.key.raw[:1] in ("'", '"'))
            yield path, pair.key.text, pair.key.span.line - 1, pair.key.span.column - 1 + quoted
            yield from keys_of(pair.value, (*path, pair.key.text))
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items, 1):
            yield from keys_of(item, (*path, str(number)))


def outline_of(text: str, cursor: Position | None = None) -> Outline:
    lines = lines_of(text)
    last = lines.index("---", 1) if "---" in lines[1:] else len(lines)
    return outline(lines, 1, last, cursor)


@pytest.mark.parametrize("folder", ["content", "seeds"])
def test_the_keys_of_every_file_are_those_that_the_reader_finds(folder: str) -> None:
    seen = 0
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        matter = front_matter(text, "x.md")
        if folder not in path.parts or matter.mapping is None or matter.problems:
            continue
        found = [(key.map, key.name, key.line, key.start) for key in outline_of(text).keys]
        assert found == list(keys_of(matter.mapping)), path
        seen += len(found)
    assert seen > 300


PIECES = st.sampled_from(
    ["a", "key", ": ", ":", "\n", "  ", "- ", "[", "]", "{", "}", ", ", '"', "'", " # c", "|\n", "> \n", "---\n", "й"]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.data())
def test_any_text_has_an_outline_and_a_spot_lies_around_its_cursor(text: str, data: st.DataObject) -> None:
    whole = f"---\n{text}\n---\n"
    lines = lines_of(whole)
    line = data.draw(st.integers(1, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[line])))
    spot = outline_of(whole, Position(line, column)).spot
    assert spot is None or 0 <= spot.start <= column <= spot.end <= len(lines[line])


def test_a_cursor_changes_nothing_about_the_keys() -> None:
    text = (GOLDEN / "content/incidents/2025").glob("*.md")
    for path in sorted(text)[:5]:
        whole = path.read_text(encoding="utf-8")
        lines = lines_of(whole)
        for line in range(1, len(lines)):
            assert outline_of(whole, Position(line, len(lines[line]))).keys == outline_of(whole).keys
