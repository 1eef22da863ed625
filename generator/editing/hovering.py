"""What an editor shows of the word under a cursor: the record that it names, or what a key or a word means."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import inspect

from ..chronicle import Chronicle
from ..model import Parsed
from ..problems import Span
from .completing import matter_of
from .outline import Key, outline
from .positions import Position, lines_of
from .records import card
from .shapes import Form, authored_type, fields_at, form_at, lone
from .things import thing_at


class Hover(NamedTuple):
    """A text in Markdown, and the place that it is about."""

    text: str
    span: Span


def hover(file: Parsed, text: str, position: Position, chronicle: Chronicle) -> Hover | None:
    """What is told of what stands at a position of the file's text."""
    thing = thing_at(file, chronicle, position)
    told = card(chronicle, thing.type, thing.id) if thing else ""
    if thing and told:
        return Hover(told, thing.span)
    lines = lines_of(text)
    first, last = matter_of(file.path, lines)
    if not first <= position.line < last:
        return None
    read = outline(lines, first, last, position)
    key = next((k for k in read.keys if k.line == position.line and k.start <= position.column <= k.end), None)
    if key:
        return _of_key(file, key)
    form = form_at(authored_type(file.path), read.spot.path) if read.spot else None
    return _of_word(form, lines[position.line], position, read.spot.start) if form and read.spot else None


def _of_key(file: Parsed, key: Key) -> Hover | None:
    form = fields_at(authored_type(file.path), key.map).get(key.name)
    entry = form.entry if form else None
    if entry is None:
        return None
    words = [f"- `{word}`: {means}" for word, means in entry.words.items()]
    told = "\n\n".join(
        filter(None, (f"**{key.name}** ({entry.value})", entry.meaning, "\n".join(words), f"`{entry.example}`"))
    )
    return Hover(told, Span(key.line + 1, key.start + 1, key.line + 1, key.end + 1))


def _of_word(form: Form, line: str, position: Position, start: int) -> Hover | None:
    """What a word of a vocabulary means."""
    form = lone(form)
    entry = form.entry if isinstance(form.info, inspect.LiteralType) else None
    for word, means in entry.words.items() if entry else ():
        if line.startswith(word, start) and not line[start + len(word) :][:1].isalnum():
            return Hover(
                f"**{word}**: {means}", Span(position.line + 1, start + 1, position.line + 1, start + len(word) + 1)
            )
    return None
