"""The rules over the whole Chronicle: a table of functions, each yielding problems; all run, and the list is sorted."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import msgspec

from .chronicle import Chronicle, type_of
from .files import digest
from .model import Citation, City, Incident, Parsed, Publisher, Record, Reference, Says, Source, Translation, Wave
from .problems import Problem, Span, did_you_mean, in_order, problem_of
from .zones import zone_fault


class Mention(msgspec.Struct, frozen=True):
    """A reference to another record, with its type, the text an author wrote, and its place."""

    path: str
    key: str
    type: str
    text: str
    span: Span


def problems_of(chronicle: Chronicle, today: datetime.date) -> tuple[Problem, ...]:
    """What the rules find, sorted; `today` decides what lies in the future."""
    return in_order(problem for rule in RULES for problem in rule(chronicle, today))


Rule = Callable[[Chronicle, datetime.date], Iterator[Problem]]

# ---------------------------------------------------------------- references


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
        path=mention.path,
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
        rule="unknown-city", path=mention.path, span=mention.span, key=mention.key, message=message, hint=hint
    )


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


def _mentions(chronicle: Chronicle) -> Iterator[Mention]:
    for file in chronicle.files.values():
        for reference in file.references:
            if reference.type not in ("cite", "media", "anchor"):
                yield Mention(file.path, "", reference.type, reference.id, reference.span)
        if file.record is not None:
            for key, kind, text in _named(file.record):
                yield Mention(file.path, key, kind, text, file.span(key))


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


# ---------------------------------------------------------------- ids


def ids_are_unique(chronicle: Chronicle, _: datetime.date) -> Iterator[Problem]:
    """No two files of one type share an id."""
    owners: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for file in chronicle.files.values():
        lang = file.path.rpartition("/")[2].removesuffix(".md").partition(".")[2]
        owners[file.type, file.id, lang].append(file.path)
    for (kind, id, _lang), paths in owners.items():
        for path in paths[1:]:
            message = f'{paths[0]} already holds the {kind} "{id}"'
            related = ((paths[0], Span()),)
            yield Problem(
                rule="duplicate-id", path=path, message=message, hint="rename one of the files", related=related
            )


def former_ids_are_free(chronicle: Chronicle, _: datetime.date) -> Iterator[Problem]:
    """A former id is not in use, and leads to one record."""
    present = {(type_of(f.record), f.id) for f in chronicle.files.values() if f.record is not None}
    for file in chronicle.files.values():
        for n, old in enumerate(getattr(file.record, "previous_ids", ()), 1):
            assert file.record is not None
            kind = type_of(file.record)
            key = f"previous_ids.{n}"
            if (kind, old) in present:
                yield _at(
                    file,
                    "former-id-in-use",
                    key,
                    f'"{old}" is the present id of another {kind}' if old != file.id else f'"{old}" is the present id',
                )
            elif chronicle.former.get((kind, old)) != file.id:
                yield _at(
                    file, "former-id-in-use", key, f'"{old}" is also a former id of "{chronicle.former[kind, old]}"'
                )


def _at(file: Parsed, rule: str, key: str, message: str, hint: str = "") -> Problem:
    return Problem(rule=rule, path=file.path, span=file.span(key), key=key, message=message, hint=hint)


# ---------------------------------------------------------------- dates


def dates_are_not_ahead(chronicle: Chronicle, today: datetime.date) -> Iterator[Problem]:
    """Nothing is told before it can have happened: tomorrow is allowed, for places ahead in time."""
    limit = today + datetime.timedelta(days=1)
    for entry in chronicle.entries.values():
        earliest = entry.incident.date.earliest
        if earliest is not None and earliest > limit:
            file = chronicle.files[entry.incident.path]
            hint = "set embargo_until if that is meant"
            yield _at(file, "future-date", "date", f'"{entry.incident.date.text}" lies in the future', hint)


def times_exist(chronicle: Chronicle, _: datetime.date) -> Iterator[Problem]:
    """A local time exists once in its city's zone: clocks that go forward skip an hour, clocks that go back repeat one."""
    for entry in chronicle.entries.values():
        incident = entry.incident
        time, city = incident.time, chronicle.cities.get(entry.cities[0]) if entry.cities else None
        if time is None or time.form != "exact" or time.start is None or city is None or incident.date.form != "day":
            continue
        assert incident.date.earliest is not None
        fault = zone_fault(incident.date.earliest, time.start, time.offset, city.timezone)
        if fault:
            file = chronicle.files[incident.path]
            yield problem_of(fault, file.path, file.span("time"), "time")


