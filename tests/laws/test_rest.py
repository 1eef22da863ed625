"""A build that finds all as the last one left it says what that one said, and loads next to nothing."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench.corpus import entries
from bench.formats import FORMATS, files, write
from generator import edition
from generator.build import build
from generator.orders import Order
from tests.chronicles import NOW, built, copy_of, tree

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "chronicle"
HEAVY = ("yaml", "markdown_it", "jinja2", "babel", "watchdog", "generator.views", "generator.parse", "generator.render")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A chronicle at rest, whose files are known by their stamps at once."""
    monkeypatch.setattr("generator.memory.CLOCK_STEP_NS", 0)
    folder = tmp_path / "chronicle"
    write(files(FORMATS["full"], entries(12)), folder)
    (folder / "content/incidents/notes.txt").write_text("a stray file, which is a warning", encoding="utf-8")
    built(folder)
    return folder


@pytest.fixture
def whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A word for each time that the chronicle is read as a whole."""
    told: list[str] = []
    made = edition.edition_of

    def counted(*arguments: Any) -> Any:
        told.append("whole")
        return made(*arguments)

    monkeypatch.setattr(edition, "edition_of", counted)
    return told


def test_a_build_at_rest_repeats_the_warnings_and_reads_nothing(root: Path, whole: list[str]) -> None:
    outcome = built(root)
    assert not whole
    assert [p.rule for p in outcome.problems] == ["wrong-folder"]
    assert (outcome.written, outcome.removed) == ((), ())
    assert outcome.total == len(tree(root / "build")) - 1  # the manifest is no page


def test_a_build_at_rest_loads_no_library_that_reads_or_writes_pages(tmp_path: Path) -> None:
    folder = copy_of(GOLDEN, tmp_path / "chronicle")
    code = f"""
import sys
from generator.cli import main
assert main(["build", "--root", {str(folder)!r}, "--now", {NOW.isoformat()!r}, "--quiet"]) == 0
sys.exit(", ".join(name for name in {HEAVY!r} if name in sys.modules) or 0)
"""
    first, second = (
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True) for _ in range(2)
    )
    assert "jinja2" in first.stderr
    assert second.returncode == 0, second.stderr


def _shortened(page: Path) -> None:
    page.write_bytes(page.read_bytes()[:-1])


def _touched(page: Path) -> None:
    os.utime(page, ns=(1, 1))


def _beside(page: Path) -> None:
    page.with_name("somebody-elses.txt").write_text("x", encoding="utf-8")


@pytest.mark.parametrize("change", [_shortened, _touched, _beside, Path.unlink])
def test_any_change_of_the_output_ends_the_rest(root: Path, whole: list[str], change: Callable[[Path], None]) -> None:
    before = tree(root / "build")
    change(root / "build/index.html")
    built(root)
    assert whole
    assert before.items() <= tree(root / "build").items()


@pytest.mark.parametrize("days", [-1, 1])
def test_another_day_ends_the_rest(root: Path, whole: list[str], days: int) -> None:
    built(root, now=NOW + datetime.timedelta(days))
    assert whole


def test_an_earlier_hour_ends_the_rest_and_a_later_one_does_not(root: Path, whole: list[str]) -> None:
    built(root, now=NOW + datetime.timedelta(hours=3))
    assert not whole
    built(root, now=NOW - datetime.timedelta(seconds=1))
    assert whole


def test_what_was_altered_behind_its_stamp_is_found_by_a_build_that_verifies(root: Path) -> None:
    page = root / "build/index.html"
    before, status = page.read_bytes(), page.stat()
    page.write_bytes(before.replace(b"<", b"(", 1))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert not built(root).written
    outcome = build(Order(root=root, now=NOW, verify=True), root / "build")
    assert outcome.written == ("index.html",)
    assert page.read_bytes() == before
