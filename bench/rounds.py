"""The rounds of a measurement: every site does each step once a round, one after the other, so that a machine that slows
down slows all of them."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.corpus import Entry, entries
from bench.formats import files, write
from bench.measure import Run, peak_mib, read_tree, timed, written_seconds
from bench.pages import Pages, difference, pages_of
from bench.sites import Site
from bench.steps import COLD, STEPS

MEMORY_DISK = Path("/dev/shm")

SLOW_FROM = 10_000
"""From so many entries on, the slow ones are measured once."""

WAIT_SECONDS = 2.5
"""Files as new as the scan that saw them are read again by the next build, which is not what is measured."""


@dataclass
class Measured:
    """What was measured of one site: the runs of each step, one a round; the rest once, after a cold build."""

    runs: dict[str, list[Run]] = field(default_factory=lambda: {step: [] for step in STEPS})
    writing: list[float] = field(default_factory=list)
    memory: float | None = None
    pages: Pages | None = None
    difference: str = ""


@dataclass(frozen=True)
class Result:
    """What was measured with so many entries, by site."""

    count: int
    rounds: int
    sites: dict[Site, Measured]


def measured(count: int, rounds: int, sites: Sequence[Site], steps: Iterable[str] = STEPS) -> Result:
    """So many rounds of some steps with so many entries. What takes minutes a build takes part in the first round alone."""
    facts = entries(count)
    result = Result(count, rounds, {site: Measured() for site in sites})
    for number in range(rounds):
        present = [site for site in sites if not number or not site.is_slow or count < SLOW_FROM]
        turn = number % len(present)
        title = f"{count:,} entries, round {number + 1} of {rounds}"
        with _new_folder() as place:
            _round(title, facts, [*present[turn:], *present[:turn]], result, Path(place), tuple(steps))
    for site, found in result.sites.items():
        _note(f"{count:,} entries, memory: {site.name}")
        with _new_folder() as place:
            found.memory = peak_mib(site.command(Path(place)), _laid(site, facts, Path(place)))
    return result


def _new_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder on a memory disk, where there is one; it goes when it was used."""
    return tempfile.TemporaryDirectory(prefix="chronicle-bench-", dir=MEMORY_DISK if MEMORY_DISK.is_dir() else None)


def _round(
    title: str, facts: Sequence[Entry], sites: Sequence[Site], result: Result, place: Path, steps: Sequence[str]
) -> None:
    """Every step once with every site."""
    roots = {site: _laid(site, facts, place / site.key) for site in sites}
    for step in steps:
        for site, root in roots.items():
            STEPS[step](site, root, facts)
        time.sleep(WAIT_SECONDS)
        for site, root in roots.items():
            _note(f"{title}: {step}, {site.name}")
            result.sites[site].runs[step].append(timed(site.command(root), root))
        if step == COLD:
            for site, root in roots.items():
                _look(site, root, facts, result.sites[site])


def _laid(site: Site, facts: Sequence[Entry], root: Path) -> Path:
    """The folder of a site, with all that its generator reads."""
    write(files(site.form, facts), root)
    return root


def _look(site: Site, root: Path, facts: Sequence[Entry], found: Measured) -> None:
    """Which pages a cold build made, and how long it takes to write them from memory."""
    tree = read_tree(root / site.out)
    found.pages = pages_of(tree)
    found.difference = difference(found.pages, facts) if site.is_plain else ""
    found.writing.append(written_seconds(tree, root / "copy"))
    shutil.rmtree(root / "copy")


def _note(text: str) -> None:
    """A line of progress on the terminal, over the last one."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
