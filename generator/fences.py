"""A file cut at its two `---` lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from .characters import span_of
from .expressions import Expression
from .problems import Problem, Span

_FENCE = Expression(r"^---[ \t]*$\n?", re.MULTILINE)
_NEARLY_A_FENCE = Expression(r"^[ \t]*[-–—]{1,9}[ \t]*$", re.MULTILINE)
_MORE_KEYS = Expression(r"\n*([a-z_]+:(?:[ \t].*)?\n(?:(?:[a-z_]+:|[ \t]|- ).*\n)*---[ \t]*)$", re.MULTILINE)


class Fenced(msgspec.Struct, frozen=True):
    """What stands between the fences (nothing where they are missing) and below; `body_line` is a line of the file."""

    inner: str | None
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()


def fenced(text: str, path: str) -> Fenced:
    """The two parts of a Markdown file; line ends must be LF. Without a closing fence nothing is taken for the body."""
    opening = _FENCE.match(text)
    if not opening:
        return Fenced(None, text, 1, (_missing(text, path),))
    closing = _closing(text, opening.end())
    if not closing:
        return Fenced(None, "", text.count("\n") + 1, (_not_closed(text, path),))
    line = text.count("\n", 0, closing.end()) + 1
    body = text[closing.end() :]
    return Fenced(text[opening.end() : closing.start()], body, line, tuple(_more_keys(body, path, line)))


def _closing(text: str, start: int) -> re.Match[str] | None:
    """The first fence from the beginning of a line on."""
    at = text.find("\n---", start - 1)
    while at >= 0 and not (found := _FENCE.match(text, at + 1)):
        at = text.find("\n---", at + 1)
    return found if at >= 0 else None


def _missing(text: str, path: str) -> Problem:
    message = "the file does not start with ---" if text.strip() else "the file is empty"
    later = _FENCE.search(text)
    above = later is not None and not text[: later.start()].strip()
    hint = "delete the empty lines above the first ---" if above else "begin with a line ---, the keys, and a line ---"
    return Problem(rule="no-front-matter", path=path, span=Span(1, 1, 1, 1), message=message, hint=hint)


def _not_closed(text: str, path: str) -> Problem:
    nearly = _NEARLY_A_FENCE.search(text, 4)
    hint = "put a line --- below the keys"
    if nearly:
        hint = f'line {span_of(text, *nearly.span()).line} is "{nearly[0]}"; it must be --- alone'
    message = "the front matter opened on line 1 is never closed"
    return Problem(rule="front-matter-not-closed", path=path, span=Span(1, 1, 1, 4), message=message, hint=hint)


def _more_keys(body: str, path: str, line: int) -> Iterator[Problem]:
    """A body that begins with more keys and another `---`."""
    found = _MORE_KEYS.match(body)
    if found:
        span = span_of(body, *found.span(1), line)
        message = f"a second document begins on line {span.line}: keys below the --- that closes the front matter"
        yield Problem(
            rule="second-document",
            path=path,
            span=span,
            message=message,
            hint="move them above it and delete the second ---",
        )
