"""What may be written as a value, or as a key that is an author's own: words, names and ids, those that fit best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import inspect

from ..chronicle import Chronicle, first_day
from ..edtf import Edtf
from ..model import Parsed, Settings
from ..names import folded
from ..routes import INDEXES
from ..rulebook import RULES
from ..times import PARTS, Time
from ..zones import known_zones
from .records import name_of
from .shapes import Form, lone

MOST = 100
"""So many are offered at once; an editor asks again when more is typed."""


class Offer(NamedTuple):
    """A text to be written: what it is called, what else it is known by, what it means, and which record (`type:id`) it stands for."""

    text: str
    name: str = ""
    spellings: tuple[str, ...] = ()
    means: str = ""
    record: str = ""


def values_of(form: Form, chronicle: Chronicle, file: Parsed) -> Iterator[Offer]:
    """What may stand as the value of a form; nothing where any text may."""
    form = lone(form)
    info = form.info
    if isinstance(info, inspect.LiteralType):
        told = form.entry.words if form.entry else {}
        words = [*told, *(str(word) for word in info.values if word not in told)]
        yield from (Offer(word, means=told.get(word, "")) for word in words)
    elif isinstance(info, inspect.BoolType):
        yield from (Offer("true"), Offer("false"))
    elif isinstance(info, inspect.IntType) and info.ge and info.le and info.le < 10:
        yield from (Offer(str(number)) for number in range(info.ge, info.le + 1))
    elif isinstance(info, inspect.StructType) and info.cls is Time:
        yield from (Offer(part) for part in PARTS)
    elif form.extra.get("ref") == "publisher":
        yield from _houses(chronicle)
    elif "ref" in form.extra:
        yield from ids_of(form.extra["ref"], chronicle, file)
    elif form.extra.get("scalar") == "zone":
        used = dict.fromkeys(city.timezone for city in chronicle.cities.values())
        yield from map(Offer, (*used, *sorted(known_zones() - used.keys())))
    elif vocabulary := _VOCABULARIES.get(form.key):
        yield from map(Offer, vocabulary(chronicle, form))


def names_of(form: Form, chronicle: Chronicle) -> Iterator[Offer]:
    """The keys that may stand in a map whose keys are an author's own, as far as any are known."""
    if not isinstance(form.info, inspect.DictType):
        return
    if form.key == "rules":
        yield from (Offer(name, means=rule.says) for name, rule in sorted(RULES.items()))
    elif form.key in ("label", "names"):
        yield from map(Offer, _languages(chronicle, form))
    elif form.key == "publish_precision" and form.owner is Settings:
        yield from (Offer("default"), *ids_of("kind", chronicle, None))


# ---------------------------------------------------------------- ids


def ids_of(type: str, chronicle: Chronicle, file: Parsed | None) -> Iterator[Offer]:
    """The ids of all records of a type; incidents and sources near the day of a file first, else the latest."""
    if type == "city":
        for id, city in chronicle.cities.items():
            spellings = (city.name, *city.names.values(), *city.aliases)
            yield Offer(id, city.name, spellings, record=f"city:{id}")
    elif type == "publisher":
        for id, house in chronicle.houses.items():
            if house.record:
                aliases = house.record.aliases
                yield Offer(id, house.name, (house.name, *aliases), record=f"publisher:{id}")
    else:
        known = _IDS[type](chronicle, _day(file))
        own = file.id if file and file.type == type else ""
        yield from (Offer(id, name_of(chronicle, type, id), record=f"{type}:{id}") for id in known if id != own)


def _houses(chronicle: Chronicle) -> Iterator[Offer]:
    """The publishers by the names that readers know, with or without a file."""
    for id, house in chronicle.houses.items():
        aliases = house.record.aliases if house.record else ()
        yield Offer(house.name, id, (house.name, *aliases), record=f"publisher:{id}")


def _day(file: Parsed | None) -> int:
    """The day that a file is about, as an ordinal; the end of all days where it names none."""
    record = (file.record or file.shadow) if file else None
    date = getattr(record, "date", None)
    return first_day(date).toordinal() if isinstance(date, Edtf) and date.form != "year" else 4_000_000


def _incidents(chronicle: Chronicle, day: int) -> Sequence[str]:
    entries = chronicle.entries
    return sorted(entries, key=lambda id: abs(first_day(entries[id].incident.date).toordinal() - day))


def _sources(chronicle: Chronicle, day: int) -> Sequence[str]:
    def distance(id: str) -> int:
        published = chronicle.sources[id].document.published
        return abs(published.day.toordinal() - day) if published else 5_000_000

    return sorted(chronicle.sources, key=distance)


def _waves(chronicle: Chronicle, day: int) -> Sequence[str]:
    waves = chronicle.waves
    return sorted(waves, key=lambda id: abs(first_day(waves[id].date).toordinal() - day))


_IDS: dict[str, Callable[[Chronicle, int], Iterable[str]]] = {
    "incident": _incidents,
    "source": _sources,
    "wave": _waves,
    "kind": lambda chronicle, _: chronicle.settings.kinds,
    "page": lambda chronicle, _: chronicle.pages,
    "media": lambda chronicle, _: chronicle.media,
}

# ---------------------------------------------------------------- vocabularies of texts


def _languages(chronicle: Chronicle, _: Form) -> Iterable[str]:
    labels = (kind.label for kind in chronicle.settings.kinds.values())
    return dict.fromkeys((*chronicle.settings.languages, *(language for label in labels for language in label)))


def tags_of(chronicle: Chronicle) -> Iterable[str]:
    """The tags in use, the commonest first."""
    return (chronicle.tags[slug] for slug in sorted(chronicle.by_tag, key=lambda tag: -len(chronicle.by_tag[tag])))


_VOCABULARIES: dict[str, Callable[[Chronicle, Form], Iterable[str]]] = {
    "tags": lambda chronicle, _: tags_of(chronicle),
    "tag": lambda chronicle, _: tags_of(chronicle),
    "file": lambda chronicle, _: chronicle.media,
    "lang": _languages,
    "language": _languages,
    "languages": _languages,
    "country": lambda chronicle, _: sorted({city.country for city in chronicle.cities.values()}),
    "navigation": lambda chronicle, form: INDEXES if form.owner is Settings else (),
}

# ---------------------------------------------------------------- what fits


def fitting(offers: Iterable[Offer], typed: str) -> tuple[tuple[Offer, ...], bool]:
    """The offers that hold what is typed, those that begin with it first, and whether these are all."""
    words = folded(typed).split() if typed.strip() else []
    ranked: tuple[list[Offer], list[Offer]] = ([], [])
    for offer in offers:
        rank = _rank(offer, words)
        if rank is not None:
            ranked[rank].append(offer)
            if len(ranked[0]) > MOST:
                break
    found = (*ranked[0], *ranked[1])
    return found[:MOST], len(found) <= MOST


def _rank(offer: Offer, words: Sequence[str]) -> int | None:
    """0 where a spelling begins with the words, 1 where the words stand somewhere in one, none else."""
    if not words:
        return 0
    spellings = [offer.text.lower().replace("-", " "), *map(folded, offer.spellings or (offer.name,))]
    start = " ".join(words)
    if any(spelling.startswith(start) for spelling in spellings):
        return 0
    whole = " ".join(spellings)
    return 1 if all(word in whole for word in words) else None


def matched(offer: Offer, typed: str) -> str:
    """What an editor compares with what is typed, so that it shows whatever is offered."""
    names = (offer.text, *offer.spellings)
    return next((name for name in names if name.casefold().startswith(typed.casefold())), typed or offer.text)
