"""Facts about a preview that runs: however files are saved, and whatever asks, it shows what stands there now, and nothing else."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.chronicles import built, tree, written
from tests.previews import DRONE, DRONE_PAGE, OTHER_PAGE, Running, chronicle, entry

QUIET = 1.0
"""Seconds after which a burst is certainly over."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return chronicle(tmp_path / "chronicle")


@pytest.fixture
def running(root: Path) -> Iterator[Running]:
    running = Running(root)
    yield running
    running.kill()


# ---------------------------------------------------------------- ways to save


def in_place(path: Path, words: str) -> None:
    with path.open("r+b") as file:
        file.write(words.encode())
        file.truncate()


def truncated(path: Path, words: str) -> None:
    path.write_text(words, encoding="utf-8")


def renamed_over(path: Path, words: str) -> None:
    fresh = path.with_name(f".{path.name}.tmp")
    fresh.write_text(words, encoding="utf-8")
    fresh.replace(path)


def as_vim(path: Path, words: str) -> None:
    backup = path.with_name(f"{path.name}~")
    path.replace(backup)
    path.write_text(words, encoding="utf-8")
    backup.unlink()


def as_vim_without_backup(path: Path, words: str) -> None:
    """A test whether the folder can be written to, then in place."""
    probe = path.with_name("4913")
    probe.touch()
    probe.unlink()
    path.write_text(words, encoding="utf-8")


def as_emacs(path: Path, words: str) -> None:
    """A lock, a copy kept, then in place."""
    lock, copy = path.with_name(f".#{path.name}"), path.with_name(f"{path.name}~")
    lock.symlink_to("author@machine.1")
    shutil.copy(path, copy)
    path.write_text(words, encoding="utf-8")
    lock.unlink()


def as_kate(path: Path, words: str) -> None:
    """A fresh file beside it, synced, with the old one's rights, put in its place."""
    fresh = path.with_name(f"{path.name}.abc123.tmp")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    fresh.chmod(0o644)
    fresh.replace(path)


def as_syncthing(path: Path, words: str) -> None:
    fresh = path.with_name(f".syncthing.{path.name}.tmp")
    fresh.write_text(words, encoding="utf-8")
    os.utime(fresh, (1_700_000_000, 1_700_000_000))
    fresh.replace(path)


def moved_here(path: Path, words: str) -> None:
    outside = path.parents[4] / "outside.md"
    outside.write_text(words, encoding="utf-8")
    outside.replace(path)


def removed_and_written(path: Path, words: str) -> None:
    path.unlink()
    path.write_text(words, encoding="utf-8")


def with_attributes(path: Path, words: str) -> None:
    path.write_text(words, encoding="utf-8")
    path.chmod(0o600)
    os.utime(path)


SAVES: tuple[Callable[[Path, str], None], ...] = (
    in_place, truncated, renamed_over, as_vim, as_vim_without_backup, as_emacs, as_kate, as_syncthing, moved_here,
    removed_and_written, with_attributes,
)  # fmt: skip


def test_every_way_to_save_shows_the_new_words_at_once_with_one_line(running: Running, root: Path) -> None:
    for save in SAVES:
        save(root / DRONE, entry("Drone", f"Words saved {save.__name__}."))
        assert running.shows(f"Words saved {save.__name__}."), save.__name__
        lines = running.later_lines(0.5)
        assert [line["shown"] for line in lines] == [True], save.__name__
    assert running.interrupted() == (0, "")
    assert not (root / "build").exists()


def test_a_file_that_is_cut_off_for_a_while_is_told_of_and_then_mended(running: Running, root: Path) -> None:
    words = entry("Drone", "New words.")
    (root / DRONE).write_text(words[:20], encoding="utf-8")
    assert running.line()["problems"]
    assert "Old words." in running.page(DRONE_PAGE)
    (root / DRONE).write_text(words, encoding="utf-8")
    assert running.line()["problems"] == []
    assert "New words." in running.page(DRONE_PAGE)


def test_many_files_at_once_are_one_or_two_refreshes(running: Running, root: Path) -> None:
    for number in range(300):
        written(root, f"content/incidents/2025/2025-12-15-n{number}.md", entry("Another"))
    lines = running.later_lines(QUIET + 1)
    assert 1 <= len(lines) <= 2
    assert "Another" in running.page("incidents/2025-12-15-n299.html")


