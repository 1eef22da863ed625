"""What holds for every build: nothing withheld leaks, order and clock make no difference, an edit costs what it touches.

That an incremental build gives what a clean one gives is held by `tests/laws/incremental`.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.edition import edition
from generator.engine import engine_digest
from generator.machine import MachineFault
from generator.memory import Memory
from generator.orders import Order
from tests.chronicles import GOLDEN, NOW, built, copy_of, tree, written

INCIDENTS = "content/incidents"


# ---------------------------------------------------------------- edits


def _replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        place = root / path
        if place.exists():
            place.write_text(place.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return edit


NEW_ENTRY = """---
title: One more
date: 2025-12-14
time: evening
city: [moscow]
kind: drone
tags: [night attack]
sources: [wire-1]
---

One more, after [[2025-12-15-moscow-drone]].
"""
ROCKET = f"{INCIDENTS}/2025/2025-12-15-belgorod-rocket.md"
DRONE = f"{INCIDENTS}/2025/2025-12-15-moscow-drone.md"
MONTH = f"{INCIDENTS}/2025/2025-07-something.md"


def test_an_edit_of_a_body_alone_leaves_most_pages_as_they_are(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    total = built(root).total
    _replace(DRONE, "A drone was", "Another drone was")(root)
    assert 0 < len(built(root).written) < total / 4


# ---------------------------------------------------------------- withheld


def test_an_embargo_lifts_at_its_instant(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    lift = datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)
    built(root, now=lift - datetime.timedelta(seconds=1))
    held = tree(root / "build")
    built(root, now=lift)
    free = tree(root / "build")
    assert not any("embargo" in path for path in held)
    assert "incidents/2025-12-16-embargo.html" in free
    built(root, now=lift - datetime.timedelta(seconds=1))
    assert tree(root / "build") == held


@pytest.mark.parametrize(
    "line", ["status: darft", "status: Draft", "embargo_until: tomorrow", "embargo_until: 2026-06-01", "statsu: draft"]
)
def test_what_cannot_be_read_is_withheld_and_fails_the_build(tmp_path: Path, line: str) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    built(root)
    before = tree(root / "build")
    written(root, MONTH, f"---\ntitle: CANARY\ndate: 2025-07\ncity: moscow\nsources: [wire-1]\n{line}\n---\n")
    outcome = built(root)
    assert [p.path for p in outcome.problems if p.severity == "error"] == [MONTH]
    assert tree(root / "build") == before
    with Memory(root / ".cache", engine_digest()) as memory:
        made = edition(Order(root=root, now=NOW), memory)
    assert made.desk is not None
    assert "2025-07-something" not in made.desk.chronicle.entries


def test_a_private_text_in_a_page_fails_the_build(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    _replace(
        MONTH,
        "---\n",
        "---\n",
    )(root)
    (root / MONTH).write_text((root / MONTH).read_text() + "\nCall +7-CANARY-PRIVATE.\n")
    outcome = built(root)
    assert {p.rule for p in outcome.problems if p.severity == "error"} == {"private-in-output"}
    assert not (root / "build").exists()


@pytest.mark.parametrize("text", ["A drone was", "Smith & Sons"])
def test_a_text_that_becomes_private_is_searched_for_in_every_page(tmp_path: Path, text: str) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    _replace(DRONE, "shot down.", "shot down over Smith & Sons.")(root)
    built(root)
    _replace(MONTH, "private: {phone:", f'private: {{firm: "{text}", phone:')(root)
    assert [(p.rule, p.path) for p in built(root).problems if p.severity == "error"][:1] == [
        ("private-in-output", MONTH)
    ]


def test_a_picture_that_only_a_draft_shows_is_not_published(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    (root / "content/media").mkdir()
    for name in ("shown.gif", "held.gif"):
        (root / "content/media" / name).write_bytes(PIXEL)
    _replace(DRONE, "sources: [wire-1,", "media: [{file: shown.gif, alt: A pixel}]\nsources: [wire-1,")(root)
    _replace(
        f"{INCIDENTS}/2025/2025-12-15-draft.md",
        "status: draft",
        "status: draft\nmedia: [{file: held.gif, alt: A pixel}]",
    )(root)
    assert [p for p in built(root).problems if p.severity == "error"] == []
    assert [path.name for path in (root / "build" / "media").iterdir()] == ["shown.gif"]


PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff2c00000000010001000002024401003b")


def test_a_site_with_drafts_says_so_on_every_page_and_has_no_feeds(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    built(root, drafts=True)
    made = tree(root / "build")
    assert "incidents/2025-12-15-draft.html" in made
    assert not any(path.startswith(("feeds/", "sitemap")) for path in made)
    pages = [data.decode() for path, data in made.items() if path.endswith(".html") and b"http-equiv" not in data]
    assert all("Not for publication." in page and "noindex" in page for page in pages)


@pytest.mark.parametrize("name", ["A {", "{}", "A {0}", "{{ x }}"])
def test_a_name_with_braces_is_shown_as_it_is(tmp_path: Path, name: str) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    _replace("content/cities/moscow.md", "name: Moscow", f'name: "{name}"')(root)
    assert [p for p in built(root).problems if p.severity == "error"] == []
    assert f"<h1>{name}</h1>" in (root / "build/cities/moscow.html").read_text(encoding="utf-8")


def test_a_folder_in_place_of_a_page_stops_the_build_before_anything_has_changed(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    built(root)
    (root / "build/index.html").unlink()
    (root / "build/index.html/x").mkdir(parents=True)
    before = tree(root / "build")
    _replace("site.yaml", "<Chronicle>", "chronicle")(root)
    with pytest.raises(MachineFault, match="a folder stands in its place"):
        built(root)
    assert tree(root / "build") == before


@pytest.mark.parametrize(
    "fault", ['{{ "%s%s"|format(1) }}', '{{ [1, "a"]|sort }}', "{{ page.nope }}", "{{ 1|nope }}", "{% for %}", "\udcff"]
)
def test_a_fault_in_a_template_is_a_problem_and_nothing_is_published(tmp_path: Path, fault: str) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    (root / "templates").mkdir()
    (root / "templates/404.html").write_bytes(f"line one\n{fault}\n".encode("utf-8", "surrogateescape"))
    (problem,) = [p for p in built(root).problems if p.severity == "error"]
    assert problem.path == "templates/404.html"
    assert problem.span.line in (0, 2)
    assert not (root / "build").exists()


# ---------------------------------------------------------------- the same sources, the same bytes


def test_order_place_hash_seed_zone_and_workers_make_no_difference(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "one")
    built(root)
    expected = tree(root / "build")
    other = tmp_path / "other place"
    for path in sorted(tree(root), reverse=True):
        if not path.startswith(("build/", ".cache/")):
            written(other, path, (root / path).read_text(encoding="utf-8"))
    built(other, jobs=2)
    assert tree(other / "build") == expected
    for seed, zone in (("0", "Asia/Kathmandu"), ("1", "America/St_Johns")):
        place = copy_of(GOLDEN, tmp_path / f"seed-{seed}")
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "USER": "canary-user"}
        status = _run(["build", "--root", f"{place}", "--now", NOW.isoformat()], environment)
        assert status == 0
        assert tree(place / "build") == expected


def _run(arguments: list[str], environment: dict[str, str]) -> int:
    import subprocess
    import sys

    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments], env=environment, check=False, capture_output=True
    ).returncode


def test_no_trace_of_the_machine_is_in_the_site(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    built(root)
    traces = [os.fsencode(t) for t in (tmp_path, os.path.expanduser("~")) if len(str(t)) > 4]
    for path, data in tree(root / "build").items():
        assert not any(trace in data for trace in traces), path


# ---------------------------------------------------------------- keys


def test_adding_an_entry_changes_a_bounded_number_of_pages(tmp_path: Path) -> None:
    """However many entries the chronicle holds, what one more changes stays the same."""
    changed = []
    for size in (10, 60):
        root = copy_of(GOLDEN, tmp_path / f"of-{size}")
        for n in range(size):
            day = datetime.date(2023, 1, 1) + datetime.timedelta(days=n * 3)
            text = f"---\ntitle: Entry {n}\ndate: {day}\ncity: moscow\nkind: drone\nsources: [wire-1]\n---\n\nText.\n"
            written(root, f"{INCIDENTS}/2023/{day}-entry-{n}.md", text)
        built(root)
        written(root, f"{INCIDENTS}/2025/2025-12-14-more.md", NEW_ENTRY)
        changed.append(len(built(root).written))
    assert changed[1] <= changed[0] + 2


# ---------------------------------------------------------------- links


def test_every_link_of_the_site_leads_somewhere(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    built(root)
    assert broken_links(root / "build") == []


_ID = re.compile(r'\sid="([^"]+)"')
_LINK = re.compile(r'\s(?:href|src)="([^"]*)"')


def broken_links(site: Path) -> list[tuple[str, str]]:
    """Page and link of each relative link that leads to no file, or to a place that is not in it."""
    from html import unescape

    texts = {p: d.decode() for p, d in tree(site).items() if p.endswith(".html")}
    ids = {path: set(map(unescape, _ID.findall(text))) for path, text in texts.items()}
    files = set(tree(site))
    found = []
    for path, text in texts.items():
        if path == "404.html":
            continue
        for raw in _LINK.findall(text):
            link = unescape(raw)
            if re.match(r"[a-z]+:", link):
                continue
            target, _, fragment = link.partition("#")
            where = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
            if where not in files or (fragment and fragment not in ids.get(where, ())):
                found.append((path, link))
    return found
