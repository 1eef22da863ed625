"""The records that a text names, and the one that a place in it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from ..chronicle import Chronicle, type_of
from ..entry_rules import note_names
from ..markdown.targets import TYPES
from ..mentions import ASKED, named_in
from ..model import Citation, Incident, Parsed, Record, Source
from ..problems import Span
from .positions import Position, holds


class Thing(msgspec.Struct, frozen=True):
    """A record that is named: its type and id, the text that names it and where; that of a whole `[[…]]` in a body."""

    type: str
    id: str
    text: str
    path: str
    key: str
    span: Span


def things_in(file: Parsed, chronicle: Chronicle) -> Iterator[Thing]:
    """Every record that a file names, front matter first; what leads nowhere is left out."""
    for name in _names(file):
        id = _meant(name, file, chronicle)
        if id:
            yield _thing(name, id, file)


def named(type: str, id: str, file: Parsed, chronicle: Chronicle) -> Iterator[Thing]:
    """Every place at which a file names a record; places are looked up for these alone, since most files name others."""
    types = (type, "cite") if type == "source" else (type,)
    for name in _names(file):
        if name.type in types and _meant(name, file, chronicle) == id:
            yield _thing(name, id, file)


def thing_at(file: Parsed, chronicle: Chronicle, position: Position) -> Thing | None:
    """The record that is named at a position; on the first line that of the file itself."""
    here = (thing for thing in things_in(file, chronicle) if holds(thing.span, position))
    return next(here, None) or _itself(file, position)


def _itself(file: Parsed, position: Position) -> Thing | None:
    record = file.record or file.shadow
    span = Span(1, 1, 1, 4)
    if record is None or not holds(span, position):
        return None
    return Thing(type_of(record), file.id, file.id, file.path, "", span)


class _Name(NamedTuple):
    """A reference as it stands in a file: its key, type and text, and its place where it stands in a body."""

    key: str
    type: str
    text: str
    span: Span | None = None


def _names(file: Parsed) -> Iterator[_Name]:
    """Every reference that stands in a file."""
    record = file.record or file.shadow
    if record is not None:
        yield from (_Name(*one) for one in named_in(record))
        yield from (_Name(*one) for one in _publishers(record))
    for reference in file.references:
        type = reference.type.removeprefix(ASKED)
        if type in (*TYPES, "cite"):
            yield _Name("", type, reference.id, reference.span)


def _thing(name: _Name, id: str, file: Parsed) -> Thing:
    """A name with the record that it means, and the place of the name alone where it stands in front matter."""
    type = "source" if name.type == "cite" else name.type
    return Thing(type, id, name.text, file.path, name.key, name.span or file.span(_exact(name.key, type)))


def _exact(key: str, type: str) -> str:
    """The key of the name itself: of the only one of a list, or of the entry that a relation leads to."""
    if type == "incident" and key.startswith("relations."):
        return f"{key}.to"
    return key if key.rpartition(".")[2].isdecimal() else f"{key}.1"


def _publishers(record: Record) -> Iterator[tuple[str, str, str]]:
    """Key, type and text of every publisher: one without a file is no fault, so no rule asks for it."""
    if isinstance(record, Source) and record.document.publisher:
        yield "publisher", "publisher", record.document.publisher
    elif isinstance(record, Incident):
        for n, cited in enumerate(record.sources, 1):
            if cited.document.publisher:
                yield f"sources.{n}.publisher", "publisher", cited.document.publisher


def _meant(mention: _Name, file: Parsed, chronicle: Chronicle) -> str | None:
    """The id that is meant; a former one is that of the record as it is called now."""
    if mention.type == "cite":
        cited = next((c for c in citations_of(file, chronicle) if mention.text in note_names(c)), None)
        return cited.source if cited else None
    if mention.type == "city":
        return chronicle.city_names.one(mention.text)
    if mention.type == "publisher" and mention.key:
        return chronicle.house_names.one(mention.text)
    return chronicle.former.get((mention.type, mention.text), mention.text)


def citations_of(file: Parsed, chronicle: Chronicle) -> tuple[Citation, ...]:
    """The sources that a file's footnotes may name: its own, or those of the original of a translation."""
    record = file.record or file.shadow
    if isinstance(record, Incident):
        return record.sources
    original = chronicle.entries.get(file.id) if file.type == "translation" else None
    return original.incident.sources if original else ()
