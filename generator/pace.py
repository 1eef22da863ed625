"""The course of a build as a person reads it: progress on long builds, and with `--profile` where the time went."""

from __future__ import annotations

import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Iterable

from .course import Cost, Course

LONG_SECONDS = 3.0
"""A build is told of from here on; a shorter one ends before anybody has read a line."""

STEP_SECONDS = 0.1
MOST_SLOW = 10
"""So many of the slowest entries are listed."""

STAGES = {
    "survey": "looking what is there",
    "read": "reading entries",
    "link": "linking",
    "plan": "planning",
    "check": "checking",
    "pages": "making pages",
    "publish": "publishing",
    "remember": "remembering",
}


class Timed(Course):
    """How long each stage took, and what its parts cost."""

    def __init__(self) -> None:
        self.began = self._entered = time.perf_counter()
        self.stages: dict[str, float] = {}
        self.costs: list[Cost] = []
        self._stage = ""

    def enter(self, stage: str) -> None:
        now = time.perf_counter()
        if self._stage:
            self.stages[self._stage] = self.stages.get(self._stage, 0.0) + now - self._entered
        self._stage, self._entered = stage, now

    def spent(self, costs: Iterable[Cost]) -> None:
        self.costs.extend(costs)

    def table(self) -> str:
        """Where the time went: by stage, by template, and the slowest entries."""
        self.enter("")
        total = time.perf_counter() - self.began
        lines = ["seconds  stage", *(f"{took:7.2f}  {STAGES[stage]}" for stage, took in self.stages.items())]
        lines.append(f"{total:7.2f}  in all")
        by_part, by_origin = _sums(self.costs)
        if by_part:
            lines += ["", "seconds  made    by (all processes together)"]
            lines += [f"{took:7.2f}  {count:6,}  {part}" for part, (took, count) in by_part]
        if by_origin:
            lines += ["", "seconds  slowest entries (reading and their own pages)"]
            lines += [f"{took:7.3f}  {origin}" for origin, (took, _) in by_origin[:MOST_SLOW]]
        return "\n".join(lines)


def _sums(costs: Iterable[Cost]) -> tuple[list[tuple[str, tuple[float, int]]], list[tuple[str, tuple[float, int]]]]:
    """Seconds and number by part and by origin, the most first."""
    parts: dict[str, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    origins: dict[str, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    for part, origin, seconds in costs:
        parts[part] = (parts[part][0] + seconds, parts[part][1] + 1)
        if origin:
            origins[origin] = (origins[origin][0] + seconds, origins[origin][1] + 1)
    return tuple(sorted(found.items(), key=lambda item: (-item[1][0], item[0])) for found in (parts, origins))  # type: ignore[return-value]


class Told(Course):
    """The course of a long build on standard error: a bar on a terminal, elsewhere a line a stage."""

    def __init__(self, inner: Course, *, is_terminal: bool) -> None:
        self._inner, self._is_terminal = inner, is_terminal
        self._began = self._shown = self._entered = time.perf_counter()
        self._stage = ""
        self._lines: list[str] = []

    def enter(self, stage: str) -> None:
        self._inner.enter(stage)
        now = time.perf_counter()
        if self._stage and not self._is_terminal:
            self._lines.append(f"{STAGES[self._stage]} · {now - self._entered:.1f} s")
            self._told(now)
        self._stage, self._entered = stage, now
        if self._is_terminal:
            self._bar(now, 0.0)

    def advance(self, done: int, total: int) -> None:
        self._inner.advance(done, total)
        if self._is_terminal:
            self._bar(time.perf_counter(), done / max(1, total))

    def spent(self, costs: Iterable[Cost]) -> None:
        self._inner.spent(costs)

    def end(self) -> None:
        """Nothing is left on the terminal."""
        if self._is_terminal and self._shown > self._began:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def _told(self, now: float) -> None:
        if now - self._began >= LONG_SECONDS:
            sys.stderr.write("".join(f"{line}\n" for line in self._lines))
            sys.stderr.flush()
            self._lines.clear()

    def _bar(self, now: float, share: float) -> None:
        if not self._stage or now - self._began < LONG_SECONDS or now - self._shown < STEP_SECONDS:
            return
        self._shown = now
        room = max(10, min(40, shutil.get_terminal_size().columns - 40))
        full = round(room * share)
        sys.stderr.write(f"\r\033[K{STAGES[self._stage]:<22} [{'#' * full}{'.' * (room - full)}] {share:4.0%}")
        sys.stderr.flush()
