"""Queries in a text: `{{count kind=drone city=moscow year=2025}}` asks how many incidents, `{{sum injured tag=port}}` how many people.

A query is a verb, of `sum` what is added, and what to look among: `key=value`, several values with commas between them, a
value with blanks in quotes. Nothing else between two braces is one: `{{ 7*7 }}` is text.
"""

from __future__ import annotations

import datetime
import re
from typing import Literal, NamedTuple, get_args

import msgspec

from .days import FIRST_YEAR, LAST_YEAR, moved
from .edtf import Edtf, parse_edtf
from .model import OUTCOMES, Outcome, Where
from .problems import Fault, did_you_mean

Verb = Literal["count", "sum"]
VERBS: tuple[Verb, ...] = get_args(Verb)
KEYS = ("kind", "city", "tag", "wave", "year", "date")
"""What may be asked for; `year` and `date` exclude each other."""

UNTOLD = "\0"
"""What stands in plain text for the answer to a query, which nobody has before all files are read."""

OPENING = re.compile(r"\{\{\s*(?:(?:count|sum)(?=[\s}]|\Z)|[A-Za-z]+\s+[A-Za-z]+\s*=)")
"""How a query begins: with a verb, or with a word and a key, which can only be a verb that is misspelt."""

WHOLE = re.compile(r"\{\{([^{}]*)\}\}")
_TERM = re.compile(r'(?:[^\s"]|"[^"]*")+|\S+')
_VALUE = re.compile(r'"([^"]*)"|([^",]+)')
_VALUES = re.compile(rf"(?:{_VALUE.pattern})(?:,(?:{_VALUE.pattern}))*")
_PLAIN_VALUE = re.compile(r'[^\s",]+')


class Term(NamedTuple):
    """A value that a query asks for, under its key, and where it begins in the query."""

    key: str
    value: str
    at: int


class Query(msgspec.Struct, frozen=True):
    """What is asked: of incidents in some waves and of a kind, city, tag and time, how many there are or an outcome's sum.

    `text` is its canonical writing. Two queries that ask the same in other words have two.
    """

    text: str
    verb: Verb
    outcome: Outcome | None = None
    wave: tuple[str, ...] = ()
    where: Where = Where()
    terms: tuple[Term, ...] = ()


def parsed_query(text: str) -> Query | Fault:
    """The query between two braces, or what is wrong with it and where in the text."""
    words = [(found[0], found.start()) for found in _TERM.finditer(text)]
    verb, at = words.pop(0)
    if verb not in VERBS:
        hint = did_you_mean(verb, VERBS) or f"write {' or '.join(VERBS)}, or \\{{{{ for the signs themselves"
        return _fault(f'no query is called "{verb}"', hint, at, len(verb))
    outcome: Outcome | None = None
    if verb == "sum":
        name, at = words.pop(0) if words else ("", len(text))
        outcome = next((known for known in OUTCOMES if known == name), None)
        if outcome is None:
            hint = did_you_mean(name, OUTCOMES) or f"one of: {', '.join(OUTCOMES)}"
            said = f'"{name}" cannot be added' if name else "sum does not say what to add"
            return _fault(said, hint, at, max(1, len(name)))
    terms: list[Term] = []
    for word, at in words:
        found = _terms(word, at, {term.key for term in terms})
        if isinstance(found, Fault):
            return found
        terms += found
    return _query(verb, outcome, terms)


