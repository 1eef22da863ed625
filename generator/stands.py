"""What is remembered of a published page."""

from __future__ import annotations

import msgspec


class Mark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A published page as it was written: its key, size in bytes, time of change in nanoseconds and SHA-256 in hex."""

    key: str
    size: int
    mtime_ns: int
    sha256: str


class Stand(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The beginning of a `Mark`: all that is needed to see whether a page stands as it was written."""

    key: str
    size: int
    mtime_ns: int
