"""What the rules of the desk find in the chronicles of `tests/cases/desk`, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.inspection import inspected
from generator.memory import Memory
from generator.problems import as_line
from generator.remarks import OF_ALL, OF_ONE
from generator.rulebook import DESK
from tests.chronicles import NOW, written
from tests.unit.test_problems_cases import Case, cases_of, files_of

FOLDER = Path(__file__).parent.parent / "cases" / "desk"
FILES = sorted(p for p in FOLDER.glob("*.txt") if p.name != "base.txt")
ALL = [(path, case) for path in FILES for case in cases_of(path)]


def remarks_on(files: dict[str, str], root: Path) -> tuple[str, ...]:
    base = files_of((FOLDER / "base.txt").read_text(encoding="utf-8"))
    for path, text in (base | files).items():
        written(root, path, text)
    with Memory(root / ".cache", "test") as memory:
        found = inspected(root, NOW, 1, memory)
    return tuple(as_line(problem) for problem in found.problems if problem.rule in DESK)


@pytest.mark.parametrize(("path", "case"), ALL, ids=[f"{p.stem}: {c.name}" for p, c in ALL])
def test_a_chronicle_gets_exactly_its_remarks(path: Path, case: Case, tmp_path: Path, blessing: bool) -> None:
    if not blessing:
        assert remarks_on(case.files, tmp_path) == case.messages


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_case_file_is_blessed_where_that_is_asked_for(path: Path, tmp_path: Path, blessing: bool) -> None:
    if not blessing:
        assert cases_of(path)
        return
    head = re.split(r"^== ", path.read_text(encoding="utf-8"), maxsplit=1, flags=re.MULTILINE)[0]
    blocks = []
    for number, case in enumerate(cases_of(path)):
        inputs = "".join(f"> {name}\n{text}" for name, text in case.files.items())
        lines = "".join(f"{line}\n" for line in remarks_on(case.files, tmp_path / str(number)))
        blocks.append(f"== {case.name}\n{inputs}<<<\n{lines}\n")
    path.write_text(head + "".join(blocks), encoding="utf-8")


def test_the_chronicle_of_the_cases_gets_no_remarks(tmp_path: Path) -> None:
    assert remarks_on({}, tmp_path) == ()


def test_every_rule_of_the_desk_is_in_the_rulebook_and_has_a_case(blessing: bool) -> None:
    if blessing:
        return
    told = {found for _, case in ALL for line in case.messages for found in re.findall(r"\[([a-z-]+)\]$", line)}
    assert OF_ONE.keys() | OF_ALL.keys() == DESK.keys() == told
