"""Takes of single values: a notation, a word, a text, a truth value, a number."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec import inspect

from . import nodes
from .nodes import Node, Scalar, Sequence, authored
from .problems import Fault, did_you_mean
from .scalars import SCALARS
from .sheet import Sheet, Take


def take_parsed(parse: Callable[[str], Any]) -> Take:
    """A value with a notation of its own; a flow list `[a,b]` is taken as it was written, so quotes make no difference."""

    def take(node: Node, key: str, sheet: Sheet) -> Any:
        value = parse(authored(node))
        return sheet.report_fault(value, key, node) if isinstance(value, Fault) else value

    return take


def take_word(words: tuple[str, ...]) -> Take:
    allowed = {word: word for word in words}

    def take(node: Node, key: str, sheet: Sheet) -> Any:
        if isinstance(node, Scalar) and node.text in allowed:
            return allowed[node.text]  # one word in memory for all files
        text = authored(node)
        near = "" if text.casefold().startswith(("un", "not", "non")) else did_you_mean(text, words)  # unconfirmed
        hint = near or f"one of: {', '.join(words)}"
        return sheet.report("unknown-word", key, node, f'"{text}" is not a word for this key', hint)

    return take


def take_text(info: inspect.StrType, extra: dict[str, Any]) -> Take:
    check = SCALARS.get(extra.get("scalar", ""))
    pattern = re.compile(info.pattern) if info.pattern else None
    if check is None and pattern is None and info.max_length is None:
        return _take_any_text

    def take(node: Node, key: str, sheet: Sheet) -> Any:
        if not isinstance(node, Scalar):
            return _take_any_text(node, key, sheet)
        text = node.text
        if info.max_length is not None and len(text) > info.max_length:
            return sheet.report(
                "too-long", key, node, f"holds {len(text)} characters; at most {info.max_length} are allowed"
            )
        if pattern is not None and not pattern.search(text):
            return sheet.report(
                "bad-form", key, node, f'"{text}" does not have the form of this key', extra["description"]
            )
        fault = check(text) if check else None
        return sheet.report_fault(fault, key, node) if fault else text

    return take


def _take_any_text(node: Node, key: str, sheet: Sheet) -> Any:
    if isinstance(node, Scalar):
        return node.text
    in_brackets = node.raw.startswith(("[", "{"))
    hint = "put the value in quotes if it is meant as text" if in_brackets else "write one text behind the colon"
    return sheet.report("wrong-shape", key, node, f"must be text; found {shape_word(node)}", hint)


def take_bool(node: Node, key: str, sheet: Sheet) -> Any:
    text = authored(node)
    if text in ("true", "false"):
        return text == "true"
    return sheet.report("unknown-word", key, node, f'must be true or false; found "{text}"')


def take_number(info: inspect.IntType | inspect.FloatType) -> Take:
    whole = isinstance(info, inspect.IntType)
    pattern = re.compile(r"-?[0-9]{1,15}" if whole else r"-?[0-9]{1,15}(\.[0-9]{1,15})?")

    def take(node: Node, key: str, sheet: Sheet) -> Any:
        text = authored(node)
        if not pattern.fullmatch(text):
            wanted = "a whole number" if whole else "a number, such as 50.5957"
            return sheet.report("bad-number", key, node, f'must be {wanted}; found "{text}"')
        value = int(text) if whole else float(text)
        low, high = info.ge, info.le
        if (low is not None and value < low) or (high is not None and value > high):
            return sheet.report("bad-number", key, node, f"{text} is not between {low} and {high}")
        return value

    return take


def take_private(node: Node, key: str, sheet: Sheet) -> Any:
    """Nothing: what stands under `private` is gathered only so that no output can hold it."""
    for text in nodes.texts(node):
        sheet.private.append(text)
    return None


def shape_word(node: Node) -> str:
    if isinstance(node, Scalar):
        return f'text "{node.text}"' if len(node.text) < 40 else "text"
    return "a list" if isinstance(node, Sequence) else "a map"
