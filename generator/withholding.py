"""The one gate for drafts and embargoes: what it holds back is known afterwards only by type and id."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from .model import Incident, Parsed, RecordType
from .moments import instant


def is_withheld(file: Parsed, now: datetime.datetime, drafts: bool) -> bool:
    """Whether nothing of a file may be shown: a draft, an embargo that has not passed, or either of them unreadable."""
    entry = file.record
    if not isinstance(entry, Incident):
        return file.withheld and file.type in ("incident", "translation")
    if file.withheld:
        return True
    if drafts:
        return False
    lifted = entry.embargo_until is None or (instant(entry.embargo_until) or now) <= now
    return entry.status == "draft" or not lifted


def withhold(
    files: Sequence[Parsed], now: datetime.datetime, drafts: bool
) -> tuple[tuple[Parsed, ...], frozenset[tuple[RecordType, str]]]:
    """The files that may be shown, and what is held back, known only by type and id. A translation shares its original's fate."""
    held = {(f.type, f.id) for f in files if is_withheld(f, now, drafts)}
    held |= {("translation", id) for kind, id in held if kind == "incident"}
    return tuple(f for f in files if (f.type, f.id) not in held), frozenset(held)
