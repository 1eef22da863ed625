"""The rules over the whole Chronicle: a table of functions, each yielding problems; all run, and the list is sorted."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator

import msgspec

from .chronicle import Chronicle, type_of
from .files import digest
from .mentions import references_are_known
from .model import City, Incident, Parsed, Publisher, Reference, Translation
from .problems import Problem, Span, did_you_mean, in_order, problem_of
from .rulebook import DESK
from .zones import zone_fault


def problems_of(chronicle: Chronicle, today: datetime.date) -> tuple[Problem, ...]:
    """What the rules find, sorted; `today` decides what lies in the future."""
    found = (problem for rule in RULES for problem in rule(chronicle, today))
    return in_order((*found, *_demanded(chronicle)))


def _demanded(chronicle: Chronicle) -> Iterator[Problem]:
    """What the rules of the desk find that this chronicle has made errors; most make none, and load none of them."""
    if any(rule in DESK and severity == "error" for rule, severity in chronicle.settings.rules.items()):
        from .remarks import demands_of

        yield from demands_of(chronicle)


ONE_DAY = datetime.timedelta(days=1)

Rule = Callable[[Chronicle, datetime.date], Iterator[Problem]]

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
    for entry in chronicle.entries.values():
        earliest = entry.incident.date.earliest
        if earliest is not None and earliest - ONE_DAY > today and entry.incident.embargo_until is None:
            file = chronicle.files[entry.incident.path]
            hint = "look at the year; if it is meant, set embargo_until"
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
