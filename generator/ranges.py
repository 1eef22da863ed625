"""Parts of a file that a browser asks for, to seek in a film or to go on with a download: HTTP's `Range` (RFC 9110, section 14)."""

from __future__ import annotations

import re

_ONE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")


def part_of(header: str, size: int) -> range | None:
    """The bytes of a content of some size that a header asks for; all of them where it is not understood or asks for several
    parts, none where it asks for what is not there."""
    match = _ONE.fullmatch(header)
    if match is None:
        return range(size)
    first, last, final = match.groups()
    start = max(0, size - int(final)) if final else int(first)
    end = min(size, int(last) + 1) if last else size
    if last and int(last) < int(first):
        return range(size)
    return range(start, end) if start < end else None
