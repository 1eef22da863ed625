"""What stands in a chronicle now, without a look at what it says: every file by stamp, the known ones by the digest of their content.

That is enough to tell whether anything has changed since the last build, and costs a hundredth of reading it all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from .files import PACKAGE, digest, read_bytes_at, read_contents
from .memory import Memory
from .problems import Problem
from .scan import Found, Scan, Stamp, scan
from .shelves import CONTENT, MEDIA, SETTINGS_FILE, TEMPLATES, is_content

LARGEST_FILE = 64 * 1024 * 1024
"""Of media, templates and static files, in bytes."""

FEW = 256
"""Up to so many files whose stamps cannot be trusted are read only to see that they have not changed."""


class Survey(msgspec.Struct, frozen=True, dict=True):
    """The files of a chronicle.

    `digests` leads from the path of a content file or medium that has not been touched since the last build to the digest
    of its content, `known` from that of every one to the digest of what it held then. `look` holds the templates and static files by name, the chronicle's own before the default ones;
    `settings` is `site.yaml`.
    """

    found: Scan
    digests: dict[str, str]
    known: dict[str, str]
    look: dict[str, bytes | Problem]
    settings: bytes | Problem

    @cached_property
    def content(self) -> tuple[Found, ...]:
        """The files of records."""
        return tuple(f for f in self.found.files if f.path.endswith(".md") and is_content(f.path))

    @cached_property
    def media(self) -> tuple[Found, ...]:
        return tuple(f for f in self.found.files if f.path.startswith(f"{MEDIA}/"))


def survey(root: Path, known: Mapping[str, tuple[Stamp, str]]) -> Survey:
    """The files below the root of a chronicle; `known` are the stamps that they had, with the digests of what they held."""
    found = scan(root, (*CONTENT, TEMPLATES))
    return Survey(
        found=found,
        digests={f.path: known[f.path][1] for f in found.files if f.path in known and known[f.path][0] == f.stamp},
        known={path: content for path, (_, content) in known.items()},
        look=_look(root, [f.path for f in found.files if f.path.startswith(f"{TEMPLATES}/")]),
        settings=read_bytes_at(root, SETTINGS_FILE, LARGEST_FILE),
    )


def default_root() -> Path:
    """The folder in which the default templates stand: packed into the package, or beside it in a work tree."""
    return PACKAGE if (PACKAGE / TEMPLATES).is_dir() else PACKAGE.parent


def state(surveyed: Survey, digests: Mapping[str, str]) -> str:
    """What changes with any name or content below the root; empty where a content is not known, or a file is not as it should be."""
    contents = [digests.get(f.path, "") for f in (*surveyed.content, *surveyed.media)]
    look = [part for name, data in surveyed.look.items() for part in (name, data)]
    if not all(contents) or surveyed.found.problems:
        return ""
    if isinstance(surveyed.settings, Problem) or any(isinstance(part, Problem) for part in look):
        return ""
    names = "\n".join(f.path for f in surveyed.found.files)
    return digest(
        names, "".join(contents), surveyed.settings, *(part for part in look if not isinstance(part, Problem))
    )


def digests_now(root: Path, surveyed: Survey) -> Mapping[str, str]:
    """The digests of all contents, with a look into those few files that are too new to be known by their stamps."""
    unknown = [f.path for f in (*surveyed.content, *surveyed.media) if f.path not in surveyed.digests]
    if not unknown or len(unknown) > FEW:
        return surveyed.digests
    return surveyed.digests | _digests(read_contents(root, unknown, LARGEST_FILE))


def remember_survey(memory: Memory, surveyed: Survey, digests: Mapping[str, str]) -> None:
    """Keep the stamps of all files whose contents are known, with their digests."""
    memory.remember_files(stamps(surveyed, digests), surveyed.found.began_ns)


def stamps(surveyed: Survey, digests: Mapping[str, str]) -> dict[str, tuple[Stamp, str]]:
    """The stamps of the files whose contents are known, with their digests."""
    return {f.path: (f.stamp, digests[f.path]) for f in surveyed.found.files if f.path in digests}


def _digests(contents: Iterable[tuple[str, bytes | Problem]]) -> dict[str, str]:
    return {path: digest(data) for path, data in contents if isinstance(data, bytes)}


def _look(root: Path, paths: Sequence[str]) -> dict[str, bytes | Problem]:
    """The default templates and static files, each replaced by the chronicle's own of the same name."""
    default = default_root()
    theirs = paths if default == root else [f.path for f in scan(default, (TEMPLATES,)).files]
    found = {**_raw(default, theirs), **({} if default == root else _raw(root, paths))}
    return dict(sorted(found.items()))


def _raw(root: Path, paths: Sequence[str]) -> dict[str, bytes | Problem]:
    return {path.removeprefix(f"{TEMPLATES}/"): data for path, data in read_contents(root, paths, LARGEST_FILE)}
