"""What a compiled template calls while it prints; each gives what Jinja gives of the same values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import markupsafe
from markupsafe import Markup, escape

escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", lambda text: str(escape(text)))
"""A plain text as it stands in HTML; `escape` would wrap it in `Markup`, which costs several times the escaping."""


def printed(value: Any) -> str:
    """A value as it stands in a page: escaped, unless it knows that it is HTML; a plain text, never `Markup`."""
    kind = type(value)
    if kind is str:
        return escaped(value)
    return str(value) if kind is int or kind is Markup else str(escape(value))


def soft(value: Any) -> str:
    """A value as a text; one that knows that it is HTML goes on knowing it. The filter `string`."""
    return value if isinstance(value, str) else str(value)


def glued(parts: Iterable[Any], between: str = "") -> str:
    """Texts with another one between them, as HTML when one of them is. The filter `join` and the operator `~`."""
    texts = list(parts)
    for text in texts:
        if type(text) is not str:
            break
    else:
        return between.join(texts)
    texts = [text if hasattr(text, "__html__") else str(text) for text in texts]
    return (escape(between) if any(hasattr(text, "__html__") for text in texts) else between).join(texts)


def numbered(items: Iterable[Any]) -> list[tuple[int, bool, Any]]:
    """Each item with its number from 0, and whether it is the last: what `loop` knows in a template."""
    found = list(items)
    end = len(found) - 1
    return [(n, n == end, item) for n, item in enumerate(found)]


def fields(items: Iterable[Any], name: str) -> list[Any]:
    """One field of each item. The filter `map`, which would look first for an item of that name, where there can be one."""
    found = []
    for item in items:
        if hasattr(item, "__getitem__"):
            raise TypeError(name)
        found.append(getattr(item, name))
    return found
