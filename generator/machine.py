"""What only the machine can mend, as the one exception that may pass through everything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .filenames import shown


class MachineFault(Exception):
    """What only the machine can mend (a full disk, a missing permission, a lock): the path and the reason in words."""

    def __init__(self, path: str | Path, reason: str) -> None:
        super().__init__(str(path), reason)
        self.path = str(path)
        self.reason = reason

    def __str__(self) -> str:
        return f"{shown(self.path)}: {self.reason}"


@contextmanager
def machine_faults(path: str | Path) -> Iterator[None]:
    """Whatever the system refuses inside is a `MachineFault`, at `path` where the refusal names no place of its own."""
    try:
        yield
    except OSError as error:
        place = error.filename if isinstance(error.filename, str) else path
        raise MachineFault(place, reason_of(error)) from error


def reason_of(error: OSError) -> str:
    """What the system says, as part of a sentence: `no space left on device`."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    return reason[:1].lower() + reason[1:]
