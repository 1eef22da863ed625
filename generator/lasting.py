"""What a preview remembers of former builds, for as long as it runs."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path

from .memory import Memory


class LastingMemory(Memory):
    """A memory whose bodies outlast it: pages are rendered after it is closed, by other threads, and its file may change.

    It is open only while the first edition is made, so that a build beside the preview finds it free, and once more when the
    first body is asked for; then all are read.
    """

    def __init__(self, folder: Path, engine: str) -> None:
        super().__init__(folder, engine)
        self._again = partial(Memory, folder, engine)
        self._wanted: tuple[str, ...] = ()
        self._kept: dict[str, bytes] | None = None
        self._reading = threading.Lock()

    def keep_parsed(self, keys: Iterable[str], secret: Collection[str]) -> None:
        self._wanted = tuple(keys)
        super().keep_parsed(self._wanted, secret)

    def bodies(self, keys: Iterable[str]) -> dict[str, bytes]:
        with self._reading:
            if self._kept is None:
                with self._again() as memory:
                    self._kept = memory.bodies(self._wanted)
        return {key: self._kept[key] for key in keys if key in self._kept}
