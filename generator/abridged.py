"""Problems as a person can read them at once: the gravest last, and of many that break one rule only the first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from .problems import Problem, Severity

GRAVEST_LAST: tuple[Severity, ...] = ("note", "warning", "error")

MOST: dict[Severity, int] = {"note": 3, "warning": 20}
"""So many problems of one rule are told one by one; errors all."""


class Group(msgspec.Struct, frozen=True):
    """Problems of one severity that are told one by one, and how many more break which rule."""

    severity: Severity
    problems: tuple[Problem, ...]
    more: tuple[tuple[str, int], ...] = ()


def abridged(problems: Sequence[Problem]) -> tuple[Group, ...]:
    """Notes by rule, then warnings and errors as they stand, each rule cut off where there are many of it."""
    return tuple(_cut_off(group) for group in grouped(problems))


def grouped(problems: Sequence[Problem]) -> tuple[Group, ...]:
    """All problems by severity, notes also by rule."""
    found: dict[tuple[Severity, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.severity, problem.rule if problem.severity == "note" else ""].append(problem)
    order = sorted(found, key=lambda key: (GRAVEST_LAST.index(key[0]), key[1]))
    return tuple(Group(key[0], tuple(found[key])) for key in order)


def more_lines(group: Group) -> tuple[str, ...]:
    """What is not told one by one, a line for each rule."""
    return tuple(f"… and {number:,} more of [{rule}]; --all lists them" for rule, number in group.more)


def _cut_off(group: Group) -> Group:
    most = MOST.get(group.severity)
    if most is None:
        return group
    counts = Counter(problem.rule for problem in group.problems)
    more = tuple((rule, number - most) for rule, number in sorted(counts.items()) if number > most)
    return Group(group.severity, tuple(_first(group.problems, most)), more)


def _first(problems: Iterable[Problem], most: int) -> Iterator[Problem]:
    """The first few problems of each rule, in their order."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.rule] += 1
        if seen[problem.rule] <= most:
            yield problem
