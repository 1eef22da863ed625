"""What an address in a body leads to: the web, a record, a file or a heading of ours; or why it may not stand.

Nothing that is not named here gets through. What is relative otherwise would lead elsewhere from every page that shows
the body, so it is refused with the form to write instead.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

from ..addresses import link_fault
from ..model import Hole
from ..problems import Fault, did_you_mean
from ..routes import is_slug
from .draft import shown

FOLDERS = {
    "incidents": "incident", "cities": "city", "waves": "wave", "sources": "source", "seeds": "source",
    "publishers": "publisher", "kinds": "kind", "pages": "page",
}  # fmt: skip
TYPES = ("incident", "city", "wave", "source", "publisher", "kind", "page")

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")
_MEDIA = re.compile(r"(?:\.{1,2}/)*(?:content/)?media/")
_PAGE = re.compile(r"(?:.*/)?([^/.#?]+)(?:\.[a-z-]+)?\.(?:html|md)(?:[#?].*)?", re.DOTALL)
_PLAIN_ADDRESS = re.compile(r"(?:https?://[a-z0-9.\-]+(?:/[A-Za-z0-9/?:@=+$,\-_.!~*'()]*)?)?")
_HOW = "write [[id]] or [[type:id]] for a page of ours, media/… for a file, https://… for the web"


class Target(NamedTuple):
    """Where a link or a picture leads: an address of the web, or a hole and what it refers to (`type` and `id`)."""

    web: str = ""
    hole: Hole | None = None
    part: str = ""
    type: str = ""
    id: str = ""


def normalized(address: str) -> str:
    """An address as it stands in HTML, before escaping: percent-encoded, with its host in ASCII."""
    if _PLAIN_ADDRESS.fullmatch(address):
        return address
    from markdown_it.common.normalize_url import normalizeLink

    return normalizeLink(address)


def record_target(written: str) -> tuple[str, str] | Fault:
    """The type and id that `id` or `type:id` names."""
    type, colon, id = written.strip().rpartition(":")
    type, id = type.strip() if colon else "incident", id.strip()
    if type not in TYPES:
        hint = did_you_mean(type, TYPES) or f"types are {', '.join(TYPES)}"
        return Fault("link-malformed", f'"{shown(type)}" is no type of page', hint)
    if not id:
        return Fault("link-malformed", "the link names nothing", "write [[id]] or [[type:id]]")
    if not is_slug(id):
        lower = "-".join(id.lower().split())
        hint = f'did you mean "{lower}"?' if is_slug(lower) else "an id holds a–z, 0–9 and single hyphens"
        return Fault("link-malformed", f'"{shown(id)}" is not an id', hint)
    return type, id


def link_target(address: str) -> Target | Fault:
    """What a link leads to; the hole of `#heading` holds what stands after the sign, and the body knows whether it exists."""
    if not address:
        return Fault("link-relative", "the link has no address", _HOW)
    if fault := link_fault(address):
        return fault
    if _SCHEME.match(address):
        return Target(web=address)
    if address.startswith("#"):
        name = unicodedata.normalize("NFC", unquote(address[1:])).lower()
        return Target(hole=Hole("anchor", name), type="anchor", id=name)
    if media := _MEDIA.match(address):
        path, sign, part = address[media.end() :].partition("#")
        return _file_target(path, sign + part)
    return Fault("link-relative", f'"{shown(address)}" leads to no page from most places', _instead_of(address))


def image_target(address: str) -> Target | Fault:
    """The file of a picture: its path under `content/media/`, with or without `media/` before it."""
    scheme = _SCHEME.match(address)
    if address.startswith("//") or (scheme and scheme[0].lower() in ("http:", "https:")):
        hint = "put the file under content/media/; a reader's browser would tell the other site who reads this"
        return Fault("image-remote", "images must be local", hint)
    if fault := link_fault(address):
        return fault
    if scheme:
        return Fault(
            "link-scheme", f'address scheme "{scheme[0][:-1]}" is no picture\'s', "put it under content/media/"
        )
    media = _MEDIA.match(address)
    return _file_target(address[media.end() :] if media else address, "")


def _file_target(written: str, part: str) -> Target | Fault:
    path = unicodedata.normalize("NFC", unquote(written))
    if any(step in ("", ".", "..") for step in path.split("/")) or re.search(r"[\x00-\x1f\x7f\\?#:]", path):
        return Fault(
            "media-path", f'"{shown(written)}" is no file under content/media/', "write media/ and its path there"
        )
    return Target(hole=Hole("media", path), part=part, type="media", id=path)


def _instead_of(address: str) -> str:
    """How to write a link to a page of ours that was written as an address."""
    page = _PAGE.fullmatch(address)
    if not page or not is_slug(page[1]):
        return _HOW
    folder = next((f for f in address.split("/")[:-1] if f in FOLDERS), "")
    type = FOLDERS.get(folder, "incident" if page[1][:4].isdecimal() else "page")
    return f"write [[{page[1]}]]" if type == "incident" else f"write [[{type}:{page[1]}]]"
