"""Small chronicles on disk for tests, and what their builds leave."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

from generator.build import Outcome, build
from generator.orders import Order

GOLDEN = Path(__file__).parent / "golden" / "chronicle"
NOW = datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC)


def copy_of(chronicle: Path, place: Path) -> Path:
    """A chronicle of its own to edit, without what builds have made of it."""
    shutil.copytree(chronicle, place, ignore=shutil.ignore_patterns("build", ".cache", ".build.*", "__pycache__"))
    return place


def built(
    root: Path, out: Path | None = None, *, drafts: bool = False, now: datetime.datetime = NOW, jobs: int = 1
) -> Outcome:
    """What a build of a chronicle did."""
    return build(Order(root=root, now=now, drafts=drafts, jobs=jobs), out or root / "build")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def written(root: Path, path: str, text: str) -> None:
    """A file of a chronicle with a new text."""
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
