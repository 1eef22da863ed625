"""Texts in XML stand there as the standard library writes them."""

from __future__ import annotations

from xml.sax import saxutils

from hypothesis import given
from hypothesis import strategies as st

from generator.outputs.xml import escape, quoteattr


@given(st.lists(st.sampled_from(["&", "<", ">", '"', "'", "\n", "\r", "\t", "a", "é"])).map("".join) | st.text())
def test_a_text_is_escaped_as_the_standard_library_does(text: str) -> None:
    assert (escape(text), quoteattr(text)) == (saxutils.escape(text), saxutils.quoteattr(text))
