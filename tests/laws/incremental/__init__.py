"""The law that protects whatever is left out of a build: it gives what a clean build gives, after any edits."""

import pytest

pytest.register_assert_rewrite("tests.laws.incremental.law")
