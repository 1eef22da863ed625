"""What each source says, field by field, as values that can be compared; and what of it still stands."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec

from .counts import Count
from .dates import window
from .edtf import Edtf
from .model import (
    OUTCOMES,
    Actor,
    Casualties,
    Citation,
    ClaimStatus,
    Document,
    Incident,
    LedgerRules,
    Says,
)
from .moments import Moment, came_before, moment_key
from .times import Time

Topic = Literal[
    "casualties", "date", "time", "place", "kind", "damage", "weapons", "targets", "attributed", "position", "order",
]  # fmt: skip
TOPICS: tuple[Topic, ...] = (
    "casualties", "date", "time", "place", "kind", "damage", "weapons", "targets", "attributed", "position", "order",
)  # fmt: skip

DOUBTFUL = (4, 5)
"""The credibilities of a claim that its entry doubts: doubtful and improbable."""


class Cited(msgspec.Struct, frozen=True):
    """A source as one entry cites it: its number in the entry (from 1; the same document keeps one), its document, its
    publisher's id and reliability, and its origins: the ids of the documents it goes back to, itself where it copies none.

    `upstream` are the nearest of these that are cited beside it or are origins, `stands_for` the origins for which nothing
    cited stands nearer to them (a copy cited beside its origin stands for none). `around` are the places that hold those
    it names.
    """

    number: int
    name: str
    citation: Citation
    document: Document
    publisher: str
    origins: tuple[str, ...]
    stands_for: tuple[str, ...] = ()
    upstream: tuple[str, ...] = ()
    reliability: str = ""
    around: tuple[str, ...] = ()

    @property
    def is_copy(self) -> bool:
        return self.origins != (self.name,)


class Field(NamedTuple):
    """What a claim is about: `casualties` `injured` of the `part` children; `damage` to a `house`'s `part` roof; the `time` of
    an `alert`. `scope` tells counts of other areas and hours apart."""

    topic: Topic
    name: str = ""
    part: str = ""
    scope: str = ""

    @property
    def key(self) -> str:
        """The field as one text: `casualties.injured.children`."""
        return ".".join(filter(None, (self.topic, self.name, self.part, self.scope)))


class When(msgspec.Struct, frozen=True, array_like=True):
    """A time with the date its source gives it, if it gives one, and the local instants it may mean."""

    time: Time
    date: Edtf | None
    start: datetime.datetime | None
    end: datetime.datetime | None


Value = Count | Edtf | When | tuple[str, ...]
"""What is said of a field; words for places, kinds, parties, an order, or a hit; none where a thing is only named."""


class Claim(msgspec.Struct, frozen=True):
    """One thing that one source says. `said` is when, as far as it is known; `basis` tells an order that the source states
    (`says`) from one that follows from its hour (`hour`) or from when it reported (`told`)."""

    field: Field
    cited: Cited
    value: Value
    said: Moment | None = None
    status: ClaimStatus = "current"
    is_doubted: bool = False
    basis: Literal["says", "hour", "told"] = "says"

    @property
    def is_current(self) -> bool:
        return self.status == "current"

    @property
    def is_witness(self) -> bool:
        """Whether it stands for itself: current, and no copy of what is cited beside it."""
        return self.status == "current" and bool(self.cited.stands_for)


def claims_of(sources: Iterable[Cited], date: Edtf, rules: LedgerRules) -> tuple[Claim, ...]:
    """All that the sources of an entry say, oldest first; `date` is the entry's, for times without a date of their own."""
    found = []
    for cited in sources:
        says = cited.citation.says
        if says is None:
            continue
        said, is_doubted = cited.citation.as_of or cited.document.published, doubted(cited, rules)
        for field, value in values_of(says, date, says.scope or ""):
            found.append(Claim(field, cited, value, said, cited.citation.status, is_doubted))
    return in_time(found)


def doubted(cited: Cited, rules: LedgerRules) -> bool:
    """Whether what a source says here is not to be relied on: its publisher is not, or its entry doubts it."""
    if cited.citation.credibility in DOUBTFUL:
        return True
    if cited.reliability:
        return cited.reliability in rules.unreliable
    return cited.document.kind == "content-farm"


def in_time(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims by when they were made, then by when their documents appeared, then as they are listed; undated ones last."""
    return tuple(sorted(claims, key=_time_key))


def _time_key(claim: Claim) -> tuple[object, ...]:
    return said_key(claim.said, claim.cited.document.published)


def said_key(said: Moment | None, published: Moment | None) -> tuple[object, ...]:
    """What claims are sorted by: when they were made, then when their documents appeared."""
    return (
        said is None,
        moment_key(said)[0] if said else 0,
        published is None,
        moment_key(published)[0] if published else 0,
    )


def standing(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims of one field, with those superseded that their own source surely replaced later."""
    names = [claim.cited.name for claim in claims]
    if len(set(names)) == len(names):
        return tuple(claims)
    return tuple(
        msgspec.structs.replace(c, status="superseded") if c.is_current and _is_replaced(c, claims) else c
        for c in claims
    )


def _is_replaced(claim: Claim, claims: Iterable[Claim]) -> bool:
    """Whether its source says something else of the same field later."""
    return any(
        other.cited.name == claim.cited.name
        and other.is_current
        and other.value != claim.value
        and claim.said is not None
        and other.said is not None
        and came_before(claim.said, other.said)
        for other in claims
    )


# ---------------------------------------------------------------- fields and values


def values_of(said: Says | Incident, date: Edtf, scope: str = "") -> Iterator[tuple[Field, Value]]:
    """Every field that a source, or an entry itself, says something of; a list names the same thing once."""
    yield from _when(said, date)
    if said.city:
        yield Field("place"), tuple(said.city)
    if said.kind:
        yield Field("kind"), (said.kind,)
    if said.casualties:
        yield from _tolls(said.casualties, scope)
    for damage in said.damage:
        yield Field("damage", damage.what, damage.part or "", scope), damage.count or ()
    for weapon in said.weapons:
        yield Field("weapons", weapon.kind, weapon.model or "", scope), weapon.count or ()
    for target in said.targets:
        yield Field("targets", target.name or target.kind), (target.hit or "unknown",)
    yield from _parties(said.actors)
    if isinstance(said, Says):
        yield from ((Field("order", id), ("before",)) for id in said.before)
        yield from ((Field("order", id), ("after",)) for id in said.after)


def _when(said: Says | Incident, date: Edtf) -> Iterator[tuple[Field, Value]]:
    if said.date:
        yield Field("date"), said.date
    if said.time:
        of = said.time_of or "event"
        start, end = window(said.date or date, said.time)
        yield Field("time", "" if of == "event" else of), When(said.time, said.date, start, end)


def _tolls(toll: Casualties, scope: str) -> Iterator[tuple[Field, Value]]:
    for group, part in (("", toll), *toll.of_which.items()):
        for outcome in OUTCOMES:
            count = getattr(part, outcome)
            if count is not None:
                yield Field("casualties", outcome, group, scope), count


def _parties(actors: Sequence[Actor]) -> Iterator[tuple[Field, Value]]:
    """Who is said to have done it, together; and what each party is said to say of that itself."""
    blamed = tuple(dict.fromkeys(a.who for a in actors if a.role == "attributed"))
    if blamed:
        yield Field("attributed"), blamed
    for actor in actors:
        position = actor.position or ("accepts" if actor.role == "claimed-by" else None)
        if position:
            yield Field("position", actor.who), (position,)
