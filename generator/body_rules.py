"""The rule that what is published has a text, which one file alone can break."""

from __future__ import annotations

from collections.abc import Iterator

from .entry_rules import Rule, Written
from .model import GONE, Incident
from .problems import Problem, Span

PLACEHOLDER = "What happened, where, and who says so."
"""What a new entry holds until its author has written it."""


def text_is_written(file: Written, entry: Incident) -> Iterator[Problem]:
    """What is published has a text of its own."""
    before, placeholder, _ = file.body.partition(PLACEHOLDER)
    if entry.status in ("draft", *GONE) or not (placeholder or not (before.strip() or "summary" in file.marks)):
        return
    line = file.body_line + before.count("\n")
    span = Span(line, 1, line, 1 + len(placeholder)) if placeholder else file.span("title")
    message = "the text that stands for one is still there" if placeholder else "the entry has no text"
    hint = "write what happened, where, and who says so, or set status: draft"
    yield Problem(rule="placeholder-text", severity="warning", path=file.path, span=span, message=message, hint=hint)


BODY_RULES: tuple[Rule, ...] = (text_is_written,)
