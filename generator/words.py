"""What a reader sees of dates, times and counts: never more exact than what is known."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from . import locales
from .catalogue import Catalogue, catalogue_of
from .counts import Count
from .date_words import date_text, pair_texts, row_texts
from .dates import span_days
from .edtf import Edtf
from .locales import calendar_text, patterns_of
from .model import Outcome, TimeOf
from .moments import Moment
from .times import Time, crosses_midnight
from .zones import offset_text, utc_of

NO_BREAK_HERE = "\u2060"
"""A word joiner: a browser may break a line after a dash, and a range would fall apart."""


_ISO_LENGTHS = {"day": 10, "month": 7, "year": 4}


class Words(msgspec.Struct, frozen=True):
    """The words of one language, by its BCP 47 tag."""

    lang: str

    # ------------------------------------------------------------ dates

    def date_text(self, date: Edtf) -> str:
        """`15 December 2025`, `between 14 and 15 December 2025`, `about December 2025`, `until March 2025` …"""
        return date_text(date, self.lang, "long")

    def short_date_text(self, date: Edtf) -> str:
        """The same for a line of a list, with shortened names of months."""
        return date_text(date, self.lang, "short")

    def datetime_attribute(self, date: Edtf) -> str | None:
        """The value of `<time datetime>` for a plain day, month or year; None for all that HTML cannot say."""
        length = _ISO_LENGTHS.get(date.form)
        return date.earliest.isoformat()[:length] if date.earliest and length and not date.qualified else None

    def month_name(self, year: int, month: int) -> str:
        """`December 2025`."""
        return calendar_text(datetime.date(year, month, 1), patterns_of(self.lang, "long").month, self.lang)

    def weekday(self, day: datetime.date) -> str:
        """`Monday`."""
        return calendar_text(day, "cccc", self.lang)

    def day_mark(self, day: datetime.date) -> str:
        """`15 Dec`, for the foot of a chart."""
        patterns = patterns_of(self.lang, "short")
        return calendar_text(day, patterns.yearless_day or patterns.day, self.lang)

    def night_text(self, evening: datetime.date) -> str:
        """`the night of 14 to 15 December 2025`."""
        return self._words.night.format(*self._both_days(evening))

    # ------------------------------------------------------------ times

    def time_text(self, time: Time) -> str:
        """`01:42`, `about 00:32`, `between 23:49 and 00:08`, `before 01:51`, `after 02:00`, `in the early morning`."""
        words, (start, end) = self._words, _clocks(time)
        match time.form:
            case "exact":
                return start
            case "about":
                return words.about.format(start)
            case "window":
                return words.between.format(start, end)
            case "before":
                return words.before.format(end)
            case "after":
                return words.after.format(start)
            case "part":
                return words.parts[time.part or "night"]

    def when_text(self, date: Edtf, time: Time | None = None, time_of: TimeOf = "event") -> str:
        """One phrase for both: `on 15 December 2025 at 01:42`, `in the night of 14 to 15 December 2025`."""
        if time is None:
            return self._on(date)
        if time_of != "event":
            return f"{self._on(date)}, {self._announced(time, time_of)}"
        if crosses_midnight(time) and span_days(date) == 2 and date.earliest and not date.qualified:
            night = self._words.in_night.format(*self._both_days(date.earliest))
            return night if time.form == "part" else f"{night}, {self._at(time)}"
        return f"{self._on(date)}{' ' if date.form == 'day' else ', '}{self._at(time)}"

    def moment_text(self, moment: Moment) -> str:
        """`15 December 2025`, with `at 01:42 (UTC+03:00)` or a part of the day where that is known."""
        day = calendar_text(moment.day, patterns_of(self.lang, "long").day, self.lang)
        if moment.part:
            return f"{day}, {self._words.parts[moment.part]}"
        if moment.minute is None or moment.offset is None:
            return day
        zone = f"UTC{offset_text(moment.offset)}" if moment.offset else "UTC"
        return f"{day} {self._words.at.format(_clock(moment.minute))} ({zone})"

    def utc_text(self, day: datetime.date, minutes: int, zone: str, offset: int | None = None) -> str:
        """`2025-12-14 22:42 UTC`: a local time as an instant, for the hover."""
        return f"{utc_of(day, minutes, zone, offset).isoformat(' ', 'minutes')[:16]} UTC"

    # ------------------------------------------------------------ counts

    def count_text(self, count: Count) -> str:
        """`6`, `2–4`, `40 or more`, `about 30`."""
        low = self.number_text(count.low)
        text = low if count.high in (None, count.low) else f"{low}–{NO_BREAK_HERE}{self.number_text(count.high or 0)}"
        if count.about:
            text = self._words.about.format(text)
        return self._words.or_more.format(text) if count.high is None else text

    def amount_text(self, count: Count | None) -> str:
        """`12`, `between 12 and 14`, `up to 2`, `12 or more`, `about 30`, as it stands in a sentence; `an unknown number` for none."""
        words = self._words
        if count is None:
            return words.no_number
        low, high = self.number_text(count.low), self.number_text(count.high or 0)
        if count.high is None:
            return words.or_more.format(words.about.format(low) if count.about else low)
        if count.low == count.high:
            return words.about.format(low) if count.about else low
        if count.low == 0:
            return words.up_to.format(words.about.format(high) if count.about else high)
        return words.about.format(words.to.format(low, high)) if count.about else words.between.format(low, high)

    def toll_phrase(self, outcome: Outcome, count: Count | None) -> str:
        """`2–4 injured`, `nobody hurt` for a reported none, `injured: not reported` where nobody said."""
        words, name = self._words, self._words.outcomes[outcome]
        if count is None:
            return words.unreported.format(outcome=name)
        return (
            words.nobody[outcome] if count.high == 0 else words.toll.format(count=self.count_text(count), outcome=name)
        )

    def number_text(self, number: int) -> str:
        """`1,200`."""
        return locales.number_text(number, self.lang)

    def plural(self, number: int, **forms: str) -> str:
        """The number with its noun: `plural(3, one="{} incident", other="{} incidents")`, by CLDR's forms; `other` is required."""
        form = forms.get(locales.plural_form(number, self.lang)) or forms["other"]
        return form.replace("{}", self.number_text(number), 1)  # a name in it may hold braces of its own

    # ------------------------------------------------------------ names and lists

    def list_text(self, items: Sequence[str]) -> str:
        """`a, b and c`."""
        return locales.list_text(items, self.lang)

    def language_name(self, code: str) -> str:
        """`Ukrainian` for `uk`."""
        return locales.language_name(code, self.lang)

    def country_name(self, code: str) -> str:
        """`Russia` for `RU`."""
        return locales.country_name(code, self.lang)

    # ------------------------------------------------------------ inside

    def _both_days(self, evening: datetime.date) -> list[str]:
        return pair_texts(evening, evening + datetime.timedelta(days=1), self.lang, "long")

    @property
    def _words(self) -> Catalogue:
        return catalogue_of(self.lang)

    def _on(self, date: Edtf) -> str:
        """The date with the word that puts something there."""
        text, words = self.date_text(date), self._words
        if date.qualified or date.form in ("mask", "one-of", "century"):
            return text
        if date.form in ("month", "year", "decade"):
            return words.within.format(text)
        if date.form == "interval":
            return (
                words.from_to.format(*row_texts(date.members, self.lang, "long"))
                if date.earliest and date.latest
                else text
            )
        return words.on.format(text)

    def _at(self, time: Time) -> str:
        words, (start, _) = self._words, _clocks(time)
        phrase = {"exact": words.at, "about": words.at_about}.get(time.form)
        return phrase.format(start) if phrase else self.time_text(time)

    def _announced(self, time: Time, time_of: TimeOf) -> str:
        """A time that is not the event's own, with what it is the time of."""
        if time_of == "alert":
            return self._words.alert.format("–".join(_clocks(time)) if time.form == "window" else self._at(time))
        return self._words.statement.format(self._at(time))


def _clocks(time: Time) -> tuple[str, str]:
    """Start and end of a time as clocks; empty where a side is open."""
    return _clock(time.start), _clock(time.end)


def _clock(minute: int | None) -> str:
    return "" if minute is None else f"{minute // 60 % 24:02}:{minute % 60:02}"
