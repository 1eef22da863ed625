"""Work spread over processes gives what one process gives, in the order of the items."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from generator.course import Course
from generator.workers import WorkerDied, spread


def evens(items: Sequence[int]) -> list[int]:
    """Fewer results than items, as when some need nothing."""
    return [item for item in items if item % 2 == 0]


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 1000, 10_000])
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_items_whatever_the_number_of_processes(count: int, jobs: int) -> None:
    assert spread(evens, range(count), jobs) == evens(range(count))


def test_an_exception_in_any_process_is_raised_here() -> None:
    def fails(items: Sequence[int]) -> list[int]:
        if 700 in items:
            raise LookupError("700")
        return []

    for jobs in (1, 2):
        with pytest.raises(LookupError, match="700"):
            spread(fails, range(1000), jobs)


def test_a_worker_that_dies_is_missed() -> None:
    parent = os.getpid()

    def dies(items: Sequence[int]) -> list[int]:
        if os.getpid() != parent:
            os._exit(9)
        return list(items)

    with pytest.raises(WorkerDied):
        for _ in range(50):  # the other process takes a run sooner or later
            spread(dies, range(100_000), 2)


def test_the_course_of_the_work_is_told_and_never_goes_back() -> None:
    class Listener(Course):
        def __init__(self) -> None:
            self.told: list[tuple[int, int]] = []

        def advance(self, done: int, total: int) -> None:
            self.told.append((done, total))

    for jobs in (1, 2):
        listener = Listener()
        spread(evens, range(5000), jobs, listener)
        assert listener.told == sorted(listener.told)
        assert all(done < total for done, total in listener.told)
