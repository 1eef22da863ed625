"""The rules of the ledger, once: what each says in plain words; the methodology page and docs/site.md are made from this table.

The code that applies a rule names it by its function; what `site.yaml` may set of it stands under `ledger`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from .model import LedgerRules
from .times import ABOUT_MINUTES


class Tenet(msgspec.Struct, frozen=True):
    """One rule: its name, what it says, which code applies it, and for what a setting may make of it other words."""

    name: str
    says: str
    applied_by: str
    setting: Literal["", "outliers", "derived", "unreliable"] = ""
    otherwise: str = ""


TENETS: tuple[Tenet, ...] = (
    Tenet(
        "independence",
        "A report that copies or rewrites another counts together with it as one source, however many copies there are.",
        "origins.origins",
    ),
    Tenet("circles", "Reports that name each other as their origin count as one source.", "origins.origins"),
    Tenet(
        "copies",
        "What a copy says against its origin, or beyond it, is shown and named as its own, but counts for nothing where the origin is cited beside it.",
        "origins.stands_for",
    ),
    Tenet(
        "superseded",
        "A claim that its source replaced or took back stays in the table, struck through. It is in no range, bears no figure and contradicts nothing.",
        "claims.standing",
    ),
    Tenet(
        "later-word",
        "Where one source gives a figure twice, its later word counts, if it is sure which of the two is later.",
        "claims.standing",
    ),
    Tenet(
        "order",
        "Claims are listed by when they were made, then by when their documents appeared, then as the entry lists them.",
        "claims.in_time",
    ),
    Tenet(
        "scope",
        "Counts of another area or of other hours are told apart, and never compared with each other.",
        "claims.Field",
    ),
    Tenet(
        "reliance",
        "A source is not relied on where its publisher is rated {letters}, where it is a content farm without a rating, or where the entry marks the claim as doubtful or improbable.",
        "claims.doubted",
        "unreliable",
    ),
    Tenet(
        "range",
        "The range of a figure goes from the lowest to the highest number that a source which counts gives now.",
        "ledger.Account.range",
    ),
    Tenet(
        "outliers",
        "A number from a source that is not relied on is shown, but does not widen the range.",
        "ledger.Account.outliers",
        "outliers",
        "A number from a source that is not relied on widens the range like any other, and the page says who gave it.",
    ),
    Tenet(
        "history",
        "How a figure moved is drawn in steps: a number that was replaced later stands until the next one was given. Claims without a day have no place in it, nor has a replaced number without an hour where hours of that day are known.",
        "ledger.Account.history",
    ),
    Tenet(
        "derived",
        "Where an entry states no figure, the range of its sources stands in its place and is marked as derived, with the number of independent sources; never on the word of sources alone that are not relied on. Sums do not count it.",
        "ledger.Account.derived",
        "derived",
        "Where an entry states no figure, none is derived from its sources.",
    ),
    Tenet(
        "check",
        "A figure that an entry states is held against the claims: beside it stands how many independent sources bear it, and where none does, the page says so.",
        "ledger.Account.bearing",
    ),
    Tenet(
        "counts",
        "Two counts contradict each other if no number fits both. A number that is only about contradicts nothing but none at all.",
        "clashes.clash",
    ),
    Tenet(
        "times",
        f"Two times contradict each other if they do not overlap. A time that is only about may be off by {ABOUT_MINUTES} minutes each way.",
        "clashes.clash",
    ),
    Tenet(
        "dates",
        "Two dates contradict each other if they have no day in common. A date that is marked as about or uncertain contradicts none.",
        "clashes.clash",
    ),
    Tenet(
        "places",
        "Two places contradict each other if neither lies in the other and none is named by both.",
        "clashes.contradiction",
    ),
    Tenet(
        "attribution",
        "Two attributions contradict each other if they name no party in common; so do two sources of which one has a party accept what the other has it deny, or one has a target hit and the other not.",
        "clashes.clash",
    ),
    Tenet(
        "sequence",
        "Two sources contradict each other if one has an incident before, the other after, the same other incident. Where some source speaks of that order, the hours of the others count too: who gives an hour before the other incident, or reported this one before it, has it earlier.",
        "sequence.ordered_by_clock",
    ),
)


def tenet_text(tenet: Tenet, rules: LedgerRules) -> str:
    """What a rule says under some settings."""
    is_default = not tenet.otherwise or getattr(rules, tenet.setting) == getattr(LedgerRules(), tenet.setting)
    letters = " or ".join(filter(None, (", ".join(rules.unreliable[:-1]), *rules.unreliable[-1:])))
    return (tenet.says if is_default else tenet.otherwise).replace("{letters}", letters)
