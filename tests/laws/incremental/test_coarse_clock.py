"""On a disk whose clock steps by two seconds (FAT) two texts may share a stamp: the incremental site is the clean one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from unittest import mock

from hypothesis import given

from generator import scan

from .edits import Step
from .law import holds
from .sequences import sequences, tried

CLOCK_STEP_NS = 2_000_000_000


def coarse(status: os.stat_result) -> scan.Stamp:
    """The stamp of a file on such a disk."""
    times = (time - time % CLOCK_STEP_NS for time in (status.st_mtime_ns, status.st_ctime_ns))
    return scan.Stamp(status.st_size, *times, status.st_ino)


@tried(0.5)
@given(sequences())
def test_after_any_edits_the_site_is_the_clean_one_where_different_texts_share_a_stamp(steps: Sequence[Step]) -> None:
    with mock.patch.object(scan, "_stamp", coarse):
        holds(steps)
