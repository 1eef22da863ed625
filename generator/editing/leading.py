"""Where the record under a cursor stands, and where it is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..chronicle import Chronicle
from ..model import Parsed
from ..problems import Span
from ..shelves import MEDIA, SETTINGS_FILE
from .known import Known
from .positions import Position, holds
from .records import path_of
from .things import Thing, citations_of, named, thing_at


class Place(NamedTuple):
    """A place in a file of the chronicle."""

    path: str
    span: Span


TOP = Span(1, 1, 1, 1)


def definition(file: Parsed, position: Position, known: Known) -> Place | None:
    """Where what is named at a position stands: its file, a kind in site.yaml, a source that the entry itself describes."""
    chronicle = known.chronicle
    thing = thing_at(file, chronicle, position)
    path = path_of(chronicle, thing.type, thing.id) if thing else ""
    if thing and path:
        return Place(
            path, _head(chronicle, path) if path != SETTINGS_FILE else known.places.get(f"kinds.{thing.id}", TOP)
        )
    for reference in file.references:
        if holds(reference.span, position):
            if reference.type == "media" and reference.id in chronicle.media:
                return Place(f"{MEDIA}/{reference.id}", TOP)
            if reference.type == "cite":
                return _cited_here(file, reference.id, chronicle)
    return None


def _head(chronicle: Chronicle, path: str) -> Span:
    """The place of a record's title or name."""
    file = chronicle.files[path]
    return next((span for key in ("title", "name") if (span := file.span(key)).line), TOP)


def _cited_here(file: Parsed, label: str, chronicle: Chronicle) -> Place | None:
    """The item among an entry's sources that bears a label."""
    for number, citation in enumerate(citations_of(file, chronicle), 1):
        if citation.label == label:
            original = file if file.type == "incident" else chronicle.files[chronicle.entries[file.id].incident.path]
            return Place(original.path, original.span(f"sources.{number}.label"))
    return None


def references(thing: Thing, files: Iterable[Parsed], chronicle: Chronicle) -> Iterator[Thing]:
    """Every place at which a record is named."""
    for file in files:
        yield from named(thing.type, thing.id, file, chronicle)
