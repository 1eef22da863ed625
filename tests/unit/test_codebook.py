"""The codebook that editors show is docs/, word for word without its marks."""

from __future__ import annotations

import re

import msgspec
import pytest

from generator import codebook, model
from generator.codebook import Entry
from generator.reader import authored_fields, keys_of
from tests.doc_pages import ROOT, bare, rows_under
from tests.unit.test_docs import key_tables

DATA = ROOT / "generator" / codebook.DATA
EXPLAINED = {"Incident": rows_under("front-matter", "Words of an incident", ("key", "word", "meaning"))}


def plain(cell: str) -> str:
    """A cell without links, code marks and what only the page can show."""
    cell = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", cell).replace("**", "").replace("`", "")
    cell = re.sub(r"(, below|: below| of the table| below)(?=$|[,;])", "", cell)
    return cell.strip()


def words_of(name: str) -> dict[str, dict[str, str]]:
    """The keys of a type to the meanings of their words; one row may tell of several words."""
    found: dict[str, dict[str, str]] = {}
    key = ""
    for told, words, meaning in EXPLAINED.get(name, ()):
        key = bare(told) or key
        found.setdefault(key, {}).update(dict.fromkeys(re.findall(r"`([^`]+)`", words), plain(meaning)))
    return found


def told() -> dict[str, dict[str, Entry]]:
    """All types; what a key of a citation shares with a source is told in the words of the source."""
    rows = told_by_the_docs()
    source = {
        key: msgspec.structs.replace(e, value=e.value.partition(", required")[0]) for key, e in rows["Source"].items()
    }
    shared = {key: source[key] for key, e in rows["Citation"].items() if e.meaning == "as in a source"}
    return {**rows, "Citation": rows["Citation"] | shared}


def told_by_the_docs() -> dict[str, dict[str, Entry]]:
    return {
        cls.__name__: {
            bare(key): Entry(plain(value), plain(meaning), bare(example), words_of(cls.__name__).get(bare(key), {}))
            for key, value, meaning, example in table.rows
        }
        for _, cls, table in key_tables()
    }


def test_the_codebook_is_that_of_the_docs(blessing: bool) -> None:
    if blessing:
        DATA.write_bytes(msgspec.json.format(msgspec.json.encode(told()), indent=1) + b"\n")
        codebook.codebook.cache_clear()
    assert codebook.codebook() == told()


STRUCTS = [cls for cls in vars(model).values() if isinstance(cls, type) and issubclass(cls, msgspec.Struct)]
AUTHORED = [c for c in STRUCTS if c in model.RECORD_TYPES.values() or issubclass(c, model.Part) or c is model.Settings]


@pytest.mark.parametrize(
    "cls", [c for c in AUTHORED if c not in (model.Part, model.Document)], ids=lambda c: c.__name__
)
def test_every_key_that_an_author_may_write_is_told_of(cls: type[msgspec.Struct]) -> None:
    assert list(authored_fields(cls))
    assert [key for key in keys_of(cls) if codebook.entry_of(cls, key) is None] == []
