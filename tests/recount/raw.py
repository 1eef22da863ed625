"""The files of a chronicle as entries, by PyYAML's plainest loader, and which of some entries count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import yaml

from .days import When, when
from .tolls import Toll, toll

EVER = "1900-01-01T00:00+00:00"
GONE = ("withdrawn", "retracted", "merged")
PARTS = {
    "night": (0, 300), "early-morning": (300, 480), "morning": (480, 660), "midday": (660, 840),
    "afternoon": (840, 1080), "evening": (1080, 1440), "overnight": (1200, 1920),
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """What an entry says, as far as anything is counted by it."""

    id: str
    given: dict
    when: When
    cities: tuple[str, ...]
    kind: str
    tags: tuple[str, ...]
    waves: tuple[str, ...]
    perhaps: tuple[str, ...]
    tolls: dict[str, Toll]
    seeds: tuple[str, ...]

    @property
    def discounted(self) -> bool:
        return self.given.get("assessment") == "discounted"

    @property
    def is_copy(self) -> bool:
        """Whether it says that it is a duplicate."""
        return any(kind == "duplicate-of" for kind, _ in relations(self.given))


@dataclass(eq=False)
class Chronicle:
    """All that is counted: published entries in the order of time, and the files beside them; `event` names what an entry tells of."""

    entries: list[Entry]
    cities: dict[str, dict]
    waves: dict[str, dict]
    seeds: dict[str, dict]
    publishers: dict[str, dict]
    site: dict
    event: dict[str, str] = field(default_factory=dict)
    house_names: dict[str, str] = field(default_factory=dict)


def matter(path: Path) -> dict:
    """A front matter with every value as its text."""
    text = path.read_text(encoding="utf-8")
    return yaml.load(text.split("---\n")[1] if path.suffix == ".md" else text, yaml.BaseLoader)


def many(value: object) -> list:
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def written_date(value: object) -> str:
    """A date as its author wrote it: YAML takes an unquoted set for a list or a map."""
    if isinstance(value, list):
        return f"[{','.join(value)}]"
    return f"{{{','.join(value)}}}" if isinstance(value, dict) else str(value)


def relations(given: dict) -> list[tuple[str, str]]:
    """Kind and id of each relation, in any of the forms in which it may be written."""
    found = []
    for one in many(given.get("relations")):
        if isinstance(one, str):
            found.append(("related", one))
        elif "to" in one:
            found.append((one["kind"], one["to"]))
        else:
            found += list(one.items())
    return found


def tag_id(tag: str) -> str:
    """The id that a tag or a publisher's name has in addresses, for names in Latin letters."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", tag.lower()) if not unicodedata.combining(c) and c not in "'’"
    )
    return "-".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def chronicle(root: Path, now: datetime) -> Chronicle:
    """A chronicle without what is withheld at an instant."""
    folders = ("content/cities", "content/waves", "seeds", "content/publishers")
    cities, waves, seeds, publishers = ({p.stem: matter(p) for p in sorted((root / f).glob("*.md"))} for f in folders)
    names = names_of(cities)
    given = {
        path.stem: matter(path)
        for path in sorted((root / "content/incidents").rglob("*.md"))
        if path.stem.count(".") == 0
    }
    public = {id: g for id, g in given.items() if is_public(g, now)}
    entries = [_entry(id, g, names, waves) for id, g in public.items() if g.get("status") not in GONE]
    entries.sort(key=_order)
    houses = {n.casefold(): id for id, p in publishers.items() for n in (id, p["name"], *many(p.get("aliases")))}
    return Chronicle(entries, cities, waves, seeds, publishers, matter(root / "site.yaml"), events(public), houses)


def names_of(cities: dict[str, dict]) -> dict[str, str]:
    """Every name of a city to its id."""
    return {
        name.casefold(): id
        for id, city in cities.items()
        for name in (id, city["name"], *city.get("names", {}).values(), *many(city.get("aliases")))
    }


def is_public(given: dict, now: datetime) -> bool:
    return given.get("status") != "draft" and datetime.fromisoformat(given.get("embargo_until", EVER)) <= now


