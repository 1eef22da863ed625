"""Times of day as they are known: `01:42`, `~00:32`, `23:49/00:08`, `../01:51`, `02:00/..`, or a part of the day."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from .days import DASHES, dash_place, moved, quoted
from .expressions import Expression
from .problems import Fault, did_you_mean

TimeForm = Literal["exact", "about", "window", "before", "after", "part"]

ABOUT_MINUTES = 30
"""How far a time that is only about may be off, each way."""

DAY_MINUTES = 24 * 60

PARTS: dict[str, tuple[int, int]] = {
    "night": (0, 5 * 60),
    "early-morning": (5 * 60, 8 * 60),
    "morning": (8 * 60, 11 * 60),
    "midday": (11 * 60, 14 * 60),
    "afternoon": (14 * 60, 18 * 60),
    "evening": (18 * 60, 24 * 60),
    "overnight": (20 * 60, 32 * 60),
}
"""The parts of the day in minutes from midnight; `overnight` ends on the next day."""


class Time(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A local time of day, in minutes from midnight of the (earliest) day of its date.

    `start` and `end` are equal where it is exact or about a minute; None is a side that is open; an `end` past 1440 is on the
    next day. `offset`, minutes east of UTC, is written only where a clock hour occurs twice: `01:42+03:00`.
    """

    text: str
    form: TimeForm
    start: int | None
    end: int | None
    part: str | None = None
    offset: int | None = None


