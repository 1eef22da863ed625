"""How long a command takes, how much memory its processes need together, and how long it takes to write a tree."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.02

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As a user's: with that variable set, Python would compile every module anew at every start."""


@dataclass(frozen=True)
class Run:
    """One run of a command: seconds on the clock, and of all processors together."""

    wall: float
    processor: float


def timed(command: list[str], folder: Path) -> Run:
    """A command, run in a folder to its end."""
    with tempfile.TemporaryFile() as told:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=told, stderr=told
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        if status:
            told.seek(0)
            raise SystemExit(f"{' '.join(command)} failed in {folder}:\n{told.read().decode(errors='replace')}")
    return Run(wall, usage.ru_utime + usage.ru_stime)


def peak_mib(command: list[str], folder: Path) -> float | None:
    """The most memory that a command's processes had together, in MiB; none where the system does not tell.

    Memory that several processes share is counted once (PSS). Looking costs time, so a run is measured for one of the two.
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdin=quiet, stdout=quiet, stderr=quiet)
    most = 0
    while process.poll() is None:
        most = max(most, sum(map(_pss, _family(process.pid))))
        time.sleep(SAMPLE_SECONDS)
    return most / 1024


def written_seconds(tree: Mapping[str, bytes], folder: Path) -> float:
    """How long it takes to write files that are in memory into a new folder, without anything else."""
    began = time.perf_counter()
    made: set[str] = set()
    for path, data in tree.items():
        place = os.path.join(folder, path)
        parent = os.path.dirname(place)
        if parent not in made:
            os.makedirs(parent, exist_ok=True)
            made.add(parent)
        with open(place, "wb") as file:
            file.write(data)
    return time.perf_counter() - began


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def _family(pid: int) -> Iterator[int]:
    """A process and all that it and its children have started."""
    yield pid
    for task in _listed(f"/proc/{pid}/task"):
        for child in _read(f"/proc/{pid}/task/{task}/children").split():
            yield from _family(int(child))


def _pss(pid: int) -> int:
    """The memory of a process in KiB, of what is shared only its part; 0 where it has ended."""
    for line in _read(f"/proc/{pid}/smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii")
    except OSError:
        return ""
