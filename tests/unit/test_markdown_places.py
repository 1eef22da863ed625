"""The text at a reported place is the offending text, whatever block it stands in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markdown import parsed_body
from generator.problems import Span
from tests.markdown_texts import OFFENDING, PATH, PIECES, problems_of, text_at

AROUND = (
    "{}", "a {}", "> {}", "> > a\n> > b {} c", "- a\n- b\n\n  c {}", "  1. a\n     {}", "## a {} b ##", "a {}\n===", "a\nb\n  c {}",
    "> a\nb {} lazy", "| a | b |\n|---|---|\n| {} | \\| {} |", "| {} | {} |\n|---|---|\n| x | `\\|` {}", "- > | a |\n  > |---|\n  > | {} |",
    "-\t{}", "é漢 {}", "*a {} b*", "a {} a {}", "[r]: https://example.org/\n[r] {}", "\u00a0{}", "> \x00{}", "a\r\nb {}\rc {}",
)  # fmt: skip


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("offending", OFFENDING)
def test_the_text_at_a_reported_place_is_the_offending_text(around: str, offending: str) -> None:
    written = offending.replace("|", "\\|") if "|--" in around else offending
    text = around.replace("{}", written)
    found = parsed_body(text, 1, PATH)
    spans = [p.span for p in found.problems if p.rule not in ("heading-level", "link-scheme")]
    spans += [r.span for r in found.references]
    assert len(set(spans)) == around.count("{}")
    expected = written if offending != "[x](#nowhere)" else "#nowhere"
    assert {text_at(text, span) for span in spans} == {expected}


def test_the_place_of_a_refused_address_is_the_address() -> None:
    text = "a [javascript:x](javascript:x 'javascript:x') b"
    assert problems_of(text)[0].span == Span(1, 18, 1, 30)


def test_the_place_of_a_block_of_html_is_its_first_line() -> None:
    text = "a\n\n> - <div onclick='x'>\n>   b\n\nc"
    assert text_at(text, problems_of(text)[0].span) == "<div onclick='x'>"


def test_the_place_of_a_heading_is_the_whole_of_it() -> None:
    text = "> # a\n\n- #### b #\n\nc\n==="
    assert [text_at(text, p.span) for p in problems_of(text)] == ["# a", "#### b #", "c"]


def test_places_count_from_the_body_s_line_in_the_file() -> None:
    assert parsed_body("a\n\nb <i>", 12, PATH).problems[0].place == f"{PATH}:14:3"


@given(st.lists(st.sampled_from((*OFFENDING, *PIECES)), max_size=30).map("".join))
def test_every_place_lies_in_the_text(text: str) -> None:
    found = parsed_body(text, 1, PATH)
    for span in [*(p.span for p in found.problems), *(r.span for r in found.references)]:
        assert text_at(text, span)
