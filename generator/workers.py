"""Work spread over processes that are copies of this one; results come back in the order of the items."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

SERIAL_BELOW = 64
"""With fewer items than this a second process costs more than it gains."""


class WorkerDied(RuntimeError):
    """A worker ended without a result; its traceback, if it had one, is the message."""


def spread(work: Callable[[Sequence[T]], list[R]], items: Sequence[T], jobs: int) -> list[R]:
    """What `work` makes of the items, a run of neighbours a process; in this process alone where there is no fork."""
    jobs = min(jobs, max(1, len(items) // (SERIAL_BELOW // 2)))
    if jobs < 2 or not hasattr(os, "fork"):
        return work(items)
    bounds = [len(items) * n // jobs for n in range(jobs + 1)]
    runs = [items[a:b] for a, b in pairwise(bounds)]
    sys.stdout.flush()
    sys.stderr.flush()
    readers = [_forked(work, run) for run in runs[1:]]
    results = work(runs[0])
    for pid, pipe in readers:
        results += _received(pid, pipe)
    return results


def _forked(work: Callable[[Sequence[T]], list[R]], run: Sequence[T]) -> tuple[int, int]:
    """The process id of a copy of this process that works on a run, and the pipe its results come through."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    os.close(reader)
    status = 1
    try:
        with os.fdopen(writer, "wb") as pipe:
            try:
                answer: tuple[bool, Any] = (True, work(run))
            except BaseException as error:  # it is raised again in the parent
                answer = (False, error)
            pickle.dump(answer, pipe, protocol=5)
            status = 0
    finally:
        os._exit(status)


def _received(pid: int, pipe: int) -> list[Any]:
    with os.fdopen(pipe, "rb") as stream:
        data = stream.read()
    os.waitpid(pid, 0)
    if not data:
        raise WorkerDied(f"worker {pid} ended without a result")
    worked, answer = pickle.loads(data)  # noqa: S301  it comes from a copy of this process
    if not worked:
        raise answer
    result: list[Any] = answer
    return result


def processors() -> int:
    """How many processes may run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
