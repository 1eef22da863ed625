"""Names of files: which are litter, which cannot be published everywhere, and how a name is shown that cannot be printed."""

from __future__ import annotations

import re
import unicodedata

from .characters import name_of
from .expressions import Expression

# What editors, file managers and version control leave beside the work of an author.
_LITTER = Expression(
    r"\..*|.*~|~\$.*|#.*#|.*\.(?:swp|swo|swx|tmp|bak|orig|rej)|4913|Thumbs\.db|desktop\.ini|Icon\r|__pycache__",
    re.IGNORECASE,
)
_PLAIN = Expression(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?")
_NOT_UTF8 = re.compile("[\ud800-\udfff]")
_UNSEEN = Expression("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_RESERVED = Expression(r'[<>:"|?*\\]')


def is_litter(name: str, suffixes: tuple[str, ...] = ()) -> bool:
    """Whether a file or folder of this name is nobody's content; a suffix alone (`.md`) is a file that lacks its name."""
    return _LITTER.fullmatch(name) is not None and name not in suffixes


def fault_of_name(name: str, suffixes: tuple[str, ...] = ()) -> str:
    """What is wrong with the name of a file or folder, empty for nothing.

    A name must be UTF-8, visible, and possible on every common file system; what an id may hold is another matter.
    """
    if _PLAIN.fullmatch(name):
        return ""
    if name in suffixes:
        return f"the file has no name before {name}"
    if _NOT_UTF8.search(name):
        return "the file name is not UTF-8"
    if unseen := _UNSEEN.search(name):
        return f"the file name holds {name_of(unseen[0])}"
    if reserved := _RESERVED.search(name):
        return f'the file name holds "{reserved[0]}", which some systems refuse'
    if name != name.strip(" ") or name.endswith("."):
        return "the file name begins or ends with a blank, or ends with a dot"
    composed = unicodedata.normalize("NFC", name)
    mixed = name not in (composed, unicodedata.normalize("NFD", name))
    return "the file name has accents composed in two ways" if mixed else ""


def shown(name: str) -> str:
    """A name or path with everything that cannot be printed escaped: `\\xff` for a byte that is not UTF-8, `\\n`, `\\u202e`."""
    if name.isprintable():
        return name
    return "".join(char if char.isprintable() else _escaped(char) for char in name)


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else char.encode("unicode_escape").decode("ascii")
