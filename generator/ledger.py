"""Who says what of an incident: its claims field by field, which of them are independent, and what follows from them.

    ledger = chronicle.ledger(id)           # or ledger_of(incident, sources, rules) where only these are at hand
    account = ledger.account(Field("casualties", "injured"))
    account.claims                          # all of them, oldest first, each with its status
    account.groups                          # those who bear them: every origin with its witnesses and its copies
    account.range, account.outliers         # what the sources say now, and what stands outside of it
    account.history                         # how the range moved
    account.derived, account.sureness       # the figure, where the entry has none; how sure its own is
    ledger.contradictions                   # what cannot all be true
    known_on(ledger, day)                   # the same, of what had been said by the end of a day

Everything is a function of the claims, made when it is asked for; an entry whose sources say nothing costs nothing. The
rules stand in `tenets.py`, in words.

Independent of each other are the *origins*: a report that copies or rewrites another (`derived_from`) adds nothing to it.
A claim counts as current unless its source replaced it (`superseded`) or took it back (`withdrawn`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal

import msgspec

from .claims import TOPICS, Cited, Claim, Field, Value, claims_of, standing, values_of
from .clashes import Contradiction, Side, bears, clash, contradiction, witnesses_of
from .counts import Count, contains, hull
from .model import OUTCOMES, Incident, LedgerRules
from .moments import came_before
from .origins import origins
from .progress import Step, counts_of, steps_of
from .sequence import Event, ordered_by_clock

__all__ = [
    "Account", "Cited", "Claim", "Contradiction", "Event", "Field", "Group", "Ledger", "Side", "Step", "Sureness", "Value",
    "clash", "independent", "known_on", "ledger_of", "origins",
]  # fmt: skip

Sureness = Literal["contradicted", "disputed", "several", "single", "doubted", "unborne"]
"""How sure a figure is: its sources contradict it, or each other within it; several, or one, independent and not unreliable, bear it; only
unreliable ones do; nobody says it in numbers."""

NO_RULES = LedgerRules()


class Group(msgspec.Struct, frozen=True):
    """An origin with the claims of those who stand for it, and of the copies that count together with them."""

    origin: str
    witnesses: tuple[Claim, ...]
    copies: tuple[Claim, ...]


class Account(msgspec.Struct, frozen=True, dict=True):
    """All that is said of one field, oldest first, with what the entry itself states."""

    field: Field
    claims: tuple[Claim, ...]
    stated: Value | None = None
    rules: LedgerRules = NO_RULES

    @cached_property
    def current(self) -> tuple[Claim, ...]:
        """The claims that nobody has replaced or taken back, those of copies among them."""
        return tuple(claim for claim in self.claims if claim.is_current)

    @cached_property
    def witnesses(self) -> tuple[Claim, ...]:
        """The current claims of sources that stand for themselves."""
        return tuple(claim for claim in self.claims if claim.is_witness)

    @cached_property
    def trusted(self) -> tuple[Claim, ...]:
        """The witnesses whose sources are not unreliable, and whose claims the entry does not doubt."""
        return tuple(claim for claim in self.witnesses if not claim.is_doubted)

    @cached_property
    def independent(self) -> tuple[str, ...]:
        """The origins behind the current claims."""
        return witnesses_of(self.witnesses)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The current claims by origin, copies with the origin that they go back to."""
        names = sorted({origin for claim in self.current for origin in claim.cited.origins})
        return tuple(
            Group(
                name,
                tuple(c for c in self.current if name in c.cited.stands_for),
                tuple(c for c in self.current if name in c.cited.origins and name not in c.cited.stands_for),
            )
            for name in names
        )

    @cached_property
    def range(self) -> Count | None:
        """From the lowest to the highest that counts now; none where no figure does."""
        return hull(counts_of(self._counting))

    @cached_property
    def outliers(self) -> tuple[Claim, ...]:
        """Current counts of witnesses that are not to be relied on and lie outside the range: shown, and not counted."""
        outside = (c for c in self.witnesses if c not in self._counting and isinstance(c.value, Count))
        return tuple(c for c in outside if self.range is None or not contains(self.range, _count(c)))

    @cached_property
    def contradiction(self) -> Contradiction | None:
        """The claims that cannot all be true, or that cannot be true together with what the entry states."""
        return contradiction(self.field, self.claims, self.stated) if self.claims else None

    @cached_property
    def history(self) -> tuple[Step, ...]:
        """How the range moved: a step for every moment that changed it; undated claims have no place in it."""
        return tuple(steps_of([c for c in self.claims if self._may_count(c)]))

    @cached_property
    def derived(self) -> Count | None:
        """The figure that follows from the claims where the entry states none; never from unreliable sources alone, nor from
        counts of something else than this incident."""
        is_own = self.field.topic == "casualties" and not self.field.scope
        if self.stated is not None or not is_own or self.rules.derived != "shown":
            return None
        return self.range if self.trusted else None

    @cached_property
    def reliable(self) -> tuple[str, ...]:
        """The origins behind the current claims that may be relied on."""
        return witnesses_of(self.trusted)

    def bearers(self, value: Value) -> tuple[Claim, ...]:
        """The claims that may be relied on and say something compatible with a value; where there are none, the others."""
        found = [c for c in self.witnesses if bears(self.field.topic, c.value, value)]
        return tuple([c for c in found if not c.is_doubted] or found)

    def bearing(self, value: Value) -> tuple[str, ...]:
        """The independent sources that may be relied on and currently say something compatible with a value."""
        return witnesses_of(c for c in self.trusted if bears(self.field.topic, c.value, value))

    @cached_property
    def sureness(self) -> Sureness:
        """How sure the stated figure is, or the one that the claims give."""
        stated, topic = self.stated, self.field.topic
        bearing = [c for c in self.witnesses if stated is None or bears(topic, c.value, stated)]
        trusted = witnesses_of(c for c in bearing if not c.is_doubted)
        if self.contradiction is not None and self.contradiction.is_open:
            return "contradicted" if stated is None or not self._holds_all(stated) else "disputed"
        if trusted:
            return "several" if len(trusted) > 1 else "single"
        return "doubted" if bearing else "unborne"

    def _holds_all(self, stated: Value) -> bool:
        """Whether what is stated has room for every side of a contradiction that somebody bears."""
        assert self.contradiction is not None
        sides = (side for side in self.contradiction.sides if not side.is_weak)
        return all(bears(self.field.topic, side.value, stated) for side in sides)

    @cached_property
    def _counting(self) -> tuple[Claim, ...]:
        """The claims that make the range."""
        return self.witnesses if self.rules.outliers == "widen" else self.trusted

    def _may_count(self, claim: Claim) -> bool:
        """Whether a claim counted as long as it stood."""
        is_relied_on = self.rules.outliers == "widen" or not claim.is_doubted
        return is_relied_on and bool(claim.cited.stands_for) and isinstance(claim.value, Count)


