"""Everything a site is made from, as it stands on the disk now; a file that has not changed is neither read nor parsed again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from .decoding import Text
from .files import digest, read_bytes_at, read_text_at, read_texts
from .looks import STATIC, read_look
from .marks import Marks
from .memory import Memory
from .model import RECORD_TYPES, Body, Parsed, Reference
from .parse import FOLDERS, identity, parsed
from .problems import Problem
from .render import TEMPLATES, Templates, templates
from .scan import Found, Scan, scan
from .settings import SETTINGS_FILE, SettingsFile, settings_file
from .withholding import is_withheld
from .workers import spread

CONTENT = tuple(sorted({folder.partition("/")[0] for folder in FOLDERS}))
MEDIA = "content/media"
LARGEST_MEDIUM = 64 * 1024 * 1024


class Places(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a file besides its record and body: the places of its values, its references, its problems."""

    marks: Marks
    references: tuple[Reference, ...]
    problems: tuple[Problem, ...]


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """All that stands on the disk: the settings, every content file as parsed, templates, static files and media by digest.

    `body` gives the body of a file by its path, `static` the bytes of a file by its name, and `medium` those of a picture
    as they may be published.
    """

    settings: SettingsFile
    files: tuple[Parsed, ...]
    templates: Templates
    statics: dict[str, str]
    media: dict[str, str]
    problems: tuple[Problem, ...]
    body: Callable[[str], Body]
    static: Callable[[str], bytes]
    medium: Callable[[str], bytes | Problem]


def read_sources(root: Path, memory: Memory, now: datetime.datetime, jobs: int) -> Sources:
    """Everything below the root of a chronicle, with all that is wrong with single files."""
    found = scan(root, (*CONTENT, TEMPLATES))
    content = [f for f in found.files if f.path.endswith(".md") and _is_content(f.path)]
    media = [f for f in found.files if f.path.startswith(f"{MEDIA}/")]
    known = memory.known_files()
    digests = {f.path: known[f.path][1] for f in found.files if f.path in known and known[f.path][0] == f.stamp}
    remembered = _remembered(memory, digests, [f.path for f in content])
    unread = [f.path for f in content if f.path not in remembered]
    read = dict(spread(partial(_read_run, root, memory), unread, jobs))
    remembered |= {path: file for path, (_, file, is_known) in read.items() if is_known}
    fresh = {path: (content_digest, file) for path, (content_digest, file, is_known) in read.items() if not is_known}
    digests |= {path: content_digest for path, (content_digest, _, _) in read.items()}
    files = tuple(remembered[f.path] if f.path in remembered else fresh[f.path][1] for f in content)
    _remember(memory, {f.path: f for f in files}, fresh, digests, now)
    look = read_look(root, [f.path for f in found.files if f.path.startswith(f"{TEMPLATES}/")])
    pictures, picture_problems = _media(root, media, digests)
    memory.remember_files(
        {f.path: (f.stamp, digests[f.path]) for f in found.files if f.path in digests}, found.began_ns
    )
    return Sources(
        settings=_read_settings(root),
        files=files,
        templates=templates({name: text for name, text in look.texts.items() if not name.startswith(STATIC)}),
        statics={name.removeprefix(STATIC): digest(data) for name, data in look.statics.items()},
        media=pictures,
        problems=(*found.problems, *_stray(found), *look.problems, *picture_problems),
        body=_bodies(root, memory, digests, {path: file.body for path, (_, file) in fresh.items()}),
        static=lambda name: look.statics[STATIC + name],
        medium=lambda name: _medium(root, name, pictures[name]),
    )


def _is_content(path: str) -> bool:
    return any(path.startswith(f"{folder}/") for folder in FOLDERS)


def _stray(found: Scan) -> tuple[Problem, ...]:
    """Files that look like content and are not read, so that nobody takes their entry for published."""
    return tuple(_stray_problem(f.path) for f in found.files if _looks_lost(f.path))


def _looks_lost(path: str) -> bool:
    if path.startswith((f"{MEDIA}/", f"{TEMPLATES}/")):
        return False
    return _is_content(path) != path.endswith(".md")


def _stray_problem(path: str) -> Problem:
    if _is_content(path):
        message, hint = "is not read", "the files of a chronicle end in .md; pictures stand in content/media/"
    else:
        message, hint = "is in no folder that is read", f"content stands in {', '.join(FOLDERS)}"
    return Problem(rule="wrong-folder", severity="warning", path=path, message=message, hint=hint)


