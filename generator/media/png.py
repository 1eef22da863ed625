"""A PNG picture (ISO/IEC 15948, W3C PNG third edition), still or animated, without its metadata.

A file is a row of chunks: length, name, content, checksum. Those that say how pixels look are kept as they are, and of
Exif the orientation; all others go, whatever they are called.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping, Sequence

import msgspec

from ..problems import Fault
from . import exif
from .faults import CUT_OFF, MOST_PIECES, NOT_ONE, TOO_MANY_PIECES, broken, size_fault

SIGNATURE = b"\x89PNG\r\n\x1a\n"
EXIF = b"eXIf"
FRAME = 12
"""The bytes of a chunk around its content."""

_ANY = range(1 << 31)
KEPT: Mapping[bytes, range] = {
    b"IHDR": range(13, 14),
    b"PLTE": range(3, 769, 3),
    b"IDAT": _ANY,
    b"IEND": range(1),
    b"tRNS": range(1, 257),
    b"cHRM": range(32, 33),
    b"gAMA": range(4, 5),
    b"iCCP": _ANY,
    b"sRGB": range(1, 2),
    b"cICP": range(4, 5),
    b"sBIT": range(1, 5),
    b"bKGD": range(1, 7),
    b"pHYs": range(9, 10),
    b"acTL": range(8, 9),
    b"fcTL": range(26, 27),
    b"fdAT": _ANY,
}
"""The chunks that are kept, each with the lengths its content may have."""

_NAME = re.compile(rb"[A-Za-z]{4}")


class Chunk(msgspec.Struct, frozen=True, gc=False):
    """A chunk's name, and where it begins and ends with all that is around its content."""

    name: bytes
    start: int
    end: int


def cleaned(data: bytes) -> bytes | Fault:
    """The picture up to its end mark, without what says more than its pixels."""
    chunks = _chunks(data)
    if isinstance(chunks, Fault):
        return chunks
    turn = next((c for c in chunks if c.name == EXIF), None)
    kept = (_turned(c, data) if c is turn else data[c.start : c.end] for c in chunks if c.name in KEPT or c is turn)
    return _fault_of(chunks, data) or b"".join((SIGNATURE, *kept))


def _turned(chunk: Chunk, data: bytes) -> bytes:
    """An Exif chunk that holds the orientation alone, or nothing: browsers turn a PNG as they turn a JPEG."""
    orientation = exif.turned(data[chunk.start + 8 : chunk.end - 4])
    checksum = zlib.crc32(EXIF + orientation)
    framed = struct.pack(f">I4s{len(orientation)}sI", len(orientation), EXIF, orientation, checksum)
    return framed if orientation else b""


def _chunks(data: bytes) -> Sequence[Chunk] | Fault:
    """Every chunk up to the end mark."""
    found: list[Chunk] = []
    at = len(SIGNATURE)
    while len(found) < MOST_PIECES:
        end = at + FRAME + int.from_bytes(data[at : at + 4])
        if at + FRAME > len(data) or end > len(data):
            return CUT_OFF
        chunk = Chunk(data[at + 4 : at + 8], at, end)
        if fault := _fault_of_chunk(chunk, data):
            return fault
        found.append(chunk)
        if chunk.name == b"IEND":
            return found
        at = end
    return TOO_MANY_PIECES


def _fault_of_chunk(chunk: Chunk, data: bytes) -> Fault | None:
    """What is wrong with one chunk; of those that are left out, only the name matters.

    A capital at the beginning of a name means that nothing can be shown without the chunk.
    """
    if not _NAME.fullmatch(chunk.name):
        return broken("holds bytes that belong to no part of it")
    name = chunk.name.decode("ascii")
    if chunk.name not in KEPT:
        return broken(f'is coded in a way that browsers do not show (part "{name}")') if name[0].isupper() else None
    if chunk.end - chunk.start - FRAME not in KEPT[chunk.name]:
        return broken(f'has a part of impossible length ("{name}")')
    checksum = zlib.crc32(memoryview(data)[chunk.start + 4 : chunk.end - 4])
    damaged = checksum != int.from_bytes(data[chunk.end - 4 : chunk.end])
    return broken(f'is damaged: the checksum of its part "{name}" is wrong') if damaged else None


def _fault_of(chunks: Sequence[Chunk], data: bytes) -> Fault | None:
    """A picture begins with its header, has only one, and holds pixels."""
    names = [c.name for c in chunks]
    if names[0] != b"IHDR" or names.count(b"IHDR") > 1 or b"IDAT" not in names:
        return NOT_ONE
    width, height = (int.from_bytes(data[at : at + 4]) for at in (16, 20))
    return size_fault(width, height)
