"""Whether there is anything to do: most builds find everything as the last one left it, and end here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

import msgspec

from .manifest import stands_as_written, status_of_manifest
from .memory import Memory
from .problems import Problem


class Rest(msgspec.Struct, frozen=True, array_like=True):
    """What a build left in an output folder: the state of the sources, what it had to say of them, and for how long that is true.

    It holds on the day of the build (UTC offset of the present included), from `since` until before `until`, in seconds since 1970:
    a day later a date may no longer lie ahead, and an embargo may have ended. `manifest` is size and time of change of
    the manifest in the output.
    """

    output: str
    state: str
    day: str
    since: float
    until: float
    manifest: tuple[int, int]
    total: int
    problems: tuple[Problem, ...] = ()


def rest_of(
    state: str,
    now: datetime.datetime,
    lifts: Iterable[datetime.datetime],
    out: Path,
    total: int,
    problems: tuple[Problem, ...],
) -> Rest:
    """What a build leaves behind; `lifts` are the instants at which embargoes end."""
    ahead = [lift.timestamp() for lift in lifts if lift > now]
    until = min(ahead, default=float("inf"))
    return Rest(f"{out}", state, _day(now), now.timestamp(), until, status_of_manifest(out), total, problems)


def remembered_rest(memory: Memory, out: Path) -> Rest | None:
    """What the last build left behind, if it was of this output folder and left it at rest."""
    data = memory.rest()
    rest = msgspec.msgpack.decode(data, type=Rest) if data else None
    return rest if rest and rest.output == f"{out}" else None


def holds(rest: Rest, state: str, now: datetime.datetime) -> bool:
    """Whether neither the sources nor the present have changed since."""
    is_then = _day(now) == rest.day and rest.since <= now.timestamp() < rest.until
    return bool(state) and state == rest.state and is_then


def stands(rest: Rest, out: Path, memory: Memory) -> bool:
    """Whether the output is as it was left."""
    return rest.manifest == status_of_manifest(out) and stands_as_written(out, memory.stands(f"{out}"))


def moved_on(rest: Rest, state: str, now: datetime.datetime, out: Path) -> Rest:
    """What a build leaves behind that has changed a few texts, and found nothing more to say."""
    return msgspec.structs.replace(rest, state=state, since=now.timestamp(), manifest=status_of_manifest(out))


def _day(now: datetime.datetime) -> str:
    return now.date().isoformat()
