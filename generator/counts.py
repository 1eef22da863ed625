"""Numbers of people and things as far as they are known: `6`, `2-4`, `40+` (at least), `~30` (about), `0` (somebody reported none)."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from .days import DASHES, dash_place, moved, quoted
from .expressions import Expression
from .problems import Fault

MOST = 1_000_000
"""The largest number an author may write; anything above is a slip of the keyboard."""


class Count(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How many, from `low` to `high`; `high` None is an open top, and `about` says that the numbers are rough.

    `text` is the canonical writing: `6`, `2-4`, `40+`, each with a `~` before it where it is about.
    """

    low: int
    high: int | None
    about: bool
    text: str


_PLAIN = Expression(r"0|[1-9][0-9]{0,6}")
_COUNT = Expression(r"(~?)(0|[1-9][0-9]{0,6})(?:-(0|[1-9][0-9]{0,6})|(\+))?")


def parse_count(text: str) -> Count | Fault:
    """The count, or what is wrong with it; blanks around it do not count. `~30+` and `~2-4` are rough bounds, as sums may have."""
    if _PLAIN.fullmatch(text) and int(text) <= MOST:
        return Count(int(text), int(text), False, text)
    bare = text.strip()
    found = _COUNT.fullmatch(bare)
    fault = _fault_of(int(found[2]), found[3], bool(found[4]), bare) if found else _writing_fault(bare)
    if fault:
        return moved(fault, text.index(bare))
    assert found
    low = int(found[2])
    return counted(low, None if found[4] else int(found[3] or low), bool(found[1]))


def counted(low: int, high: int | None, about: bool = False) -> Count:
    """The count with these bounds, written canonically."""
    top = "+" if high is None else f"-{high}" if high != low else ""
    return Count(low, high, about, f"{'~' if about else ''}{low}{top}")


# ---------------------------------------------------------------- laws of counts


def total(counts: Iterable[Count]) -> Count | None:
    """The sum, bound by bound; one open top opens it and one `about` makes it about. None for no counts."""
    all_of = tuple(counts)
    if not all_of:
        return None
    tops = _tops(all_of)
    return counted(sum(c.low for c in all_of), sum(tops) if tops else None, any(c.about for c in all_of))


def hull(counts: Iterable[Count]) -> Count | None:
    """The smallest count that holds them all; an open top or an `about` is kept. None for no counts."""
    all_of = tuple(counts)
    if not all_of:
        return None
    return counted(min(c.low for c in all_of), max(_tops(all_of), default=None), any(c.about for c in all_of))


def disjoint(a: Count, b: Count) -> bool:
    """Whether the two cannot both be true.

    An `about` has no width, so nothing proves it wrong but a `0`: about 30 and 31 agree, about 30 and none do not.
    """
    if a.about or b.about:
        return (a.high == 0) != (b.high == 0) and min(a.low, b.low) == 0 and max(a.low, b.low) > 0
    return _below(a, b) or _below(b, a)


def contains(a: Count, b: Count) -> bool:
    """Whether `a` allows all that `b` allows. Only an `about` contains an `about`, as no bounds are sure to hold one."""
    if b.about and not a.about:
        return False
    return a.low <= b.low and (a.high is None or (b.high is not None and b.high <= a.high))


def _below(a: Count, b: Count) -> bool:
    return a.high is not None and a.high < b.low


def _tops(counts: tuple[Count, ...]) -> tuple[int, ...]:
    """The upper bounds; none at all where one of them is open."""
    tops = tuple(c.high for c in counts if c.high is not None)
    return tops if len(tops) == len(counts) else ()


# ---------------------------------------------------------------- what to say

_FORMS = "write a whole number from 0 to 1000000, or a count such as 2-4, 40+ or ~30"
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_N = r"(\d{1,3}(?:[,. \u00a0\u202f]\d{3})+|\d+)"
_TO = rf"\s*(?:-|[{DASHES}]|\.\.|/|to)\s*"
_WRITINGS: tuple[tuple[Expression, str], ...] = (
    (Expression(rf"{_N}", re.A), "write {0}"),
    (Expression(rf"{_N}{_TO}{_N}", re.A), "write {0}-{1}"),
    (Expression(rf"(?:~|≈|about|around|circa|ca?\.|approx\.?|some|nearly)\s*{_N}", re.A | re.I), "write ~{0}"),
    (Expression(rf"{_N}\s*(?:~|\?)", re.A), "write ~{0}"),
    (Expression(rf"(?:≥|>=|at least|min\.?)\s*{_N}|{_N}\s*(?:\+|plus|or more)", re.A | re.I), "write {0}+"),
    (Expression(rf"(?:>|more than|over)\s*{_N}", re.A | re.I), "write {more}+ for more than {0}, {0}+ for at least {0}"),
    (Expression(rf"(?:≤|<=|up to|at most)\s*{_N}", re.A | re.I), "write 0-{0}, or 1-{0} where somebody was"),
    (Expression(r"(none|nobody|no|zero|nil)", re.I), "write 0 where somebody reported none, and leave the key out where nobody reported"),
    (Expression(r"(unknown|null|\?|-|~|n/?a|)", re.I), "leave the key out where nobody reported a number"),
)  # fmt: skip


def _fault_of(low: int, high: str | None, open_top: bool, text: str) -> Fault | None:
    """What is wrong with a count that is written as one."""
    if max(low, int(high or 0)) > MOST:
        return Fault("bad-count", f"{quoted(text)} is more than {MOST}", _FORMS, 0, len(text))
    if high and int(high) < low:
        return Fault(
            "bad-count",
            f"{quoted(text)}: min {low} is more than max {high}",
            f"write {text.replace(f'{low}-{high}', f'{high}-{low}')}",
            0,
            len(text),
        )
    if open_top and low == 0:
        return Fault(
            "bad-count",
            f"{quoted(text)} says nothing",
            "leave the key out where nobody reported a number",
            0,
            len(text),
        )
    if text.startswith("~0") and not high:
        return Fault(
            "bad-count", f"{quoted(text)}: none is never about", "write 0 where somebody reported none", 0, len(text)
        )
    return None


def _writing_fault(text: str) -> Fault:
    """What is wrong with a text that is not written as a count, with the one reading it may have."""
    if dash_place(text) is not None:
        return Fault("bad-count", f"{quoted(text)} has a typographic dash", _hint(text), dash_place(text) or 0, 1)
    return Fault("bad-count", f"{quoted(text)} is not a count", _hint(text), 0, len(text))


def _hint(text: str) -> str:
    if text.lower() in _NUMBERS:
        return f"write {_NUMBERS.index(text.lower()) + 1}"
    for pattern, hint in _WRITINGS:
        found = pattern.fullmatch(text)
        if found:
            numbers = [_digits(group) for group in found.groups() if group]
            return _filled(hint, numbers)
    return _FORMS


def _filled(hint: str, numbers: list[str]) -> str:
    """The hint with the author's own numbers; the general one where they cannot stand in a count."""
    if any(number.isdigit() and (len(number) > 7 or int(number) >= MOST) for number in numbers):
        return _FORMS
    more = str(int(numbers[0]) + 1) if numbers and numbers[0].isdigit() else ""
    return hint.format(*numbers, more=more)


def _digits(text: str) -> str:
    """A number without its separators and leading zeros."""
    return re.sub(r"[^0-9]", "", text).lstrip("0") or "0"
