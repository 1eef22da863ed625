"""Work spread over processes that are copies of this one; results come back in the order of the items."""

from __future__ import annotations

import gc
import os
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple, TypeVar

from .course import QUIET, Course

T = TypeVar("T")
R = TypeVar("R")

SERIAL_BELOW = 64
"""With fewer items than this a second process costs more than it gains."""

SMALLEST_RUN, MOST_RUNS = 16, 256
"""Items are worked on in runs of neighbours, so many at least; and so many runs at most."""

_NUMBER = struct.Struct("=I")


class WorkerDied(RuntimeError):
    """A worker ended without a result; its traceback, if it had one, is the message."""


class _Done(NamedTuple):
    """What came out of a run, and the number of the run."""

    number: int
    results: list[Any]


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection inside but that of `spread`: searching all that a build holds takes a third of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()


def spread(work: Callable[[Sequence[T]], list[R]], items: Sequence[T], jobs: int, course: Course = QUIET) -> list[R]:
    """What `work` makes of the items, run by run; each process takes the next run when it is ready for it.

    `work` gives any number of results for a run. All is done in this process where there is no fork, or too little to do.
    """
    jobs = min(jobs, max(1, len(items) // (SERIAL_BELOW // 2)))
    if not gc.isenabled():
        gc.freeze()
    size = max(SMALLEST_RUN, -(-len(items) // MOST_RUNS))
    runs = [items[start : start + size] for start in range(0, len(items), size)]
    if jobs < 2 or not hasattr(os, "fork"):
        return [result for run in _told(runs, course) for result in _swept(work, run)]
    queue = _queue(len(runs))
    sys.stdout.flush()
    sys.stderr.flush()
    readers = [_copied(partial(_worked, work, runs, queue)) for _ in range(jobs - 1)]
    try:
        done = _worked(work, runs, queue, course)
    finally:
        os.close(queue)
        received = [_received(pid, pipe) for pid, pipe in readers]
    done += [run for answer in received for run in _checked(answer)]
    return [result for run in sorted(done, key=lambda run: run.number) for result in run.results]


def meanwhile(work: Callable[[], R], jobs: int) -> Callable[[], R]:
    """What gives the result of some work, which a copy of this process does while this one goes on; alone it is done when asked for.

    The copy sees everything as it is now. Its result is asked for once.
    """
    if jobs < 2 or not hasattr(os, "fork"):
        return work
    pid, pipe = _copied(work)
    return lambda: _checked(_received(pid, pipe))


def _told(runs: Sequence[T], course: Course) -> Iterator[T]:
    for number, run in enumerate(runs):
        course.advance(number, len(runs))
        yield run


def _swept(work: Callable[[Sequence[T]], list[R]], run: Sequence[T]) -> list[R]:
    """A run, done."""
    results = work(run)
    swept()
    return results


def swept() -> None:
    """Nothing, where garbage is not collected: templates leave circles behind, which would fill the memory. What is held is
    not searched for any."""
    if not gc.isenabled():
        gc.collect(1)
        gc.freeze()


def searched() -> None:
    """Nothing, where garbage is not collected: what is held is searched for it once, which takes a while in a large chronicle."""
    if not gc.isenabled():
        gc.unfreeze()
        gc.collect()
        gc.freeze()


def _queue(count: int) -> int:
    """A pipe that holds the numbers of all runs; whoever reads takes the next one."""
    reader, writer = os.pipe()
    os.write(writer, b"".join(_NUMBER.pack(number) for number in range(count)))
    os.close(writer)
    return reader


def _worked(
    work: Callable[[Sequence[T]], list[R]], runs: Sequence[Sequence[T]], queue: int, course: Course = QUIET
) -> list[_Done]:
    """The runs that this process has taken from the queue, done. All before a run are done, or another process is at them."""
    done = []
    while data := os.read(queue, _NUMBER.size):
        (number,) = _NUMBER.unpack(data)
        course.advance(number, len(runs))
        done.append(_Done(number, _swept(work, runs[number])))
    return done


def _copied(work: Callable[[], Any]) -> tuple[int, int]:
    """The process id of a copy of this process that does some work, and the pipe its result comes through."""
    import pickle

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
                answer: tuple[bool, Any] = (True, work())
            except BaseException as error:  # it is raised again in the parent
                answer = (False, error)
            pickle.dump(answer, pipe, protocol=5)
            status = 0
    finally:
        os._exit(status)


def _received(pid: int, pipe: int) -> bytes:
    """All that a worker has sent, when it has ended."""
    with os.fdopen(pipe, "rb") as stream:
        data = stream.read()
    os.waitpid(pid, 0)
    return data


def _checked(data: bytes) -> Any:
    """What a worker has sent; its exception is raised here."""
    import pickle

    if not data:
        raise WorkerDied("a worker ended without a result")
    worked, answer = pickle.loads(data)  # noqa: S301  it comes from a copy of this process
    if not worked:
        raise answer
    return answer


def processors() -> int:
    """How many processes may run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
