"""One build at a time for an output folder."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .machine import MachineFault, machine_faults
from .manifest import LOCK, beside

STEP = 0.05
"""Seconds between two looks at a lock that another build holds."""

_OPEN = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_NO_LOCKS_HERE = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}


@contextmanager
def locked(out: Path, wait: float) -> Iterator[None]:
    """The output folder for this build alone; after `wait` seconds in vain a `MachineFault` that names the other build.

    The lock is the system's (`flock`): it ends with the process that holds it and those forked from it, however they end,
    so a file that a killed build left behind locks nobody out. On a file system without locks nobody is locked out.
    """
    with machine_faults(out):
        path = beside(out, LOCK)
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = _taken(path, time.monotonic() + wait)
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(lock)


def _taken(path: Path, until: float) -> int:
    """The descriptor of the locked file."""
    while (lock := _attempt(path)) is None:
        if time.monotonic() >= until:
            raise MachineFault(path, f"another build{_holder(path)} is running")
        time.sleep(STEP)
    return lock


def _attempt(path: Path) -> int | None:
    """The descriptor of the file, locked and with our process id in it; none where another process holds it."""
    lock = os.open(path, _OPEN, 0o644)
    try:
        if _is_ours(lock, path):
            os.truncate(lock, 0)
            os.write(lock, b"%d\n" % os.getpid())
            return lock
    except BaseException:
        os.close(lock)
        raise
    os.close(lock)
    return None


def _is_ours(lock: int, path: Path) -> bool:
    """Whether the file is now locked by us, and has not been taken away by the build that held it before."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        return error.errno in _NO_LOCKS_HERE
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(lock), os.lstat(path))
    return False


def _holder(path: Path) -> str:
    """The process that holds the lock, in words; empty where it has not said so yet."""
    with suppress(OSError, ValueError):
        return f" (pid {int(path.read_bytes()[:20])})"
    return ""
