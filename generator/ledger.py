"""Who says what, as values: which sources are independent, which of them bear a figure, and where they cannot all be true.

Independent of each other are the *origins*: a report that copies or rewrites another (`derived_from`) adds nothing to it.
A claim counts as current unless its source replaced it (`superseded`) or took it back (`withdrawn`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from .counts import Count, disjoint
from .dates import window
from .edtf import Edtf
from .model import OUTCOMES, Citation, Document


class Cited(msgspec.Struct, frozen=True):
    """A source as one entry cites it: its number in the entry (from 1; the same document keeps one), its document, its
    publisher's id, and its origins: the ids of the documents it goes back to, itself where it copies none."""

    number: int
    name: str
    citation: Citation
    document: Document
    publisher: str
    origins: tuple[str, ...]

    @property
    def is_copy(self) -> bool:
        return self.origins != (self.name,)


class Claim(msgspec.Struct, frozen=True):
    """One figure of one source."""

    cited: Cited
    count: Count

    @property
    def is_current(self) -> bool:
        return self.cited.citation.status == "current"


class Contradiction(msgspec.Struct, frozen=True):
    """A field about which two groups of sources say what cannot both be true; the texts are what they say."""

    field: str
    sides: tuple[tuple[str, tuple[int, ...]], ...]


def origins(derived_from: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Every document's origins, following `derived_from` to its ends; a circle stands for itself as a whole."""
    return {id: tuple(sorted(_ends(id, derived_from, frozenset()))) for id in derived_from}


def _ends(id: str, derived_from: Mapping[str, Sequence[str]], seen: frozenset[str]) -> frozenset[str]:
    parents = [p for p in derived_from.get(id, ()) if p not in seen and p != id]
    if not parents:
        return frozenset((id,))
    return frozenset().union(*(_ends(p, derived_from, seen | {id}) for p in parents))


def independent(sources: Iterable[Cited]) -> tuple[str, ...]:
    """The origins behind the sources that have not been withdrawn, in the order in which they first appear."""
    found: dict[str, None] = {}
    for cited in sources:
        if cited.citation.status != "withdrawn":
            found.update(dict.fromkeys(cited.origins))
    return tuple(found)


def claims_of(outcome: str, sources: Iterable[Cited]) -> tuple[Claim, ...]:
    """What the sources say of one outcome, in their order."""
    found = []
    for cited in sources:
        says = cited.citation.says
        count = getattr(says.casualties, outcome) if says and says.casualties else None
        if count is not None:
            found.append(Claim(cited, count))
    return tuple(found)


def bearing(outcome: str, figure: Count, sources: Iterable[Cited]) -> int:
    """How many independent sources currently say something compatible with a figure."""
    agreeing = [c.cited for c in claims_of(outcome, sources) if c.is_current and not disjoint(c.count, figure)]
    return len(independent(agreeing))


def contradictions(date: Edtf, sources: Sequence[Cited]) -> tuple[Contradiction, ...]:
    """Current claims that cannot both be true: counts with no number in common, dates and times that do not overlap."""
    current = [cited for cited in sources if cited.citation.says and cited.citation.status == "current"]
    if len(current) < 2:  # nobody contradicts themselves
        return ()
    found = [_count_contradiction(outcome, claims_of(outcome, current)) for outcome in OUTCOMES]
    found += [_date_contradiction(current), _time_contradiction(date, current)]
    return tuple(c for c in found if c is not None)


def _count_contradiction(outcome: str, claims: Sequence[Claim]) -> Contradiction | None:
    if not any(disjoint(a.count, b.count) for a in claims for b in claims):
        return None
    return Contradiction(f"casualties.{outcome}", _sides((c.count.text, c.cited.number) for c in claims))


def _date_contradiction(current: Sequence[Cited]) -> Contradiction | None:
    """Dates of the event that have no day in common."""
    said = []
    for cited in current:
        says = cited.citation.says
        if says and says.date:
            said.append((says.date.text, cited.number, (says.date.earliest, says.date.latest)))
    if not any(_apart(a[2], b[2]) for a in said for b in said):
        return None
    return Contradiction("date", _sides((text, number) for text, number, _ in said))


def _time_contradiction(date: Edtf, current: Sequence[Cited]) -> Contradiction | None:
    said = []
    for cited in current:
        says = cited.citation.says
        if says and says.time and (says.time_of or "event") == "event":
            said.append((says.time.text, cited.number, window(says.date or date, says.time)))
    if not any(_apart(a[2], b[2]) for a in said for b in said):
        return None
    return Contradiction("time", _sides((text, number) for text, number, _ in said))


def _apart(a: tuple[object, object], b: tuple[object, object]) -> bool:
    """Whether one window ends before the other begins."""
    end, start = a[1], b[0]
    return end is not None and start is not None and end < start  # type: ignore[operator]


def _sides(said: Iterable[tuple[str, int]]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """What is said to the numbers of those who say it, in the order in which it was first said."""
    sides: dict[str, list[int]] = {}
    for text, number in said:
        sides.setdefault(text, []).append(number)
    return tuple((text, tuple(dict.fromkeys(numbers))) for text, numbers in sides.items())
