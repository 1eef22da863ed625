"""The case files of `tests/cases/editing`: a document with a cursor ¦ in the chronicle beside them, and what an editor is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from generator.editing.known import Known, known_of
from generator.editing.positions import Position
from generator.editing.renaming import Edit
from generator.memory import Memory
from generator.model import Parsed
from generator.parse import parsed
from generator.shelves import SETTINGS_FILE
from generator.sources import Sources, read_sources
from generator.survey import survey
from tests.chronicles import NOW

FOLDER = Path(__file__).parent / "cases" / "editing"
CHRONICLE = FOLDER / "chronicle"
"""A small one that no other test changes."""

CURSOR = "¦"


class Case(msgspec.Struct, frozen=True):
    """A name, the path of a document, its text with a cursor, what else is given to it, and what is expected."""

    name: str
    path: str
    text: str
    given: str
    expected: str

    @property
    def position(self) -> Position:
        before = self.text.partition(CURSOR)[0]
        return Position(before.count("\n"), len(before) - before.rfind("\n") - 1)

    @property
    def whole(self) -> str:
        return self.text.replace(CURSOR, "")

    @property
    def file(self) -> Parsed:
        return read(self.path, self.whole)


def read(path: str, text: str) -> Parsed:
    """A document as it is read alone; settings are no record, and have a place among the files all the same."""
    return Parsed(type="page", id="", path=path) if path == SETTINGS_FILE else parsed(path, text)


def cases_of(name: str) -> tuple[str, list[Case]]:
    """The head of a case file, and its cases: `== name`, `> path` (and what is given), a text, `<<<`, what is expected."""
    head, *blocks = re.split(r"^== ", (FOLDER / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = []
    for block in blocks:
        title, _, rest = block.partition("\n")
        first, _, rest = rest.partition("\n")
        path, _, given = first.removeprefix("> ").partition(" ")
        text, _, expected = rest.partition("<<<\n")
        found.append(Case(title, path, text, given, expected.strip("\n")))
    return head, found


def blessed(name: str, told: Callable[[Case], str]) -> None:
    """Writes a case file anew with what is told now."""
    head, cases = cases_of(name)
    texts = [
        f"== {c.name}\n> {f'{c.path} {c.given}'.strip()}\n{c.text}<<<\n{told(c)}".rstrip("\n") + "\n\n" for c in cases
    ]
    (FOLDER / name).write_text(head + "".join(texts), encoding="utf-8")


@cache
def small_sources() -> Sources:
    with TemporaryDirectory() as folder, Memory(Path(folder), "test") as memory:
        return read_sources(CHRONICLE, survey(CHRONICLE, memory.known_files()), memory, NOW, 1)


@cache
def small() -> Known:
    """The chronicle with its drafts."""
    known = known_of(small_sources(), {}, NOW)
    assert known is not None
    return known


def edited(text: str, edits: Sequence[Edit]) -> str:
    """A text with edits made, as an editor makes them: all places are those of the text before."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines) + 1)]
    for edit in sorted(edits, reverse=True):
        start, end = (
            starts[edit.span.line - 1] + edit.span.column - 1,
            starts[edit.span.end_line - 1] + edit.span.end_column - 1,
        )
        text = text[:start] + edit.text + text[end:]
    return text
