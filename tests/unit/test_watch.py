"""Facts about when a watch tells of a change, and of what."""

from __future__ import annotations

import errno
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import watch as module
from generator.watch import Ground, Watch, matters

SOON = 2.0
A_WHILE = 0.6
FAR = 600.0

ENTRY = "content/incidents/2025/a.md"
LITTER = ("content/.a.md.swp", "content/a.md~", "content/4913", "content/#a.md#", "templates/.git/x", "content/a.tmp")
ELSEWHERE = ("build/index.html", ".cache/chronicle.sqlite", ".git/index", "notes.txt", "site.yaml.bak")


@pytest.fixture(autouse=True)
def hints_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without looks between, so that a hint which does not come is missed."""
    monkeypatch.setattr(module, "LOOK_SECONDS", FAR)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in (ENTRY, "templates/a.html", "site.yaml", *ELSEWHERE[:3]):
        write(tmp_path / path, "old")
    return tmp_path


@pytest.fixture
def watching(root: Path) -> Iterator[Watch]:
    with watch_of(root) as watch:
        yield watch


def watch_of(root: Path, *, polling: bool = False) -> Watch:
    return Watch((Ground(root, ("content", "seeds", "templates"), ("site.yaml",)),), polling=polling)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


class Told:
    """Whether a watch comes back from waiting, which another thread does, once; and what it had heard."""

    def __init__(self, watch: Watch) -> None:
        self.heard: frozenset[str] | None = None
        self.thread = threading.Thread(target=self.wait, args=(watch,), daemon=True)
        self.thread.start()

    def wait(self, watch: Watch) -> None:
        self.heard = watch.wait()

    def within(self, seconds: float) -> bool:
        self.thread.join(seconds)
        return not self.thread.is_alive()


def in_place(path: Path) -> None:
    with path.open("r+", encoding="utf-8") as file:
        file.write("new")


def truncated(path: Path) -> None:
    path.write_text("new", encoding="utf-8")


def renamed_over(path: Path) -> None:
    write(path.with_name(".a.md.new"), "new")
    path.with_name(".a.md.new").replace(path)


def moved_from_another_folder(path: Path) -> None:
    outside = path.parents[3].parent / f"{path.parents[3].name}-outside.md"
    write(outside, "new")
    outside.replace(path)


def as_vim(path: Path) -> None:
    """With `backup` on: the old file becomes the backup, a new one takes its name."""
    path.replace(path.with_name("a.md~"))
    write(path, "new")
    path.with_name("a.md~").unlink()


def deleted(path: Path) -> None:
    path.unlink()


def folder_renamed(path: Path) -> None:
    path.parent.rename(path.parent.with_name("2026"))


@pytest.mark.parametrize(
    "save",
    [in_place, truncated, renamed_over, moved_from_another_folder, as_vim, deleted, folder_renamed],
    ids=lambda save: save.__name__,
)
def test_every_way_to_save_is_told_soon(watching: Watch, root: Path, save: Callable[[Path], None]) -> None:
    told = Told(watching)
    save(root / ENTRY)
    assert told.within(SOON)
    assert f"{root / ENTRY}" in (told.heard or ()) or save is folder_renamed


@pytest.mark.parametrize("save", [in_place, truncated, renamed_over], ids=lambda save: save.__name__)
def test_a_file_that_was_written_to_its_end_is_told_at_once(
    watching: Watch, root: Path, save: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "QUIET", FAR)
    monkeypatch.setattr(module, "PATIENCE", FAR)
    told = Told(watching)
    save(root / ENTRY)
    assert told.within(SOON)
    assert told.heard == {f"{root / ENTRY}"}
    assert not watching.has_heard()


def test_a_file_that_is_still_written_is_waited_for(watching: Watch, root: Path) -> None:
    told = Told(watching)
    with (root / ENTRY).open("w", encoding="utf-8") as file:
        file.write("half")
        file.flush()
        time.sleep(0.03)
        assert told.heard is None
        file.write("whole")
    assert told.within(SOON)


@pytest.mark.parametrize(
    "path", ["site.yaml", "templates/a.html", "templates/static/style.css", "seeds/x.md", "content/media/x.png"]
)
def test_everything_a_site_is_made_from_is_watched(watching: Watch, root: Path, path: str) -> None:
    told = Told(watching)
    write(root / path, "new")
    assert told.within(SOON)


def test_neither_litter_nor_what_builds_make_nor_reading_is_told(watching: Watch, root: Path) -> None:
    told = Told(watching)
    for path in (*LITTER, *ELSEWHERE):
        write(root / path, "new")
    for place in root.rglob("*"):
        assert place.is_dir() or place.read_bytes() is not None
    assert not told.within(A_WHILE)


def test_a_burst_of_changes_is_told_at_most_twice(watching: Watch, root: Path) -> None:
    told = []

    def count() -> None:
        while True:
            watching.wait()
            told.append("changed")

    threading.Thread(target=count, daemon=True).start()
    for number in range(500):
        write(root / f"content/incidents/2025/{number}.md", "new")
    time.sleep(SOON)
    assert 1 <= len(told) <= 2


def test_a_folder_made_later_is_heard_with_all_below(watching: Watch, root: Path) -> None:
    made = Told(watching)
    (root / "seeds").mkdir()
    assert made.within(SOON)
    inside = Told(watching)
    write(root / "seeds/deep/a.md", "new")
    assert inside.within(SOON)
    deep = Told(watching)
    write(root / "seeds/deep/a.md", "newer")
    assert deep.within(SOON)


def test_a_folder_that_was_replaced_is_heard_again(watching: Watch, root: Path) -> None:
    gone = Told(watching)
    shutil.rmtree(root / "templates")
    write(root / "templates/a.html", "new")
    assert gone.within(SOON)
    again = Told(watching)
    write(root / "templates/a.html", "newer")
    assert again.within(SOON)


def test_a_root_that_was_replaced_is_heard_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.1)
    with watch_of(root) as watch:
        aside = root.with_name("aside")
        root.rename(aside)
        assert Told(watch).within(SOON)
        shutil.copytree(aside, root)
        assert Told(watch).within(SOON)
        monkeypatch.setattr(module, "LOOK_SECONDS", FAR)
        Told(watch).within(A_WHILE)
        told = Told(watch)
        write(root / ENTRY, "newer still")
        assert told.within(SOON)


@pytest.mark.parametrize("polling", [False, True])
def test_where_nothing_is_heard_it_is_time_to_look_now_and_then(
    root: Path, monkeypatch: pytest.MonkeyPatch, polling: bool
) -> None:
    monkeypatch.setattr(module, "POLL_SECONDS" if polling else "LOOK_SECONDS", 0.1)
    with watch_of(root, polling=polling) as watch:
        assert watch.wait() == frozenset()
        assert watch.notice == ""


def test_looking_takes_only_a_part_of_the_time(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(module, "LOOK_SHARE", 10)
    with watch_of(root, polling=True) as watch:
        began = time.monotonic()
        watch.wait(0.05)
        assert time.monotonic() - began >= 0.5


def test_polling_listens_to_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "POLL_SECONDS", 0.1)
    monkeypatch.setattr(module, "_observer", lambda *_: pytest.fail("nothing shall be listened to"))
    with watch_of(root, polling=True) as watch:
        write(root / "site.yaml", "new")
        assert watch.wait() == frozenset()


def test_on_a_folder_of_another_machine_looks_come_more_often_and_it_is_said(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "POLL_SECONDS", 0.1)
    monkeypatch.setattr(module, "deaf_mount", lambda folder: "nfs4")
    with watch_of(root) as watch:
        assert "of the kind nfs4" in watch.notice
        assert "looked at every second" in watch.notice
        assert watch.wait() == frozenset()
        told = Told(watch)
        write(root / ENTRY, "new")
        assert told.within(SOON)


@pytest.mark.parametrize("code", [errno.EMFILE, errno.ENOSPC])
def test_where_the_system_tells_nothing_looks_must_do_and_it_is_said(
    root: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refused(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(module, "POLL_SECONDS", 0.1)
    monkeypatch.setattr("watchdog.observers.inotify_c.InotifyFD.add_callback", refused)
    with watch_of(root) as watch:
        assert watch.notice.startswith("The system cannot tell of changes (")
        told = Told(watch)
        write(root / ENTRY, "new")
        assert told.within(SOON)


def test_no_thread_is_left(root: Path) -> None:
    before = set(threading.enumerate())
    with watch_of(root):
        assert set(threading.enumerate()) > before
    assert set(threading.enumerate()) == before


names = st.text("abcx.~#", min_size=1, max_size=6).filter(lambda name: name not in (".", ".."))


@given(st.lists(names, min_size=1, max_size=4))
def test_nothing_below_a_hidden_folder_matters(parts: list[str]) -> None:
    ground = Ground(Path("/chronicle"), ("content",), ("site.yaml",))
    assert not matters(ground, "/".join(("/chronicle/content", ".hidden", *parts)))
    assert not matters(ground, "/".join(("/elsewhere/content", *parts)))
    assert matters(ground, "/".join(("/chronicle/content", *(f"{part.strip('.~#')}a" for part in parts))))
