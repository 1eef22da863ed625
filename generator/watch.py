"""Signs that a chronicle may have changed. The only module that imports watchdog, and only when it watches.

What the system tells is a hint that comes at once and may be lost: its queue overflows, a folder is replaced by another, a
limit is reached. So whoever waits is sent to look at the folders every few seconds too, and where the system tells nothing at
all, these looks alone must do.
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
from .machine import MachineFault, machine_faults
from .mounts import deaf_mount

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

BRIEF, QUIET = 0.008, 0.05
"""Seconds without a sign after which a burst of changes is over: of a few files that were written to their ends, and of others."""

FEW = 8
"""So many files may have been saved one by one; more of them are a burst that will go on."""

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


def matters(ground: Ground, path: str) -> bool:
    """Whether something of a site may be made from what stands at an absolute path; what editors leave behind is not."""
    inside = path.removeprefix(f"{ground.root}/")
    names = inside.split("/")
    return inside != path and (
        inside in ground.files or (names[0] in ground.folders and not any(map(is_litter, names)))
    )


class Signs:
    """What was heard since it was last told: absolute paths, each with whether it was written to its end."""

    def __init__(self) -> None:
        self._heard: dict[str, bool] = {}
        self._change = threading.Condition()

    def hear(self, path: str, is_whole: bool) -> None:
        with self._change:
            self._heard[path] = is_whole
            self._change.notify_all()

    def __bool__(self) -> bool:
        return bool(self._heard)

    def wait(self, seconds: float) -> bool:
        """Whether anything is heard within some time."""
        with self._change:
            return self._change.wait_for(lambda: bool(self._heard), seconds)

    def settled(self, patience: float) -> frozenset[str]:
        """All that was heard, when the burst of it is over, or is taken to be."""
        until = time.monotonic() + patience
        with self._change:
            while (left := until - time.monotonic()) > 0:
                if not self._change.wait(min(left, self._gap())):
                    break
            heard = frozenset(self._heard)
            self._heard.clear()
        return heard

    def _gap(self) -> float:
        return BRIEF if len(self._heard) <= FEW and all(self._heard.values()) else QUIET


class Watch:
    """Watched grounds, for the `with` in which they are.

    With `polling`, nothing is heard. `notice` says why nothing can be heard, or may not be, where the system was to tell:
    then looks come more often.
    """

    def __init__(self, grounds: tuple[Ground, ...], *, polling: bool) -> None:
        self.notice = ""
        self._grounds = grounds
        self._polling = polling
        self._signs = Signs()
        self._patience = PATIENCE
        self._observer: BaseObserver | None = None
        self._places: tuple[object, ...] = ()

    def __enter__(self) -> Self:
        self._listen()
        kind = next(filter(None, (deaf_mount(ground.root) for ground in self._grounds)), "")
        if kind and self._observer:
            self.notice = _looking(
                f"The system may not tell of every change here (on a file system of the kind {kind})"
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def has_heard(self) -> bool:
        """Whether there is a sign that nobody was told of yet."""
        return bool(self._signs)

    def wait(self, look_seconds: float = 0.0) -> frozenset[str]:
        """What was heard of, as absolute paths, when the burst is over; nothing where it is only time to look.

        `look_seconds` is how long a look at the folders takes: it may not take all of the time.
        """
        self._patience = min(2 * self._patience, MOST_PATIENCE) if self._signs else PATIENCE
        is_told = self._observer is not None and not self.notice
        pause = max(LOOK_SECONDS if is_told else POLL_SECONDS, look_seconds * LOOK_SHARE)
        heard = self._signs.settled(self._patience) if self._signs.wait(pause) else frozenset()
        self._listen()
        return heard

    # ------------------------------------------------------------ listening

    def _listen(self) -> None:
        """Hear of every folder that stands now; those that came, went or were replaced since need a new beginning."""
        if self._polling:
            return
        places = tuple(_identity(folder) for folder, _ in _folders(self._grounds))
        if places == self._places and _is_alive(self._observer):
            return
        self._end()
        try:
            with machine_faults(self._grounds[0].root):
                self._observer = _observer(self._grounds, self._signs)
        except MachineFault as fault:
            self.notice = _looking(f"The system cannot tell of changes ({fault.reason})")
        self._places = places

    def _end(self) -> None:
        if self._observer is not None:
            _stopped(self._observer)
            self._observer = None


def _looking(reason: str) -> str:
    return f"{reason}: the folders are looked at every second."


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


def _observer(grounds: Iterable[Ground], signs: Signs) -> BaseObserver:
    """What hears of every change that matters; an `OSError` where the system allows no more of them.

    Opening and reading are left out, so that a preview that reads does not wake itself.
    """
    from watchdog import events
    from watchdog.observers import Observer

    logging.getLogger("watchdog").setLevel(logging.CRITICAL)  # what it would say of lost events, looks make good
    grounds = tuple(grounds)
    heard: list[type[FileSystemEvent]] = [
        events.FileCreatedEvent,
        events.FileModifiedEvent,
        events.FileClosedEvent,
        events.FileMovedEvent,
        events.FileDeletedEvent,
        events.DirCreatedEvent,
        events.DirMovedEvent,
        events.DirDeletedEvent,
    ]

    class Handler(events.FileSystemEventHandler):
        def dispatch(self, event: FileSystemEvent) -> None:
            here, there = os.fsdecode(event.src_path), os.fsdecode(event.dest_path)
            # What is gone from a name may be about to be replaced there: an editor keeps the old file so.
            for path, is_whole in ((here, isinstance(event, events.FileClosedEvent)), (there, True)):
                if path and any(matters(ground, path) for ground in grounds):
                    signs.hear(path, is_whole and not event.is_directory)

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
