"""Where the files of a chronicle stand: the settings, the content by type, the media, the templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import RecordType

SETTINGS_FILE = "site.yaml"
TEMPLATES = "templates"
MEDIA = "content/media"

FOLDERS: dict[str, RecordType] = {
    "content/incidents": "incident",
    "content/cities": "city",
    "content/waves": "wave",
    "content/publishers": "publisher",
    "content/pages": "page",
    "seeds": "source",
}
CONTENT = tuple(sorted({folder.partition("/")[0] for folder in FOLDERS}))
SOURCES = (*CONTENT, TEMPLATES, SETTINGS_FILE)
"""All that a site is made from."""

_SHELVES = tuple(f"{folder}/" for folder in FOLDERS)


def is_content(path: str) -> bool:
    """Whether a path lies in a folder of records."""
    return path.startswith(_SHELVES)


def identity(path: str) -> tuple[RecordType, str, str]:
    """The type, id and language of a file by its path; the id is the name up to the first dot, the language what follows it."""
    folder = next((name for name in FOLDERS if path.startswith(f"{name}/")), "")
    name = path.rpartition("/")[2].removesuffix(".md")
    id, _, lang = name.partition(".")
    kind = FOLDERS.get(folder, "page")
    return ("translation" if lang and kind == "incident" else kind), id, lang
