"""The course of a build: which stage it is in, how far, and what each page and entry cost.

A build tells its course and does not care who listens. `Course` listens to nothing; the door has others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Cost(NamedTuple):
    """What one page or file took: the template or stage, the file an author would edit (maybe none), and seconds."""

    part: str
    origin: str
    seconds: float


class Course:
    """One who is told of a build, and keeps nothing."""

    def enter(self, stage: str) -> None:
        """The stage before has ended, this one begins."""

    def advance(self, done: int, total: int) -> None:
        """So many of all parts of the stage are done, or about to be."""

    def spent(self, costs: Iterable[Cost]) -> None:
        """What was done in this stage, one by one; not looked at unless somebody wants to know."""


QUIET = Course()
