"""Numbers of people as intervals, and their sums."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Toll:
    """From `low` to `high`, None for an open end; `about` where a bound is rough."""

    low: int
    high: int | None
    about: bool


def toll(text: str) -> Toll:
    """`6`, `2-4`, `40+`, `~30`, as they are written in the sources and in `<data value>`."""
    found = re.fullmatch(r"(~?)(\d+)(?:-(\d+)|(\+))?", text)
    assert found, text
    low = int(found[2])
    return Toll(low, None if found[4] else int(found[3] or low), bool(found[1]))


def added(tolls: Iterable[Toll]) -> Toll | None:
    """The sum, end by end; None of none."""
    every = list(tolls)
    if not every:
        return None
    open_end = any(t.high is None for t in every)
    return Toll(
        sum(t.low for t in every), None if open_end else sum(t.high or 0 for t in every), any(t.about for t in every)
    )


def with_possible(sure: Iterable[Toll], maybe: Iterable[Toll]) -> Toll | None:
    """The sum with what only may belong to it: each of these adds from nothing to all of its own."""
    return added([*sure, *(Toll(0, t.high, t.about) for t in maybe if t.high != 0)])
