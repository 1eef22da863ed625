"""The mistakes of newcomers, typed into an entry while `chronicle serve` runs: what the terminal says, and the page in Chromium."""

from __future__ import annotations

import os
import pty
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chronicles import NOW, written
from tests.unit.test_problems_cases import FOLDER, Case, cases_of, files_of, spelled_out

ENTRY = "content/incidents/2025/2025-01-01-x.md"
PAGE = "incidents/2025-01-01-x.html"
GOOD = "---\ntitle: Strike on a depot\ndate: 2025-01-01\ncity: kyiv\nsources: [wire-1]\n---\n\nGood words.\n"
START = "import sys; from generator.cli import main; sys.exit(main())"
PATIENCE = 60.0

MISTAKES = (
    "the closing --- is missing",
    "a tab in place of blanks",
    "a colon in the title",
    "a misspelt key",
    "another word for a key",
    "a misspelt city",
    "a date in words",
    "a time with a dot",
    "a time in typographic quotes",
    "a text in place of a list",
    "no sources",
    "a source that is not there",
    "a link to no entry",
    "bold in HTML",
    "a heading of level 1",
    "a quote that is not closed",
    "casualties in words",
    "casualties that are not indented",
)
"""Those of the case file that anybody makes first."""

CASES = {case.name: case for case in cases_of(FOLDER / "newcomers.txt")}


class Served:
    """`chronicle serve` in a terminal of its own; all that it says is kept."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._data = b""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = (
            sys.executable,
            "-c",
            START,
            "serve",
            "--root",
            f"{root}",
            "--port",
            f"{port}",
            "--now",
            NOW.isoformat(),
        )
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.environ |= {"NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
            os.execv(command[0], command)
        threading.Thread(target=self._read, daemon=True).start()
        self.home = self.awaited(r"http://127\.0\.0\.1:\d+/")

    def _read(self) -> None:
        """Reads as it comes, so that the terminal never waits for its reader."""
        try:
            while data := os.read(self.file, 65536):
                self._data += data
        except OSError:  # it has ended
            return

    @property
    def said(self) -> str:
        return self._data.decode(errors="replace").replace("\r\n", "\n")

    def awaited(self, pattern: str, start: int = 0) -> str:
        """The text that matches, once it has been said after the first `start` letters."""
        until = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self.said[start:], re.MULTILINE)):
            assert time.monotonic() < until, f"no {pattern!r} in {self.said[start:]!r}"
            time.sleep(0.02)
        return found[0]

    def end(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.file)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = tmp_path_factory.mktemp("newcomers") / "chronicle"
    for path, text in files_of((FOLDER / "base.txt").read_text(encoding="utf-8")).items():
        written(root, path, text)
    written(root, ENTRY, GOOD)
    served = Served(root)
    yield served
    served.end()


@pytest.fixture(scope="module")
def shown(browser: Browser, served: Served) -> Iterator[Page]:
    """The page of the entry, which stays open while its author writes."""
    page = browser.new_page()
    page.goto(served.home + PAGE)
    expect(page.get_by_text("Good words.")).to_have_count(1)
    yield page
    page.close()


@pytest.mark.parametrize("case", [CASES[name] for name in MISTAKES], ids=MISTAKES)
def test_a_mistake_is_told_once_at_its_line_in_the_terminal_and_over_the_page(
    case: Case, served: Served, shown: Page
) -> None:
    (message,) = case.messages
    place, what, hint, rule = re.fullmatch(r"(\S+): error: (.+) — (.+) \[([a-z-]+)\]", message).groups()  # type: ignore[union-attr]
    line = place.split(":")[1]
    overlay = shown.locator("chronicle-preview")
    before = len(served.said)
    written(served.root, ENTRY, spelled_out(case.files[ENTRY]))

    served.awaited(rf"^{re.escape(message)}\n +{line} │ .*\n +│ +\^", before)
    for text in (place, what, hint):
        expect(overlay).to_contain_text(text)
    expect(overlay).to_contain_text("^")
    assert overlay.evaluate("element => element.shadowRoot.textContent").count(what) == 1
    expect(shown.get_by_text("Good words.")).to_have_count(1)

    written(served.root, ENTRY, GOOD)
    expect(overlay).not_to_contain_text(what)
    said = served.said[before:]
    assert len(re.findall(r": error: ", said)) == said.count(message)
    assert rule in said