class Ledger(msgspec.Struct, frozen=True, dict=True):
    """The claims of an entry, oldest first, with what it states itself."""

    claims: tuple[Claim, ...] = ()
    stated: tuple[tuple[Field, Value], ...] = ()
    rules: LedgerRules = NO_RULES

    @cached_property
    def accounts(self) -> dict[Field, Account]:
        """An account for every field that a source or the entry speaks of, in the order of topics."""
        found: dict[Field, list[Claim]] = {field: [] for field, _ in self.stated}
        for claim in self.claims:
            found.setdefault(claim.field, []).append(claim)
        stated = dict(self.stated)
        return {f: Account(f, standing(found[f]), stated.get(f), self.rules) for f in sorted(found, key=_field_key)}

    def account(self, field: Field) -> Account:
        """What is said of a field; an empty account where nobody says anything."""
        return self.accounts.get(field) or Account(field, (), None, self.rules)

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """What cannot all be true, field by field."""
        found = (account.contradiction for account in self.accounts.values()) if self.claims else ()
        return tuple(c for c in found if c is not None)


def ledger_of(
    incident: Incident,
    sources: Sequence[Cited],
    rules: LedgerRules = NO_RULES,
    places: Sequence[str] = (),
    events: Mapping[str, Event] | None = None,
    zone: str = "",
) -> Ledger:
    """The ledger of an entry whose sources are these. `places` are the names of its cities; `events` are other incidents that
    its sources put before or after it, and `zone` is its own: so an hour can tell an order too."""
    claims = claims_of(sources, incident.date, rules)
    if events:
        claims = ordered_by_clock(claims, sources, events, zone, rules, incident.time_of)
    stated = [(field, value) for field, value in values_of(incident, incident.date) if field.topic != "place"]
    if places:
        stated.append((Field("place"), tuple(places)))
    return Ledger(claims, tuple(stated), rules)


def known_on(ledger: Ledger, day: datetime.date) -> Ledger:
    """What the sources had said by the end of a day, with what they replaced later still standing; nothing that is undated.

    What the entry itself states is left out: it is the knowledge of today.
    """
    known = [c for c in ledger.claims if c.said is not None and c.said.day <= day]
    return Ledger(tuple(_as_it_stood(c, known) for c in known), (), ledger.rules)


def independent(sources: Iterable[Cited]) -> tuple[str, ...]:
    """The origins that sources stand for which have not been withdrawn, in the order in which they first appear."""
    found: dict[str, None] = {}
    for cited in sources:
        if cited.citation.status != "withdrawn":
            found.update(dict.fromkeys(cited.stands_for))
    return tuple(found)


def _as_it_stood(claim: Claim, known: Iterable[Claim]) -> Claim:
    """A claim as current, unless something is known that had replaced it."""
    if claim.is_current or any(_replaces(other, claim) for other in known):
        return claim
    return msgspec.structs.replace(claim, status="current")


def _replaces(other: Claim, claim: Claim) -> bool:
    if other.field != claim.field or other.said is None or claim.said is None:
        return False
    return came_before(claim.said, other.said) or (other.is_current and not came_before(other.said, claim.said))


def _count(claim: Claim) -> Count:
    assert isinstance(claim.value, Count)
    return claim.value


def _field_key(field: Field) -> tuple[object, ...]:
    outcome = [*OUTCOMES, field.name].index(field.name) if field.topic == "casualties" else 0
    return TOPICS.index(field.topic), outcome, field.scope, field.name, field.part
