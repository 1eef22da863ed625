"""Laws of publishing: a build that is killed or refused by the machine leaves the old site or the new one, never a mix.

A build here is the whole of what touches the output folder: lock, recovery, staging, publishing. It is killed, or refused,
at each of its operations on files in turn. A killed process forgets what it had learned, so the next run knows the
output by the memory of the build before.
"""

from __future__ import annotations

import errno
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.files import sha256_hex
from generator.journal import recovered
from generator.lock import locked
from generator.machine import MachineFault
from generator.manifest import MANIFEST, manifest_pages, read_output, verified
from generator.publish import clean, publish, stage, staging
from generator.stands import Mark

Site = Mapping[str, bytes]
Marks = dict[str, Mark]

OLD: Site = {
    "index.html": b"old index " * 9,
    "same.html": b"same",
    "a/gone.html": b"gone",
    "b/c/d.html": b"old",
    "swap": b"file",
    "turn/in": b"2",
}
NEW: Site = {
    "index.html": b"new index " * 9,
    "same.html": b"same",
    "e/new.html": b"new",
    "b/c/d.html": b"new",
    "swap/in": b"1",
    "turn": b"file",
}
FOREIGN: Site = {"mine.txt": b"mine", "b/mine.txt": b"mine too"}
OPERATIONS = (
    "open",
    "write",
    "rename",
    "unlink",
    "mkdir",
    "rmdir",
    "chmod",
    "fsync",
    "scandir",
    "lstat",
    "fstat",
    "truncate",
)
FAULTS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EMFILE)


def built(out: Path, site: Site, marks: Marks) -> Marks:
    """The marks of a site after it is published; the digest of a page's bytes is its key."""
    with locked(out, 20):
        recovered(out)
        output = read_output(out, marks)
        keys = {path: sha256_hex(data) for path, data in site.items()}
        kept = {path: marks[path] for path in site.keys() & output.intact if marks[path].key == keys[path]}
        with staging(out) as tree:
            staged = [stage(tree, path, site[path]) for path in sorted(site.keys() - kept.keys())]
            publish(output, tree, staged, kept)
    return kept | {page.path: Mark(keys[page.path], page.size, page.mtime_ns, page.sha256) for page in staged}


def tree_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, the manifest among them, and every empty folder."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    files = {name: path.read_bytes() for name, path in found.items() if path.is_file()}
    return files | {f"{name}/": b"" for name, path in found.items() if path.is_dir() and not any(path.iterdir())}


def put(folder: Path, files: Site) -> None:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def whole(site: Site) -> dict[str, bytes]:
    """The tree of a site with its manifest, made without the code under test."""
    lines = [f"{sha256_hex(site[path])}  {path}\n" for path in sorted(site)]
    return {**site, MANIFEST: "".join(lines).encode()} if site else {}


def nothing_half_written(out: Path, sites: tuple[Site, ...]) -> bool:
    """Whether each file of the folder is wholly as one of the sites has it."""
    wholes = [whole(site) for site in sites]
    return all(any(data == w.get(name) for w in wholes) or name.endswith("/") for name, data in tree_of(out).items())


# ---------------------------------------------------------------- operations that fail


