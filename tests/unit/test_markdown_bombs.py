"""No text keeps the build waiting, and none is lost because it is too much."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markdown import parsed_body
from generator.model import Body
from generator.problems import Span
from tests.markdown_texts import PATH, html_of, problems_of, rules_of

BOMBS: dict[str, str] = {
    "brackets": "[" * 50_000,
    "just under the limit": "[" * 5_000,
    "pictures": "![" * 2_500,
    "records": "[[" * 2_500,
    "records with a bar": "[[a|" * 2_500,
    "notes": "[^" * 5_000,
    "pairs": "[]" * 5_000,
    "labels": "[a][" * 2_500,
    "label of a novel's length": "[" + "a" * 250_000 + "][b",
    "open links": "[a](" * 5_000,
    "open addresses": "[a](<b" * 5_000,
    "open titles": '[a](b "' * 5_000,
    "pictures in pictures": "![" * 2_500 + "x" + "](a)" * 2_500,
    "links in links": "[" * 5_000 + "x" + "](a)" * 5_000,
    "refused links": "[a](javascript:x) " * 5_000,
    "refused links by line": "[a](javascript:x)\n" * 5_000,
    "links in a link": "[a " + "[[b]] " * 2_400 + "](https://example.org/)",
    "emphasis": "a**b" * 50_000,
    "emphasis that never closes": "a_ *" * 50_000,
    "emphasis that never opens": "*a_ " * 50_000,
    "stars": "*" * 60_000,
    "mixed stars": "**_" * 20_000,
    "quotes": ">" * 5_000 + "a",
    "quotes by line": "\n".join(">" * i for i in range(600)),
    "lists": "- " * 2_000 + "a",
    "lists by line": "\n".join("  " * i + "- a" for i in range(500)),
    "mixed containers": "> - " * 2_000 + "a",
    "a wide table": "|a" * 20_000 + "|\n" + "|-" * 20_000 + "|\n" + "|b" * 20_000 + "|",
    "a sparse table": "|a" * 300 + "|\n" + "|-" * 300 + "|\n" + "|b\n" * 600,
    "a table of tags": "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n" + "|<i>" * 3_000 + "|",
    "half entities": "&amp" * 50_000,
    "entities": "&#35;" * 40_000,
    "ticks": "".join("`" * i + " " for i in range(1, 700)),
    "angles": "<" * 50_000,
    "comments": "<!--" * 30_000,
    "half tags": "<a " * 30_000,
    "tags": "<b> " * 10_000,
    "lines": "a\n" * 60_000,
    "headings": "## a\n" * 20_000,
    "underlined headings": "a\n-\n" * 20_000,
    "definitions": "".join(f"[a{i}]: b\n" for i in range(4_900)),
    "one definition": "[a]: b\n" * 4_900,
    "open definitions": "[a\n" * 4_900,
    "definitions with open titles": "[a]: b '\n" * 4_900,
    "a word": "a" * 250_000,
    "marks": "a" + "\u0301" * 10_000,
    "backslashes": "\\" * 100_000,
    "tabs": "\t" * 100_000 + "a",
    "full stops": "a. " * 80_000,
    "short sentences": "ab.) " * 50_000 + "A",
    "dots": "." * 200_000,
    "a path": "[a](" + "a/" * 100_000 + "x.md)",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_a_time_bomb_ends_in_two_seconds(bomb: str) -> None:
    assert len(bomb) <= 256 * 1024
    start = time.process_time()
    parsed_body(bomb, 1, PATH)
    assert time.process_time() - start <= 2


@pytest.mark.parametrize(
    "text",
    ["> " * 21 + "a", "- " * 12 + "a", "> - " * 8 + "a", "- a\n" + "".join("  " * i + "- a\n" for i in range(1, 12))],
)
def test_what_is_nested_too_deep_to_be_shown_is_reported(text: str) -> None:
    assert rules_of(text) == {"too-many"}


@given(st.lists(st.sampled_from(("> ", "- ", "1. ")), max_size=24))
def test_no_text_is_lost_without_a_word(containers: list[str]) -> None:
    text = "".join(containers) + "needle"
    assert "needle" in html_of(text) or "too-many" in rules_of(text)


def test_too_many_brackets_are_reported_at_the_first_one_too_many() -> None:
    problem = problems_of("[\n" * 10 + "[" * 6_000)[0]
    assert (problem.rule, problem.span) == ("too-many", Span(11, 4_991, 11, 4_992))
    assert parsed_body("[" * 6_000, 1, PATH).body == Body()
