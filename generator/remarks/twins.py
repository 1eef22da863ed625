"""Remarks on entries that may be one: of the same city and kind, a day apart at most, under like titles.

No two entries are compared that share none of their rarest words (the prefixes of set similarity joins), and none with more
than a few of its city and days, so the work grows with the number of entries and not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from math import ceil
from typing import NamedTuple

from ..chronicle import Chronicle, Linked
from ..dates import span_days
from ..expressions import Expression
from ..names import folded
from ..problems import Problem
from .remark import file_of, remark

ALIKE = 0.6
"""So much of the words of two titles, taken together, stand in both of like titles."""

MOST_DAYS = 7
"""A date of more days is too vague to be a day apart from another."""

DAYS_APART = 1
MOST_COMPARED = 50

_WORD = Expression(r"\w+")


class Title(NamedTuple):
    """The title of an entry as a set of words, without those that every entry of its cities may have."""

    entry: Linked
    words: frozenset[str]
    first: int
    last: int


def possible_duplicate(chronicle: Chronicle) -> Iterator[Problem]:
    """No incident is told twice; entries that are related have been looked at."""
    titles = [title for id in chronicle.timeline if (title := _title(chronicle, chronicle.entries[id]))]
    rarity = Counter(word for title in titles for word in title.words)
    seen: dict[tuple[str, str], list[Title]] = defaultdict(list)
    for title in titles:
        keys = [(city, word) for city in title.entry.cities for word in _prefix(title.words, rarity)]
        twin = next((other for other in _near(title, keys, seen) if _are_alike(title, other)), None)
        if twin is not None:
            yield _twins(chronicle, title.entry, twin.entry)
        for key in keys:
            seen[key].append(title)


def _title(chronicle: Chronicle, entry: Linked) -> Title | None:
    """The title of an entry that may have a twin: one with a city and a date of a few days."""
    date = entry.incident.date
    days = span_days(date)
    if days is None or days > MOST_DAYS or not entry.cities or not date.earliest or not date.latest:
        return None
    names = {word for id in entry.cities for word in _words(chronicle.cities[id].name)}
    words = frozenset(_words(entry.incident.title)) - names
    return Title(entry, words, date.earliest.toordinal(), date.latest.toordinal()) if words else None


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def _prefix(words: frozenset[str], rarity: Mapping[str, int]) -> list[str]:
    """The rarest words of a title, of which any like title has at least one among its own rarest."""
    ordered = sorted(words, key=lambda word: (rarity[word], word))
    return ordered[: len(words) - ceil(ALIKE * len(words)) + 1]


def _near(
    title: Title, keys: Iterable[tuple[str, str]], seen: Mapping[tuple[str, str], list[Title]]
) -> Iterator[Title]:
    """The titles before this one that share a city and a rare word with it, a day apart at most; the nearest first."""
    for key in keys:
        for other in islice(reversed(seen.get(key, ())), MOST_COMPARED):
            if other.first < title.first - MOST_DAYS - DAYS_APART:
                break
            if title.first - other.last <= DAYS_APART:
                yield other


def _are_alike(a: Title, b: Title) -> bool:
    """Whether two entries may be of one incident: not told to be related, of no two kinds, with most words in common."""
    kinds = {a.entry.incident.kind, b.entry.incident.kind} - {None}
    if len(kinds) > 1 or len(a.words & b.words) < ALIKE * len(a.words | b.words):
        return False
    return all(tie.to != b.entry.id for tie in a.entry.ties)


def _twins(chronicle: Chronicle, entry: Linked, other: Linked) -> Problem:
    there = file_of(chronicle, other)
    message = f'may be the same incident as "{other.id}", "{other.incident.title}"'
    hint = "merge them, or say under relations how they stand to each other"
    related = ((there.path, there.span("title")),)
    return remark("possible-duplicate", file_of(chronicle, entry), "title", message, hint, related)
