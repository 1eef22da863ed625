"""Remarks on tags that differ in a letter or an ending: readers of one page miss what stands on the other.

Two tags are compared only where they become equal when a letter of one or each is left out, so the work grows with the number
of tags and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..chronicle import Chronicle
from ..problems import Problem
from ..routes import slug_of
from .remark import file_of, remark

SHORT = 6
"""In a shorter tag a letter makes another word: heat and heal, port and sport."""


def near_tags(chronicle: Chronicle) -> Iterator[Problem]:
    """No two tags are spellings of one; told where the rarer of them stands first."""
    for rare, usual in near_pairs({slug: len(ids) for slug, ids in chronicle.by_tag.items()}):
        entry = chronicle.entries[chronicle.by_tag[rare][0]]
        place = next(n for n, tag in enumerate(entry.incident.tags, 1) if slug_of(tag) == rare)
        message = f'"{chronicle.tags[rare]}" is nearly "{chronicle.tags[usual]}", which {_entries(chronicle, usual)}'
        yield remark("near-tags", file_of(chronicle, entry), f"tags.{place}", message, "use one of them")


def _entries(chronicle: Chronicle, tag: str) -> str:
    number = len(chronicle.by_tag[tag])
    return f"{number:,} {'entry has' if number == 1 else 'entries have'}"


def near_pairs(tags: dict[str, int]) -> list[tuple[str, str]]:
    """The pairs of tags that are nearly one, the rarer first, in order; a number of uses for each tag comes in."""
    alike: dict[str, list[str]] = defaultdict(list)
    for tag in sorted(tags):
        for form in _forms(tag):
            alike[form].append(tag)
    pairs = {(a, b) for found in alike.values() for a in found for b in found if a < b and _are_near(a, b)}
    return sorted((b, a) if tags[b] <= tags[a] else (a, b) for a, b in pairs)


def _forms(tag: str) -> set[str]:
    """A tag without hyphens and plural, and, where it is long enough, each of these without one of its letters but the first."""
    plain = _singular(tag.replace("-", ""))
    if len(plain) < SHORT:
        return {plain}
    return {plain, *(plain[:n] + plain[n + 1 :] for n in range(1, len(plain)))}


def _are_near(a: str, b: str) -> bool:
    """Whether two tags that share a form are spellings of one: their numbers are the same, and their letters but for one."""
    x, y = _singular(a.replace("-", "")), _singular(b.replace("-", ""))
    if x == y or min(len(x), len(y)) < SHORT:
        return x == y
    return [c for c in x if c.isdigit()] == [c for c in y if c.isdigit()] and _differ_in_one(x, y)


def _differ_in_one(x: str, y: str) -> bool:
    """Whether one letter that is added, changed or swapped with its neighbour makes one word of the other."""
    start = next((n for n, (c, d) in enumerate(zip(x, y, strict=False)) if c != d), min(len(x), len(y)))
    rest, other = x[start:], y[start:]
    swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or swapped


def _singular(word: str) -> str:
    """A word without the ending of an English plural."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
