"""Texts as they stand in XML: between tags, and as the value of an attribute with its quotes."""

from __future__ import annotations

from html import escape


def text(value: str) -> str:
    return escape(value, quote=False)


def attribute(value: str) -> str:
    return f'"{escape(value)}"'