_CLOCK = Expression(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_OFFSET = Expression(r"[+-](?:0[0-9]|1[0-4]):(?:00|15|30|45)")


def parse_time(text: str) -> Time | Fault:
    """The time, or what is wrong with it; blanks around it do not count."""
    minute = clock_minute(text)
    if minute is not None:
        return Time(text, "exact", minute, minute)
    bare = text.strip()
    time = _time(bare)
    return moved(time, text.index(bare)) if isinstance(time, Fault) else time


def crosses_midnight(time: Time) -> bool:
    """Whether it begins on one day and ends on the next."""
    return time.end is not None and time.end > DAY_MINUTES


def clock_minute(text: str) -> int | None:
    """The minute from midnight of `HH:MM`; None for anything else."""
    found = _CLOCK.fullmatch(text)
    return int(found[1]) * 60 + int(found[2]) if found else None


def offset_minutes(text: str) -> int | None:
    """Minutes east of UTC of `+03:00`; None for anything else, and for what is no offset of any place."""
    if not _OFFSET.fullmatch(text):
        return None
    return int(f"{text[0]}1") * (int(text[1:3]) * 60 + int(text[4:]))


def _time(text: str) -> Time | Fault:
    if text in PARTS:
        return Time(text, "part", *PARTS[text], part=text)
    if text[:1] == "~":
        return _about(text)
    if "/" in text:
        return _window(text)
    minute, offset = clock_minute(text[:5]), offset_minutes(text[5:])
    if minute is not None and (offset is not None or len(text) == 5):
        return Time(text, "exact", minute, minute, offset=offset)
    return _clock_fault(text)


def _about(text: str) -> Time | Fault:
    minute = clock_minute(text[1:])
    return moved(_clock_fault(text[1:]), 1) if minute is None else Time(text, "about", minute, minute)


def _window(text: str) -> Time | Fault:
    """`a/b`, `../b` or `a/..`; a window that ends before it starts goes past midnight."""
    first, _, second = text.partition("/")
    for part, place in ((first, 0), (second, len(first) + 1)):
        if part != ".." and clock_minute(part) is None:
            return moved(_end_fault(text, part), place)
    start, end = clock_minute(first), clock_minute(second)
    if start is None:
        return (
            Fault("bad-time", f"{quoted(text)} says nothing", "leave the key out")
            if end is None
            else Time(text, "before", None, end)
        )
    if start == end:
        return Fault("bad-time", f"{quoted(text)} ends when it starts", f"write {first}")
    if end is None:
        return Time(text, "after", start, None)
    return Time(text, "window", start, end + DAY_MINUTES if end < start else end)


def _end_fault(text: str, part: str) -> Fault:
    if part:
        return _clock_fault(part)
    return Fault("bad-time", f"{quoted(text)}: one end is missing", "write .. for an open end, such as ../01:51", 0, 1)


# ---------------------------------------------------------------- what to say

_LOOSE = Expression(r"(\d{1,2})(?:\s*[:.hH]\s*|(?=\d\d$))(\d{2})\s*(?:([aApP])\.?[mM]\.?)?", re.A)
_HOUR = Expression(r"(\d{1,2})\s*([aApP])\.?[mM]\.?", re.A)
_OF_UTC = Expression(r".*\d\s*(?:Z|UTC|GMT)", re.A)
_WORDED = Expression(
    r"(about|around|circa|ca?\.|approx\.?|before|by|until|till|after|since|from)\s+(.+)", re.A | re.IGNORECASE
)
_PART_INSIDE = Expression(rf"(?:at|in|during|the|\s)*({'|'.join(PARTS)})(?:\s*time)?", re.A | re.IGNORECASE)
_WITH_SECONDS = Expression(r"(\d\d:\d\d):\d+.*", re.A)
_TWO = Expression(rf"(\d\d:\d\d)\s*[-{DASHES}]\s*(\d\d:\d\d)", re.A)
_FORMS = "write HH:MM, such as 01:42"


def _clock_fault(text: str) -> Fault:
    """What is wrong with a text that is no time of day, with the one reading it may have."""
    message = (
        f"{quoted(text)} has a typographic dash" if dash_place(text) is not None else f"{quoted(text)} is not a time"
    )
    return Fault("bad-time", message, _hint(text), 0, len(text))


def _hint(text: str) -> str:
    two = _TWO.fullmatch(text)
    if two:
        return f"write {two[1]}/{two[2]}"
    seconds = _WITH_SECONDS.fullmatch(text)
    if seconds and clock_minute(seconds[1]) is not None:
        return f"seconds are not kept; write {seconds[1]}"
    if text.startswith("24:00"):
        return "write 00:00 with the date of the next day"
    if text[5:6] in ("+", "-") and clock_minute(text[:5]) is not None:
        return "write the offset from UTC as +HH:MM, such as +03:00"
    if _OF_UTC.fullmatch(text):
        return "write the local time of the city, as HH:MM"
    words = _likely_words(text)
    if words:
        return f"write {words}"
    guess = _likely_clock(text)
    return (
        f"did you mean {guess}?" if guess else did_you_mean(text, PARTS) or f"{_FORMS}, or one of: {', '.join(PARTS)}"
    )


def _likely_words(text: str) -> str | None:
    """What words around a time mean: `about 01:42`, `before 2 am`, `at night`."""
    found, part = _WORDED.fullmatch(text), _PART_INSIDE.fullmatch(text)
    if not found:
        return part[1].lower() if part else None
    clock = found[2] if clock_minute(found[2]) is not None else _likely_clock(found[2])
    if clock is None:
        return None
    word = found[1].lower()
    if word in ("before", "by", "until", "till"):
        return f"../{clock}"
    return f"{clock}/.." if word in ("after", "since", "from") else f"~{clock}"


def _likely_clock(text: str) -> str | None:
    """The time that a differently written one means: `1:42`, `1.42`, `22h30`, `0142`, `1:42 pm`, `11 pm`."""
    found, alone = _LOOSE.fullmatch(text), _HOUR.fullmatch(text)
    if not found and not alone:
        return None
    hour, minute, half = (
        (found[1], found[2], found[3]) if found else (alone[1], "00", alone[2]) if alone else ("", "", "")
    )
    return _clock_of(int(hour), minute, (half or "").lower())


def _clock_of(hour: int, minute: str, half: str) -> str | None:
    """A time as we write it; `half` is `a` or `p` of a clock of twelve hours."""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 99
    clock = f"{hour:02}:{minute}"
    return clock if clock_minute(clock) is not None else None
