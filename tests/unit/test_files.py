"""Facts about the gate through which files are read: `files`, `scan`, `folders`, `filenames`, `decoding`, `machine`."""

from __future__ import annotations

import errno
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import scan as scanning
from generator.decoding import Text, decoded
from generator.filenames import fault_of_name, is_litter, shown
from generator.files import (
    digest,
    package_names,
    read_bytes_at,
    read_package_data,
    read_text_at,
    read_texts,
    sha256_hex,
    write_new,
)
from generator.machine import MachineFault
from generator.problems import Problem
from generator.scan import DEPTH_LIMIT, scan

MD = (".md",)
SECRET = "not for this site"


def put(root: Path, path: str, text: str = "text") -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    return file


def messages(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.path, problem.message) for problem in problems]


def problem_at(root: Path, path: str, limit: int = 1000) -> Problem:
    found = read_text_at(root, path, limit)
    assert isinstance(found, Problem)
    return found


def refusing(code: int, name: str, real: Callable[..., int], times: int = 10**6) -> Callable[..., int]:
    """`os.open` that refuses a name so many times, as a test that runs as root sees no refusal otherwise."""
    left = [times]

    def opened(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if str(path) == name and left[0]:
            left[0] -= 1
            raise OSError(code, os.strerror(code), path)
        return real(path, flags, mode, dir_fd=dir_fd)

    return opened


# ---------------------------------------------------------------- scan


def test_files_come_sorted_by_path_whatever_the_order_of_the_directory(tmp_path: Path) -> None:
    paths = ["content/z.md", "content/a/b.md", "content/a.md", "content/ä.md", "seeds/s.md"]
    for path in paths:
        put(tmp_path, path)
    found = scan(tmp_path, ("seeds", "content"), MD)
    assert [file.path for file in found.files] == sorted(paths)
    assert (found.problems, found.ignored) == ((), ())


def test_a_stamp_changes_with_the_content(tmp_path: Path) -> None:
    file = put(tmp_path, "a.md", "one")
    before = scan(tmp_path, (".",)).files[0].stamp
    assert scan(tmp_path, (".",)).files[0].stamp == before
    time.sleep(0.02)
    file.write_text("two")
    os.utime(file, ns=(before.mtime_ns, before.mtime_ns))
    after = scan(tmp_path, (".",)).files[0].stamp
    assert (after.size, after.mtime_ns) == (before.size, before.mtime_ns)
    assert after != before


def test_a_missing_folder_is_empty_and_a_missing_root_is_the_machines_fault(tmp_path: Path) -> None:
    assert scan(tmp_path, ("content",)).files == ()
    with pytest.raises(MachineFault, match="no such file"):
        scan(tmp_path / "gone", (".",))


def test_what_is_no_regular_file_is_named_and_neither_followed_nor_read(tmp_path: Path) -> None:
    put(tmp_path, "outside/x.md", SECRET)
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "link.md").symlink_to(tmp_path / "outside/x.md")
    (folder / "folder").symlink_to(tmp_path / "outside")
    (folder / "loop").symlink_to(folder)
    (folder / "broken.md").symlink_to("nowhere")
    (folder / "zero.md").symlink_to("/dev/zero")
    os.mkfifo(folder / "fifo.md")
    (folder / "folder.md").mkdir()
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(str(folder / "plug.md"))
        found = scan(tmp_path, ("content",), MD)
    link, links = "is a symbolic link; not followed", ("broken.md", "folder", "link.md", "loop", "zero.md")
    expected = {f"content/{name}": link for name in links}
    expected |= {"content/fifo.md": "is a FIFO; not read", "content/plug.md": "is a socket; not read"}
    assert dict(messages(found.problems)) == expected
    assert found.files == ()
    for path in expected:
        assert problem_at(tmp_path, path).message == expected[path]
    assert problem_at(tmp_path, "content/folder.md").message == "is a folder; not read"


