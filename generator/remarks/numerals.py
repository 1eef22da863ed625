"""Numbers in English prose, in digits or in words, with what narrows or widens them: `twenty-seven`, `at least 14`, `more than 20,000`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..counts import MOST, Count, counted
from ..expressions import Expression

UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = {
    word: 10 * n
    for n, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
SCALES = {"hundred": 100, "thousand": 1000}
SMALL = {word: n for n, word in enumerate(UNITS)} | TENS

QUALIFIERS = {
    ("at", "least"): "from",
    ("as", "many", "as"): "to",
    ("no", "fewer", "than"): "from",
    ("no", "less", "than"): "from",
    ("more", "than"): "from",
    ("less", "than"): "to",
    ("fewer", "than"): "to",
    ("over",): "from",
    ("up", "to"): "to",
    ("about",): "about",
    ("almost",): "about",
    ("around",): "about",
    ("nearly",): "about",
    ("roughly",): "about",
    ("some",): "about",
}
"""What may stand before a number, and how it bounds it."""

FURTHER = ("another", "further", "other")
UNITS_OF_MEASURE = frozenset(
    (
        "am", "bn", "cm", "day", "days", "dollars", "euros", "february", "hour", "hours", "january", "km",
        "kg", "km²", "kilometres", "kilometers", "kw", "m", "march", "april", "may", "june", "july", "august",
        "september", "october", "november", "december", "metres", "meters", "miles", "million", "billion",
        "minutes", "mm", "months", "mw", "pm", "roubles", "rubles", "tonnes", "tons", "weeks", "years",
        "year",
    )
)  # fmt: skip
"""Where one of these follows, a number counts neither people nor things."""

_WORD = Expression(r"[^\W_]+(?:[-–.,:/’'][^\W_]+)*|[^\w\s]")
_DIGITS = Expression(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7}")
_RANGE = Expression(r"([0-9]{1,7})[-–]([0-9]{1,7})")
_YEAR = Expression(r"(?:19|20)[0-9]{2}")


class Numeral(NamedTuple):
    """A number in a row of words, from its qualifier on; `is_further` where it comes on top of others."""

    number: Count
    start: int
    end: int
    text: str
    is_further: bool = False


def words_of(text: str) -> list[str]:
    """The words and signs of a text in a row."""
    return _WORD.findall(text)


def numerals_of(words: Sequence[str]) -> Iterator[Numeral]:
    """The numbers among some words, in their order."""
    place = 0
    while place < len(words):
        bounds, end = _number(words, place)
        if bounds is None:
            place += 1
            continue
        following = words[end].lower() if end < len(words) else ""
        if following not in UNITS_OF_MEASURE and not _is_named(words, place):
            yield _qualified(words, place, end, bounds)
        place = end


def _number(words: Sequence[str], place: int) -> tuple[tuple[int, int] | None, int]:
    """The bounds of the number that begins at a place, and the place after it; None for no number, or for one not understood."""
    span = _RANGE.fullmatch(words[place])
    if span and int(span[1]) < int(span[2]):
        return (int(span[1]), int(span[2])), place + 1
    value = _value(words[place])
    end = place + 1
    while value is not None and end < len(words) and words[end].lower() in SCALES:
        value *= SCALES[words[end].lower()]
        end += 1
    return (None if value is None or value > MOST else (value, value)), end


def _value(word: str) -> int | None:
    """What a word alone counts; a year counts nothing."""
    if _DIGITS.fullmatch(word):
        return None if _YEAR.fullmatch(word) else int(word.replace(",", ""))
    first, _, second = word.lower().replace("–", "-").partition("-")
    if second:
        return TENS[first] + SMALL[second] if first in TENS and 0 < SMALL.get(second, 0) < 10 else None
    return SMALL.get(first)


def _is_named(words: Sequence[str], place: int) -> bool:
    """Whether a number in digits follows a word in capitals that it numbers: School 14, Line 2, No. 5, Su 34."""
    before = words[place - 1] if place else ""
    return (place > 1 and words[place][0].isdigit() and before[:1].isupper()) or before in (".", "#", "№")


def _qualified(words: Sequence[str], place: int, end: int, bounds: tuple[int, int]) -> Numeral:
    """A number with the words before it that bound it."""
    before = [word.lower() for word in words[:place]]
    is_further = before[-1:] != [] and before[-1] in FURTHER
    start, bound = place - is_further, ""
    for words_before, kind in QUALIFIERS.items():
        if tuple(before[max(0, start - len(words_before)) : start]) == words_before and len(words_before) <= start:
            start, bound = start - len(words_before), kind
            break
    return Numeral(_bounded(bound, *bounds), start, end, " ".join(words[start:end]), is_further)


def _bounded(bound: str, low: int, high: int) -> Count:
    """A count with the bounds of a number that is at least, at most, or about so much."""
    if bound == "from":
        return counted(max(low, 1), None)
    return counted(0, high) if bound == "to" else counted(low, high, bound == "about" and high > 0)
