"""What every key of every type means, in the words of docs/front-matter.md and docs/site.md, and what its words mean.

The words are packed beside the program because editors ask for them where no docs are; `make bless` takes them from there.
"""

from __future__ import annotations

from functools import cache

import msgspec

from .files import read_package_data

DATA = "data/codebook.json"


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One key: what is written there, what it means, an example with the key, and what each of its words means."""

    value: str
    meaning: str
    example: str
    words: dict[str, str] = {}


@cache
def codebook() -> dict[str, dict[str, Entry]]:
    """The name of a type to its keys."""
    return msgspec.json.decode(read_package_data(DATA), type=dict[str, dict[str, Entry]])


def entry_of(cls: type[msgspec.Struct], key: str) -> Entry | None:
    """What is told of a key of a type; of a base where the type itself is not told of."""
    names = [base.__name__ for base in (*cls.__mro__, *_subclasses(cls))]
    return next((book[key] for name in names if (book := codebook().get(name)) and key in book), None)


def _subclasses(cls: type[msgspec.Struct]) -> list[type[msgspec.Struct]]:
    """The types that add keys to one: a group's counts are told with those of the whole."""
    return cls.__subclasses__() if cls.__name__ == "Toll" else []
