"""The list of open contradictions tells what the pages of entries tell, no more and no less, in pages that can be read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import chronicle as chronicles
from generator.views import contradictions
from generator.views.contradictions import _fitted
from generator.views.disputes import Clause, Dispute, Speaker
from generator.views.manners import LIST_ROOM
from tests.chronicles import GOLDEN, built, copy_of, written
from tests.laws.test_build_laws import broken_links
from tests.unit.chronicles import desk_of_texts, incident

BOX = re.compile(r'<h2 id="disagree">.*?</section>', re.DOTALL)
ITEM = re.compile(r'<li id="([^"]+)"><p>.*?</li>', re.DOTALL)
SAID = re.compile(r"<dt>.*?</dd>")
NO_LINK = re.compile(r'href="[^"]*#')
STATED = re.compile(r"<dt>[^<]*</dt>")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden chronicle with so many contradictions more that their list is split, some months of it too."""
    root = copy_of(GOLDEN, tmp_path_factory.mktemp("contradictions") / "chronicle")
    for n in range(120):
        disagreeing(root, f"2024-0{1 + n // 80}-{1 + n % 28:02}-entry-{n}", killed=n % 7)
    built(root)
    return root


@pytest.fixture(scope="module")
def site(root: Path) -> Path:
    return root / "build"


def disagreeing(root: Path, id: str, killed: int = 1, status: str = "current") -> None:
    """An entry of a day of which two sources give different figures, the second under a status."""
    says = [f"{{source: wire-1, says: {{casualties: {{killed: {killed}}}}}}}"]
    says.append(f'{{url: "https://example.org/{id}", says: {{casualties: {{killed: 9+}}}}, status: {status}}}')
    front = f"title: Entry {id}\ndate: {id[:10]}\ncity: moscow\nsources: [{', '.join(says)}]\n"
    written(root, f"content/incidents/{id[:4]}/{id}.md", f"---\n{front}---\n\nText.\n")


def sentences(html: str) -> list[str]:
    """The contradictions in a piece of a page, whatever page their links begin from."""
    return [NO_LINK.sub('href="#', said) for said in SAID.findall(html)]


def listed(site: Path) -> dict[str, list[str]]:
    """Every entry on the pages of the list, with its sentences where there was room for them."""
    pages = [site / "contradictions.html", *(site / "contradictions").rglob("*.html")]
    found: dict[str, list[str]] = {}
    for page in pages:
        for match in ITEM.finditer(page.read_text(encoding="utf-8")):
            found[match[1]] = sentences(match[0]) or found.get(match[1], [])
    return found


def boxes(site: Path) -> dict[str, list[str]]:
    """Every entry whose own page has a box of contradictions, with its sentences."""
    found = {}
    for page in sorted((site / "incidents").glob("*.html")):
        if box := BOX.search(page.read_text(encoding="utf-8")):
            found[page.stem] = sentences(box[0])
    return found


def test_the_list_says_of_each_entry_just_what_its_own_page_says(site: Path) -> None:
    found, own = listed(site), boxes(site)
    assert len(own) == 122
    assert found.keys() == own.keys()
    assert {id: said for id, said in found.items() if said} == {id: own[id] for id, said in found.items() if said}
    assert sum(map(bool, found.values())) >= 90


def test_the_newest_entry_comes_first_on_every_page_of_the_list(site: Path) -> None:
    for page in (site / "contradictions.html", *(site / "contradictions").rglob("*.html")):
        days = [match[1][:10] for match in ITEM.finditer(page.read_text(encoding="utf-8"))]
        assert days == sorted(days, reverse=True), page


def test_list_and_box_lead_to_each_other(site: Path) -> None:
    assert broken_links(site) == []
    for id in boxes(site):
        assert 'href="../contradictions.html"' in (site / f"incidents/{id}.html").read_text(encoding="utf-8")
    assert "#disagree" in (site / "contradictions.html").read_text(encoding="utf-8")


def test_every_page_of_the_list_can_be_read(site: Path) -> None:
    pages = [site / "contradictions.html", *(site / "contradictions").rglob("*.html")]
    assert len(pages) >= 5
    assert [page for page in pages if page.stat().st_size > 60 * 1024] == []


