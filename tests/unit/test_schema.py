"""The JSON Schemas as editors use them: they read YAML with types of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from generator.schema import SCHEMAS, Json, schema_of


def properties(schema: Any) -> Iterator[tuple[str, Json]]:
    """Every key of a schema and of its parts, with its schema; the short spellings of a relation are no keys of their own."""
    if isinstance(schema, list):
        for part in schema:
            yield from properties(part)
    elif isinstance(schema, dict):
        if schema.get("maxProperties") != 1:
            yield from schema.get("properties", {}).items()
        for part in (part for word, part in schema.items() if word != "if"):
            yield from properties(part)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_is_described(name: str) -> None:
    found = list(properties(schema_of(name)))
    assert found
    assert [key for key, schema in found if "description" not in schema] == []


@pytest.mark.parametrize(("name", "key"), [("city", "geonames"), ("source", "sha256"), ("incident", "summary")])
def test_a_text_that_may_be_digits_alone_may_be_a_number_to_an_editor(name: str, key: str) -> None:
    assert "number" in schema_of(name)["properties"][key]["type"]


def test_a_form_that_digits_cannot_have_asks_for_a_text() -> None:
    assert schema_of("city")["properties"]["wikidata"]["type"] == "string"