# ---------------------------------------------------------------- files


def media_exist(chronicle: Chronicle, _: datetime.date) -> Iterator[Problem]:
    """Every picture and document named is under `content/media/`."""
    for file in chronicle.files.values():
        for reference in file.references:
            if reference.type == "media" and reference.id not in chronicle.media:
                yield _no_media(chronicle, file, "", reference.id, reference.span)
        named = file.record.media if isinstance(file.record, Incident) else ()
        for n, medium in enumerate(named, 1):
            if medium.file not in chronicle.media:
                key = f"media.{n}.file"
                yield _no_media(chronicle, file, key, medium.file, file.span(key))


def _no_media(chronicle: Chronicle, file: Parsed, key: str, name: str, span: Span) -> Problem:
    hint = did_you_mean(name, chronicle.media)
    message = f'there is no file "content/media/{name}"'
    return Problem(rule="unknown-media", path=file.path, span=span, key=key, message=message, hint=hint)


def translations_have_originals(chronicle: Chronicle, _: datetime.date) -> Iterator[Problem]:
    """A translation stands beside its original, cites its sources, and says which text of it was translated."""
    for file in chronicle.files.values():
        if not isinstance(file.record, Translation):
            continue
        original = chronicle.entries.get(file.id)
        if original is None:
            if ("incident", file.id) not in chronicle.unreadable:
                yield _at(file, "unknown-incident", "", f'there is no original "{file.id}.md" in the same folder')
            continue
        names = {name for cited in original.sources for name in (cited.citation.label, cited.citation.source) if name}
        yield from (_no_source(file, r, names) for r in file.references if r.type == "cite" and r.id not in names)
        yield from _staleness(file, file.record, original_digest(original.incident))


def _no_source(file: Parsed, reference: Reference, names: set[str]) -> Problem:
    message = f'no source of the original is called "{reference.id}"'
    hint = did_you_mean(reference.id, names)
    return Problem(rule="unknown-footnote", path=file.path, span=reference.span, message=message, hint=hint)


def original_digest(incident: Incident) -> str:
    """What a translation's `translated_from` holds: twelve hex digits of the original's title, summary and body."""
    return digest(incident.title, incident.summary or "", incident.body_digest)[:12]


def _staleness(file: Parsed, translation: Translation, current: str) -> Iterator[Problem]:
    if translation.translated_from != current:
        hint = f"when the translation is up to date, write translated_from: {current}"
        said = (
            "the original has changed since it was translated"
            if translation.translated_from
            else "does not say which text was translated"
        )
        yield msgspec.structs.replace(_at(file, "stale-translation", "translated_from", said, hint), severity="warning")


# ---------------------------------------------------------------- names


def names_lead_to_one(chronicle: Chronicle, _: datetime.date) -> Iterator[Problem]:
    """An alias that two cities or publishers share is a warning; where it is used it is an error."""
    for names, records in (
        (chronicle.city_names, chronicle.cities.values()),
        (chronicle.house_names, chronicle.houses.values()),
    ):
        for record in records:
            owner = record if isinstance(record, City) else record.record
            if owner is not None:
                yield from _shared_names(chronicle.files[owner.path], owner, names.find)


def _shared_names(file: Parsed, record: City | Publisher, find: Callable[[str], tuple[str, ...]]) -> Iterator[Problem]:
    for n, alias in enumerate(record.aliases, 1):
        others = [id for id in find(alias) if id != record.id]
        if others:
            problem = _at(file, "shared-name", f"aliases.{n}", f'"{alias}" is also a name of {", ".join(others)}')
            yield msgspec.structs.replace(problem, severity="warning")


RULES: tuple[Rule, ...] = (
    references_are_known,
    ids_are_unique,
    former_ids_are_free,
    dates_are_not_ahead,
    times_exist,
    media_exist,
    translations_have_originals,
    names_lead_to_one,
)
