"""What is asked of the pipeline."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec

MEMORY_FOLDER = ".cache"
WAIT_SECONDS = 10.0
"""How long a build waits for another one of the same output."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for: the chronicle at `root`, as of `now`, with or without drafts, by so many processes.

    With `verify` a published page is known by its content, not by its size and time of change.
    """

    root: Path
    now: datetime.datetime
    drafts: bool = False
    verify: bool = False
    jobs: int = 1
