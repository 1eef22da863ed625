"""How far a publisher can be trusted and why, in words: the letters of the Admiralty code, and what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Document, Publisher, Reliability, SourceState
from ..words import Words

RELIABILITY_WORDS: dict[Reliability, str] = {
    "A": "reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
STATE_WORDS: dict[SourceState, str] = {
    "live": "can be reached",
    "dead": "can no longer be reached",
    "deleted": "was deleted",
    "edited": "was edited after publication",
    "paywalled": "is behind a paywall",
    "unchecked": "was not checked again",
}


def reliability_text(record: Publisher | None) -> str:
    """`B, usually reliable`, or that nobody has rated it."""
    if record is None or record.reliability is None:
        return "not rated"
    return f"{record.reliability}, {RELIABILITY_WORDS[record.reliability]}"


def party_text(record: Publisher | None) -> str:
    """Which party to the conflict a publisher belongs to, as far as its file says."""
    return record.party_to_conflict if record and record.party_to_conflict else "not stated"


def trust_sentences(name: str, record: Publisher | None) -> tuple[str, ...]:
    """What is known of a publisher's reliability, with the ground for it."""
    rated = record is not None and record.reliability is not None
    first = (
        f"{name} is rated {reliability_text(record)}."
        if rated
        else f"{name} is not rated: no ground for a letter has been given."
    )
    party = (
        f"It belongs to, or speaks for, a party to the conflict: {party_text(record)}."
        if record and record.party_to_conflict
        else ""
    )
    return tuple(s for s in (first, record.note or "" if record else "", party) if s)


def origin_sentence(words: Words, document: Document, copies: Sequence[object]) -> str:
    """Whether a source stands for itself."""
    if document.derived_from:
        return "It copies or rewrites another report; together they count as one source."
    if copies:
        told = words.plural(
            len(copies),
            one="{} document copies or rewrites it and counts",
            other="{} documents copy or rewrite it and count",
        )
        return f"It is not known to copy another report. {told} together with it as one source."
    return "It is not known to copy another report."
