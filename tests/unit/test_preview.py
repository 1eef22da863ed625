"""Facts about the preview: what it shows, what it keeps showing, and what it says."""

from __future__ import annotations

import datetime
import json
import re
import threading
import time
import weakref
from pathlib import Path
from urllib.parse import quote

import pytest

from generator.board import Board
from generator.guard import Request
from generator.orders import Order
from generator.preview import Preview, greeting
from generator.problems import Problem, Span
from generator.server import Answer
from generator.showing import MOST_SHOWN, Prints, Showing, state, version
from generator.terminal import Terminal
from generator.workers import uncollected
from tests.chronicles import NOW, built, tree, written
from tests.previews import DRAFT_PAGE, DRONE, DRONE_PAGE, OTHER_PAGE, SITE, chronicle, entry

OTHER = "content/incidents/2025/2025-12-15-other.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return chronicle(tmp_path / "chronicle")


@pytest.fixture
def preview(root: Path) -> Preview:
    return begun(root)


def begun(root: Path, *, drafts: bool = False) -> Preview:
    preview = Preview(Order(root=root, now=NOW, drafts=drafts), Terminal(root, json=False, quiet=False))
    preview.refresh()
    return preview


def got(preview: Preview, path: str) -> Answer:
    return preview.answer(Request("GET", path))


def text(preview: Preview, path: str) -> str:
    body = got(preview, path).body
    assert isinstance(body, bytes)
    return body.decode()


def keys(preview: Preview) -> dict[str, str]:
    return {path: page.key for path, page in preview.board.showing.pages.items()}


def told(preview: Preview, path: str = DRONE_PAGE) -> list[dict[str, str]]:
    """The problems that a page in a browser is told of."""
    found: list[dict[str, str]] = state(preview.board.showing, [path])["problems"]
    return found


# ---------------------------------------------------------------- what is shown


def test_what_is_shown_is_what_a_build_writes_but_for_what_follows_changes(preview: Preview, root: Path) -> None:
    built(root, root.parent / "out")
    expected = tree(root.parent / "out")
    del expected["manifest.sha256"]
    shown = {path: got(preview, path) for path in expected}
    assert {answer.status for answer in shown.values()} == {200}
    for path, data in expected.items():
        body = shown[path].body
        assert isinstance(body, bytes)
        before, added, after = body.partition(b"<chronicle-preview")
        assert before + (after.partition(b"</script>")[2] if added else b"") == data
        assert bool(added) == path.endswith(".html")


def test_the_root_is_the_home_page(preview: Preview) -> None:
    assert got(preview, "") == got(preview, "index.html")


@pytest.mark.parametrize(
    "path", ["build/index.html", "incidents/dropped.html", "content/cities/dropped.html", "templates/static/x.css"]
)
def test_a_file_that_was_dropped_somewhere_is_not_served(preview: Preview, root: Path, path: str) -> None:
    written(root, path, "dropped")
    assert got(preview, path).status == 404
    assert text(preview, path.partition("/")[2]) != "dropped"


@pytest.mark.parametrize(
    "path", ["incidents", "incidents/", "cities/", "static", "-", "-/", "..", "../site.yaml", "site.yaml"]
)
def test_no_folder_and_nothing_outside_the_plan_is_served(preview: Preview, path: str) -> None:
    assert got(preview, path).status == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("static/style.css", "text/css; charset=utf-8"),
        ("static/site.js", "text/javascript; charset=utf-8"),
        ("feeds/site.xml", "application/xml"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("-/preview.js", "text/javascript; charset=utf-8"),
        ("-/preview.css", "text/css; charset=utf-8"),
    ],
)
def test_each_file_has_its_type(preview: Preview, path: str, kind: str) -> None:
    assert (got(preview, path).status, got(preview, path).type) == (200, kind)


def test_nothing_is_written_but_the_memory(preview: Preview, root: Path) -> None:
    before = tree(root)
    for path in preview.board.showing.pages:
        got(preview, path)
    written(root, DRONE, entry("Drone", "New words."))
    preview.refresh()
    got(preview, DRONE_PAGE)
    assert {path for path in tree(root) if path not in before} == set()
    assert {path for path, data in tree(root).items() if data != before[path]} <= {DRONE, ".cache/chronicle.sqlite"}


