"""What stands in the output folder: which files are ours, which of them are as we wrote them, and which are not ours.

The manifest says which are ours. Its lines are those of `sha256sum`, so `sha256sum -c manifest.sha256` checks a site
wherever it was copied to.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from stat import S_ISREG

import msgspec

from .filenames import is_litter, shown
from .machine import MachineFault, machine_faults
from .problems import Problem, Severity
from .stands import Mark, Stand

MANIFEST = "manifest.sha256"
STAGED = "staged"
LOCK = "lock"

_COUNTED = 10_000
_OUR_TOOLS = {MANIFEST, f".{STAGED}", f".{LOCK}"}
_LINE = re.compile(r"^([0-9a-f]{64})  ([^\n]+)$", re.MULTILINE)
_OUTSIDE = re.compile(r"(?:^|/)\.{0,2}(?:/|$)|[\x00-\x1f\\]")


class Output(msgspec.Struct, frozen=True):
    """An output folder before a build.

    `listed` is the manifest in it, path to SHA-256; `pages` is all that is ours; `intact` are those that stand there just
    as the memory of former builds knows them; `foreign` is what is not ours, sorted. `is_manifest_ours` says that the
    manifest holds nothing else.
    """

    folder: Path
    listed: dict[str, str]
    pages: dict[str, str]
    intact: frozenset[str]
    foreign: tuple[str, ...]
    is_manifest_ours: bool = True


def is_inside(path: str) -> bool:
    """Whether a relative path stays below its folder, and fits on one line."""
    return not _OUTSIDE.search(path)


def manifest_bytes(pages: Mapping[str, str]) -> bytes:
    """The manifest of pages given as path to SHA-256."""
    return "".join([f"{pages[path]}  {path}\n" for path in sorted(pages)]).encode()


def manifest_pages(data: bytes) -> dict[str, str]:
    """The pages of a manifest, path to SHA-256; what is no line of ours is left out."""
    return {path: sha256 for sha256, path in _LINE.findall(data.decode("utf-8", "replace")) if is_inside(path)}


def listed_pages(out: Path) -> dict[str, str]:
    """The pages that the manifest of an output folder lists; none where there is none."""
    return manifest_pages(_manifest(out))


def folders_of(paths: Iterable[str]) -> tuple[str, ...]:
    """Every folder that these paths lie in, outer ones first."""
    nearest = {path.rpartition("/")[0] for path in paths}
    return tuple(sorted({folder for path in nearest if path for folder in (path, *_folders(path))}))


def beside(out: Path, kind: str) -> Path:
    """A place for our tools beside the output folder; inside it where it is a mount point or its parent is not ours."""
    return _inside(out, kind) if _stands_alone(out) else out.with_name(f".{out.name}.{kind}")


def places_beside(out: Path, kind: str) -> tuple[Path, Path]:
    """Both places where such a tool of a former build may lie."""
    return out.with_name(f".{out.name}.{kind}"), _inside(out, kind)


def read_output(out: Path, marks: Mapping[str, Mark]) -> Output:
    """The output folder, as its manifest and the memory of former builds know it; a page is ours if either knows it.

    Refused, as a `MachineFault`: a folder that is not empty and holds nothing of ours.
    """
    with machine_faults(out):
        ours = (out / MANIFEST).is_file()
        if not ours and not marks:
            _refuse_files_of_others(out)
        (listed, is_ours), standing = _listed(out, marks), dict(_standing(f"{out}", ""))
        adopted = {p: m.sha256 for p, m in marks.items() if p not in listed and _as_written(standing.get(p), m)}
        if not ours and not adopted:
            _refuse_files_of_others(out)
    pages = listed | adopted
    foreign = sorted(path for path, status in standing.items() if path not in pages or status is None)
    intact = frozenset(
        path for path, mark in marks.items() if pages.get(path) == mark.sha256 and _as_written(standing.get(path), mark)
    )
    return Output(out, listed, pages, intact, tuple(foreign), is_ours)


def output_as_marked(out: Path, marks: Mapping[str, Mark]) -> Output:
    """An output folder that is known to hold the pages of the memory as they were written, and nothing else."""
    pages = {path: mark.sha256 for path, mark in marks.items()}
    return Output(out, pages, pages, frozenset(marks), ())


def stands_as_written(out: Path, stands: Mapping[str, Stand]) -> bool:
    """Whether the output folder holds the pages of the memory as they were written, our tools, and nothing else."""
    folders, seen = [(f"{out}", "")], 0
    with machine_faults(out):
        while folders:
            folder, prefix = folders.pop()
            with os.scandir(folder) as entries:
                for entry in entries:
                    path = prefix + entry.name
                    stand = stands.get(path)
                    if stand is not None and _as_written(entry.stat(follow_symlinks=False), stand):
                        seen += 1
                    elif stand is None and entry.is_dir(follow_symlinks=False):
                        folders.append((entry.path, f"{path}/"))
                    elif path not in _OUR_TOOLS:
                        return False
    return seen == len(stands)


def status_of_manifest(out: Path) -> tuple[int, int]:
    """Size and time of change, in nanoseconds, of the manifest of an output folder; of none where there is none."""
    try:
        status = os.stat(out / MANIFEST, follow_symlinks=False)
    except (FileNotFoundError, NotADirectoryError):
        return -1, 0
    return status.st_size, status.st_mtime_ns


def with_contents(output: Output) -> Output:
    """The output without the pages whose contents are not what was written: files can be altered behind their stamps."""
    with machine_faults(output.folder):
        sound = (path for path in output.intact if _sha256_of(output.folder / path) == output.pages[path])
        return msgspec.structs.replace(output, intact=frozenset(sound))


def foreign_files(output: Output) -> tuple[Problem, ...]:
    """A warning for each file in the output folder that is not ours."""
    message = "is not ours; it is left as it is"
    return tuple(_of(output.folder, "foreign-file", path, message, severity="warning") for path in output.foreign)


def obstacles(output: Output, planned: Iterable[str]) -> tuple[Problem, ...]:
    """A problem for each planned path that a file which is not ours keeps from being written."""
    if not output.foreign:
        return ()
    foreign = frozenset(output.foreign)
    held = foreign | {folder for path in foreign for folder in _folders(path)}
    blocked = [path for path in planned if path in held or any(folder in foreign for folder in _folders(path))]
    message = "a page belongs here, but a file that is not ours stands in its place"
    return tuple(_of(output.folder, "foreign-file", path, message, "move it away") for path in sorted(blocked))


def verified(out: Path) -> tuple[Problem, ...]:
    """Every file that is not as the manifest says: altered, missing, or foreign (a warning)."""
    with machine_faults(out):
        if not (out / MANIFEST).is_file():
            return (_of(out, "manifest-missing", MANIFEST, "is not there", "build the site first"),)
        listed, standing = listed_pages(out), dict(_standing(f"{out}", ""))
        found = [
            _of(out, "page-missing", path, "is listed in the manifest, but is not there", "build again")
            if path not in standing
            else _of(out, "page-altered", path, "is not what the manifest says", "build again")
            for path, sha256 in sorted(listed.items())
            if standing.get(path) is None or _sha256_of(out / path) != sha256
        ]
    foreign = tuple(sorted(standing.keys() - listed.keys()))
    return (*found, *foreign_files(Output(out, listed, listed, frozenset(), foreign)))


def _sha256_of(path: Path) -> str:
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _manifest(out: Path) -> bytes:
    try:
        return (out / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""


def _listed(out: Path, marks: Mapping[str, Mark]) -> tuple[dict[str, str], bool]:
    """The pages that the manifest lists, and whether that is all it holds; the one that the memory would write is not parsed."""
    data, remembered = _manifest(out), {path: mark.sha256 for path, mark in marks.items()}
    if data == manifest_bytes(remembered):
        return remembered, True
    listed = manifest_pages(data)
    return listed, data == manifest_bytes(listed)


def _inside(out: Path, kind: str) -> Path:
    return out / f".{kind}"


def _stands_alone(out: Path) -> bool:
    """Whether nothing can be put beside the folder and then moved into it."""
    if not out.is_dir():
        return False
    return out.stat().st_dev != out.parent.stat().st_dev or not os.access(out.parent, os.W_OK)


def _standing(folder: str, prefix: str) -> Iterator[tuple[str, os.stat_result | None]]:
    """Every path below a folder but those of our tools, with its status; none where it is no regular file."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        path = prefix + entry.name
        if path in _OUR_TOOLS:
            continue
        if not entry.is_dir(follow_symlinks=False):
            yield path, entry.stat(follow_symlinks=False) if entry.is_file(follow_symlinks=False) else None
        elif os.access(entry.path, os.R_OK | os.X_OK):
            yield from _standing(entry.path, f"{path}/")
        else:
            yield path, None


def _refuse_files_of_others(out: Path) -> None:
    """A `MachineFault` where the folder holds anything but what systems leave behind."""
    others = sum(1 for _ in islice((p for p, _ in _standing(f"{out}", "") if not is_litter(p.split("/")[0])), _COUNTED))
    if others:
        number = f"{others} or more" if others == _COUNTED else f"{others}"
        files = "file that is" if others == 1 else "files that are"
        raise MachineFault(
            out,
            f"refusing: {out.name} holds {number} {files} not ours (no manifest); move them away, or choose another folder with --out",
        )


def _as_written(status: os.stat_result | None, mark: Mark | Stand) -> bool:
    """Whether a file is the one that was written, by its kind, size and time of change."""
    if status is None or not S_ISREG(status.st_mode):
        return False
    return status.st_size == mark.size and status.st_mtime_ns == mark.mtime_ns


def _folders(path: str) -> Iterator[str]:
    """The folders that a path lies in, the innermost first."""
    while path := path.rpartition("/")[0]:
        yield path


def _of(out: Path, rule: str, path: str, message: str, hint: str = "", severity: Severity = "error") -> Problem:
    return Problem(rule=rule, path=shown(f"{out.name}/{path}"), message=message, hint=hint, severity=severity)
