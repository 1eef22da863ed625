"""All that can be said of a chronicle before it is built: what is wrong in any file, and what its editor should look at."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec

from .edition import edition
from .memory import Memory
from .orders import Order
from .problems import Problem, in_order
from .remarks import remarks_of


class Inspection(msgspec.Struct, frozen=True):
    """The problems and remarks, sorted, and how many files of content were read."""

    problems: tuple[Problem, ...]
    files: int


def inspected(root: Path, now: datetime.datetime, jobs: int, memory: Memory) -> Inspection:
    """A chronicle as it would be published and as it is with drafts; the desk is asked about all that is written."""
    order = Order(root=root, now=now, jobs=jobs)
    public = edition(order, memory)
    is_whole = public.desk is not None and not public.desk.chronicle.withheld  # then drafts change nothing
    whole = public if is_whole else edition(msgspec.structs.replace(order, drafts=True), memory)
    remarks = remarks_of(whole.desk.chronicle) if whole.desk else ()
    return Inspection(in_order((*public.problems, *whole.problems, *remarks)), len(whole.sources.files))
