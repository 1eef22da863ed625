"""Dates written in EDTF as sets of days: those on which it certainly was, and those on which it may have been."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
ONE = timedelta(1)
WEEK = 7


@dataclass(frozen=True)
class When:
    """A date: the first and last day of its place in the calendar, the days it may be within them, and those it surely is."""

    first: date
    last: date
    maybe: frozenset[date]
    sure: frozenset[date]
    doubted: bool

    @property
    def shown(self) -> dict[date, bool]:
        """The days on whose pages it stands, and whether surely: possible ones only where they span a week at most."""
        if (self.last - self.first).days < WEEK:
            days = run(self.first, self.last) & self.maybe
            return {day: day in self.sure for day in sorted(days)}
        return dict.fromkeys(sorted(self.sure), True)

    @property
    def home(self) -> str:
        """The smallest of month, year and decade that holds it, where it stands on no day."""
        a, b = self.first, self.last
        if self.shown or a.year // 10 != b.year // 10:
            return ""
        if a.year != b.year:
            return f"{a.year // 10}0s"
        return f"{a.year}-{a.month:02}" if a.month == b.month else f"{a.year}"

    def within(self, first: date, last: date) -> str:
        """`sure` or `maybe` of the days from `first` to `last`, or nothing where it cannot be of them."""
        if not any(first <= day <= last for day in self.maybe):
            return ""
        if first <= self.first and self.last <= last:
            return "maybe" if self.doubted else "sure"
        return "sure" if any(first <= day <= last for day in self.sure) else "maybe"


def span(home: str) -> tuple[date, date]:
    """The first and last day of `2025-12-15`, `2025-12`, `2025` or `2020s`."""
    if home.endswith("s"):
        return date(int(home[:4]), 1, 1), date(int(home[:4]) + 9, 12, 31)
    days = sorted(matching(home))
    return days[0], days[-1]


@cache
def matching(mask: str) -> frozenset[date]:
    """The days that fit a day, month or year, any digit of which may be an X."""
    year, *rest = mask.split("-")
    pattern = re.compile("-".join([year, *rest, *["XX"] * (2 - len(rest))]).replace("X", r"\d"))
    years = [y for y in range(FIRST.year, LAST.year + 1) if re.fullmatch(year.replace("X", r"\d"), str(y))]
    found = set()
    for y in years:
        day = date(y, 1, 1)
        while day.year == y:
            if pattern.fullmatch(day.isoformat()):
                found.add(day)
            day += ONE
            if day > LAST:
                break
    return frozenset(found)


def run(first: date, last: date) -> frozenset[date]:
    return frozenset(first + timedelta(n) for n in range((last - first).days + 1))


@cache
def when(text: str) -> When:
    """The date that a text writes."""
    text = text.replace(" ", "")
    if text[0] in "[{":
        members = [_range(part, "..") for part in text[1:-1].split(",")]
        doubted = any(m.doubted for m in members)
        sure = frozenset().union(*(m.sure for m in members)) if text[0] == "{" and not doubted else frozenset()
        closed = (min(m.first for m in members), max(m.last for m in members))
        return When(*closed, frozenset().union(*(m.maybe for m in members)), sure, doubted)
    return _range(text, "/")


def _range(text: str, sign: str) -> When:
    """`a/b` or `a..b`, or one date alone; an end that is open or unknown says nothing."""
    start, found, end = text.partition(sign) if text != ".." else (text, "", "")
    if not found:
        return _point(text)
    ends = [_point(part) if part not in ("", "..", "/") else None for part in (start.rstrip("/"), end.lstrip("/"))]
    known = [e for e in ends if e]
    first, last = min(e.first for e in known), max(e.last for e in known)
    doubted = any(e.doubted for e in known)
    reach = run(first if ends[0] else FIRST, last if ends[1] else LAST)
    exact = all(e.first == e.last for e in known)
    return When(first, last, reach, run(first, last) if exact and not doubted else frozenset(), doubted)


def _point(text: str) -> When:
    bare = text.rstrip("~?%")
    days = matching(bare)
    doubted = bare != text
    sure = days if len(bare) == 10 and "X" not in bare and not doubted else frozenset()
    return When(min(days), max(days), days, sure, doubted)
