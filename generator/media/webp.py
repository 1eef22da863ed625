"""A WebP picture (RFC 9649), still or animated, without its metadata.

A file is one RIFF chunk that holds others; the frames of an animation hold chunks again. Only what says how pixels look is
kept, and the flags in the header that announced the rest are cleared.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..problems import Fault
from .faults import CUT_OFF, MOST_PIECES, NOT_ONE, TOO_MANY_PIECES, broken, size_fault

PIXELS = frozenset({b"VP8 ", b"VP8L"})
FRAME_PARTS = PIXELS | {b"ALPH"}
KEPT = FRAME_PARTS | {b"VP8X", b"ICCP", b"ANIM", b"ANMF"}
SIZED = PIXELS | {b"VP8X", b"ANMF"}

_PROFILE, _ALPHA, _ANIMATION = 0x20, 0x10, 0x02
_HEAD, _FRAME_HEAD = 12, 16
_MOST = (1 << 32) - 1
_LENGTHS = {
    b"VP8X": (10, 10),
    b"ANIM": (6, 6),
    b"ANMF": (_FRAME_HEAD, _MOST),
    b"VP8 ": (10, _MOST),
    b"VP8L": (5, _MOST),
}
"""The least and most bytes the content of a chunk has."""


class Chunk(msgspec.Struct, frozen=True, gc=False):
    """A chunk's name, its content without the padding, and the chunks inside it where it is a frame of an animation."""

    name: bytes
    content: bytes
    parts: tuple[Chunk, ...] = ()


def cleaned(data: bytes) -> bytes | Fault:
    """The picture up to the end that its header tells, without what says more than its pixels."""
    end = 8 + int.from_bytes(data[4:8], "little")
    chunks = CUT_OFF if end > len(data) else _chunks(data[_HEAD:end], KEPT)
    if isinstance(chunks, Fault):
        return chunks
    whole = b"".join(map(_written, chunks))
    return _fault_of(chunks) or b"RIFF%bWEBP%b" % ((4 + len(whole)).to_bytes(4, "little"), whole)


def _chunks(data: bytes, kept: frozenset[bytes]) -> Sequence[Chunk] | Fault:
    """The chunks of these names, each once except frames; the others are passed over."""
    found: list[Chunk] = []
    left = set(kept)
    at = 0
    for _ in range(MOST_PIECES):
        if at >= len(data):
            return found
        name, end = data[at : at + 4], at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 > len(data) or end > len(data):
            return CUT_OFF
        if name in kept:
            chunk = _chunk(name, data[at + 8 : end]) if name in left else NOT_ONE
            if isinstance(chunk, Fault):
                return chunk
            found.append(chunk)
            if name != b"ANMF":
                left.discard(name)
        at = end + end % 2
    return TOO_MANY_PIECES


def _chunk(name: bytes, content: bytes) -> Chunk | Fault:
    least, most = _LENGTHS.get(name, (0, len(content)))
    if not least <= len(content) <= most:
        return broken(f'has a part of impossible length ("{name.decode("ascii").strip()}")')
    if name == b"VP8X":
        flags = content[0] & (_PROFILE | _ALPHA | _ANIMATION)
        return Chunk(name, bytes((flags, 0, 0, 0)) + content[4:])
    if name != b"ANMF":
        return Chunk(name, content)
    parts = _chunks(content[_FRAME_HEAD:], FRAME_PARTS)
    return parts if isinstance(parts, Fault) else Chunk(name, content[:_FRAME_HEAD], tuple(parts))


def _written(chunk: Chunk) -> bytes:
    content = chunk.content + b"".join(map(_written, chunk.parts))
    return b"%b%b%b%b" % (chunk.name, len(content).to_bytes(4, "little"), content, b"\0" * (len(content) % 2))


def _fault_of(chunks: Sequence[Chunk]) -> Fault | None:
    """A file is one chunk of pixels; or a header and pixels; or a header that announces frames, and these."""
    names = [c.name for c in chunks]
    head = chunks[0] if names[:1] == [b"VP8X"] else None
    animated = head is not None and bool(head.content[0] & _ANIMATION)
    pictures = [f.parts for f in chunks if f.name == b"ANMF"] if animated else [chunks]
    pixels = [sum(c.name in PIXELS for c in picture) for picture in pictures]
    strays = PIXELS if animated else {b"ANMF"}
    if not pixels or set(pixels) != {1} or strays & set(names) or (head is None and len(chunks) > 1):
        return NOT_ONE
    sized = (c for chunk in chunks for c in (chunk, *chunk.parts) if c.name in SIZED)
    return next((fault for chunk in sized if (fault := size_fault(*_size(chunk)))), None)


def _size(chunk: Chunk) -> tuple[int, int]:
    """Width and height that a chunk tells, in pixels; 0 where its beginning cannot be read."""
    content = chunk.content
    if chunk.name == b"VP8L":
        bits = int.from_bytes(content[1:5], "little")
        return (1 + bits % 0x4000, 1 + (bits >> 14) % 0x4000) if content[0] == 0x2F else (0, 0)
    if chunk.name == b"VP8 ":
        width, height = (int.from_bytes(content[at : at + 2], "little") % 0x4000 for at in (6, 8))
        return (width, height) if content[3:6] == b"\x9d\x01\x2a" else (0, 0)
    first = 4 if chunk.name == b"VP8X" else 6
    width, height = (1 + int.from_bytes(content[at : at + 3], "little") for at in (first, first + 3))
    return width, height
