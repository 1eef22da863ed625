"""Facts about the output folder: `publish`, `journal`, `manifest` and `lock`. What survives a kill is in `tests/laws`."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.files import sha256_hex
from generator.journal import Journal, recovered, write_journal
from generator.lock import locked
from generator.machine import MachineFault
from generator.manifest import (
    MANIFEST,
    Output,
    foreign_files,
    is_inside,
    manifest_bytes,
    manifest_pages,
    obstacles,
    read_output,
    verified,
)
from generator.publish import SYNCED_SINGLY, checked_output, clean, publish, stage, staging
from generator.stands import Mark

Site = Mapping[str, bytes]
SITE: Site = {
    "index.html": b"index",
    "a/b/c.html": b"deep",
    "a/d.html": b"d",
    "empty.txt": b"",
    "name with blanks ё.html": b"x",
}
SOURCES = ("content", "seeds", "templates", "site.yaml")


def built(out: Path, site: Site, marks: Mapping[str, Mark]) -> dict[str, Mark]:
    """The marks of a site after it is published; a page is written where its bytes are its key."""
    with locked(out, 5):
        recovered(out)
        output = read_output(out, marks)
        keys = {path: sha256_hex(data) for path, data in site.items()}
        kept = {p: marks[p] for p in site.keys() & output.intact if marks[p].key == keys[p]}
        with staging(out) as tree:
            staged = [stage(tree, path, site[path]) for path in sorted(site.keys() - kept.keys())]
            publish(output, tree, staged, kept)
    return kept | {page.path: Mark(keys[page.path], page.size, page.mtime_ns, page.sha256) for page in staged}


def tree_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the manifest, and every folder that is empty."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() or path.is_symlink():
            found[name] = path.read_bytes() if path.is_file() else b"link"
        elif not any(path.iterdir()):
            found[f"{name}/"] = b""
    found.pop(MANIFEST, None)
    return found


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "build"


# ---------------------------------------------------------------- publishing


def test_the_folder_holds_the_site_and_its_manifest_and_nothing_lies_beside_it(out: Path) -> None:
    built(out, SITE, {})
    assert tree_of(out) == SITE
    assert manifest_pages((out / MANIFEST).read_bytes()) == {path: sha256_hex(data) for path, data in SITE.items()}
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum")
def test_sha256sum_can_check_the_site(out: Path) -> None:
    built(out, SITE, {})
    command = ("sha256sum", "--check", "--strict", "--quiet", MANIFEST)
    assert subprocess.run(command, cwd=out, check=False).returncode == 0


def test_pages_that_did_not_change_are_not_touched(out: Path) -> None:
    marks = built(out, SITE, {})
    before = {path: (out / path).stat() for path in [*SITE, MANIFEST]}
    assert built(out, SITE, marks) == marks
    assert {path: (out / path).stat() for path in [*SITE, MANIFEST]} == before
    built(out, {**SITE, "index.html": b"other"}, marks)
    assert {p for p in SITE if (out / p).stat().st_ino != before[p].st_ino} == {"index.html"}


def test_what_is_no_longer_in_the_site_goes_with_the_folders_it_leaves_empty(out: Path) -> None:
    marks = built(out, SITE, {})
    built(out, {"index.html": b"index"}, marks)
    assert tree_of(out) == {"index.html": b"index"}


def test_a_page_may_become_a_folder_and_a_folder_a_page(out: Path) -> None:
    marks = built(out, {"a/b/c": b"1", "x": b"2"}, {})
    marks = built(out, {"a": b"3", "x/y/z": b"4"}, marks)
    assert tree_of(out) == {"a": b"3", "x/y/z": b"4"}


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_the_modes_are_the_same_whatever_the_umask(umask: int, out: Path) -> None:
    before = os.umask(umask)
    try:
        marks = built(out, {"a/b.html": b"1"}, {})
        built(out, {"a/b.html": b"1", "c/d.html": b"2"}, marks)
    finally:
        os.umask(before)
    modes = {path.relative_to(out).as_posix(): path.stat().st_mode & 0o777 for path in [out, *out.rglob("*")]}
    assert modes == {".": 0o755, "a": 0o755, "c": 0o755, "a/b.html": 0o644, "c/d.html": 0o644, MANIFEST: 0o644}


def test_staging_alone_changes_nothing(out: Path) -> None:
    built(out, SITE, {})
    with staging(out) as tree:
        stage(tree, "index.html", b"other")
    assert tree_of(out) == SITE
    assert list(out.parent.iterdir()) == [out]


def test_a_folder_that_is_a_file_system_of_its_own_is_staged_inside(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = built(out, SITE, {})
    monkeypatch.setattr("generator.manifest._stands_alone", lambda out: True)
    with staging(out) as tree:
        assert out in tree.parents
    built(out, {**SITE, "index.html": b"other", "new.html": b"new"}, marks)
    assert tree_of(out) == {**SITE, "index.html": b"other", "new.html": b"new"}


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="no names of open files")
@pytest.mark.parametrize("pages", [1, SYNCED_SINGLY + 1])
def test_pages_are_on_the_disk_before_the_journal(pages: int, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = built(out, {"index.html": b"index"}, {})
    did: list[str] = []
    rename = os.rename

    def renamed(source: object, target: object) -> None:
        did.append(f"to {Path(str(target)).name}")
        rename(str(source), str(target))

    monkeypatch.setattr(os, "sync", lambda: did.append("sync"))
    monkeypatch.setattr(os, "fsync", lambda file: did.append(os.readlink(f"/proc/self/fd/{file}")))
    monkeypatch.setattr(os, "rename", renamed)
    built(out, {f"{n}.html": b"page" for n in range(pages)}, marks)
    before = did[: did.index("to journal")]
    assert "sync" in before or sum(name.endswith(".html") for name in before) == pages
    assert before[-1].endswith("journal.new")


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "a//b", "a/", ".", "", "a\nb", "a\\b", MANIFEST])
def test_no_page_leaves_the_folder_or_takes_the_manifests_place(path: str, out: Path, tmp_path: Path) -> None:
    output = read_output(out, {})
    with staging(out) as tree, pytest.raises((ValueError, MachineFault)):
        publish(output, tree, [stage(tree, path, b"page")], ())
    assert not out.exists()
    assert list(tmp_path.iterdir()) == []


def test_keeping_a_page_that_is_not_intact_is_a_bug(out: Path) -> None:
    marks = built(out, SITE, {})
    (out / "index.html").write_bytes(b"by hand")
    output = read_output(out, marks)
    with staging(out) as tree, pytest.raises(ValueError, match="no path of a page"):
        publish(output, tree, (), SITE)


# ---------------------------------------------------------------- the manifest

names = st.text(st.characters(exclude_characters="/\\", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=6)
paths = st.lists(names, min_size=1, max_size=3).map("/".join).filter(is_inside)
hashes = st.binary().map(sha256_hex)


@given(st.dictionaries(paths, hashes))
def test_a_manifest_says_what_was_put_into_it(pages: dict[str, str]) -> None:
    assert manifest_pages(manifest_bytes(pages)) == pages


@given(st.binary())
def test_no_manifest_names_a_file_outside(data: bytes) -> None:
    hostile = b"".join(b"0" * 64 + b"  " + line + b"\n" for line in data.split(b"\n"))
    assert all(is_inside(path) for path in manifest_pages(hostile))


@pytest.mark.parametrize("path", ["/etc/passwd", "../x", "a/../../x", "a/..", "./a", "a//b", "a/", "", ".."])
def test_a_path_that_leaves_its_folder_is_not_inside(path: str) -> None:
    assert not is_inside(path)
    assert manifest_pages(f"{'0' * 64}  {path}\n".encode()) == {}


def test_each_flipped_bit_is_named(out: Path) -> None:
    built(out, SITE, {})
    assert verified(out) == ()
    for path, data in SITE.items():
        for place in range(len(data)):
            (out / path).write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
            assert [problem.place for problem in verified(out)] == [f"build/{path}"]
        (out / path).write_bytes(data)


def test_what_is_missing_foreign_or_a_link_is_named(out: Path) -> None:
    built(out, SITE, {})
    (out / "index.html").unlink()
    (out / "a/d.html").unlink()
    (out / "a/d.html").symlink_to("b/c.html")
    (out / "a/foreign.html").write_text("foreign")
    assert [(problem.rule, problem.path, problem.severity) for problem in verified(out)] == [
        ("page-altered", "build/a/d.html", "error"),
        ("page-missing", "build/index.html", "error"),
        ("foreign-file", "build/a/foreign.html", "warning"),
    ]
    (out / MANIFEST).unlink()
    assert [problem.rule for problem in verified(out)] == ["manifest-missing"]


# ---------------------------------------------------------------- altered by hand


def overwrite(out: Path) -> None:
    (out / "index.html").write_bytes(b"INDEX")


def remove(out: Path) -> None:
    (out / "a/b/c.html").unlink()


def remove_a_folder(out: Path) -> None:
    shutil.rmtree(out / "a")


def remove_everything(out: Path) -> None:
    shutil.rmtree(out)


def damage_the_manifest(out: Path) -> None:
    text = (out / MANIFEST).read_bytes()
    (out / MANIFEST).write_bytes(
        text.replace(sha256_hex(b"index").encode(), b"0" * 64).replace(b"a/d.html", b"a/e.html")
    )


def garble_the_manifest(out: Path) -> None:
    (out / MANIFEST).write_bytes(b"\xff\0garbage")


def remove_the_manifest(out: Path) -> None:
    (out / MANIFEST).unlink()


HANDS = [
    overwrite,
    remove,
    remove_a_folder,
    remove_everything,
    damage_the_manifest,
    garble_the_manifest,
    remove_the_manifest,
]


@pytest.mark.parametrize("by_hand", HANDS)
def test_what_was_altered_by_hand_is_written_again(by_hand: object, out: Path) -> None:
    assert callable(by_hand)
    marks = built(out, SITE, {})
    by_hand(out)
    built(out, SITE, marks)
    assert tree_of(out) == SITE
    assert verified(out) == ()


def test_without_memory_every_page_is_written_again(out: Path) -> None:
    built(out, SITE, {})
    assert read_output(out, {}).intact == frozenset()
    built(out, {"index.html": b"new"}, {})
    assert tree_of(out) == {"index.html": b"new"}


# ---------------------------------------------------------------- files that are not ours


def test_a_folder_with_files_of_others_is_refused(out: Path) -> None:
    for n in range(214):
        (out / f"{n % 7}").mkdir(parents=True, exist_ok=True)
        (out / f"{n % 7}/{n}.txt").write_text("mine")
    with pytest.raises(MachineFault, match=r"refusing: build holds 214 files that are not ours \(no manifest\)"):
        built(out, SITE, {})
    with pytest.raises(MachineFault, match="not ours"):
        read_output(out, {"gone.html": Mark("k", 1, 1, "s")})
    assert len(tree_of(out)) == 214


def test_an_empty_folder_and_what_systems_leave_in_it_are_welcome(out: Path) -> None:
    out.mkdir()
    (out / ".gitkeep").write_text("")
    built(out, SITE, {})
    assert tree_of(out) == {**SITE, ".gitkeep": b""}


def test_foreign_files_are_reported_and_left(out: Path) -> None:
    marks = built(out, SITE, {})
    (out / "a/mine.txt").write_text("mine")
    (out / "link").symlink_to("a")
    built(out, {"index.html": b"new"}, marks)
    assert tree_of(out) == {"index.html": b"new", "a/mine.txt": b"mine", "link": b"link"}
    warnings = foreign_files(read_output(out, marks))
    assert [(w.path, w.severity) for w in warnings] == [("build/a/mine.txt", "warning"), ("build/link", "warning")]


FOREIGN = {"taken.html": "taken.html", "folder/taken": "folder", "taken": "taken/x.html"}


@pytest.mark.parametrize("foreign", FOREIGN)
def test_a_page_whose_place_is_taken_is_a_problem_and_nothing_is_changed(foreign: str, out: Path) -> None:
    marks = built(out, SITE, {})
    (out / foreign).parent.mkdir(exist_ok=True)
    (out / foreign).write_text("mine")
    before, planned = tree_of(out), {**SITE, FOREIGN[foreign]: b"page"}
    (problem,) = obstacles(read_output(out, marks), planned)
    assert problem.path == f"build/{FOREIGN[foreign]}"
    with pytest.raises(MachineFault, match="not ours"):
        built(out, planned, marks)
    assert tree_of(out) == before


def test_a_link_in_the_output_is_never_followed(out: Path, tmp_path: Path) -> None:
    marks = built(out, SITE, {})
    shutil.move(out / "a", tmp_path / "outside")
    (out / "a").symlink_to("../outside")
    with pytest.raises(MachineFault, match="not ours"):
        built(out, {**SITE, "a/d.html": b"new"}, marks)
    built(out, {"index.html": b"new"}, marks)
    assert tree_of(tmp_path / "outside") == {"b/c.html": b"deep", "d.html": b"d"}


def test_clean_removes_what_is_ours_alone(out: Path) -> None:
    built(out, SITE, {})
    (out / "a/mine.txt").write_text("mine")
    clean(out)
    assert tree_of(out) == {"a/mine.txt": b"mine"}
    assert not (out / MANIFEST).exists()
    clean(out)
    (out / "a/mine.txt").unlink()
    assert out.exists()


def test_clean_of_a_site_that_is_all_ours_leaves_nothing(out: Path) -> None:
    built(out, SITE, {})
    clean(out)
    assert list(out.parent.iterdir()) == []
    clean(out)


# ---------------------------------------------------------------- folders that cannot be an output


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("root/content/media", "root/seeds", "root/templates", "root/.git", "elsewhere/.git", "real"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "root/site.yaml").write_text("")
    (tmp_path / "root/link").symlink_to("../real")
    (tmp_path / "root/file").write_text("")
    return tmp_path / "root"


REFUSED = {
    ".": "holds the chronicle itself",
    "..": "holds the chronicle itself",
    "/": "holds the chronicle itself",
    "content": "content is a source",
    "content/media/x": "content is a source",
    "site.yaml": "is not a folder",
    "build/../seeds": "seeds is a source",
    "link": "symbolic link",
    "file": "not a folder",
    "../elsewhere": "git work tree",
}


@pytest.mark.parametrize("place", REFUSED)
def test_a_folder_that_must_not_be_written_is_refused(place: str, root: Path) -> None:
    with pytest.raises(MachineFault, match=f"refusing: .*{REFUSED[place]}"):
        checked_output(root / place, root, SOURCES)


def test_a_new_folder_anywhere_else_is_accepted(root: Path) -> None:
    assert checked_output(root / "build", root, SOURCES) == root.resolve() / "build"
    assert checked_output(root / "link/new", root, SOURCES) == (root / "../real/new").resolve()


# ---------------------------------------------------------------- what a killed build left


def test_a_journal_is_finished_once_and_then_gone(out: Path, tmp_path: Path) -> None:
    built(out, {"a.html": b"1", "b.html": b"2"}, {})
    work = tmp_path / ".build.staged"
    (work / "77").mkdir(parents=True)
    (work / "77/a.html").write_bytes(b"3")
    (work / MANIFEST).write_bytes(manifest_bytes({"a.html": sha256_hex(b"3")}))
    write_journal(work, Journal("77", ("a.html",), ("b.html",)))
    assert (recovered(out), recovered(out)) == (True, False)
    assert tree_of(out) == {"a.html": b"3"}
    assert verified(out) == ()
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("tree", ["77", "..", "../secret", "link"])
@pytest.mark.parametrize("path", ["key", "../key", "../../secret/key", "/etc/hostname", "folder/key"])
def test_a_journal_from_a_stranger_moves_and_removes_nothing_outside(
    tree: str, path: str, out: Path, tmp_path: Path
) -> None:
    built(out, SITE, {})
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key").write_text("secret")
    (tmp_path / "key").write_text("secret")
    work = tmp_path / ".build.staged"
    (work / "77").mkdir(parents=True)
    (work / "link").symlink_to(tmp_path / "secret")
    (work / "77/folder").symlink_to(tmp_path / "secret")
    write_journal(work, Journal(tree, (path,), (path,)))
    recovered(out)
    assert (tmp_path / "secret/key").read_text() == (tmp_path / "key").read_text() == "secret"
    assert tree_of(out).items() >= SITE.items()
    assert b"secret" not in tree_of(out).values()
    assert not work.exists()


def test_a_work_place_that_is_a_link_is_unlinked(out: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    write_journal(tmp_path / "secret", Journal("x", (), ()))
    (tmp_path / ".build.staged").symlink_to("secret")
    assert not recovered(out)
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


# ---------------------------------------------------------------- the lock


@contextmanager
def another_build(out: Path, held: float) -> Iterator[int]:
    """The process id of another process that holds the lock for so many seconds."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        with locked(out, 0):
            os.write(writer, b"!")
            time.sleep(held)
        os._exit(0)
    os.read(reader, 1)
    yield child
    os.kill(child, 9)
    os.waitpid(child, 0)
    os.close(reader)
    os.close(writer)


