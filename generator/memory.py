"""What former builds remember, in one SQLite file that may be deleted at any time.

A lost memory costs time; a wrong one would cost the truth. So every row carries a checksum over its key and its value, and
one that does not fit counts as absent; a file that is not ours, or another engine's, is put aside; and what a build
remembers is written in one transaction at its end (many parsed files in one of their own before), which SQLite's rollback
journal undoes where the process is killed.
Nothing waits for the disk: what a power cut leaves half written, the checksums find.

Nothing here raises. Without its file the memory is empty, and `notice` says why.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from .machine import reason_of
from .memoryfile import OURS, WAIT, Table, checksum, connected, laid_out, write, write_quietly
from .scan import Stamp
from .stands import Mark, Stand
from .workers import meanwhile

FILE = "chronicle.sqlite"
ASIDE = "chronicle.sqlite.aside"

OUTPUTS_KEPT = 8
"""The pages of so many output folders are remembered, the latest used."""

CLOCK_STEP_NS = 2_000_000_000
"""The coarsest step of a file system's clock in use (FAT)."""

NO_STAMP = Stamp(-1, 0, 0, 0)
"""The stamp of no file."""

_AT_ONCE = 500
_SIDE_FILES = ("-journal", "-wal", "-shm")
_REASONS = {
    sqlite3.SQLITE_BUSY: "is in use by another program",
    sqlite3.SQLITE_LOCKED: "is in use by another program",
    sqlite3.SQLITE_READONLY: "cannot be written",
    sqlite3.SQLITE_IOERR: "cannot be read or written",
    sqlite3.SQLITE_FULL: "cannot be written: no space left on device",
    sqlite3.SQLITE_NOMEM: "is too large for this machine",
}


_STANDS = msgspec.msgpack.Decoder(dict[str, Stand])
_FILES = msgspec.msgpack.Decoder(dict[str, tuple[Stamp, str]])
_MARKS = msgspec.msgpack.Decoder(dict[str, Mark])


def trusted(files: Mapping[str, tuple[Stamp, str]], began_ns: int) -> dict[str, tuple[Stamp, str]]:
    """Files with the stamps by which they are known after a scan that began at `began_ns`.

    A file as new as its scan can change again without a change of its stamp, so it is known by no stamp (the "racy git"
    rule).
    """
    newest = began_ns - CLOCK_STEP_NS
    return {
        path: known if max(known[0].mtime_ns, known[0].ctime_ns) < newest else (NO_STAMP, known[1])
        for path, known in files.items()
    }


def forgotten(folder: Path) -> None:
    """The folder without what we remember in it; the folder itself goes too, if nothing else is in it."""
    for name in (FILE, ASIDE, *(f"{FILE}{suffix}" for suffix in _SIDE_FILES)):
        with suppress(OSError):
            (folder / name).unlink()
    with suppress(OSError):
        folder.rmdir()