def test_a_storm_ends_with_the_site_of_a_clean_build(running: Running, root: Path) -> None:
    for turn in range(3):
        for number in range(300):
            written(root, f"content/incidents/2025/2025-12-15-n{number}.md", entry(f"Turn {turn} of {number}"))
    assert len(running.later_lines(QUIET + 1)) <= 3
    built(root, root.parent / "out")
    for path, data in tree(root.parent / "out").items():
        if path.endswith(".html") and path.startswith(("incidents/", "2025", "index")):
            before, _, after = running.get(path)[1].partition(b"<chronicle-preview")
            assert before + after.partition(b"</script>")[2] == data, path


def test_a_folder_that_is_deleted_and_made_again_is_heard_again(running: Running, root: Path) -> None:
    aside = root.with_name("aside")
    root.rename(aside)
    assert running.line()["problems"][0]["message"] == "the folder is not there"
    shutil.copytree(aside, root)
    assert running.line()["problems"] == []
    time.sleep(QUIET)
    written(root, DRONE, entry("Drone", "New words."))
    assert running.shows("New words.")


def test_nothing_is_made_while_nothing_is_written(running: Running, root: Path) -> None:
    (root / DRONE).write_text((root / DRONE).read_text(encoding="utf-8"), encoding="utf-8")
    for path in (DRONE_PAGE, OTHER_PAGE, "index.html"):
        running.get(path)
    assert running.later_lines(4.5) == []


def test_polling_shows_the_new_words_too(root: Path) -> None:
    running = Running(root, "--poll")
    written(root, DRONE, entry("Drone", "New words."))
    assert running.shows("New words.", 5)
    assert running.interrupted() == (0, "")


def test_a_build_beside_the_preview_works_and_changes_nothing_for_it(running: Running, root: Path) -> None:
    for number in range(3):
        written(root, DRONE, entry("Drone", f"Words {number}."))
        outcome = built(root)
        assert outcome.notice == ""
        assert "incidents/2025-12-15-drone.html" in outcome.written
        assert running.shows(f"Words {number}.")
    assert running.interrupted() == (0, "")


# ---------------------------------------------------------------- many requests


def test_every_answer_is_wholly_old_or_wholly_new(running: Running, root: Path) -> None:
    """Each edit changes three places of one page: its title, its text and its tag."""
    mixed: list[str] = []
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            page = running.page(DRONE_PAGE)
            found = {number for number in range(30) if f"number-{number}-" in page}
            if found and not all(page.count(f"number-{n}-") == page.count(f"number-{min(found)}-") for n in found):
                mixed.append(page)
            if len(found) > 1:
                mixed.append(page)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(30):
        words = f"number-{number}-"
        written(root, DRONE, entry(f"Title-{words}", f"Text {words}", more=f"tags: [tag {words}]\n"))
        assert running.shows(words)
    ended.set()
    for thread in threads:
        thread.join()
    assert mixed == []


def test_thousands_of_requests_and_edits_leave_nothing_behind(running: Running, root: Path) -> None:
    def used(turns: int) -> None:
        for turn in range(turns):
            written(root, DRONE, entry("Drone", f"Turn {turn}."))
            for path in ("", DRONE_PAGE, OTHER_PAGE, "static/style.css", "nowhere.html", "%00"):
                for _ in range(5):
                    running.get(path)

    used(20)
    memory, descriptors, threads = running.memory(), running.descriptors(), running.threads()
    used(60)
    time.sleep(0.5)
    assert running.memory() - memory < 10_000_000
    assert running.descriptors() <= descriptors + 2
    assert running.threads() <= threads + 2


def test_clients_that_break_off_do_no_harm(running: Running) -> None:
    for number in range(300):
        with socket.create_connection(("127.0.0.1", running.port), timeout=5) as client:
            client.sendall(b"GET /index.html HTTP/1.1\r\nHost: localhost"[: number % 45])
    status, body = running.get("")
    assert status == 200
    assert b"<h1" in body


def test_a_part_of_a_file_can_be_asked_for(running: Running) -> None:
    whole = running.get("static/style.css")[1]
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
    connection.request("GET", "/static/style.css", headers={"Range": "bytes=10-19"})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Content-Range")) == (206, f"bytes 10-19/{len(whole)}")
    assert answer.read() == whole[10:20]