def test_drafts_are_shown_only_when_asked_for_and_it_is_said(root: Path) -> None:
    without, with_drafts = begun(root), begun(root, drafts=True)
    assert got(without, DRAFT_PAGE).status == 404
    assert not [path for path in without.board.showing.pages if "CANARY" in str(got(without, path).body)]
    assert "CANARY" in text(with_drafts, DRAFT_PAGE)
    assert "Drafts and embargoed entries are shown." in text(with_drafts, "index.html")
    assert "Drafts and embargoed entries are shown." not in text(without, "index.html")


@pytest.mark.parametrize(
    ("missing", "near"),
    [
        ("incidents/2025-12-15-drnoe.html", DRONE_PAGE),
        ("2025-12-15-drone", DRONE_PAGE),
        ("incidents/2025-12-15-drone", DRONE_PAGE),
        ("cities/", "cities.html"),
        ("cities/tulla.html", "cities/tula.html"),
        ("cities/nowhere.html", "cities.html"),
    ],
)
def test_where_there_is_no_page_the_nearest_ones_are_named(preview: Preview, missing: str, near: str) -> None:
    assert f'<a href="/{quote(near)}">{near}</a>' in text(preview, missing)


def test_a_missing_address_is_shown_as_text(preview: Preview) -> None:
    assert "<img" not in text(preview, "<img src=x>")


def test_a_page_is_made_though_the_memory_is_gone(preview: Preview, root: Path) -> None:
    later = begun(root)
    (root / ".cache/chronicle.sqlite").unlink()
    answers = []
    thread = threading.Thread(target=lambda: answers.append(text(later, DRONE_PAGE)))
    thread.start()
    thread.join()
    assert "Old words." in answers[0]


# ---------------------------------------------------------------- edits


def test_an_edit_is_seen_and_only_the_pages_that_show_it_have_new_keys(preview: Preview, root: Path) -> None:
    before, kept = keys(preview), version(preview.board.showing, OTHER_PAGE)
    written(root, DRONE, entry("Drone", "New words."))
    preview.refresh()
    assert "New words." in text(preview, DRONE_PAGE)
    changed = {path for path, key in keys(preview).items() if before[path] != key}
    assert DRONE_PAGE in changed
    assert not changed & {OTHER_PAGE, "cities/tula.html", "404.html", "static/style.css"}
    assert version(preview.board.showing, OTHER_PAGE) == kept


def test_a_broken_edit_keeps_the_last_good_page_and_is_told_with_its_line(preview: Preview, root: Path) -> None:
    good = got(preview, DRONE_PAGE)
    written(root, DRONE, entry("Drone", "New words.", city="moscwo"))
    preview.refresh()
    assert got(preview, DRONE_PAGE) == good
    (problem,) = told(preview)
    assert problem["place"] == f"{DRONE}:4:7"
    assert problem["message"].startswith('city: no city has the id or name "moscwo"')
    assert problem["frame"].splitlines() == ["    4 │ city: moscwo", "      │       ^^^^^^"]
    assert told(preview, OTHER_PAGE) == [problem]


def test_of_many_problems_the_first_are_told_and_the_rest_counted(preview: Preview, root: Path) -> None:
    for number in range(MOST_SHOWN + 7):
        written(root, f"content/incidents/2025/2025-12-15-e{number}.md", entry("Drone", city="moscwo"))
    preview.refresh()
    assert len(told(preview)) == MOST_SHOWN
    assert state(preview.board.showing, [DRONE_PAGE])["more"] == "… and 7 more in the terminal"


def test_mending_clears_what_was_told(preview: Preview, root: Path) -> None:
    written(root, DRONE, "---\ntitle: [\n---\n")
    preview.refresh()
    assert told(preview)
    written(root, DRONE, entry("Drone", "Mended words."))
    preview.refresh()
    assert told(preview) == []
    assert "Mended words." in text(preview, DRONE_PAGE)


def test_without_any_good_edition_every_address_lists_the_problems_until_they_are_mended(root: Path) -> None:
    written(root, "site.yaml", "title: A chronicle\n")
    preview = begun(root)
    for path in ("", DRONE_PAGE, "nowhere.html"):
        assert got(preview, path).status == 503
        assert "site.yaml" in text(preview, path)
        assert "base_url" in text(preview, path)
    assert told(preview) == []
    listed = version(preview.board.showing, DRONE_PAGE)
    written(root, "site.yaml", SITE)
    preview.refresh()
    assert version(preview.board.showing, DRONE_PAGE) != listed
    assert got(preview, DRONE_PAGE).status == 200


