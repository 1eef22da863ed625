"""The rules about updates that one file alone can break: what they change, and whether it leads to what the entry says today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .entry_rules import Rule, Written
from .history import farewell
from .model import GONE, Change, Incident
from .moments import moment_key
from .nodes import Mapping, Scalar, authored
from .problems import Problem, did_you_mean

IN_WORDS = ("city",)
"""Keys whose value has several right writings, so that two texts may well mean the same."""


class Step(NamedTuple):
    """What one update changes in one value; `number` is that of the update, from 1."""

    number: int
    change: Change


def _warning(file: Written, rule: str, key: str, message: str, hint: str) -> Problem:
    return Problem(
        rule=rule, severity="warning", path=file.path, span=file.span(key), key=key, message=message, hint=hint
    )


def changes_name_keys(file: Written, entry: Incident) -> Iterator[Problem]:
    """What an update changes is a key an entry can have."""
    known = tuple(Incident.__struct_fields__)
    for n, update in enumerate(entry.updates, 1):
        for key in update.changes:
            top = key.partition(".")[0]
            if top not in known:
                where, message = f"updates.{n}.changes.{key}", f'an entry has no key "{top}"'
                hint = did_you_mean(top, known)
                yield Problem(
                    rule="unknown-key", path=file.path, span=file.span(where), key=where, message=message, hint=hint
                )


def farewell_is_dated(file: Written, entry: Incident) -> Iterator[Problem]:
    """An entry that is gone says when it went."""
    if entry.status in GONE and farewell(entry) is None:
        message = f"nothing says on which day the entry was {entry.status}"
        hint = "add an update of kind retraction with its date, and who decided it (by)"
        yield _warning(file, "withdrawal-date", "status", message, hint)


def changes_lead_to_today(file: Written, entry: Incident) -> Iterator[Problem]:
    """What updates say of a value leads without a gap to the value that the entry has today."""
    if not entry.updates:
        return
    found: dict[str, list[Step]] = defaultdict(list)
    for n, update in enumerate(entry.updates, 1):
        for key, change in update.changes.items():
            found[key].append(Step(n, change))
    for key, steps in found.items():
        ordered = _in_order(entry, steps)
        yield from _gaps(file, key, ordered)
        yield from _end(file, entry, key, ordered[-1])


def _in_order(entry: Incident, steps: Sequence[Step]) -> list[Step]:
    """The steps by time; those of one moment as the list stands, or the other way round where only so they fit."""
    ways = (
        sorted(way, key=lambda step: moment_key(entry.updates[step.number - 1].date)[0])
        for way in (steps, [*reversed(steps)])
    )
    return min(ways, key=lambda way: sum(1 for _ in _breaks(way)))


def _breaks(steps: Sequence[Step]) -> Iterator[tuple[Step, Step]]:
    """Neighbours of which the second does not begin where the first ends."""
    return (pair for pair in pairwise(steps) if _plain(pair[0].change.now) != _plain(pair[1].change.was))


def _gaps(file: Written, key: str, steps: Sequence[Step]) -> Iterator[Problem]:
    for before, after in _breaks(steps):
        message = f"{key} was {_said(after.change.was)} here, but {_said(before.change.now)} after the update before it"
        hint = "mend one of the two, or add the update between them"
        yield _warning(file, "change-chain", f"updates.{after.number}.changes.{key}.was", message, hint)


def _end(file: Written, entry: Incident, key: str, last: Step) -> Iterator[Problem]:
    today = _today(file, entry, key)
    if today is not None and _plain(last.change.now) != _plain(today):
        message = f"{key} is {_said(last.change.now)} after its last update, but {_said(today)} in the entry"
        hint = "add the update that leads to it, or mend one of the two"
        yield _warning(file, "change-chain", f"updates.{last.number}.changes.{key}.now", message, hint)


def _today(file: Written, entry: Incident, key: str) -> str | None:
    """The value of a key as it is written today, empty where it is left out; none where it cannot be compared with a text."""
    if key in IN_WORDS or key.partition(".")[0] not in Incident.__struct_fields__:
        return None
    node = file.marks.get(key)
    if node is not None:
        return authored(node) if isinstance(node, Scalar) else None
    parent, _, _ = key.rpartition(".")
    around = file.marks.get(parent)
    if parent and around is not None and not isinstance(around, Mapping):
        return None
    default = getattr(entry, key, "")
    return default if isinstance(default, str) else ""


def _plain(text: str | None) -> str:
    """A text without what two writings of one value may differ in."""
    return "".join((text or "").split()).replace("–", "-").casefold()


def _said(text: str | None) -> str:
    return f'"{text}"' if text else "not given"


UPDATE_RULES: tuple[Rule, ...] = (changes_name_keys, farewell_is_dated, changes_lead_to_today)
