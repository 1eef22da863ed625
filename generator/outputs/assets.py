"""Files that stand beside the pages: style sheets and scripts as they are, pictures cleaned, and the style sheet of the kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from .. import routes
from ..chronicle import Chronicle
from ..files import digest
from ..model import Draft, Page
from ..problems import Problem
from ..views.base import Site
from ..views.desk import Desk

Reader = Callable[[str], bytes | Problem]


def pages(desk: Desk, statics: Mapping[str, str], static: Reader, media: Reader) -> Iterator[Page]:
    """The static files of the templates (`statics`: name to digest), the media, and `kinds.css`."""
    for name, content in statics.items():
        yield _copy(desk, routes.static(name), content, partial(static, name), f"templates/static/{name}")
    yield desk.page(routes.static("kinds.css"), "", kinds_css)
    for name in shown_media(desk.chronicle):
        content = desk.chronicle.media[name]
        yield _copy(desk, routes.media(name), content, partial(media, name), f"content/media/{name}")


def shown_media(chronicle: Chronicle) -> tuple[str, ...]:
    """The media that something public shows; what only withheld entries show is not published either."""
    named = {r.id for file in chronicle.files.values() for r in file.references if r.type == "media"}
    named |= {m.file for entry in chronicle.entries.values() for m in entry.incident.media}
    return tuple(sorted(named & chronicle.media.keys()))


def _copy(desk: Desk, path: str, content: str, read: Callable[[], bytes | Problem], origin: str) -> Page:
    draft = partial(Draft, digest(desk.engine, path, content), read)
    return Page(path=path, template="", draft=draft, origin=origin)


def kinds_css(site: Site, path: str) -> bytes:
    """The glyph and colour of each kind, as custom properties that the style sheet uses."""
    rules = []
    for kind in site.kinds.values():
        glyph = f'--g:"{_css_text(kind.glyph)}"' if kind.glyph else ""
        colour = f"--k:{kind.colour}" if kind.colour else ""
        rules.append(f".k-{kind.id}{{{';'.join(p for p in (glyph, colour) if p)}}}\n")
    return "".join(rules).encode()


def _css_text(text: str) -> str:
    """A text inside a CSS string."""
    return "".join(f"\\{ord(c):x} " for c in text)
