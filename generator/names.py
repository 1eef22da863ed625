"""Names of places and publishers, matched by any alias or script: case, accents and marks make no difference."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_DROPPED = str.maketrans("", "", "'’ʼ`´.\u00ad")
_EQUAL = str.maketrans("ёґ‐‑–—", "ег----")


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """What two spellings of one name have in common."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_EQUAL))
    bare = "".join(c for c in plain if not unicodedata.combining(c) or c == "\u0306")
    return " ".join(unicodedata.normalize("NFC", bare).translate(_DROPPED).replace("-", " ").split())


class Names:
    """An index from every known spelling to the ids that bear it; an id stands for itself before any alias does."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self.ids = frozenset(names)
        self.spellings: dict[str, tuple[str, ...]] = {}
        gathered: dict[str, set[str]] = {}
        for id, spellings in names.items():
            for spelling in spellings:
                gathered.setdefault(folded(spelling), set()).add(id)
        self.spellings = {spelling: tuple(sorted(ids)) for spelling, ids in gathered.items()}

    def find(self, text: str) -> tuple[str, ...]:
        """The ids that a text may stand for, in order: none when it is unknown, several when it is ambiguous."""
        if text in self.ids:
            return (text,)
        return self.spellings.get(folded(text), ())

    def one(self, text: str) -> str | None:
        """The id a text stands for, where it stands for exactly one."""
        found = self.find(text)
        return found[0] if len(found) == 1 else None
