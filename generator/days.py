"""One day of the calendar as it is written, `YYYY-MM-DD`, and what to say where something else stands."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable

import msgspec

from .expressions import Expression
from .problems import Fault

FIRST_YEAR, LAST_YEAR = 1900, 2100

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
"""What word processors put in the place of a hyphen."""

_TO_HYPHEN = str.maketrans(dict.fromkeys(DASHES, "-"))
_DAY = Expression(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_STEMS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MORE_STEMS = ("січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "гру")
_SHOWN = 60


def plain_day(text: str) -> datetime.date | None:
    """The day written `YYYY-MM-DD`, of the years we know; None for anything else."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def quoted(text: str) -> str:
    """The author's words in quotation marks, a long text cut short."""
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}…"'


def hyphenated(text: str) -> str:
    """The text with a plain hyphen for every typographic dash."""
    return text.translate(_TO_HYPHEN)


def dash_place(text: str) -> int | None:
    """Where the first typographic dash stands."""
    return next((place for place, letter in enumerate(text) if letter in DASHES), None)


def moved(fault: Fault, by: int) -> Fault:
    """The fault of a part that begins `by` letters into the value."""
    return msgspec.structs.replace(fault, offset=fault.offset + by) if by else fault


def day_fault(text: str, rule: str = "bad-date") -> Fault:
    """What is wrong with a text that is no date as we write it, with the one reading it may have; it covers the whole text."""
    found = next(fault for explain in _EXPLANATIONS if (fault := explain(text)))
    return msgspec.structs.replace(found, rule=rule, length=found.length or len(text))


def likely_date(text: str) -> str | None:
    """The only date that a differently written text can mean; none for `03/04/2026`, which means two."""
    readings = {
        reading
        for pattern, read in _WRITINGS
        if (found := pattern.fullmatch(text))
        for reading in read(*found.groups())
    }
    return readings.pop() if len(readings) == 1 else None


# ---------------------------------------------------------------- other ways to write a date

_Read = Callable[..., set[str]]


def _valid(year: str, month: str | int, day: str) -> set[str]:
    text = f"{year}-{int(month):02}-{int(day):02}"
    return {text} if plain_day(text) else set()


def _day_or_month_first(a: str, b: str, year: str) -> set[str]:
    return _valid(year, b, a) | _valid(year, a, b)


def _month_of(year: str, month: str | int) -> set[str]:
    return {f"{year}-{int(month):02}"} if _valid(year, month, "1") else set()


def _month_number(name: str) -> int:
    """1 to 12 for a name of a month, 0 for another word."""
    return _MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in _MONTHS else _month_in_cyrillic(name.lower())


def _month_in_cyrillic(name: str) -> int:
    """The same for a Russian or Ukrainian name, in any case of its grammar."""
    stems = (*_STEMS, *_MORE_STEMS)
    return next((n % 12 + 1 for n, stem in enumerate(stems) if stem and name.startswith(stem)), 0)


_NAME = r"([A-Za-z]{3,9}|[а-яіїє]{3,9})\.?"
_WRITINGS: tuple[tuple[Expression, _Read], ...] = (
    (Expression(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.A), _valid),
    (Expression(r"(\d{4})[/. ](\d{1,2})[/. ](\d{1,2})", re.A), _valid),
    (Expression(r"(\d{4})(\d{2})(\d{2})", re.A), _valid),
    (Expression(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.A), _day_or_month_first),
    (Expression(r"(\d{4})[-/.](\d{1,2})", re.A), _month_of),
    (Expression(r"(\d{1,2})[-/.](\d{4})", re.A), lambda month, year: _month_of(year, month)),
    (Expression(rf"(\d{{1,2}})(?:st|nd|rd|th)? {_NAME},? (\d{{4}})(?: (?:г|года|р|року)\.?)?", re.A), lambda d, m, y: _valid(y, _month_number(m), d)),
    (Expression(rf"{_NAME} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", re.A), lambda m, d, y: _valid(y, _month_number(m), d)),
    (Expression(rf"{_NAME} (\d{{4}})", re.A), lambda m, y: _month_of(y, _month_number(m))),
)  # fmt: skip


# ---------------------------------------------------------------- what to say

_CLOCK = Expression(r"(.*\d)(?:T| +)((\d{1,2}):(\d{2})\S*)", re.A)
_YEAR = Expression(r"[yY]?([+-]?\d+)(?:-\d\d){0,2}", re.A)
_ISO = Expression(r"(\d{4})-(\d\d)(?:-(\d\d))?", re.A)


def _clock(text: str) -> Fault | None:
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    clock = f"{int(found[3]):02}:{found[4]}"
    return Fault(
        "bad-date", f"{quoted(text)}: a date holds no time", f"write `time: {clock}`", found.start(2), len(found[2])
    )


def _far_year(text: str) -> Fault | None:
    found = _YEAR.fullmatch(text)
    if not found or likely_date(text) or (len(found[1]) == 4 and FIRST_YEAR <= int(found[1]) <= LAST_YEAR):
        return None
    return Fault(
        "bad-date",
        f"the year of {quoted(text)} is outside {FIRST_YEAR}–{LAST_YEAR}",
        offset=found.start(1),
        length=len(found[1]),
    )


def _season(text: str) -> Fault | None:
    found = _ISO.fullmatch(text)
    if not found or found[3] or not 21 <= int(found[2]) <= 41:
        return None
    hint = f"write the months it means, such as {found[1]}-03/{found[1]}-05"
    return Fault("bad-date", f"{quoted(text)} is a season, which is no date here", hint)


def _no_such_day(text: str) -> Fault | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    what = "day" if found[3] else "month"
    hint = (
        f"{calendar.month_name[month]} {year} has {calendar.monthrange(year, month)[1]} days"
        if 1 <= month <= 12
        else "months go from 01 to 12"
    )
    return Fault("bad-date", f"{quoted(text)} is not a {what} of the calendar", hint)


_TWO_READINGS = Expression(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.A)


def _readings(text: str) -> str:
    """The date that a differently written text may mean, or the two."""
    found = _TWO_READINGS.fullmatch(text)
    return likely_date(text) or (" or ".join(sorted(_day_or_month_first(*found.groups()))) if found else "")


def _other_writing(text: str) -> Fault:
    guess = _readings(text)
    question = f"; did you mean {guess}?" if guess else ""
    return Fault("bad-date", f"{quoted(text)} is not a date", f"write YYYY-MM-DD, YYYY-MM or YYYY{question}")


_EXPLANATIONS: tuple[Callable[[str], Fault | None], ...] = (_clock, _far_year, _season, _no_such_day, _other_writing)
"""Tried in this order; the last has an answer to everything."""
