"""Which claims cannot both be true, by what they are about, and the sides that they form."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType

import msgspec

from .claims import Claim, Field, Topic, Value, When
from .counts import Count, disjoint
from .dates import certainty_on
from .edtf import Edtf

OPPOSITES: Mapping[str, str] = MappingProxyType(
    {"yes": "no", "no": "yes", "accepts": "denies", "denies": "accepts", "before": "after", "after": "before"}
)
"""Words that cannot both be true of one thing."""

NAMES: tuple[Topic, ...] = ("place", "attributed")
"""Topics of which two claims clash that have no name in common."""

MOST_DAYS = 400
"""Two dates of gaps that share more days than these are taken to agree."""


class Side(msgspec.Struct, frozen=True):
    """One of the things said of a field, with the claims that say it, oldest first."""

    value: Value
    claims: tuple[Claim, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the sources that say it."""
        return tuple(sorted({claim.cited.number for claim in self.claims}))

    @property
    def origins(self) -> tuple[str, ...]:
        """The independent sources that say it; none where copies alone do, against or beyond their origin."""
        return witnesses_of(self.claims)

    @property
    def is_weak(self) -> bool:
        """Whether nobody says it but copies on their own, and sources that are not to be relied on."""
        return all(claim.is_doubted or not claim.is_witness for claim in self.claims)


class Contradiction(msgspec.Struct, frozen=True):
    """A field of which current claims cannot all be true. Each side clashes with another; `stated` is what the entry itself
    says where no two sources clash, but one of them with it."""

    field: Field
    sides: tuple[Side, ...]
    stated: Value | None = None

    @property
    def is_open(self) -> bool:
        """Whether it stands between sides that each have somebody who stands for themselves and may be relied on."""
        sides = [side for side in self.sides if not side.is_weak]
        if self.stated is not None:
            return bool(sides)
        return any(_are_opposed(self.field.topic, a, b) for a, b in combinations(sides, 2))


def contradiction(field: Field, claims: Iterable[Claim], stated: Value | None = None) -> Contradiction | None:
    """What in the current claims of one field, of different sources, cannot all be true; each value that fits all is left out."""
    sides = sides_of(claim for claim in claims if claim.is_current)
    opposed = {
        n for (n, a), (m, b) in combinations(enumerate(sides), 2) if _are_opposed(field.topic, a, b) for n in (n, m)
    }
    if opposed:
        return Contradiction(field, tuple(sides[n] for n in sorted(opposed)))
    against = tuple(side for side in sides if stated is not None and clash(field.topic, side.value, stated))
    return Contradiction(field, against, stated) if against else None


def _are_opposed(topic: Topic, a: Side, b: Side) -> bool:
    """Whether two things are said that clash; nobody contradicts themselves."""
    names = {claim.cited.name for claim in (*a.claims, *b.claims)}
    return len(names) > 1 and clash(topic, a.value, b.value) and not _holds(a, b)


def sides_of(claims: Iterable[Claim]) -> tuple[Side, ...]:
    """What is said to those who say it, from low to high, early to late, or by the alphabet."""
    found: dict[Value, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.value, []).append(claim)
    return tuple(Side(value, tuple(found[value])) for value in sorted(found, key=_value_key))


def witnesses_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The origins that current claims stand for."""
    return tuple(sorted({origin for claim in claims if claim.is_current for origin in claim.cited.stands_for}))


def clash(topic: Topic, a: Value, b: Value) -> bool:
    """Whether two values of one field cannot both be true. A thing that is only named fits every count of it."""
    match a, b:
        case Count(), Count():
            return disjoint(a, b)
        case Edtf(), Edtf():
            return _dates_clash(a, b)
        case When(), When():
            return _is_over(a, b) or _is_over(b, a)
        case tuple(), tuple() if topic in NAMES:
            return not _have_common(a, b)
        case (tuple([str(x)]), tuple([str(y)])):
            return OPPOSITES.get(x) == y
    return False


def bears(topic: Topic, claim: Value, figure: Value) -> bool:
    """Whether a claim bears a figure out: it says the same, or what is compatible with it. To name a thing bears no number."""
    if isinstance(claim, tuple) and isinstance(figure, tuple) and topic not in ("damage", "weapons"):
        return _have_common(claim, figure)
    return not clash(topic, claim, figure) and not (claim == () and figure != ())


def _dates_clash(a: Edtf, b: Edtf) -> bool:
    """Whether they have no day in common; what is about or uncertain contradicts nothing."""
    if a.qualified or b.qualified:
        return False
    first = max(a.earliest or datetime.date.min, b.earliest or datetime.date.min)
    last = min(a.latest or datetime.date.max, b.latest or datetime.date.max)
    if (last - first).days > MOST_DAYS:
        return False
    days = (first + datetime.timedelta(days=n) for n in range((last - first).days + 1))
    return not any(certainty_on(a, day) and certainty_on(b, day) for day in days)


def _is_over(a: When, b: When) -> bool:
    """Whether one ends before the other begins."""
    return a.end is not None and b.start is not None and a.end < b.start


def _have_common(a: Sequence[str], b: Sequence[str]) -> bool:
    return not {name.casefold() for name in a}.isdisjoint(name.casefold() for name in b)


def _holds(a: Side, b: Side) -> bool:
    """Whether the place of one side lies in that of the other."""
    return _lies_in(a, b) or _lies_in(b, a)


def _lies_in(inner: Side, outer: Side) -> bool:
    names = set(outer.value) if isinstance(outer.value, tuple) else set()
    return any(name in names for claim in inner.claims for name in claim.cited.around if claim.field.topic == "place")


def _value_key(value: Value) -> tuple[object, ...]:
    match value:
        case Count():
            return (1, value.low, value.high is None, value.high or 0, value.about)
        case Edtf():
            return (2, value.earliest or datetime.date.min, value.latest or datetime.date.max, value.text)
        case When():
            bounds = (value.start.isoformat() if value.start else "", value.end.isoformat() if value.end else "~")
            return (3, *bounds, value.time.text, value.date.text if value.date else "")
        case _:
            return (0, *value)
