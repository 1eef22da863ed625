"""Every reference from one record to another, and the rule that each leads to exactly one record that can be shown."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec

from .chronicle import Chronicle
from .meant import quotes_advice
from .model import Citation, City, Incident, Record, Says, Source, Wave
from .problems import Problem, Span, did_you_mean
from .routes import slug_of

Known: TypeAlias = Mapping[str, Collection[str]]
"""The type of a record to the ids that records of it have."""

MOST_NAMED = 24
"""Of more kinds than these none is named in a message."""


ASKED = "asked-"
"""What stands before the type of a reference that a query makes."""


class Mention(msgspec.Struct, frozen=True):
    """A reference to another record, with its type, the text an author wrote, and its place; a query in a body names a city by
    any of its names, as front matter does (`by_name`)."""

    path: str
    key: str
    type: str
    text: str
    span: Span
    by_name: bool = False


def references_are_known(chronicle: Chronicle, _: datetime.date) -> Iterator[Problem]:
    """Every id or name in front matter and bodies stands for exactly one record that can be shown."""
    known: Known = {
        "incident": chronicle.entries.keys(),
        "city": chronicle.city_names.ids,
        "source": chronicle.sources.keys(),
        "wave": chronicle.waves.keys(),
        "publisher": chronicle.houses.keys(),
        "kind": chronicle.settings.kinds.keys(),
        "page": chronicle.pages.keys(),
        "tag": chronicle.tags.keys(),
    }
    for mention in _mentions(chronicle, known):
        if (mention.type, mention.text) in chronicle.unreadable:
            continue
        if mention.type == "city" and (mention.key or mention.by_name):
            yield from _city_problem(chronicle, mention)
        elif mention.type == "tag":
            yield _unknown_tag(chronicle, mention)
        elif (mention.type, mention.text) in chronicle.withheld:
            yield _withheld_problem(mention)
        else:
            yield _unknown(chronicle, mention, known)


def _unknown_tag(chronicle: Chronicle, mention: Mention) -> Problem:
    near = did_you_mean(mention.text, chronicle.tags.values())
    message = f'no entry has the tag "{mention.text}"'
    return Problem(rule="unknown-tag", path=mention.path, span=mention.span, message=message, hint=near)


def _unknown(chronicle: Chronicle, mention: Mention, known: Known) -> Problem:
    message = f'no {mention.type} has the id "{mention.text}"'
    return Problem(
        rule=f"unknown-{mention.type}",
        path=mention.path,
        span=mention.span,
        key=mention.key,
        message=message,
        hint=_advice(chronicle, mention, known),
    )


def _advice(chronicle: Chronicle, mention: Mention, known: Known) -> str:
    """What to write instead of an id that nothing has."""
    ids, text = known[mention.type], mention.text
    former = chronicle.former.get((mention.type, text))
    if former:
        return f'it is now called "{former}"'
    bare = text.removeprefix("seeds/").removesuffix(".md")
    if bare in ids:
        return f"write {bare}"
    near = quotes_advice(text) or did_you_mean(text, sorted(ids))
    return near or _elsewhere(mention, known) or _instead(mention, ids)


def _elsewhere(mention: Mention, known: Known) -> str:
    """A link that leads to a record of another type, once that is named."""
    other = "" if mention.key else next((kind for kind, ids in known.items() if mention.text in ids), "")
    return f"write [[{other}:{mention.text}]]" if other else ""


def _instead(mention: Mention, ids: Collection[str]) -> str:
    if mention.type == "source" and mention.key:
        return "give an address that begins with https://, or the name of a file in seeds/ without .md"
    return f"one of: {', '.join(sorted(ids))}" if mention.type == "kind" and 0 < len(ids) <= MOST_NAMED else ""


def _city_problem(chronicle: Chronicle, mention: Mention) -> Iterator[Problem]:
    found = chronicle.city_names.find(mention.text)
    if len(found) == 1 or any(("city", id) in chronicle.unreadable for id in found):
        return
    if found:
        message, hint = f'"{mention.text}" stands for {len(found)} places', f"write one of: {', '.join(found)}"
    else:
        message, hint = f'no city has the id or name "{mention.text}"', city_advice(chronicle, mention.text)
    yield Problem(
        rule="unknown-city", path=mention.path, span=mention.span, key=mention.key, message=message, hint=hint
    )


def city_advice(chronicle: Chronicle, text: str) -> str:
    """What to write instead of a name that no city bears."""
    parts = [part.strip() for part in text.split(",")]
    known = [part for part in parts if chronicle.city_names.one(part)]
    if len(known) == len(parts) > 1:
        return f"write [{', '.join(known)}]"
    if len(known) == 1:
        return f"write {known[0]} alone"
    near = did_you_mean(text, [*chronicle.city_names.ids, *(c.name for c in chronicle.cities.values())])
    return quotes_advice(text) or near or "add it to content/cities/"


def _withheld_problem(mention: Mention) -> Problem:
    """A relation to a withheld entry is left out with a warning; a link in a body would tell of it, so it is an error."""
    in_body = not mention.key
    hint = "take the link out until the entry is published" if in_body else "the relation is left out until then"
    return Problem(
        rule="link-to-withheld" if in_body else "relation-to-withheld",
        severity="error" if in_body else "warning",
        path=mention.path,
        span=mention.span,
        key=mention.key,
        message=f'"{mention.text}" is a draft or under embargo',
        hint=hint,
    )


def _mentions(chronicle: Chronicle, known: Known) -> Iterator[Mention]:
    """The references to what is not known."""
    for file in chronicle.files.values():
        for reference in file.references:
            type = reference.type.removeprefix(ASKED)
            id = slug_of(reference.id) if type == "tag" else reference.id
            if type in known and id not in known[type]:
                yield Mention(file.path, "", type, reference.id, reference.span, type != reference.type)
        record = file.record or file.shadow
        if record is not None:
            for key, kind, text in named_in(record):
                if text in known[kind]:
                    continue
                yield Mention(file.path, key, kind, text, file.span(key))


def named_in(record: Record) -> Iterator[tuple[str, str, str]]:
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
        yield from _each(f"{key}.says.before", "incident", says.before)
        yield from _each(f"{key}.says.after", "incident", says.after)


def _each(key: str, kind: str, texts: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for n, text in enumerate(texts, 1):
        yield (key if len(texts) == 1 else f"{key}.{n}"), kind, text
