"""What can be wrong with a picture, and the limits all formats share."""

from __future__ import annotations

from ..problems import Fault

MOST_PIXELS = 50_000_000
"""Enough for any camera's picture on a page; beyond it a reader's device runs out of memory."""

MOST_PIECES = 500_000
"""No honest picture has so many parts; a file cut finer only costs time and memory."""

AGAIN = "open the original in a picture editor and export it again"


def broken(message: str, hint: str = AGAIN) -> Fault:
    """The fault of a file that is damaged."""
    return Fault("media-broken", message, hint)


CUT_OFF = broken("is cut off: it ends before its end mark")
NOT_ONE = broken("does not hold exactly one picture")
TOO_MANY_PIECES = broken(f"is cut into more than {MOST_PIECES:,} parts")


def size_fault(width: int, height: int) -> Fault | None:
    """What is wrong with a size in pixels, if anything."""
    if not (width and height):
        return broken(f"says that it is {width} × {height} pixels")
    if width * height <= MOST_PIXELS:
        return None
    millions = f"{MOST_PIXELS // 1_000_000} million"
    return Fault(
        "media-too-large", f"is {width:,} × {height:,} pixels; at most {millions} are allowed", "scale it down"
    )
