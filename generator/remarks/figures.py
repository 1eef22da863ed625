"""Remarks on an entry's own figures beside what its sources are said to claim of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..chronicle import Chronicle, Linked
from ..claims import Claim, Field
from ..counts import Count, disjoint, hull
from ..ledger import Account, Ledger
from ..model import Incident
from ..problems import Problem
from .remark import file_of, remark


def figure_outside_sources(chronicle: Chronicle, entry: Linked) -> Iterator[Problem]:
    """A figure of the entry lies within what its sources say, where any of them is said to give one."""
    if not _has_claims(entry):
        return
    ledger = chronicle.ledger(entry.id)
    for key, field in _figures(entry.incident):
        said = _outside(ledger.account(field), _parts(ledger, field))
        if said:
            hint = "say under sources who gives it, or take the figure that they give"
            yield remark("figure-outside-sources", file_of(chronicle, entry), key, said, hint)


def figure_unsaid(chronicle: Chronicle, entry: Linked) -> Iterator[Problem]:
    """A casualty figure of the entry is one that a source is said to give: a count of none, too, is somebody's."""
    figures = [(key, field) for key, field in _figures(entry.incident) if field.topic == "casualties"]
    ledger = chronicle.ledger(entry.id) if figures and _has_claims(entry) else None
    for key, field in figures:
        if ledger is None or _ever(ledger.account(field), _parts(ledger, field)) is None:
            hint = "add says to the source that gives it, or leave the figure out"
            yield remark("figure-unsaid", file_of(chronicle, entry), key, "no source is said to give this figure", hint)


def said_now(chronicle: Chronicle, entry: Linked, outcome: str) -> Count | None:
    """What the sources of an entry say now of an outcome; None where they say nothing of it."""
    if not _has_claims(entry):
        return None
    return _now(chronicle.ledger(entry.id).account(Field("casualties", outcome)))


def _has_claims(entry: Linked) -> bool:
    return any(cited.citation.says for cited in entry.sources)


def _figures(incident: Incident) -> Iterator[tuple[str, Field]]:
    """The counts that an entry states, as keys and as fields of the ledger."""
    toll = incident.casualties
    for group, part in (("", toll), *toll.of_which.items()) if toll else ():
        for outcome in part.__struct_fields__ if part else ():
            if isinstance(getattr(part, outcome), Count):
                key = f"casualties.of_which.{group}.{outcome}" if group else f"casualties.{outcome}"
                yield key, Field("casualties", outcome, group)
    for n, damage in enumerate(incident.damage, 1):
        yield f"damage.{n}.count", Field("damage", damage.what, damage.part or "")
    for n, weapon in enumerate(incident.weapons, 1):
        yield f"weapons.{n}.count", Field("weapons", weapon.kind, weapon.model or "")


def _outside(account: Account, parts: Iterable[Count]) -> str:
    """How a figure differs from all that is claimed; empty where it does not."""
    own, now = account.stated, _now(account)
    ever = _ever(account, parts)
    if not isinstance(own, Count) or ever is None:
        return ""
    if now is not None and disjoint(own, now):
        return f"{own.text} is not what the sources say now: {now.text}"
    if own.about or ever.about:
        return ""
    if own.low < ever.low:
        return f"{own.text} begins below all that the sources say: {ever.text}"
    if own.high is not None and ever.high is not None and own.high > ever.high:
        return f"{own.text} goes above all that the sources say: {ever.text}"
    return ""


def _ever(account: Account, parts: Iterable[Count]) -> Count | None:
    """The range of all that was claimed and not taken back, of groups too; None where nothing was, so that nothing is outside."""
    return hull((*_counts(c for c in account.claims if c.status != "withdrawn"), *parts))


def _now(account: Account) -> Count | None:
    """The range of the sources, or, where none of them is relied on, that of the others."""
    return account.range or hull(_counts(account.current))


def _parts(ledger: Ledger, field: Field) -> list[Count]:
    """What the sources say of groups: who is left when others have died may be one of these."""
    if field.topic != "casualties" or field.part:
        return []
    groups = (f for f in ledger.accounts if f.topic == "casualties" and f.name == field.name and f.part)
    return [count for group in groups for count in _counts(ledger.accounts[group].claims)]


def _counts(claims: Iterable[Claim]) -> list[Count]:
    return [claim.value for claim in claims if isinstance(claim.value, Count)]
