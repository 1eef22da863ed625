"""Texts as they stand in XML; `xml.sax.saxutils` does the same, and loads what it takes to fetch documents from the network."""

from __future__ import annotations

_IN_ATTRIBUTE = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def escape(text: str) -> str:
    """A text between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoteattr(text: str) -> str:
    """A text as the value of an attribute, with its quotes: single ones where only double ones stand in it."""
    value = escape(text).translate(_IN_ATTRIBUTE)
    if '"' in value and "'" not in value:
        return f"'{value}'"
    return '"' + value.replace('"', "&quot;") + '"'
