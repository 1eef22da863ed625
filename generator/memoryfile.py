"""The file of the memory: how it is opened, laid out and written."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

WAIT = 1.0
"""Seconds to wait for another process that is just writing."""

Table = Literal["record", "body", "whole", "pages"]

TABLES: tuple[Table, ...] = ("record", "body", "whole", "pages")
OURS = 0x4368726F


def checksum(table: Table, key: bytes, value: bytes) -> int:
    return zlib.crc32(value, zlib.crc32(key, zlib.crc32(table.encode())))


def write_quietly(path: Path, tasks: Iterable[tuple[str, Iterable[tuple[Any, ...]]]]) -> None:
    """The tasks done, or given up where the file is not to be had: then these files are parsed again next time."""
    with suppress(sqlite3.Error):
        write(connected(path), tasks)


def write(db: sqlite3.Connection, tasks: Iterable[tuple[str, Iterable[tuple[Any, ...]]]]) -> None:
    """The tasks done, all of them or none."""
    db.execute("BEGIN IMMEDIATE")
    for statement, rows in tasks:
        db.executemany(statement, rows)
    db.execute("COMMIT")


def connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    for pragma in ("page_size = 8192", "synchronous = OFF", "cell_size_check = ON", "trusted_schema = OFF"):
        db.execute(f"PRAGMA {pragma}")
    return db


def laid_out(db: sqlite3.Connection, engine: bytes) -> sqlite3.Connection:
    """The connection, its file filled with empty tables."""
    db.execute("BEGIN IMMEDIATE")
    db.execute(f"PRAGMA application_id = {OURS}")
    for table in TABLES:
        db.execute(f"CREATE TABLE IF NOT EXISTS {table} (key BLOB PRIMARY KEY, checksum INTEGER, value BLOB)")
    engine_row = (b"engine", checksum("whole", b"engine", engine), engine)
    db.execute("INSERT OR REPLACE INTO whole VALUES (?, ?, ?)", engine_row)
    db.execute("COMMIT")
    return db
