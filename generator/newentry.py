"""A new entry: valid front matter from a title, a city and a date, in a file that did not exist."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import msgspec

from . import routes
from .chronicle import Chronicle, first_day
from .edtf import Edtf, parse_edtf
from .files import write_new
from .parse import parsed
from .problems import Fault, Problem, did_you_mean, errors
from .routes import is_slug, slug_of

COMMAND_LINE = "chronicle new"


class NewEntry(msgspec.Struct, frozen=True):
    """What an author gives to begin an entry. Without sources it is a draft."""

    title: str
    city: str
    date: str
    sources: tuple[str, ...] = ()
    kind: str = ""
    id: str = ""


class Written(msgspec.Struct, frozen=True):
    """Where a new entry stands, and where it will be read."""

    path: str
    address: str
    is_draft: bool


def write_entry(root: Path, chronicle: Chronicle, wanted: NewEntry, today: datetime.date) -> Written | Problem:
    """The new entry, written into the folder of its year; or what is wrong with what was asked for."""
    date = parse_edtf(wanted.date)
    if isinstance(date, Fault):
        return _wrong("date", date.rule, date.message, date.hint)
    city = _city(chronicle, wanted.city)
    if isinstance(city, Problem):
        return city
    if wanted.kind and wanted.kind not in chronicle.settings.kinds:
        hint = did_you_mean(wanted.kind, chronicle.settings.kinds)
        return _wrong("kind", "unknown-kind", f'site.yaml has no kind "{wanted.kind}"', hint)
    if not wanted.title.strip():
        return _wrong("title", "empty-value", "the title is empty", "give the headline of the entry")
    id = wanted.id or free_id(chronicle, date, wanted.title)
    if not is_slug(id):
        return _wrong(
            "id", "bad-id", f'"{id}" is not an id', "give one with --id: a–z, 0–9 and single hyphens, 1–80 letters"
        )
    path = f"content/incidents/{id[:4] if id[:4].isdigit() else first_day(date).year}/{id}.md"
    text = entry_text(wanted, city, today)
    faults = errors(parsed(path, text).problems) or tuple(_unknown_sources(chronicle, wanted))
    problem = faults[0] if faults else write_new(root, path, text)
    return problem or Written(path, routes.incident(id), not wanted.sources)


def _unknown_sources(chronicle: Chronicle, wanted: NewEntry) -> Iterator[Problem]:
    for source in wanted.sources:
        if ":" not in source and source not in chronicle.sources:
            hint = did_you_mean(source, chronicle.sources) or "give an address, or write the seed first"
            yield _wrong("source", "unknown-source", f'no source has the id "{source}"', hint)


def _city(chronicle: Chronicle, text: str) -> str | Problem:
    found = chronicle.city_names.find(text)
    if len(found) == 1:
        return found[0]
    if found:
        return _wrong(
            "city", "unknown-city", f'"{text}" stands for {len(found)} places', f"give one of: {', '.join(found)}"
        )
    hint = (
        did_you_mean(text, [*chronicle.cities, *(c.name for c in chronicle.cities.values())])
        or "add it to content/cities/ first"
    )
    return _wrong("city", "unknown-city", f'no city has the id or name "{text}"', hint)


def free_id(chronicle: Chronicle, date: Edtf, title: str) -> str:
    """An id from the date as far as it is known and the title's first words, numbered where it is taken."""
    known = date.text if date.form in ("day", "month", "year") else first_day(date).isoformat()
    words = slug_of(title).split("-")[:6]
    base = "-".join(part for part in (slug_of(known), *words) if part)[:70].strip("-") if words != [""] else ""
    taken = {f.id for f in chronicle.files.values() if f.type == "incident"} | {
        id for kind, id in chronicle.withheld if kind == "incident"
    }
    number = 2
    free = base
    while free in taken:
        free, number = f"{base}-{number}", number + 1
    return free


def entry_text(wanted: NewEntry, city: str, today: datetime.date) -> str:
    """The text of the new file: a complete front matter, and a line that asks for the prose."""
    lines = ["---", f"title: {_quoted(wanted.title)}", f"date: {wanted.date}", f"city: {city}"]
    lines += [f"kind: {wanted.kind}"] if wanted.kind else []
    lines += (
        ["sources:", *(f"  - {_quoted(source)}" for source in wanted.sources)] if wanted.sources else ["status: draft"]
    )
    lines += [f"published: {today.isoformat()}", "---", "", "What happened, where, and who says so.", ""]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """A text in double quotes, as YAML 1.2 section 7.3.1 has them."""
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _wrong(key: str, rule: str, message: str, hint: str) -> Problem:
    return Problem(rule=rule, path=COMMAND_LINE, key=key, message=message, hint=hint)
