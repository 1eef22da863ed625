"""A chronicle that is known anew whenever its files or the open texts have changed, in threads of its own.

It reads as a preview does: the memory of former builds is open while the files are read for the first time, and learns of no
draft. It writes nothing else.
"""

from __future__ import annotations

import datetime
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from ..editing.known import Known, known_of
from ..editing.positions import lines_of
from ..engine import engine_digest
from ..files import read_texts
from ..machine import MachineFault
from ..memory import Memory
from ..orders import MEMORY_FOLDER
from ..problems import Problem, as_line
from ..shelves import CONTENT, SETTINGS_FILE
from ..sources import Sources, read_again, read_sources
from ..survey import Survey, survey
from ..watch import Ground, Watch

PAUSE, MOST_PAUSE = 0.25, 1.5
"""Seconds without a keystroke after which the rules are run; as long as the last run took, up to the most."""


class Studied(msgspec.Struct, frozen=True):
    """What is known (nothing without settings), why not, and the lines of the closed files that something is wrong with."""

    known: Known | None
    notice: str = ""
    lines: Mapping[str, Sequence[str]] = {}


class Study:
    """`tell` is called with each new state, from another thread; `texts` gives the open texts by path."""

    def __init__(
        self,
        root: Path,
        now: Callable[[], datetime.datetime],
        texts: Callable[[], Mapping[str, str]],
        tell: Callable[[Studied], None],
    ) -> None:
        self._root, self._now, self._texts, self._tell = root, now, texts, tell
        self._sign = threading.Event()
        self._is_disk_new = True
        self._sources: Sources | None = None
        self._surveyed: Survey | None = None
        self._known: Known | None = None
        self._told_of: tuple[Sources, Mapping[str, str]] | None = None
        self._pause = PAUSE
        self._last_key = 0.0

    def begin(self) -> None:
        """Know the chronicle for the first time, and follow it; both end with the process."""
        self._sign.set()
        for work in (self._follow, self._watch):
            threading.Thread(target=work, daemon=True).start()

    def text_changed(self) -> None:
        self._last_key = time.monotonic()
        self._sign.set()

    def disk_changed(self) -> None:
        self._is_disk_new = True
        self._sign.set()

    def _watch(self) -> None:
        ground = Ground(self._root, CONTENT, (SETTINGS_FILE,))
        with Watch((ground,), polling=False) as watch:
            while True:
                watch.wait()
                self.disk_changed()

    def _follow(self) -> None:
        while True:
            self._sign.wait()
            self._settle()
            began = time.monotonic()
            try:
                if (studied := self.studied()) is None:
                    continue
                self._tell(studied)
            except Exception as error:  # the door of this thread: without it, it would end unseen
                logging.getLogger(__name__).exception("the chronicle could not be read")
                self._tell(Studied(None, f"this is a bug of ours: {type(error).__name__}: {error}"))
            self._pause = min(MOST_PAUSE, max(PAUSE, time.monotonic() - began))

    def _settle(self) -> None:
        """Wait for a pause in typing."""
        while (left := self._last_key + self._pause - time.monotonic()) > 0:
            time.sleep(left)
        self._sign.clear()

    def studied(self) -> Studied | None:
        """What is known now; nothing where no file and no open text is another than when it was told last."""
        told, self._told_of = self._told_of, None
        try:
            texts, notice = self._texts(), ""
            if self._is_disk_new or self._sources is None:
                self._is_disk_new = False
                self._sources, notice = self._read()
            if told is not None and told[0] is self._sources and told[1] == texts:
                self._told_of = told
                return None
            studied = self._of(self._sources, texts, notice)
            self._told_of = (self._sources, texts)
            return studied
        except MachineFault as fault:
            self._is_disk_new = True  # to be read at the next sign
            return Studied(None, str(fault))

    def _of(self, sources: Sources, texts: Mapping[str, str], notice: str) -> Studied:
        former = self._known.chronicle.settings if self._known else None
        known = known_of(sources, texts, self._now(), former)
        if known is None:
            return Studied(None, "\n".join(map(as_line, sources.settings.problems)))
        self._known = known
        return Studied(known, notice, self._lines(known, texts))

    def _read(self) -> tuple[Sources, str]:
        """All that stands on the disk; after the first time, only what has changed is read, and no memory is asked."""
        if not self._root.is_dir():  # or the memory would make it anew
            raise MachineFault(self._root, "the folder is not there")
        if self._sources is None or self._surveyed is None:
            with Memory(self._root / MEMORY_FOLDER, engine_digest()) as memory:
                self._surveyed = survey(self._root, memory.known_files())
                # One process: once threads run, a fork would copy the locks that they hold.
                return read_sources(self._root, self._surveyed, memory, self._now(), jobs=1), memory.notice
        sources, self._surveyed = read_again(self._root, self._sources, self._surveyed)
        return sources, ""

    def _lines(self, known: Known, texts: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
        faulty = sorted({*known.own, *known.others} - texts.keys())
        read = zip(faulty, read_texts(self._root, faulty), strict=True)
        return {path: [""] if isinstance(text, Problem) else lines_of(text.text) for path, text in read}