@contextmanager
def counted(at: int, act: Callable[[str, tuple[Any, ...]], None]) -> Iterator[list[int]]:
    """The number of operations on files so far; the one with number `at` is handed to `act` before it is done."""
    done = [0]

    def counting(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def operation(*values: Any, **named: Any) -> Any:
            done[0] += 1
            if done[0] == at:
                act(name, values)
            return real(*values, **named)

        return operation

    with pytest.MonkeyPatch.context() as patch:
        for name in OPERATIONS:
            patch.setattr(os, name, counting(name, getattr(os, name)))
        yield done


def die(name: str, values: tuple[Any, ...], write: Callable[[int, bytes], int] = os.write) -> None:
    """The end of the process, as by SIGKILL; a write is done by half."""
    if name == "write":
        write(values[0], bytes(values[1])[: len(values[1]) // 2])
    os._exit(9)


def killed_at(at: int, work: Callable[..., object], *values: object) -> bool:
    """Whether a process that does this work was killed at that operation; it was not where it has fewer."""
    child = os.fork()
    if not child:
        try:
            with counted(at, die):
                work(*values)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def refused_at(at: int, code: int, work: Callable[..., object], *values: object) -> bool:
    """Whether the machine refused that operation; whatever comes of it may be a machine fault and no other exception."""

    def refuse(name: str, values: tuple[Any, ...]) -> None:
        raise OSError(code, os.strerror(code), values[0] if values and isinstance(values[0], str | Path) else None)

    with counted(at, refuse) as done:
        try:
            work(*values)
        except MachineFault as fault:
            assert fault.path
            assert fault.reason.lower() == os.strerror(code).lower()
    return done[0] >= at


class Scene:
    """A folder with a published site and the files of others in it, and what the memory knows of it."""

    def __init__(self, base: Path, site: Site) -> None:
        self.base = base
        self.out = base / "build"
        self.marks = built(self.out, site, {}) if site else {}
        if site:
            put(self.out, FOREIGN)

    @property
    def beside(self) -> list[str]:
        """What lies beside the output folder, but for an unlocked lock."""
        return sorted(path.name for path in self.base.iterdir() if path != self.out and path.name != ".build.lock")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder of a file system in memory, where there is one: thousands of small files are written here."""
    if os.access("/dev/shm", os.W_OK):
        with TemporaryDirectory(dir="/dev/shm") as name:
            yield Path(name)
    else:
        yield tmp_path


@pytest.fixture
def scenes(folder: Path) -> Callable[[Site], Scene]:
    numbers = count()

    def scene(site: Site) -> Scene:
        base = folder / str(next(numbers))
        base.mkdir()
        return Scene(base, site)

    return scene


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is killed loses nothing that it has written, so that syncing would only cost time here."""
    monkeypatch.setattr(os, "fsync", lambda file: None)
    monkeypatch.setattr(os, "sync", lambda: None)


CHANGES = {"the first build": ({}, NEW), "a change of everything": (OLD, NEW), "and back": (NEW, OLD)}
each_change = pytest.mark.parametrize("change", CHANGES)


# ---------------------------------------------------------------- laws


@each_change
def test_a_build_killed_at_any_operation_leaves_the_old_site_or_the_new(
    change: str, scenes: Callable[[Site], Scene]
) -> None:
    old, new = CHANGES[change]
    outcomes = set()
    for at in count(1):
        scene = scenes(old)
        foreign = FOREIGN if old else {}
        if not killed_at(at, built, scene.out, new, scene.marks):
            break
        assert nothing_half_written(scene.out, (old, new, FOREIGN)), at
        recovered(scene.out)
        assert scene.beside == [], at
        found = tree_of(scene.out) if scene.out.exists() else {}
        assert found in ({**whole(old), **foreign}, {**whole(new), **foreign}), at
        outcomes.add(found == {**whole(new), **foreign})
        built(scene.out, new, scene.marks)
        assert tree_of(scene.out) == {**whole(new), **foreign}, at
        assert scene.beside == []
    assert outcomes == {True, False}
    assert at > 40


@each_change
def test_a_machine_that_refuses_any_operation_leaves_the_old_site_or_the_new(
    change: str, scenes: Callable[[Site], Scene]
) -> None:
    old, new = CHANGES[change]
    foreign = FOREIGN if old else {}
    for at in count(1):
        scene, code = scenes(old), FAULTS[at % len(FAULTS)]
        if not refused_at(at, code, built, scene.out, new, scene.marks):
            break
        assert nothing_half_written(scene.out, (old, new, FOREIGN)), at
        recovered(scene.out)
        found = tree_of(scene.out) if scene.out.exists() else {}
        assert found in ({**whole(old), **foreign}, {**whole(new), **foreign}), at
        built(scene.out, new, scene.marks)
        assert tree_of(scene.out) == {**whole(new), **foreign}, at
        assert scene.beside == []
    assert at > 40


def test_a_recovery_that_is_killed_is_finished_by_the_next(scenes: Callable[[Site], Scene]) -> None:
    to_the_journal = next(at for at in count(1) if journal_stands_after(at, scenes(OLD)))
    for at in count(1):
        scene = scenes(OLD)
        assert journal_stands_after(to_the_journal, scene)
        if not killed_at(at, recovered, scene.out):
            break
        recovered(scene.out)
        assert tree_of(scene.out) == {**whole(NEW), **FOREIGN}, at
        assert scene.beside == [], at
    assert at > 20


def journal_stands_after(at: int, scene: Scene) -> bool:
    """Whether a build that is killed at that operation leaves a journal."""
    killed_at(at, built, scene.out, NEW, scene.marks)
    return (scene.base / ".build.staged/journal").exists()


def test_a_clean_that_is_killed_or_refused_is_finished_by_the_next(scenes: Callable[[Site], Scene]) -> None:
    for at in count(1):
        scene, other = scenes(OLD), scenes(OLD)
        if not killed_at(at, clean, scene.out):
            break
        refused_at(at, errno.EIO, clean, other.out)
        for some in (scene, other):
            clean(some.out)
            assert tree_of(some.out) == FOREIGN, at
    assert at > 10


def test_a_build_killed_at_random_moments_always_comes_out_right(scenes: Callable[[Site], Scene]) -> None:
    chance = random.Random(3)
    many = {f"{n % 7}/{n}.html": b"%d" % n * 300 for n in range(150)}
    sites: list[Site] = [many, {path: data + b"!" for path, data in many.items() if chance.random() < 0.7}]
    scene = scenes(sites[0])
    for turn in range(40):
        new = sites[turn % 2]
        child = os.fork()
        if not child:
            built(scene.out, new, scene.marks)
            os._exit(0)
        time.sleep(chance.random() * 0.05)
        os.kill(child, 9)
        os.waitpid(child, 0)
        assert nothing_half_written(scene.out, (*sites, FOREIGN))
        recovered(scene.out)
        assert scene.beside == []
        assert tree_of(scene.out) in [{**whole(site), **FOREIGN} for site in sites]
        if turn % 4 == 3:
            scene.marks = built(scene.out, new, scene.marks)
    assert verified(scene.out) == tuple(p for p in verified(scene.out) if p.severity == "warning")


def test_builds_started_together_never_mix(scenes: Callable[[Site], Scene]) -> None:
    scene = scenes(OLD)
    for _ in range(8):
        children = []
        for site in (OLD, NEW):
            child = os.fork()
            if not child:
                try:
                    built(scene.out, site, {})
                    os._exit(0)
                finally:
                    os._exit(1)
            children.append(child)
        assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
        assert tree_of(scene.out) in ({**whole(OLD), **FOREIGN}, {**whole(NEW), **FOREIGN})
        assert scene.beside == []


# ---------------------------------------------------------------- any trees

names = st.sampled_from(["a", "b", "c", "d.html"])
paths = st.lists(names, min_size=1, max_size=3).map("/".join)


def fits(paths: Iterator[str] | list[str]) -> bool:
    """Whether no path is a folder of another."""
    known = set(paths)
    return not any("/".join(path.split("/")[:n]) in known for path in known for n in range(1, path.count("/") + 1))


trees = st.dictionaries(paths, st.binary(max_size=3), max_size=6).filter(lambda tree: fits(list(tree)))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(trees, trees), min_size=1, max_size=4))
def test_no_file_of_others_is_ever_touched(folder: Path, turns: list[tuple[Site, Site]]) -> None:
    base = Path(mkdtemp(dir=folder))
    out, marks, foreign = base / "build", dict[str, Mark](), dict[str, bytes]()
    published: Site = {}
    for new_foreign, site in turns:
        added = {path: data for path, data in new_foreign.items() if fits([*published, *foreign, path])}
        if published:
            put(out, {path: data for path, data in added.items() if path not in published})
            foreign |= {path: data for path, data in added.items() if path not in published}
        possible = fits([*site, *foreign]) and not site.keys() & foreign.keys()
        try:
            marks = built(out, site, marks)
            assert possible
            published = site
        except MachineFault:
            assert not possible
        found = tree_of(out) if out.exists() else {}
        assert manifest_pages(found.pop(MANIFEST, b"")).keys() == published.keys()
        assert found == {**published, **foreign}
    assert [path.name for path in base.iterdir()] in (["build"], [])
