"""The one thing of Exif that a picture keeps: which way up it is."""

from __future__ import annotations

import struct

_ORIENTATION = 0x0112
_SHORT = 3
_ENTRY = 12


def turned(tiff: bytes) -> bytes:
    """Exif data that hold the orientation alone; empty where the given ones have none, or the usual one.

    Exif 2.32 section 4.6 (TIFF 6.0 section 2); what cannot be read has no orientation.
    """
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    way = _orientation(tiff, order) if order else 1
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, _SHORT, 1, way, 0, 0) if way > 1 else b""


def _orientation(tiff: bytes, order: str) -> int:
    """1 to 8, from the first directory; 1 is the usual one. `order` is `<` or `>`."""
    (start,) = struct.unpack(f"{order}I", tiff[4:8].ljust(4, b"\0"))
    (count,) = struct.unpack(f"{order}H", tiff[start : start + 2].ljust(2, b"\0"))
    entries = tiff[start + 2 :][: _ENTRY * count]
    whole = entries[: len(entries) // _ENTRY * _ENTRY]
    for tag, kind, values, value, _ in struct.iter_unpack(f"{order}HHIHH", whole):
        if (tag, kind, values) == (_ORIENTATION, _SHORT, 1) and 1 <= value <= 8:
            return int(value)
    return 1
