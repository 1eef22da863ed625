"""Small pieces that every figure is written with: short numbers and escaped texts.

A figure is plain text while it is put together, since a page of days holds thousands of elements, and becomes `Markup`
when it is whole. So every text that comes from elsewhere passes through `escaped` where it is written.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_needs_escape = re.compile("[&<>\"']").search


def number(value: float, digits: int = 1) -> str:
    """A number as attributes want it: at most `digits` decimals, no trailing zeros, never `-0`, in no locale."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(fraction: float) -> str:
    """A share of the whole as a percentage with two decimals, so that it holds at every width."""
    text = f"{100 * fraction:.2f}".rstrip("0").rstrip(".")
    return "0%" if text == "-0" else f"{text}%"


def escaped(text: str) -> str:
    """A text as it may stand in an element or an attribute; markup stays as it is."""
    return str(escape(text)) if _needs_escape(text) else text


def titled(text: str) -> str:
    """What a pointer or a screen reader is told of the element this stands in; it closes itself where there is nothing to tell."""
    return f"<title>{escaped(text)}</title>" if text else "<title/>"


def attribute(name: str, value: str) -> str:
    """An attribute, where it has a value."""
    return f' {name}="{escaped(value)}"' if value else ""


def linked(href: str, content: str) -> str:
    """The content as a link; as it is, in a group, where there is no address."""
    return f'<a href="{escaped(href)}">{content}</a>' if href else f"<g>{content}</g>"


def whole(figure: str) -> Markup:
    """A figure whose every text is escaped."""
    return Markup(figure)  # noqa: S704  what figures are made of is written by us or escaped