def _entry(id: str, given: dict, names: dict[str, str], waves: dict[str, dict]) -> Entry:
    seeds = [s.get("source") if isinstance(s, dict) else s for s in given.get("sources", [])]
    entry = Entry(
        id=id,
        given=given,
        when=when(written_date(given["date"])),
        cities=tuple(dict.fromkeys(names[name.casefold()] for name in many(given["city"]))),
        kind=given.get("kind", ""),
        tags=tuple(dict.fromkeys(tag_id(tag) for tag in many(given.get("tags")))),
        waves=tuple(wave for wave in many(given.get("part_of")) if wave in waves),
        perhaps=(),
        tolls={name: toll(text) for name, text in given.get("casualties", {}).items() if isinstance(text, str)},
        seeds=tuple(dict.fromkeys(s for s in seeds if s and "/" not in s)),
    )
    asked = {id: fits(entry, wave["where"], names) for id, wave in waves.items() if "where" in wave}
    own = tuple(dict.fromkeys((*entry.waves, *(id for id, how in asked.items() if how == "sure"))))
    perhaps = tuple(id for id, how in asked.items() if how == "maybe" and id not in own)
    return Entry(**{**vars(entry), "waves": own, "perhaps": perhaps})


def fits(entry: Entry, where: dict, names: dict[str, str]) -> str:
    """Whether an entry fits the query of a topic: `sure`, `maybe` or nothing."""
    cities = {names.get(name.casefold()) for name in many(where.get("city"))}
    tags = {tag_id(tag) for tag in many(where.get("tag"))}
    wanted = (
        ("kind" not in where or entry.kind in many(where["kind"]))
        and ("city" not in where or bool(cities & set(entry.cities)))
        and ("tag" not in where or bool(tags & set(entry.tags)))
    )
    if not wanted or not ("year" in where or "date" in where):
        return "sure" if wanted else ""
    if "date" in where:
        time = when(written_date(where["date"]))
        return entry.when.within(time.first, time.last)
    years = sorted(int(year) for year in many(where["year"]))
    assert len(years) == years[-1] - years[0] + 1, "only years in a row are recounted"
    return entry.when.within(date(years[0], 1, 1), date(years[-1], 12, 31))


def _order(entry: Entry) -> tuple:
    """Earliest day, latest day, time (none comes last), id."""
    text = entry.given.get("time", "")
    start, end = minutes(text) if text else (0, 1440)
    return entry.when.first, entry.when.last, not text, start, end, entry.id


def minutes(text: str) -> tuple[int, int]:
    """The first and last minute of a time, counted from midnight of its day."""
    if text in PARTS:
        return PARTS[text]
    start, slash, end = text.lstrip("~").partition("/")
    low = _clock(start) if start != ".." else 0
    high = low if not slash else 1440 if end == ".." else _clock(end)
    return low, high + 1440 if high < low else high


def _clock(text: str) -> int:
    hours, minutes = text[:5].split(":")
    return int(hours) * 60 + int(minutes)


def events(public: dict[str, dict]) -> dict[str, str]:
    """What each entry tells of: one name for all that are said to tell of the same, over any number of steps."""
    leader = {id: id for id in public}

    def end(id: str) -> str:
        while leader[id] != id:
            id = leader[id]
        return id

    for id, given in public.items():
        for kind, other in relations(given):
            if kind in ("same-event-as", "duplicate-of") and other in public:
                leader[end(id)] = end(other)
    return {id: end(id) for id in public}


def counting(
    chronicle: Chronicle, sure: Iterable[Entry], maybe: Iterable[Entry] = ()
) -> tuple[list[Entry], list[Entry]]:
    """Of some entries those that count: no discounted one, and one of each event, rather a certain one, rather no duplicate."""
    known, perhaps = ([e for e in found if not e.discounted] for found in (sure, maybe))
    first: dict[str, str] = {}
    for entry in (*sorted(known, key=lambda e: e.is_copy), *sorted(perhaps, key=lambda e: e.is_copy)):
        first.setdefault(chronicle.event[entry.id], entry.id)
    chosen = set(first.values())
    return [e for e in known if e.id in chosen], [e for e in perhaps if e.id in chosen]
