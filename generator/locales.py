"""What Babel knows of a language: its calendar, numbers, plurals, lists and names. Babel is imported only when something is asked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from babel import Locale

Width = Literal["long", "short"]

NO_BREAK = "\u00a0"

MOST_DAYS = 65_536
"""So many writings of days are kept, some 0.2 KiB each: a century of days, each in two forms."""

MOST_TEXTS = 4096
"""So many numbers, names and lists of each sort are kept, some 0.2 KiB each: they come again on page after page."""


class Patterns(msgspec.Struct, frozen=True):
    """How a language writes a day and a month, in CLDR patterns.

    `bare_day` is the day alone before another of the same month, `yearless_day` that of the same year; both are empty where
    the language puts the year or month first, so nothing can be left out. `month` stands alone, `inner_month` in a phrase.
    """

    day: str
    yearless_day: str
    bare_day: str
    month: str
    inner_month: str
    yearless_month: str


@lru_cache(maxsize=256)
def patterns_of(lang: str, width: Width) -> Patterns:
    """The patterns of a language, with full or shortened names of months."""
    locale, skeletons = locale_of(lang), locale_of(lang).datetime_skeletons
    name = "MMMM" if width == "long" else "MMM"
    day = str(locale.date_formats["long"].pattern if width == "long" else skeletons["yMMMd"].pattern)
    month = str(skeletons[f"y{name}"].pattern)
    inner = month.replace("L", "M")
    first = day[: day.index("M")].rstrip() if day.startswith("d") else ""
    short = str(skeletons[f"{name}d"].pattern) if first and f"{name}d" in skeletons else ""
    return Patterns(day, short, first, month, inner, name.replace("M", "L") if inner.startswith("M") else "")


@lru_cache(maxsize=MOST_DAYS)
def calendar_text(day: datetime.date, pattern: str, lang: str) -> str:
    """A day in a CLDR pattern; a number never parts from the word after it."""
    pieces = [
        _field_text(piece, _number_of(piece[0], day), lang) if is_field else piece
        for piece, is_field in _pieces(pattern)
    ]
    return _parts_from_word("\\1" + NO_BREAK, "".join(pieces))


_parts_from_word = re.compile(r"(\d\.?) (?=[^\W\d])").sub


@lru_cache(maxsize=256)
def _pieces(pattern: str) -> tuple[tuple[str, bool], ...]:
    """A pattern as texts and fields, in order; a field is its letter as often as it stands there."""
    from babel.dates import tokenize_pattern

    return tuple(
        (str(value), False) if kind == "chars" else (value[0] * int(value[1]), True)
        for kind, value in tokenize_pattern(pattern)
    )


def _number_of(letter: str, day: datetime.date) -> int:
    """What a field of a pattern tells of a day: its number in the month, the month, year, or weekday from 0 for Monday; else all of it."""
    match letter:
        case "d":
            return day.day
        case "M" | "L":
            return day.month
        case "y":
            return day.year
        case "c" | "E":
            return day.weekday()
    return day.toordinal()


@lru_cache(maxsize=MOST_TEXTS)
def _field_text(field: str, number: int, lang: str) -> str:
    """One field of a pattern: asking Babel for a whole day takes ten times as long, and most fields come again."""
    from babel.dates import format_date

    first = datetime.date(2001, 1, 1)  # a Monday
    match field[0]:
        case "d" | "c" | "E":
            day = first.replace(day=number + (field[0] != "d"))
        case "y":
            day = first.replace(year=number)
        case "M" | "L":
            day = first.replace(month=number)
        case _:
            day = datetime.date.fromordinal(number)
    return format_date(day, field, locale_of(lang))


@lru_cache(maxsize=MOST_TEXTS)
def number_text(number: int, lang: str) -> str:
    """A number with the language's separators of thousands."""
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=locale_of(lang)))


def list_text(items: Sequence[str], lang: str, style: Literal["standard", "or"] = "standard") -> str:
    """`a, b and c`, or `a, b or c`; empty for nothing."""
    return _list_text(tuple(items), lang, style) if len(items) > 1 else "".join(items)


@lru_cache(maxsize=MOST_TEXTS)
def _list_text(items: tuple[str, ...], lang: str, style: Literal["standard", "or"]) -> str:
    from babel.lists import format_list

    return str(format_list(list(items), style=style, locale=locale_of(lang)))


@lru_cache(maxsize=MOST_TEXTS)
def plural_form(number: int, lang: str) -> str:
    """The CLDR form that goes with a number: `one`, `few`, `many`, `other` …"""
    return str(locale_of(lang).plural_form(number))


@lru_cache(maxsize=MOST_TEXTS)
def language_name(code: str, lang: str) -> str:
    """The name of a language in another; the code itself where it has none."""
    languages = locale_of(lang).languages
    return str(languages.get(code.replace("-", "_")) or languages.get(code.partition("-")[0]) or code)


@lru_cache(maxsize=MOST_TEXTS)
def country_name(code: str, lang: str) -> str:
    """The name of a country (ISO 3166-1) in a language; the code itself where it has none."""
    return str(locale_of(lang).territories.get(code, code))


@lru_cache(maxsize=64)
def locale_of(lang: str) -> Locale:
    """The locale of a BCP 47 tag: the nearest that Babel has, else British English, which `en` alone stands for too."""
    from babel import Locale, UnknownLocaleError

    for tag in (lang, lang.partition("-")[0]):
        try:
            return Locale.parse("en_GB" if tag.lower() == "en" else tag, sep="-" if "-" in tag else "_")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_GB")
