"""What `editing` answers, in the words of the Language Server Protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lsprotocol import types

from ..editing.completing import Completion, Item
from ..editing.hovering import Hover
from ..editing.positions import Position, ends_of, unit_at
from ..editing.renaming import Edit
from ..problems import Problem, Span

SOURCE = "chronicle"

_KINDS = {
    "key": types.CompletionItemKind.Property,
    "word": types.CompletionItemKind.EnumMember,
    "record": types.CompletionItemKind.Reference,
}
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}

Place = Callable[[str, Span], types.Location]
"""What gives the place of a span in another file."""


def spoken_range(span: Span, lines: Sequence[str], encoding: str) -> types.Range:
    start, end = ends_of(span, lines)
    return types.Range(_position(start, lines, encoding), _position(end, lines, encoding))


def _position(position: Position, lines: Sequence[str], encoding: str) -> types.Position:
    return types.Position(position.line, unit_at(lines, position, encoding))


def diagnostic(problem: Problem, lines: Sequence[str], encoding: str, place: Place) -> types.Diagnostic:
    """A problem with its hint, its rule as code, and the places that belong to it."""
    key = f"{problem.key}: " if problem.key else ""
    hint = f" — {problem.hint}" if problem.hint else ""
    related = [types.DiagnosticRelatedInformation(place(*there), problem.message) for there in problem.related]
    return types.Diagnostic(
        range=spoken_range(problem.span, lines, encoding),
        message=f"{key}{problem.message}{hint}",
        severity=_SEVERITIES[problem.severity],
        code=problem.rule,
        source=SOURCE,
        related_information=related or None,
    )


def completions(found: Completion, line: int, lines: Sequence[str], encoding: str) -> types.CompletionList:
    """The offers, to be asked for again at the next letter where records are among them: an editor matches the beginnings of
    words, we match names in any script."""
    items = [_item(item, number, line, lines, encoding) for number, item in enumerate(found.items)]
    may_grow = any(item.sort == "record" for item in found.items)
    return types.CompletionList(is_incomplete=may_grow or not found.is_whole, items=items)


def _item(item: Item, number: int, line: int, lines: Sequence[str], encoding: str) -> types.CompletionItem:
    place = spoken_range(Span(line + 1, item.start + 1, line + 1, item.end + 1), lines, encoding)
    return types.CompletionItem(
        label=item.label,
        kind=_KINDS[item.sort],
        detail=item.detail or None,
        documentation=markdown(item.note) if item.note else None,
        sort_text=f"{number:04}",
        filter_text=item.filter or item.label,
        text_edit=types.TextEdit(place, item.insert),
    )


def markdown(text: str) -> types.MarkupContent:
    return types.MarkupContent(types.MarkupKind.Markdown, text)


def hovered(found: Hover, lines: Sequence[str], encoding: str) -> types.Hover:
    return types.Hover(markdown(found.text), spoken_range(found.span, lines, encoding))


def text_edit(edit: Edit, lines: Sequence[str], encoding: str) -> types.TextEdit:
    return types.TextEdit(spoken_range(edit.span, lines, encoding), edit.text)
