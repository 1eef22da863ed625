"""Characters that have no business in a text, and keys that only look right.

Most texts hold none, so one search decides; only what it stops at is looked at closer. Nothing here prints the
character itself, because most of them cannot be seen; the code point and its Unicode name stand for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Literal, TypeAlias

from .expressions import Expression
from .problems import Problem, Severity, Span, did_you_mean, nearest

Where = Literal["front matter", "body"]

MOST_MARKS = 8
"""Combining marks in a row; more is no language, and covers the lines around it."""

MOST_FOUND = 200
"""Bad characters that are reported of one text."""

_Found: TypeAlias = tuple[int, int, str, str, Severity]
"""Where it begins and ends, what is wrong, what to do, and how bad it is."""

# Letters and signs of everyday texts, all assigned and none of them combining. Anything else only costs a closer look.
_EVERYDAY = (
    "\t\n -~\u00a0-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u052f\u05d0-\u05ea\u0620-\u064a"
    "\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2100-\u218b\u2190-\u23ff\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3"
)
_UNUSUAL = Expression(f"[^{_EVERYDAY}]")
_EVERYDAY_ASCII = bytes((9, 10, *range(32, 127)))
_UNUSUAL_RUN = Expression(f"[^{_EVERYDAY}]{{{MOST_MARKS + 1},}}")

_TABS = Expression(r"\t+")

_ISOLATES = "\u2066\u2067\u2068"
_END_OF_ISOLATE = "\u2069"
_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e"
_BYTE_ORDER_MARK = "\ufeff"
_INVISIBLE = (
    "\u00ad\u200b\u2028\u2029\u2060\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d\u206e\u206f\ufff9\ufffa\ufffb"
)
_CATEGORIES = {
    "Cc": "control character",
    "Cs": "not a valid character:",
    "Co": "private-use character",
    "Cn": "unassigned character",
}
_HARMLESS_IN_BODY = {"invisible character", "private-use character", "unassigned character"}

# Cyrillic and Greek letters that look like a Latin one.
_LOOKALIKES = str.maketrans(
    "авекмнорстухіїјѕԁһԛԝёАВЕКМНОРСТУХІЈЅοανρικυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "abekmhopctyxiijsdhqweABEKMHOPCTYXIJSoavpikuABEZHIKMNOPTYX",
)


def span_of(text: str, start: int, end: int, first_line: int = 1) -> Span:
    """Where a part of a text stands, given by offsets; the text begins on `first_line`."""
    last = text.count("\n", start, end)
    line = first_line + text.count("\n", 0, start)
    return Span(line, start - text.rfind("\n", 0, start), line + last, end - text.rfind("\n", 0, end))


def character_problems(text: str, first_line: int, path: str, where: Where) -> tuple[Problem, ...]:
    """What is wrong with the characters of a text: each character once on each line.

    Line ends must be LF. In a body, what only looks odd is a warning. The Unicode version is Python's own, so newer
    emoji count as assigned.
    """
    if is_everyday(text):
        return ()
    unusual = set(_UNUSUAL.findall(text))
    softly: Severity = "warning" if where == "body" else "error"
    found: Iterator[_Found] = chain(
        _bad(text, {char for char in unusual if _kind(char)}, softly),
        _unbalanced(text) if unusual & {*_ISOLATES, _END_OF_ISOLATE} else (),
        _runs_of_marks(text, softly) if any(unicodedata.category(char)[0] == "M" for char in unusual) else (),
    )
    return tuple(
        Problem(
            rule="bad-character",
            path=path,
            span=span_of(text, start, end, first_line),
            message=message,
            hint=hint,
            severity=severity,
        )
        for start, end, message, hint, severity in islice(found, MOST_FOUND)
    )


def is_everyday(text: str) -> bool:
    """Whether a text holds only letters and signs that are never a problem; the search is slow, so ASCII is taken out first."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _EVERYDAY_ASCII)
    return not rest or not _UNUSUAL.search(rest.decode("utf-8", "surrogatepass"))


def tab_problems(text: str, first_line: int, path: str) -> tuple[Problem, ...]:
    """Each line of YAML that holds a tab."""
    if "\t" not in text:
        return ()
    return tuple(
        Problem(
            rule="tab",
            path=path,
            span=Span(number, found.start() + 1, number, found.end() + 1),
            message=f"tab on line {number}; YAML wants blanks",
            hint="put blanks in its place",
        )
        for number, line in enumerate(text.split("\n"), first_line)
        if (found := _TABS.search(line))
    )


def normalisation_problems(text: str, path: str) -> tuple[Problem, ...]:
    """A warning where a text is not in Unicode normal form C, at the first such place."""
    return tuple(
        Problem(
            rule="not-normalised",
            path=path,
            span=span_of(text, start, end),
            message="a letter and its accent are stored as two characters; they are read as one",
            hint="save the file in Unicode normal form C (NFC)",
            severity="warning",
        )
        for start, end in _not_normalised(text)
    )


