"""What a file is that is no picture we publish, told from its first bytes, and what its author can do."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..problems import Fault

HEAD = 1024

_CONVERT = "save it as JPEG, PNG or WebP"
_ELSEWHERE = "publish it elsewhere and cite its address"
_AUTHORS = f"it can carry its authors' names and what they deleted; {_ELSEWHERE}, or show a page of it as a picture"
_FILM = f"it can carry where and with what it was taken; {_ELSEWHERE}, or show a still from it"
_SOUND = f"it can carry where and with what it was recorded; {_ELSEWHERE}"
_SCRIPTS = "it can run scripts and call other sites in a reader's browser; save it as PNG"
_HIDDEN = f"nobody can see what is in it; {_ELSEWHERE}"
_WORDS = "words belong into an entry or a page under content/pages/"


class Kind(NamedTuple):
    """How files of a kind begin, as a pattern for the first 1024 bytes; what they are, and what to do about them."""

    beginning: bytes
    name: str
    hint: str


_BLANK = rb"(?:\xef\xbb\xbf)?\s*+"

KINDS = (
    Kind(rb"%PDF", "a PDF document", _AUTHORS),
    Kind(rb"....ftyp(?:he[iv]|mif1|msf1)", "a HEIC picture", f"browsers do not show it; {_CONVERT}"),
    Kind(rb"....ftypavi", "an AVIF picture", _CONVERT),
    Kind(rb"....ftypM4[AB]", "a sound recording", _SOUND),
    Kind(rb"....(?:ftyp|moov|mdat|wide)|\x1aE\xdf\xa3|RIFF....AVI |\x00\x00\x01[\xb3\xba]", "a film", _FILM),
    Kind(rb"ID3|OggS|fLaC|#!AMR|RIFF....WAVE|\xff[\xf1-\xf3\xf9-\xfb]", "a sound recording", _SOUND),
    Kind(rb"II\*\x00|MM\x00\*", "a TIFF or camera raw picture", f"browsers do not show it; {_CONVERT}"),
    Kind(
        rb"BM.{4}\x00{4}|\x00\x00[\x01\x02]\x00|8BPS|\x00{3}\x0c(?:JXL |jP  )|\xff\x0a",
        "another kind of picture",
        _CONVERT,
    ),
    Kind(rb"PK\x03\x04.{26,60}(?:\[Content_Types\]|_rels/|mimetype)", "an office document", _AUTHORS),
    Kind(rb"\xd0\xcf\x11\xe0|\{\\rtf", "an office document", _AUTHORS),
    Kind(rb"PK\x03\x04|PK\x05\x06|Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ", "an archive", _HIDDEN),
    Kind(_BLANK + rb"(?i:<svg\b|<[?!].*?<svg\b)", "an SVG drawing", _SCRIPTS),
    Kind(
        _BLANK + rb"(?i:<(?:!doctype html|html|head|body|script)\b)",
        "an HTML page",
        f"save the picture itself; {_WORDS}",
    ),
    Kind(_BLANK + rb"<[A-Za-z?!]", "an XML file", _ELSEWHERE),
    Kind(rb"[^\x00-\x08\x0e-\x1a\x1c-\x1f]*+\Z", "a text", _WORDS),
)


def refused(data: bytes) -> Fault:
    """The fault of a file that is no picture we publish."""
    head = data[:HEAD]
    kind = next((kind for kind in KINDS if re.match(kind.beginning, head, re.DOTALL)), None)
    name, hint = (kind.name, kind.hint) if kind else ("of a kind that is not known here", _CONVERT)
    return Fault("media-type", f"is {name}; only JPEG, PNG, WebP and GIF pictures are published", hint)
