"""What the rules find in some files alone, in a tenth of the time that all files of a large chronicle take."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Generic, TypeVar

import msgspec

from .checks import problems_of
from .chronicle import Chronicle
from .problems import Problem

V = TypeVar("V")


class Few(Mapping[str, V], Generic[V]):
    """A mapping that knows everything and tells of a few values alone: rules go through `values`, and look up the rest."""

    def __init__(self, every: Mapping[str, V], few: Collection[str]) -> None:
        self._every = every
        self._few = few

    def __getitem__(self, key: str) -> V:
        return self._every[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._every)

    def __len__(self) -> int:
        return len(self._every)

    def values(self) -> Any:
        return [self._every[key] for key in self._few if key in self._every]


def problems_about(chronicle: Chronicle, paths: Collection[str], today: datetime.date) -> tuple[Problem, ...]:
    """What the rules find in the files at these paths. What others break because of them is not looked for."""
    ids = [chronicle.files[path].id for path in paths if chronicle.files[path].type in ("incident", "translation")]
    files: Any = Few(chronicle.files, tuple(paths))
    entries: Any = Few(chronicle.entries, tuple(ids))
    found = problems_of(msgspec.structs.replace(chronicle, files=files, entries=entries), today)
    return tuple(problem for problem in found if problem.path in paths)
