"""A stretch of YAML and the keys in it: where a fault stands, and what a map is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import msgspec

from .characters import span_of
from .nodes import Node, Pair, Scalar
from .problems import Fault, Problem

Entry: TypeAlias = tuple[Scalar, Node | None]
"""A key and its value; none where the value could not be read, which has been reported then."""


class Source(msgspec.Struct, frozen=True):
    """YAML as authored, and `clean`: the same places, without what libyaml stumbles on, and up to a second document."""

    text: str
    clean: str
    path: str
    first_line: int

    def problem(self, fault: Fault, key: str = "") -> Problem:
        """A fault with its place; its offset counts from the start of the text."""
        span = span_of(self.text, fault.offset, fault.offset + fault.length, self.first_line)
        found = Problem(rule=fault.rule, path=self.path, span=span, key=key, message=fault.message, hint=fault.hint)
        return msgspec.structs.replace(found, severity="warning") if fault.rule == "cut-by-comment" else found

    def scalar(self, start: int, end: int) -> Scalar:
        """The text between two offsets."""
        return Scalar(
            span_of(self.text, start, end, self.first_line), self.text, start, end, self.clean[start:end], False
        )


def gathered(
    source: Source, entries: Iterable[Entry], prefix: str
) -> tuple[tuple[Pair, ...], tuple[str, ...], tuple[Problem, ...]]:
    """The pairs of a map, its keys without a readable value, and those that stand twice, of which the first counts."""
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
