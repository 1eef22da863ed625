"""The places of values: packing them changes none."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings

from generator.frontmatter import front_matter
from generator.marks import Marks, around, marks_of
from generator.nodes import every
from generator.problems import WHOLE_FILE

from .test_frontmatter import YAML


@settings(max_examples=200)
@given(YAML)
def test_a_packed_place_is_that_of_its_node(yaml: str) -> None:
    mapping = front_matter(f"---\n{yaml}\n---\n", "x").mapping
    nodes = {f"key.{n}": node for n, node in enumerate(every(mapping))} if mapping else {}
    marks = marks_of(nodes)
    assert {key: marks.span(key) for key in nodes} == {key: node.span for key, node in nodes.items()}
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(marks), type=Marks) == marks


def test_a_key_without_a_place_has_that_of_the_nearest_around_it() -> None:
    mapping = front_matter("---\na: {b: c}\n---\n", "x").mapping
    assert mapping is not None
    marks = marks_of({"a": mapping.pairs[0].value})
    assert marks.span("a.b.c") == marks.span("a") == mapping.pairs[0].value.span
    assert (marks.span("x.y"), Marks().span("a")) == (WHOLE_FILE, WHOLE_FILE)
    assert around("a.b.c", {"a", "a.b"}) == "a.b"
