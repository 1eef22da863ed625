"""`site.yaml`, read by the same reader as an entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from .frontmatter import yaml_document
from .model import Settings
from .problems import Problem, Span, did_you_mean
from .reader import reading
from .routes import INDEXES
from .rulebook import may_be
from .shelves import SETTINGS_FILE


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
    marks = {key: node.span for key, node in read.sheet.marks.items()}
    whole = {"title", "base_url"} <= read.values.keys()
    settings = Settings(**read.values) if whole else None
    problems = [*document.problems, *read.sheet.problems]
    if settings is not None:
        problems += [problem for rule in SETTING_RULES for problem in rule(settings, marks)]
    return SettingsFile(settings, marks, tuple(problems))


# ---------------------------------------------------------------- rules


def _problem(marks: Mapping[str, Span], rule: str, key: str, message: str, hint: str) -> Problem:
    return Problem(rule=rule, path=SETTINGS_FILE, span=marks[key], key=key, message=message, hint=hint)


def rules_stay_firm(settings: Settings, marks: Mapping[str, Span]) -> Iterator[Problem]:
    """No rule is softened that keeps content from being lost or published by mistake."""
    for rule, severity in settings.rules.items():
        if not may_be(rule, severity):
            hint = "docs/rules.md says which rules may be softened"
            yield _problem(marks, "firm-rule", f"rules.{rule}", f'"{rule}" cannot be set to {severity}', hint)


def precisions_are_of_kinds(settings: Settings, marks: Mapping[str, Span]) -> Iterator[Problem]:
    """A precision is that of the site or of one of its kinds: a slip would publish points too exactly."""
    for name in settings.publish_precision:
        if name != "default" and name not in settings.kinds:
            key = f"publish_precision.{name}"
            yield _problem(
                marks, "unknown-kind", key, f'no kind has the id "{name}"', did_you_mean(name, settings.kinds)
            )


def navigation_is_known(settings: Settings, marks: Mapping[str, Span]) -> Iterator[Problem]:
    """The header leads to index pages of the site."""
    for n, name in enumerate(settings.navigation, 1):
        if name not in INDEXES and f"navigation.{n}" in marks:
            hint = did_you_mean(name, INDEXES) or f"one of: {', '.join(INDEXES)}"
            yield _problem(marks, "unknown-word", f"navigation.{n}", f'"{name}" is no index page', hint)


SETTING_RULES = (rules_stay_firm, precisions_are_of_kinds, navigation_is_known)
