"""The numbers that an English headline gives of people harmed and of things: `kills fourteen`, `two people hurt`, `three missiles strike`.

Only what can be told with certainty is read. A number that belongs to a name (S-300, School 14), a date, an age, a calibre or a
share is none of these, and neither is one whose noun is not known: what is not understood is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .numerals import Numeral, numerals_of, words_of


class Told(NamedTuple):
    """A number of a headline, and of what: an outcome, or a thing by its noun and the words before it.

    `is_part` says that it may be a part of the whole: women, two others, two more.
    """

    numeral: Numeral
    outcome: str = ""
    noun: str = ""
    before: tuple[str, ...] = ()
    is_part: bool = False


OUTCOME_VERBS = {
    word: outcome
    for outcome, words in {
        "killed": "kill kills killing",
        "injured": "injure injures injuring wound wounds wounding hurt hurts hurting",
        "evacuated": "evacuate evacuates evacuating",
        "detained": "detain detains detaining",
    }.items()
    for word in words.split()
}
"""What stands before a number of people: Strike kills two."""

OUTCOMES_AFTER = {
    word: outcome
    for outcome, words in {
        "killed": "killed dead die dies died",
        "injured": "injured wounded hurt",
        "missing": "missing",
        "evacuated": "evacuated",
        "detained": "detained",
    }.items()
    for word in words.split()
}
"""What stands after it: Two killed, three people hurt."""

BOTH_WAYS = frozenset(("killed", "injured", "wounded", "hurt", "evacuated", "detained"))
"""Words of these that may also have their number after them: Drones killed two."""

TOLL_ENDS = ("reached", "reaches", "to")
"""With a toll before them: Death toll rises to 14."""

HELPERS = frozenset(("are", "be", "been", "have", "has", "is", "left", "reported", "were", "was"))
EVERYBODY = frozenset(("people", "persons"))
PEOPLE = EVERYBODY | frozenset(
    (
        "adults", "boys", "children", "civilians", "crew", "doctors", "drivers", "employees", "firefighters",
        "girls", "guards", "journalists", "medics", "men", "miners", "minors", "more", "officers", "others",
        "passengers", "patients", "pensioners", "pilots", "police", "policemen", "rescuers", "residents",
        "sailors", "shoppers", "soldiers", "staff", "students", "teenagers", "victims", "volunteers", "women",
        "workers",
    )
)  # fmt: skip
ENDINGS = frozenset(
    (
        "a", "across", "after", "against", "along", "amid", "among", "an", "and", "around", "as", "at",
        "before", "behind", "beneath", "beside", "between", "but", "by", "during", "for", "from", "hit", "in",
        "inside", "into", "near", "of", "off", "on", "onto", "or", "outside", "over", "past", "since", "the",
        "through", "to", "toward", "towards", "under", "until", "when", "where", "while", "with", "within",
    )
)  # fmt: skip
"""Words with which what a number counts is certainly over."""

MOST_BEFORE = 2
"""So many words may stand between a number and its noun."""


def told_by(title: str) -> tuple[Told, ...]:
    """The numbers that a headline gives, in its order."""
    words = words_of(title)
    numerals = [numeral for numeral in numerals_of(words) if not _is_partial(words, numeral)]
    found = [told for numeral in numerals if (told := _told(words, numeral))]
    outcomes = [told.outcome for told in found if told.outcome]
    if len(found) == len(numerals) and len(set(outcomes)) == len(outcomes):
        return tuple(found)
    return tuple(told._replace(is_part=True) for told in found)  # two killed here, three there


def _told(words: Sequence[str], numeral: Numeral) -> Told | None:
    """What a number is of, as far as it can be told."""
    before, noun = _counted(words, numeral.end)
    if noun and noun not in PEOPLE:
        return Told(numeral, noun=noun, before=before) if numeral.number.low > 1 else None
    outcome = _outcome_after(words, numeral.end + len(before) + bool(noun))
    if not outcome and (noun or _ends(words, numeral.end)):
        outcome = _outcome_before(words, numeral.start)
    is_part = numeral.is_further or bool(before) or noun not in ("", *EVERYBODY)
    return Told(numeral, outcome=outcome, noun=noun, is_part=is_part) if outcome else None


def _counted(words: Sequence[str], start: int) -> tuple[tuple[str, ...], str]:
    """The words after a number up to the noun that it counts, and that noun: the first plural; nothing where there is none."""
    for place in range(start, min(start + MOST_BEFORE + 1, len(words))):
        word = words[place].lower()
        if _ends(words, place) or word in OUTCOMES_AFTER or word in OUTCOME_VERBS or word in HELPERS:
            break
        if word in PEOPLE or _is_plural(word):
            return tuple(w.lower() for w in words[start:place]), word
    return (), ""


def _ends(words: Sequence[str], place: int) -> bool:
    """Whether what a number counts is over at a place: at the end, a sign, or a word that begins something else."""
    return place >= len(words) or not words[place][0].isalpha() or words[place].lower() in ENDINGS


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "'s", "’s", "us", "is")) and len(word) > 3


def _outcome_after(words: Sequence[str], place: int) -> str:
    """The outcome that follows those who are counted."""
    while place < len(words) and words[place].lower() in HELPERS:
        place += 1
    return OUTCOMES_AFTER.get(words[place].lower(), "") if place < len(words) else ""


def _outcome_before(words: Sequence[str], place: int) -> str:
    """The outcome that stands before a number, or before its qualifier."""
    word = words[place - 1].lower() if place else ""
    if word in TOLL_ENDS and any(before.lower() == "toll" for before in words[:place]):
        return "killed"
    return OUTCOME_VERBS.get(word) or (OUTCOMES_AFTER[word] if word in BOTH_WAYS else "")


def _is_partial(words: Sequence[str], numeral: Numeral) -> bool:
    """Whether a number is one of a larger number, that larger number itself, an age, or denied."""
    before = words[numeral.start - 1].lower() if numeral.start else ""
    after = words[numeral.end].lower() if numeral.end < len(words) else ""
    if before == after == ",":
        return True
    return before in ("aged", "among", "any", "including", "no", "not", "of") or after in ("of", "%", "percent", "per")
