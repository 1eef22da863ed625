"""The keys of a front matter while it is written: those that the reader finds where it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
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


# ---------------------------------------------------------------- any whole text

NAMES = st.sampled_from(["a", "bb", "of_which", "x-1", "ё"])
WORDS = st.sampled_from(
    ["1", "two words", '"in: [quotes], #1"', "'{it}''s'", "http://e.org/a", "a#b", "[2025..]", "02:20/.."]
)
TREES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(NAMES, inner, min_size=1, max_size=3),
    max_leaves=8,
)


def in_brackets(tree: object) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{name}: {in_brackets(value)}" for name, value in tree.items()) + "}"
    return "[" + ", ".join(map(in_brackets, tree)) + "]" if isinstance(tree, list) else str(tree)


def in_lines(tree: object, indent: int, draw: st.DrawFn) -> str:
    """A tree as what may stand behind a key or a dash, with its line end: in brackets, or on lines of its own."""
    if isinstance(tree, str) or draw(st.integers(0, 2)) == 0:
        return f" {in_brackets(tree)}{draw(st.sampled_from(['', ' # a: comment']))}\n"
    step = indent + draw(st.sampled_from([1, 2, 4]))
    if isinstance(tree, dict):
        return "\n" + "".join(f"{' ' * step}{name}:{in_lines(value, step, draw)}" for name, value in tree.items())
    assert isinstance(tree, list)
    at = draw(st.sampled_from([indent, step])) if indent >= 0 else 0
    return "\n" + "".join(f"{' ' * at}-{item(value, at, draw)}" for value in tree)


def item(tree: object, at: int, draw: st.DrawFn) -> str:
    """What stands behind a dash: the first key of a map may stand on its line."""
    if isinstance(tree, dict) and draw(st.booleans()):
        lines = in_lines_of_map(tree, at + 2, draw)
        return " " + lines.lstrip(" ")
    return in_lines(tree, at, draw)


def in_lines_of_map(tree: dict[str, object], at: int, draw: st.DrawFn) -> str:
    return "".join(f"{' ' * at}{name}:{in_lines(value, at, draw)}" for name, value in tree.items())


@st.composite
def whole_texts(draw: st.DrawFn) -> str:
    tree = draw(st.dictionaries(NAMES, TREES, min_size=1, max_size=4))
    return f"---\n{in_lines_of_map(tree, 0, draw)}---\n"


@given(whole_texts())
@settings(max_examples=600)
def test_the_keys_of_any_whole_text_are_those_that_the_reader_finds(text: str) -> None:
    matter = front_matter(text, "x.md")
    assume(matter.mapping is not None and not matter.problems)
    assert matter.mapping is not None
    found = [(key.map, key.name, key.line, key.start) for key in outline_of(text).keys]
    assert found == list(keys_of(matter.mapping))


@given(whole_texts(), st.data())
def test_a_key_that_is_typed_belongs_to_the_map_in_which_it_is_read(text: str, data: st.DataObject) -> None:
    matter = front_matter(text, "x.md")
    assume(matter.mapping is not None and not matter.problems)
    assert matter.mapping is not None
    map, name, line, start = data.draw(st.sampled_from(list(keys_of(matter.mapping))))
    lines = lines_of(text)
    lines[line] = lines[line][: start + len(name)]
    spot = outline_of("\n".join(lines), Position(line, start + len(name))).spot
    assert spot is not None
    assert (spot.path, spot.is_key, spot.start) == (map, True, start)


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
