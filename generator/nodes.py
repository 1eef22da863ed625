"""What YAML is read into: texts with their places. Nothing is typed here; `reader` does that by the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from .problems import Span


class _Part(msgspec.Struct, frozen=True):
    """A part of `source`, from offset `start` up to `end`; `span` is the same place in the file."""

    span: Span
    source: str
    start: int
    end: int

    @property
    def raw(self) -> str:
        """Exactly what stands in the file."""
        return self.source[self.start : self.end]


class Scalar(_Part, frozen=True):
    """A text, in Unicode normal form C. `quoted` is true for both kinds of quotes and for `|` and `>`."""

    text: str
    quoted: bool


class Pair(msgspec.Struct, frozen=True):
    """A key and its value."""

    key: Scalar
    value: Node


class Sequence(_Part, frozen=True):
    """A list, without the items that could not be read."""

    items: tuple[Node, ...]


class Mapping(_Part, frozen=True):
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