# ---------------------------------------------------------------- content


def _key(path: str, content: str) -> str:
    return digest(path, content)


def _remembered(memory: Memory, digests: Mapping[str, str], paths: Sequence[str]) -> dict[str, Parsed]:
    """The files whose content was parsed by a former build, by path."""
    keys = {_key(path, digests[path]): path for path in paths if path in digests}
    places = memory.places(keys)
    return {
        keys[key]: _revived(keys[key], blob, places[key]) for key, blob in memory.records(keys).items() if key in places
    }


def _revived(path: str, blob: bytes, places: bytes) -> Parsed:
    kind, id, _ = identity(path)
    record = msgspec.msgpack.decode(blob, type=RECORD_TYPES[kind])
    known = _PLACES.decode(places)
    return Parsed(
        type=kind,
        id=id,
        path=path,
        record=record,
        marks=known.marks,
        references=known.references,
        problems=known.problems,
    )


_PLACES = msgspec.msgpack.Decoder(Places)


def _read_run(root: Path, memory: Memory, paths: Sequence[str]) -> list[tuple[str, tuple[str, Parsed, bool]]]:
    """Each path with the digest of its content, what it says, and whether a former build has parsed that very content.

    After a checkout every file looks new, but few are: the content decides.
    """
    texts = dict(zip(paths, read_texts(root, paths), strict=True))
    digests = {path: digest(text.text) for path, text in texts.items() if isinstance(text, Text)}
    known = _remembered(memory, digests, tuple(digests))
    return [
        (path, (digests[path], known[path], True) if path in known else (*_parsed_text(path, text), False))
        for path, text in texts.items()
    ]


def _parsed_text(path: str, text: Text | Problem) -> tuple[str, Parsed]:
    """The digest and reading of a text; a file that cannot be read still gives its id, and withholds itself."""
    if isinstance(text, Problem):
        kind, id, _ = identity(path)
        return "", Parsed(type=kind, id=id, path=path, problems=(text,), withheld=True)
    file = parsed(path, text.text)
    return digest(text.text), msgspec.structs.replace(file, problems=(*text.problems, *file.problems))


def _remember(
    memory: Memory,
    files: Mapping[str, Parsed],
    fresh: Mapping[str, tuple[str, Parsed]],
    digests: Mapping[str, str],
    now: datetime.datetime,
) -> None:
    """Keep what was parsed now; never what is withheld or holds private values, and nothing that no file refers to.

    What a former build kept is forgotten when it becomes withheld.
    """
    held = {f.id for f in files.values() if f.type == "incident" and is_withheld(f, now, drafts=False)}
    rows = [
        (
            _key(path, content),
            msgspec.msgpack.encode(file.record),
            msgspec.msgpack.encode(file.body),
            msgspec.msgpack.encode(Places(file.marks, file.references, file.problems)),
        )
        for path, (content, file) in fresh.items()
        if file.record is not None and not file.private and not file.withheld and not _is_of(file, held)
    ]
    memory.remember_parsed(rows)
    memory.keep_parsed(
        _key(path, content)
        for path, content in digests.items()
        if path not in files or not (_is_of(files[path], held) or files[path].withheld)
    )


def _is_of(file: Parsed, held: Iterable[str]) -> bool:
    return file.type in ("incident", "translation") and file.id in held


def _bodies(root: Path, memory: Memory, digests: Mapping[str, str], fresh: Mapping[str, Body]) -> Callable[[str], Body]:
    """The body of a file by its path: as parsed now, as remembered, or parsed again where the memory has lost it."""
    decoder = msgspec.msgpack.Decoder(Body)

    def body(path: str) -> Body:
        if path in fresh:
            return fresh[path]
        key = _key(path, digests[path])
        blob = memory.bodies((key,)).get(key)
        if blob is not None:
            return decoder.decode(blob)
        text = read_text_at(root, path)
        return _parsed_text(path, text)[1].body

    return body


# ---------------------------------------------------------------- settings, media


def _read_settings(root: Path) -> SettingsFile:
    text = read_text_at(root, SETTINGS_FILE)
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

    data = read_bytes_at(root, path, LARGEST_MEDIUM)
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
