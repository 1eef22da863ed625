"""The look of a site: its templates and static files, the default ones and a chronicle's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from .decoding import Text, decoded
from .files import PACKAGE, read_bytes_at
from .problems import Problem
from .render import TEMPLATES
from .scan import scan

STATIC = "static/"
LARGEST_FILE = 64 * 1024 * 1024


class Look(msgspec.Struct, frozen=True):
    """The templates as texts and the static files as bytes, by their names below the folder of templates."""

    texts: dict[str, str]
    statics: dict[str, bytes]
    problems: tuple[Problem, ...]


def read_look(root: Path, paths: Sequence[str]) -> Look:
    """The default templates, each replaced by the chronicle's own of the same name."""
    found = _raw_templates(default_root(), [f.path for f in scan(default_root(), (TEMPLATES,)).files])
    found |= _raw_templates(root, paths)
    statics = {name: data for name, data in found.items() if name.startswith(STATIC) and isinstance(data, bytes)}
    texts = {
        name: decoded(f"{TEMPLATES}/{name}", data) if isinstance(data, bytes) else data
        for name, data in found.items()
        if not name.startswith(STATIC)
    }
    faults = [data for name, data in found.items() if name.startswith(STATIC) and isinstance(data, Problem)]
    return Look(
        texts={name: text.text for name, text in texts.items() if isinstance(text, Text)},
        statics=statics,
        problems=(*faults, *(text for text in texts.values() if isinstance(text, Problem))),
    )


def _raw_templates(root: Path, paths: Sequence[str]) -> dict[str, bytes | Problem]:
    return {path.removeprefix(f"{TEMPLATES}/"): read_bytes_at(root, path, LARGEST_FILE) for path in paths}


def default_root() -> Path:
    """The folder in which the default templates stand: packed into the package, or beside it in a work tree."""
    return PACKAGE if (PACKAGE / TEMPLATES).is_dir() else PACKAGE.parent
