"""Where a date, with or without a time, stands in the calendar: on which days, pages and nights, and how surely."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from .edtf import Edtf
from .masks import fits
from .times import ABOUT_MINUTES, DAY_MINUTES, Time, crosses_midnight

Certainty = Literal["certain", "possible"]

PAGE_SPAN = 7
"""The widest span, in days, at which a date that is only possible stands on the pages of its days."""

NIGHT_START, NIGHT_END = 20 * 60, 32 * 60
"""A night in minutes from the midnight before it: 20:00 to 08:00 of the next day."""

_ONE_DAY = datetime.timedelta(days=1)


# ---------------------------------------------------------------- days


def extent(date: Edtf) -> tuple[datetime.date, datetime.date]:
    """First and last day between which it stands in the calendar; a date open at one end stands at its closed end."""
    if date.earliest and date.latest:
        return date.earliest, date.latest
    closed = [extent(member) for member in date.members if member.form not in ("open", "unknown")]
    return min(first for first, _ in closed), max(last for _, last in closed)


def span_days(date: Edtf) -> int | None:
    """How many days lie between its bounds, both counted; None where an end is open or unknown."""
    return (date.latest - date.earliest).days + 1 if date.earliest and date.latest else None


def certainty_on(date: Edtf, day: datetime.date) -> Certainty | None:
    """`certain` where every reading of the date covers the day, `possible` where some reading does, else None."""
    if date.form == "day":  # most dates are
        return None if date.earliest != day else "possible" if date.qualified else "certain"
    if not _covers(date, day):
        return None
    return "certain" if any(first <= day <= last for first, last in _certain_ranges(date)) else "possible"


def possible_days(date: Edtf) -> tuple[datetime.date, ...]:
    """The days on whose page it stands, in order: certain ones always, possible ones in a span of at most `PAGE_SPAN` days."""
    first, last = extent(date)
    if first == last:
        return (first,)
    if (last - first).days < PAGE_SPAN:
        return tuple(day for day in _days(first, last) if _covers(date, day))
    return tuple(sorted({day for a, b in _certain_ranges(date) for day in _days(a, b)}))


def calendar_home(date: Edtf) -> str | None:
    """The smallest calendar page that contains it: `2025-12`, `2025` or `2020s`.

    None where its days have pages, and where it is wider than a decade.
    """
    if possible_days(date):
        return None
    first, last = extent(date)
    if first.year // 10 != last.year // 10:
        return None
    if first.year != last.year:
        return f"{first.year // 10}0s"
    return str(first.year) if first.month != last.month else f"{first.year}-{first.month:02}"


def certainty_within(date: Edtf, first: datetime.date, last: datetime.date) -> Certainty:
    """How surely what stands in the calendar from `first` to `last` belongs there.

    `certain` where a day of the period is certain, or where no reading leaves the period: between 14 and 15 December is
    certain in December though on neither day.
    """
    start, end = extent(date)
    if first <= start and end <= last:
        return "possible" if date.qualified else "certain"
    inside = (day for day in possible_days(date) if first <= day <= last)
    return "certain" if any(certainty_on(date, day) == "certain" for day in inside) else "possible"


def certainty_between(date: Edtf, first: datetime.date, last: datetime.date) -> Certainty | None:
    """How surely a date belongs to the days from `first` to `last`, however wide it is; None where no reading reaches them.

    It may be wider than what stands on the pages of a calendar: what is known to the decade is possible in each of its years.
    """
    if not _reaches(date, first, last):
        return None
    return certainty_within(date, first, last)


def _reaches(date: Edtf, first: datetime.date, last: datetime.date) -> bool:
    """Whether some reading of a date covers some day from `first` to `last`."""
    if date.form in ("one-of", "all-of"):
        return any(_reaches(member, first, last) for member in date.members)
    start, end = max(first, date.earliest or first), min(last, date.latest or last)
    return start <= end and (date.form != "mask" or any(_covers(date, day) for day in _days(start, end)))


def _days(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    return (first + datetime.timedelta(days=n) for n in range((last - first).days + 1))


def _covers(date: Edtf, day: datetime.date) -> bool:
    """Whether some reading of the date covers the day."""
    if date.form in ("one-of", "all-of"):
        return any(_covers(member, day) for member in date.members)
    within = (date.earliest is None or date.earliest <= day) and (date.latest is None or day <= date.latest)
    return within and (date.form != "mask" or fits(date.text.rstrip("~?%"), day.isoformat()))


def _certain_ranges(date: Edtf) -> tuple[tuple[datetime.date, datetime.date], ...]:
    """First and last days of what every reading covers; an end known only to the month gives nothing."""
    if date.qualified:
        return ()
    if date.form == "all-of":
        return tuple(known for member in date.members for known in _certain_ranges(member))
    ends = [end for end in date.members or (date,) if end.form not in ("open", "unknown")]
    if date.form not in ("day", "interval") or any(end.form != "day" for end in ends):
        return ()
    return (extent(date),)


# ---------------------------------------------------------------- days and times


def sort_key(date: Edtf, time: Time | None) -> tuple[int, int, bool, int, int]:
    """Earliest day, latest day, then time; what has no time comes last among its equals. An id makes the order total."""
    first, last = extent(date)
    start, end = _minutes(time)
    return first.toordinal(), last.toordinal(), time is None, start, end


def window(date: Edtf, time: Time | None) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """Earliest and latest local instant it may mean, naive; None where the date is open.

    A time about something is widened by `ABOUT_MINUTES` each way, also past midnight. A day without a time, and a time
    without an end, last to the next midnight.
    """
    start, end = _minutes(time)
    slack = ABOUT_MINUTES if time and time.form == "about" else 0
    last = _last_start(date, time)
    return (
        None if date.earliest is None else _at(date.earliest, start - slack),
        None if last is None else _at(last, end + slack),
    )


def _last_start(date: Edtf, time: Time | None) -> datetime.date | None:
    """The last day on which the time may begin: one that goes past midnight needs a day after it, where the date has one."""
    if date.latest and date.latest != date.earliest and time and crosses_midnight(time):
        return date.latest - _ONE_DAY
    return date.latest


def nights(date: Edtf, time: Time | None) -> tuple[tuple[datetime.date, Certainty], ...]:
    """The evenings whose night (20:00 to 08:00, the end not counted) holds it, in order.

    `certain` where every reading lies wholly inside that night, `possible` where some reading touches it. Nothing has a night
    without a time, and nothing that is spread over more than two days, unless it happened on each of them.
    """
    if time is None:
        return ()
    found = _nights(date, time)
    return tuple((evening, "possible" if date.qualified else found[evening]) for evening in sorted(found))


def _nights(date: Edtf, time: Time) -> dict[datetime.date, Certainty]:
    """The nights of every reading; one is certain where all readings agree on it."""
    span = span_days(date)
    if date.form == "all-of" and not (span == 2 and crosses_midnight(time)):
        return _surest([_nights(member, time) for member in date.members])
    if span is None or span > 2 or date.earliest is None:
        return {}
    days = (date.earliest,) if crosses_midnight(time) else possible_days(date)
    readings = [_nights_of_day(day, time) for day in days]
    agreed = {evening for evening in readings[0] if all(r.get(evening) == "certain" for r in readings)}
    return {evening: "certain" if evening in agreed else "possible" for reading in readings for evening in reading}


def _surest(found: list[dict[datetime.date, Certainty]]) -> dict[datetime.date, Certainty]:
    """All nights of what happened several times, each as sure as its surest time."""
    sure = {evening for nights_ in found for evening, certainty in nights_.items() if certainty == "certain"}
    return {evening: "certain" if evening in sure else "possible" for nights_ in found for evening in nights_}


def _nights_of_day(day: datetime.date, time: Time) -> dict[datetime.date, Certainty]:
    """The nights that a time of one day touches: `certain` where it lies inside."""
    start, end = _minutes(time)
    slack = ABOUT_MINUTES if time.form == "about" else 0
    return {day + datetime.timedelta(days=n): sure for n, sure in _evenings(start - slack, end + slack)}


@lru_cache(maxsize=4096)
def _evenings(start: int, end: int) -> tuple[tuple[int, Certainty], ...]:
    """The evenings whose nights some minutes touch, as days from the midnight that the minutes count from."""
    found: list[tuple[int, Certainty]] = []
    for n in range(start // DAY_MINUTES - 1, end // DAY_MINUTES + 1):
        dusk, dawn = n * DAY_MINUTES + NIGHT_START, n * DAY_MINUTES + NIGHT_END
        if start < dawn and (dusk < end or dusk == start):
            found.append((n, "certain" if dusk <= start and end <= dawn else "possible"))
    return tuple(found)


def _minutes(time: Time | None) -> tuple[int, int]:
    """First and last minute of a time from local midnight; the whole day for none."""
    if time is None:
        return 0, DAY_MINUTES
    return time.start or 0, DAY_MINUTES if time.end is None else time.end


def _at(day: datetime.date, minutes: int) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(minutes=minutes)
