"""Problems as a person or a program reads them: with the lines they are about, or as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from .files import read_text_at
from .machine import MachineFault
from .problems import Problem, Severity, as_line, frame

COLOURS: dict[Severity, str] = {"error": "31", "warning": "33", "note": "36"}
"""Of the words for how bad a problem is, as SGR codes of a terminal (ECMA-48)."""


class Framed(msgspec.Struct, frozen=True):
    """A problem with the line it is about and carets under the fault; empty where no line is meant or none can be read."""

    problem: Problem
    frame: str


def framed(root: Path, problems: Iterable[Problem]) -> Iterator[Framed]:
    """The problems with their lines; each file is read once, one after another."""
    known: dict[str, list[str]] = {}
    for problem in problems:
        if problem.span.line and problem.path not in known:
            known[problem.path] = _lines(root, problem.path)
        yield Framed(problem, frame(problem, known.get(problem.path, ())))


def as_text(shown: Framed, *, colour: bool) -> str:
    """What stands in a terminal: the problem in one line and its frame below."""
    line = as_line(shown.problem)
    if colour:
        severity = shown.problem.severity
        code = COLOURS.get(severity, "0")
        line = line.replace(f": {severity}: ", f": \033[{code}m{severity}\033[0m: ", 1)
    return f"{line}\n{shown.frame}" if shown.frame else line


def as_data(problem: Problem) -> dict[str, Any]:
    """What `--json` prints of a problem."""
    span = problem.span
    return {
        "path": problem.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "severity": problem.severity,
        "rule": problem.rule,
        "key": problem.key,
        "message": problem.message,
        "hint": problem.hint,
    }


def count_of(problems: Sequence[Problem]) -> str:
    """`2 errors, 1 warning`; empty where there are none."""
    count = Counter(problem.severity for problem in problems)
    return ", ".join(plural(count[severity], severity) for severity in ("error", "warning", "note") if count[severity])


def plural(number: int, word: str) -> str:
    """`1 page`, `4,310 pages`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _lines(root: Path, path: str) -> list[str]:
    try:
        text = read_text_at(root, path)
    except MachineFault:
        return []
    return [] if isinstance(text, Problem) else text.text.splitlines()
