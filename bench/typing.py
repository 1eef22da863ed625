"""How soon an edit is seen: `python -m bench.typing` previews 10,000 entries and measures in a real Chromium.

A page of an entry is open; a script in it notes when the new words stand in it, by the clock of the machine. An edit begins when
its file is written. After the edits the pages that were touched are compared with those of a build.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.browser.machine import needed

from .corpus import entries
from .formats import FORMATS, files, write

MARK = "seen-{}"
WATCHING = """const told = new Set();
const look = () => {
  const text = document.documentElement ? document.documentElement.textContent : "";
  for (const [mark] of text.matchAll(/seen-\\d+\\b/g)) {
    if (!told.has(mark)) { told.add(mark); window.noted(mark, Date.now()); }
  }
  requestAnimationFrame(look);
};
look();"""
"""Runs in every page from its beginning, once a frame: what is in the page by then is about to be painted."""

PAUSE = 4.0
"""Seconds between two edits, as an author takes who saves often; by then the preview has counted what the last one changed."""

Edit = Callable[[str, str], str]


def sentence(text: str, mark: str) -> str:
    """A sentence more in the text."""
    return f"{text.rstrip()}\n\nOne more sentence, {mark}.\n"


def title(text: str, mark: str) -> str:
    return re.sub(r'^title: "(.*)"$', rf'title: "\1 {mark}"', text, count=1, flags=re.MULTILINE)


def tag(text: str, mark: str) -> str:
    return re.sub(r"^tags: \[(.*)\]$", rf"tags: [\1, {mark}]", text, count=1, flags=re.MULTILINE)


def note(text: str, mark: str) -> str:
    """A note of why the assessment is what it is."""
    return text.replace("\nassessment:", f"\nassessment_note: {mark}\nassessment:", 1)


def day(text: str, mark: str) -> str:
    """Another day, which moves the entry in every list, and a word."""
    return sentence(re.sub(r"^(date: \d{4}-\d\d-)\d\d$", r"\g<1>17", text, count=1, flags=re.MULTILINE), mark)


EDITS: tuple[tuple[int, Edit], ...] = ((5, sentence), (2, title), (1, tag), (1, note), (1, day))
"""What an author changes, and how often in ten times."""


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        root = Path(folder) / "chronicle"
        write(files(FORMATS["full"], entries(options.size)), root)
        command = (sys.executable, "-m", "generator")
        subprocess.run((*command, "build", "--root", str(root), "--quiet"), check=True)
        for _ in range(options.rounds):
            with serving(root) as (address, seconds):
                print(f"first page {seconds * 1000:.0f} ms after the start, from a warm memory")
        with serving(root) as (address, _), opened() as page:
            _report(list(_measured(root, address, page, options)))
            touched = _stale(root, address, command)
        print(f"{touched} pages compared with those of a build: none is stale")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.typing")
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pause", type=float, default=PAUSE)
    return parser.parse_args()


@contextmanager
def serving(root: Path) -> Iterator[tuple[str, float]]:
    """The address of a preview, and the seconds until its first page had been sent."""
    began = time.perf_counter()
    command = (sys.executable, "-m", "generator", "serve", "--root", str(root), "--json", "--port", "8765")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        told = (json.loads(line) for line in process.stdout)
        address = next(line["address"] for line in told if "address" in line)
        with urlopen(address) as answer:
            answer.read()
        seconds = time.perf_counter() - began
        try:
            yield address, seconds
        finally:
            process.terminate()
            process.communicate()


@contextmanager
def opened() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needed("Chromium"), args=list(ARGUMENTS))
        yield browser.new_page()
        browser.close()


def _measured(root: Path, address: str, page: Page, options: argparse.Namespace) -> Iterator[tuple[str, float]]:
    """What was edited, and the milliseconds until it was seen."""
    seen: dict[str, float] = {}
    page.expose_function("noted", lambda mark, moment: seen.setdefault(mark, moment))
    page.add_init_script(WATCHING)
    chance = random.Random(1)
    paths = sorted((root / "content/incidents").rglob("*.md"))
    drawn = [edit for often, edit in EDITS for _ in range(often)]
    for number in range(options.edits):
        if number % 10 == 0:  # another page now and then
            path = chance.choice(paths)
            page.goto(f"{address}incidents/{path.stem}.html")
            page.wait_for_timeout(1000)
        edit = drawn[number % len(drawn)]
        mark = MARK.format(number)
        text = edit(path.read_text(encoding="utf-8"), mark)
        began = time.time() * 1000
        path.write_text(text, encoding="utf-8")
        yield edit.__name__, _seen(page, mark, seen) - began
        page.wait_for_timeout(options.pause * 1000)


def _seen(page: Page, mark: str, seen: dict[str, float]) -> float:
    """When the words stood in the page."""
    until = time.monotonic() + 10
    while mark not in seen:
        assert time.monotonic() < until, f"{mark} was never seen"
        page.wait_for_timeout(20)
    return seen[mark]


def _report(measured: list[tuple[str, float]]) -> None:
    times = sorted(ms for _, ms in measured)
    print(
        f"{len(times)} edits seen after {statistics.median(times):.0f} ms (median), {_at(times, 0.95):.0f} ms (95th percentile)"
    )
    for name in dict(measured):
        own = sorted(ms for edit, ms in measured if edit == name)
        print(f"  {name:<10}{statistics.median(own):6.0f} ms median, {own[-1]:6.0f} ms at most")


def _at(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, round(share * len(times)))]


def _stale(root: Path, address: str, command: tuple[str, ...]) -> int:
    """How many pages of a build are those of the preview; all of them, or this fails."""
    subprocess.run((*command, "build", "--root", str(root), "--quiet"), check=True)
    built = sorted((root / "build").rglob("*.html"))
    some = random.Random(2).sample(built, 300)
    for path in some:
        with urlopen(f"{address}{path.relative_to(root / 'build').as_posix()}") as answer:
            before, _, after = answer.read().partition(b"<chronicle-preview")
        assert before + after.partition(b"</script>")[2] == path.read_bytes(), path
    shutil.rmtree(root / "build")
    return len(some)


if __name__ == "__main__":
    main()
