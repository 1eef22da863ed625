"""Signs that a chronicle may have changed. The only module that imports watchdog, and only when it watches.

What the system tells is a hint that comes at once and may be lost: its queue overflows, a folder is replaced by another, a
limit is reached. So every few seconds the folders themselves are looked at, and where the system tells nothing at all, this
look alone must do.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import msgspec

from .filenames import is_litter
from .files import TEXT_LIMIT, digest, read_bytes_at
from .machine import MachineFault, machine_faults
from .problems import Problem
from .scan import Found, scan

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

QUIET = 0.05
"""Seconds without a sign after which a burst of changes is over."""

PATIENCE, MOST_PATIENCE = 0.3, 2.4
"""Seconds after which a burst counts as over though it goes on; doubled each time up to the most while it goes on."""

LOOK_SECONDS, POLL_SECONDS = 3.0, 1.0
"""Seconds between two looks at the folders: beside what the system tells, and in its place."""

LOOK_SHARE = 20
"""A look takes at most this part of the time."""


class Ground(msgspec.Struct, frozen=True):
    """What is watched below a root: whole folders and single files, by their names in it."""

    root: Path
    folders: tuple[str, ...]
    files: tuple[str, ...] = ()


class Look(msgspec.Struct, frozen=True):
    """What stands on a ground; two equal looks mean that nothing has changed."""

    files: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()
    digests: tuple[str, ...] = ()
    fault: str = ""


def look(ground: Ground) -> Look:
    """One look at a ground; a ground that cannot be looked at is a look too."""
    try:
        found = scan(ground.root, ground.folders)
        return Look(found.files, found.problems, tuple(_digest(ground.root, name) for name in ground.files))
    except MachineFault as fault:
        return Look(fault=str(fault))


def _digest(root: Path, name: str) -> str:
    data = read_bytes_at(root, name, TEXT_LIMIT)
    return data.message if isinstance(data, Problem) else digest(data)


def matters(ground: Ground, path: str) -> bool:
    """Whether something of a site may be made from what stands at an absolute path; what editors leave behind is not."""
    inside = path.removeprefix(f"{ground.root}/")
    names = inside.split("/")
    return inside != path and (
        inside in ground.files or (names[0] in ground.folders and not any(map(is_litter, names)))
    )


class Watch:
    """Watched grounds, for the `with` in which they are; whatever has changed since its making is noticed.

    With `polling`, looks alone tell of changes. `notice` says why they must, where the system was to tell and cannot; it is
    asked again at every look.
    """

    def __init__(self, grounds: tuple[Ground, ...], *, polling: bool) -> None:
        self.notice = ""
        self._grounds = grounds
        self._polling = polling
        self._sign = threading.Event()
        self._patience = PATIENCE
        self._observer: BaseObserver | None = None
        self._places: tuple[object, ...] = ()
        self._looked = self._look()

    def __enter__(self) -> Self:
        self._listen()
        self._notice_change()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def wait(self) -> None:
        """Come back when something has changed and the burst of changes is over."""
        self._patience = min(2 * self._patience, MOST_PATIENCE) if self._sign.is_set() else PATIENCE
        while not self._sign.wait(self._pause):
            self._listen()
            self._notice_change()
        self._settle()
        self._listen()
        self._looked = self._look()

    def _settle(self) -> None:
        until = time.monotonic() + self._patience
        while self._sign.is_set() and time.monotonic() < until:
            self._sign.clear()
            time.sleep(QUIET)

    # ------------------------------------------------------------ looking

    def _look(self) -> tuple[Look, ...]:
        began = time.monotonic()
        looked = tuple(map(look, self._grounds))
        self._pause = max(LOOK_SECONDS if self._observer else POLL_SECONDS, (time.monotonic() - began) * LOOK_SHARE)
        return looked

    def _notice_change(self) -> None:
        before, self._looked = self._looked, self._look()
        if self._looked != before:
            self._sign.set()

    # ------------------------------------------------------------ listening

    def _listen(self) -> None:
        """Hear of every folder that stands now; those that came, went or were replaced since need a new beginning."""
        places = tuple(_identity(folder) for folder, _ in _folders(self._grounds))
        if self._polling or (places == self._places and _is_alive(self._observer)):
            return
        self._end()
        try:
            with machine_faults(self._grounds[0].root):
                self._observer = _observer(self._grounds, self._sign)
        except MachineFault as fault:
            self.notice = f"The system cannot tell of changes ({fault.reason}): the folders are looked at every second."
        self._places = places

    def _end(self) -> None:
        if self._observer is not None:
            _stopped(self._observer)
            self._observer = None


def _folders(grounds: Iterable[Ground]) -> Iterator[tuple[Path, bool]]:
    """Every folder to hear of, and whether of all below it; a link is none, as what it leads to is never read."""
    for ground in grounds:
        yield ground.root, False
        for name in ground.folders:
            folder = ground.root / name
            if folder.is_dir() and not folder.is_symlink():
                yield folder, True


def _identity(folder: Path) -> object:
    """What tells a folder from another one in its place; none where it is gone."""
    try:
        status = os.lstat(folder)
    except OSError:
        return None
    return folder, status.st_dev, status.st_ino


def _observer(grounds: Iterable[Ground], sign: threading.Event) -> BaseObserver:
    """What sets the sign at every change that matters; an `OSError` where the system allows no more of them.

    Opening and reading are left out, so that a preview that reads does not wake itself.
    """
    from watchdog import events
    from watchdog.observers import Observer

    logging.getLogger("watchdog").setLevel(logging.CRITICAL)  # what it would say of lost events, looks make good
    grounds = tuple(grounds)
    heard: list[type[FileSystemEvent]] = [
        events.FileCreatedEvent,
        events.FileModifiedEvent,
        events.FileMovedEvent,
        events.FileDeletedEvent,
        events.DirCreatedEvent,
        events.DirMovedEvent,
        events.DirDeletedEvent,
    ]

    class Handler(events.FileSystemEventHandler):
        def dispatch(self, event: FileSystemEvent) -> None:
            paths = (os.fsdecode(event.src_path), os.fsdecode(event.dest_path))
            if any(matters(ground, path) for ground in grounds for path in paths):
                sign.set()

    observer = Observer()
    try:
        for folder, deep in _folders(grounds):
            observer.schedule(Handler(), str(folder), recursive=deep, event_filter=heard)
        observer.start()
    except BaseException:
        _stopped(observer)
        raise
    return observer


def _is_alive(observer: BaseObserver | None) -> bool:
    """Whether it still hears of every folder; it stops for a folder that was deleted."""
    return observer is not None and observer.is_alive() and all(emitter.is_alive() for emitter in observer.emitters)


def _stopped(observer: Any) -> None:
    observer.stop()
    if observer.is_alive():
        observer.join()
