"""Problems as workflow commands of GitHub, which shows them beside the lines of a change: `::error file=…,line=…::message`."""

from __future__ import annotations

from collections.abc import Sequence

from .abridged import Group, more_lines
from .problems import Problem, Severity

COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def annotations_of(groups: Sequence[Group], folder: str) -> tuple[str, ...]:
    """A command for each problem, the gravest first.

    `folder` leads from the top of the repository to the chronicle; it is empty or ends in `/`.
    """
    return tuple(line for group in reversed(groups) for line in _lines(group, folder))


def _lines(group: Group, folder: str) -> tuple[str, ...]:
    command = COMMANDS[group.severity]
    told = (f"::{command} {_properties(problem, folder)}::{_data(_message(problem))}" for problem in group.problems)
    return (*told, *(f"::{command}::{_data(line)}" for line in more_lines(group)))


def _message(problem: Problem) -> str:
    key, hint = f"{problem.key}: " if problem.key else "", f" — {problem.hint}" if problem.hint else ""
    return f"{key}{problem.message}{hint}"


def _properties(problem: Problem, folder: str) -> str:
    """The place of a problem; a column is given only within one line, as GitHub has it."""
    span, found = problem.span, {"file": f"{folder}{problem.path}", "title": problem.rule}
    if span.line:
        found |= {"line": f"{span.line}", "endLine": f"{span.end_line}"}
    if span.line and span.line == span.end_line:
        found |= {"col": f"{span.column}", "endColumn": f"{span.end_column}"}
    return ",".join(f"{name}={_property(value)}" for name, value in found.items())


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
