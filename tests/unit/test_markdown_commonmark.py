"""Where nothing is refused, the HTML is CommonMark's own, as markdown-it-py writes it."""

from __future__ import annotations

import re

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink

from generator.markdown.targets import normalized
from generator.problems import errors
from tests.markdown_texts import PIECES, html_of, problems_of

plain = MarkdownIt("commonmark", {"xhtmlOut": False}).enable("table")

markdown_texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def without_ours(html: str) -> str:
    """The HTML without what the dialect adds to CommonMark's."""
    html = html.replace('<div class="scroll" tabindex="0">\n<table>', "<table>").replace("</table>\n</div>", "</table>")
    html = html.replace(' rel="noreferrer noopener"', "").replace('<pre tabindex="0">', "<pre>")
    return re.sub(r"<h([2-6]) id=\"[^\"]*\">", r"<h\1>", html)


def by_markdown_it(text: str) -> str:
    """markdown-it's own HTML, with the side of a cell's text as a class."""
    return re.sub(r'style="text-align:(\w+)"', r'class="\1"', plain.render(text))


@settings(max_examples=200)
@given(markdown_texts)
@example("*a **b* c** ***d*** a*b*c _a_b_ **a*b**")
@example("- a\n- b\n\n  c\n- > d\n  > e\n\n      f\n1. g\n   - h\n")
@example("[a](https://example.org/(b)) [*c*](<https://example.org/d> (e)) `f [g](h)` [i `]` j](https://example.org/)")
@example("- a\n  ## b\n- c\n  > d\n- e\n  ```\n  f\n  ```\n- g\n  | h |\n  |---|\n")
@example("- ***\n  a\n- ***\n- ## b\n  c\n")
@example("a  \nb\\\nc\n  d\n\te\n")
@example("| a |\n|---|\n| b \\| c | d\n| `e\\|f`\n\n> | g |\n> |:-:|\n> h\n")
@example("a\n---\nb\nc\n---\n\n## d ##\n\n##\n")
@example("![a](x.jpg)\\")
@example("a [b]\n[c]\n\n[b]: <https://example.org/>\n[c]:\nhttps://example.org/ 'd\ne'\n")
def test_a_text_in_which_nothing_is_refused_has_the_html_of_commonmark(text: str) -> None:
    assume(not errors(problems_of(text)) and "x.jpg" not in text)
    assert without_ours(html_of(text)) == by_markdown_it(text)


@given(st.from_regex(r"https?://[a-zA-Z0-9.%:\-]{1,20}(/[ -~é]{0,20})?", fullmatch=True))
def test_a_plain_address_is_left_as_markdown_it_would_write_it(address: str) -> None:
    assert normalized(address) == normalizeLink(address)