class Memory:
    """What former builds of one engine remember; read at any time, written when its `with` ends without an exception.

    What is remembered now is there for the next build. A forked process may read, never write.
    """

    def __init__(self, folder: Path, engine: str) -> None:
        self.notice = ""
        self._path = folder / FILE
        self._engine = engine.encode()
        self._tasks: list[tuple[str, Iterable[tuple[Any, ...]]]] = []
        self._owner = self._user = os.getpid()
        self._written: Callable[[], None] | None = None
        self._is_lost = self._leaves_no_trace = False
        self._db = self._begun()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._save()
        self._connection().close()

    # ------------------------------------------------------------ sources

    def known_files(self) -> dict[str, tuple[Stamp, str]]:
        """The path of every source of the last build to its stamp and the digest of its content."""
        found = self._values("whole", ("files",))
        return _FILES.decode(found["files"]) if found else {}

    def remember_files(self, files: Mapping[str, tuple[Stamp, str]], began_ns: int) -> None:
        """These are all sources of this build; their scan began at `began_ns`."""
        self._remember("whole", [("files", msgspec.msgpack.encode(trusted(files, began_ns)))])

    # ------------------------------------------------------------ parsed files, by a key of the caller's making

    def records(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The remembered records among these keys."""
        return self._values("record", keys)

    def bodies(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The remembered bodies among these keys."""
        return self._values("body", keys)

    def remember_parsed(self, parsed: Sequence[tuple[str, bytes, bytes]]) -> None:
        """Parsed files: key, record (with all else that is known of the file) and body of each."""
        self._remember("record", ((key, record) for key, record, _ in parsed))
        self._remember("body", ((key, body) for key, _, body in parsed))

    def keep_parsed(self, keys: Iterable[str], secret: Collection[str]) -> None:
        """Of the parsed files of former builds, these alone are worth remembering.

        Where one that goes is of a `secret` path, no trace of it stays in the file: SQLite leaves bytes of what was moved
        within a page.
        """
        kept = {key.encode() for key in keys}
        stale = [key for key in self._rows("SELECT key FROM record") if key[0] not in kept]
        # A damaged file may hold anything, also keys that are no bytes.
        names = [key[0].decode("utf-8", "replace") for key in stale if isinstance(key[0], bytes)]
        going = self.records(names) if secret else {}
        self._leaves_no_trace = any(path.encode() in record for record in going.values() for path in secret)
        self._forget(stale)

    def forget_parsed(self, keys: Iterable[str]) -> None:
        """These parsed files are not worth remembering any more."""
        self._forget([(key.encode(),) for key in keys])

    def _forget(self, gone: Sequence[tuple[Any, ...]]) -> None:
        for table in ("record", "body"):
            self._tasks.append((f"DELETE FROM {table} WHERE key = ?", gone))  # noqa: S608 — a name of ours

    # ------------------------------------------------------------ published pages

    def pages(self, output: str) -> dict[str, Mark]:
        """Every page that the last build wrote to this output folder, by path."""
        found = self._values("pages", (output,))
        return _MARKS.decode(found[output]) if found else {}

    def stands(self, output: str) -> dict[str, Stand]:
        """How every page that the last build left in this output folder was written, by path."""
        found = self._values("pages", (output,))
        return _STANDS.decode(found[output]) if found else {}

    def remember_pages(self, output: str, pages: Mapping[str, Mark]) -> None:
        """These are all pages of this output folder."""
        self._remember("pages", [(output, msgspec.msgpack.encode(pages))])
        latest = "SELECT rowid FROM pages ORDER BY rowid DESC LIMIT ?"
        self._tasks.append((f"DELETE FROM pages WHERE rowid NOT IN ({latest})", [(OUTPUTS_KEPT,)]))  # noqa: S608

    def rest(self) -> bytes:
        """How the last build left its output folder and this memory; empty where it did not leave them at rest."""
        return self._values("whole", ("rest",)).get("rest", b"")

    def frame(self) -> bytes:
        """How the entries of what was left at rest stand to each other; empty for none."""
        return self._values("whole", ("frame",)).get("frame", b"")

    def remember_frame(self, frame: bytes) -> None:
        self._remember("whole", [("frame", frame)])

    def remember_rest(self, rest: bytes) -> None:
        """This is how all is left; with nothing it is not at rest."""
        self._remember("whole", [("rest", rest)])

    # ------------------------------------------------------------ rows

    def _values(self, table: Table, keys: Iterable[str]) -> dict[str, bytes]:
        """The values of these keys whose checksums fit; where many are asked for, the table is read in one go."""
        wanted = {key.encode(): key for key in keys}
        select = f"SELECT key, checksum, value FROM {table}"  # noqa: S608 — a name of ours
        rows = self._rows(select) if len(wanted) > 4 * _AT_ONCE else self._rows_of(select, list(wanted))
        return {wanted[k]: v for k, c, v in rows if k in wanted and isinstance(v, bytes) and c == checksum(table, k, v)}

    def _rows_of(self, select: str, keys: list[bytes]) -> Iterable[tuple[Any, ...]]:
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            yield from self._rows(f"{select} WHERE key IN ({','.join('?' * len(some))})", some)

    def _rows(self, query: str, values: Sequence[bytes] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection().execute(query, values).fetchall()
        except sqlite3.Error as error:
            self._db = self._after(error)
            return []

    def _remember(self, table: Table, values: Iterable[tuple[str, bytes]]) -> None:
        rows = ((key.encode(), checksum(table, key.encode(), value), value) for key, value in values)
        self._tasks.append((f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows))  # noqa: S608

    def save_meanwhile(self, jobs: int) -> None:
        """What is remembered so far is written while the build goes on: only what is true however the build ends."""
        if self._is_lost or jobs < 2:
            return
        self._written = meanwhile(partial(write_quietly, self._path, self._tasks), jobs)
        self._tasks = []

    def _save(self) -> None:
        """Everything remembered since the beginning, or nothing of it."""
        if os.getpid() != self._owner or not (self._tasks or self._leaves_no_trace):
            return
        try:
            write(self._connection(), self._tasks)
            if self._leaves_no_trace:
                self._db.execute("VACUUM")
        except sqlite3.Error as error:
            self._db = self._after(error)

    # ------------------------------------------------------------ the file

    def _connection(self) -> sqlite3.Connection:
        """The connection of this process, as SQLite forbids to carry one over a fork; nobody else is writing through another."""
        if self._written and os.getpid() == self._owner:
            written, self._written = self._written, None
            written()
        if os.getpid() != self._user:
            self._user, self._left_to_parent = os.getpid(), self._db
            self._db = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT)
        return self._db

    def _begun(self) -> sqlite3.Connection:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.is_symlink() or self._path.parent.is_symlink():
                return self._without(reason_of(OSError(errno.ELOOP, "")))
            return self._checked(connected(self._path))
        except OSError as error:
            return self._without(reason_of(error))
        except sqlite3.Error as error:
            return self._after(error)

    def _checked(self, db: sqlite3.Connection) -> sqlite3.Connection:
        """The connection, where its file is new or of this engine; else one to a fresh file."""
        if not db.execute("SELECT 1 FROM sqlite_master").fetchone():
            return laid_out(db, self._engine)
        if db.execute("PRAGMA application_id").fetchone() != (OURS,):
            db.close()
            return self._anew("was not written by this program")
        row = db.execute("SELECT checksum, value FROM whole WHERE key = ?", (b"engine",)).fetchone()
        if row == (checksum("whole", b"engine", self._engine), self._engine):
            return db
        db.close()
        return self._anew("was written by another version of this program")

    def _after(self, error: sqlite3.Error) -> sqlite3.Connection:
        """A connection to go on with: to no file where the machine refused, to a fresh one where the file is damaged."""
        with suppress(AttributeError, sqlite3.Error):
            self._db.close()
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        reason = _REASONS.get(code, "")
        foreign = os.getpid() != self._owner
        if reason or foreign:
            return self._without(reason or "cannot be read")
        return self._anew("cannot be opened" if code == sqlite3.SQLITE_CANTOPEN else "is damaged")

    def _anew(self, reason: str) -> sqlite3.Connection:
        """A connection to a fresh file, the old one put aside; SQLite throws a journal away whose file is empty."""
        try:
            self._path.replace(self._path.with_name(ASIDE))
            db = laid_out(connected(self._path), self._engine)
        except (OSError, sqlite3.Error):
            return self._without(reason)
        self.notice = f"{self._shown} {reason}; it was put aside as {ASIDE} and begun anew"
        return db

    def _without(self, reason: str) -> sqlite3.Connection:
        self._is_lost = True
        self.notice = f"{self._shown} {reason}; this build remembers nothing"
        return laid_out(sqlite3.connect(":memory:", isolation_level=None), self._engine)

    @property
    def _shown(self) -> str:
        return f"the memory of former builds ({self._path.parent.name}/{FILE})"
