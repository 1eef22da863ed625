"""Wherever the memory is damaged, and however late the build comes to read that part of it, the site is the clean one."""

from __future__ import annotations

import pytest

from .edits import DamageMemory, Step
from .law import holds


@pytest.mark.parametrize("at", range(0, 1000, 50))
def test_what_the_output_held_is_cleared_away_though_the_memory_of_it_is_lost(at: int) -> None:
    holds([Step(embargo_ended=True), Step(DamageMemory(at, 5000))])
