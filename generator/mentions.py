"""Every reference from one record to another, and the rule that each leads to exactly one record that can be shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .chronicle import Chronicle
from .model import Citation, City, Incident, Parsed, Record, Says, Source, Wave
from .problems import Problem, Span, did_you_mean


class Mention(NamedTuple):
    """A reference to another record, with its type and the text an author wrote; `place` where it stands in the body."""

    file: Parsed
    key: str
    type: str
    text: str
    place: Span | None = None

    @property
    def span(self) -> Span:
        """Where it stands in the file."""
        return self.place or self.file.span(self.key)


def references_are_known(chronicle: Chronicle, _: datetime.date) -> Iterator[Problem]:
    """Every id or name in front matter and bodies stands for exactly one record that can be shown."""
    known = {
        "incident": chronicle.entries.keys(),
        "city": chronicle.city_names.ids,
        "source": chronicle.sources.keys(),
        "wave": chronicle.waves.keys(),
        "publisher": chronicle.houses.keys(),
        "kind": chronicle.settings.kinds.keys(),
        "page": chronicle.pages.keys(),
    }
    for mention in _mentions(chronicle):
        if mention.text in known[mention.type] or (mention.type, mention.text) in chronicle.unreadable:
            continue
        if mention.type == "city" and mention.key:
            yield from _city_problem(chronicle, mention)
        elif (mention.type, mention.text) in chronicle.withheld:
            yield _withheld_problem(mention)
        else:
            yield _unknown(chronicle, mention, known[mention.type])


def _unknown(chronicle: Chronicle, mention: Mention, known: object) -> Problem:
    former = chronicle.former.get((mention.type, mention.text))
    hint = f'it is now called "{former}"' if former else did_you_mean(mention.text, sorted(known))  # type: ignore[call-overload]
    message = f'no {mention.type} has the id "{mention.text}"'
    return Problem(
        rule=f"unknown-{mention.type}",
        path=mention.file.path,
        span=mention.span,
        key=mention.key,
        message=message,
        hint=hint,
    )


def _city_problem(chronicle: Chronicle, mention: Mention) -> Iterator[Problem]:
    found = chronicle.city_names.find(mention.text)
    if len(found) == 1 or any(("city", id) in chronicle.unreadable for id in found):
        return
    if found:
        message, hint = f'"{mention.text}" stands for {len(found)} places', f"write one of: {', '.join(found)}"
    else:
        near = did_you_mean(mention.text, [*chronicle.city_names.ids, *(c.name for c in chronicle.cities.values())])
        message, hint = f'no city has the id or name "{mention.text}"', near or "add it to content/cities/"
    yield Problem(
        rule="unknown-city", path=mention.file.path, span=mention.span, key=mention.key, message=message, hint=hint
    )


def _withheld_problem(mention: Mention) -> Problem:
    """A relation to a withheld entry is left out with a warning; a link in a body would tell of it, so it is an error."""
    in_body = not mention.key
    hint = "take the link out until the entry is published" if in_body else "the relation is left out until then"
    return Problem(
        rule="link-to-withheld" if in_body else "relation-to-withheld",
        severity="error" if in_body else "warning",
        path=mention.file.path,
        span=mention.span,
        key=mention.key,
        message=f'"{mention.text}" is a draft or under embargo',
        hint=hint,
    )


def _mentions(chronicle: Chronicle) -> Iterator[Mention]:
    for file in chronicle.files.values():
        for reference in file.references:
            if reference.type not in ("cite", "media", "anchor"):
                yield Mention(file, "", reference.type, reference.id, reference.span)
        record = file.record or file.shadow
        if record is not None:
            for key, kind, text in _named(record):
                yield Mention(file, key, kind, text)


def _named(record: Record) -> Iterator[tuple[str, str, str]]:
    """Key, type and text of every reference in a front matter."""
    match record:
        case Incident():
            yield from _each("city", "city", record.city)
            yield from _each("part_of", "wave", record.part_of)
            if record.kind:
                yield "kind", "kind", record.kind
            if record.merged_into:
                yield "merged_into", "incident", record.merged_into
            for n, relation in enumerate(record.relations, 1):
                yield f"relations.{n}", "incident", relation.to
            for n, cited in enumerate(record.sources, 1):
                yield from _named_in_citation(f"sources.{n}", cited)
            for n, update in enumerate(record.updates, 1):
                if update.source:
                    yield f"updates.{n}.source", "source", update.source
            for n, medium in enumerate(record.media, 1):
                if medium.source:
                    yield f"media.{n}.source", "source", medium.source
        case Source():
            yield from _each("derived_from", "source", record.document.derived_from)
        case City():
            if record.part_of:
                yield "part_of", "city", record.part_of
        case Wave() if record.where is not None:
            yield from _each("where.kind", "kind", record.where.kind)
            yield from _each("where.city", "city", record.where.city)
        case _:
            return


def _named_in_citation(key: str, cited: Citation) -> Iterator[tuple[str, str, str]]:
    if cited.source:
        yield (f"{key}.source", "source", cited.source)
    yield from _each(f"{key}.derived_from", "source", cited.document.derived_from)
    says: Says | None = cited.says
    if says:
        yield from _each(f"{key}.says.city", "city", says.city)
        if says.kind:
            yield f"{key}.says.kind", "kind", says.kind


def _each(key: str, kind: str, texts: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for n, text in enumerate(texts, 1):
        yield (key if len(texts) == 1 else f"{key}.{n}"), kind, text
