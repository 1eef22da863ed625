"""On any disk, edited and built at once, so that no stamp is old enough to be trusted: the incremental site is the clean one."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given

from .edits import Step
from .law import holds
from .sequences import sequences, tried


@tried(0.5)
@given(sequences())
def test_after_any_edits_the_site_is_the_clean_one_where_files_are_as_new_as_the_build(steps: Sequence[Step]) -> None:
    holds(steps)
