"""Where two processes read and render, the incremental site is the clean one, which one process has made."""

from __future__ import annotations

from collections.abc import Sequence
from unittest import mock

from hypothesis import given

from .edits import Step
from .law import holds
from .sequences import sequences, tried


@tried(0.5)
@given(sequences(jobs=2))
def test_after_any_edits_the_site_of_two_processes_is_the_clean_one_of_one(steps: Sequence[Step]) -> None:
    with mock.patch("generator.memory.CLOCK_STEP_NS", 0):
        holds(steps)