@pytest.mark.parametrize("fault", ["{{ page.nothing }}", "{{", "{% include 'nothing.html' %}"])
def test_a_fault_in_a_template_keeps_the_last_good_page(preview: Preview, root: Path, fault: str) -> None:
    good = got(preview, DRONE_PAGE)
    written(root, "templates/incident.html", f"\n{fault}\n")
    preview.refresh()
    assert got(preview, DRONE_PAGE) == good
    assert [problem["place"] for problem in told(preview)] == ["templates/incident.html:2:1"]


def test_a_fault_that_only_a_page_in_a_browser_has_keeps_it(preview: Preview, root: Path) -> None:
    good = got(preview, DRONE_PAGE)
    follower = preview.board.follow([DRONE_PAGE])
    next(follower)
    condition = "{% if '/2025-12-15-drone' in page.head.canonical %}{{ page.nothing }}{% endif %}"
    written(root, "templates/incident.html", condition)
    preview.refresh()
    assert got(preview, DRONE_PAGE) == good
    assert [problem["place"] for problem in told(preview)] == ["templates/incident.html:1:1"]
    follower.close()


def test_a_page_that_cannot_be_made_says_why(root: Path) -> None:
    written(root, "templates/incident.html", "{{ page.nothing }}")
    preview = begun(root)
    assert got(preview, DRONE_PAGE).status == 500
    assert "templates/incident.html:1:1" in text(preview, DRONE_PAGE)
    assert got(preview, "index.html").status == 200


def test_a_page_with_a_private_text_is_not_shown(preview: Preview, root: Path) -> None:
    written(
        root, "content/incidents/2025/2025-12-15-other.md", entry("Other", city="tula", more="private: Old words\n")
    )
    preview.refresh()
    assert got(preview, DRONE_PAGE).status == 500
    assert "Old words" not in text(preview, DRONE_PAGE)


def test_a_style_sheet_is_swapped_and_a_script_reloads(preview: Preview, root: Path) -> None:
    before = state(preview.board.showing, [DRONE_PAGE])
    written(root, "templates/static/style.css", "body { color: red }")
    preview.refresh()
    styled = state(preview.board.showing, [DRONE_PAGE])
    assert styled["versions"] == before["versions"]
    assert {path for path, key in styled["sheets"].items() if before["sheets"][path] != key} == {"static/style.css"}
    written(root, "templates/static/site.js", "// new")
    preview.refresh()
    assert version(preview.board.showing, DRONE_PAGE) not in styled["versions"].values()


def test_a_chronicle_that_cannot_be_read_for_a_while_keeps_the_last_good_site(preview: Preview, root: Path) -> None:
    good = got(preview, DRONE_PAGE)
    root.rename(root.with_name("aside"))
    preview.refresh()
    assert got(preview, DRONE_PAGE) == good
    assert told(preview)[0]["message"] == "the folder is not there"
    assert not root.exists()
    root.with_name("aside").rename(root)
    preview.refresh()
    assert told(preview) == []


def test_the_present_moves_on(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(root, DRONE, entry("Drone", more=f"embargo_until: {(NOW + datetime.timedelta(hours=1)).isoformat()}\n"))
    preview = begun(root)
    assert got(preview, DRONE_PAGE).status == 404
    began = time.time()
    monkeypatch.setattr(time, "time", lambda: began + 7200)
    preview.refresh()
    assert got(preview, DRONE_PAGE).status == 200


STRIKE = """---
title: A strike
date: 2025-12-15
city: moscow
sources:
  - {source: wire-1, says: {casualties: {killed: 2}}}
  - {source: wire-2, says: {casualties: {killed: 5}}}
---

Words.
"""
SEED = "---\nurl: https://example.org/{0}\ntitle: {0}\npublisher: {0}\n{1}---\n\nWords.\n"
HOUSE = "---\nname: {}\nreliability: {}\n---\n\nWords.\n"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("content/publishers/two.md", HOUSE.format("Two", "E")),
        ("seeds/wire-2.md", SEED.format("Two", "derived_from: [wire-1]\n")),
    ],
)
def test_what_lists_tell_of_harm_follows_the_sources_that_tell_of_it(root: Path, path: str, words: str) -> None:
    written(root, "content/incidents/2025/2025-12-15-strike.md", STRIKE)
    for id, name in (("wire-1", "One"), ("wire-2", "Two")):
        written(root, f"seeds/{id}.md", SEED.format(name, ""))
        written(root, f"content/publishers/{name.lower()}.md", HOUSE.format(name, "B"))
    preview = begun(root)
    before = keys(preview)
    written(root, path, words)
    preview.refresh([f"{root / path}"])
    assert keys(preview) == keys(begun(root))
    assert keys(preview)["incidents.html"] != before["incidents.html"]


