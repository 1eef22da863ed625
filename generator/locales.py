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
    from babel.dates import format_date

    return re.sub(r"(\d\.?) (?=[^\W\d])", rf"\1{NO_BREAK}", format_date(day, pattern, locale_of(lang)))


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