def test_a_folder_that_is_a_link_is_not_entered(tmp_path: Path) -> None:
    put(tmp_path, "outside/x.md", SECRET)
    (tmp_path / "content").symlink_to("outside")
    assert messages(scan(tmp_path, ("content",)).problems) == [("content", "is a symbolic link; not followed")]
    found = problem_at(tmp_path, "content/x.md")
    assert found.message == "cannot be read: content is a symbolic link; not followed"
    assert write_new(tmp_path, "content/y.md", "text") is not None
    assert not (tmp_path / "outside/y.md").exists()


def test_the_root_itself_may_be_a_link(tmp_path: Path) -> None:
    put(tmp_path, "real/a.md")
    (tmp_path / "root").symlink_to("real")
    assert [file.path for file in scan(tmp_path / "root", (".",)).files] == ["a.md"]
    assert isinstance(read_text_at(tmp_path / "root", "a.md"), Text)


LITTER = [
    ".DS_Store",
    "Thumbs.db",
    "x.md~",
    ".#x.md",
    "#x.md#",
    "x.md.swp",
    "4913",
    ".git",
    "Icon\r",
    ".gitkeep",
    "~$x.docx",
    "x.orig",
    "__pycache__",
]


def test_litter_is_passed_over_but_listed(tmp_path: Path) -> None:
    for name in LITTER:
        put(tmp_path, f"content/{name}")
    put(tmp_path, "content/notes.txt")
    found = scan(tmp_path, ("content",), MD)
    assert (found.files, found.problems) == ((), ())
    assert found.ignored == tuple(sorted(f"content/{shown(name)}" for name in [*LITTER, "notes.txt"]))


NAMES = {
    b"\xff.md": ("\\xff.md", "the file name is not UTF-8"),
    b"a\nb.md": ("a\\nb.md", "the file name holds U+000A"),
    "a\u202eb.md".encode(): ("a\\u202eb.md", "the file name holds U+202E right-to-left override"),
    b"a:b.md": ("a:b.md", 'the file name holds ":", which some systems refuse'),
    b"a .md ": ("a .md ", "the file name begins or ends with a blank, or ends with a dot"),
    b".md": (".md", "the file has no name before .md"),
    "a\u0301\u00e9.md".encode(): ("á\u00e9.md", "the file name has accents composed in two ways"),
}


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_a_name_that_cannot_be_published_everywhere_is_shown_escaped(name: bytes, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(name)).write_bytes(b"")
    assert messages(scan(tmp_path, (".",), MD).problems) == [NAMES[name]]


@given(st.binary(min_size=1, max_size=30))
def test_any_name_can_be_shown(name: bytes) -> None:
    assert shown(os.fsdecode(name)).isprintable()
    assert isinstance(fault_of_name(os.fsdecode(name)), str)


@given(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*\.md", fullmatch=True))
def test_the_file_of_an_id_is_never_refused_nor_taken_for_litter(name: str) -> None:
    assert (fault_of_name(name, MD), is_litter(name, MD)) == ("", False)


def test_a_name_is_composed_in_paths_and_found_again_as_the_disk_has_it(tmp_path: Path) -> None:
    put(tmp_path, "me\u0301dia/e\u0301.jpg", "picture")
    found = scan(tmp_path, (".",))
    assert ([file.path for file in found.files], found.problems) == (["m\u00e9dia/\u00e9.jpg"], ())
    assert read_bytes_at(tmp_path, found.files[0].path, 100) == b"picture"


def test_two_names_that_differ_in_composition_alone_are_a_problem(tmp_path: Path) -> None:
    put(tmp_path, "e\u0301.md")
    put(tmp_path, "\u00e9.md")
    (problem,) = scan(tmp_path, (".",)).problems
    assert problem.message == "two files have this name, with accents composed differently"


def test_a_folder_too_deep_is_a_problem(tmp_path: Path) -> None:
    put(tmp_path, "/".join(["d"] * DEPTH_LIMIT) + "/in.md")
    put(tmp_path, "/".join(["d"] * (DEPTH_LIMIT + 1)) + "/out.md")
    found = scan(tmp_path, (".",))
    assert [file.path for file in found.files] == ["/".join(["d"] * DEPTH_LIMIT) + "/in.md"]
    assert messages(found.problems) == [
        ("/".join(["d"] * (DEPTH_LIMIT + 1)), f"lies more than {DEPTH_LIMIT} folders deep; not read")
    ]


def test_a_file_that_may_not_be_read_is_one_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "locked.md")
    put(tmp_path, "shut/x.md")
    monkeypatch.setattr(os, "open", refusing(errno.EACCES, "locked.md", os.open))
    assert problem_at(tmp_path, "locked.md").message == "cannot be read: permission denied"
    monkeypatch.setattr(os, "open", refusing(errno.EACCES, "shut", os.open))
    assert messages(scan(tmp_path, (".",)).problems) == [("shut", "cannot be read: permission denied")]


