"""Facts about which requests the preview answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.guard import TARGET_LIMIT, Refusal, Request, decoded, request_of

PORT = 8000


def asked(target: str = "/", *headers: str, method: str = "GET", host: str = f"localhost:{PORT}") -> Request | Refusal:
    lines = (f"{method} {target} HTTP/1.1", f"Host: {host}", *headers)
    return request_of("\r\n".join(lines).encode("latin-1"), PORT)


def status(answer: Request | Refusal) -> int:
    return answer.status if isinstance(answer, Refusal) else 200


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:8000"])
def test_the_names_of_this_machine_are_answered(host: str) -> None:
    assert asked("/a.html", host=host) == Request("GET", "a.html")


@pytest.mark.parametrize(
    "host",
    [
        *("", "evil.example", "evil.example:8000", "localhost", "localhost:8001", "localhost:80000", "localhost.:8000"),
        *("localhost.evil:8000", "evil-localhost:8000", "127.0.0.1.nip.io:8000", "127.1:8000", "0.0.0.0:8000"),
        *("[::1", "[::1]", "[::ffff:127.0.0.1]:8000", "user@localhost:8000", "localhost:8000,evil.example", "x" * 8192),
    ],
)
def test_another_host_is_refused(host: str) -> None:
    assert status(asked(host=host)) == 403


def test_no_host_and_two_hosts_are_refused() -> None:
    assert status(request_of(b"GET / HTTP/1.1", PORT)) == 403
    assert status(asked("/", "Host: localhost:8000")) == 403


def test_the_port_of_the_web_need_not_be_named() -> None:
    assert isinstance(request_of(b"GET / HTTP/1.1\r\nHost: localhost", 80), Request)


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Origin: https://evil.example",
            "Origin: null",
            "Origin: http://localhost:3000",
            "Origin: https://localhost:8000",
        ),
        *("Origin:", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Sec-Fetch-Site: nonsense"),
    ],
)
@pytest.mark.parametrize("target", ["/", "/-/events?path=index.html", "/-/preview.js"])
def test_another_site_is_refused_on_every_path(header: str, target: str) -> None:
    assert status(asked(target, header)) == 403


@pytest.mark.parametrize(
    "header", ["Origin: http://localhost:8000", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "Accept: */*"]
)
def test_a_page_of_ours_and_an_author_who_types_are_answered(header: str) -> None:
    assert status(asked("/", header)) == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PATCH", "get"])
def test_nothing_can_be_done_but_looking(method: str) -> None:
    assert status(asked(method=method)) == 405


@pytest.mark.parametrize(
    "target", ["*", "a.html", "http://localhost:8000/", "/%", "/%zz", "/%00", "/%c0%ae", "/%ff", "/%0a"]
)
def test_an_address_of_no_page_is_a_bad_request(target: str) -> None:
    assert status(asked(target)) == 400


def test_an_address_has_a_limit() -> None:
    assert status(asked("/" + "a" * (TARGET_LIMIT - 1))) == 200
    assert status(asked("/" + "a" * TARGET_LIMIT)) == 414


def test_the_path_is_decoded_once_and_the_query_kept() -> None:
    assert asked("/media/%D0%BF%20%252e.png?v=%41") == Request("GET", "media/п %2e.png", "v=%41")


@pytest.mark.parametrize("head", [b"", b"GET /", b"GET / HTTP/2", b"GET  / HTTP/1.1", b"GET /\xff HTTP/1.1"])
def test_what_is_no_http_is_a_bad_request(head: bytes) -> None:
    assert status(request_of(head, PORT)) == 400


@pytest.mark.parametrize("line", ["X : y", " folded: line", "no colon", "", "X: a\0b", "X: a\nb"])
def test_a_header_that_can_be_read_in_two_ways_is_a_bad_request(line: str) -> None:
    assert status(asked("/", line)) == 400


@given(st.binary(max_size=300))
def test_any_bytes_are_a_request_or_refused(junk: bytes) -> None:
    heads = (junk, b"GET /" + junk + b" HTTP/1.1\r\nHost: localhost:8000", b"GET / HTTP/1.1\r\n" + junk)
    assert all(isinstance(request_of(head, PORT), Request | Refusal) for head in heads)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_what_a_browser_encodes_is_decoded_to_the_same(text: str) -> None:
    assert decoded("".join(f"%{byte:02X}" for byte in text.encode())) == text
