"""The nights, from 20:00 to 08:00, in which an entry certainly or possibly was."""

from __future__ import annotations

from datetime import date, timedelta

from .days import ONE, When, when
from .raw import Chronicle, Entry, minutes, written_date

DUSK, DAWN, DAY = 20 * 60, 32 * 60, 24 * 60
SLACK = 30
"""So many minutes a time may be off that is about something."""


def nights_of(entry: Entry) -> dict[date, bool]:
    """The evenings of an entry's nights, and whether each is sure."""
    time = entry.given.get("time", "")
    if not time:
        return {}
    written = written_date(entry.given["date"])
    start, end = minutes(time)
    over = end > DAY
    if written[0] == "{" and not (over and (entry.when.last - entry.when.first).days == 1):
        each = [_nights(when(part.replace("..", "/")), start, end, time[0] == "~") for part in written[1:-1].split(",")]
        found = {evening: any(n.get(evening, False) for n in each) for n in each for evening in n}
    else:
        found = _nights(entry.when, start, end, time[0] == "~")
    return {evening: sure and not entry.when.doubted for evening, sure in found.items()}


def _nights(when: When, start: int, end: int, about: bool) -> dict[date, bool]:
    """The nights of every day that is meant; sure where it is the same night whichever day it was."""
    if (when.last - when.first).days > 1 or not _is_bounded(when):
        return {}
    days = [when.first] if end > DAY else list(when.shown)
    slack = SLACK if about else 0
    readings = [_of_day(day, start - slack, end + slack) for day in days]
    return {e: all(r.get(e, False) for r in readings) for r in readings for e in r}


def _is_bounded(when: When) -> bool:
    return min(when.maybe) == when.first and max(when.maybe) == when.last


def _of_day(day: date, start: int, end: int) -> dict[date, bool]:
    found = {}
    for n in range(-2, 3):
        dusk, dawn = n * DAY + DUSK, n * DAY + DAWN
        if start < dawn and (dusk < end or dusk == start):
            found[day + timedelta(n)] = dusk <= start and end <= dawn
    return found


def by_night(c: Chronicle, day: date) -> dict[str, tuple[int, int]]:
    """What the page of a day says of the night that began on its evening and of the one that ended on its morning."""
    found = [nights_of(e) for e in c.entries]
    told = {}
    for words, evening in (("began on this evening", day), ("ended on this morning", day - ONE)):
        here = [n[evening] for n in found if evening in n]
        if here:
            told[words] = (sum(here), len(here) - sum(here))
    return told