@pytest.mark.parametrize("code", [errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM])
def test_what_no_author_can_mend_is_a_machine_fault_with_path_and_reason(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.md")
    monkeypatch.setattr(os, "open", refusing(code, "a.md", os.open))
    with pytest.raises(MachineFault) as caught:
        read_text_at(tmp_path, "a.md")
    assert caught.value.path == "a.md"
    assert caught.value.reason.lower() == os.strerror(code).lower()


# ---------------------------------------------------------------- reading


@given(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: not text.startswith("\ufeff")))
def test_a_text_is_read_exactly_as_it_stands(text: str) -> None:
    assert decoded("a.md", text.encode()) == Text("a.md", text)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_a_problem_at_the_first_wrong_byte(data: bytes) -> None:
    found = decoded("a.md", data)
    if isinstance(found, Text):
        assert found.text.encode() == data.removeprefix(b"\xef\xbb\xbf")
    else:
        assert found.rule == "not-utf8"
        assert found.span.line >= 1
        assert found.span.column >= 1


RUSSIAN = "---\ntitle: Ночью над областью\n---\nОбломки упали на крышу, пострадавших нет.\n"
FRENCH = "---\ntitle: Une nuit agitée\n---\nDes débris sont tombés près d'un hôtel.\n"
ENCODED = {
    "UTF-16, little end first": (RUSSIAN.encode("utf-16"), "UTF-16", (1, 1)),
    "UTF-16, big end first": (b"\xfe\xff" + RUSSIAN.encode("utf-16-be"), "UTF-16", (1, 1)),
    "Windows-1251": (RUSSIAN.encode("windows-1251"), "Windows-1251", (2, 8)),
    "Latin-1": (FRENCH.encode("latin-1"), "Latin-1", (2, 21)),
    "Latin-1 with CRLF": (FRENCH.replace("\n", "\r\n").encode("latin-1"), "Latin-1", (2, 21)),
}


@pytest.mark.parametrize("name", ENCODED)
def test_another_encoding_is_named_with_the_place_of_its_first_byte(name: str) -> None:
    data, encoding, place = ENCODED[name]
    found = decoded("a.md", data)
    assert isinstance(found, Problem)
    assert f"not UTF-8 (looks like {encoding})" in found.message
    assert (found.span.line, found.span.column) == place
    assert found.hint == "save it as UTF-8"


def test_utf8_with_one_damaged_byte_is_taken_for_no_other_encoding() -> None:
    found = decoded("a.md", RUSSIAN.encode() + b"\xd0 end")
    assert isinstance(found, Problem)
    assert found.message == f"not UTF-8: byte D0 at offset {len(RUSSIAN.encode())}"
    assert (found.span.line, found.span.column) == (5, 1)


def test_a_byte_order_mark_is_left_out_with_a_warning() -> None:
    found = decoded("a.md", b"\xef\xbb\xbftext")
    assert isinstance(found, Text)
    assert found.text == "text"
    assert [(problem.rule, problem.severity) for problem in found.problems] == [("byte-order-mark", "warning")]


def test_a_file_at_the_limit_is_read_and_one_above_is_not_even_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "fits.md", "x" * 2048)
    with put(tmp_path, "huge.md").open("wb") as file:
        file.truncate(50 << 30)
    assert isinstance(read_text_at(tmp_path, "fits.md", 2048), Text)
    monkeypatch.setattr(os, "read", lambda file, size: pytest.fail("it was read"))
    assert problem_at(tmp_path, "huge.md", 2048).message == "is larger than 2 KiB; not read"


