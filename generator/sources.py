"""Everything a site is made from, as it stands on the disk now; a file that has not changed is neither read nor parsed again."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from .course import QUIET, Cost, Course
from .decoding import decoded
from .files import TEXT_LIMIT, digest, read_bytes_at, read_contents
from .looks import look_of
from .memory import Memory
from .model import RECORD_TYPES, Body, Parsed, Reference
from .parse import parsed
from .problems import Problem, Span
from .render import Templates, templates
from .scan import Found
from .settings import SettingsFile, settings_file
from .shelves import FOLDERS, MEDIA, SETTINGS_FILE, TEMPLATES, identity, is_content
from .survey import LARGEST_FILE, Survey
from .withholding import is_withheld
from .workers import spread

READING = "reading of files"


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """What is remembered of a file besides its body: its record as MessagePack, the places of its values, its references, its problems."""

    record: msgspec.Raw
    marks: dict[str, Span]
    references: tuple[Reference, ...]
    problems: tuple[Problem, ...]


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """All that stands on the disk: the settings, every content file as parsed, templates, static files and media by digest.

    `digests` leads from every content file and medium that could be read to the digest of its content.
    `body` gives the body of a file by its path, `static` the bytes of a file by its name, and `medium` those of a picture
    as they may be published.
    """

    settings: SettingsFile
    files: tuple[Parsed, ...]
    templates: Templates
    statics: dict[str, str]
    media: dict[str, str]
    digests: dict[str, str]
    problems: tuple[Problem, ...]
    body: Callable[[str], Body]
    static: Callable[[str], bytes]
    medium: Callable[[str], bytes | Problem]


def read_sources(
    root: Path, surveyed: Survey, memory: Memory, now: datetime.datetime, jobs: int, course: Course = QUIET
) -> Sources:
    """Everything below the root of a chronicle, with all that is wrong with single files."""
    content = [f.path for f in surveyed.content]
    digests = dict(surveyed.digests)
    remembered = _remembered(memory, digests, content)
    unread = [path for path in content if path not in remembered]
    read = {r.path: r for r in spread(partial(_read_run, root, memory), unread, jobs, course)}
    course.spent(Cost(READING, r.path, r.seconds) for r in read.values())
    digests |= {r.path: r.content for r in read.values() if r.content}
    remembered |= _remembered(memory, digests, [r.path for r in read.values() if r.is_known])
    fresh = {r.path: r for r in read.values() if not r.is_known}
    files = tuple(remembered[path] if path in remembered else fresh[path].parsed() for path in content)
    _remember(memory, files, fresh, digests, now)
    pictures, picture_problems = _media(root, surveyed.media, digests)
    memory.remember_files(
        {f.path: (f.stamp, digests[f.path]) for f in surveyed.found.files if f.path in digests}, surveyed.found.began_ns
    )
    look = look_of(surveyed.look)
    return Sources(
        settings=_settings(surveyed.settings),
        files=files,
        templates=templates(look.texts),
        statics={name: digest(data) for name, data in look.statics.items()},
        media=pictures,
        digests=digests,
        problems=(*surveyed.found.problems, *_stray(surveyed.found.files), *look.problems, *picture_problems),
        body=_bodies(root, memory, digests, fresh),
        static=look.statics.__getitem__,
        medium=lambda name: _medium(root, name, pictures[name]),
    )


def _stray(found: Iterable[Found]) -> tuple[Problem, ...]:
    """Files that look like content and are not read, so that nobody takes their entry for published."""
    return tuple(_stray_problem(f.path) for f in found if _looks_lost(f.path))


def _looks_lost(path: str) -> bool:
    if path.startswith((f"{MEDIA}/", f"{TEMPLATES}/")):
        return False
    return is_content(path) != path.endswith(".md")


def _stray_problem(path: str) -> Problem:
    if is_content(path):
        message, hint = "is not read", "the files of a chronicle end in .md; pictures stand in content/media/"
    else:
        message, hint = "is in no folder that is read", f"content stands in {', '.join(FOLDERS)}"
    return Problem(rule="wrong-folder", severity="warning", path=path, message=message, hint=hint)


# ---------------------------------------------------------------- content


class Row(NamedTuple):
    """What is remembered of a file, as MessagePack: a `Kept`, and its body."""

    kept: bytes
    body: bytes


class Read:
    """A file that was looked into: the digest of its content (empty where it could not be read), and what it says.

    A file that a former build has parsed is known by its digest. Of one parsed now, the row alone travels between
    processes where it says all; a withheld one, or one with private values, has none and travels whole.
    """

    def __init__(
        self, path: str, content: str, row: Row | None = None, file: Parsed | None = None, seconds: float = 0.0
    ) -> None:
        self.path, self.content, self.row, self._file, self.seconds = path, content, row, file, seconds
        self.is_known = row is None and file is None

    def __reduce__(self) -> tuple[Any, ...]:
        return Read, (self.path, self.content, self.row, None if self.row else self._file, self.seconds)

    def parsed(self) -> Parsed:
        """The file without its body."""
        if self._file is not None:
            return self._file
        assert self.row is not None
        return _revived(self.path, self.row.kept)

    def body(self) -> Body:
        return _BODY.decode(self.row.body) if self.row else self.parsed().body


_BODY = msgspec.msgpack.Decoder(Body)
_KEPT = msgspec.msgpack.Decoder(Kept)


def _key(path: str, content: str) -> str:
    return digest(path, content)


def _remembered(memory: Memory, digests: Mapping[str, str], paths: Iterable[str]) -> dict[str, Parsed]:
    """The files whose content was parsed by a former build, by path."""
    keys = {_key(path, digests[path]): path for path in paths if path in digests}
    return {keys[key]: _revived(keys[key], blob) for key, blob in memory.records(keys).items()}


def _revived(path: str, blob: bytes) -> Parsed:
    kind, id, _ = identity(path)
    known = _KEPT.decode(blob)
    return Parsed(
        type=kind,
        id=id,
        path=path,
        record=msgspec.msgpack.decode(known.record, type=RECORD_TYPES[kind]),
        marks=known.marks,
        references=known.references,
        problems=known.problems,
    )


def _read_run(root: Path, memory: Memory, paths: Sequence[str]) -> list[Read]:
    """The files at these paths; after a checkout every file looks new, but few are: the content decides."""
    contents = dict(read_contents(root, paths, TEXT_LIMIT))
    digests = {path: digest(data) for path, data in contents.items() if isinstance(data, bytes)}
    known = memory.records(_key(path, content) for path, content in digests.items())
    return [
        Read(path, digests[path])
        if path in digests and _key(path, digests[path]) in known
        else _parsed_content(path, data)
        for path, data in contents.items()
    ]


def _parsed_content(path: str, data: bytes | Problem) -> Read:
    """The reading of a file; one that cannot be read still gives its id, and withholds itself."""
    began = time.perf_counter()
    text = decoded(path, data) if isinstance(data, bytes) else data
    if isinstance(text, Problem):
        kind, id, _ = identity(path)
        return Read(path, "", None, Parsed(type=kind, id=id, path=path, problems=(text,), withheld=True))
    file = parsed(path, text.text)
    if text.problems:
        file = msgspec.structs.replace(file, problems=(*text.problems, *file.problems))
    assert isinstance(data, bytes)
    return Read(path, digest(data), _row(file), file, time.perf_counter() - began)


def _row(file: Parsed) -> Row | None:
    """What may be remembered of a file: nothing of one that withholds itself or holds private values."""
    if file.record is None or file.private or file.withheld:
        return None
    encode = msgspec.msgpack.encode
    kept = Kept(msgspec.Raw(encode(file.record)), file.marks, file.references, file.problems)
    return Row(encode(kept), encode(file.body))


def _remember(
    memory: Memory,
    files: Sequence[Parsed],
    fresh: Mapping[str, Read],
    digests: Mapping[str, str],
    now: datetime.datetime,
) -> None:
    """Keep what was parsed now; never what is withheld or holds private values, and nothing that no file refers to.

    What a former build kept is forgotten when it becomes withheld.
    """
    held = {f.id for f in files if f.type == "incident" and is_withheld(f, now, drafts=False)}
    hidden = {f.path for f in files if f.withheld or (f.type in ("incident", "translation") and f.id in held)}
    kept = ((path, read) for path, read in fresh.items() if read.row and path not in hidden)
    memory.remember_parsed([(_key(path, read.content), *read.row) for path, read in kept if read.row])
    memory.keep_parsed(_key(path, content) for path, content in digests.items() if path not in hidden)


def _bodies(root: Path, memory: Memory, digests: Mapping[str, str], fresh: Mapping[str, Read]) -> Callable[[str], Body]:
    """The body of a file by its path: as parsed now, as remembered, or parsed again where the memory has lost it."""

    def body(path: str) -> Body:
        if path in fresh:
            return fresh[path].body()
        key = _key(path, digests[path])
        blob = memory.bodies((key,)).get(key)
        if blob is not None:
            return _BODY.decode(blob)
        return _parsed_content(path, read_bytes_at(root, path, TEXT_LIMIT)).body()

    return body


# ---------------------------------------------------------------- settings, media


def _settings(data: bytes | Problem) -> SettingsFile:
    text = decoded(SETTINGS_FILE, data) if isinstance(data, bytes) else data
    if isinstance(text, Problem):
        hint = (
            "is this the folder of a chronicle? give another with --root" if text.rule == "file-missing" else text.hint
        )
        return SettingsFile(None, {}, (msgspec.structs.replace(text, hint=hint),))
    return settings_file(text.text)


def _media(root: Path, found: Sequence[Found], digests: dict[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """The media by name with the digest of their content; a picture that has not changed is not read again.

    A file that cannot be published keeps its name here, so that what shows it raises no false alarm, but is not remembered.
    """
    pictures, problems = {}, []
    for file in found:
        if file.path not in digests:
            picture = _picture(root, file.path)
            if isinstance(picture, Problem):
                problems.append(picture)
            else:
                digests[file.path] = picture.content
        pictures[file.path.removeprefix(f"{MEDIA}/")] = digests.get(file.path, "")
    return pictures, problems


class Picture(NamedTuple):
    """The digest of a picture's file, and its bytes as they may be published."""

    content: str
    data: bytes


def _picture(root: Path, path: str) -> Picture | Problem:
    from .media import cleaned  # most builds have no new picture

    data = read_bytes_at(root, path, LARGEST_FILE)
    if isinstance(data, Problem):
        return data
    picture = cleaned(path, data, path)
    return picture if isinstance(picture, Problem) else Picture(digest(data), picture)


def _medium(root: Path, name: str, content: str) -> bytes | Problem:
    """A picture as it may be published; a page's key stands for the content that was there when the sources were read."""
    path = f"{MEDIA}/{name}"
    picture = _picture(root, path)
    if isinstance(picture, Problem):
        return picture
    message = "has changed while the site was built"
    changed = Problem(rule="file-changing", path=path, message=message, hint="build again")
    return picture.data if picture.content == content else changed
