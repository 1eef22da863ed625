"""Facts about what former builds remember, and about which generator may believe it."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import engine
from generator.memory import ASIDE, FILE, NO_STAMP, Memory
from generator.scan import Stamp, scan
from generator.stands import Mark

BEGAN = 1_800_000_000_000_000_000
OLD = Stamp(10, BEGAN - 10**12, BEGAN - 10**12, 7)
FILES = {f"content/{n}.md": (OLD, f"{n:032x}") for n in range(40)}
PARSED = [(f"{n:032x}", b"record %d" % n * 90, b"body %d" % n * 200) for n in range(40)]
PAGES = {f"incidents/{n}.html": Mark(f"{n:032x}", n, BEGAN + n, f"{n:064x}") for n in range(40)}
KEYS = [key for key, *_ in PARSED]


def filled(folder: Path) -> Path:
    """The file of a memory that remembers a build."""
    with Memory(folder, "one") as memory:
        memory.remember_files(FILES, BEGAN)
        memory.remember_parsed(PARSED)
        memory.remember_pages("build", PAGES)
    assert memory.notice == ""
    return folder / FILE


def what_it_says(folder: Path, engine: str = "one") -> tuple[str, list[dict[str, object]]]:
    """The notice, and all that is remembered."""
    with Memory(folder, engine) as memory:
        said: list[dict[str, object]] = [
            {**memory.known_files()},
            {**memory.records(KEYS)},
            {**memory.bodies(KEYS)},
            {**memory.pages("build")},
        ]
    return memory.notice, said


TRUTH: list[dict[str, object]] = [
    dict(FILES),
    {key: record for key, record, _ in PARSED},
    {key: body for key, _, body in PARSED},
    dict(PAGES),
]
NOTHING: list[dict[str, object]] = [{}] * 4


def test_what_a_build_remembered_the_next_one_knows(tmp_path: Path) -> None:
    filled(tmp_path / "new/folder")
    assert what_it_says(tmp_path / "new/folder") == ("", TRUTH)


def test_nothing_is_remembered_of_a_build_that_ended_with_an_exception(tmp_path: Path) -> None:
    filled(tmp_path)
    with pytest.raises(KeyboardInterrupt), Memory(tmp_path, "one") as memory:
        memory.remember_files({}, BEGAN)
        memory.remember_pages("build", {})
        raise KeyboardInterrupt
    assert what_it_says(tmp_path) == ("", TRUTH)


def test_what_is_no_longer_there_is_forgotten(tmp_path: Path) -> None:
    filled(tmp_path)
    with Memory(tmp_path, "one") as memory:
        memory.remember_files({"a.md": (OLD, "d")}, BEGAN)
        memory.remember_parsed([("new", b"r", b"b")])
        memory.keep_parsed([KEYS[3], "new"], ())
        memory.remember_pages("build", {})
    with Memory(tmp_path, "one") as memory:
        assert memory.known_files() == {"a.md": (OLD, "d")}
        assert memory.records([*KEYS, "new"]).keys() == memory.bodies([*KEYS, "new"]).keys() == {KEYS[3], "new"}
        assert memory.pages("build") == {}


def test_no_trace_stays_of_what_becomes_secret(tmp_path: Path) -> None:
    rows = [(f"{n:032x}", b"content/incidents/%d.md TELLTALE-%d " % (n, n) * 9, b"body") for n in range(300)]
    for step in range(1, 40):
        with Memory(tmp_path, "one") as memory:
            memory.remember_parsed(rows[step * 7 : step * 7 + 7])
            gone = rows[step]
            memory.keep_parsed((key for key, *_ in rows if key != gone[0]), {f"content/incidents/{step}.md"})
        assert b"TELLTALE-%d " % step not in (tmp_path / FILE).read_bytes()


def test_each_output_folder_has_its_own_pages_and_the_latest_few_are_kept(tmp_path: Path) -> None:
    for n in range(12):
        with Memory(tmp_path, "one") as memory:
            memory.remember_pages(f"out{n}", {"index.html": Mark("k", n, n, "s")})
            memory.remember_pages("build", PAGES)
    with Memory(tmp_path, "one") as memory:
        assert memory.pages("build") == PAGES
        assert [n for n in range(12) if memory.pages(f"out{n}")] == list(range(5, 12))
        assert memory.pages("out11")["index.html"].size == 11


def test_many_keys_give_what_few_give(tmp_path: Path) -> None:
    filled(tmp_path)
    with Memory(tmp_path, "one") as memory:
        assert memory.records([*KEYS, *map(str, range(5000))]) == memory.records(KEYS) == TRUTH[1]


@given(st.integers(-5 * 10**9, 5 * 10**9), st.integers(-5 * 10**9, 5 * 10**9))
def test_a_file_as_new_as_its_scan_is_never_trusted(mtime: int, ctime: int) -> None:
    stamp = Stamp(1, BEGAN + mtime, BEGAN + ctime, 1)
    memory = Memory(Path("/dev/null/none"), "one")
    memory.remember_files({"a.md": (stamp, "d")}, BEGAN)
    memory._save()
    expected = stamp if max(mtime, ctime) < -2 * 10**9 else NO_STAMP
    assert memory.known_files() == {"a.md": (expected, "d")}


def test_an_edit_within_one_step_of_the_clock_is_not_missed(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("one")
    found = scan(tmp_path, (".",), (".md",))
    with Memory(tmp_path / "memory", "one") as memory:
        memory.remember_files({f.path: (f.stamp, "digest of one") for f in found.files}, found.began_ns)
    with Memory(tmp_path / "memory", "one") as memory:
        assert memory.known_files()["a.md"][0] != found.files[0].stamp


# ---------------------------------------------------------------- files that cannot be believed


def test_another_engine_begins_anew_and_puts_the_old_file_aside(tmp_path: Path) -> None:
    old = filled(tmp_path).read_bytes()
    notice, said = what_it_says(tmp_path, "two")
    assert said == NOTHING
    assert "was written by another version of this program; it was put aside" in notice
    assert (tmp_path / ASIDE).read_bytes() == old
    assert what_it_says(tmp_path, "two") == ("", NOTHING)


FOREIGN = {
    "no database": b"not a database" * 400,
    "only its first bytes": b"SQLite format 3\0",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_that_is_no_memory_is_put_aside(name: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(FOREIGN[name])
    notice, said = what_it_says(tmp_path)
    assert (said, (tmp_path / ASIDE).read_bytes()) == (NOTHING, FOREIGN[name])
    assert "put aside" in notice
    filled(tmp_path)


def test_another_programs_database_is_put_aside(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("CREATE TABLE whole (key BLOB, checksum INTEGER, value BLOB)")
    other.close()
    assert "was not written by this program" in what_it_says(tmp_path)[0]


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_the_journal_of_a_file_put_aside_is_not_applied_to_the_new_one(mode: str, tmp_path: Path) -> None:
    path = filled(tmp_path / "old")
    writer = sqlite3.connect(path, isolation_level=None)
    for step in (f"PRAGMA journal_mode = {mode}", "PRAGMA cache_size = 1", "BEGIN", "UPDATE body SET value = x'00'"):
        writer.execute(step)
    for killed in path.parent.iterdir():
        shutil.copy(killed, tmp_path)
    writer.close()
    assert len(list(tmp_path.glob(f"{FILE}-*"))) >= 1
    (tmp_path / FILE).write_bytes(b"x" * 5000)
    with Memory(tmp_path, "one") as memory:
        memory.remember_files(FILES, BEGAN)
        memory.remember_parsed(PARSED)
        memory.remember_pages("build", PAGES)
    assert subset(what_it_says(tmp_path)[1])
    filled(tmp_path)
    assert what_it_says(tmp_path) == ("", TRUTH)


def places(size: int, count: int) -> Iterator[int]:
    chance = random.Random(7)
    return (chance.randrange(size) for _ in range(count))


def subset(said: list[dict[str, object]]) -> bool:
    """Whether every thing that is said is true."""
    return all(part.items() <= truth.items() for part, truth in zip(said, TRUTH, strict=True))


def test_no_flipped_bit_makes_the_memory_lie(tmp_path: Path) -> None:
    whole = filled(tmp_path).read_bytes()
    lost = 0
    for place in places(len(whole), 100):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place % 8
        (tmp_path / FILE).write_bytes(flipped)
        said = what_it_says(tmp_path)[1]
        lost += said != TRUTH
        assert subset(said), place
    assert lost > 30


def test_no_cut_makes_the_memory_lie(tmp_path: Path) -> None:
    whole = filled(tmp_path).read_bytes()
    for place in places(len(whole), 25):
        (tmp_path / FILE).write_bytes(whole[:place])
        assert subset(what_it_says(tmp_path)[1]), place


def test_a_damaged_memory_is_whole_again_after_the_next_build(tmp_path: Path) -> None:
    whole = filled(tmp_path).read_bytes()
    (tmp_path / FILE).write_bytes(whole[: len(whole) // 2])
    for _ in range(2):
        with Memory(tmp_path, "one") as memory:
            memory.records(KEYS)
            memory.remember_files(FILES, BEGAN)
            memory.remember_parsed(PARSED)
            memory.remember_pages("build", PAGES)
    assert what_it_says(tmp_path) == ("", TRUTH)


# ---------------------------------------------------------------- machines that refuse


def test_a_folder_that_cannot_be_made_leaves_a_build_without_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    notice, said = what_it_says(tmp_path / "file/folder")
    assert said == NOTHING
    assert notice.endswith("not a directory; this build remembers nothing")


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    filled(tmp_path / "real")
    (tmp_path / "link").symlink_to("real")
    assert "symbolic link" in what_it_says(tmp_path / "link")[0]


@contextmanager
def locked(path: Path) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.close()


def test_a_locked_file_leaves_a_build_without_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.memoryfile.WAIT", 0.01)
    with locked(filled(tmp_path)):
        notice, said = what_it_says(tmp_path)
    assert said == NOTHING
    assert "is in use by another program; this build remembers nothing" in notice
    assert what_it_says(tmp_path) == ("", TRUTH)


def test_a_file_that_can_be_read_only_is_still_read(tmp_path: Path) -> None:
    filled(tmp_path)
    with Memory(tmp_path, "one") as memory:
        memory._db.execute("PRAGMA query_only = ON")
        assert memory.known_files() == FILES
        memory.remember_files({}, BEGAN)
    assert "cannot be written; this build remembers nothing" in memory.notice
    assert what_it_says(tmp_path) == ("", TRUTH)


def test_a_full_disk_loses_what_is_new_and_keeps_what_was_there(tmp_path: Path) -> None:
    filled(tmp_path)
    with Memory(tmp_path, "one") as memory:
        memory._db.execute("PRAGMA max_page_count = 1")
        memory.remember_pages("other", {f"{n}.html": Mark("k" * 32, n, n, "s" * 64) for n in range(9000)})
    assert "no space left on device" in memory.notice
    assert what_it_says(tmp_path) == ("", TRUTH)


def test_a_process_killed_at_any_moment_of_writing_leaves_the_old_memory_or_the_new(tmp_path: Path) -> None:
    filled(tmp_path)
    new = {f"{n}.html": Mark("k" * 32, n, n, "s" * 64) for n in range(20_000)}
    for delay in range(12):
        child = os.fork()
        if not child:
            with Memory(tmp_path, "one") as memory:
                memory.remember_pages("build", new)
                memory.remember_files({}, BEGAN)
            os._exit(0)
        time.sleep(delay / 400)
        os.kill(child, 9)
        os.waitpid(child, 0)
        notice, said = what_it_says(tmp_path)
        assert notice == ""
        assert (said[0], said[3]) in [(FILES, PAGES), ({}, new)]
        with Memory(tmp_path, "one") as memory:
            memory.remember_pages("build", PAGES)
            memory.remember_files(FILES, BEGAN)


def test_a_forked_process_reads_and_does_not_write(tmp_path: Path) -> None:
    filled(tmp_path)
    with Memory(tmp_path, "one") as memory:
        child = os.fork()
        if not child:
            good = memory.bodies(KEYS) == TRUTH[2]
            memory.remember_files({}, BEGAN)
            memory.__exit__(None, None, None)
            os._exit(0 if good else 1)
        assert os.waitpid(child, 0)[1] == 0
    assert what_it_says(tmp_path) == ("", TRUTH)


# ---------------------------------------------------------------- the engine


def test_the_engine_is_another_one_with_another_dependency_or_source(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    digest_now = engine.engine_digest.__wrapped__
    before = digest_now()
    assert digest_now() == engine.engine_digest() == before
    (tmp_path / "Jinja2-9.9.9.dist-info").mkdir()
    (tmp_path / "unrelated-1.0.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path), "gone", *sys.path])
    assert list(engine._installed([str(tmp_path), "gone"])) == ["Jinja2-9.9.9.dist-info"]
    other = digest_now()
    monkeypatch.setattr(engine, "read_package_data", lambda name: b"changed")
    assert len({before, other, digest_now()}) == 3
    assert engine.engine_digest() == before


def test_every_dependency_that_makes_pages_is_found() -> None:
    found = {name.split("-")[0].replace("_", "-").lower() for name in engine._installed(sys.path)}
    assert found == engine.DEPENDENCIES