def test_texts_come_in_the_order_they_were_asked_for(tmp_path: Path) -> None:
    paths = ["b/1.md", "a/1.md", "b/2.md", "c.md", "b/gone.md", "gone/1.md", "a/2.md"]
    for path in paths:
        if "gone" not in path:
            put(tmp_path, path, path)
    read = list(read_texts(tmp_path, paths))
    assert [found.path for found in read] == paths
    assert [found.text if isinstance(found, Text) else found.message for found in read] == [
        "is not there" if "gone" in path else path for path in paths
    ]


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    put(tmp_path, "a/b/c.md")
    (tmp_path / "a/link").symlink_to("b")
    before = os.listdir("/dev/fd")
    scan(tmp_path, (".", "a/link", "gone"))
    list(read_texts(tmp_path, ["a/b/c.md", "a/link/c.md", "a/gone.md", "gone/x.md", "a/b"]))
    write_new(tmp_path, "a/b/c.md", "")
    assert os.listdir("/dev/fd") == before


def test_a_file_that_an_editor_is_just_replacing_is_looked_for_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.md")
    monkeypatch.setattr(os, "open", refusing(errno.ENOENT, "a.md", os.open, times=1))
    assert isinstance(read_text_at(tmp_path, "a.md"), Text)


def test_a_file_that_vanishes_during_the_scan_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = put(tmp_path, "a.md")
    monkeypatch.setattr(scanning, "fault_of_name", lambda name, suffixes: file.unlink())
    assert messages(scan(tmp_path, (".",)).problems) == [("a.md", "is not there")]


@pytest.mark.parametrize("times", [1, 2])
def test_a_file_that_is_being_written_is_read_twice(
    times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, read, left = put(tmp_path, "a.md"), os.read, [times]

    def growing(descriptor: int, size: int) -> bytes:
        if left[0]:
            left[0] -= 1
            with file.open("a") as other:
                other.write(" and more")
        return read(descriptor, size)

    monkeypatch.setattr(os, "read", growing)
    found = read_text_at(tmp_path, "a.md")
    expected = "text and more" if times == 1 else "is being written by another program"
    assert (found.text if isinstance(found, Text) else found.message) == expected


# ---------------------------------------------------------------- the rest


def test_a_new_file_is_written_with_its_folders_and_never_over_another(tmp_path: Path) -> None:
    assert write_new(tmp_path, "content/incidents/2025/x.md", "né") is None
    again = write_new(tmp_path, "content/incidents/2025/x.md", "other")
    assert again is not None
    assert again.message == "exists already; nothing was written"
    assert (tmp_path / "content/incidents/2025/x.md").read_text(encoding="utf-8") == "né"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_new_file_that_does_not_fit_on_the_disk_is_taken_away_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def on_a_full_disk(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        opened = real(path, flags, mode, dir_fd=dir_fd)
        if not flags & os.O_EXCL:
            return opened
        os.close(opened)
        return real("/dev/full", os.O_WRONLY)

    monkeypatch.setattr(os, "open", on_a_full_disk)
    with pytest.raises(MachineFault, match="no space left on device"):
        write_new(tmp_path, "x.md", "text")
    assert list(tmp_path.iterdir()) == []


parts = st.lists(st.one_of(st.text(max_size=4), st.binary(max_size=4)), max_size=4)


@given(parts, parts)
def test_digests_are_equal_exactly_where_the_parts_are(one: list[bytes | str], other: list[bytes | str]) -> None:
    def plain(some: list[bytes | str]) -> list[bytes]:
        return [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in some]

    assert (digest(*one) == digest(*other)) == (plain(one) == plain(other))


def test_a_boundary_between_parts_counts() -> None:
    assert len({digest("a", "bc"), digest("ab", "c"), digest("abc"), digest("abc", ""), digest("\ud800")}) == 5


def test_sha256_is_that_of_the_standard() -> None:
    assert sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-4


def test_packed_data_is_listed_and_read() -> None:
    assert "files.py" in package_names()
    assert not [name for name in package_names() if "__pycache__" in name]
    assert read_package_data("files.py").startswith(b'"""')
    with pytest.raises(MachineFault):
        read_package_data("gone")
