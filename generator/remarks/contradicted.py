"""Remarks on what the sources of an entry contradict each other about, where the entry does not say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..chronicle import Chronicle, Linked
from ..claims import Value
from ..clashes import Contradiction, Side, bears
from ..counts import Count
from ..ledger import Account
from ..model import Citation
from ..problems import Problem
from .remark import file_of, remark

_NUMBER = re.compile(r"\d+")
HINT = "cite each side in the text, name it in assessment_note, give a range that holds both, or write assessment: contested"

TELLS = ("contested", "discounted")
"""Assessments that say themselves that something speaks against what is reported."""


def contradiction_unsaid(chronicle: Chronicle, entry: Linked) -> Iterator[Problem]:
    """Where sources that are relied on contradict each other, or the entry, it says so: by its assessment, by what it states, in
    its text, or in a note that names one of those who disagree."""
    incident = entry.incident
    found = [] if incident.assessment in TELLS else [c for c in chronicle.contradictions(entry.id) if c.is_open]
    if not found:
        return
    accounts = chronicle.ledger(entry.id).accounts
    unsaid = [c for c in found if not (_is_figure_outside(c) or _has_room(accounts[c.field], c))]
    unsaid = [c for c in unsaid if not (_is_cited(entry, c) or _is_noted(chronicle, entry, c))]
    if unsaid:
        is_confirmed = incident.assessment == "confirmed"
        key, said = (
            ("assessment", "confirmed, though sources contradict") if is_confirmed else ("sources", "contradict")
        )
        whom = "each other" if unsaid[0].stated is None else "the entry"
        message = f"{said} {whom} about {'; '.join(_about(c) for c in unsaid)}"
        yield remark("contradiction-unsaid", file_of(chronicle, entry), key, message, HINT)


def _is_figure_outside(found: Contradiction) -> bool:
    """Whether it is about a figure of the entry that no source gives, of which `figure-outside-sources` tells."""
    return isinstance(found.stated, Count)


def _has_room(account: Account, found: Contradiction) -> bool:
    """Whether what the entry states leaves room for every side that somebody stands for."""
    topic, stated = found.field.topic, account.stated
    return stated is not None and all(bears(topic, side.value, stated) for side in _strong(found))


def _is_cited(entry: Linked, found: Contradiction) -> bool:
    """Whether the text of the entry cites a source of each side."""
    noted = set(entry.incident.notes)
    return all(any(_names_of(claim.cited.citation) & noted for claim in side.claims) for side in _strong(found))


def _names_of(citation: Citation) -> set[str]:
    """What a footnote may call a source."""
    return {name for name in (citation.label, citation.source) if name}


def _is_noted(chronicle: Chronicle, entry: Linked, found: Contradiction) -> bool:
    """Whether the note of the entry names a publisher of a side, or a number that one gives."""
    note = (entry.incident.assessment_note or "").casefold()
    numbers = set(_NUMBER.findall(note))
    return any(
        not numbers.isdisjoint(_numbers_of(side.value)) or any(name in note for name in _houses_of(chronicle, side))
        for side in _strong(found)
    )


def _numbers_of(value: Value) -> set[str]:
    return set(_NUMBER.findall(value.text)) if isinstance(value, Count) else set()


def _houses_of(chronicle: Chronicle, side: Side) -> set[str]:
    """The publishers that stand on a side, by name."""
    houses = {claim.cited.publisher for claim in side.claims} - {""}
    return {chronicle.houses[house].name.casefold() for house in houses}


def _strong(found: Contradiction) -> Sequence[Side]:
    return [side for side in found.sides if not side.is_weak]


def _about(found: Contradiction) -> str:
    """`casualties.killed (wire-1 against post-1)`."""
    names = [side.claims[0].cited.name for side in _strong(found)]
    return f"{found.field.key} ({' against '.join(names)})"
