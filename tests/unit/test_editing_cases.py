"""What an editor is told, case by case."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence

import pytest

from generator.editing.completing import Item, completion
from generator.editing.hovering import hover
from generator.editing.leading import definition, references
from generator.editing.renaming import Edit, refusal, renaming
from generator.editing.things import thing_at
from generator.model import Parsed
from generator.problems import Span
from tests.editing_cases import CHRONICLE, Case, blessed, cases_of, edited, read, small

MOST = 12


def completed(case: Case) -> str:
    line = case.whole.split("\n")[case.position.line]
    found = completion(case.file, case.whole, case.position, small().chronicle)
    told = [_item(item, line) for item in found.items[:MOST]]
    return "\n".join([*told, *([f"… {len(found.items) - MOST} more"] if len(found.items) > MOST else [])])


def _item(item: Item, line: str) -> str:
    shown = f"{item.sort} {item.label}: {line[item.start : item.end]!r} → {item.insert!r}"
    return f"{shown} ({item.detail})" if item.detail else shown


def hovered(case: Case) -> str:
    found = hover(case.file, case.whole, case.position, small().chronicle)
    return f"{place('', found.span)}\n{found.text}" if found else ""


def place(path: str, span: Span) -> str:
    return f"{path}:{span.line}:{span.column}-{span.end_line}:{span.end_column}".lstrip(":")


def defined(case: Case) -> str:
    found = definition(case.file, case.position, small())
    return place(*found) if found else ""


def referred(case: Case) -> str:
    thing = thing_at(case.file, small().chronicle, case.position)
    assert thing is not None
    return "\n".join(place(t.path, t.span) for t in references(thing, small().files, small().chronicle))


def renamed(case: Case) -> str:
    """The lines that a renaming changes, in the files as they stand."""
    thing = thing_at(case.file, small().chronicle, case.position)
    assert thing is not None
    refused = refusal(small().chronicle, thing.type, thing.id, case.given)
    if refused:
        return f"refused: {refused}"
    found = renaming(small().chronicle, small().files, thing.type, thing.id, case.given, read_small)
    told = [line for path, edits in found.edits.items() for line in _changed(path, edits)]
    return "\n".join([*told, *(f"{before} → {after}" for before, after in found.moves)])


def read_small(path: str) -> tuple[Parsed, str]:
    text = (CHRONICLE / path).read_text(encoding="utf-8")
    return read(path, text), text


def _changed(path: str, edits: Sequence[Edit]) -> list[str]:
    before = (CHRONICLE / path).read_text(encoding="utf-8")
    compared = difflib.unified_diff(before.split("\n"), edited(before, edits).split("\n"), n=0, lineterm="")
    return [f"{path}:", *(line for line in compared if not line.startswith(("---", "+++", "@@")))]


TOLD: dict[str, Callable[[Case], str]] = {
    "completion.txt": completed,
    "hover.txt": hovered,
    "definition.txt": defined,
    "references.txt": referred,
    "rename.txt": renamed,
}
ALL = [(name, case) for name in TOLD for case in cases_of(name)[1]]


@pytest.mark.parametrize(("name", "case"), ALL, ids=[f"{name}: {case.name}" for name, case in ALL])
def test_an_editor_is_told_exactly_this(name: str, case: Case, blessing: bool) -> None:
    if not blessing:
        assert TOLD[name](case) == case.expected


@pytest.mark.parametrize("name", TOLD)
def test_the_case_file_is_blessed_where_that_is_asked_for(name: str, blessing: bool) -> None:
    if blessing:
        blessed(name, TOLD[name])
    assert cases_of(name)[1]
