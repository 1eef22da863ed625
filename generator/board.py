"""Where the preview hangs out what it shows: one thread changes it, those that serve look at it and wait for the next."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager

import msgspec

from .showing import Showing, state

PULSE = 5.0
"""Seconds after which a page that follows is sent a sign of life, so that one that has gone is noticed."""


class Board:
    """The showing that is on show now, and who follows it."""

    def __init__(self, showing: Showing) -> None:
        self._showing = showing
        self._changed = threading.Condition()
        self._closed = False
        self._followed: Counter[str] = Counter()

    @property
    def showing(self) -> Showing:
        return self._showing

    def show(self, showing: Showing) -> None:
        """Put another showing in the place of the one before; all who follow hear of it."""
        with self._changed:
            self._showing = showing
            self._changed.notify_all()

    def close(self) -> None:
        """Let all who follow go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def looked_at(self) -> tuple[str, ...]:
        """The paths that are followed now, sorted."""
        with self._changed:
            return tuple(sorted(+self._followed))

    def follow(self, paths: Collection[str]) -> Generator[bytes, None, None]:
        """The state of some pages now and after each change, as server-sent events (HTML, section 9.2)."""
        seen, sent = None, b""
        with self._following(paths):
            yield b"retry: 1000\n\n"
            while (seen := self._after(seen)) is not None:
                message = b"data: " + msgspec.json.encode(state(seen, paths)) + b"\n\n"
                yield message if message != sent else b":\n\n"
                sent = message

    def _after(self, seen: Showing | None) -> Showing | None:
        """The next showing, or the same after a pulse; none when the board is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._showing is not seen, PULSE)
            return None if self._closed else self._showing

    @contextmanager
    def _following(self, paths: Collection[str]) -> Iterator[None]:
        with self._changed:
            self._followed.update(paths)
        try:
            yield
        finally:
            with self._changed:
                self._followed.subtract(paths)
