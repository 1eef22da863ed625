"""Bytes of a file as text: UTF-8 and nothing else, and what the bytes look like where they are not."""

from __future__ import annotations

import re

import msgspec

from .characters import span_of
from .problems import Problem, Span

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Text(msgspec.Struct, frozen=True):
    """The text of a file as it stands there, line ends included, without a byte order mark; `problems` are warnings."""

    path: str
    text: str
    problems: tuple[Problem, ...] = ()


def decoded(path: str, data: bytes) -> Text | Problem:
    """The text of these bytes, or the problem that they are not UTF-8, at the first wrong byte."""
    bare = data.removeprefix(BYTE_ORDER_MARK)
    try:
        text = bare.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(path, bare, error.start)
    return Text(path, text) if len(bare) == len(data) else Text(path, text, (_with_mark(path),))


def likely_encoding(data: bytes, first_wrong: int) -> str:
    """The encoding that bytes which are not UTF-8 look like; empty where much of them is UTF-8, or nothing is likely."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[: first_wrong + 200].count(0) > first_wrong // 4:
        return "UTF-16"
    if not data[:first_wrong].isascii():
        return ""
    foreign, latin = len(re.findall(rb"[\xa8\xb8\xc0-\xff]", data)), len(re.findall(rb"[A-Za-z]", data[first_wrong:]))
    return "Windows-1251" if foreign > latin else "Latin-1"


def _not_utf8(path: str, data: bytes, first_wrong: int) -> Problem:
    likely = likely_encoding(data, first_wrong)
    looks = f" (looks like {likely})" if likely else ""
    byte = f"byte {data[first_wrong]:02X} at offset {first_wrong}"
    span = _span_of_byte(data, first_wrong)
    return Problem(rule="not-utf8", path=path, span=span, message=f"not UTF-8{looks}: {byte}", hint="save it as UTF-8")


def _span_of_byte(data: bytes, offset: int) -> Span:
    before = data[:offset].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return span_of(f"{before}?", len(before), len(before) + 1)


def _with_mark(path: str) -> Problem:
    return Problem(
        rule="byte-order-mark",
        path=path,
        span=Span(1, 1, 1, 1),
        message="begins with a byte order mark (U+FEFF); it is left out",
        hint="save it as UTF-8 without it",
        severity="warning",
    )
