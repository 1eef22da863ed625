"""The preview's server: HTTP/1.1 on this machine alone, a thread and one answer for each connection.

Written over `socketserver`, as `http.server` reads more than we answer and waits for slow clients without end. Each
connection has a fixed time to ask and to take its answer; all of them end when the server is closed.
"""

from __future__ import annotations

import errno
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any

import msgspec

from .guard import HEAD_LIMIT, METHODS, Refusal, Request, request_of
from .machine import MachineFault, reason_of
from .ranges import part_of

HOST = "127.0.0.1"
HIGHEST_PORT = 65535
PORTS_TRIED = 20

ASK_SECONDS = 5.0
TAKE_SECONDS = 30.0
LEAVE_SECONDS = 1.0
"""How long a client may take to send its request, to take the answer, and to close its end."""

MOST_CONNECTIONS = 256
STEP = 0.05
"""Seconds between two looks whether the server shall end."""

_END = b"\r\n\r\n"
_WORDS = {
    200: "OK",
    206: "Partial Content",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    503: "Service Unavailable",
}
_ALWAYS = (  # nothing is kept by a browser, given to another site, or told to one
    "Cache-Control: no-store",
    "Connection: close",
    "Cross-Origin-Resource-Policy: same-origin",
    "Referrer-Policy: same-origin",
    "X-Content-Type-Options: nosniff",
)


class Answer(msgspec.Struct, frozen=True):
    """A status, the type of the content, and the content: all of it, or its parts as they come to be."""

    status: int
    type: str
    body: bytes | Generator[bytes, None, None]
    part: str = ""
    """Which bytes of the whole content these are, as HTTP's `Content-Range` says it; empty for all of them."""


Answering = Callable[[Request], Answer]


class Server(ThreadingTCPServer):
    """The sockets of the preview; it listens from its making on, and answers between `start` and `close`."""

    allow_reuse_address = True
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, port: int) -> None:
        super().__init__((HOST, port), BaseRequestHandler)
        self.port: int = self.server_address[1]
        self._answering: Answering = _nothing_yet
        self._open: set[socket.socket] = set()
        self._thread = threading.Thread(target=self.serve_forever, args=(STEP,), name="preview")

    def start(self, answering: Answering) -> None:
        """Answer from now on; who has asked since the server listens is answered first."""
        self._answering = answering
        self._thread.start()

    def close(self) -> None:
        """End all connections and threads."""
        if self._thread.is_alive():
            self.shutdown()
            self._thread.join()
        for client in tuple(self._open):
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def verify_request(self, request: Any, client_address: Any) -> bool:
        return len(self._open) < MOST_CONNECTIONS

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def finish_request(self, request: Any, client_address: Any) -> None:
        with suppress(OSError):  # the client has gone, or is too slow
            _converse(request, self.port, self._answering)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)


@contextmanager
def listening(port: int) -> Iterator[Server]:
    """A server that listens on this port, or on the next one that is free."""
    server = _bound(port)
    try:
        yield server
    finally:
        server.close()


def _bound(port: int) -> Server:
    last = min(port + PORTS_TRIED, HIGHEST_PORT)
    for number in range(port, last + 1):
        try:
            return Server(number)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise MachineFault(f"{HOST}:{number}", reason_of(error)) from error
    raise MachineFault(f"{HOST}:{port}", f"every port up to {last} is taken; name another with --port")


# ---------------------------------------------------------------- one connection


def _converse(client: socket.socket, port: int, answering: Answering) -> None:
    """One request and its answer. The end of ours is closed first, so that an answer sent to a refused client arrives."""
    head = _head(client, time.monotonic() + ASK_SECONDS)
    request = head if isinstance(head, Refusal) else request_of(head, port)
    answer = _refused(request) if isinstance(request, Refusal) else _answer(request, answering)
    _send(client, answer, isinstance(request, Request) and request.method == "HEAD")
    client.shutdown(socket.SHUT_WR)
    _read_rest(client, time.monotonic() + LEAVE_SECONDS)


def _head(client: socket.socket, until: float) -> bytes | Refusal:
    """The head of a request without the empty line at its end."""
    data = b""
    while _END not in data:
        if len(data) > HEAD_LIMIT:
            return Refusal(431, "the head of the request is too long")
        try:
            data += _more(client, until)
        except TimeoutError:
            if not data:  # a connection made in advance, and never used
                raise
            return Refusal(408, "the request took too long")
    head = data.partition(_END)[0]
    return head if len(head) <= HEAD_LIMIT else Refusal(431, "the head of the request is too long")


def _more(client: socket.socket, until: float) -> bytes:
    client.settimeout(max(0.001, until - time.monotonic()))
    data = client.recv(8192)
    if not data:
        raise ConnectionResetError
    return data


def _read_rest(client: socket.socket, until: float) -> None:
    """What the client still sends, unread by anybody, until it closes its end."""
    with suppress(OSError):
        while time.monotonic() < until:
            _more(client, until)


def _answer(request: Request, answering: Answering) -> Answer:
    try:
        return _part(answering(request), request.part)
    except Exception:  # a bug of ours in one page; the others can still be shown
        traceback.print_exc(file=sys.stderr)
        return _refused(Refusal(500, "this is a bug of ours; the terminal says more"))


def _part(answer: Answer, asked: str) -> Answer:
    """Of a content only the part that is asked for."""
    if not asked or answer.status != 200 or not isinstance(answer.body, bytes):
        return answer
    size, part = len(answer.body), part_of(asked, len(answer.body))
    if part is None:
        return Answer(416, "text/plain; charset=utf-8", b"there are no such bytes\n", f"bytes */{size}")
    if len(part) == size:
        return answer
    told = f"bytes {part.start}-{part.stop - 1}/{size}"
    return Answer(206, answer.type, answer.body[part.start : part.stop], told)


def _refused(refusal: Refusal) -> Answer:
    return Answer(refusal.status, "text/plain; charset=utf-8", f"{refusal.reason}\n".encode())


def _nothing_yet(request: Request) -> Answer:
    return _refused(Refusal(503, "the preview has not begun"))


def _send(client: socket.socket, answer: Answer, head_only: bool) -> None:
    client.settimeout(TAKE_SECONDS)
    client.sendall(_answer_head(answer))
    if isinstance(answer.body, bytes):
        client.sendall(b"" if head_only else answer.body)
        return
    with closing(answer.body) as parts:
        for part in () if head_only else parts:
            client.sendall(part)


def _answer_head(answer: Answer) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {_WORDS[answer.status]}", f"Content-Type: {answer.type}", *_ALWAYS]
    if isinstance(answer.body, bytes):
        lines += [f"Content-Length: {len(answer.body)}", "Accept-Ranges: bytes"]
    if answer.part:
        lines.append(f"Content-Range: {answer.part}")
    if answer.status == 405:
        lines.append(f"Allow: {', '.join(METHODS)}")
    return "\r\n".join((*lines, "", "")).encode("latin-1")
