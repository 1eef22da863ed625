"""Every index page of the real chronicle agrees with a recount from its source files."""

from __future__ import annotations

from pathlib import Path

from tests.chronicles import built
from tests.laws.test_build_laws import broken_links
from tests.recount import entries, recount

REPOSITORY = Path(__file__).parents[2]


def test_every_index_agrees_with_the_sources_and_every_link_leads_somewhere(tmp_path: Path) -> None:
    out = tmp_path / "site"
    outcome = built(REPOSITORY, out, jobs=2)
    assert outcome.problems == ()
    assert recount(REPOSITORY, out) == []
    assert broken_links(out) == []


def test_there_is_a_page_for_every_record(tmp_path: Path) -> None:
    out = tmp_path / "site"
    built(REPOSITORY, out, jobs=2)
    assert len(entries(REPOSITORY)) == 95
    for folder, pages in (
        ("seeds", "sources"),
        ("content/cities", "cities"),
        ("content/waves", "waves"),
        ("content/publishers", "publishers"),
    ):
        for file in (REPOSITORY / folder).glob("*.md"):
            assert (out / pages / f"{file.stem}.html").is_file(), file
    for file in (REPOSITORY / "content/incidents").rglob("*.md"):
        assert (out / "incidents" / f"{file.stem}.html").is_file(), file


def test_a_recount_sees_a_missing_row(tmp_path: Path) -> None:
    out = tmp_path / "site"
    built(REPOSITORY, out)
    page = out / "cities" / "belgorod.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace("2026-02-18-belgorod-rocket.html", "elsewhere.html"), encoding="utf-8"
    )
    assert [line.partition(":")[0] for line in recount(REPOSITORY, out)] == ["cities/belgorod.html#incidents"]
