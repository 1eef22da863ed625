"""How long builds of an invented chronicle take.

    make bench                       1,000 entries, 3 rounds
    make bench ARGS="10000 --rounds 5"

Every round begins with a new folder, on a memory disk where there is one, and runs each step once, one after another; the
table shows the median over the rounds. The process is started anew for each step, as a user would.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.corpus import entries, text_of, write

MEMORY_DISK = Path("/dev/shm")
NEW = "content/incidents/2026/2026-03-01-a-new-entry.md"


def _first(root: Path) -> Path:
    return min((root / "content/incidents").rglob("*.md"))


def _body_edited(root: Path) -> None:
    path = _first(root)
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")


def _title_edited(root: Path) -> None:
    path = _first(root)
    path.write_text(path.read_text(encoding="utf-8").replace('title: "', 'title: "New: ', 1), encoding="utf-8")


def _added(root: Path) -> None:
    entry = {**entries(1)[0], "id": "2026-03-01-a-new-entry", "relations": []}
    (root / NEW).parent.mkdir(exist_ok=True)
    (root / NEW).write_text(text_of(entry), encoding="utf-8")


def _deleted(root: Path) -> None:
    (root / NEW).unlink()


def _template_edited(root: Path) -> None:
    source = Path(__file__).parent.parent / "templates" / "incident.html"
    (root / "templates").mkdir(exist_ok=True)
    text = source.read_text(encoding="utf-8").replace("Before and after", "Earlier and later")
    (root / "templates" / "incident.html").write_text(text, encoding="utf-8")


STEPS: tuple[tuple[str, Callable[[Path], None]], ...] = (
    ("cold", lambda root: None),
    ("nothing changed", lambda root: None),
    ("one body edited", _body_edited),
    ("one title edited", _title_edited),
    ("one entry added", _added),
    ("one entry deleted", _deleted),
    ("one template edited", _template_edited),
)


def measured(root: Path) -> tuple[float, float]:
    """Seconds on the clock, and MiB of the largest process, of one build."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "generator", "build", "--root", str(root), "--quiet"])
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, "the build failed"
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        prog="bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    seconds: dict[str, list[float]] = {name: [] for name, _ in STEPS}
    memory: dict[str, list[float]] = {name: [] for name, _ in STEPS}
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory(dir=MEMORY_DISK if MEMORY_DISK.is_dir() else None) as place:
            root = Path(place) / "chronicle"
            write(options.count, root)
            time.sleep(2.5)  # files as new as a scan are never trusted, which is not what is measured here
            for name, change in STEPS:
                change(root)
                took, peak = measured(root)
                seconds[name].append(took)
                memory[name].append(peak)
            pages = sum(1 for path in (root / "build").rglob("*") if path.is_file())
    print(
        f"{options.count:,} entries, {pages:,} files, {options.rounds} rounds, {os.cpu_count()} processors, {sys.version.split()[0]}"
    )
    print(
        f"\n| {'build':<20} | median s |  least s | largest process MiB |\n|{'-' * 22}|---------:|---------:|--------------------:|"
    )
    for name, _ in STEPS:
        row = f"{statistics.median(seconds[name]):8.2f} | {min(seconds[name]):8.2f} | {statistics.median(memory[name]):19.0f}"
        print(f"| {name:<20} | {row} |")


if __name__ == "__main__":
    main()
