"""Faults in what an author wrote, as values: where, what is wrong, and what to do.

A `Problem` is for people: `content/incidents/2025/x.md:7:9: error: city: no city has the id "belgrod" …`.
A `Fault` is what a parser of one value (a date, a count) gives back instead of a value; whoever knows the place
turns it into a `Problem`. Neither is an exception: exceptions are bugs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal
from unicodedata import combining, east_asian_width

import msgspec

Severity = Literal["error", "warning", "note", "off"]
"""How bad a problem is: an error keeps the site from being published, a note is there to be known."""


class Span(msgspec.Struct, frozen=True, array_like=True, order=True, gc=False):
    """Part of a text: line and column from 1, counted in code points; the end column is exclusive.

    `line` 0 stands for the file as a whole.
    """

    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


WHOLE_FILE = Span()


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with one value: the rule it breaks, in words, with what to do; `offset` and `length` narrow it to a part."""

    rule: str
    message: str
    hint: str = ""
    offset: int = 0
    length: int = 0


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing an author should mend, with its place.

    `path` is relative to the root of the chronicle, with `/`. `key` is the dotted path of the front matter key
    (`sources.2.as_of`, list places from 1), empty for what stands elsewhere. `related` are other places that belong to it.
    """

    rule: str
    path: str
    message: str
    span: Span = WHOLE_FILE
    key: str = ""
    hint: str = ""
    severity: Severity = "error"
    related: tuple[tuple[str, Span], ...] = ()

    @property
    def place(self) -> str:
        """`path:line:column`, or the path alone where the whole file is meant."""
        return f"{self.path}:{self.span.line}:{self.span.column}" if self.span.line else self.path


def problem_of(fault: Fault, path: str, span: Span, key: str = "") -> Problem:
    """The fault of a value that stands at `span`; a fault about a part of the value narrows the span on one line."""
    if fault.length and span.line == span.end_line:
        start = span.column + fault.offset
        span = Span(span.line, start, span.line, min(start + fault.length, span.end_column))
    return Problem(rule=fault.rule, path=path, span=span, key=key, message=fault.message, hint=fault.hint)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By path, then place, then rule and text; the same problem stands once."""
    key = lambda p: (p.path, p.span, p.rule, p.key, p.message)  # noqa: E731
    return tuple(sorted(dict.fromkeys(problems), key=key))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that forbid publishing."""
    return tuple(p for p in problems if p.severity == "error")


def as_line(problem: Problem) -> str:
    """One line: `path:line:column: severity: key: message — hint [rule]`."""
    key = f"{problem.key}: " if problem.key else ""
    hint = f" — {problem.hint}" if problem.hint else ""
    line = f"{problem.place}: {problem.severity}: {key}{problem.message}{hint} [{problem.rule}]"
    return " ".join(line.splitlines())


def frame(problem: Problem, lines: Sequence[str], width: int = 100) -> str:
    """The offending line with its number and carets under the offending text; empty where no line is meant."""
    span = problem.span
    if not 1 <= span.line <= len(lines):
        return ""
    text = lines[span.line - 1].expandtabs(1)
    last = span.end_column if span.end_line == span.line else len(text) + 1
    start = max(0, min(span.column - 1, len(text)) - width // 2) if len(text) > width else 0
    shown = text[start : start + width]
    number = f"{span.line:>5} │ "
    before, under = text[start : span.column - 1], text[span.column - 1 : min(last - 1, start + width)]
    return f"{number}{shown}\n{'':>5} │ {' ' * _cells(before)}{'^' * max(1, _cells(under))}"


def _cells(text: str) -> int:
    """How many cells of a terminal a text takes: some letters take two, combining marks none."""
    return sum(2 if east_asian_width(c) in "WF" else 0 if combining(c) else 1 for c in text)


def nearest(word: str, known: Iterable[str], most: int = 2) -> str | None:
    """The one known word at most `most` edits away (a swap of neighbours is one edit); none where two are equally near."""
    best: dict[str, str] = {}
    limit = min(most, max(1, len(word) // 3))
    for candidate in known:
        distance = _distance(word.casefold(), candidate.casefold(), limit)
        if distance < limit:
            best, limit = {}, distance
        if distance == limit:
            best.setdefault(candidate.casefold(), candidate)
    return next(iter(best.values())) if len(best) == 1 else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or nothing."""
    near = nearest(word, known)
    return f'did you mean "{near}"?' if near else ""


def _distance(a: str, b: str, limit: int) -> int:
    """Edits between two words (optimal string alignment); anything above `limit` may come back as `limit + 1`."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def judged(problems: Iterable[Problem], severities: Mapping[str, Severity]) -> tuple[Problem, ...]:
    """The problems with the severities a chronicle has set for their rules; what is `off` is left out."""
    found = []
    for problem in problems:
        severity = severities.get(problem.rule, problem.severity)
        if severity != "off":
            found.append(
                problem if severity == problem.severity else msgspec.structs.replace(problem, severity=severity)
            )
    return in_order(found)
