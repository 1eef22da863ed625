"""The HTML of the preview itself: what it adds to a page of the site, and its own plain pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import quote

import msgspec

from .problems import Problem
from .report import Framed

FOLDER = "-/"
"""What the preview serves of its own stands below this; no page of a site can, as no id begins with a hyphen."""

EVENTS, PROBLEMS = f"{FOLDER}events", f"{FOLDER}problems.html"
SCRIPT, WORKER, STYLE = f"{FOLDER}preview.js", f"{FOLDER}worker.js", f"{FOLDER}preview.css"


class Follower(msgspec.Struct, frozen=True, kw_only=True):
    """What a page in a browser knows of itself: its path, its version and those of the style sheets, whether drafts are in it,
    and what it was made from."""

    path: str
    version: str
    sheets: Mapping[str, str]
    drafts: bool
    made_from: str


def followed(html: bytes, follower: Follower) -> bytes:
    """A page of the site with what keeps it up to date, just before the end of its body."""
    before, end, after = html.rpartition(b"</body>")
    added = _added(follower).encode()
    return before + added + end + after if end else html + added


def _added(follower: Follower) -> str:
    sheets = msgspec.json.encode(follower.sheets).decode()
    drafts = " data-drafts" if follower.drafts else ""
    return (
        f'<chronicle-preview data-path="{escape(follower.path)}" data-version="{escape(follower.version)}"'
        f' data-sheets="{escape(sheets)}" data-made="{escape(follower.made_from)}" data-quiet{drafts}></chronicle-preview>'
        f'<script src="/{SCRIPT}" defer></script>'
    )


def problems_page(title: str, problems: Iterable[Framed], more: str) -> bytes:
    """A page that lists problems and nothing else; `more` says how many there are besides."""
    return _page(title, f"<ol>{''.join(map(_item, problems))}</ol><p>{escape(more)}</p>")


def _item(shown: Framed) -> str:
    hint = f'<p class="hint">{escape(shown.problem.hint)}</p>' if shown.problem.hint else ""
    frame = f"<pre>{escape(shown.frame)}</pre>" if shown.frame else ""
    return f"<li><b>{escape(shown.problem.place)}</b><p>{escape(message_of(shown.problem))}</p>{hint}{frame}</li>"


def message_of(problem: Problem) -> str:
    """What is wrong, with the key that it stands under."""
    return f"{problem.key}: {problem.message}" if problem.key else problem.message


def missing_page(path: str, near: Iterable[str], maker: str) -> bytes:
    """A page that says that there is none, which ones have a similar address, and what would make it."""
    items = "".join(f'<li><a href="/{escape(quote(other))}">{escape(other)}</a></li>' for other in near)
    told = f"<p>{escape(maker)}</p>" if maker else ""
    return _page(f"No page has the address “{path}”", told + (f"<p>Near to it:</p><ul>{items}</ul>" if items else ""))


def _page(title: str, content: str) -> bytes:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/{STYLE}"></head>'
        f"<body><h1>{escape(title)}</h1>{content}</body></html>\n"
    ).encode()