def test_the_data_hold_the_same_entries_by_year(site: Path) -> None:
    overview = json.loads((site / "data/contradictions.json").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = []
    for year in overview["years"]:
        path = site / f"data/contradictions/{year['year']}.json"
        rows = json.loads(path.read_text(encoding="utf-8"))["entries"]
        assert len(rows) == year["entries"]
        found += rows
    own = boxes(site)
    assert {row["id"]: len(row["contradictions"]) for row in found} == {id: len(said) for id, said in own.items()}
    assert len(overview["newest"]) == 50
    assert all(row in found for row in overview["newest"])


def test_what_a_source_has_replaced_or_taken_back_is_settled(tmp_path: Path) -> None:
    for status in ("superseded", "withdrawn"):
        root = copy_of(GOLDEN, tmp_path / status)
        disagreeing(root, "2025-03-03-x")
        built(root)
        assert "2025-03-03-x" in listed(root / "build")
        disagreeing(root, "2025-03-03-x", status=status)
        built(root)
        assert "2025-03-03-x" not in listed(root / "build")


def test_an_entry_that_is_taken_out_contradicts_nothing(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    disagreeing(root, "2025-03-03-x")
    path = root / "content/incidents/2025/2025-03-03-x.md"
    gone = (
        "status: retracted\nstatus_note: It was thunder.\nupdates: [{date: 2026-02-03, kind: retraction, text: T.}]\n"
    )
    path.write_text(path.read_text(encoding="utf-8").replace("city:", f"{gone}city:"), encoding="utf-8")
    built(root)
    assert "2025-03-03-x" not in listed(root / "build")
    assert b"2025-03-03-x" not in (root / "build/data/contradictions.json").read_bytes()


def test_one_more_entry_changes_few_pages_of_the_list(tmp_path: Path) -> None:
    changed = []
    for size in (60, 150):
        root = copy_of(GOLDEN, tmp_path / f"of-{size}")
        for n in range(size):
            disagreeing(root, f"202{n % 4}-{1 + n // 28:02}-{1 + n % 28:02}-entry-{n}")
        built(root)
        disagreeing(root, "2023-01-15-more")
        changed.append({path for path in built(root).written if "contradictions" in path})
    most = {
        "contradictions.html",
        "contradictions/2023.html",
        "data/contradictions.json",
        "data/contradictions/2023.json",
    }
    assert changed[0] <= most
    assert changed[1] <= most
    assert "contradictions/2023.html" in changed[1]


def test_an_entry_without_contradictions_changes_no_page_of_the_list(root: Path, tmp_path: Path) -> None:
    folder = copy_of(root, tmp_path / "chronicle")
    built(folder)
    text = "---\ntitle: M\ndate: 2024-01-14\ncity: moscow\nsources: [{source: wire-1, says: {casualties: {killed: 1}}}]\n---\n"
    written(folder, "content/incidents/2024/2024-01-14-more.md", text)
    assert {path for path in built(folder).written if "contradictions" in path} == set()


def test_no_ledger_is_made_of_entries_whose_sources_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    monkeypatch.setattr(chronicles, "ledger_of", lambda *parts: made.append(parts))
    desk = desk_of_texts(incident("2025-01-01-a", "2025-01-01"), incident("2025-01-02-b", "2025-01-02"))
    assert [page.path for page in contradictions.pages(desk)] == ["contradictions.html"]
    assert made == []


CARDS = desk_of_texts(*(incident(f"2025-01-{n:02}-entry", f"2025-01-{n:02}") for n in range(1, 29))).cards


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 9000), min_size=28, max_size=28))
def test_the_first_entries_are_told_in_full_and_none_before_another_is_left_out(sizes: list[int]) -> None:
    cards = tuple(CARDS.values())
    told = [(Dispute("Killed", (Clause((Speaker("The Wire", 1, ()),), "", "x" * size),)),) for size in sizes]
    items = _fitted(cards, tuple((card.id, said) for card, said in zip(cards, told, strict=True)))
    assert list(items) == [card.id for card in cards]
    full = [bool(item.disputes) for item in items.values()]
    assert full == sorted(full, reverse=True)
    assert all(item.fields == "Killed" for item in items.values() if not item.disputes)
    assert sum(size for size, is_full in zip(sizes, full, strict=True) if is_full) < LIST_ROOM
    assert all(full) or sum(sizes) > LIST_ROOM // 2
