"""Whatever an author writes, the markup of a body is ours alone, and nothing stops the build."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markdown import parsed_body
from generator.model import Body, Hole
from tests.markdown_texts import PATH, PAYLOADS, any_text, html_of

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
TAGS = {
    "p", *HEADINGS, "em", "strong", "a", "img", "code", "pre", "br", "hr", "ul", "ol", "li", "blockquote",
    "div", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "rel"}, "img": {"src", "alt", "title", "loading"}, "div": {"class", "tabindex"}, "pre": {"tabindex"},
    "ol": {"start"}, "th": {"class"}, "td": {"class"}, "code": {"class"},
    **{heading: {"id"} for heading in HEADINGS},
}  # fmt: skip
LEADS = re.compile(r"(?i:https?://|mailto:|tel:|geo:)|#?\{(?:href|media|anchor) ")


class Outline(HTMLParser):
    """The faults of an HTML text: elements, attributes and addresses that nothing of ours makes; and elements left open."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS or not {name for name, _ in attrs} <= ATTRIBUTES.get(tag, set()):
            self.faults.append(f"{tag} {attrs}")
        self.faults += [str(v) for name, v in attrs if name in ("href", "src") and not LEADS.match(str(v))]
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.faults.append(data)

    def handle_decl(self, decl: str) -> None:
        self.faults.append(decl)

    def handle_pi(self, data: str) -> None:
        self.faults.append(data)

    def unknown_decl(self, data: str) -> None:
        self.faults.append(data)


def faults_of(html: str) -> list[str]:
    """What nothing of ours makes in the HTML of a body, and what stands in it unclosed or in a link twice."""
    outline = Outline()
    outline.feed(html)
    outline.close()
    nested = re.findall(r"<a [^>]*>(?:(?!</a>).)*<a ", html, re.DOTALL)
    return [*outline.faults, *outline.open, *nested]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_leaves_a_trace_in_the_markup(payload: str) -> None:
    for around in (
        "{}",
        "a {} b",
        "- {}",
        "> {}",
        "| a |\n|---|\n| {} |",
        "## {}",
        "[{}](https://a.example/)",
        "![{}](a.jpg)",
        "*{}*",
    ):
        assert not faults_of(html_of(around.replace("{}", payload)))


@settings(max_examples=200)
@given(any_text)
def test_any_text_gives_a_body_whose_markup_is_ours_alone(text: str) -> None:
    assert not faults_of(html_of(text))


@given(any_text)
def test_a_body_survives_being_written_down(text: str) -> None:
    body = parsed_body(text, 1, PATH).body
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(body), type=Body) == body


@given(any_text)
def test_a_body_is_the_same_each_time_and_its_texts_are_joined(text: str) -> None:
    parsed = parsed_body(text, 1, PATH)
    assert parsed_body(text, 1, PATH) == parsed
    texts = [isinstance(chunk, str) for chunk in parsed.body.chunks]
    assert not any(a and b for a, b in pairwise(texts))


@given(any_text)
def test_all_that_leads_to_something_of_ours_is_a_reference(text: str) -> None:
    found = parsed_body(text, 1, PATH)
    wanted = {(r.type, r.id) for r in found.references}
    for hole in (c for c in found.body.chunks if isinstance(c, Hole)):
        own = hole.kind == "anchor" and hole.target in {h.anchor for h in found.body.headings}
        assert (
            own
            or (tuple(hole.target.split(":", 1)) if hole.kind in ("href", "title") else (hole.kind, hole.target))
            in wanted
        )


@given(any_text)
def test_the_ends_of_lines_do_not_matter(text: str) -> None:
    unix = re.sub(r"\r\n?", "\n", text)
    assert parsed_body(unix.replace("\n", "\r\n"), 1, PATH) == parsed_body(unix, 1, PATH)


@given(st.lists(st.text(max_size=12).map(lambda t: " ".join(t.split())), max_size=12))
def test_anchors_are_unique_and_never_a_name_of_the_page_s_own(titles: list[str]) -> None:
    headings = parsed_body("\n\n".join(f"## {title}" for title in titles), 1, PATH).body.headings
    anchors = [h.anchor for h in headings]
    assert len(set(anchors)) == len(anchors)
    assert all(re.fullmatch(r"h-[^\s\"'<>&]+", anchor) for anchor in anchors)
