"""What all tests share: `--bless`, and Hypothesis that finds the same on every machine."""

from __future__ import annotations

import pytest
from hypothesis import settings

# The same examples on every run, so that a change is judged by what it changes; no deadline, as machines differ.
settings.register_profile("chronicle", derandomize=True, deadline=None, database=None)
# Others on every run, and many of them: for a machine that has a night.
settings.register_profile("nightly", deadline=None, database=None, max_examples=1000, print_blob=True)
settings.load_profile("chronicle")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="rewrite the expected files, for a review of their diff")


@pytest.fixture
def blessing(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are to be rewritten from what the code gives now."""
    return bool(request.config.getoption("--bless"))
