"""Shorter ways to write a part, as the map that each stands for."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from .model import Citation, Relation
from .nodes import Mapping, Node, Pair, Scalar


def _word(text: str, like: Node) -> Scalar:
    """A text that stands for what was left out, at the place of a node."""
    return Scalar(like.source, like.start, like.end, text, False)


def _map(like: Node, *pairs: Pair) -> Mapping:
    """A map that stands for a shorter spelling, at the place of a node."""
    return Mapping(like.source, like.start, like.end, pairs)


def as_mapping(name: str, value: Node) -> Mapping:
    return _map(value, Pair(_word(name, value), value))


def _citation(node: Node) -> Node:
    """A seed's id or an address alone, as the map it stands for."""
    if not isinstance(node, Scalar):
        return node
    is_address = (":" in node.text or "/" in node.text) and not node.text.startswith("seeds/")
    return as_mapping("url" if is_address else "source", node)


def _relation(node: Node) -> Node:
    """An id alone is `related`; `{follow-up-to: id}` is a map of one kind to one id."""
    if isinstance(node, Scalar):
        return _map(node, Pair(_word("kind", node), _word("related", node)), Pair(_word("to", node), node))
    if isinstance(node, Mapping) and len(node.pairs) == 1 and node.pairs[0].key.text not in ("kind", "to"):
        pair = node.pairs[0]
        return _map(node, Pair(_word("kind", pair.key), pair.key), Pair(_word("to", pair.key), pair.value))
    return node


SPELLINGS: dict[type[msgspec.Struct], Callable[[Node], Node]] = {Citation: _citation, Relation: _relation}
