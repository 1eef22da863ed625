"""What a chronicle holds already, as far as a new entry has to fit it: drafts and embargoed entries too. Nothing is linked for it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from itertools import count
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from .addresses import TRACKERS
from .model import City, Incident, Kind, Parsed, Publisher, Record, Settings, Source
from .names import Names

R = TypeVar("R", bound=Record)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """The kinds, cities, seeds and publishers by id, the entries, and the ids that an entry cannot have.

    `cited` leads from an address without what makes no difference to it to the seed that holds it; `text_of` gives the text
    of a file by its path.
    """

    kinds: Mapping[str, Kind]
    cities: Mapping[str, City]
    city_names: Names
    seeds: Mapping[str, Source]
    publishers: Mapping[str, Publisher]
    entries: tuple[Incident, ...]
    taken: frozenset[str]
    cited: Mapping[str, str]
    text_of: Callable[[str], str]


def known_of(settings: Settings, files: Iterable[Parsed], text_of: Callable[[str], str]) -> Known:
    """What some files hold; one that cannot be read is known by its id alone."""
    files = tuple(files)
    records = [file.record for file in files if file.record is not None]
    cities, seeds = _by_id(City, records), _by_id(Source, records)
    entries = tuple(_by_id(Incident, records).values())
    ids = {file.id for file in files if file.type == "incident"}
    return Known(
        kinds=settings.kinds,
        cities=cities,
        city_names=Names({city.id: spellings(city) for city in cities.values()}),
        seeds=seeds,
        publishers=_by_id(Publisher, records),
        entries=entries,
        taken=frozenset((*ids, *(old for entry in entries for old in entry.previous_ids))),
        cited={plain_address(url): seed.id for seed in seeds.values() for url in addresses_of(seed)},
        text_of=text_of,
    )


def _by_id(cls: type[R], records: Iterable[Record]) -> dict[str, R]:
    return {record.id: record for record in sorted((r for r in records if isinstance(r, cls)), key=lambda r: r.id)}


def free_id(base: str, taken: Container[str]) -> str:
    """An id that begins so and is not taken: itself, else with the first number from 2 on."""
    return next(id for number in count(1) if (id := base if number == 1 else f"{base}-{number}") not in taken)


def spellings(city: City) -> tuple[str, ...]:
    """All names of a city, its own first, each once."""
    return tuple(dict.fromkeys((city.name, *city.names.values(), *city.aliases)))


def addresses_of(seed: Source) -> tuple[str, ...]:
    """Where a source document stands: its own address and those of its archived copies."""
    document = seed.document
    return tuple(url for url in (document.url, *(copy.url for copy in document.archived)) if url)


def plain_address(url: str) -> str:
    """An address without what makes no difference to it: scheme, `www.`, a last slash, a fragment, marks that follow a reader."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = "&".join(pair for pair in parts.query.split("&") if pair and not TRACKERS.search(f"?{pair}"))
    return f"{host_of(url)}{parts.path.rstrip('/')}{'?' if query else ''}{query}"


def host_of(url: str) -> str:
    """The host of an address, without `www.`; empty where it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
