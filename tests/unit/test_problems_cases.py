"""The messages of `tests/cases/problems`: a chronicle with a mistake, and exactly what is said of it."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from generator.edition import edition
from generator.memory import Memory
from generator.orders import Order
from generator.problems import as_line
from tests.chronicles import NOW, written

FOLDER = Path(__file__).parent.parent / "cases" / "problems"
FILES = sorted(p for p in FOLDER.glob("*.txt") if p.name != "base.txt")


class Case(msgspec.Struct, frozen=True):
    """A name, the files it writes, and the messages it expects."""

    name: str
    files: dict[str, str]
    messages: tuple[str, ...]


def files_of(text: str) -> dict[str, str]:
    """The files of a text: each begins with a line `> path`."""
    parts = re.split(r"^> (.+)\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def cases_of(path: Path) -> list[Case]:
    """The cases of a file: `== name`, files, a line `<<<`, messages."""
    found = []
    for block in re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = block.partition("\n")
        inputs, _, messages = rest.partition("<<<\n")
        found.append(Case(name.strip(), files_of(inputs), tuple(line for line in messages.splitlines() if line)))
    return found


def spelled_out(text: str) -> str:
    """A text in which ⟦202E⟧ stands for the character of that number, and ⟦x*5⟧ for five x."""
    text = re.sub(r"⟦(.)\*([0-9]+)⟧", lambda m: m[1] * int(m[2]), text)
    return re.sub(r"⟦([0-9A-F]{4,6})⟧", lambda m: chr(int(m[1], 16)), text)


def messages_of(files: dict[str, str], root: Path) -> tuple[str, ...]:
    base = files_of((FOLDER / "base.txt").read_text(encoding="utf-8"))
    for path, text in (base | files).items():
        written(root, path, spelled_out(text))
    with Memory(root / ".cache", "test") as memory:
        made = edition(Order(root=root, now=NOW), memory)
    return tuple(as_line(problem) for problem in made.problems)


ALL = [(path, case) for path in FILES for case in cases_of(path)]


@pytest.mark.parametrize(("path", "case"), ALL, ids=[f"{p.stem}: {c.name}" for p, c in ALL])
def test_a_mistake_gets_exactly_its_messages(path: Path, case: Case, tmp_path: Path, blessing: bool) -> None:
    if blessing:
        return
    assert messages_of(case.files, tmp_path) == case.messages


@pytest.mark.parametrize("case", cases_of(FOLDER / "newcomers.txt"), ids=lambda case: case.name)
def test_a_mistake_of_a_newcomer_has_one_message_with_its_line_and_what_to_do(case: Case, blessing: bool) -> None:
    assert blessing or re.fullmatch(r"\S+\.md:[0-9]+:[0-9]+: (error|warning): .+ — .+ \[[a-z-]+\]", *case.messages)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_case_file_is_blessed_where_that_is_asked_for(path: Path, tmp_path: Path, blessing: bool) -> None:
    if not blessing:
        assert cases_of(path)
        return
    head = re.split(r"^== ", path.read_text(encoding="utf-8"), maxsplit=1, flags=re.MULTILINE)[0]
    blocks = []
    for number, case in enumerate(cases_of(path)):
        inputs = "".join(f"> {name}\n{text}" for name, text in case.files.items())
        messages = "\n".join(messages_of(case.files, tmp_path / str(number)))
        blocks.append(
            f"== {case.name}\n{inputs}<<<\n{messages}\n\n" if messages else f"== {case.name}\n{inputs}<<<\n\n"
        )
    path.write_text(head + "".join(blocks), encoding="utf-8")


def test_fifty_files_with_a_fault_each_give_fifty_messages_in_one_run(tmp_path: Path) -> None:
    """Every case of one entry and one message, each in a file of its own, all in one chronicle and one run."""
    files: dict[str, str] = {}
    expected = []
    for _, case in ALL:
        ((path, text), *others) = case.files.items()
        if (
            others
            or len(case.messages) != 1
            or path != "content/incidents/2025/2025-01-01-x.md"
            or "2025-01-01-x" in text
        ):
            continue
        one = path.replace("2025-01-01-x", f"2025-01-01-case-{len(files)}")
        files[one] = text
        expected.append(case.messages[0].replace(path, one))
    assert len(files) >= 50
    assert sorted(messages_of(files, tmp_path)) == sorted(expected)
