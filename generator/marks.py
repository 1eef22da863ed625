"""The places of the values of one file, packed: every file has dozens of them, and few are ever asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import TypeAlias

import msgspec

from .nodes import Node
from .problems import WHOLE_FILE, Span

_Opened: TypeAlias = tuple[int, list[int], dict[str, tuple[int, int]]]
"""The line of the file on which the text begins, the offset of each of its lines, and key to offset and length."""


class Marks(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The places of a file's values by dotted path; `packed` is opened when one is asked for, and empty for none."""

    packed: bytes = b""

    def span(self, key: str) -> Span:
        """The place of the value of a key; of the nearest key around it where it has none of its own."""
        if not self.packed:
            return WHOLE_FILE
        first_line, lines, places = _opened(self.packed)
        known = around(key, places)
        if not known:
            return WHOLE_FILE
        start, length = places[known]
        first, last = bisect_right(lines, start) - 1, bisect_right(lines, start + length) - 1
        return Span(first + first_line, start - lines[first] + 1, last + first_line, start + length - lines[last] + 1)


def marks_of(nodes: Mapping[str, Node]) -> Marks:
    """The places of these values, which stand in one source."""
    if not nodes:
        return Marks()
    values = nodes.values()
    source = next(iter(values)).source
    lengths = [len(line) for line in source.text.split("\n")]
    starts, sizes = [node.start for node in values], [node.end - node.start for node in values]
    return Marks(msgspec.msgpack.encode((source.first_line, lengths, list(nodes), starts, sizes)))


def around(key: str, known: Container[str]) -> str:
    """The key if it is known, else the nearest known one around it; empty for none."""
    while key and key not in known:
        key = key.rpartition(".")[0]
    return key


@lru_cache(maxsize=16)
def _opened(packed: bytes) -> _Opened:
    first_line, lengths, keys, starts, sizes = msgspec.msgpack.decode(
        packed, type=tuple[int, list[int], list[str], list[int], list[int]]
    )
    lines = list(accumulate((length + 1 for length in lengths), initial=0))[:-1]
    return first_line, lines, dict(zip(keys, zip(starts, sizes, strict=True), strict=True))
