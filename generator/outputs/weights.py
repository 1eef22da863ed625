"""The ledger of an entry as data: for each figure what is stated, what is derived, who bears it, and what contradicts it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from ..claims import Claim, Field, Value, When
from ..ledger import Account, Contradiction, Ledger

NAMED = "named"
"""What is written where a thing is named and not counted."""


def ledger_data(ledger: Ledger) -> list[dict[str, Any]]:
    """An item for every field that a source speaks of; `stated` is the entry's own figure, `derived` one that follows from the
    claims where the entry has none, and never both."""
    return [_account_data(account) for account in ledger.accounts.values() if account.claims]


def _account_data(account: Account) -> dict[str, Any]:
    data = field_data(account.field)
    if account.stated is not None:
        data["stated"] = written(account.stated)
        data["borne_by"] = list(account.bearing(account.stated))
    if account.derived is not None:
        data["derived"] = account.derived.text
        data["derived_from"] = list(account.reliable)
    data["sureness"] = account.sureness
    if account.range is not None:
        data["range"] = account.range.text
    if len(account.history) > 1:
        data["history"] = [{"at": step.at.text, "count": step.count.text} for step in account.history]
    if account.contradiction is not None:
        data["contradiction"] = list(sides_data(account.contradiction))
    data["claims"] = [_claim_data(claim) for claim in account.claims]
    return data


def field_data(field: Field) -> dict[str, Any]:
    """What a claim is about, in words for programs."""
    named = {"topic": field.topic, "name": field.name, "part": field.part, "scope": field.scope}
    return {key: text for key, text in named.items() if text}


def sides_data(found: Contradiction) -> Iterator[dict[str, Any]]:
    """What is said, each with the sources that say it."""
    for side in found.sides:
        yield {"value": written(side.value), "sources": list(dict.fromkeys(c.cited.name for c in side.claims))}


def _claim_data(claim: Claim) -> dict[str, Any]:
    """One claim; `counts` says whether it stands for an independent source that may be relied on."""
    data: dict[str, Any] = {"source": claim.cited.name, "value": written(claim.value)}
    if claim.said:
        data["as_of"] = claim.said.text
    if not claim.is_current:
        data["status"] = claim.status
    if claim.basis != "says":
        data["basis"] = claim.basis
    return data | {"counts": claim.is_witness and not claim.is_doubted}


def written(value: Value) -> str | list[str]:
    """A value as an author writes it; a time with its date where the source gives one."""
    if isinstance(value, When):
        return f"{value.date.text} {value.time.text}" if value.date else value.time.text
    if isinstance(value, msgspec.Struct):
        return value.text
    if not value:
        return NAMED
    return value[0] if len(value) == 1 else list(value)
