"""What the keys and values of a map make, with what is wrong with its keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from .nodes import Node, Pair, Scalar, Source
from .problems import Fault, Problem

Entry: TypeAlias = tuple[Scalar, Node | None]
"""A key and its value; none where the value could not be read, which has been reported then."""


def gathered(
    source: Source, entries: Sequence[Entry], prefix: str
) -> tuple[tuple[Pair, ...], tuple[str, ...], tuple[Problem, ...]]:
    """The pairs of a map, its keys without a readable value, and those that stand twice, of which the first counts."""
    if len({key.text for key, _ in entries}) == len(entries):
        broken = tuple([key.text for key, value in entries if value is None])
        return tuple([Pair(key, value) for key, value in entries if value is not None]), broken, ()
    return _gathered_once(source, entries, prefix)


def _gathered_once(
    source: Source, entries: Sequence[Entry], prefix: str
) -> tuple[tuple[Pair, ...], tuple[str, ...], tuple[Problem, ...]]:
    """The same, where keys stand twice."""
    first: dict[str, Scalar] = {}
    pairs: list[Pair] = []
    broken: list[str] = []
    repeated: list[Problem] = []
    for key, value in entries:
        earlier = first.setdefault(key.text, key)
        if earlier is not key:
            repeated.append(_twice(source, prefix, earlier, key))
        elif value is None:
            broken.append(key.text)
        else:
            pairs.append(Pair(key, value))
    return tuple(pairs), tuple(broken), tuple(repeated)


def _twice(source: Source, prefix: str, first: Scalar, second: Scalar) -> Problem:
    message = f'key "{second.text}" stands twice (lines {first.span.line} and {second.span.line})'
    found = source.problem(
        Fault("duplicate-key", message, "keep one of them", second.start, second.end - second.start),
        prefix + second.text,
    )
    return msgspec.structs.replace(found, related=((source.path, first.span),))
