"""Everything that may happen to a chronicle between two builds: to its files, to its output folder, to what builds remember.

An edit is data, so that a failing sequence of them can be read and run again. An edit of a file that is not there brings the
file of the beginning back first.
"""

from __future__ import annotations

import re
import shutil
from typing import Any, Literal

import msgspec

from .chronicle import FILES
from .values import LOOKS
from .world import World

Way = Literal["change", "same size", "truncate", "remove"]


class Edit(msgspec.Struct, frozen=True, repr_omit_defaults=True):
    """Something that happens; `to` does it."""

    def to(self, world: World) -> None:
        """Nothing: only a build follows."""


# ---------------------------------------------------------------- one file of the chronicle


class OfFile(Edit, frozen=True):
    path: str

    def to(self, world: World) -> None:
        if self.path not in world.sources():
            world.write(self.path, FILES[self.path])
        self.to_file(world, world.read(self.path).decode())

    def to_file(self, world: World, text: str) -> None:
        raise NotImplementedError


class Set(OfFile, frozen=True):
    """A key set to another value, or left out."""

    key: str
    value: str | None

    def to_file(self, world: World, text: str) -> None:
        fence = "" if self.path == "site.yaml" else "---\n"
        _, _, rest = text.partition(fence) if fence else ("", "", text)
        front, _, body = rest.partition(fence) if fence else (rest, "", "")
        kept = re.sub(rf"^{self.key}: .*\n", "", front, flags=re.MULTILINE)
        line = "" if self.value is None else f"{self.key}: {self.value}\n"
        world.write(self.path, f"{fence}{kept}{line}{fence}{body}".encode())


class Body(OfFile, frozen=True):
    """Another text below the front matter."""

    body: str

    def to_file(self, world: World, text: str) -> None:
        fence, front, _ = text.split("---\n", 2)
        world.write(self.path, f"{fence}---\n{front}---\n\n{self.body}\n".encode())


class SameSize(OfFile, frozen=True):
    """Another text of the same size, in the title, the body or both."""

    def to_file(self, world: World, text: str) -> None:
        words = {"one": "two", "two": "one", "One": "Two", "Two": "One"}
        world.write(self.path, re.sub("|".join(words), lambda m: words[m[0]], text).encode())


class Touch(OfFile, frozen=True):
    """The same text, written again."""

    def to_file(self, world: World, text: str) -> None:
        world.write(self.path, text.encode())


class Rename(OfFile, frozen=True):
    """Another id, or another folder; `former` says that the old id is kept as a former one."""

    new: str
    former: bool = False

    def to_file(self, world: World, text: str) -> None:
        world.delete(self.path)
        world.write(self.new, text.encode())
        if self.former:
            old_id = self.path.rpartition("/")[2].partition(".")[0]
            Set(self.new, "previous_ids", f"[{old_id}]").to(world)


class Copy(OfFile, frozen=True):
    """The same text in a second file."""

    new: str

    def to_file(self, world: World, text: str) -> None:
        world.write(self.new, text.encode())


class Swap(OfFile, frozen=True):
    """The texts of two files exchanged, so that each record gets the other's id."""

    other: str

    def to_file(self, world: World, text: str) -> None:
        if self.other in world.sources():
            world.write(self.path, world.read(self.other))
            world.write(self.other, text.encode())


class Toggle(Edit, frozen=True):
    """A file taken away, or put back as it was at the beginning."""

    path: str

    def to(self, world: World) -> None:
        if self.path in world.sources():
            world.delete(self.path)
        else:
            world.write(self.path, FILES[self.path])


class Look(Edit, frozen=True):
    """A template or static file of the chronicle's own, in one of its texts; without, the default one is back."""

    path: str
    text: int | None = None

    def to(self, world: World) -> None:
        if self.text is not None:
            world.write(self.path, LOOKS[self.path][self.text].encode())
        elif self.path in world.sources():
            world.delete(self.path)