def name_of(char: str) -> str:
    """The code point with its Unicode name: `U+202E right-to-left override`."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '').lower()}".rstrip()


def key_hint(key: str, known: Iterable[str]) -> str:
    """What makes a key unknown and which known one it looks like; empty where nothing is near."""
    words = frozenset(known)
    plain = "".join(c for c in key if unicodedata.category(c) != "Cf").translate(_LOOKALIKES)
    plain = unicodedata.normalize("NFKC", plain).strip().casefold()
    guess = plain if plain in words else nearest(plain, sorted(words))
    strange = next((c for c in key if not c.isascii()), "")
    if not strange:
        return f'did you mean "{guess}"?' if guess else did_you_mean(key, sorted(words))
    return f"it has the {_nature(strange)} U+{ord(strange):04X}" + (f'; did you mean "{guess}"?' if guess else "")


JOINERS = "\u200c\u200d"
"""Zero-width joiners: right in Persian and in emoji, never in a key."""


def invisible_in(key: str) -> str:
    """The first character of a key that cannot be seen, or nothing."""
    return "" if key.isascii() else next((c for c in key if unicodedata.category(c) in ("Cf", "Zs") and c != " "), "")


def _nature(char: str) -> str:
    """What a character is, in words: `Cyrillic letter`, `invisible character`."""
    if unicodedata.category(char) == "Cf":
        return "invisible character"
    script = unicodedata.name(char, "").split(" ")[0].capitalize()
    return f"{script} letter" if char.isalpha() and script else "character"


def _kind(char: str) -> str:
    """What is wrong with a character, empty for nothing. Isolates and marks are judged by what stands around them."""
    code = ord(char)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return "not a valid character:"
    if char in _OVERRIDES:
        return "text direction override"
    if char == _BYTE_ORDER_MARK:
        return "byte order mark inside the text:"
    if char in _INVISIBLE or 0xE0000 <= code <= 0xE007F:
        return "invisible character"
    category = unicodedata.category(char)
    newer_emoji = category == "Cn" and 0x1F000 <= code <= 0x1FAFF
    return "" if newer_emoji else _CATEGORIES.get(category, "")


def _bad(text: str, chars: set[str], softly: Severity) -> Iterator[_Found]:
    """Each of these characters once on each line."""
    search = re.compile(f"[{re.escape(''.join(sorted(chars)))}]") if chars else None
    offset = 0
    for line in text.split("\n") if search else ():
        for char in dict.fromkeys(search.findall(line)) if search else ():
            kind, at = _kind(char), offset + line.index(char)
            yield at, at + 1, f"{kind} {name_of(char)}", _hint(char), softly if kind in _HARMLESS_IN_BODY else "error"
        offset += len(line) + 1


def _hint(char: str) -> str:
    if char in _OVERRIDES:
        return "delete it; U+2067 … U+2069 around the words keeps their direction"
    return "delete it, or put a blank or a line end in its place" if char in "\u2028\u2029\x85\x0b\x0c" else "delete it"


def _unbalanced(text: str) -> Iterator[_Found]:
    """Isolates that are not closed, or not opened, on their line."""
    hint = "open and close it on the same line (U+2067 … U+2069), or delete it"
    offset = 0
    for line in text.split("\n"):
        open_at: list[int] = []
        lonely: list[int] = []
        for at, char in enumerate(line, offset):
            if char in _ISOLATES:
                open_at.append(at)
            elif char == _END_OF_ISOLATE:
                lonely += [] if open_at else [at]
                del open_at[-1:]
        for at in sorted(lonely + open_at):
            yield at, at + 1, f"unbalanced {name_of(text[at])}", hint, "error"
        offset += len(line) + 1


def _runs_of_marks(text: str, softly: Severity) -> Iterator[_Found]:
    """The first run of combining marks that is too long, if any."""
    for run in _UNUSUAL_RUN.finditer(text):
        length = 0
        for at, char in enumerate(run[0], run.start()):
            length = length + 1 if unicodedata.category(char)[0] == "M" else 0
            if length > MOST_MARKS:
                yield at + 1 - length, at + 1, f"more than {MOST_MARKS} combining marks in a row", "delete them", softly
                return


def _not_normalised(text: str) -> Iterator[tuple[int, int]]:
    """The first place, if any, where the text differs from its NFC: a letter and the marks after it."""
    if unicodedata.is_normalized("NFC", text):
        return
    offset = 0
    for line in text.split("\n"):
        wanted = unicodedata.normalize("NFC", line)
        if wanted != line:
            start = next((i for i, (a, b) in enumerate(zip(line, wanted, strict=False)) if a != b), len(wanted))
            end = start + 1
            while end < len(line) and unicodedata.combining(line[end]):
                end += 1
            yield offset + start, offset + end
            return
        offset += len(line) + 1
