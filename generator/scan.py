"""What stands in the folders of a chronicle: one look at each file, none at its content."""

from __future__ import annotations

import os
import stat
import time
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import msgspec

from .filenames import fault_of_name, is_litter, shown
from .folders import NotRead, folder_at, inner_folder, not_opened, odd_file
from .machine import machine_faults
from .problems import Problem, in_order

DEPTH_LIMIT = 16

PAUSE = 0.02
"""Seconds until the second look at a file that a program is just replacing."""


class Stamp(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the file system says of a file; the same stamp means the same content. Times are in nanoseconds."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Found(msgspec.Struct, frozen=True, gc=False):
    """A regular file with an acceptable name."""

    path: str
    stamp: Stamp


class Scan(msgspec.Struct, frozen=True):
    """What stands in some folders: files sorted by path, what is wrong with others, and the paths passed over, sorted.

    `ignored` holds what editors and systems leave behind, and files with other suffixes; `began_ns` is the clock when
    the scan began.
    """

    files: tuple[Found, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...]
    began_ns: int


def scan(root: Path, folders: Iterable[str], suffixes: tuple[str, ...] = ()) -> Scan:
    """The files below these folders that end in one of the suffixes (in any, where none is given).

    A folder that does not exist is empty.
    """
    began_ns = time.time_ns()
    seen = [item for folder in folders for item in _in_folder(root, folder, suffixes)]
    files = sorted((item for item in seen if isinstance(item, Found)), key=lambda found: found.path)
    problems = [item for item in seen if isinstance(item, Problem)]
    ignored = sorted(item for item in seen if isinstance(item, str))
    return Scan(tuple(files), in_order([*problems, *_twins(files)]), tuple(ignored), began_ns)


def _in_folder(root: Path, folder: str, suffixes: tuple[str, ...]) -> Iterator[Found | Problem | str]:
    try:
        with machine_faults(folder), folder_at(root, folder) as opened:
            yield from _entries(opened, "" if folder == "." else f"{folder}/", suffixes)
    except NotRead as fault:
        if fault.problem.rule != "file-missing":
            yield fault.problem


def _entries(folder: int, prefix: str, suffixes: tuple[str, ...]) -> Iterator[Found | Problem | str]:
    """Everything below an open folder; `prefix` is its path, ending in `/`."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            path = prefix + (name if name.isascii() else unicodedata.normalize("NFC", name))
            if is_litter(name, suffixes):
                yield shown(path)
            elif fault := fault_of_name(name, suffixes):
                yield Problem(rule="file-name", path=shown(path), message=fault, hint="rename it")
            elif isinstance(status := _status(folder, entry, path), Problem):
                yield status
            elif stat.S_ISREG(status.st_mode):
                yield Found(path, _stamp(status)) if not suffixes or name.endswith(suffixes) else path
            elif stat.S_ISDIR(status.st_mode):
                yield from _below(folder, name, path, suffixes)
            else:
                yield odd_file(path, status.st_mode)


def _below(folder: int, name: str, path: str, suffixes: tuple[str, ...]) -> Iterator[Found | Problem | str]:
    if path.count("/") >= DEPTH_LIMIT:
        message = f"lies more than {DEPTH_LIMIT} folders deep; not read"
        yield Problem(rule="folder-depth", path=path, message=message, hint="move it up")
        return
    try:
        inner = inner_folder(folder, name, path)
    except NotRead as fault:
        yield fault.problem
        return
    try:
        yield from _entries(inner, f"{path}/", suffixes)
    finally:
        os.close(inner)


def _status(folder: int, entry: os.DirEntry[str], path: str) -> os.stat_result | Problem:
    """What `lstat` says, with a second look where the file was gone, since editors replace files by renaming."""
    try:
        return entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        time.sleep(PAUSE)
    except OSError as error:
        return not_opened(folder, entry.name, path, error)
    try:
        return os.stat(entry.name, dir_fd=folder, follow_symlinks=False)
    except OSError as error:
        return not_opened(folder, entry.name, path, error)


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _twins(files: Iterable[Found]) -> Iterator[Problem]:
    """Files with one path, which the file system keeps apart by how an accent is composed."""
    for one, other in pairwise(files):
        if one.path == other.path:
            message = "two files have this name, with accents composed differently"
            yield Problem(rule="file-name", path=one.path, message=message, hint="rename one")
