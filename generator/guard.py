"""Which requests the preview answers: those that the author's own browser makes to this server; the others are refused.

A page of any other site may try to reach a server on the reader's machine: by a name that it makes lead here (so the Host
must be ours), or through the browser (so Origin and Sec-Fetch-Site must be ours). Nothing here touches the network.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import msgspec

HEAD_LIMIT = 16 * 1024
TARGET_LIMIT = 8 * 1024

LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
OUR_SITES = ("", "none", "same-origin")
METHODS = ("GET", "HEAD")

_FIRST_LINE = re.compile(r"([A-Za-z]+) ([!-~]+) HTTP/1\.[01]")
_HEADER = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\r\n\0]*?)[ \t]*")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Request(msgspec.Struct, frozen=True):
    """What is asked for: the path decoded and without its first `/`, the query as it was sent, and which part of it (the
    `Range`), if not all."""

    method: str
    path: str
    query: str = ""
    part: str = ""


class Refusal(msgspec.Struct, frozen=True):
    """Why a request gets no answer: a status of HTTP (RFC 9110, section 15) and the reason in words."""

    status: int
    reason: str


class _Head(msgspec.Struct, frozen=True):
    """The head of a request as it was sent; a header that stands twice has an empty value here."""

    method: str
    target: str
    headers: Mapping[str, str]


def request_of(head: bytes, port: int) -> Request | Refusal:
    """The request that the head of a message (without the empty line at its end) makes to the server on this port."""
    read = _head(head)
    if isinstance(read, Refusal):
        return read
    for refusal in (rule(read, port) for rule in RULES):
        if refusal is not None:
            return refusal
    return _asked(read)


def decoded(text: str) -> str | None:
    """A part of an address with its percent-encoding undone; none where that is no UTF-8 or holds control characters."""
    if any(match[1] is None for match in _ESCAPE.finditer(text)):
        return None
    try:
        plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).encode("latin-1").decode()
    except UnicodeError:
        return None
    return None if _CONTROL.search(plain) else plain


def _head(head: bytes) -> _Head | Refusal:
    first, *lines = head.decode("latin-1").split("\r\n")
    start = _FIRST_LINE.fullmatch(first)
    headers = [_HEADER.fullmatch(line) for line in lines]
    if start is None or None in headers:
        return Refusal(400, "this is not a request of HTTP/1.1")
    found: dict[str, str] = {}
    for name, value in (match.groups() for match in headers if match):
        found[name.lower()] = "" if name.lower() in found else value
    return _Head(start[1], start[2], found)


# ---------------------------------------------------------------- rules


def _foreign_host(head: _Head, port: int) -> Refusal | None:
    hosts = _hosts(port)
    if head.headers.get("host", "").lower() in hosts:
        return None
    return Refusal(403, f"the preview answers only to {hosts[0]} and {hosts[1]}")


def _foreign_origin(head: _Head, port: int) -> Refusal | None:
    origin = head.headers.get("origin")
    if origin is None or origin.lower() in [f"http://{host}" for host in _hosts(port)]:
        return None
    return Refusal(403, "the preview answers no other site")


def _foreign_site(head: _Head, port: int) -> Refusal | None:
    """What another site asks for, another port of this machine among them; `Sec-Fetch-Site` cannot be set by a page."""
    if head.headers.get("sec-fetch-site", "") in OUR_SITES:
        return None
    return Refusal(403, "the preview answers no other site: type its address yourself")


def _other_method(head: _Head, port: int) -> Refusal | None:
    return None if head.method in METHODS else Refusal(405, f"the preview knows {' and '.join(METHODS)} only")


def _long_target(head: _Head, port: int) -> Refusal | None:
    return Refusal(414, "the address is too long") if len(head.target) > TARGET_LIMIT else None


RULES: tuple[Callable[[_Head, int], Refusal | None], ...] = (
    _foreign_host,
    _foreign_origin,
    _foreign_site,
    _other_method,
    _long_target,
)


def _hosts(port: int) -> tuple[str, ...]:
    """The names of this server, with the port where a browser writes it."""
    return tuple(f"{name}:{port}" for name in LOCAL_NAMES) + (LOCAL_NAMES if port == 80 else ())


def _asked(head: _Head) -> Request | Refusal:
    target, _, query = head.target.partition("?")
    path = decoded(target)
    if path is None or not path.startswith("/"):
        return Refusal(400, "this is not an address of a page")
    # Nothing here says whether a part that a browser has already is of what stands there now (If-Range), so then it is all sent.
    part = "" if "if-range" in head.headers else head.headers.get("range", "")
    return Request(head.method, path[1:], query, part)
