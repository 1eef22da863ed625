"""What the browser tests need of a machine: Playwright's driver, Chromium, and Java for the Nu HTML checker.

`python tests/browser/machine.py` installs what is missing, once, before the tests run in parallel: Debian's packages
where it may, else Playwright's own download of Chromium. What is missing still is a failure on CI (`CI=true`), and a
skip elsewhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest
from playwright.sync_api import sync_playwright

ON_CI = os.environ.get("CI") == "true"
PLAYWRIGHT = (sys.executable, "-m", "playwright")


def driver() -> str | None:
    """The Python whose Playwright runs; its driver is a program that may lack a library of the system."""
    return sys.executable if not subprocess.run((*PLAYWRIGHT, "--version"), capture_output=True).returncode else None


def chromium() -> str | None:
    """The path of an installed Chromium: $CHROMIUM, the system's, or the one that Playwright has downloaded."""
    named = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, (shutil.which(name) for name in named if name)), None) or _downloaded_chromium()


def java() -> str | None:
    """The path of an installed Java."""
    return shutil.which("java")


class Need(NamedTuple):
    """One program: what it is for, how to find it, Debian's package of it, and a command that fetches it elsewhere."""

    purpose: str
    found: Callable[[], str | None]
    package: str
    fetch: tuple[str, ...] = ()


# In the order of installing: Playwright fetches Chromium.
NEEDS = {
    "a library of Playwright": Need("the browser tests", driver, "libatomic1"),
    "Chromium": Need("the browser tests", chromium, "chromium", (*PLAYWRIGHT, "install", "chromium")),
    "Java": Need("the check of HTML and CSS by the Nu checker", java, "default-jre-headless"),
}


def needed(name: str) -> str:
    """What is found under a name of `NEEDS`; without it the test that asks fails on CI and is skipped elsewhere."""
    return NEEDS[name].found() or _missing(why_not(name))


def why_not(name: str) -> str:
    """What cannot be done without the program, and what to do."""
    need = NEEDS[name]
    return f"{name} is missing, so {need.purpose} cannot run: install it (Debian: apt-get install {need.package})"


def install_what_is_missing() -> int:
    """The exit status: 1 on CI where something is still missing afterwards."""
    for name, need in NEEDS.items():
        for command in _ways(need):
            if need.found() is None:
                print(f"Installing {name} (once) …", flush=True)
                subprocess.run(command, stdout=subprocess.DEVNULL)
    missing = [name for name, need in NEEDS.items() if need.found() is None]
    for name in missing:
        print(f"\n!!! {why_not(name)}\n", file=sys.stderr)
    return 1 if missing and ON_CI else 0


def _ways(need: Need) -> list[tuple[str, ...]]:
    """The commands that may install it here, the best first."""
    may_use_apt = os.geteuid() == 0 and shutil.which("apt-get")
    debian = f"apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes {need.package}"
    return [*([("sh", "-c", debian)] if may_use_apt else []), *([need.fetch] if need.fetch else [])]


def _downloaded_chromium() -> str | None:
    if driver() is None:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _missing(reason: str) -> NoReturn:
    if ON_CI:
        pytest.fail(reason)
    pytest.skip(reason)


if __name__ == "__main__":
    raise SystemExit(install_what_is_missing())
