"""What a compiled template calls while it prints; each gives what Jinja gives of the same values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup, _escape_inner, escape


def printed(value: Any) -> str:
    """A value as it stands in a page: escaped, unless it knows that it is HTML; a plain text, never `Markup`."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)  # `escape` would wrap it, which costs four times the escaping
    return str(value) if kind is int or kind is Markup else str(escape(value))


def soft(value: Any) -> str:
    """A value as a text; one that knows that it is HTML goes on knowing it. The filter `string`."""
    return value if isinstance(value, str) else str(value)


def glued(parts: Iterable[Any], between: str = "") -> str:
    """Texts with another one between them, as HTML when one of them is. The filter `join` and the operator `~`."""
    texts = [part if hasattr(part, "__html__") else str(part) for part in parts]
    is_html = any(hasattr(text, "__html__") for text in texts)
    return (escape(between) if is_html else between).join(texts)


def numbered(items: Iterable[Any]) -> list[tuple[int, bool, Any]]:
    """Each item with its number from 0, and whether it is the last: what `loop` knows in a template."""
    found = list(items)
    end = len(found) - 1
    return [(n, n == end, item) for n, item in enumerate(found)]


def fields(items: Iterable[Any], name: str) -> list[Any]:
    """One field of each item. The filter `map`, which would look for an item of that name first."""
    found = list(items)
    if any(hasattr(type(item), "__getitem__") for item in found):
        raise TypeError(name)
    return [getattr(item, name) for item in found]
