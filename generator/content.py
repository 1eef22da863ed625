"""The content files of a chronicle: what each says, as parsed now or as a former build has parsed it."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from .decoding import decoded
from .files import TEXT_LIMIT, digest, read_bytes_at, read_contents
from .marks import Marks
from .memory import Memory
from .model import RECORD_TYPES, Body, Parsed, Reference
from .parse import parsed
from .problems import Problem
from .shelves import identity
from .withholding import is_withheld


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """What is remembered of a file besides its body: its record as MessagePack, the places of its values, its references, its problems."""

    record: msgspec.Raw
    marks: Marks
    references: tuple[Reference, ...]
    problems: tuple[Problem, ...]


MANY = 500
"""So many files parsed now are written into the memory while the build goes on."""


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
        self, path: str, content: str, key: str, row: Row | None = None, file: Parsed | None = None, seconds: float = 0
    ) -> None:
        self.path, self.content, self.key, self.row, self._file, self.seconds = path, content, key, row, file, seconds
        self.is_known = row is None and file is None

    def __reduce__(self) -> tuple[Any, ...]:
        return Read, (self.path, self.content, self.key, self.row, None if self.row else self._file, self.seconds)

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


def content_key(path: str, content: str) -> str:
    return digest(path, content)


def remembered_files(memory: Memory, digests: Mapping[str, str], paths: Iterable[str]) -> dict[str, Parsed]:
    """The files whose content was parsed by a former build, by path."""
    keys = {content_key(path, digests[path]): path for path in paths if path in digests}
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


def read_run(root: Path, memory: Memory, paths: Sequence[str]) -> list[Read]:
    """The files at these paths; after a checkout every file looks new, but few are: the content decides."""
    found = list(_looked_into(root, paths))
    known = memory.records(key for _, _, _, key in found)
    return [
        Read(path, content, key) if key in known else _parsed_content(path, data, content, key)
        for path, data, content, key in found
    ]


def changed_run(root: Path, paths: Sequence[str], known: Mapping[str, str]) -> Iterator[Read]:
    """Those of the files at these paths that do not hold what they are known to have held, parsed now."""
    for path, data, content, key in _looked_into(root, paths):
        if not content or known.get(path) != content:
            yield _parsed_content(path, data, content, key)


def parsed_run(root: Path, paths: Sequence[str]) -> list[Read]:
    """The files at these paths, parsed whatever the memory knows."""
    return [_parsed_content(*one) for one in _looked_into(root, paths)]


def _looked_into(root: Path, paths: Sequence[str]) -> Iterator[tuple[str, bytes | Problem, str, str]]:
    """Each path with what stands there, the digest of it and its key in the memory; both are empty where it cannot be read."""
    for path, data in read_contents(root, paths, TEXT_LIMIT):
        content = digest(data) if isinstance(data, bytes) else ""
        yield path, data, content, content_key(path, content) if content else ""


def _parsed_content(path: str, data: bytes | Problem, content: str = "", key: str = "") -> Read:
    """The reading of a file; one that cannot be read still gives its id, and withholds itself."""
    began = time.perf_counter()
    text = decoded(path, data) if isinstance(data, bytes) else data
    if isinstance(text, Problem):
        kind, id, _ = identity(path)
        return Read(path, "", "", None, Parsed(type=kind, id=id, path=path, problems=(text,), withheld=True))
    file = parsed(path, text.text)
    if text.problems:
        file = msgspec.structs.replace(file, problems=(*text.problems, *file.problems))
    return Read(path, content, key, _row(file), file, time.perf_counter() - began)


def _row(file: Parsed) -> Row | None:
    """What may be remembered of a file: nothing of one that withholds itself or holds private values."""
    if file.record is None or file.private or file.withheld:
        return None
    encode = msgspec.msgpack.encode
    kept = Kept(msgspec.Raw(encode(file.record)), file.marks, file.references, file.problems)
    return Row(encode(kept), encode(file.body))


def remember_content(
    memory: Memory,
    files: Sequence[Parsed],
    fresh: Mapping[str, Read],
    digests: Mapping[str, str],
    now: datetime.datetime,
    jobs: int,
) -> None:
    """Keep what was parsed now; never what is withheld or holds private values, and nothing that no file refers to.

    What a former build kept is forgotten when it becomes withheld.
    """
    held = {f.id for f in files if f.type == "incident" and is_withheld(f, now, drafts=False)}
    hidden = {f.path for f in files if f.withheld or (f.type in ("incident", "translation") and f.id in held)}
    if fresh:  # of another present, perhaps: what was withheld then must not stay here
        memory.remember_rest(b"")
    kept = ((path, read) for path, read in fresh.items() if read.row and path not in hidden)
    memory.remember_parsed([(read.key, *read.row) for _, read in kept if read.row])
    shown = ((path, content) for path, content in digests.items() if path not in hidden)
    keys = (fresh[path].key if path in fresh else content_key(path, content) for path, content in shown)
    memory.keep_parsed(keys, hidden)
    if len(fresh) > MANY:
        memory.save_meanwhile(jobs)
    for read in fresh.values():  # the bodies are still to be rendered
        read.row = Row(b"", read.row.body) if read.row else None


def bodies_of(
    root: Path, memory: Memory, digests: Mapping[str, str], fresh: Mapping[str, Read]
) -> Callable[[str], Body]:
    """The body of a file by its path: as parsed now, as remembered, or parsed again where the memory has lost it."""

    def body(path: str) -> Body:
        if path in fresh:
            return fresh[path].body()
        key = content_key(path, digests[path])
        blob = memory.bodies((key,)).get(key)
        if blob is not None:
            return _BODY.decode(blob)
        return _parsed_content(path, read_bytes_at(root, path, TEXT_LIMIT)).body()

    return body


class NewerBodies(msgspec.Struct, frozen=True):
    """What gives the body of a file by its path: as it was read last, else as `base` gives it."""

    base: Callable[[str], Body]
    fresh: Mapping[str, Read]

    def __call__(self, path: str, /) -> Body:
        return self.fresh[path].body() if path in self.fresh else self.base(path)


def newer_bodies(former: Callable[[str], Body], fresh: Mapping[str, Read]) -> Callable[[str], Body]:
    """The bodies that were known, some of them as they were read now."""
    if isinstance(former, NewerBodies):
        return NewerBodies(former.base, {**former.fresh, **fresh})
    return NewerBodies(former, fresh)
