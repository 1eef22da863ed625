"""The look of a site: its templates as texts, its style sheets and scripts as bytes."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from .decoding import Text, decoded
from .problems import Problem
from .shelves import TEMPLATES

STATIC = "static/"


class Look(msgspec.Struct, frozen=True):
    """The templates as texts by their names below the folder of templates, and the static files as bytes by theirs."""

    texts: dict[str, str]
    statics: dict[str, bytes]
    problems: tuple[Problem, ...]


def look_of(raw: Mapping[str, bytes | Problem]) -> Look:
    """The look that files of these names and contents make."""
    texts = {
        name: decoded(f"{TEMPLATES}/{name}", data) if isinstance(data, bytes) else data
        for name, data in raw.items()
        if not name.startswith(STATIC)
    }
    statics = {name.removeprefix(STATIC): data for name, data in raw.items() if name.startswith(STATIC)}
    return Look(
        texts={name: text.text for name, text in texts.items() if isinstance(text, Text)},
        statics={name: data for name, data in statics.items() if isinstance(data, bytes)},
        problems=tuple(data for data in (*statics.values(), *texts.values()) if isinstance(data, Problem)),
    )
