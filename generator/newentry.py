"""A new entry: valid front matter from what its author has told, in a file that did not exist."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec

from . import routes
from .body_rules import PLACEHOLDER
from .chronicle import first_day
from .edtf import Edtf, parse_edtf
from .files import write_all_new
from .known import Known, free_id, plain_address
from .model import GONE, Incident
from .parse import parsed
from .problems import Problem, errors
from .reports import NewSeed
from .routes import slug_of

COMMAND_LINE = "chronicle new"
ONE_DAY = datetime.timedelta(days=1)
NEAR = "same city, and no more than a day apart"
SMALL_WORDS = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "near", "of", "on", "the", "to", "with"))
"""Words in which an id does not end where the title was cut."""


class NewEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What an author has told of a new entry; what is empty has not been told. Without sources it is a draft."""

    title: str = ""
    date: str = ""
    city: str = ""
    sources: tuple[str, ...] = ()
    kind: str = ""
    id: str = ""


class Written(msgspec.Struct, frozen=True):
    """Where a new entry stands, the seed written with it (empty for none), and where it will be read."""

    path: str
    seed: str
    address: str
    is_draft: bool


def write_entry(
    root: Path, known: Known, wanted: NewEntry, seed: NewSeed | None, today: datetime.date
) -> Written | Problem:
    """The new entry in the folder of its year, with its new seed; or what is wrong, and then nothing is written."""
    id = id_of(known, wanted)
    path = f"content/incidents/{_year_of(wanted, id)}/{id}.md"
    texts = {path: entry_text(wanted, today)}
    if seed is not None:
        texts = {f"seeds/{seed.id}.md": seed_text(seed), **texts}
    faults = errors(problem for place, text in texts.items() for problem in parsed(place, text).problems)
    problem = faults[0] if faults else write_all_new(root, texts)
    return problem or Written(path, next(iter(texts)) if seed else "", routes.incident(id), not wanted.sources)


def _year_of(wanted: NewEntry, id: str) -> str:
    """The year in an id, else that of the date."""
    date = parse_edtf(wanted.date)
    return id[:4] if id[:4].isdigit() or not isinstance(date, Edtf) else f"{first_day(date).year}"


def id_of(known: Known, wanted: NewEntry) -> str:
    """The id that was asked for; else one from the date as far as it is known and the title's first words, numbered where it is taken.

    Empty where nothing of the title can stand in an id.
    """
    date = parse_edtf(wanted.date)
    if wanted.id or not isinstance(date, Edtf):
        return wanted.id
    day = date.text if date.form in ("day", "month", "year") else first_day(date).isoformat()
    words = _id_words(wanted.title)
    base = "-".join((slug_of(day), *words))[:70].strip("-") if words else ""
    return base and free_id(base, known.taken)


def _id_words(title: str) -> list[str]:
    """The first words of a title; those that were cut from the next do not end in a small one."""
    words = [word for word in slug_of(title).split("-") if word]
    first = words[:6]
    while len(words) > 6 and len(first) > 1 and first[-1] in SMALL_WORDS:
        first.pop()
    return first


def entry_text(wanted: NewEntry, today: datetime.date) -> str:
    """The text of the new file: a complete front matter, and a line that asks for the prose."""
    lines = ["---", f"title: {quoted(wanted.title)}", f"date: {wanted.date}", f"city: {wanted.city}"]
    lines += [f"kind: {wanted.kind}"] if wanted.kind else []
    lines += ["sources:", *(f"  - {quoted(source)}" for source in wanted.sources)] if wanted.sources else []
    lines += [] if wanted.sources else ["status: draft"]
    lines += [f"published: {today.isoformat()}", "---", "", PLACEHOLDER, ""]
    return "\n".join(lines)


def seed_text(seed: NewSeed) -> str:
    """The text of a new seed; what the report says is for its author to add."""
    title = f"title: {quoted(seed.title)}" if seed.title else "untitled: true"
    return "\n".join(["---", title, f"publisher: {quoted(seed.publisher)}", f"url: {quoted(seed.url)}", "---", ""])


def quoted(text: str) -> str:
    """A text in double quotes, as YAML 1.2 section 7.3.1 has them."""
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# ---------------------------------------------------------------- what may be told already


def similar(known: Known, wanted: NewEntry) -> tuple[Incident, ...]:
    """The entries that may tell the same: those that cite one of its sources, and those of its city within a day of its date."""
    cited = {_place(source) for source in wanted.sources}
    date = parse_edtf(wanted.date)
    return tuple(
        entry
        for entry in known.entries
        if entry.status not in GONE and (_cites(entry, cited) or _is_near(known, entry, wanted.city, date))
    )


def likeness(wanted: NewEntry, entry: Incident) -> str:
    """Why an entry that is similar may tell the same."""
    return "it cites the same source" if _cites(entry, {_place(source) for source in wanted.sources}) else NEAR


def _place(source: str) -> str:
    return plain_address(source) if ":" in source else source


def _cites(entry: Incident, cited: set[str]) -> bool:
    return bool(cited) and any(
        (cited_by.source or plain_address(cited_by.document.url or "")) in cited for cited_by in entry.sources
    )


def _is_near(known: Known, entry: Incident, city: str, date: object) -> bool:
    """Whether an entry is of a city, and no more than a day may lie between it and a date."""
    if not isinstance(date, Edtf) or not _is_within_a_day(entry.date, date):
        return False
    return any(known.city_names.one(name) == city for name in entry.city)


def _is_within_a_day(one: Edtf, two: Edtf) -> bool:
    return _reaches(one, two) and _reaches(two, one)


def _reaches(one: Edtf, two: Edtf) -> bool:
    """Whether a date may begin at most a day after another ends; an open end reaches everything."""
    return one.earliest is None or two.latest is None or one.earliest <= two.latest + ONE_DAY
