"""A file cut at its two `---` lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from .characters import span_of
from .expressions import Expression
from .problems import Problem, Span

_FENCE = Expression(r"^---[ \t]*$\n?", re.MULTILINE)
_NEARLY_A_FENCE = Expression(r"[ \t]*[-–—]{1,9}[ \t]*$")
_KEY = Expression(r"[\"']?[\w-]+[\"']?[ ]*:(?:\s|$)")
_LINE_OF_KEYS = Expression(r"[\"']?[\w-]+[\"']?[ ]*:(?:\s|$)|[ \t]+\S|- |[\]}#]")
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
    """The last line of the keys, or the line below them that was meant to close them."""
    number, nearly = _end_of_keys(text.split("\n"))
    line = text.split("\n")[number - 1]
    hint = f'write --- alone instead of "{line.strip()}"' if nearly else "put a line --- below this one"
    span = Span(number, 1, number, len(line) + 1)
    message = "the front matter opened on line 1 is never closed"
    return Problem(rule="front-matter-not-closed", path=path, span=span, message=message, hint=hint)


def _end_of_keys(lines: Sequence[str]) -> tuple[int, bool]:
    """The number of the last line that looks like front matter, or of one right below that looks nearly like ---."""
    last = 1
    for number, line in enumerate(lines[1:], 2):
        if _NEARLY_A_FENCE.match(line):
            return number, True
        if _LINE_OF_KEYS.match(line) if last == number - 1 else _KEY.match(line):
            last = number
        elif line.strip():
            break
    return last, False


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