class Repaint(Edit, frozen=True):
    """A picture with other pixels and the same size."""

    path: str

    def to(self, world: World) -> None:
        data = bytearray(world.read(self.path) if self.path in world.sources() else FILES[self.path])
        data[18] ^= 255
        world.write(self.path, bytes(data))


# ---------------------------------------------------------------- folders


class Recreate(Edit, frozen=True):
    """A folder deleted and made again with the same files."""

    folder: str

    def to(self, world: World) -> None:
        found = {path: data for path, data in world.sources().items() if path.startswith(f"{self.folder}/")}
        shutil.rmtree(world.root / self.folder, ignore_errors=True)
        for path in sorted(found, reverse=True):
            world.write(path, found[path])


class Empty(Edit, frozen=True):
    """A folder deleted with all in it."""

    folder: str

    def to(self, world: World) -> None:
        shutil.rmtree(world.root / self.folder, ignore_errors=True)


# ---------------------------------------------------------------- the output folder


class Tamper(Edit, frozen=True):
    """A published file changed, cut off or removed by hand."""

    path: str
    way: Way

    def to(self, world: World) -> None:
        place = world.out / self.path
        if not place.exists() or (self.path == "manifest.sha256" and not world.is_settled):
            return
        data = place.read_bytes()
        match self.way:
            case "remove":
                place.unlink()
                world.without_empty_folders()
            case "truncate":
                place.write_bytes(data[: len(data) // 2])
            case "same size":
                place.write_bytes(data[:-2] + b"#\n")
            case "change":
                place.write_bytes(data + b"changed by hand\n")


class Foreign(Edit, frozen=True):
    """A file of somebody else in the output folder, put there or taken away again."""

    path: str

    def to(self, world: World) -> None:
        place = world.out / self.path
        if self.path in world.foreign:
            place.unlink()
            del world.foreign[self.path]
            world.without_empty_folders()
        elif world.out.exists() and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(b"not ours")
            world.foreign[self.path] = b"not ours"


class LoseOutput(Edit, frozen=True):
    """The output folder deleted."""

    def to(self, world: World) -> None:
        shutil.rmtree(world.out, ignore_errors=True)
        world.foreign.clear()


# ---------------------------------------------------------------- what builds remember


class LoseMemory(Edit, frozen=True):
    """All that is remembered deleted."""

    def to(self, world: World) -> None:
        shutil.rmtree(world.memory, ignore_errors=True)


class DamageMemory(Edit, frozen=True):
    """A part of the memory overwritten with other bytes, `at` so many thousandths of it; or its end cut off."""

    at: int
    length: int
    cut: bool = False

    def to(self, world: World) -> None:
        for place in sorted(world.memory.glob("*.sqlite")):
            data = bytearray(place.read_bytes())
            start = len(data) * self.at // 1000
            hit = data[start : start + self.length]
            place.write_bytes(
                data[:start] if self.cut else data[:start] + bytes(b ^ 85 for b in hit) + data[start + len(hit) :]
            )


class OldMemory(Edit, frozen=True):
    """The memory of some builds ago, as from a backup."""

    def to(self, world: World) -> None:
        if world.old_memory:
            for path, data in world.old_memory.items():
                (world.memory / path).parent.mkdir(parents=True, exist_ok=True)
                (world.memory / path).write_bytes(data)


class OtherEngine(Edit, frozen=True):
    """A build by another version of the program, which leaves its own memory and site."""

    def to(self, world: World) -> None:
        world.build_by_another_engine()


# ---------------------------------------------------------------- how it is done, and what is built then


class Step(msgspec.Struct, frozen=True, repr_omit_defaults=True):
    """An edit and the build after it.

    `hand` is how files are written. Where the build before was refused, its edit is undone first, unless `stays_wrong`.
    """

    edit: Edit | Any = Edit()
    hand: Literal["in place", "renamed", "set back"] = "in place"
    embargo_ended: bool = False
    drafts: bool = False
    jobs: int = 1
    stays_wrong: bool = False
