"""Folders below a root, each opened from the one before, so that no symbolic link on the way is ever followed.

A folder that is none, or may not be read, is a `Problem` inside `NotRead`, which no function of `files` or `scan` lets out.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .machine import MachineFault, machine_faults, reason_of
from .problems import Problem

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FOR_THE_AUTHOR = {errno.EACCES, errno.EPERM, errno.ENAMETOOLONG}
_KINDS = {
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFIFO: "a FIFO",
    stat.S_IFSOCK: "a socket",
    stat.S_IFDIR: "a folder",
    stat.S_IFREG: "a file",
}


class NotRead(Exception):
    """A folder on the way that could not be opened; `problem` says which and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@contextmanager
def folder_at(root: Path, path: str) -> Iterator[int]:
    """The descriptor of a folder below the root; the root itself may be a link, as its user named it."""
    with _walked(root, path, inner_folder) as folder:
        yield folder


@contextmanager
def made_folder_at(root: Path, path: str) -> Iterator[int]:
    """The same, with every missing folder on the way made."""
    with _walked(root, path, _made_folder) as folder:
        yield folder


def inner_folder(folder: int, name: str, path: str) -> int:
    """The descriptor of a folder in a folder; `path` is for the message."""
    try:
        return descriptor(folder, name, _FOLDER)
    except OSError as error:
        raise NotRead(not_opened(folder, name, path, error)) from error


def descriptor(folder: int, name: str, flags: int) -> int:
    """What is opened by its composed name, else by its decomposed one, as older Macs store it."""
    try:
        return os.open(name, flags, dir_fd=folder)
    except FileNotFoundError:
        if name.isascii():
            raise
        return os.open(unicodedata.normalize("NFD", name), flags, dir_fd=folder)


def odd_file(path: str, mode: int) -> Problem:
    """The problem of what is no regular file, by its mode."""
    kind = _KINDS.get(stat.S_IFMT(mode), "a device")
    verb = "followed" if stat.S_ISLNK(mode) else "read"
    hint = "put the file itself there, or remove it"
    return Problem(rule="odd-file", path=path, message=f"is {kind}; not {verb}", hint=hint)


def not_opened(folder: int, name: str, path: str, error: OSError) -> Problem:
    """Why something in a folder could not be opened, as far as an author can mend it."""
    if isinstance(error, FileNotFoundError):
        return Problem(rule="file-missing", path=path, message="is not there")
    if error.errno in _FOR_THE_AUTHOR:
        hint = "give yourself the right to read it"
        return Problem(rule="file-unreadable", path=path, message=f"cannot be read: {reason_of(error)}", hint=hint)
    with machine_faults(path):
        mode = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
    if stat.S_ISDIR(mode) or (stat.S_ISREG(mode) and error.errno != errno.ENOTDIR):
        raise MachineFault(path, reason_of(error)) from error
    return odd_file(path, mode)


def _made_folder(folder: int, name: str, path: str) -> int:
    with machine_faults(path), suppress(FileExistsError):
        os.mkdir(name, dir_fd=folder)
    return inner_folder(folder, name, path)


@contextmanager
def _walked(root: Path, path: str, step: Callable[[int, str, str], int]) -> Iterator[int]:
    """The descriptor at the end of the way from the root, a step a folder."""
    with machine_faults(root):
        folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        parts = [part for part in path.split("/") if part not in ("", ".")]
        for count, part in enumerate(parts, 1):
            before, folder = folder, step(folder, part, "/".join(parts[:count]))
            os.close(before)
        yield folder
    finally:
        os.close(folder)
