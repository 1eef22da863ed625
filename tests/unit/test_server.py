"""Facts about the sockets of the preview: whom they answer, how long they wait, and that nothing is left of them."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Generator, Iterator

import pytest

from generator import server as module
from generator.guard import Request
from generator.machine import MachineFault
from generator.server import HOST, Answer, Server, listening

SECRET = b"root:x:0:0"
PAGES = {"index.html": b"<h1>Home</h1>", "media/a b.png": b"picture"}

TRAVERSALS = (
    *("/../etc/passwd", "/../../../../../../etc/passwd", "/./../etc/passwd", "/a/../../etc/passwd", "/..", "/../", "/."),
    *("/%2e%2e/etc/passwd", "/%2e%2e%2fetc%2fpasswd", "/..%2f..%2fetc/passwd", "/.%2e/etc/passwd", "/%2E%2E/%2E%2E/etc/passwd"),
    *("/%252e%252e/etc/passwd", "/%252e%252e%252fetc", "/%25252e%25252e/x", "/..%252f..%252fetc/passwd"),
    *("/..%5c..%5cetc%5cpasswd", "/..\\..\\etc\\passwd", "/%5c..%5c", "/\\\\host\\share", "/C:/x", "/C:%5cx", "/file:///etc/passwd"),
    *("//etc/passwd", "///etc/passwd", "//localhost/etc/passwd", "/%2fetc/passwd", "/%2f%2fetc%2fpasswd", "/etc/passwd"),
    *("/%00", "/index.html%00", "/index.html%00.png", "/%00/../etc/passwd", "/index.html%0a", "/index.html%0d%0aX:y"),
    *("/.git/config", "/.git/", "/.cache/chronicle.sqlite", "/build/index.html", "/content/", "/site.yaml", "/generator/cli.py"),
    *("/index.html/", "/index.html/..", "/index.html/../../etc/passwd", "/index.html.bak", "/INDEX.HTML", "/index", "/media"),
    *("/media/", "/media/../index.html", "/-/", "/-/..", "/-/../site.yaml", "/-/preview.py", "/%c0%ae%c0%ae/etc/passwd"),
    *("/%e0%80%ae/x", "/%f0%80%80%ae/x", "/%ff", "/%", "/%2", "/%zz", "/%u002e/x", "/index.html;x", "/~root/", "/$HOME"),
    *("*", "index.html", "http://localhost/index.html", "http://evil.example/", "file:///etc/passwd", "?", "#", "/" + "a/" * 900),
)  # fmt: skip


def answering(request: Request) -> Answer:
    if request.path == "slow":
        return Answer(200, "text/event-stream", endless())
    if request.path == "bug":
        raise ValueError("a bug")
    data = PAGES.get(request.path or "index.html")
    return Answer(404, "text/plain", b"none") if data is None else Answer(200, "text/html", data)


def endless() -> Generator[bytes, None, None]:
    while True:
        yield b"data: x\n\n"
        time.sleep(0.02)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(module, "LEAVE_SECONDS", 0.2)
    with listening(0) as server:
        server.start(answering)
        yield server


def opened(server: Server) -> socket.socket:
    return socket.create_connection((HOST, server.port), timeout=5)


def sent(server: Server, data: bytes) -> bytes:
    """All that comes back."""
    with opened(server) as client:
        client.sendall(data)
        return b"".join(iter(lambda: client.recv(65536), b""))


def got(server: Server, target: str, method: str = "GET", *headers: str) -> tuple[int, bytes, bytes]:
    """Status, head and content."""
    lines = (f"{method} {target} HTTP/1.1", f"Host: localhost:{server.port}", *headers, "", "")
    head, _, body = sent(server, "\r\n".join(lines).encode("latin-1")).partition(b"\r\n\r\n")
    return int(head.split()[1]), head, body


def test_a_page_comes_with_headers_that_keep_it_here(server: Server) -> None:
    status, head, body = got(server, "/")
    assert (status, body) == (200, b"<h1>Home</h1>")
    for line in (
        b"Cache-Control: no-store",
        b"X-Content-Type-Options: nosniff",
        b"Cross-Origin-Resource-Policy: same-origin",
    ):
        assert line in head.split(b"\r\n")
    assert b"access-control" not in head.lower()


def test_head_gives_the_head_alone(server: Server) -> None:
    assert got(server, "/", "HEAD") == (200, got(server, "/")[1], b"")
    assert got(server, "/slow", "HEAD")[2] == b""


@pytest.mark.parametrize("target", TRAVERSALS)
def test_no_address_leads_out_of_the_pages(server: Server, target: str) -> None:
    status, _, body = got(server, target)
    assert status in (400, 404)
    assert SECRET not in body
    assert got(server, "/")[0] == 200


def test_a_name_with_a_blank_is_found_by_its_encoding(server: Server) -> None:
    assert got(server, "/media/a%20b.png?v=1")[2] == b"picture"


def test_what_is_too_long_is_refused_and_the_server_lives(server: Server) -> None:
    assert got(server, "/" + "a" * 9000)[0] == 414
    assert got(server, "/" + "a" * 65536)[0] == 431
    assert got(server, "/", "GET", f"X: {'a' * 20000}")[0] == 431
    assert got(server, "/", "GET", "Host: " + "a" * 8192)[0] == 403
    assert got(server, "/")[0] == 200


def test_a_part_is_answered_as_a_part_and_what_is_not_there_is_refused(server: Server) -> None:
    assert b"Accept-Ranges: bytes" in got(server, "/")[1]
    status, head, body = got(server, "/", "GET", "Range: bytes=4-7")
    assert (status, body) == (206, b"Home")
    assert b"Content-Range: bytes 4-7/13" in head.split(b"\r\n")
    status, head, _ = got(server, "/", "GET", "Range: bytes=13-")
    assert status == 416
    assert b"Content-Range: bytes */13" in head.split(b"\r\n")
    assert got(server, "/", "GET", "Range: bytes=4-7", "If-Range: x")[2] == b"<h1>Home</h1>"
    assert got(server, "/none", "GET", "Range: bytes=0-1")[0] == 404
    assert got(server, "/slow", "HEAD", "Range: bytes=0-1")[0] == 200


def test_another_method_is_told_which_there_are(server: Server) -> None:
    status, head, _ = got(server, "/", "POST", "Content-Length: 5")
    assert status == 405
    assert b"Allow: GET, HEAD" in head.split(b"\r\n")


def test_a_bug_is_told_without_its_details_and_the_server_lives(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, body = got(server, "/bug")
    assert status == 500
    assert b"ValueError" not in body
    assert "ValueError: a bug" in capsys.readouterr().err
    assert got(server, "/")[0] == 200


def test_slow_clients_hold_nobody_up_and_are_let_go(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ASK_SECONDS", 0.7)
    slow = [opened(server) for _ in range(100)]
    for client in slow:
        client.sendall(b"GET / HT")
    began = time.monotonic()
    assert got(server, "/")[0] == 200
    assert time.monotonic() - began < 0.6
    assert all(client.recv(100).startswith(b"HTTP/1.1 408") for client in slow)
    for client in slow:
        client.close()


def test_clients_that_vanish_do_no_harm(server: Server) -> None:
    for number in range(100):
        client = opened(server)
        client.sendall((b"", b"GET", b"GET /slow HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % server.port)[number % 3])
        client.close()
    assert got(server, "/")[0] == 200


def test_there_is_a_limit_to_connections(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CONNECTIONS", 3)
    held = [opened(server) for _ in range(3)]
    time.sleep(0.2)
    with opened(server) as refused:
        assert refused.recv(10) == b""
    for client in held:
        client.close()


def test_it_listens_on_this_machine_alone(server: Server) -> None:
    assert server.socket.getsockname()[0] == "127.0.0.1"


def test_a_taken_port_is_answered_by_the_next_free_one(server: Server) -> None:
    with listening(server.port) as other:
        assert server.port < other.port <= server.port + module.PORTS_TRIED


def test_where_all_ports_are_taken_it_is_said(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PORTS_TRIED", 0)
    with pytest.raises(MachineFault, match="is taken; name another with --port"), listening(server.port):
        pass


def test_no_thread_and_no_connection_is_left() -> None:
    before = set(threading.enumerate())
    with listening(0) as server:
        server.start(answering)
        waiting, streaming = opened(server), opened(server)
        streaming.sendall(b"GET /slow HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % server.port)
        assert streaming.recv(1000).startswith(b"HTTP/1.1 200 OK")
    assert set(threading.enumerate()) == before
    waiting.close()
    streaming.close()


def test_a_server_that_never_began_can_be_closed() -> None:
    with listening(0) as server:
        assert server.port > 0
