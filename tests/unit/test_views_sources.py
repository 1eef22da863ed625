"""Sources and publishers: what derives from what, every claim that rests on a source, and how far it can be trusted."""

from __future__ import annotations

from typing import Any

from generator.views import sources
from tests.unit.chronicles import desk_of_texts, incident, views


def seed(id: str, **keys: str) -> dict[str, str]:
    fields = {"title": f"Report {id}", "publisher": "The Paper", "url": "https://example.org/a", **keys}
    front = "\n".join(f"{key}: {value}" for key, value in fields.items())
    return {f"seeds/{id}.md": f"---\n{front}\n---\nSays so.\n"}


CITING = incident(
    "2025-a",
    "2025-12-14",
    sources="[{source: copy, says: {casualties: {injured: 0}}}, {source: copy, status: superseded}]",
)
PAPER = {"content/publishers/paper.md": "---\nname: The Paper\nreliability: B\nnote: It names its sources.\n---\n"}


def found(*texts: dict[str, str]) -> dict[str, Any]:
    return views(sources.pages(desk_of_texts(*texts)))


def test_a_copy_leads_through_its_parent_to_its_origin_and_back() -> None:
    pages = found(
        seed("origin"), seed("middle", derived_from="[origin]"), seed("copy", derived_from="[middle]"), CITING
    )
    copy, origin = pages["sources/copy.html"], pages["sources/origin.html"]
    assert [r.link.text for r in copy.origins] == ["Report middle"]
    assert [r.link.text for r in copy.roots] == ["Report origin"]
    assert [r.link.text for r in origin.copies] == ["Report middle"]
    assert copy.trust[-1] == "It copies or rewrites another report; together they count as one source."


def test_all_that_an_entry_takes_from_a_source_stands_on_its_page() -> None:
    (resting,) = found(seed("copy"), CITING)["sources/copy.html"].resting
    assert [(c.label, c.text) for s in resting.statements for c in s.chips] == [("injured", "0")]
    assert [s.status for s in resting.statements] == ["", "superseded"]


def test_a_rated_publisher_is_told_with_its_letter_its_meaning_and_the_ground() -> None:
    pages = found(seed("copy"), CITING, PAPER)
    expected = ("The Paper is rated B, usually reliable.", "It names its sources.")
    assert pages["sources/copy.html"].trust[:2] == expected
    assert pages["publishers/paper.html"].trust[:2] == expected


def test_a_publisher_without_a_file_has_a_page_and_no_letter() -> None:
    pages = found(seed("copy", derived_from="[copy2]"), seed("copy2"), CITING)
    view = pages["publishers/the-paper.html"]
    assert view.lede == "2 documents; 1 entry rests on them."
    assert view.copies == "1 of them copies or rewrites another report."
    assert view.trust == ("The Paper is not rated: no ground for a letter has been given.",)
    assert [c.link.text for c in pages["publishers.html"].named] == ["The Paper"]


def test_a_source_on_which_nothing_rests_has_a_page() -> None:
    assert found(seed("alone"))["sources/alone.html"].lede.endswith("No entry rests on it.")
