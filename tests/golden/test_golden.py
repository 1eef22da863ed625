"""The golden site: what the awkward chronicle becomes, byte for byte. `make bless` rewrites it; review reads the diff."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.chronicles import GOLDEN, built, copy_of, tree

SITE = Path(__file__).parent / "site"
COPIED = ("static/style.css", "static/site.js", "static/theme.js", "manifest.sha256")
"""Files that are copies of others, or follow from them."""


def golden_tree(tmp_path: Path) -> dict[str, bytes]:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    outcome = built(root)
    assert [p for p in outcome.problems if p.severity == "error"] == []
    return {path: data for path, data in tree(root / "build").items() if path not in COPIED}


def test_the_awkward_chronicle_becomes_the_golden_site(tmp_path: Path, blessing: bool) -> None:
    made = golden_tree(tmp_path)
    if blessing:
        shutil.rmtree(SITE, ignore_errors=True)
        for path, data in made.items():
            (SITE / path).parent.mkdir(parents=True, exist_ok=True)
            (SITE / path).write_bytes(data)
    expected = tree(SITE)
    assert sorted(made) == sorted(expected)
    assert {path for path in made if made[path] != expected[path]} == set()
