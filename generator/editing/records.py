"""The records of a chronicle as an editor names and shows them: where each stands, what it is called, and its card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..chronicle import Chronicle, Linked
from ..model import City, Incident, Prose, Publisher, Record, Source, Wave
from ..shelves import SETTINGS_FILE

_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


def record_of(chronicle: Chronicle, type: str, id: str) -> Record | None:
    """The record of a type and an id; none for a kind, and for a publisher that no file describes."""
    if type == "incident":
        return chronicle.entries[id].incident if id in chronicle.entries else None
    if type == "publisher":
        return chronicle.houses[id].record if id in chronicle.houses else None
    shelves = {"city": chronicle.cities, "source": chronicle.sources, "wave": chronicle.waves, "page": chronicle.pages}
    return shelves[type].get(id) if type in shelves else None  # type: ignore[attr-defined]


def path_of(chronicle: Chronicle, type: str, id: str) -> str:
    """The file that holds a record; empty where there is none."""
    if type == "kind":
        return SETTINGS_FILE if id in chronicle.settings.kinds else ""
    record = record_of(chronicle, type, id)
    return record.path if record else ""


def name_of(chronicle: Chronicle, type: str, id: str) -> str:
    """What a reader calls a record; empty where it is not known."""
    if type == "kind":
        kind = chronicle.settings.kinds.get(id)
        return next(iter(kind.label.values()), id) if kind else ""
    if type == "publisher" and id in chronicle.houses:
        return chronicle.houses[id].name
    record = record_of(chronicle, type, id)
    return _title(record) if record else ""


def _title(record: Record) -> str:
    if isinstance(record, Incident):
        return record.title + (" (not published yet)" if record.status == "draft" or record.embargo_until else "")
    if isinstance(record, Source):
        return record.document.title or f"{record.document.publisher or 'a source'}, untitled"
    return str(getattr(record, "title", "") or getattr(record, "name", ""))


def card(chronicle: Chronicle, type: str, id: str) -> str:
    """What is known of a record, as Markdown; empty for nothing."""
    name = name_of(chronicle, type, id)
    if not name:
        return ""
    lines = [line for line in _told(chronicle, type, id) if line]
    path = path_of(chronicle, type, id)
    return "\n\n".join([f"**{escaped(name)}**", *lines, f"`{type}:{id}`" + (f" · {path}" if path else "")])


def _told(chronicle: Chronicle, type: str, id: str) -> Iterator[str]:
    """The paragraphs of a card between its name and its address."""
    if type == "incident":
        yield from _incident(chronicle, chronicle.entries[id])
        return
    match record_of(chronicle, type, id):
        case City() as city:
            yield _row(city.region, city.country, city.timezone, f"{city.lat:g}, {city.lon:g}")
            yield _row(*dict.fromkeys((*city.names.values(), *city.aliases)))
            yield _count(len(chronicle.by_city.get(id, ())), "entry", "entries")
        case Source() as source:
            document = source.document
            published = document.published.text if document.published else None
            yield _row(document.publisher, published, document.kind, document.language, document.state)
            yield _row(f"<{document.url}>" if document.url else "", marked=True)
            yield escaped(source.note or source.opening)
            yield _row("copies " + ", ".join(document.derived_from) if document.derived_from else "")
            yield f"cited by {_count(len(chronicle.by_source.get(id, ())), 'entry', 'entries')}"
        case Wave() as wave:
            yield _row(wave.kind, wave.date.text)
            yield escaped(wave.summary or wave.opening)
            yield _count(len(chronicle.by_wave.get(id, ())), "entry", "entries")
        case Publisher() as house:
            yield _row(house.kind, house.country, f"reliability {house.reliability}" if house.reliability else "")
            yield escaped(house.note or "")
            yield _count(len(chronicle.by_house.get(id, ())), "source", "sources")
        case Prose() as page:
            yield escaped(page.summary or page.opening)
        case _:
            if type == "kind":
                yield _row(*chronicle.settings.kinds[id].label.values())
                yield _count(len(chronicle.by_kind.get(id, ())), "entry", "entries")


def _incident(chronicle: Chronicle, entry: Linked) -> Iterator[str]:
    incident = entry.incident
    cities = ", ".join(chronicle.cities[id].name for id in entry.cities)
    time = incident.time.text if incident.time else ""
    kind = name_of(chronicle, "kind", incident.kind) if incident.kind else ""
    yield _row(" ".join(filter(None, (incident.date.text, time))), cities, kind, incident.assessment)
    yield escaped(incident.summary or incident.opening)
    held = "a draft" if incident.status == "draft" else "" if incident.status == "published" else incident.status
    embargo = f"under embargo until {incident.embargo_until.text}" if incident.embargo_until else ""
    yield _row(held, embargo)
    yield _count(len({cited.name for cited in entry.sources}), "source", "sources")


def _row(*parts: str | None, marked: bool = False) -> str:
    return " · ".join(part if marked else escaped(part) for part in parts if part)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def escaped(text: str) -> str:
    """A text that Markdown shows as it stands."""
    return _MARKS.sub(r"\\\1", text)
