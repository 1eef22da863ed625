"""How a figure moved: the ranges that its claims gave, from moment to moment."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator, Sequence

import msgspec

from .claims import Claim
from .counts import Count, hull
from .moments import Moment, moment_key


class Step(msgspec.Struct, frozen=True):
    """What the range of a figure became at a moment, and the numbers of the sources it then rested on."""

    at: Moment
    count: Count
    numbers: tuple[int, ...]


def steps_of(claims: Sequence[Claim]) -> Iterator[Step]:
    """The ranges in the order of time. A claim that was replaced later stands until something new is said."""
    standing: list[Claim] = []
    last: Count | None = None
    for at, made in _phases(claims):
        standing = [c for c in standing if c.is_current] + made
        count = hull(counts_of(standing))
        if count is not None and count != last:
            last = count
            yield Step(at, count, tuple(sorted({c.cited.number for c in standing})))


def _phases(claims: Sequence[Claim]) -> Iterator[tuple[Moment, list[Claim]]]:
    """Moments with the claims made then; of one moment those that were replaced come first. A count that was replaced on a
    day of which the hours of others are known, and not its own, has no place among them."""
    hours = {c.said.day for c in claims if c.said and _has_hour(c)}
    placed = [c for c in claims if c.said and (c.is_current or _has_hour(c) or c.said.day not in hours)]
    moments = sorted({_at(c, hours) for c in placed})
    for key in moments:
        made = [c for c in placed if _at(c, hours) == key]
        replaced = [c for c in made if not c.is_current]
        if replaced:
            yield _first_said(replaced), replaced
        if len(replaced) < len(made) or key == moments[-1]:
            yield _first_said(made), [c for c in made if c.is_current]


def _at(claim: Claim, hours: Container[datetime.date]) -> datetime.datetime:
    """Where a claim stands in time: one of a day alone comes last on a day of which the hours of others are known."""
    assert claim.said is not None
    is_last = claim.said.day in hours and not _has_hour(claim)
    return moment_key(claim.said)[0] + datetime.timedelta(hours=12 if is_last else 0)


def _has_hour(claim: Claim) -> bool:
    return claim.said is not None and (claim.said.minute is not None or claim.said.part is not None)


def _first_said(claims: Iterable[Claim]) -> Moment:
    """The moment of claims made at one instant, in one of its writings."""
    return min((c.said for c in claims if c.said), key=lambda moment: moment.text)


def counts_of(claims: Iterable[Claim]) -> list[Count]:
    """The numbers among the values of some claims."""
    return [c.value for c in claims if isinstance(c.value, Count)]
