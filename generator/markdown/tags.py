"""What to write in place of a tag of HTML."""

from __future__ import annotations

from ..expressions import Expression
from ..problems import Fault

_TAG = Expression(r"</?([A-Za-z][A-Za-z0-9-]*)")
_BOLD, _SLANTED, _LINK = "write **words**", "write *words*", "write [words](https://…)"
_ITEM, _QUOTE = 'begin each item with "- " on a line of its own', 'begin its lines with "> "'
_TAKE_OUT, _PARAGRAPH = "take it out", "take it out; an empty line begins a new paragraph"
_ELSEWHERE = "link to what it shows: [words](https://…)"

INSTEAD = {
    "b": _BOLD,
    "strong": _BOLD,
    "i": _SLANTED,
    "em": _SLANTED,
    "a": _LINK,
    "img": "write ![what it shows](media/…) for a file under content/media/",
    "br": _PARAGRAPH,
    "p": _PARAGRAPH,
    "div": _PARAGRAPH,
    "span": _TAKE_OUT,
    "font": _TAKE_OUT,
    "center": _TAKE_OUT,
    "u": _TAKE_OUT,
    "ul": _ITEM,
    "ol": _ITEM,
    "li": _ITEM,
    "blockquote": _QUOTE,
    "iframe": _ELSEWHERE,
    "video": _ELSEWHERE,
    "script": _TAKE_OUT,
    "embed": _ELSEWHERE,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "write ## and the words on a line of their own"),
}
"""A tag to what says the same in Markdown."""


def tag_name(html: str) -> str:
    """The name of the tag that a piece of HTML begins with; empty for a comment and the like."""
    found = _TAG.match(html.lstrip())
    return found[1].lower() if found else ""


def is_closing(html: str) -> bool:
    return html.lstrip().startswith("</")


def html_fault(html: str) -> Fault:
    """That HTML stands in a body, with what to write instead."""
    if html.lstrip().startswith("<!--"):
        hint = "take it out; notes that nobody shall read stand under private in the front matter"
    else:
        hint = INSTEAD.get(tag_name(html)) or r"write it in Markdown, or \< for the sign itself"
    return Fault("raw-html", "raw HTML is not allowed", hint)
