"""Which generator this is: what is remembered from another one is worth nothing."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache

from .files import digest, package_names, read_package_data

DEPENDENCIES = frozenset(("babel", "jinja2", "markdown-it-py", "markupsafe", "mdurl", "msgspec", "pyyaml", "tzdata"))
"""What bytes of a page may come from; in the normal form of PEP 503."""

_INSTALLED = re.compile(r"([^-]+)-[^-]+.*\.(?:dist|egg)-info")


@cache
def engine_digest() -> str:
    """32 hex digits that change with every file of this package, with a dependency's version and with Python's.

    Taken once, for a process goes on with the code it began with, whatever becomes of the files in the meantime.
    Versions are read off the names of the folders that installers leave beside a package (PyPA, "Recording installed
    projects"): asking `importlib.metadata` takes ten times as long.
    """
    sources = (part for name in package_names() for part in (name, read_package_data(name)))
    return digest(sys.version, *_installed(sys.path), *sources)


def _installed(folders: Iterable[str]) -> Iterator[str]:
    """The name of every dependency's record, such as `jinja2-3.1.6.dist-info`, in these folders."""
    for folder in folders:
        with suppress(OSError):
            for name in sorted(os.listdir(folder or ".")):
                record = _INSTALLED.fullmatch(name)
                if record and re.sub(r"[-_.]+", "-", record[1]).lower() in DEPENDENCIES:
                    yield name
