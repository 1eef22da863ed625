"""What every Atom feed (RFC 4287) is made of: its frame, the times in it, and the permanent ids (RFC 4151) of what it tells."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from ..history import appeared
from ..model import Incident
from ..moments import Moment
from ..views.base import Site
from .xml import escape, quoteattr

BOUNDS = "urn:chronicle:bounds"
"""The name space of elements that hold a date or a count as it is written, with its bounds as attributes."""

NEVER = "1970-01-01T00:00:00Z"


def document(site: Site, path: str, title: str, about: str, updated: str, entries: Iterable[str]) -> bytes:
    """A feed as bytes; `about` is the page that it follows, `updated` when its newest entry changed."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:b="{BOUNDS}" xml:lang={quoteattr(site.lang)}>',
        f"<title>{escape(title)}</title>",
        f"<id>{escape(site.absolute(path))}</id>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(site.absolute(path))}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(site.absolute(about))}/>',
        f"<updated>{updated}</updated>",
        f"<author><name>{escape(site.title)}</name></author>",
        *([f"<rights>{escape(site.licence)}</rights>"] if site.licence else []),
        *entries,
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def html_content(html: str, lang: str) -> str:
    return f'<content type="html" xml:lang={quoteattr(lang)}>{escape(html)}</content>'


def timestamp(moment: Moment) -> str:
    """RFC 3339; a day alone is its first instant, because Atom has no form for a day."""
    if moment.minute is None:
        return f"{moment.day.isoformat()}T00:00:00Z"
    sign, minutes = "-" if (moment.offset or 0) < 0 else "+", abs(moment.offset or 0)
    clock = f"{moment.minute // 60:02d}:{moment.minute % 60:02d}:00"
    return f"{moment.day.isoformat()}T{clock}{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def tag_uri(site: Site, incident: Incident) -> str:
    """The permanent id of an entry, made from its first id, so that a renaming does not change it."""
    first = incident.previous_ids[0] if incident.previous_ids else incident.id
    return f"tag:{urlsplit(site.base_url).hostname},{appeared(incident).day.isoformat()}:incident/{first}"
