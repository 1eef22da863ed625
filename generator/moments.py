"""When something was written, published or seen: a day, a day with a part of it, or an instant with its zone."""

from __future__ import annotations

import datetime
import re

import msgspec

from .days import dash_place, day_fault, hyphenated, likely_date, moved, plain_day, quoted
from .expressions import Expression
from .problems import Fault, did_you_mean
from .times import DAY_MINUTES, PARTS, clock_minute, offset_minutes


class Moment(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`2025-12-15`, `2025-12-15 early-morning` or `2025-12-15T01:42+03:00`.

    `minute` counts from local midnight and `offset` in minutes east of UTC; both stand, or neither. Seconds stay in `text`.
    """

    text: str
    day: datetime.date
    minute: int | None = None
    offset: int | None = None
    part: str | None = None


_PIECES = Expression(r"(\S+?)(T| +)(\S.*)")
_CLOCK = Expression(r"(\d\d:\d\d)(?::[0-5]\d)?(Z|[+-]\S*)?", re.A)


def parse_moment(text: str) -> Moment | Fault:
    """The moment, or what is wrong with it; blanks around it do not count."""
    day = plain_day(text)
    if day is not None:
        return Moment(text, day)
    bare = text.strip()
    moment = _moment(bare)
    return moved(moment, text.index(bare)) if isinstance(moment, Fault) else moment


def moment_key(moment: Moment) -> tuple[datetime.datetime, str]:
    """What moments are sorted by: the instant, then the text.

    What has no zone counts from its middle read as UTC (a day from its noon), since that lies within the same day for all but
    the last few zones of the Earth: so no moment of one day sorts after the next day. This is an order only, never shown.
    """
    known = instant(moment)
    start, end = PARTS[moment.part] if moment.part else (0, DAY_MINUTES)
    return known or _utc(moment.day, (start + end) // 2), moment.text


def instant(moment: Moment) -> datetime.datetime | None:
    """The instant in UTC, to the minute; None where only a day or a part of it is known."""
    if moment.minute is None or moment.offset is None:
        return None
    return _utc(moment.day, moment.minute - moment.offset)


def came_before(a: Moment, b: Moment) -> bool:
    """Whether one surely came before the other. A day and an hour of it came in no known order; days are taken as they are told."""
    first, second = instant(a), instant(b)
    if first and second:
        return first < second
    return _bounds(a)[1] <= _bounds(b)[0]


def _bounds(moment: Moment) -> tuple[int, int]:
    """The first and last minute it may mean, from a day long ago, without regard to zones."""
    start, end = PARTS[moment.part] if moment.part else (0, DAY_MINUTES)
    if moment.minute is not None:
        start = end = moment.minute
    midnight = moment.day.toordinal() * DAY_MINUTES
    return midnight + start, midnight + end


def _utc(day: datetime.date, minutes: int) -> datetime.datetime:
    midnight = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    return midnight + datetime.timedelta(minutes=minutes)


def _moment(text: str) -> Moment | Fault:
    if dash_place(text) is not None:
        return _dash_fault(text)
    found = None if likely_date(text) else _PIECES.fullmatch(text)
    day = plain_day(found[1] if found else text)
    if day is None:
        return _day_fault(found[1] if found else text)
    if found is None:
        return Moment(text, day)
    if found[3] in PARTS:
        return Moment(f"{day} {found[3]}", day, part=found[3])
    return _timed(day, found[3], text)


def _timed(day: datetime.date, clock: str, text: str) -> Moment | Fault:
    """A moment with a clock time, which needs its zone."""
    place = len(text) - len(clock)
    found = _CLOCK.fullmatch(clock)
    minute = clock_minute(found[1]) if found else None
    if not found or minute is None:
        return moved(_clock_fault(clock), place)
    if not found[2]:
        hint = f"add a zone, such as {day}T{clock}+03:00"
        return Fault("bad-moment", f"{quoted(text)} has no zone", hint, place, len(clock))
    offset = 0 if found[2] == "Z" else offset_minutes(found[2])
    if offset is None:
        message = f"{quoted(text)}: {found[2]} is no offset from UTC"
        return Fault("bad-moment", message, "write +HH:MM, such as +03:00", place + found.start(2), len(found[2]))
    if text != f"{day}T{clock}":
        return Fault(
            "bad-moment", f"{quoted(text)}: a T stands between day and time", f"write {day}T{clock}", 0, len(text)
        )
    return Moment(text, day, minute, offset)


# ---------------------------------------------------------------- what to say


def _clock_fault(clock: str) -> Fault:
    hint = (
        did_you_mean(clock, PARTS) or f"write a time with its zone, such as T01:42+03:00, or one of: {', '.join(PARTS)}"
    )
    return Fault("bad-moment", f"{quoted(clock)} is not a time", hint, 0, len(clock))


def _day_fault(text: str) -> Fault:
    if re.fullmatch(r"\d{4}(-\d\d)?", text, re.A) and plain_day(f"{text}-01-01"[:10]):
        return Fault("bad-moment", f"{quoted(text)} has no day", "write YYYY-MM-DD", 0, len(text))
    fault = day_fault(text, "bad-moment")
    return msgspec.structs.replace(fault, hint=fault.hint.replace("YYYY-MM-DD, YYYY-MM or YYYY", "YYYY-MM-DD"))


def _dash_fault(text: str) -> Fault:
    meant = _moment(hyphenated(text))
    hint = f"write {meant.text}" if isinstance(meant, Moment) else "write YYYY-MM-DD"
    return Fault("bad-moment", f"{quoted(text)} has a typographic dash", hint, dash_place(text) or 0, 1)