def test_a_fault_that_only_another_file_has_is_told_and_stays_until_it_is_mended(preview: Preview, root: Path) -> None:
    written(root, "content/pages/about.md", "---\ntitle: About\n---\n\n{{count tag=port}} there.\n")
    written(root, DRONE, entry("Drone", more="tags: [port]\n"))
    preview.refresh()
    assert not told(preview)
    written(root, DRONE, entry("Drone"))
    preview.refresh([f"{root / DRONE}"])
    assert [problem["place"].partition(":")[0] for problem in told(preview)] == ["content/pages/about.md"]
    written(root, OTHER, entry("Other", "New words.", city="tula"))
    preview.refresh([f"{root / OTHER}"], lambda: True)
    assert told(preview)
    written(root, DRONE, entry("Drone", more="tags: [port]\n"))
    preview.refresh([f"{root / DRONE}"])
    assert not told(preview)


@pytest.mark.parametrize(
    ("path", "page"),
    [("content/pages/2010s.md", "Words."), ("content/pages/about.md", "{{count tag=port}} there.")],
)
def test_an_edit_that_was_shown_is_taken_back_where_another_file_has_a_fault_by_it(
    root: Path, path: str, page: str
) -> None:
    written(root, path, f"---\ntitle: A page\n---\n\n{page}\n")
    written(root, DRONE, entry("Drone", "Old words.", more="tags: [port]\n"))
    preview = begun(root)
    good = got(preview, DRONE_PAGE)
    written(root, DRONE, entry("Drone", "New words.").replace("date: 2025-12-15", "date: 201X"))
    preview.refresh([f"{root / DRONE}"], lambda: True)
    assert "New words." in text(preview, DRONE_PAGE)
    preview.refresh()
    assert told(preview)
    assert got(preview, DRONE_PAGE) == good
    written(root, DRONE, entry("Drone", "Mended words.", more="tags: [port]\n"))
    preview.refresh([f"{root / DRONE}"])
    assert not told(preview)
    assert "Mended words." in text(preview, DRONE_PAGE)


def test_a_fault_that_comes_before_the_first_look_keeps_the_first_site(root: Path) -> None:
    preview = Preview(Order(root=root, now=NOW), Terminal(root, json=False, quiet=True))
    good = got(preview, DRONE_PAGE)
    written(root, DRONE, entry("Drone", city="moscwo"))
    preview.refresh()
    assert told(preview)
    assert got(preview, DRONE_PAGE) == good


def test_a_fault_stays_though_another_edit_comes_before_the_folders_are_looked_at(preview: Preview, root: Path) -> None:
    written(root, DRONE, entry("Drone").replace("2025-12-15", "2025-13-45"))
    preview.refresh([f"{root / DRONE}"], lambda: True)
    fault = told(preview)
    written(root, OTHER, entry("Other", "New words.", city="tula"))
    preview.refresh([f"{root / OTHER}"], lambda: True)
    assert fault
    assert told(preview) == fault


class Mark:
    """Something of which it can be seen whether it is still held."""

    itself: Mark


def test_what_was_shown_before_an_edit_is_let_go(root: Path) -> None:
    written(root, "content/pages/about.md", "---\ntitle: About\n---\n\n{{count kind=drone}} in all.\n")
    with uncollected():
        preview = begun(root)
        assert preview.board.showing.good
        assert preview.board.showing.good.desk
        preview.board.showing.good.desk.__dict__["mark"] = mark = Mark()
        former = weakref.ref(mark)
        del mark
        text(preview, "about.html")
        preview.sweep()
        written(root, DRONE, entry("Drone", "New words."))
        preview.refresh()
        preview.sweep()
        assert former() is None


