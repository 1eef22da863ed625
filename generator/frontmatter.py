"""The text of a file as its front matter, in texts with places, and its body.

Where YAML cannot be read, the reading goes on with the next block, that is the lines from one key in the first column
to the next: so all faults of a file are found, and what is sound is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from .characters import character_problems, normalisation_problems, tab_problems
from .expressions import Expression
from .fences import fenced
from .nodes import Mapping, Scalar, Source, every
from .plainyaml import plain_mapping
from .problems import Fault, Problem
from .strictyaml import MOST_FAULTS, Stretch
from .yamlfaults import surprises
from .yamlsource import Entry, gathered

MOST_BYTES = 64 * 1024

_SECOND_DOCUMENT = Expression(r"^(?:---|\.\.\.)(?=[ \n]|\Z)", re.MULTILINE)
_UNREADABLE = Expression("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\ufeff\ud800-\udfff\ufffe\uffff]")
_BLOCK = Expression(r"^(?![\s#\]}]|-(?:\s|\Z)|\Z)", re.MULTILINE)
_KEY_OF_BLOCK = Expression(r"[ ]*[\"']?([^\s\"':=：]+)[\"']?[ ]*[:=：]|([a-z_]+)[ ]")
_PLAIN_VALUE = Expression(r"[\w-]+:[ ]+[^\s|>&!{\[]")


class FrontMatter(msgspec.Struct, frozen=True):
    """What a file holds: its front matter (none where it cannot be found), its body, and what is wrong with the former.

    The body has LF line ends and is in Unicode normal form C; it begins on line `body_line` of the file.
    """

    mapping: Mapping | None
    body: str
    body_line: int
    problems: tuple[Problem, ...]


def front_matter(text: str, path: str) -> FrontMatter:
    """The front matter and the body of a Markdown file; places are those of the file."""
    text = _with_lf(text)
    parts = fenced(text, path)
    found, problems = (None, ()) if parts.inner is None else _read(parts.inner, path, 2)
    uneven = normalisation_problems(text, path)
    body = unicodedata.normalize("NFC", parts.body) if uneven else parts.body
    return FrontMatter(found, body, parts.body_line, (*parts.problems, *problems, *uneven))


def yaml_document(text: str, path: str) -> FrontMatter:
    """A file that is YAML from its first line on, such as `site.yaml`; it has no body."""
    text = _with_lf(text)
    found, problems = _read(text, path, 1)
    return FrontMatter(found, "", text.count("\n") + 1, (*problems, *normalisation_problems(text, path)))


def _with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _read(text: str, path: str, first_line: int) -> tuple[Mapping | None, tuple[Problem, ...]]:
    """The map that a stretch of YAML holds, as far as it can be read, and what is wrong with it."""
    if 4 * len(text) > MOST_BYTES and len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        hint = "prose belongs into the body, below the second ---" if first_line > 1 else "shorten it"
        fault = Fault("too-long", f"longer than {MOST_BYTES // 1024} KiB", hint)
        return None, (Source(text, text, path, first_line).problem(fault),)
    odd = (*character_problems(text, first_line, path, "front matter"), *tab_problems(text, first_line, path))
    clean = _UNREADABLE.sub("\ufffd", text.replace("\t", " ")) if odd else text
    second = _second_document(clean, 3 if first_line == 1 else 0)
    source = Source(text, clean[: second.start()] if second else clean, path, first_line)
    if second and clean[second.end() :].strip():
        message = f"a second document begins on line {first_line + text.count(chr(10), 0, second.start())}"
        fault = Fault("second-document", message, "a file holds one; delete this line", second.start(), 3)
        odd = (*odd, source.problem(fault))
    plain = None if odd else plain_mapping(source)
    if plain is not None:
        return plain, ()
    found, problems = _recovered(source)
    return found, (*odd, *problems)


def _second_document(text: str, start: int) -> re.Match[str] | None:
    return _SECOND_DOCUMENT.search(text, start) if "---" in text or "..." in text else None


def _recovered(source: Source) -> tuple[Mapping | None, tuple[Problem, ...]]:
    """The readable keys; after a fault, its block is left out and the reading goes on after it."""
    problems: list[Problem] = []
    entries: list[Entry] = []
    start: int | None = 0
    while start is not None:
        stretch = Stretch(source, start)
        fault = stretch.read()
        entries += stretch.entries
        problems += stretch.problems
        if fault is None:
            break
        problems.append(source.problem(fault))
        if fault.rule == "not-a-mapping":
            return None, tuple(problems)
        block, start = _block_around(source.clean, max(stretch.start, fault.offset))
        entries = [entry for entry in entries if entry[0].start < block]
        entries += _unread_keys(source, {key.text for key, _ in entries}, stretch.start, block, fault.offset)
        if start is not None and (len(problems) >= MOST_FAULTS or fault.rule == "too-long"):
            unread = Fault("too-long", "from here on, the file was not read", "mend the faults above first", start)
            problems.append(source.problem(unread))
            break
    top, repeated = _top(source, entries)
    problems += (*repeated, *(source.problem(fault) for fault in surprises(top)), *_escaped_characters(source, top))
    return top, tuple(dict.fromkeys(problems))


def _escaped_characters(source: Source, top: Mapping) -> Iterator[Problem]:
    """What is wrong with characters that are written as escapes, such as "\\u202E"."""
    if "\\" in source.text:
        for node in every(top):
            if isinstance(node, Scalar) and node.raw[:1] == '"' and "\\" in node.raw:
                for problem in character_problems(node.text, 1, source.path, "front matter"):
                    yield msgspec.structs.replace(problem, span=node.span)


def _top(source: Source, entries: list[Entry]) -> tuple[Mapping, tuple[Problem, ...]]:
    """The outermost map, and its keys that stand twice."""
    pairs, broken, repeated = gathered(source, entries, "")
    start, end = (pairs[0].key.start, pairs[-1].value.end) if pairs else (0, 0)
    return Mapping(source, start, end, pairs, broken), repeated


def _block_around(text: str, at: int) -> tuple[int, int | None]:
    """Where the block that holds an offset begins, and where the next one does, if any."""
    block = 0
    for found in _BLOCK.finditer(text):
        if found.start() > at:
            return block, found.start()
        block = found.start()
    return block, None


def _unread_keys(source: Source, known: set[str], start: int, block: int, at: int) -> list[Entry]:
    """Keys that stand in the file and were not read: those passed over, that of the faulty block, and one indented by mistake."""
    text = source.clean
    places = [found.start() for found in _BLOCK.finditer(text, start, block)]
    line = text.rfind("\n", 0, at) + 1
    indented = [line] if line > block and _PLAIN_VALUE.match(text, block) else []
    found = {key.text: (key, None) for place in (*places, block, *indented) for key in _key_at(source, place)}
    return [entry for name, entry in found.items() if name not in known]


def _key_at(source: Source, place: int) -> list[Scalar]:
    """The key that a line begins with, though a sign other than a colon may follow it."""
    key = _KEY_OF_BLOCK.match(source.clean, place)
    return [source.scalar(*key.span(key.lastindex or 1))] if key else []
