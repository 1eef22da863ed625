"""A small chronicle that is previewed, and a preview of it in a process of its own."""

from __future__ import annotations

import http.client
import json
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.chronicles import NOW, written

SOON = 2.0
"""Seconds; less than the pause between two looks, so that a change is seen only where a hint came."""

SITE = """title: A chronicle
base_url: https://chronicle.example/
kinds:
  drone: {label: {en: drone}, colour: "#0072B2", glyph: "▲"}
"""
CITY = "---\nname: {}\ncountry: RU\nlat: {}\nlon: 37.6\ntimezone: Europe/Moscow\n---\n"
ENTRY = """---
title: {title}
date: 2025-12-15
city: {city}
kind: drone
sources:
  - {{url: "https://example.org/{title}", title: A report, publisher: A publisher}}
{more}---

{body}
"""
DRONE = "content/incidents/2025/2025-12-15-drone.md"
DRONE_PAGE = "incidents/2025-12-15-drone.html"
OTHER_PAGE = "incidents/2025-12-15-other.html"
DRAFT_PAGE = "incidents/2025-12-15-draft.html"


def entry(title: str, body: str = "Words.", city: str = "moscow", more: str = "") -> str:
    return ENTRY.format(title=title, city=city, body=body, more=more)


def chronicle(root: Path) -> Path:
    """A chronicle of two cities and three entries, one of them a draft."""
    written(root, "site.yaml", SITE)
    written(root, "content/cities/moscow.md", CITY.format("Moscow", 55.7))
    written(root, "content/cities/tula.md", CITY.format("Tula", 54.2))
    written(root, DRONE, entry("Drone", "Old words."))
    written(root, "content/incidents/2025/2025-12-15-other.md", entry("Other", city="tula"))
    written(root, "content/incidents/2025/2025-12-15-draft.md", entry("CANARY", "CANARY", more="status: draft\n"))
    return root


START = """import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from generator.cli import main
sys.exit(main())"""


class Running:
    """A preview in a process of its own, and what it says."""

    def __init__(self, root: Path, *options: str) -> None:
        command = (sys.executable, "-c", START, "serve", "--root", str(root), "--json", "--now", NOW.isoformat())
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.process = subprocess.Popen(
            (*command, "--port", str(port), *options), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.lines: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.port = int(self.line()["address"].rstrip("/").rpartition(":")[2])
        assert self.line()["changed"]

    def _read(self) -> None:
        assert self.process.stdout
        for text in self.process.stdout:
            self.lines.put(json.loads(text))

    def line(self, seconds: float = 10.0) -> dict[str, Any]:
        """The next line that it says."""
        return self.lines.get(timeout=seconds)

    def later_lines(self, seconds: float) -> list[dict[str, Any]]:
        """All lines that come until none has come for some time."""
        found = []
        with suppress(queue.Empty):
            while True:
                found.append(self.line(seconds))
        return found

    def get(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", f"/{path}")
        answer = connection.getresponse()
        return answer.status, answer.read()

    def page(self, path: str) -> str:
        return self.get(path)[1].decode()

    def shows(self, words: str, seconds: float = SOON) -> bool:
        """Whether the page of the drone shows these words soon."""
        until = time.monotonic() + seconds
        while words not in self.page(DRONE_PAGE):
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    def memory(self) -> int:
        """The bytes that it holds in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return 1024 * int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")))

    def descriptors(self) -> int:
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def threads(self) -> int:
        return len(list(Path(f"/proc/{self.process.pid}/task").iterdir()))

    def interrupted(self) -> tuple[int, str]:
        """The exit status after Ctrl-C, and what was said of errors."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=10)
        assert self.process.stderr
        return self.process.returncode, self.process.stderr.read()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=10)
