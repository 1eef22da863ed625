"""A shortcut of the Markdown parser may save time and change nothing: without them every body is the same."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.common.utils import MD_TRIM_CHARS

from bench import corpus
from generator.frontmatter import front_matter
from generator.markdown import ParsedBody, dialect, leaves, parsed_body, pieces
from tests.markdown_texts import OFFENDING, PATH, PIECES, any_text

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "markdown"
NEVER = re.compile(r"(?!)")
SHORTCUTS = ((dialect, "EASY"), (pieces, "EASY"))

# Blocks and pieces of blocks that a shortcut knows or almost knows.
BLOCKS = (
    "Words", "words of *two* kinds", "**Bold** and _soft_", "[[city:a|b]] fell", "[^note] stands", "14 people", "14. people", "1) x",
    "## Head", "### Head ##", "# C#", "##", "# a | b", "--|--", "- item", "- **b**: c", "- [[a]]", "-item", "- ", "* item", "+ item", "  - deeper", "  more",
    "> quoted", ">quoted", "> ", ">> twice", "---", "===", "|---|", ":--", "| a |", "a | b", "| a | b |", "|---|:-:|", "| -: |:-- |", "||", "| *c* | [[d\\|e]] |", "| `f` | g | h |", "```", "    code", "\tcode", "<div>", "<b>x</b>",
    "[r]: https://example.org/", "[r]", "***", "_ _ _", "*a b*c*", "\u00a0x", "\x1fx", "x\u2003", "é", "—", "(x)", "\\- x", "!", "=", "x  ", " ",
)  # fmt: skip
texts = st.one_of(
    any_text,
    st.lists(st.tuples(st.sampled_from(BLOCKS), st.sampled_from(("\n", "\n", "\n\n", "\n\n", "\n\n\n", " ", "\n \n"))), max_size=14).map(
        lambda found: "".join(part for pair in found for part in pair)
    ),
    st.lists(st.sampled_from((*OFFENDING, *PIECES, "a", " ", "\n")), max_size=30).map("".join),
    st.lists(st.sampled_from(("*", "**", "_", "__", "a", "b c", " ", ".", "\"", "(", "[", "](x)", "`", "\\", "!", "é", "\u0301", "\n", "[[", "]]", "[[x|y]]", "[^n]", ":", "|", "  \n")), max_size=24).map("".join),
)  # fmt: skip


@contextmanager
def no_shortcuts() -> Iterator[None]:
    """The parser with markdown-it's rules alone."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name in SHORTCUTS:
            patch.setattr(module, name, NEVER)
        yield


def by_rules(text: str) -> ParsedBody:
    """What a body gives without any shortcut."""
    with no_shortcuts():
        return parsed_body(text, 1, PATH)


def specification() -> Iterator[str]:
    """The cases of tests/cases/markdown, whole files of them as one text, and their inputs."""
    for file in sorted(CASES.glob("*.txt")):
        text = file.read_text("utf-8")
        yield text
        yield from (part.partition("\n")[2] for part in re.split(r"^(?:=== |--- )", text, flags=re.MULTILINE))


def written() -> Iterator[str]:
    """The bodies of the repository's own chronicle and of an invented one."""
    for file in sorted((ROOT / "content").rglob("*.md")):
        yield front_matter(file.read_text("utf-8"), PATH).body
    yield from (entry.body for entry in corpus.entries(100))


@settings(max_examples=3000)
@given(texts)
@example("- a\n- b\n\n- c")
@example("- a\n\n  b")
@example("> a\n\n> b\nc")
@example("a\n---\n")
@example("a | b\n---|---\n")
@example("*a **b* c** *d*e* *f*")
def test_a_body_is_the_same_without_the_shortcuts(text: str) -> None:
    assert parsed_body(text, 1, PATH) == by_rules(text)


@pytest.mark.parametrize("source", [specification, written])
def test_the_bodies_at_hand_are_the_same_without_the_shortcuts(source: type[Iterator[str]]) -> None:
    for text in source():
        assert parsed_body(text, 1, PATH) == by_rules(text)


@pytest.mark.parametrize(("module", "name"), SHORTCUTS)
def test_each_shortcut_is_taken_by_what_people_write(module: object, name: str) -> None:
    pattern: re.Pattern[str] = getattr(module, name)
    assert any(pattern.search(text) for text in written())


def test_a_text_ends_where_markdown_it_ends_it() -> None:
    assert set(leaves.BLANKS) == set(MD_TRIM_CHARS)


def test_bodies_that_the_shortcuts_know_are_read_without_markdown_it() -> None:
    code = """
import sys
from bench import corpus
from generator.markdown import parsed_body
for entry in corpus.entries(50):
    parsed_body(entry.body, 1, "x.md")
sys.exit("markdown_it" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
