"""YAML that is read without libyaml: it reads what libyaml reads, or nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import process_time
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.corpus import entries
from bench.formats import FORMATS, files
from generator.frontmatter import FrontMatter, front_matter, yaml_document
from generator.nodes import Source
from generator.plainyaml import plain_mapping

from .test_frontmatter import YAML

ROOT = Path(__file__).parents[2]
WRITTEN = sorted(
    [*ROOT.glob("content/**/*.md"), *ROOT.glob("seeds/*.md"), *ROOT.glob("tests/golden/chronicle/**/*.md")]
)

INDENTS = st.sampled_from(["", "", "", "  ", "  ", "    ", " ", "      "])
DASHES = st.sampled_from(["", "", "", "- ", "- ", "-", "-  ", "- - "])
KEYS = st.sampled_from(["", "a: ", "b: ", "title: ", "a:", "b:", "c:", "a : ", "x-y: ", "1: ", "a:  ", "'a': ", "я: "])
WORDS = [
    "x",
    "2-4",
    "40+",
    "null",
    "nullify",
    "~",
    "Київ",
    "e\u0301",
    "a b",
    "\u00a0",
    "https://e/a",
    "'x'",
    '"x"',
    '"\\n"',
    '" "',
]
VALUES = st.one_of(
    st.sampled_from(["", "", "", *WORDS, "''", '""', "it's", "a: b", "a:b", "a::", "a:: b", "a #b", "a#b", "x ", "x  # y", "|", ">"]),
    st.sampled_from(["[]", "{}", "[a, b]", "[a,b]", "[ a ]", "[a, b", "[a, [b]]", "{a: {b: {c: d}, e: [f, \"g\"]}}", "[{a: b}, {a: b, c: d}]", "[{a: b]}", "[[a]", "[a], b]", "[a: b]", "{a, b}", "[a,, b]", "[a, ]", "{a: [b}]", "[[[[a]]]]", "{a: b}", "{a: b, a: c}", "{a: 1, b: x y}"]),
    st.lists(st.sampled_from(WORDS), max_size=3).map(lambda words: f"[{', '.join(words)}]"),
    st.lists(st.sampled_from(WORDS), max_size=3).map(
        lambda words: f"{{{', '.join(f'k{n}: {word}' for n, word in enumerate(words))}}}"
    ),
)  # fmt: skip
LINES = st.one_of(
    st.tuples(INDENTS, DASHES, KEYS, VALUES).map("".join), st.sampled_from(["", "  ", "# note", "  # note", "---"])
)
GOOD = st.sampled_from(
    [
        "x",
        "2-4",
        "Київ",
        "a b",
        "it's",
        "https://e/a?b",
        "a#b",
        '"a: b"',
        "'x'",
        "[a, b]",
        '{a: 1, b: "c, d"}',
        "{a: {b: {c: 2-4}, d: [e]}}",
        "[{a: b}, {c: d}]",
    ]
)


def _documents(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Maps of such words, and of maps and lists of them."""
    values = st.recursive(
        words.map(lambda word: [f" {word}"]),
        lambda inner: st.lists(inner, min_size=1, max_size=3).flatmap(
            lambda values: st.sampled_from([_map(values), _list(values)])
        ),
        max_leaves=12,
    )
    return st.lists(values, min_size=1, max_size=4).map(
        lambda values: "\n".join(line.removeprefix("  ") for line in _map(values)[1:])
    )


def _map(values: list[list[str]]) -> list[str]:
    return ["", *(f"  {line}" for n, value in enumerate(values) for line in _headed(f"k{n}:", value))]


def _list(values: list[list[str]]) -> list[str]:
    return ["", *(f"  {line}" for value in values for line in _as_item(value))]


def _headed(head: str, lines: list[str]) -> list[str]:
    return [head + lines[0], *lines[1:]]


def _as_item(lines: list[str]) -> list[str]:
    """A value as an item of a list: a map or a list begins beside its dash."""
    below = lines if lines[0] else [f"{lines[1][1:]}", *lines[2:]]
    return _headed("-", below)


def _by_libyaml(text: str) -> tuple[FrontMatter, FrontMatter]:
    with patch("generator.frontmatter.plain_mapping", lambda _: None):
        return front_matter(text, "x"), yaml_document(text, "x")


def _is_plain(yaml: str) -> bool:
    return plain_mapping(Source(yaml, yaml, "x", 2)) is not None


PLAIN = st.one_of(st.lists(LINES, max_size=8).map("\n".join), _documents(GOOD), _documents(GOOD | VALUES), YAML)


@settings(max_examples=500)
@example("a:\n  - b: 1\n    c:\n      - d\n  - e: [f, g]\nh: {i: 2-4}")
@example("a:\n- b")
@example("a:\n    b: c\n  d: e")
@example("a: b\n  c")
@given(PLAIN)
def test_what_is_read_without_libyaml_is_what_libyaml_reads(yaml: str) -> None:
    text = f"---\n{yaml}\n---\nText\n"
    assert (front_matter(text, "x"), yaml_document(text, "x")) == _by_libyaml(text)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_every_file_of_ours_is_read_as_libyaml_reads_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert front_matter(text, "x") == _by_libyaml(text)[0]


def test_a_usual_front_matter_is_plain() -> None:
    texts = [text for path, text in files(FORMATS["full"], entries(40)).items() if path.endswith(".md")]
    assert all(_is_plain(text.split("---\n")[1]) for text in texts)
    assert _is_plain(
        '# note\n\na: it’s 2:30, a#5\nb: \'x\'\nc: [x, "y, z"]\nd:\n  - e: {f: 40+, g: "h: i"}\n    j: k\n  - l\n'
    )


def test_a_usual_front_matter_loads_no_libyaml() -> None:
    code = (
        "import sys\nfrom generator.frontmatter import front_matter\n"
        "assert front_matter('---\\ntitle: a\\n---\\n', 'x').mapping\nsys.exit('yaml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


LONG = 20_000
SLOW = {
    "a blank at the end": "a: " + "x" * LONG + " ",
    "blanks": "a: x" + " " * LONG,
    "indents": " " * LONG + "x x",
    "colons": "a: " + "x:" * LONG + " ",
    "hashes": "a: " + "x#" * LONG + " ",
    "commas": "a: [" + "x, " * LONG,
    "words": "a: [" + "x " * LONG + ",",
    "pairs": "a: {" + "a: b, " * LONG,
    "quotes": 'a: "' + "x" * LONG,
    "lines": "\n" * LONG,
    "a long word": "a" * LONG,
}


@pytest.mark.parametrize("name", SLOW)
def test_no_text_makes_the_reading_slow(name: str) -> None:
    _is_plain("a: b")  # makes the expressions
    start = process_time()
    _is_plain(f"{SLOW[name]}\n")
    assert process_time() - start < 0.2
