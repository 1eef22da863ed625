"""The body of a file: Markdown to HTML with holes, its links, and every problem with its place.

`dialect` reads the Markdown, `bodies` and `phrases` write the HTML. What most people write is read by `leaves` and `pieces`,
all the rest by markdown-it's rules in `blocks` and `inlines`. Each is imported when it is first needed: a build with nothing
to do imports none of them, and one in which only plain bodies changed no markdown-it-py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ..model import Body, Hole, Reference
from ..problems import Problem, Span
from ..queries import UNTOLD

if TYPE_CHECKING:
    from .bodies import Written

MOST_BRACKETS = 5_000
LONGEST_OPENING = 300


class ParsedBody(NamedTuple):
    """A body, its first sentence as plain text, its links to something of ours, and its problems.

    A sentence that a query stands in is not known before all files are read: then `opening` is empty.
    """

    body: Body = Body()
    opening: str = ""
    references: tuple[Reference, ...] = ()
    problems: tuple[Problem, ...] = ()


def parsed_body(text: str, first_line: int, path: str) -> ParsedBody:
    """What a body says; `first_line` is the file's line of the body's first, from 1."""
    source = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    lines = source.split("\n")
    if source.count("[") > MOST_BRACKETS:
        return ParsedBody(problems=(_too_many_brackets(lines, first_line, path),))
    read = _reader()(source, lines, first_line, path)
    opening = shortened(first_sentence(read.opening[: 2 * LONGEST_OPENING]))
    return ParsedBody(read.body, "" if UNTOLD in opening else opening, read.references, read.problems)


@cache
def _reader() -> Callable[[str, Sequence[str], int, str], Written]:
    """What reads a body; looked up once, since even an import that is done costs as much as a paragraph."""
    from .bodies import written

    return written


def filled(body: Body, fill: Callable[[Hole], str]) -> str:
    """The HTML of a body; what `fill` gives for a hole is already escaped."""
    return "".join(chunk if isinstance(chunk, str) else fill(chunk) for chunk in body.chunks)


def _too_many_brackets(lines: Sequence[str], first_line: int, path: str) -> Problem:
    """Why a body is not parsed: time grows with the square of its brackets. Its place is the first one too many."""
    places = (
        (line, at) for line, text in enumerate(lines, first_line) for at, sign in enumerate(text, 1) if sign == "["
    )
    line, column = next(islice(places, MOST_BRACKETS, None))
    span = Span(line, column, line, column + 1)
    message = f'too many "[" (limit {MOST_BRACKETS:,})'
    return Problem(rule="too-many", path=path, message=message, span=span, hint="split the text")


# ---------------------------------------------------------------- the opening

_ENDS = re.compile(r"[.!?…。！？](?:(?<=[。！？])|[.!?…]*[\"'”’»)\]]*(?=\s+[\W_]*(\w)))")
_ABBREVIATION = re.compile(r"(?:^|\W)[^\W\d_]{1,3}\.$")


def first_sentence(text: str) -> str:
    """Up to the first stop that ends a sentence: none does before a small letter, or behind a word of up to three letters."""
    for end in _ENDS.finditer(text):
        abbreviates = _ABBREVIATION.search(text, max(0, end.start() - 4), end.start() + 1)
        if not abbreviates and not (end[1] and end[1].islower()):
            return text[: end.end()]
    return text


def shortened(text: str) -> str:
    """A text of at most 300 letters, cut behind a word with an ellipsis."""
    if len(text) <= LONGEST_OPENING:
        return text
    cut = text[:LONGEST_OPENING]
    words, _, _ = cut.rpartition(" ")
    return (words or cut[:-1]).rstrip(" ,;:–—-") + "…"
