"""A GIF picture (GIF89a), still or animated, without its comments.

After the header come blocks up to the trailer: images, and extensions. An extension is kept where it says how long an
image stays or how often the animation repeats. What an extension or image holds comes in sub-blocks, each with its length.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from ..problems import Fault
from .faults import CUT_OFF, MOST_PIECES, NOT_ONE, TOO_MANY_PIECES, broken, size_fault

_HEADER, _IMAGE_HEAD = 13, 10
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_CONTROL, _TEXT, _APPLICATION = 0xF9, 0x01, 0xFF
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


class Block(msgspec.Struct, frozen=True, gc=False):
    """The label of an extension, or 0x2C for an image, with all its bytes."""

    label: int
    data: bytes


def cleaned(data: bytes) -> bytes | Fault:
    """The picture up to its trailer, without what says more than its pixels."""
    start = _HEADER + _colours(data[10:11])
    blocks = _blocks(data, start)
    if isinstance(blocks, Fault):
        return blocks
    return _fault_of(data, blocks) or b"".join((data[:start], *_needed(blocks), bytes((_TRAILER,))))


def _colours(flags: bytes) -> int:
    """The bytes of the table of colours that follows a header with these flags."""
    return 3 << (flags[0] % 8 + 1) if flags and flags[0] & 0x80 else 0


def _blocks(data: bytes, at: int) -> Sequence[Block] | Fault:
    """The images and extensions from `at` up to the trailer."""
    found: list[Block] = []
    while len(found) < MOST_PIECES:
        if at >= len(data):
            return CUT_OFF
        if data[at] == _TRAILER:
            return found
        block = _block(data, at)
        if isinstance(block, Fault):
            return block
        found.append(block)
        at += len(block.data)
    return TOO_MANY_PIECES


def _block(data: bytes, at: int) -> Block | Fault:
    """The image or extension that begins at `at`."""
    if data[at] not in (_EXTENSION, _IMAGE):
        return broken("holds bytes that belong to no part of it")
    head = data[at : at + _IMAGE_HEAD]
    is_image = data[at] == _IMAGE
    content = at + _IMAGE_HEAD + _colours(head[9:]) + 1 if is_image else at + 2  # 1: the size of the first code
    end = _after_sub_blocks(data, content)
    return Block(_IMAGE if is_image else head[1], data[at:end]) if end <= len(data) else CUT_OFF


def _after_sub_blocks(data: bytes, at: int) -> int:
    """Where the sub-blocks that begin at `at` have ended; past the end of the data where that is missing."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1


def _needed(blocks: Sequence[Block]) -> Iterator[bytes]:
    """What a decoder needs. A control belongs to the image or text after it, and text is shown by no browser."""
    control = b""
    for block in blocks:
        if block.label == _CONTROL:
            control = block.data[:7] + b"\0" if block.data[2] == 4 else b""
        elif block.label == _APPLICATION:
            yield _loop(block.data)
        elif block.label in (_IMAGE, _TEXT):
            yield control + block.data if block.label == _IMAGE else b""
            control = b""


def _loop(extension: bytes) -> bytes:
    """How often an animation repeats; empty where an application's extension says something else."""
    is_loop = extension[3:14] in _LOOPS and extension[14:16] == b"\x03\x01"
    return extension[:18] + b"\0" if is_loop and extension[2] == 11 else b""


def _fault_of(data: bytes, blocks: Sequence[Block]) -> Fault | None:
    """A picture has images, and is not too large to show; some browsers make room for an image that lies outside."""
    images = [block.data for block in blocks if block.label == _IMAGE]
    corners = (tuple(_number(i, at) + _number(i, at + 4) for at in (1, 3)) for i in images)
    sizes = ((_number(data, 6), _number(data, 8)), *corners)
    return next((f for width, height in sizes if (f := size_fault(width, height))), None) if images else NOT_ONE


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")
