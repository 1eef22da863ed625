"""Harm that no entry states but its sources tell: derived, and always marked so."""

from __future__ import annotations

import msgspec

from ..claims import Field
from ..ledger import Account, Ledger
from ..model import Toll
from ..words import Words


class Derived(msgspec.Struct, frozen=True):
    """The dead and injured that follow from the claims, and how many independent sources these are of."""

    toll: Toll
    sources: int

    def mark(self, words: Words) -> str:
        """`derived from 3 independent sources`."""
        return words.plural(self.sources, one="derived from {} source", other="derived from {} independent sources")


def derived_toll(ledger: Ledger) -> Derived | None:
    """What follows for an entry that states neither the dead nor the injured; none where nothing does."""
    accounts = [
        account for outcome in ("killed", "injured") if (account := _account(ledger, outcome)).derived is not None
    ]
    if not accounts:
        return None
    toll = Toll(**{account.field.name: account.derived for account in accounts})
    return Derived(toll, len({origin for account in accounts for origin in account.reliable}))


def _account(ledger: Ledger, outcome: str) -> Account:
    return ledger.account(Field("casualties", outcome))
