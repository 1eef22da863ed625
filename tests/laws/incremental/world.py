"""A chronicle on disk that is edited and built again and again: where its files stand, and how they are written."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from unittest import mock

from generator.build import Outcome, build
from generator.orders import Order
from tests.chronicles import NOW, tree

from .chronicle import FILES

Hand = Literal["in place", "renamed", "set back"]

EMBARGO_ENDED = datetime.datetime(2026, 6, 2, tzinfo=datetime.UTC)
SOURCES = ("content", "seeds", "templates")


class World:
    """The chronicle at `root`, with what is known of it besides its files.

    `foreign` are the files in the output folder that no build has written, `good` the sources of the last build that was not
    refused, `old_memory` the memory after a former build. `is_settled` says that the last build was published and remembered.
    """

    def __init__(self, base: Path) -> None:
        self.root = base / "chronicle"
        self.out = self.root / "build"
        self.memory = self.root / ".cache"
        self.beside = base / "clean"
        self.hand: Hand = "in place"
        self.foreign: dict[str, bytes] = {}
        self.good: Mapping[str, bytes] = FILES
        self.old_memory: dict[str, bytes] = {}
        self.is_settled = False
        self.become(FILES)

    # ------------------------------------------------------------ sources

    def sources(self) -> dict[str, bytes]:
        """Every file that the chronicle is made from."""
        found = {f"{folder}/{path}": data for folder in SOURCES for path, data in tree(self.root / folder).items()}
        settings = self.root / "site.yaml"
        return found | ({"site.yaml": settings.read_bytes()} if settings.exists() else {})

    def become(self, files: Mapping[str, bytes]) -> None:
        """The sources are these; what is the same already is not touched."""
        present = self.sources()
        for path in present.keys() - files.keys():
            self.delete(path)
        for path, data in files.items():
            if present.get(path) != data:
                self.write(path, data)

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def delete(self, path: str) -> None:
        (self.root / path).unlink()

    def write(self, path: str, data: bytes) -> None:
        """A file written in the manner of the hand that edits: in place, by renaming, or with its time of change set back."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        before = place.stat().st_mtime_ns if place.exists() else 1_600_000_000_000_000_000
        if self.hand == "renamed":
            new = place.with_name(".new")
            new.write_bytes(data)
            new.replace(place)
            return
        place.write_bytes(data)
        if self.hand == "set back":
            os.utime(place, ns=(before, before))

    # ------------------------------------------------------------ builds

    def built(self, out: Path, *, drafts: bool, embargo_ended: bool, jobs: int = 1) -> Outcome:
        now = EMBARGO_ENDED if embargo_ended else NOW
        return build(Order(root=self.root, now=now, drafts=drafts, jobs=jobs), out)

    def clean(self, *, drafts: bool, embargo_ended: bool) -> tuple[Outcome, dict[str, bytes]]:
        """What a build without any memory does, and its site."""
        out, aside = self.beside / self.out.name, self.beside / "memory"
        self.beside.mkdir()
        if self.memory.exists():
            self.memory.rename(aside)
        try:
            outcome = self.built(out, drafts=drafts, embargo_ended=embargo_ended)
            return outcome, tree(out)
        finally:
            remove(self.memory)
            if aside.exists():
                aside.rename(self.memory)
            remove(self.beside)

    def build_by_another_engine(self) -> None:
        with mock.patch("generator.build.engine_digest", lambda: "another engine"):
            self.built(self.out, drafts=False, embargo_ended=False)

    # ------------------------------------------------------------ the output

    def empty_folders(self) -> list[Path]:
        return [Path(folder) for folder, inner, files in os.walk(self.out) if not inner and not files]

    def without_empty_folders(self) -> None:
        """What a file browser does not do, but who takes his own file away would: the emptied folders go too."""
        while empty := [folder for folder in self.empty_folders() if folder != self.out]:
            for folder in empty:
                folder.rmdir()

    def times(self) -> dict[str, tuple[int, int]]:
        """When each file of the output was written, and which file it is."""
        found = [path for path in self.out.rglob("*") if path.is_file()]
        return {f"{path}": (path.stat().st_mtime_ns, path.stat().st_ino) for path in found}


def remove(folder: Path) -> None:
    """The folder is gone."""
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
