"""The one gate through which files are read, and the one place where content is written.

Paths are relative to a root, with `/`, in NFC; `.` is the root itself. No symbolic link below the root is followed: each
folder on the way is opened from the one before, and so is the file. What an author can mend (a link, a wrong encoding, a
file too large or not readable) is a `Problem`; what only the machine can mend is a `MachineFault`.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from .decoding import Text, decoded
from .folders import NotRead, descriptor, folder_at, made_folder_at, not_opened, odd_file
from .machine import MachineFault, machine_faults
from .problems import Problem
from .scan import PAUSE

TEXT_LIMIT = 320 * 1024
PACKAGE = Path(__file__).parent

_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def sha256_hex(data: bytes) -> str:
    """SHA-256 in hex, as `sha256sum` prints it."""
    return hashlib.sha256(data).hexdigest()


def digest(*parts: bytes | str) -> str:
    """32 hex digits (BLAKE2b) that stand for these parts in this order; `("a", "bc")` and `("ab", "c")` differ."""
    datas = [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts]
    whole = b"".join([piece for data in datas for piece in (b"%d:" % len(data), data)])
    return hashlib.blake2b(whole, digest_size=16).hexdigest()


def read_text_at(root: Path, path: str, limit: int = TEXT_LIMIT) -> Text | Problem:
    """The text of one file of at most `limit` bytes."""
    (text,) = read_texts(root, (path,), limit)
    return text


def read_texts(root: Path, paths: Iterable[str], limit: int = TEXT_LIMIT) -> Iterator[Text | Problem]:
    """The text of each file, in the order of the paths; quickest where those of one folder follow each other."""
    for path, data in read_contents(root, paths, limit):
        yield data if isinstance(data, Problem) else decoded(path, data)


def read_bytes_at(root: Path, path: str, limit: int) -> bytes | Problem:
    """The bytes of one file of at most `limit` bytes."""
    ((_, data),) = read_contents(root, (path,), limit)
    return data


def read_package_data(name: str) -> bytes:
    """A file packed into this package, by its path inside it."""
    with machine_faults(PACKAGE / name):
        return (PACKAGE / name).read_bytes()


def package_names() -> tuple[str, ...]:
    """The path of every file packed into this package, sorted; compiled files are none of them."""
    found = (Path(folder, name) for folder, _, names in os.walk(PACKAGE) for name in names)
    return tuple(sorted(p.relative_to(PACKAGE).as_posix() for p in found if p.parent.name != "__pycache__"))


def read_contents(root: Path, paths: Iterable[str], limit: int) -> Iterator[tuple[str, bytes | Problem]]:
    """Each path with its bytes; a folder stays open while paths in it follow each other."""
    for folder, group in groupby(paths, key=lambda path: path.rpartition("/")[0]):
        inside = list(group)
        try:
            with machine_faults(folder), folder_at(root, folder) as opened:
                for path in inside:
                    yield path, _settled(opened, path, limit)
        except NotRead as fault:
            yield from ((path, _lies_in(path, fault.problem)) for path in inside)


def _settled(folder: int, path: str, limit: int) -> bytes | Problem:
    """The bytes of a file, with a second look where it was gone or just being written."""
    first = _once(folder, path, limit)
    if isinstance(first, bytes) or first.rule not in ("file-missing", "file-changing"):
        return first
    time.sleep(PAUSE)
    return _once(folder, path, limit)


def _once(folder: int, path: str, limit: int) -> bytes | Problem:
    name = path.rpartition("/")[2]
    try:
        file = descriptor(folder, name, _FILE)
    except OSError as error:
        return not_opened(folder, name, path, error)
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            return odd_file(path, status.st_mode)
        return _too_large(path, limit) if status.st_size > limit else _whole(file, path, status.st_size)
    finally:
        os.close(file)


def _whole(file: int, path: str, size: int) -> bytes | Problem:
    """Exactly `size` bytes up to the end of the file; more or fewer mean that it is being written."""
    with machine_faults(path):
        data = os.read(file, size + 1)
        while len(data) < size and (more := os.read(file, size + 1 - len(data))):
            data += more
    if len(data) == size:
        return data
    return Problem(rule="file-changing", path=path, message="is being written by another program", hint="build again")


def write_new(root: Path, path: str, text: str) -> Problem | None:
    """Nothing, and a new content file with its folders; or a problem, where something of that name exists already."""
    folder, _, name = path.rpartition("/")
    try:
        with made_folder_at(root, folder) as opened, machine_faults(path):
            _write(opened, name, text.encode())
    except NotRead as fault:
        return _lies_in(path, fault.problem)
    except MachineFault as fault:
        if not isinstance(fault.__cause__, FileExistsError):
            raise
        return Problem(rule="file-exists", path=path, message="exists already; nothing was written")
    return None


def write_all_new(root: Path, texts: Mapping[str, str]) -> Problem | None:
    """Nothing, and all these content files by path; or a problem, and none of them, also where the writing was interrupted."""
    written: list[str] = []
    problem: Problem | None = None
    try:
        for path, text in texts.items():
            problem = write_new(root, path, text)
            if problem:
                break
            written.append(path)
        return problem
    finally:
        for path in written if len(written) < len(texts) else ():
            _take_away(root, path)


def _take_away(root: Path, path: str) -> None:
    folder, _, name = path.rpartition("/")
    with made_folder_at(root, folder) as opened:
        os.unlink(name, dir_fd=opened)


def _write(folder: int, name: str, data: bytes) -> None:
    """The whole file or none: one that could not be written to its end is taken away again."""
    opened = os.open(name, _NEW, 0o666, dir_fd=folder)
    try:
        with open(opened, "wb") as file:
            file.write(data)
    except BaseException:
        os.unlink(name, dir_fd=folder)
        raise


def _too_large(path: str, limit: int) -> Problem:
    message = f"is larger than {limit // 1024} KiB; not read"
    return Problem(rule="file-too-large", path=path, message=message, hint="shorten or split it")


def _lies_in(path: str, of_folder: Problem) -> Problem:
    """The problem of a file whose folder has one."""
    if of_folder.rule == "file-missing":
        return Problem(rule="file-missing", path=path, message="is not there")
    message = f"cannot be read: {of_folder.path} {of_folder.message}"
    return Problem(rule=of_folder.rule, path=path, message=message, hint=of_folder.hint)
