"""Remarks on numbers in a title that the entry's data do not bear out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..chronicle import Chronicle, Linked
from ..counts import Count, disjoint, total
from ..model import Damage, Weapon
from ..problems import Problem
from .figures import said_now
from .headlines import Told, told_by
from .remark import file_of, remark


def title_number(chronicle: Chronicle, entry: Linked) -> Iterator[Problem]:
    """A number in an English title is that of the entry's data."""
    language = entry.incident.lang or chronicle.settings.languages[0]
    for told in told_by(entry.incident.title) if language.startswith("en") else ():
        said = _person_fault(chronicle, entry, told) if told.outcome else _thing_fault(entry, told)
        if said:
            message = f'"{told.numeral.text}" in the title: {said}'
            hint = "let title and data say the same"
            yield remark("title-number", file_of(chronicle, entry), "title", message, hint)


def _person_fault(chronicle: Chronicle, entry: Linked, told: Told) -> str:
    """How the number of those harmed differs from the entry's; a part of them may be fewer."""
    own = getattr(entry.incident.casualties, told.outcome, None) if entry.incident.casualties else None
    known = own or said_now(chronicle, entry, told.outcome)
    if known is None:
        return f"the data give no number of {told.outcome}"
    is_more = known.high is not None and not known.about and told.numeral.number.low > known.high
    if is_more or (not told.is_part and disjoint(told.numeral.number, known)):
        return f"the data say {known.text} {told.outcome}"
    return ""


def _thing_fault(entry: Linked, told: Told) -> str:
    """How the number of some things differs from all that the data say of such; empty where they say nothing of such."""
    own = [row for row in _rows(entry) if _is_such(row, told)]
    rows = [*own, *(row for row in _claimed(entry) if _is_such(row, told))]
    counts = [row.count for row in rows if row.count]
    if not rows or len(own) >= told.numeral.number.low:  # each may be one
        return ""
    if not counts:
        return f"the data count no {told.noun}"
    whole = total(row.count for row in own if row.count)
    is_reached = any(_reaches(count, told.numeral.number) for count in (*counts, *((whole,) if whole else ())))
    return "" if is_reached else f"the data say {_listed(counts)} {told.noun}"


def _reaches(count: Count, number: Count) -> bool:
    """Whether a count is large enough for a number to be all or some of it: of many drones a title may tell of two."""
    return count.high is None or count.about or count.high >= number.low


def _rows(entry: Linked) -> tuple[Damage | Weapon, ...]:
    return (*entry.incident.weapons, *entry.incident.damage)


def _claimed(entry: Linked) -> Iterator[Damage | Weapon]:
    """What the sources claim of weapons and damage."""
    for cited in entry.sources:
        if cited.citation.says and cited.citation.status != "withdrawn":
            yield from cited.citation.says.weapons
            yield from cited.citation.says.damage


def _is_such(row: Damage | Weapon, told: Told) -> bool:
    """Whether a row is about what a title counts: by its noun, and by the words before it where both have any."""
    *before, noun = (row.kind if isinstance(row, Weapon) else row.what).lower().split()
    return told.noun in plurals(noun) and (not before or not told.before or set(told.before) <= set(before))


def plurals(noun: str) -> tuple[str, ...]:
    """The plurals that an English noun may have."""
    if noun.endswith("y"):
        return (f"{noun[:-1]}ies", f"{noun}s")
    return (noun, f"{noun}es") if noun.endswith("s") else (f"{noun}s", f"{noun}es")


def _listed(counts: Iterable[Count]) -> str:
    return ", ".join(dict.fromkeys(count.text for count in counts))
