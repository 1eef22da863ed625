"""Time zones, from the locked `tzdata` package and never from the system, so that every machine builds the same site."""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING

from .problems import Fault, did_you_mean

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@cache
def known_zones() -> frozenset[str]:
    """The IANA names of all zones."""
    from importlib.resources import files

    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="ascii").split())


def unknown_zone_fault(zone: str) -> Fault | None:
    """Why a text is no zone; the hint names only zones in use today, so `Europe/Kiyv` leads to Kyiv and not to its former name."""
    if zone in known_zones():
        return None
    return Fault(
        "unknown-zone",
        f'unknown zone "{zone}"',
        did_you_mean(zone, _zones_of_countries()) or "write an IANA name, such as Europe/Moscow",
    )


@cache
def _zones_of_countries() -> frozenset[str]:
    """The zones that a country keeps now, without former names."""
    from importlib.resources import files

    lines = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split("\t")[2] for line in lines if line and not line.startswith("#"))


def zone_fault(day: datetime.date, minutes: int, offset: int | None, zone: str) -> Fault | None:
    """Why a local time cannot be placed in a zone: the clocks skipped it, or showed it twice, or the offset is another's."""
    unknown = unknown_zone_fault(zone)
    if unknown:
        return unknown
    before, after = _offsets(day, minutes, zone)
    clock = _clock(minutes)
    if before < after:
        return Fault("bad-time", f"{clock} does not exist on {day} in {zone}", _skipped(day, minutes, zone))
    shown = sorted({before, after}, reverse=True)
    if offset is None and len(shown) > 1:
        return Fault(
            "bad-time",
            f"{clock} occurs twice on {day} in {zone}",
            f"write the offset: {' or '.join(clock + offset_text(o) for o in shown)}",
        )
    if offset is not None and offset not in shown:
        right = " or ".join(offset_text(o) for o in shown)
        return Fault(
            "bad-time",
            f"offset {offset_text(offset)} is not that of {zone} on {day}",
            f"it was {right}; write that, or {clock} alone",
        )
    return None


def utc_of(day: datetime.date, minutes: int, zone: str, offset: int | None = None) -> datetime.datetime:
    """The instant in UTC of a local time of a known zone; where it occurs twice, the one at `offset`, else the first."""
    local = _local(day, minutes)
    east = _east(local.replace(tzinfo=_zone(zone))) if offset is None else offset
    return (local - datetime.timedelta(minutes=east)).replace(tzinfo=datetime.UTC)


def offset_text(minutes: int) -> str:
    """`+03:00` for 180."""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


@cache
def _zone(name: str) -> ZoneInfo:
    from importlib.resources import files
    from zoneinfo import ZoneInfo

    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def _offsets(day: datetime.date, minutes: int, zone: str) -> tuple[int, int]:
    """Minutes east of UTC before and after the change of clocks that this local time falls into; equal on all other times."""
    local = _local(day, minutes).replace(tzinfo=_zone(zone))
    return _east(local), _east(local.replace(fold=1))


def _east(local: datetime.datetime) -> int:
    """Minutes east of UTC."""
    return int((local.utcoffset() or datetime.timedelta()).total_seconds() // 60)


def _skipped(day: datetime.date, minutes: int, zone: str) -> str:
    """The hour that the clocks left out."""
    before, after = _offsets(day, minutes, zone)
    start = minutes
    while _offsets(day, start - 1, zone) == (before, after):
        start -= 1
    return f"clocks went from {_clock(start)} to {_clock(start + after - before)}"


def _local(day: datetime.date, minutes: int) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(minutes=minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
