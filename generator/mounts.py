"""On what kind of file system a folder stands, where that says that the system hears nothing of changes in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

TABLE = Path("/proc/self/mountinfo")

DEAF = frozenset(
    (
        "9p", "afs", "cifs", "drvfs", "fakeowner", "nfs", "nfs4", "ncpfs", "overlay", "prl_fs", "smb3", "smbfs", "vboxsf",
        "virtiofs",
    )
)  # fmt: skip
"""Kinds whose files are changed by others than this system's own programs: network folders, those that a container or WSL
shares with the machine around it, and layers over them."""

_ESCAPE = re.compile(r"\\([0-7]{3})")


def deaf_mount(folder: Path) -> str:
    """The kind of file system on which a folder stands, where no changes in it are told; else nothing.

    Every system but Linux is taken to tell.
    """
    try:
        lines = TABLE.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        kind = kind_of(f"{folder.resolve()}", lines)
    except OSError:
        return ""
    return kind if kind in DEAF or kind.startswith("fuse.") else ""


def kind_of(path: str, table: Iterable[str]) -> str:
    """The kind of the innermost mount above a path, by the lines of a `mountinfo` (proc(5)); of two at one place the later one."""
    found = ("", "")
    for line in table:
        place, _, kind = line.partition(" - ")
        fields = place.split(" ")
        if len(fields) < 5:
            continue
        point = _ESCAPE.sub(lambda match: chr(int(match[1], 8)), fields[4])
        is_above = path == point or path.startswith(f"{point.rstrip('/')}/")
        if is_above and len(point) >= len(found[0]):
            found = (point, kind.partition(" ")[0])
    return found[1]
