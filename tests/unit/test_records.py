"""Data files: what an author wrote, and nothing of what was not."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from generator.counts import counted
from generator.model import Casualties, Citation, Damage, Document, Location
from generator.outputs import records
from tests.unit.chronicles import desk_of_texts, incident


def test_a_place_on_the_equator_or_at_greenwich_keeps_both_coordinates() -> None:
    place = "[{name: Here, lat: 0, lon: 0.0}]"
    (page,) = records.pages(desk_of_texts(incident("2025-a", "2025-12-14", locations=place)))
    (told,) = json.loads(page.make())["locations"]
    assert (told["lat"], told["lon"]) == (0, 0)


def test_a_reported_none_is_told_and_what_nobody_reported_is_not() -> None:
    assert records.authored(Casualties(killed=counted(0, 0))) == {"killed": "0"}


def test_the_keys_of_a_document_stand_beside_those_of_its_citation() -> None:
    cited = Citation(document=Document(url="https://example.org/a", untitled=False), note="N")
    assert records.authored(cited) == {"url": "https://example.org/a", "note": "N", "status": "current"}


parts = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=3),
    st.integers(0, 3),
    st.just(Location(lat=0.0, lon=2.5)),
    st.just(Damage(what="w")),
)


@given(st.recursive(parts, lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(), inner)))
def test_whatever_is_told_can_be_written_as_json(value: object) -> None:
    told = records.authored(value)
    assert json.loads(json.dumps(told)) == told