def test_circles_that_replaced_templates_leave_are_let_go(preview: Preview, root: Path) -> None:
    with uncollected():
        mark = Mark()
        mark.itself, former = mark, weakref.ref(mark)
        preview.sweep()
        del mark
        preview.sweep()
        assert former()
        written(root, "templates/incident.html", "{{ page.title }}")
        preview.refresh()
        preview.sweep()
        assert former() is None


# ---------------------------------------------------------------- what is said


def test_one_line_tells_what_a_rebuild_changed(
    preview: Preview, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    total = len(preview.board.showing.pages)
    preview.refresh()
    assert capsys.readouterr().out == ""
    written(root, DRONE, entry("Drone", "New words."))
    preview.refresh()
    assert re.fullmatch(rf"\d of {total} pages changed · \d+ ms\n", capsys.readouterr().out)
    (root / DRONE).unlink()
    preview.refresh()
    line = capsys.readouterr().out
    assert f" of {len(preview.board.showing.pages)} pages changed, " in line
    assert f" {total - len(preview.board.showing.pages)} removed · " in line


def test_errors_are_printed_as_a_build_prints_them(
    preview: Preview, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(root, DRONE, entry("Drone", city="moscwo"))
    capsys.readouterr()
    preview.refresh()
    said = capsys.readouterr()
    assert f'{DRONE}:4:7: error: city: no city has the id or name "moscwo"' in said.err
    assert said.err.endswith("\n1 error\n")
    assert said.out == "The last good site stays.\n"


def test_errors_are_printed_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(root, DRONE, entry("Drone", city="moscwo"))
    preview = begun(root)
    assert "moscwo" in capsys.readouterr().err
    preview.refresh()
    assert capsys.readouterr() == ("", "")
    written(root, DRONE, entry("Drone"))
    preview.refresh()
    written(root, DRONE, entry("Drone", "New words."))
    preview.refresh([f"{root / DRONE}"], lambda: True)
    written(root, DRONE, entry("Drone", city="moscwo"))
    preview.refresh([f"{root / DRONE}"])
    assert "moscwo" in capsys.readouterr().err
    preview.refresh()
    assert capsys.readouterr() == ("", "")


def test_errors_are_printed_though_the_folders_were_looked_at_later(
    preview: Preview, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(root, DRONE, entry("Drone", city="moscwo"))
    preview.refresh([f"{root / DRONE}"], lambda: True)
    assert told(preview)
    preview.refresh()
    assert "moscwo" in capsys.readouterr().err


def test_a_port_that_was_taken_is_said_aloud() -> None:
    assert greeting(8000, 8001) == (
        "Port 8000 is taken; this is 8001.\nOpen http://127.0.0.1:8001/ (Ctrl-C ends the preview)"
    )
    assert greeting(8000, 8000) == "Open http://127.0.0.1:8000/ (Ctrl-C ends the preview)"


def test_only_the_latest_pages_are_kept(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.showing.MOST_KEPT", 2)
    prints = Prints()
    pages = [preview.board.showing.pages[path] for path in ("index.html", DRONE_PAGE, OTHER_PAGE)]
    for page in pages:
        prints.keep(page, page.path.encode())
    assert [prints.get(page) for page in pages] == [None, DRONE_PAGE.encode(), OTHER_PAGE.encode()]


def test_the_same_warnings_are_said_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(root, json=False, quiet=False)
    warning = Problem(rule="r", path="a.md", message="is odd", severity="warning", span=Span(1, 1, 1, 2))
    terminal.report((warning,), "first")
    assert "a.md:1:1: warning: is odd [r]\n1 warning\n" in capsys.readouterr().err
    terminal.report((warning,), "second")
    assert capsys.readouterr().err == ""


# ---------------------------------------------------------------- who follows


def test_who_follows_is_told_at_once_at_each_change_and_let_go_at_the_end() -> None:
    board = Board(Showing(prints=Prints()))
    follower = board.follow(["index.html"])
    assert next(follower).startswith(b"retry: ")
    assert json.loads(next(follower).removeprefix(b"data: "))["problems"] == []
    assert board.looked_at() == ("index.html",)
    board.show(Showing(prints=Prints(), assets="other"))
    assert next(follower) == b":\n\n"
    threading.Timer(0.1, board.close).start()
    assert list(follower) == []
    assert board.looked_at() == ()


# ---------------------------------------------------------------- what the preview adds


def test_each_page_says_which_file_and_template_made_it(preview: Preview) -> None:
    assert f'data-made="{DRONE} · templates/incident.html"' in text(preview, DRONE_PAGE)
    assert 'data-made="templates/home.html"' in text(preview, "index.html")


@pytest.mark.parametrize(
    ("missing", "maker"),
    [
        ("incidents/2026-01-01-new.html", "The file content/incidents/2026/2026-01-01-new.md would make it."),
        (DRAFT_PAGE, "content/incidents/2025/2025-12-15-draft.md is held back"),
        ("cities/kursk.html", "The file content/cities/kursk.md would make it."),
        ("sources/wire-1.html", "The file seeds/wire-1.md would make it."),
        ("waves/winter.html", "The file content/waves/winter.md would make it."),
        ("method.html", "The file content/pages/method.md would make it."),
        ("kinds/drone-x.html", "A kind “drone-x” in site.yaml would make it."),
        ("tags/fuel.html", "An entry with the tag “fuel” would make it."),
        ("2024/02/29.html", "An entry with the date 2024-02-29 would make it."),
        ("2024/02.html", "An entry with the date 2024-02 would make it."),
        ("1999.html", "An entry with the date 1999 would make it."),
    ],
)
def test_where_there_is_no_page_it_is_said_what_would_make_it(preview: Preview, missing: str, maker: str) -> None:
    assert maker in text(preview, missing)


@pytest.mark.parametrize("missing", ["2025/02/30.html", "2025/13.html", "٢٠٢٥.html", "tags/.html", "cities/<b>.html"])
def test_of_what_nothing_can_make_nothing_is_said(preview: Preview, missing: str) -> None:
    assert "would make it" not in text(preview, missing)


def test_a_page_that_the_site_leaves_out_is_said_to_be(root: Path) -> None:
    written(root, "site.yaml", f"{SITE}features: [feeds]\n")
    assert "its features do not hold “tags”" in text(begun(root), "tags/fuel.html")


def test_a_withheld_entry_is_marked_on_its_page_and_in_lists(root: Path) -> None:
    with_drafts = begun(root, drafts=True)
    assert "<strong>Not published:</strong> draft." in text(with_drafts, DRAFT_PAGE)
    assert '<mark>draft</mark> <a href="incidents/2025-12-15-draft.html"' in text(with_drafts, "index.html")
    assert "<mark>" not in text(begun(root), "index.html")


def test_all_problems_have_a_page_of_their_own(preview: Preview, root: Path) -> None:
    assert "Nothing is wrong" in text(preview, "-/problems.html")
    for number in range(MOST_SHOWN + 7):
        written(root, f"content/incidents/2025/2025-12-15-e{number}.md", entry("Drone", city="moscwo"))
    preview.refresh()
    assert text(preview, "-/problems.html").count("<li>") == MOST_SHOWN + 7


def test_an_edit_is_shown_before_the_folders_are_looked_at(
    preview: Preview, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(root, DRONE, entry("Drone", "New words."))
    monkeypatch.setattr(Preview, "_renew", lambda self: None)
    preview.refresh([f"{root / DRONE}"])
    assert "New words." in text(preview, DRONE_PAGE)
    written(root, DRONE, entry("Drone", city="moscwo"))
    preview.refresh([f"{root / DRONE}"])
    assert [problem["place"] for problem in told(preview)] == [f"{DRONE}:4:7"]
    written(root, DRONE, entry("Drone", "Mended words."))
    preview.refresh([f"{root / DRONE}"])
    assert told(preview) == []
    assert "Mended words." in text(preview, DRONE_PAGE)


def test_counting_ends_early_where_the_thread_is_wanted_and_the_next_line_tells_of_both_edits(
    preview: Preview, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("generator.preview.AT_ONCE", 1)
    capsys.readouterr()
    written(root, DRONE, entry("Drone", "New words."))
    preview.refresh(is_wanted=lambda: True)
    assert capsys.readouterr().out == ""
    written(root, "content/incidents/2025/2025-12-15-other.md", entry("Other", "New words.", city="tula"))
    preview.refresh()
    both = int(capsys.readouterr().out.partition(" of ")[0])
    written(root, DRONE, entry("Drone", "Newer words."))
    preview.refresh()
    assert both > int(capsys.readouterr().out.partition(" of ")[0])
