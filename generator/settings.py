"""`site.yaml`, read by the same reader as an entry."""

from __future__ import annotations

import msgspec

from .frontmatter import yaml_document
from .model import Settings
from .problems import Problem, Span
from .reader import reading

SETTINGS_FILE = "site.yaml"


class SettingsFile(msgspec.Struct, frozen=True):
    """The settings (none where a required one is missing or faulty), the places of their values, and their problems."""

    settings: Settings | None
    marks: dict[str, Span]
    problems: tuple[Problem, ...]


def settings_file(text: str) -> SettingsFile:
    """What the text of `site.yaml` says."""
    document = yaml_document(text, SETTINGS_FILE)
    if document.mapping is None:
        return SettingsFile(None, {}, document.problems)
    read = reading(document.mapping, Settings, SETTINGS_FILE)
    whole = {"title", "base_url"} <= read.values.keys()
    settings = Settings(**read.values) if whole else None
    return SettingsFile(settings, read.sheet.marks, (*document.problems, *read.sheet.problems))
