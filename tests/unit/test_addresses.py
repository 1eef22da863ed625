"""Web addresses: a quick look passes only what the closer one passes."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from generator.addresses import address_fault, closer_look

PIECES = st.sampled_from(
    ["http", "https", ":", "//", "/", "?", "#", "@", "[", "]", "\\", ".", "..", "-", ":80", "a", "A", "example.org", "localhost",
     "10.0.0.1", "127.1", "0x7f", "::1", "lan", "%2e", "é", "。", " ", "\t", "\u200b", "\x7f", "|", "~"]
)  # fmt: skip
ADDRESSES = st.one_of(
    st.lists(PIECES, max_size=8).map("".join),
    st.lists(PIECES, max_size=5).map(lambda pieces: f"https://{''.join(pieces)}"),
    st.text(max_size=12),
)


@example("https://example.org/a?b=c#d")
@example("https://10.0.0.1/")
@example("https://a.example\\@localhost/")
@given(ADDRESSES)
def test_an_address_is_judged_as_a_closer_look_judges_it(url: str) -> None:
    assert address_fault(url) == closer_look(url)