def test_a_second_build_says_which_one_is_running(out: Path) -> None:
    with (
        another_build(out, 30) as pid,
        pytest.raises(MachineFault, match=rf"another build \(pid {pid}\) is running"),
        locked(out, 0.1),
    ):
        pytest.fail("both hold the lock")


def test_a_second_build_waits_for_the_first(out: Path) -> None:
    with another_build(out, 0.2), locked(out, 10):
        pass
    assert list(out.parent.iterdir()) == []


def test_the_lock_of_a_dead_build_is_taken_over(out: Path) -> None:
    with another_build(out, 30):
        pass
    assert (out.parent / ".build.lock").exists()
    with locked(out, 0):
        assert (out.parent / ".build.lock").read_text() == f"{os.getpid()}\n"
    assert list(out.parent.iterdir()) == []


def test_a_lock_that_the_build_before_took_away_is_not_held(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock, flock, times = out.parent / ".build.lock", fcntl.flock, iter([True])

    def released_meanwhile(file: int, how: int) -> None:
        if next(times, False):
            lock.unlink()
        flock(file, how)

    monkeypatch.setattr(fcntl, "flock", released_meanwhile)
    with locked(out, 5):
        assert lock.read_text() == f"{os.getpid()}\n"


def test_a_file_system_without_locks_locks_nobody_out(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert tree_of_built(out) == SITE


def tree_of_built(out: Path) -> dict[str, bytes]:
    built(out, SITE, {})
    return tree_of(out)


def test_a_link_in_place_of_the_lock_is_not_followed(out: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / ".build.lock").symlink_to("precious")
    with pytest.raises(MachineFault), locked(out, 0):
        pass
    assert (tmp_path / "precious").read_text() == "precious"


def test_an_output_is_nothing_before_the_first_build(out: Path) -> None:
    assert read_output(out, {}) == Output(out, {}, {}, frozenset(), ())


def test_a_folder_that_cannot_be_written_stops_a_build_before_anything_has_changed(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = built(out, SITE, {})
    inner = next(path.rpartition("/")[0] for path in SITE if "/" in path)
    real = os.access
    monkeypatch.setattr(
        os, "access", lambda path, how: real(path, how) and not (how & os.W_OK and Path(path) == out / inner)
    )
    with pytest.raises(MachineFault, match="nothing was published"):
        built(out, {path: data + b"!" for path, data in SITE.items()}, marks)
    assert tree_of(out) == SITE
    assert not recovered(out)
