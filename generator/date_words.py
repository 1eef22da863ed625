"""A date in words, never more exact than it is known."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from .catalogue import catalogue_of
from .dates import certainty_on, extent
from .edtf import Edtf, day_date
from .locales import Patterns, Width, calendar_text, list_text, patterns_of
from .masks import fits

_ONE_DAY = datetime.timedelta(days=1)
_NO_END = ("open", "unknown")


def date_text(date: Edtf, lang: str, width: Width) -> str:
    """`15 December 2025`, `between 14 and 15 December 2025`, `about December 2025`, `12 to 13 December 2025`, `until March 2025` …"""
    if date.form == "interval":
        return _interval_text(date, lang, width)
    if date.form == "one-of":
        return _one_of_text(date.members, lang, width)
    if date.form == "all-of":
        return list_text(row_texts(date.members, lang, width), lang)
    return _point_text(date, lang, width, alone=True)


def row_texts(dates: Sequence[Edtf], lang: str, width: Width) -> list[str]:
    """Dates that stand in one phrase, in order: the month and year that the last one says are left out before it."""
    forms = {"qualified" if date.qualified else date.form for date in dates}
    if forms not in ({"day"}, {"month"}):
        return [_inner_text(date, lang, width) for date in dates]
    days = [extent(date)[0] for date in dates]
    patterns = patterns_of(lang, width)
    shorter = _day_pattern if forms == {"day"} else _month_pattern
    return [calendar_text(day, shorter(patterns, day, days[-1]), lang) for day in days]


def pair_texts(first: datetime.date, last: datetime.date, lang: str, width: Width) -> list[str]:
    """Two days in one phrase: `14` and `15 December 2025`."""
    return row_texts([day_date(day) for day in (first, last)], lang, width)


# ---------------------------------------------------------------- dates without parts


def _point_text(date: Edtf, lang: str, width: Width, alone: bool) -> str:
    if not date.qualified:
        return _plain_text(date, lang, width, alone)
    words, sign = catalogue_of(lang), date.text[-1]
    phrase = {"~": words.about, "?": words.probably, "%": words.probably_about}[sign]
    return phrase.format(_plain_text(date, lang, width, alone and sign == "?"))


def _inner_text(date: Edtf, lang: str, width: Width) -> str:
    """A date within a phrase; some languages bend the month there."""
    return date_text(date, lang, width) if date.members else _point_text(date, lang, width, alone=False)


def _plain_text(date: Edtf, lang: str, width: Width, alone: bool) -> str:
    (first, last), patterns = extent(date), patterns_of(lang, width)
    match date.form:
        case "day":
            return calendar_text(first, patterns.day, lang)
        case "month":
            return calendar_text(first, patterns.month if alone else patterns.inner_month, lang)
        case "year":
            return str(first.year)
        case "decade":
            return catalogue_of(lang).decade.format(first.year)
        case "century":
            return f"{first.year}–{last.year}"
        case _:
            return _mask_text(date, lang, width)


def _mask_text(date: Edtf, lang: str, width: Width) -> str:
    """The months that fit where only months are unknown; else the days, or the first and last of too many to name."""
    bare = date.text.rstrip("~?%")
    if bare.endswith("-XX") or len(bare) == 7:
        months = [Edtf("", day, day, "month") for day in _months(int(bare[:4])) if fits(bare[5:7], f"{day.month:02}")]
        return list_text(row_texts(months, lang, width), lang, "or")
    first, last = extent(date)
    fitting = [day for day in _days(first, last) if certainty_on(date, day)]
    if len(fitting) == (last - first).days + 1 or len(fitting) > 4:
        return catalogue_of(lang).between.format(*pair_texts(first, last, lang, width))
    return list_text(row_texts([day_date(day) for day in fitting], lang, width), lang, "or")


def _months(year: int) -> list[datetime.date]:
    return [datetime.date(year, month, 1) for month in range(1, 13)]


def _days(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    return [first + n * _ONE_DAY for n in range((last - first).days + 1)]


# ---------------------------------------------------------------- intervals and sets


def _interval_text(date: Edtf, lang: str, width: Width) -> str:
    words, (start, end) = catalogue_of(lang), date.members
    if start.form in _NO_END:
        return (words.until if start.form == "open" else words.start_unknown).format(_inner_text(end, lang, width))
    if end.form in _NO_END:
        return (words.since if end.form == "open" else words.end_unknown).format(_inner_text(start, lang, width))
    return words.to.format(*row_texts(date.members, lang, width))


def _one_of_text(members: Sequence[Edtf], lang: str, width: Width) -> str:
    """`between 14 and 15 December`, where no other day lies between; `14 or 20 December` else."""
    ends = members[0].members if len(members) == 1 else members
    is_run = len(members) == 1 or (len(members) == 2 and extent(members[1])[0] - extent(members[0])[0] == _ONE_DAY)
    if is_run and all(end.form == "day" and not end.qualified for end in ends):
        return catalogue_of(lang).between.format(*row_texts(ends, lang, width))
    return list_text(row_texts(members, lang, width), lang, "or")


# ---------------------------------------------------------------- what a phrase may leave out


def _day_pattern(patterns: Patterns, day: datetime.date, last: datetime.date) -> str:
    if day == last or day.year != last.year:
        return patterns.day
    return (patterns.bare_day if day.month == last.month else patterns.yearless_day) or patterns.day


def _month_pattern(patterns: Patterns, day: datetime.date, last: datetime.date) -> str:
    return (
        patterns.yearless_month if day != last and day.year == last.year and patterns.yearless_month else patterns.month
    )
