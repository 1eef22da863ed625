"""On a disk whose clock is fine every unchanged file is known by its stamp: the incremental site is the clean one."""

from __future__ import annotations

from collections.abc import Sequence
from unittest import mock

from hypothesis import given

from .edits import Step
from .law import holds
from .sequences import sequences, tried


@tried(0.5)
@given(sequences())
def test_after_any_edits_the_site_is_the_clean_one_where_stamps_are_trusted(steps: Sequence[Step]) -> None:
    with mock.patch("generator.memory.CLOCK_STEP_NS", 0):
        holds(steps)
