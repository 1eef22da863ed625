"""Pages into the output folder, all or nothing.

    out = checked_output(out, root, sources)
    with locked(out, wait):
        recovered(out)                                     # finishes what a killed build had begun
        output = read_output(out, marks)
        with staging(out) as tree:
            staged = [stage(tree, path, data) …]           # in any process
            publish(output, tree, staged, kept)

What survives what. Until the journal stands beside the output, nothing in the output has changed; afterwards this run or
the next finishes the work. For a process that is killed this holds without waiting for the disk. It holds for a power cut too,
since pages that replace others are on the disk before the journal is: a few are synced one by one, more with one `sync`
of the whole machine (12 000 pages: 0.2 s instead of several). A site that appears for the first time replaces nothing: it
appears with one rename and unsynced, and what a power cut in the next seconds takes from it, the next build finds
altered and writes again.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from .files import sha256_hex
from .journal import (
    JOURNAL,
    Journal,
    make_folder,
    recovered,
    remove_empty,
    removed_from,
    rolled_forward,
    sweep,
    synced,
    write_journal,
    written,
)
from .machine import MachineFault, machine_faults
from .manifest import MANIFEST, STAGED, Output, beside, folders_of, is_inside, listed_pages, manifest_bytes, obstacles

SYNCED_SINGLY = 64
"""Up to so many files are synced one by one; more with all that the machine has not written yet."""


class Staged(msgspec.Struct, frozen=True, gc=False):
    """A page that is written and waits to be moved in: its path, size, time of change in nanoseconds and SHA-256 in hex."""

    path: str
    size: int
    mtime_ns: int
    sha256: str


def checked_output(out: Path, root: Path, sources: Iterable[str]) -> Path:
    """The absolute path of a folder that may be an output folder; any other is refused as a `MachineFault`.

    `sources` are the folders and files below the root that the chronicle is made from.
    """
    place = Path(os.path.abspath(out))
    with machine_faults(out):
        place = place.parent.resolve() / place.name
        if reason := _unfit(place, root.resolve(), sources):
            raise MachineFault(out, f"refusing: {reason}")
    return place


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """The tree to stage pages in, beside the output; at the end it is gone, unless a journal wants it."""
    with machine_faults(out):
        work = beside(out, STAGED)
        tree = work / f"{os.getpid()}"
        out.parent.mkdir(parents=True, exist_ok=True)
        make_folder(work)
        make_folder(tree)
    try:
        yield tree
    finally:
        with suppress(OSError):
            if not (work / JOURNAL).exists():
                sweep(work)


def stage(tree: Path, path: str, data: bytes) -> Staged:
    """The page, written into the tree; its folders are made as they are needed."""
    with machine_faults(path):
        try:
            status = written(f"{tree}/{path}", data)
        except FileNotFoundError:
            for folder in folders_of((path,)):
                make_folder(tree / folder)
            status = written(f"{tree}/{path}", data)
    return Staged(path, status.st_size, status.st_mtime_ns, sha256_hex(data))


def publish(output: Output, tree: Path, staged: Sequence[Staged], kept: Collection[str]) -> None:
    """The output folder with the staged and the kept pages, all its other pages gone, and the manifest of what is there.

    Kept can be what is intact, and nothing else.
    """
    _check(output, staged, kept)
    pages = {path: output.pages[path] for path in kept} | {page.path: page.sha256 for page in staged}
    stale = sorted(output.pages.keys() - pages.keys())
    if not staged and not stale and pages == output.listed and output.is_manifest_ours:
        return
    with machine_faults(output.folder):
        if output.folder.exists():
            _replace(output.folder, tree, tuple(sorted(page.path for page in staged)), tuple(stale), pages)
        else:
            written(tree / MANIFEST, manifest_bytes(pages))
            os.rename(tree, output.folder)


def clean(out: Path) -> None:
    """An output folder without any page of ours; the folder itself goes too, if nothing else is in it."""
    recovered(out)
    with machine_faults(out):
        if pages := listed_pages(out):
            removed_from(out, pages)
            removed_from(out, (MANIFEST,))
            remove_empty(out)


def _unfit(place: Path, root: Path, sources: Iterable[str]) -> str:
    """Why a folder cannot be an output folder; empty where it can."""
    if place.is_symlink():
        return "it is a symbolic link"
    if place.exists() and not place.is_dir():
        return "it is not a folder"
    if place == root or place in root.parents:
        return "it holds the chronicle itself"
    if os.path.lexists(place / ".git"):
        return "it is the root of a git work tree"
    for source in sources:
        real = (root / source).resolve()
        if place == real or place in real.parents or real in place.parents:
            return f"{source} is a source"
    return ""


def _check(output: Output, staged: Sequence[Staged], kept: Collection[str]) -> None:
    """Stops a caller that would make the manifest lie, or overwrite a file that is not ours."""
    paths = [page.path for page in staged]
    wrong = [path for path in kept if path not in output.intact]
    wrong += [path for path in paths if not is_inside(path) or path == MANIFEST]
    if wrong:
        raise ValueError(f"neither staged nor intact, or no path of a page: {wrong}")
    for problem in obstacles(output, paths)[:1]:
        raise MachineFault(problem.path, problem.message)


def _replace(out: Path, tree: Path, moved: tuple[str, ...], removed: tuple[str, ...], pages: dict[str, str]) -> None:
    """The output with some pages replaced and some removed, by way of the journal."""
    work = tree.parent
    _probe(out, moved, removed)
    written(work / MANIFEST, manifest_bytes(pages))
    _settle([work / MANIFEST, *(tree / path for path in moved)])
    journal = Journal(tree.name, moved, removed)
    write_journal(work, journal)
    rolled_forward(out, work, journal)


def _probe(out: Path, moved: Sequence[str], removed: Sequence[str]) -> None:
    """Stops before anything has changed where the work could not be finished: halfway would be too late."""
    for folder in ("", *folders_of((*moved, *removed))):
        place = out / folder
        if place.is_dir() and not os.access(place, os.W_OK | os.X_OK):
            raise MachineFault(place, "cannot be written; nothing was published. Make it writable and build again")
    gone = {*removed, *folders_of(removed)}
    for path in moved:
        if (out / path).is_dir() and any(p.relative_to(out).as_posix() not in gone for p in (out / path).rglob("*")):
            raise MachineFault(out / path, "a page belongs here, but a folder stands in its place; move it away")


def _settle(paths: Sequence[Path]) -> None:
    """All these files, and the folders they lie in, are on the disk."""
    if len(paths) > SYNCED_SINGLY:
        os.sync()
        return
    for path in [*paths, *sorted({path.parent for path in paths})]:
        synced(path)
