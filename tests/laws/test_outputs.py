"""Feeds, sitemaps, linked data and records of both chronicles: well formed, whole, and in agreement with the pages."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from tests.chronicles import GOLDEN, built, copy_of

REPOSITORY = Path(__file__).parents[2]
ATOM = "{http://www.w3.org/2005/Atom}"
BOUNDS = "{urn:chronicle:bounds}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
TAG_URI = re.compile(
    r"tag:[a-z0-9.-]+,\d{4}-\d\d-\d\d:incident/[a-z0-9-]+(/updates/\d{4}-\d\d-\d\d[a-zA-Z0-9:+-]*(/\d+)?)?"
)
GONE = ("withdrawn", "retracted", "merged")


@pytest.fixture(scope="module", params=["golden", "real"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A built site and its canonical address."""
    place = tmp_path_factory.mktemp(request.param)
    if request.param == "real":
        built(REPOSITORY, place / "site", jobs=2)
        return place / "site", "https://example.org/chronicle/"
    root = copy_of(GOLDEN, place / "chronicle")
    built(root)
    return root / "build", "https://chronicle.example/awkward/"


def test_every_feed_is_whole_atom(site: tuple[Path, str]) -> None:
    folder, base = site
    feeds = sorted((folder / "feeds").rglob("*.xml"))
    assert {"site.xml", "corrections.xml"} <= {f.name for f in feeds}
    for path in feeds:
        feed = ElementTree.parse(path).getroot()
        address = base + path.relative_to(folder).as_posix()
        assert feed.tag == f"{ATOM}feed"
        assert feed.findtext(f"{ATOM}id") == address
        assert [link.get("href") for link in feed.findall(f"{ATOM}link[@rel='self']")] == [address]
        assert RFC3339.fullmatch(feed.findtext(f"{ATOM}updated") or "")
        assert feed.findtext(f"{ATOM}title") and feed.findtext(f"{ATOM}author/{ATOM}name")
        entries = feed.findall(f"{ATOM}entry")
        assert 0 < len(entries) <= 50
        assert len({e.findtext(f"{ATOM}id") for e in entries}) == len(entries)
        for entry in entries:
            assert TAG_URI.fullmatch(entry.findtext(f"{ATOM}id") or "")
            assert entry.findtext(f"{ATOM}title") and entry.findtext(f"{ATOM}summary") != ""
            times = [entry.findtext(f"{ATOM}{name}") or "" for name in ("published", "updated")]
            assert all(RFC3339.fullmatch(time) for time in times)
            address = entry.find(f"{ATOM}link").get("href")  # type: ignore[union-attr]
            assert (folder / address.removeprefix(base)).is_file()
            content = entry.findtext(f"{ATOM}content") or ""
            for link in re.findall(r'(?:href|src)="([^"]*)"', content):
                assert urlsplit(unescape(link)).scheme or link.startswith("#"), link
            assert entry.find(f"{ATOM}content").get("type") == "html"  # type: ignore[union-attr]


def test_anchors_of_entries_in_one_feed_never_meet(site: tuple[Path, str]) -> None:
    folder, _ = site
    for path in (folder / "feeds").rglob("*.xml"):
        contents = [
            e.findtext(f"{ATOM}content") or "" for e in ElementTree.parse(path).getroot().findall(f"{ATOM}entry")
        ]
        ids = [id for content in contents for id in re.findall(r'\sid="([^"]+)"', content)]
        assert len(ids) == len(set(ids)), path


def test_the_sitemaps_hold_exactly_the_pages_to_be_found(site: tuple[Path, str]) -> None:
    folder, base = site
    parts = [e.text or "" for e in ElementTree.parse(folder / "sitemap.xml").getroot().iter(f"{SITEMAP}loc")]
    listed = [
        e.text or ""
        for part in parts
        for e in ElementTree.parse(folder / part.removeprefix(base)).getroot().iter(f"{SITEMAP}loc")
    ]
    pages = {}
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        canonical = re.search(r'<link rel="canonical" href="([^"]*)"', text)
        if "noindex" not in text:
            assert canonical, path
            pages[unescape(canonical[1])] = path
    assert len(listed) == len(set(listed))
    assert set(listed) == set(pages)
    assert f"Sitemap: {base}sitemap.xml\n" in (folder / "robots.txt").read_text()


def test_linked_data_is_json_about_the_page_and_invents_no_day(site: tuple[Path, str]) -> None:
    folder, _ = site
    events = 0
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL):
            data = json.loads(block)
            assert data["@context"] == "https://schema.org"
            for thing in data["@graph"]:
                if thing["@type"] == "BreadcrumbList":
                    assert [step["position"] for step in thing["itemListElement"]] == list(
                        range(1, len(thing["itemListElement"]) + 1)
                    )
                if "about" in thing:
                    events += 1
                    record = json.loads((folder / f"incidents/{path.stem}.json").read_text(encoding="utf-8"))
                    start = thing["about"].get("startDate")
                    assert start is None or start == record["date"]
                    assert start is not None or re.search(r"[\[{~?%X/.]", record["date"])
                    assert all(place["geo"]["latitude"] for place in thing["about"]["location"])
    assert events >= 5


def test_records_are_told_as_they_are_authored(site: tuple[Path, str]) -> None:
    folder, base = site
    for path in (folder / "incidents").glob("*.json"):
        record = json.loads(path.read_text(encoding="utf-8"))
        assert record["id"] == path.stem
        assert record["url"] == f"{base}incidents/{path.stem}.html"
        if record.get("status") in GONE:
            continue
        assert isinstance(record["date"], str) and record["city"]
        assert "private" not in record and "path" not in record
        for outcome, count in record.get("casualties", {}).items():
            assert isinstance(count, dict if outcome == "of_which" else str)


def test_no_output_holds_more_of_a_point_than_its_precision_allows(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    built(root)
    for path in (root / "build").rglob("*"):
        if path.is_file():
            assert b"55.512" not in path.read_bytes() and b"37.412" not in path.read_bytes(), path


def test_bounds_stand_beside_every_date_and_count_as_it_is_written(site: tuple[Path, str]) -> None:
    folder, base = site
    entries = [
        e
        for f in sorted((folder / "feeds").rglob("*.xml"))
        if f.name != "corrections.xml"  # what it tells are updates
        for e in ElementTree.parse(f).getroot().iter(f"{ATOM}entry")
    ]
    told = 0
    for entry in entries:
        address = entry.find(f"{ATOM}link").get("href")  # type: ignore[union-attr]
        path = folder / address.removeprefix(base).replace(".html", ".json")
        record = json.loads(path.read_text(encoding="utf-8"))
        if record.get("status") in GONE:
            assert "bounds" not in record and entry.find(f"{BOUNDS}date") is None
            continue
        bounds = record["bounds"]
        date = entry.find(f"{BOUNDS}date")
        assert date is not None
        assert (date.text, date.get("earliest"), date.get("latest")) == (
            record["date"], bounds["date"]["earliest"], bounds["date"]["latest"],
        )  # fmt: skip
        for outcome, written in record.get("casualties", {}).items():
            if outcome == "of_which":
                continue
            count, found = bounds["casualties"][outcome], entry.find(f"{BOUNDS}{outcome}")
            assert found is not None
            assert found.text == written
            high = found.get("high")
            assert (int(found.get("low", "-1")), int(high) if high else None) == (count["low"], count["high"])
            told += 1
    assert told
