"""First and last day of what is written `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, with an X for each unknown digit (ISO 8601-2:2019, 8.2 and 8.4.2)."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Literal

from .days import FIRST_YEAR, LAST_YEAR, day_fault, plain_day, quoted
from .problems import Fault

PointForm = Literal["day", "month", "year", "decade", "century", "mask"]
Bounds = tuple[datetime.date, datetime.date, PointForm]


def bounds_of(text: str) -> Bounds | Fault:
    """First day, last day and form of a date in the right shape; a fault where no day of the calendar fits it."""
    if "X" not in text:
        return _known(text) or day_fault(text)
    if "X" in text[:4]:
        return _years(text)
    if not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        return _far(text)
    return _masked(int(text[:4]), text[5:7], text[8:]) or Fault(
        "bad-date", f"no day of the calendar fits {quoted(text)}", "X stands for one unknown digit, as in 2025-07-2X", 0, len(text)
    )  # fmt: skip


def fits(mask: str, digits: str) -> bool:
    """Whether every known digit of the mask is the one that stands there; the shorter of the two decides how far they are read."""
    return all(known in ("X", digit) for known, digit in zip(mask, digits, strict=False))


def month_length(year: int, month: int) -> int:
    """The number of its days."""
    return calendar.monthrange(year, month)[1]


def _known(text: str) -> Bounds | None:
    """A date without unknown digits: the day, or all of the month or year."""
    first = plain_day(f"{text}-01-01"[: max(10, len(text))])
    if first is None:
        return None
    if len(text) == 10:
        return first, first, "day"
    if len(text) == 7:
        return first, first.replace(day=month_length(first.year, first.month)), "month"
    return first, first.replace(month=12, day=31), "year"


def _years(text: str) -> Bounds | Fault:
    """A decade `202X` or a century `20XX`: the unknown digits stand last, and nothing after them."""
    if not re.fullmatch("[0-9]{2}[0-9X]X", text):
        return Fault(
            "bad-date", f"{quoted(text)}: only the end of a year alone can be unknown", "write 202X or 20XX", 0, 4
        )
    first, last = int(text.replace("X", "0")), int(text.replace("X", "9"))
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        return _far(text)
    return datetime.date(first, 1, 1), datetime.date(last, 12, 31), "decade" if text[2] != "X" else "century"


def _masked(year: int, month: str, day: str) -> Bounds | None:
    """First and last day that fit; where nothing is known of the day or the month, the whole month or year."""
    fitting = [
        datetime.date(year, m, d)
        for m in range(1, 13)
        if fits(month, f"{m:02}")
        for d in range(1, month_length(year, m) + 1)
        if fits(day or "XX", f"{d:02}")
    ]
    return (fitting[0], fitting[-1], _form(month, day or "XX")) if fitting else None


def _form(month: str, day: str) -> PointForm:
    if day != "XX":
        return "mask"
    return "year" if month == "XX" else "mask" if "X" in month else "month"


def _far(text: str) -> Fault:
    return Fault("bad-date", f"the year of {quoted(text)} is outside {FIRST_YEAR}–{LAST_YEAR}", offset=0, length=4)
