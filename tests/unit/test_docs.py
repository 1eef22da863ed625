"""Laws about docs/: its tables of keys are complete, and every value that is shown is read as the page says."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from typing import get_args

import msgspec
import pytest

from generator import model, routes
from generator.counts import parse_count
from generator.dates import calendar_home, certainty_on, possible_days
from generator.edtf import Edtf, parse_edtf
from generator.frontmatter import yaml_document
from generator.markdown import parsed_body
from generator.moments import parse_moment
from generator.parse import parsed
from generator.problems import Fault
from generator.reader import keys_of, reading
from generator.settings import settings_file
from generator.times import parse_time
from generator.words import Words
from tests.doc_pages import Table, bare, page, rows_under, tables

WORDS = Words("en")

TABLES: dict[str, tuple[type[msgspec.Struct], ...]] = {
    "Incident": (model.Incident,),
    "Casualties": (model.Casualties,),
    "Damage": (model.Damage,),
    "Weapons": (model.Weapon,),
    "Targets": (model.Target,),
    "Actors": (model.Actor,),
    "Locations": (model.Location,),
    "Relations": (model.Relation,),
    "Media": (model.Medium,),
    "Sources and what they say": (model.Citation, model.Says),
    "Updates": (model.Update, model.Change),
    "Translation": (model.Translation,),
    "Source": (model.Source, model.Archived),
    "City": (model.City, model.Disputed),
    "Publisher": (model.Publisher,),
    "Wave": (model.Wave, model.Where),
    "Page": (model.Prose,),
}
"""A heading of docs/front-matter.md to the types whose tables stand below it, in order."""

SITE_TABLES: dict[str, tuple[type[msgspec.Struct], ...]] = {
    "Keys": (model.Settings,),
    "Kinds": (model.Kind,),
    "Licence": (model.Licence,),
    "Ledger": (model.LedgerRules,),
}
"""The same for docs/site.md."""

KEY_TABLE = ("key", "value", "what it means", "example")


def key_tables() -> list[tuple[str, type[msgspec.Struct], Table]]:
    """Every table of keys with its page and its type."""
    found = []
    for name, wanted in (("front-matter", TABLES), ("site", SITE_TABLES)):
        for heading, types in wanted.items():
            under = [t for t in tables(name) if t.heading == heading and t.head == KEY_TABLE]
            found += [(name, cls, table) for cls, table in zip(types, under, strict=True)]
    return found


each_key_table = pytest.mark.parametrize(
    ("cls", "table"), [pytest.param(cls, table, id=cls.__name__) for _, cls, table in key_tables()]
)

# ---------------------------------------------------------------- keys and words


@each_key_table
def test_a_table_lists_every_key_of_its_type_in_order(cls: type[msgspec.Struct], table: Table) -> None:
    assert tuple(bare(row[0]) for row in table.rows) == keys_of(cls)


@each_key_table
def test_every_example_of_a_key_is_read_without_a_fault(cls: type[msgspec.Struct], table: Table) -> None:
    for key, _, _, example in table.rows:
        document = yaml_document(bare(example) + "\n", "example")
        assert document.mapping is not None and document.problems == (), example
        read = reading(document.mapping, cls, "example")
        assert [p for p in read.sheet.problems if p.rule != "missing-key"] == [], example
        assert bare(example).startswith(f"{bare(key)}:")


@each_key_table
def test_a_table_says_which_keys_a_type_requires(cls: type[msgspec.Struct], table: Table) -> None:
    said = {bare(row[0]) for row in table.rows if row[1].endswith("**required**")}
    needed = {field.name for field in msgspec.structs.fields(cls) if field.required}
    if cls is model.Source:  # asked for by a rule of its own, see `entry_rules.source_can_be_found`
        needed = {"publisher"}
    assert said == needed


def vocabularies() -> list[tuple[str, str]]:
    """Every word that a key of `model` allows, with the name of its vocabulary."""
    literals = {name: get_args(value) for name, value in vars(model).items() if name[0].isupper()}
    return [(n, word) for n, words in literals.items() if n != "RecordType" for word in words if isinstance(word, str)]


def test_every_word_of_every_vocabulary_is_named() -> None:
    texts = dict.fromkeys(("Feature", "RuleSeverity", "Outliers", "Derived"), page("site"))
    missing = [
        (name, word) for name, word in vocabularies() if f"`{word}`" not in texts.get(name, page("front-matter"))
    ]
    assert len(vocabularies()) > 100
    assert missing == []


def entries(name: str) -> list[str]:
    """The blocks of a page that are whole files."""
    return re.findall(r"^```\n(---\n.*?)^```$", page(name), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["front-matter", "markdown"])
def test_every_entry_that_is_shown_is_valid(name: str) -> None:
    assert entries(name)
    for text in entries(name):
        assert parsed("content/incidents/2025/2025-12-15-example.md", text).problems == (), text


def test_every_site_yaml_that_is_shown_is_valid() -> None:
    shown = re.findall(r"^```yaml\n(.*?)^```$", page("site"), re.MULTILINE | re.DOTALL)
    assert shown
    for text in shown:
        whole = text if text.startswith("title:") else f"title: T\nbase_url: https://example.org/\n{text}"
        assert settings_file(whole).problems == (), text


# ---------------------------------------------------------------- dates, times, counts


def where(date: Edtf) -> str:
    """On which pages a date stands, as docs/front-matter.md says it."""
    home = calendar_home(date)
    if home:
        return f"`{routes.calendar(home)}`"
    said = {"certain": "", "possible": "possibly "}
    found = []
    for certainty, word in said.items():
        days = [f"`{routes.day(d)}`" for d in possible_days(date) if certainty_on(date, d) == certainty]
        if days:
            few = ", ".join(days) if len(days) <= 3 else f"{days[0]} … {days[-1]}, {len(days)} days"
            found.append(word + few)
    return "; ".join(found) or "`dates.html`"


@pytest.mark.parametrize("row", rows_under("front-matter", "Dates", ("written", "read", "where it stands")), ids=str)
def test_a_date_is_read_and_stands_as_the_page_says(row: tuple[str, str, str]) -> None:
    date = parse_edtf(bare(row[0]))
    assert isinstance(date, Edtf)
    assert (plain(WORDS.date_text(date)), where(date)) == row[1:]


NOTATIONS: dict[str, Callable[[str], str]] = {
    "Times": lambda text: WORDS.time_text(parse_time(text)),  # type: ignore[arg-type]
    "Moments": lambda text: WORDS.moment_text(parse_moment(text)),  # type: ignore[arg-type]
    "Counts": lambda text: WORDS.count_text(parse_count(text)),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("heading", NOTATIONS)
def test_a_value_is_read_as_the_page_says(heading: str) -> None:
    for written, read in rows_under("front-matter", heading, ("written", "read")):
        assert plain(NOTATIONS[heading](bare(written))).replace("\u2060", "") == read


def test_a_refused_date_gets_the_answer_the_page_says() -> None:
    for written, answer in rows_under("front-matter", "Dates", ("written", "answer")):
        fault = parse_edtf(bare(written))
        assert isinstance(fault, Fault)
        assert answer == fault.message + (f" — {fault.hint}" if fault.hint else "")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# ---------------------------------------------------------------- Markdown


def test_what_the_dialect_refuses_gets_the_answer_the_page_says() -> None:
    for written, answer, rule in rows_under("markdown", "What is refused", ("written", "answer", "rule")):
        problems = parsed_body(bare(written).replace("⏎", "\n"), 1, "x.md").problems
        assert [(p.message, p.rule) for p in problems] == [(answer, bare(rule))], written


# ---------------------------------------------------------------- editors


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page(name), re.MULTILINE | re.DOTALL)


def test_the_settings_of_editors_can_be_read() -> None:
    settings = [json.loads(block) for block in blocks("editors", "json")]
    assert [s["glspc.server.commandArguments"] for s in settings if "glspc.server.command" in s] == [["lsp"]]
    (helix,) = (tomllib.loads(block) for block in blocks("editors", "toml"))
    assert helix["language-server"]["chronicle"]["args"] == ["lsp"]