def _terms(word: str, at: int, before: set[str]) -> list[Term] | Fault:
    """The values of `key=a,b`."""
    key, sign, written = word.partition("=")
    if not sign:
        return _fault(f'"{word}" is no key with a value', f"write key=value; keys are {', '.join(KEYS)}", at, len(word))
    if key not in KEYS:
        hint = did_you_mean(key, KEYS) or f"keys are {', '.join(KEYS)}"
        return _fault(f'a query has no key "{key}"', hint, at, max(1, len(key)))
    if key in before:
        return _fault(f'the key "{key}" stands twice', "write its values with a comma between them", at, len(key))
    start = at + len(key) + 1
    if not _VALUES.fullmatch(written):
        hint = f'write {key}=value or {key}=one,two, and a value with blanks in quotes: {key}="two words"'
        return _fault(f'"{word}" has no value' if not written else f'"{word}" cannot be read', hint, at, len(word))
    return [
        Term(key, " ".join((v[1] or v[2] or "").split()), start + max(v.start(1), v.start(2)))
        for v in _VALUE.finditer(written)
    ]


def _query(verb: Verb, outcome: Outcome | None, terms: list[Term]) -> Query | Fault:
    given = {key: tuple(dict.fromkeys(t.value for t in terms if t.key == key)) for key in KEYS}
    time = _time(terms)
    if isinstance(time, Fault):
        return time
    years, date = time
    named = [f"{key}={','.join(map(_written, given[key]))}" for key in KEYS if given[key]]
    where = Where(kind=given["kind"], city=given["city"], tag=given["tag"], year=years, date=date)
    return Query(
        " ".join([verb, *([outcome] if outcome else []), *named]), verb, outcome, given["wave"], where, tuple(terms)
    )


def _time(terms: list[Term]) -> tuple[tuple[int, ...], Edtf | None] | Fault:
    """The years or the date that a query asks for."""
    years = [t for t in terms if t.key == "year"]
    dates = [t for t in terms if t.key == "date"]
    if years and dates:
        return _fault("year and date exclude each other", "write one of them", dates[0].at, len(dates[0].value))
    for term in years:
        if not re.fullmatch(r"[0-9]{4}", term.value) or not FIRST_YEAR <= int(term.value) <= LAST_YEAR:
            hint = f"write four digits, from {FIRST_YEAR} to {LAST_YEAR}"
            return _fault(f'"{term.value}" is no year', hint, term.at, len(term.value))
    if not dates:
        return tuple(dict.fromkeys(int(term.value) for term in years)), None
    if len(dates) > 1:
        hint = "write years with year=…, or the time between two dates as 2025-11/2026-01"
        return _fault("a query asks for one date", hint, dates[1].at, len(dates[1].value))
    date = parse_edtf(dates[0].value)
    if isinstance(date, Fault):
        return msgspec.structs.replace(moved(date, dates[0].at), rule="query-malformed")
    return _date_fault(date, dates[0]) or ((), date)


def _date_fault(date: Edtf, term: Term) -> Fault | None:
    """A time with a beginning and an end can be asked for, and nothing vaguer."""
    if not time_fault(date):
        return None
    return _fault(f'"{term.value}" is no certain time', time_fault(date), term.at, len(term.value))


def time_fault(date: Edtf) -> str:
    """What to write instead of a date that bounds no time; nothing where it does."""
    bounded = date.form in ("day", "month", "year", "decade", "century", "interval") and not date.qualified
    if bounded and date.earliest and date.latest:
        return ""
    return "write a day, a month, a year, or the time between two such as 2025-11/2026-01"


def frames_of(where: Where) -> tuple[tuple[datetime.date, datetime.date], ...]:
    """The first and last days that a query looks between, in order; years that follow each other are one. None for all time."""
    if where.date and where.date.earliest and where.date.latest:
        return ((where.date.earliest, where.date.latest),)
    frames: list[tuple[datetime.date, datetime.date]] = []
    for year in sorted(where.year):
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        if frames and frames[-1][1].year == year - 1:
            first = frames.pop()[0]
        frames.append((first, last))
    return tuple(frames)


def _written(value: str) -> str:
    return value if _PLAIN_VALUE.fullmatch(value) else f'"{value}"'


def _fault(message: str, hint: str, at: int, length: int) -> Fault:
    return Fault("query-malformed", message, hint, at, length)
