"""What YAML is read into: texts with their places. Nothing is typed here; `reader` does that by the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from .characters import span_of
from .problems import Fault, Problem, Span


class Source(msgspec.Struct, frozen=True, gc=False):
    """YAML as authored, and `clean`: the same places, without what libyaml stumbles on, and up to a second document."""

    text: str
    clean: str
    path: str
    first_line: int

    def span(self, start: int, end: int) -> Span:
        """The place in the file of what stands between two offsets."""
        return span_of(self.text, start, end, self.first_line)

    def problem(self, fault: Fault, key: str = "") -> Problem:
        """A fault with its place; its offset counts from the start of the text."""
        span = self.span(fault.offset, fault.offset + fault.length)
        found = Problem(rule=fault.rule, path=self.path, span=span, key=key, message=fault.message, hint=fault.hint)
        return msgspec.structs.replace(found, severity="warning") if fault.rule == "cut-by-comment" else found

    def scalar(self, start: int, end: int) -> Scalar:
        """The text between two offsets."""
        return Scalar(self, start, end, self.clean[start:end], False)


class _Part(msgspec.Struct, frozen=True, gc=False):
    """A part of a source, from offset `start` up to `end`; its place in the file is worked out when it is asked for."""

    source: Source
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The same place in the file."""
        return self.source.span(self.start, self.end)

    @property
    def raw(self) -> str:
        """Exactly what stands in the file."""
        return self.source.text[self.start : self.end]


class Scalar(_Part, frozen=True, gc=False):
    """A text, in Unicode normal form C. `quoted` is true for both kinds of quotes and for `|` and `>`."""

    text: str
    quoted: bool


class Pair(msgspec.Struct, frozen=True, gc=False):
    """A key and its value."""

    key: Scalar
    value: Node


class Sequence(_Part, frozen=True, gc=False):
    """A list, without the items that could not be read."""

    items: tuple[Node, ...]


class Mapping(_Part, frozen=True, gc=False):
    """Keys and values in the order of the file; each key stands once.

    `broken` are keys that stand in the file but whose value could not be read, which has been reported already: they
    are neither missing nor there.
    """

    pairs: tuple[Pair, ...]
    broken: tuple[str, ...] = ()


Node: TypeAlias = Scalar | Sequence | Mapping


def authored(node: Node) -> str:
    """A value as its author wrote it, without quotes: `[2025-12-14,2025-12-15]` is one text, quoted or not."""
    return node.text if isinstance(node, Scalar) else node.raw.strip()


def every(node: Node) -> Iterator[Node]:
    """A node and all below it, in the order of the file; keys are not among them."""
    yield node
    if isinstance(node, Mapping):
        for pair in node.pairs:
            yield from every(pair.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from every(item)


def texts(node: Node) -> Iterator[str]:
    """All texts that are values, in the order of the file."""
    return (part.text for part in every(node) if isinstance(part, Scalar))
