"""The records that a text names, and the one that a place in it is about."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ..chronicle import Chronicle, type_of
from ..entry_rules import note_names
from ..markdown.targets import TYPES
from ..mentions import Mention, named_in
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
    for mention in mentions_in(file):
        id = _meant(mention, file, chronicle)
        if id:
            type = "source" if mention.type == "cite" else mention.type
            yield Thing(type, id, mention.text, file.path, mention.key, mention.span)


def thing_at(file: Parsed, chronicle: Chronicle, position: Position) -> Thing | None:
    """The record that is named at a position; on the first line, and at the key of its title, that of the file itself."""
    here = (thing for thing in things_in(file, chronicle) if holds(thing.span, position))
    return next(here, None) or _itself(file, position)


def _itself(file: Parsed, position: Position) -> Thing | None:
    record = file.record or file.shadow
    span = Span(1, 1, 1, 4)
    if record is None or not holds(span, position):
        return None
    return Thing(type_of(record), file.id, file.id, file.path, "", span)


def mentions_in(file: Parsed) -> Iterator[Mention]:
    """Every reference that stands in a file, with the place of the name alone where it stands in front matter."""
    record = file.record or file.shadow
    if record is not None:
        for key, type, text in (*named_in(record), *_publishers(record)):
            yield Mention(file.path, key, type, text, file.span(_exact(key, type)))
    for reference in file.references:
        if reference.type in (*TYPES, "cite"):
            yield Mention(file.path, "", reference.type, reference.id, reference.span)


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


def _meant(mention: Mention, file: Parsed, chronicle: Chronicle) -> str | None:
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
