"""Facts about which file system a folder stands on."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import mounts
from generator.mounts import deaf_mount, kind_of

TABLE = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:40 / /mnt/share rw - nfs4 server:/x rw
31 30 254:1 / /mnt/share/inner rw - xfs /dev/vdb rw
32 22 0:41 / /mnt/with\\040space rw master:1 propagate_from:2 - fuse.sshfs host: rw
33 22 0:42 / /mnt/twice rw - ext4 /dev/vdc rw
34 33 0:43 / /mnt/twice rw - overlay overlay rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "ext4"),
        ("/mnt", "ext4"),
        ("/mnt/share", "nfs4"),
        ("/mnt/share/a", "nfs4"),
        ("/mnt/shared", "ext4"),
        ("/mnt/share/inner/a", "xfs"),
        ("/mnt/with space/a", "fuse.sshfs"),
        ("/mnt/twice/a", "overlay"),
    ],
)
def test_the_innermost_mount_counts(path: str, kind: str) -> None:
    assert kind_of(path, TABLE.splitlines()) == kind


@pytest.mark.parametrize(
    ("kind", "deaf"),
    [("ext4", False), ("tmpfs", False), ("nfs4", True), ("9p", True), ("overlay", True), ("fuse.grpcfuse", True)],
)
def test_a_folder_whose_changes_are_not_told_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, deaf: bool
) -> None:
    (tmp_path / "table").write_text(f"22 1 254:0 / / rw - {kind} x rw\n", encoding="utf-8")
    monkeypatch.setattr(mounts, "TABLE", tmp_path / "table")
    assert deaf_mount(tmp_path) == (kind if deaf else "")


def test_without_a_table_every_system_is_taken_to_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mounts, "TABLE", tmp_path / "none")
    assert deaf_mount(tmp_path) == ""
