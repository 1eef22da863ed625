"""What was published does not vanish: the changelog is what the raw files say, and every id there ever was has a page."""

from __future__ import annotations

import datetime
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.chronicles import GOLDEN, NOW, built, copy_of, tree, written

REPOSITORY = Path(__file__).parents[2]
INCIDENTS = "content/incidents"
GONE = ("withdrawn", "retracted", "merged")

Change = tuple[str, str, str | None]
"""The id of an entry, what happened to it, and when."""


@pytest.fixture(scope="module", params=["golden", "real"])
def chronicle(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A chronicle and its site."""
    place = tmp_path_factory.mktemp(request.param)
    root = REPOSITORY if request.param == "real" else copy_of(GOLDEN, place / "chronicle")
    built(root, place / "site", jobs=2)
    return root, place / "site"


# ---------------------------------------------------------------- a recount from the raw files


def raw(root: Path) -> dict[str, dict[str, Any]]:
    """The front matter of every incident that is shown, by its id; a set of two days is read as its text."""
    found = {}
    for path in (root / INCIDENTS).rglob("*.md"):
        text = re.sub(r"^date: (\[.*\])$", r'date: "\1"', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        entry = yaml.load(text.split("---\n")[1], yaml.BaseLoader)
        if "." not in path.stem and entry.get("status") != "draft" and "embargo_until" not in entry:
            found[path.stem] = entry
    return found


def recounted(root: Path) -> set[Change]:
    """All that happened, as the raw files say it."""
    found: set[Change] = set()
    for id, entry in raw(root).items():
        found.add((id, "added", entry.get("published", entry["date"])[:25]))
        updates = [(u["date"], u["kind"]) for u in entry.get("updates", [])]
        status = entry.get("status", "published")
        went = max((date for date, kind in updates if kind == "retraction"), default=None) if status in GONE else None
        found |= {(id, "changed", date) for date, kind in updates if (date, kind) != (went, "retraction")}
        found |= {(id, status, went)} if status in GONE else set()
    return found


def told(site: Path) -> list[dict[str, Any]]:
    """The rows of the data of all years, in their order."""
    overview = json.loads((site / "data/changes.json").read_text(encoding="utf-8"))
    files = [f"data/changes/{year['year']}.json" for year in overview["years"]]
    rows = [json.loads((site / file).read_text(encoding="utf-8"))["changes"] for file in files]
    assert [len(of_year) for of_year in rows] == [year["changes"] for year in overview["years"]]
    return [row for of_year in rows for row in of_year]


def test_the_data_are_a_recount_of_the_raw_files(chronicle: tuple[Path, Path]) -> None:
    root, site = chronicle
    rows = [(row["id"], row["change"], row.get("at", row["date"])) for row in told(site)]
    assert len(rows) == len(set(rows))
    assert set(rows) == recounted(root)


def test_the_newest_changes_are_the_last_of_their_years(chronicle: tuple[Path, Path]) -> None:
    _, site = chronicle
    newest = json.loads((site / "data/changes.json").read_text(encoding="utf-8"))["newest"]
    by_year = [row for row in newest if row in told(site)]
    assert newest == by_year
    dated = [row["date"] for row in newest if row.get("dated_by", "date") != "date"]
    assert dated == sorted(dated, reverse=True)


def test_the_changes_of_a_year_stand_in_the_order_of_time(chronicle: tuple[Path, Path]) -> None:
    _, site = chronicle
    for file in (site / "data/changes").glob("2*.json"):
        rows = json.loads(file.read_text(encoding="utf-8"))["changes"]
        stated = [row["date"] for row in rows if row["dated_by"] != "date"]
        assert stated == sorted(stated)


def test_the_pages_tell_what_the_data_tell(chronicle: tuple[Path, Path]) -> None:
    _, site = chronicle
    pages = [site / "changes.html", *(site / "changes").rglob("*.html")]
    row = re.compile(r'<a href="[./]*incidents/([a-z0-9-]+)\.html"[^>]*>[^<]*</a> <p><b>([A-Z][a-z]+)</b>')
    shown = {(id, what.lower()) for page in pages for id, what in row.findall(page.read_text(encoding="utf-8"))}
    assert shown == {(row["id"], row["change"]) for row in told(site)}


def test_a_date_known_to_the_month_is_no_day_of_the_changelog(chronicle: tuple[Path, Path]) -> None:
    root, site = chronicle
    stated = {u["date"][:10] for e in raw(root).values() for u in (*e.get("updates", []), {"date": e["date"]})}
    stated |= {e["published"][:10] for e in raw(root).values() if "published" in e}
    days = set()
    for page in (site / "changes.html", *(site / "changes").rglob("*.html")):
        days |= set(re.findall(r'(?:id|datetime)="(\d{4}-\d\d-\d\d)"', page.read_text(encoding="utf-8")))
    assert days and days <= stated


# ---------------------------------------------------------------- every id has a page


def test_every_id_there_ever_was_has_a_page(chronicle: tuple[Path, Path]) -> None:
    root, site = chronicle
    for id, entry in raw(root).items():
        former = entry.get("previous_ids", [])
        for name in (id, *([former] if isinstance(former, str) else former)):
            assert (site / "incidents" / f"{name}.html").is_file(), name
        assert (site / "incidents" / f"{id}.json").is_file(), id
    for path in (root / INCIDENTS).rglob("*.*.md"):
        id, lang = path.name.split(".")[:2]
        if id in raw(root):
            assert (site / lang / "incidents" / f"{id}.html").is_file(), path


def test_an_entry_that_goes_takes_no_address_with_it(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    built(root)
    before = set(tree(root / "build"))
    path = root / INCIDENTS / "2025/2025-12-15-belgorod-rocket.md"
    text = path.read_text(encoding="utf-8")
    update = "updates:\n  - {date: 2026-02-03, kind: retraction, text: It was thunder., by: the editors}\n"
    path.write_text(
        text.replace("updates:\n", f"status: retracted\nstatus_note: Nothing happened.\n{update}"), encoding="utf-8"
    )
    built(root)
    after = set(tree(root / "build"))
    assert {p for p in before - after if p.startswith(("incidents/", "ru/", "feeds/", "sources/", "cities/"))} == set()
    page = (root / "build/incidents/2025-12-15-belgorod-rocket.html").read_text(encoding="utf-8")
    assert "This entry was retracted on 3\u00a0February 2026 by the editors.</strong> Nothing happened." in page
    assert "Windows broke" not in page and "6–26" not in page


def test_a_page_of_an_entry_that_is_gone_is_not_to_be_found_by_search_engines(chronicle: tuple[Path, Path]) -> None:
    root, site = chronicle
    sitemaps = b"".join(data for path, data in tree(site).items() if path.startswith("sitemap"))
    for id, entry in raw(root).items():
        if entry.get("status") in GONE:
            assert b"noindex" in (site / f"incidents/{id}.html").read_bytes()
            assert f"incidents/{id}.html".encode() not in sitemaps


def test_the_data_of_an_entry_that_is_gone_hold_nothing_to_count(chronicle: tuple[Path, Path]) -> None:
    root, site = chronicle
    for id, entry in raw(root).items():
        if entry.get("status") in GONE:
            record = json.loads((site / f"incidents/{id}.json").read_text(encoding="utf-8"))
            assert record["status"] == entry["status"] and record["status_note"] == entry["status_note"]
            assert not {"date", "city", "casualties", "sources", "damage", "bounds"} & record.keys()


# ---------------------------------------------------------------- feeds announce it

ENTRY = re.compile(r"<entry>\n<title>(.*?)</title>\n<id>(.*?)</id>.*?<content[^>]*>(.*?)</content>", re.DOTALL)


def test_an_entry_that_goes_comes_again_under_its_own_id_and_leads_on(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    built(root)

    def entries(feed: str) -> list[tuple[str, str, str]]:
        return ENTRY.findall((root / "build/feeds" / feed).read_text(encoding="utf-8"))

    ids = {id for _, id, _ in entries("site.xml") if id.endswith("2025-07-something")}
    path = root / INCIDENTS / "2025/2025-07-something.md"
    gone = (
        "status: merged\nmerged_into: 2025-12-15-moscow-drone\nstatus_note: One event.\n"
        "updates: [{date: 2026-03-01, kind: retraction, text: Merged.}]\n"
    )
    path.write_text(path.read_text(encoding="utf-8").replace("city:", f"{gone}city:"), encoding="utf-8")
    built(root)
    for feed in ("site.xml", "cities/sevastopol.xml"):
        title, id, content = entries(feed)[0]
        assert title.startswith("Merged: ")
        assert {id} == ids
        assert "was merged on 1\u00a0March 2026. One event." in content
        assert "incidents/2025-12-15-moscow-drone.html" in content


def test_the_feed_of_corrections_tells_old_and_new_value_reason_and_source(chronicle: tuple[Path, Path]) -> None:
    root, site = chronicle
    feed = (site / "feeds/corrections.xml").read_text(encoding="utf-8")
    entries = {id: unescape(content) for _, id, content in ENTRY.findall(feed)}
    updates = [u for e in raw(root).values() for u in e.get("updates", [])]
    assert len(entries) == len(updates) <= 50
    for update in updates:
        (content,) = {c for c in entries.values() if unescape(c).startswith(f"<p>{update['text']}</p>")}
        for change in update.get("changes", {}).values():
            assert f"from <del>{change['was']}</del> to <ins>{change['now']}</ins>" in content
        assert ("<p>Source: " in content) == ("source" in update)


# ---------------------------------------------------------------- nothing withheld, nothing without bounds


def test_what_is_withheld_leaves_no_trace_in_the_changelog(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    built(root)
    before = tree(root / "build")
    told = "published: 2026-01-09\nupdates: [{date: 2026-01-10, kind: retraction, text: CANARY gone}]\n"
    front = f"title: CANARY\ndate: 2026-01-08\ncity: moscow\nsources: [wire-1]\n{told}"
    written(root, f"{INCIDENTS}/2026/2026-01-08-canary.md", f"---\nstatus: draft\n{front}---\n")
    lift = "embargo_until: 2026-06-01T00:00+00:00\nstatus: withdrawn\nstatus_note: CANARY why\n"
    written(root, f"{INCIDENTS}/2026/2026-01-08-canary-too.md", f"---\n{lift}{front}---\n")
    assert [p for p in built(root).problems if p.severity == "error"] == []
    assert tree(root / "build") == before


@pytest.mark.parametrize("name", ["2025-12-15-draft", "2025-12-16-embargo"])
def test_no_relation_to_what_is_withheld_is_told(tmp_path: Path, name: str) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    for path, old, new in (
        ("2025/2025-12-15-belgorod-rocket.md", "relations:\n", f"relations:\n  - {{follow-up-to: {name}}}\n"),
        ("2026/2026-01-03-merged.md", "merged_into: 2025-12-15-moscow-drone", f"merged_into: {name}"),
    ):
        place = root / INCIDENTS / path
        text = place.read_text(encoding="utf-8")
        assert old in text
        place.write_text(text.replace(old, new), encoding="utf-8")
    outcome = built(root)
    assert {p.rule for p in outcome.problems} >= {"relation-to-withheld"}
    assert outcome.total
    assert [path for path, data in tree(root / "build").items() if name.encode() in data] == []


def test_a_relation_is_told_as_soon_as_the_other_entry_is_published(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    place = root / INCIDENTS / "2025/2025-12-15-belgorod-rocket.md"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace("relations:\n", "relations:\n  - 2025-12-16-embargo\n"), encoding="utf-8")
    lift = datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)
    built(root, now=NOW)
    built(root, now=lift)
    built(root, root / "clean", now=lift)
    assert tree(root / "build") == tree(root / "clean")
    assert b"2025-12-16-embargo" in (root / "build/incidents/2025-12-15-belgorod-rocket.json").read_bytes()


def many(root: Path, number: int, published: str = "") -> None:
    """So many entries, one every other day from 2023 on, or all published on one day."""
    for n in range(number):
        day = datetime.date(2023, 1, 1) + datetime.timedelta(days=n * 2)
        line = f"published: {published or day}\n"
        text = f"---\ntitle: Entry {n} of a longer name than most\ndate: {day}\n{line}city: moscow\nsources: [wire-1]\n---\n"
        written(root, f"{INCIDENTS}/{day.year}/{day}-entry-{n}.md", text)


def test_one_more_entry_changes_few_pages_of_changes_however_many_there_are(tmp_path: Path) -> None:
    changed = []
    for size in (130, 400):
        root = copy_of(GOLDEN, tmp_path / f"of-{size}")
        many(root, size)
        built(root)
        written(
            root,
            f"{INCIDENTS}/2025/2025-12-14-more.md",
            "---\ntitle: M\ndate: 2025-12-14\ncity: moscow\nsources: [wire-1]\n---\n",
        )
        changed.append({path for path in built(root).written if "changes" in path})
    assert changed[0] == changed[1]
    assert changed[1] == {"changes.html", "changes/2025.html", "data/changes.json", "data/changes/2025.json"}


def test_a_day_on_which_very_many_entries_were_added_has_a_page_that_can_be_read(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    many(root, 500, published="2026-02-03")
    built(root)
    page = root / "build/changes/2026-02.html"
    assert page.stat().st_size <= 60 * 1024
    assert re.search(r"<p>\d+ more of this time", page.read_text(encoding="utf-8"))
    assert len([row for row in told(root / "build") if row["date"] == "2026-02-03"]) == 500
