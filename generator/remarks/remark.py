"""A remark: a problem of a rule of the desk, as bad as the rulebook has it where `site.yaml` does not say otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..chronicle import Chronicle, Linked
from ..model import Incident, Parsed
from ..problems import Problem, Span
from ..rulebook import DESK

OfOne = Callable[[Chronicle, Linked], Iterator[Problem]]
"""A rule that looks at one entry, and at what other files say of it."""

OfAll = Callable[[Chronicle], Iterator[Problem]]
"""A rule that looks at all records together."""


def remark(
    rule: str, file: Parsed, key: str, message: str, hint: str = "", related: tuple[tuple[str, Span], ...] = ()
) -> Problem:
    """What a rule has to say about the value of a key."""
    severity = DESK[rule].severity
    assert severity != "either"  # what a rule of the desk finds is always as bad
    return Problem(
        rule=rule,
        severity=severity,
        path=file.path,
        span=file.span(key),
        key=key,
        message=message,
        hint=hint,
        related=related,
    )


def file_of(chronicle: Chronicle, entry: Linked) -> Parsed:
    """The file of an entry."""
    return chronicle.files[entry.incident.path]


def as_written(chronicle: Chronicle, entry: Linked) -> Incident:
    """An entry as its author wrote it: with points as exact as they stand in the file, sources in their order."""
    record = file_of(chronicle, entry).record
    assert isinstance(record, Incident)
    return record
