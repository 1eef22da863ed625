"""What is still to be done to an output folder, so that a build that was killed is finished by the next.

The work place beside the output holds a tree of pages that are written and not yet moved in, the new manifest, and, last
of all, the journal. Until the journal has its name nothing in the output has changed, and what lies there is worth
nothing. From then on the work is done, by this run or the next: each step may be repeated, and one that was done
before is passed over. Paths in a journal and links in a work place are not trusted: both may come with a copied folder.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG

import msgspec

from .machine import MachineFault, machine_faults
from .manifest import MANIFEST, STAGED, folders_of, is_inside, places_beside

JOURNAL = "journal"

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class Journal(msgspec.Struct, frozen=True):
    """The name of the tree in the work place, the paths to move from it into the output, and the paths to remove there."""

    tree: str
    moved: tuple[str, ...]
    removed: tuple[str, ...]


def recovered(out: Path) -> bool:
    """Whether a build that was killed had to be finished; what another one left unfinished before its journal is swept away."""
    found = False
    for work in places_beside(out, STAGED):
        with machine_faults(work):
            if journal := _journal(work):
                rolled_forward(out, work, journal)
                found = True
            sweep(work)
    return found


def write_journal(work: Path, journal: Journal) -> None:
    """The journal in the work place, whole or not at all, also after a power cut."""
    written(work / f"{JOURNAL}.new", msgspec.json.encode(journal))
    synced(work / f"{JOURNAL}.new")
    os.rename(work / f"{JOURNAL}.new", work / JOURNAL)
    synced(work)


def rolled_forward(out: Path, work: Path, journal: Journal) -> None:
    """The output as the journal wants it; then the journal is gone."""
    removed_from(out, journal.removed)
    for folder in ("", *folders_of(journal.moved)):
        make_folder(out / folder)
    tree = work / journal.tree
    real = _real_folders(tree, journal.moved)
    for path in journal.moved:
        if path.rpartition("/")[0] in real:
            _move(f"{tree}/{path}", f"{out}/{path}")
    _move(f"{work}/{MANIFEST}", f"{out}/{MANIFEST}")
    os.unlink(work / JOURNAL)


def removed_from(out: Path, paths: Iterable[str]) -> None:
    """These files are gone, and the folders that became empty with them; what is no regular file is not ours."""
    gone = [path for path in paths if is_inside(path)]
    real = _real_folders(out, gone)
    for path in gone:
        if path.rpartition("/")[0] in real:
            _remove(f"{out}/{path}")
    for folder in reversed(folders_of(gone)):
        if folder in real:
            remove_empty(out / folder)


def remove_empty(folder: Path) -> None:
    """A folder that holds nothing is gone; any other is left."""
    try:
        os.rmdir(folder)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT):
            raise


def sweep(place: Path) -> None:
    """Whatever stood there is gone; no link is followed."""
    with suppress(FileNotFoundError, NotADirectoryError):
        if not place.is_symlink():
            with os.scandir(place) as entries:
                inside = list(entries)
            for entry in inside:
                sweep(Path(entry.path)) if entry.is_dir(follow_symlinks=False) else os.unlink(entry.path)
            os.rmdir(place)
            return
    place.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """A folder of mode 0755, whatever the umask; a link or a file in its place is refused."""
    try:
        os.mkdir(folder)
        os.chmod(folder, 0o755)  # noqa: S103 — a site is there to be read
    except FileExistsError:
        if not S_ISDIR(os.lstat(folder).st_mode):
            raise MachineFault(
                folder, "a folder belongs here, but a file that is not ours stands in its place"
            ) from None


def written(path: str | Path, data: bytes) -> os.stat_result:
    """The status of a new file of mode 0644, whatever the umask."""
    file = os.open(path, _NEW, 0o644)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
        status = os.fstat(file)
        if status.st_mode & 0o777 != 0o644:
            os.fchmod(file, 0o644)
        return status
    finally:
        os.close(file)


def synced(path: Path) -> None:
    """A file or folder of which a power cut takes nothing away."""
    opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _journal(work: Path) -> Journal | None:
    """The journal of a work place; none where there is none, or it is not ours."""
    if work.is_symlink():
        return None
    try:
        journal = msgspec.json.decode((work / JOURNAL).read_bytes(), type=Journal)
    except (FileNotFoundError, NotADirectoryError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    paths = (journal.tree, *journal.moved, *journal.removed)
    return journal if "/" not in journal.tree and all(map(is_inside, paths)) else None


def _real_folders(base: Path, paths: Iterable[str]) -> frozenset[str]:
    """The folders of these paths that are folders and no links, and lie in such; the base is the empty path."""
    real = {""} if _is_folder(base) else set()
    for folder in folders_of(paths):
        if folder.rpartition("/")[0] in real and _is_folder(base / folder):
            real.add(folder)
    return frozenset(real)


def _is_folder(path: Path) -> bool:
    with suppress(FileNotFoundError, NotADirectoryError):
        return S_ISDIR(os.lstat(path).st_mode)
    return False


def _remove(path: str) -> None:
    with suppress(FileNotFoundError):
        if S_ISREG(os.lstat(path).st_mode):
            os.unlink(path)


def _move(source: str, target: str) -> None:
    """The file in its place; one that is not there was moved before. An empty folder in its place gives way."""
    with suppress(FileNotFoundError):
        try:
            os.rename(source, target)
        except IsADirectoryError:
            os.rmdir(target)
            os.rename(source, target)
