"""A JPEG picture (ITU-T T.81) without its metadata.

A file is a row of segments, each a marker and a payload; the compressed pixels follow the payload of a scan and run up to
the next marker. Application segments and comments go, save four kinds in which the same pixels would look different:
JFIF and Adobe (how colours are coded), the colour profile, and the orientation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from ..problems import Fault
from . import exif
from .faults import CUT_OFF, MOST_PIECES, NOT_ONE, TOO_MANY_PIECES, broken, size_fault

SOI = b"\xff\xd8"
EOI = b"\xff\xd9"

SOS = 0xDA
FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC9, 0xCA})
"""Baseline, extended and progressive, with Huffman or arithmetic coding; no browser shows the others."""

CODING = FRAMES | {0xC4, 0xCC, 0xDB, 0xDC, 0xDD, SOS}
"""Frames, tables, the number of lines, the restart interval, and scans."""

EXIF = b"Exif\0\0"
APP0, APP1, APP2, APP14 = 0xE0, 0xE1, 0xE2, 0xEE
_LEFT_OUT = frozenset({*range(0xE0, 0xF0), 0xFE})

_MARKER = re.compile(rb"\xff++([^\x00\xff])")
# Inside a scan, FF 00 is a byte of data and FF D0 to FF D7 are restarts.
_AFTER_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")


class Segment(msgspec.Struct, frozen=True, gc=False):
    """A marker's second byte, its payload without the length, and the pixels after it where it begins a scan."""

    marker: int
    payload: bytes
    scan: bytes


def cleaned(data: bytes) -> bytes | Fault:
    """The picture up to its end mark, without what says more than its pixels."""
    segments = _segments(data)
    if isinstance(segments, Fault):
        return segments
    turn = next((s for s in segments if s.marker == APP1 and s.payload.startswith(EXIF)), None)
    kept = ((s, _turned(s) if s is turn else _needed(s)) for s in segments)
    return _fault_of(segments) or b"".join((SOI, *(_written(s, payload) for s, payload in kept if payload), EOI))


def _segments(data: bytes) -> Sequence[Segment] | Fault:
    """Everything between the first two bytes and the end mark."""
    found: list[Segment] = []
    at = len(SOI)
    while len(found) < MOST_PIECES:
        marker = _MARKER.match(data, at)
        if not marker:
            return CUT_OFF if len(data) - at < 2 else broken("holds bytes that belong to no part of it")
        if marker[1] == EOI[1:]:
            return found
        segment = _segment(data, marker[1][0], marker.end())
        if isinstance(segment, Fault):
            return segment
        found.append(segment)
        at = marker.end() + 2 + len(segment.payload) + len(segment.scan)
    return TOO_MANY_PIECES


def _segment(data: bytes, marker: int, at: int) -> Segment | Fault:
    """The segment whose length, which counts its own two bytes, stands at `at`."""
    if marker not in CODING and marker not in _LEFT_OUT:
        return broken(f"is coded in a way that browsers do not show (part FF{marker:02X})")
    length = int.from_bytes(data[at : at + 2])
    end = at + length
    if at + 2 > len(data) or end > len(data):
        return CUT_OFF
    if length < 2:
        return broken(f"has a part of impossible length (FF{marker:02X})")
    if marker != SOS:
        return Segment(marker, data[at + 2 : end], b"")
    stop = _AFTER_SCAN.search(data, end)
    return Segment(marker, data[at + 2 : end], data[end : stop.start()]) if stop else CUT_OFF


def _turned(segment: Segment) -> bytes:
    orientation = exif.turned(segment.payload[len(EXIF) :])
    return EXIF + orientation if orientation else b""


def _needed(segment: Segment) -> bytes:
    """What of a segment's payload a decoder needs; nothing where it needs none."""
    marker, payload = segment.marker, segment.payload
    if marker in CODING:
        return payload
    if marker == APP0 and payload.startswith(b"JFIF\0") and len(payload) >= 14:
        return payload[:12] + b"\0\0"  # the last two bytes: no thumbnail
    if marker == APP14 and payload.startswith(b"Adobe") and len(payload) >= 12:
        return payload[:12]
    return payload if marker == APP2 and payload.startswith(b"ICC_PROFILE\0") else b""


def _written(segment: Segment, payload: bytes) -> bytes:
    return b"\xff%c%b%b%b" % (segment.marker, (len(payload) + 2).to_bytes(2), payload, segment.scan)


def _fault_of(segments: Sequence[Segment]) -> Fault | None:
    """A picture has one frame, which says its size, and after it at least one scan."""
    order = [s for s in segments if s.marker in FRAMES or s.marker == SOS]
    if [s.marker in FRAMES for s in order[:2]] != [True, False] or sum(s.marker in FRAMES for s in order) > 1:
        return NOT_ONE
    frame = order[0].payload
    if len(frame) < 6 or len(frame) != 6 + 3 * frame[5]:
        return broken("has a header of the wrong length")
    if any(len(s.payload) < 1 or len(s.payload) != 4 + 2 * s.payload[0] for s in order[1:]):
        return broken("has a scan with a header of the wrong length")
    return size_fault(int.from_bytes(frame[3:5]), int.from_bytes(frame[1:3]))
