"""What holds for every build: incremental equals clean, nothing withheld leaks, order and clock make no difference."""

from __future__ import annotations

import datetime
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.edition import edition
from generator.engine import engine_digest
from generator.machine import MachineFault
from generator.memory import Memory
from generator.orders import Order
from tests.chronicles import GOLDEN, NOW, built, copy_of, tree, written

Edit = tuple[str, Callable[[Path], None]]

INCIDENTS = "content/incidents"


# ---------------------------------------------------------------- edits of every kind of file


def _replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        place = root / path
        if place.exists():
            place.write_text(place.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return edit


def _toggle(path: str, text: str) -> Callable[[Path], None]:
    """Add a file, or take it away where it stands."""

    def edit(root: Path) -> None:
        if (root / path).exists():
            (root / path).unlink()
        else:
            written(root, path, text)

    return edit


def _swap(one: str, other: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        a, b = root / one, root / other
        if a.exists() and b.exists():
            texts = a.read_bytes(), b.read_bytes()
            a.write_bytes(texts[1])
            b.write_bytes(texts[0])

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

EDITS: tuple[Edit, ...] = (
    ("edit a body", _replace(DRONE, "A drone was", "Another drone was")),
    ("edit it back", _replace(DRONE, "Another drone was", "A drone was")),
    ("edit a title", _replace(DRONE, "Drone shot down on", "A drone shot down on")),
    ("date to a month", _replace(MONTH, "date: 2025-07", "date: 2025-08")),
    ("date to a day", _replace(DRONE, "date: 2025-12-15\n", "date: 2025-12-14\n")),
    ("another city", _replace(MONTH, "city: sevastopol", "city: moscow")),
    ("another tag", _replace(ROCKET, "tags: [energy,", "tags: [power,")),
    ("another kind", _replace(MONTH, "kind: outage", "kind: rocket")),
    ("a relation less", _replace(ROCKET, "  - {contradicts: 2025-12-15-moscow-drone}\n", "  - 2024-03-01-about\n")),
    (
        "a draft is published",
        _replace(f"{INCIDENTS}/2025/2025-12-15-draft.md", "status: draft\n", "sources: [wire-1]\n"),
    ),
    (
        "an entry becomes a draft",
        _replace(f"{INCIDENTS}/2024/2024-no-day.md", "city: moscow\n", "city: moscow\nstatus: draft\n"),
    ),
    ("add or delete an entry", _toggle(f"{INCIDENTS}/2025/2025-12-14-more.md", NEW_ENTRY)),
    (
        "add or delete a translation",
        _toggle(f"{INCIDENTS}/2025/2025-12-15-moscow-drone.ru.md", "---\ntitle: Дрон\n---\n\nДрон.\n"),
    ),
    ("add or delete a page", _toggle("content/pages/more.md", "---\ntitle: More\nnavigation: 9\n---\n\nMore.\n")),
    ("rename a city", _replace("content/cities/belgorod.md", "name: Belgorod", "name: Bilhorod")),
    ("move a city", _replace("content/cities/moscow.md", "lat: 55.7558", "lat: 55.7")),
    ("a publisher's reliability", _replace("content/publishers/wire.md", "reliability: B", "reliability: C")),
    ("a seed's title", _replace("seeds/wire-1.md", "<выбиты>", "разбиты")),
    ("a seed's origin", _replace("seeds/copy-1.md", "derived_from: [wire-1]\n", "")),
    ("a wave's title", _replace("content/waves/2025-12-14-night.md", "title: The night", "title: A night")),
    ("the site's title", _replace("site.yaml", "<Chronicle>", "chronicle")),
    ("a kind's label", _replace("site.yaml", "{en: drone}", "{en: unmanned aircraft}")),
    ("the address of the site", _replace("site.yaml", "/awkward/", "/moved/")),
    (
        "a template",
        _toggle(
            "templates/tombstone.html",
            '{% extends "base.html" %}{% block main %}<h1>{{ page.title }}</h1>{% endblock %}\n',
        ),
    ),
    ("a shared part", _toggle("templates/extra.html", "nothing uses this\n")),
    ("a style sheet", _toggle("templates/static/extra.css", "p { margin: 0 }\n")),
    ("swap two entries", _swap(MONTH, f"{INCIDENTS}/2024/2024-no-day.md")),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(range(len(EDITS))), min_size=1, max_size=6))
def test_after_any_edits_the_incremental_site_is_the_clean_one(steps: list[int]) -> None:
    with TemporaryDirectory() as place:
        root = copy_of(GOLDEN, Path(place) / "chronicle")
        built(root)
        for step in steps:
            name, edit = EDITS[step]
            edit(root)
            outcome = built(root)
            assert [p for p in outcome.problems if p.severity == "error"] == [], name
            clean = copy_of(root, Path(place) / "clean")
            built(clean)
            assert tree(root / "build") == tree(clean / "build"), name
            shutil.rmtree(clean)


def test_every_edit_alone_is_followed(tmp_path: Path) -> None:
    """Each edit changes something; one of a body alone leaves most pages as they are."""
    for name, edit in EDITS:
        root = copy_of(GOLDEN, tmp_path / name.replace(" ", "-"))
        if name == "edit it back":
            continue
        total = built(root).total
        before = tree(root / "build")
        edit(root)
        outcome = built(root)
        assert [p for p in outcome.problems if p.severity == "error"] == [], name
        after = tree(root / "build")
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        assert changed or name == "a shared part", name
        if name == "edit a body":
            assert len(outcome.written) < total / 4


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    built(root)
    before = {path: (root / "build" / path).stat().st_mtime_ns for path in tree(root / "build")}
    outcome = built(root)
    assert outcome.written == outcome.removed == ()
    assert {path: (root / "build" / path).stat().st_mtime_ns for path in before} == before


# ---------------------------------------------------------------- withheld


def test_nothing_withheld_leaks_into_the_site_or_the_memory(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    built(root)
    for folder in (root / "build", root / ".cache"):
        for path, data in tree(folder).items():
            text = data.decode("utf-8", "replace").lower()
            assert "canary" not in text, path
            assert "2025-12-16-embargo" not in text or folder.name == ".cache", path
            assert "2025-12-15-draft" not in text or folder.name == ".cache", path


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


def test_what_becomes_withheld_is_forgotten(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    _replace(DRONE, "A drone was", "CANARY-HELD was")(root)
    written(root, DRONE.replace(".md", ".ru.md"), "---\ntitle: CANARY-HELD\n---\n\nCANARY-HELD\n")
    built(root)
    _replace(DRONE, "kind: drone\n", "kind: drone\nstatus: draft\n")(root)
    _replace(ROCKET, "[[2025-12-15-moscow-drone]]", "the drone")(root)
    _replace(ROCKET.replace(".md", ".ru.md"), "[[2025-12-15-moscow-drone]]", "…")(root)
    _replace(f"{INCIDENTS}/2026/2026-01-03-merged.md", "status: merged\n", "status: withdrawn\n")(root)
    _replace(f"{INCIDENTS}/2026/2026-01-03-merged.md", "merged_into: 2025-12-15-moscow-drone\n", "")(root)
    assert [p for p in built(root).problems if p.severity == "error"] == []
    for folder in ("build", ".cache"):
        assert not any(b"CANARY-HELD" in data for data in tree(root / folder).values()), folder


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


def test_equal_keys_give_equal_views_and_every_page_can_be_made_again(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    editions = []
    for _ in range(2):
        with Memory(root / ".cache", engine_digest()) as memory:
            made = edition(Order(root=root, now=NOW), memory)
            editions.append(
                {
                    p.path: (p.key, msgspec.json.encode(p.make(), enc_hook=str) if p.template else p.make())
                    for p in made.plan.pages
                }
            )
    assert editions[0] == editions[1]


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
