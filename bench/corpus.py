"""The facts of an invented chronicle, for measuring; the same number and seed give the same facts.

The texts have the length and the mixture of a real entry's. `formats` writes them as each generator reads them.
"""

from __future__ import annotations

import bisect
import datetime
import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench import vocabulary as v
from bench.vocabulary import slug

FIRST_DAY = datetime.datetime(2022, 3, 1)  # noqa: DTZ001  local time of an invented place
MINUTES = 4 * 365 * 1440


@dataclass(frozen=True)
class Source:
    """A report that an entry cites; `published` is a date as text."""

    title: str
    url: str
    publisher: str
    published: str


@dataclass(frozen=True)
class Entry:
    """An incident. Links to other entries stand in `body` as `[[id|title]]`, which `formats` writes in each one's way."""

    id: str
    title: str
    when: datetime.datetime
    city: str
    kind: str
    assessment: str
    killed: int
    injured: int
    sources: tuple[Source, ...]
    tags: tuple[str, ...]
    relations: tuple[str, ...]
    body: str


def entries(count: int, seed: int = 1) -> tuple[Entry, ...]:
    """So many entries over four years, in the order of their times; cities are as unequal as real ones."""
    r = random.Random(seed)
    cities = v.city_names()
    shares = list(itertools.accumulate(1 / (k + 1) for k in range(len(cities))))
    found: list[Entry] = []
    seen: set[str] = set()
    by_city: dict[str, list[str]] = {}
    for minutes in sorted(r.randrange(MINUTES) for _ in range(count)):
        city = cities[bisect.bisect(shares, r.random() * shares[-1])]
        entry = _entry(r, FIRST_DAY + datetime.timedelta(minutes=minutes), city, found, by_city.get(city, []), seen)
        by_city.setdefault(city, []).append(entry.id)
        found.append(entry)
    return tuple(found)


def added(facts: Sequence[Entry]) -> Entry:
    """One entry more, on the day and in the city of the entry in the middle."""
    return replace(middle(facts), id=f"{middle(facts).id}-added", title="An entry that was added", relations=())


def middle(facts: Sequence[Entry]) -> Entry:
    """The entry in the middle of the chronicle, which is the one that is edited."""
    return facts[len(facts) // 2]


def _entry(
    r: random.Random, when: datetime.datetime, city: str, before: Sequence[Entry], same_city: Sequence[str], seen: set[str]
) -> Entry:  # fmt: skip
    kind = r.choice(v.KINDS)
    killed = r.choice([0] * 12 + [1, 1, 2, 3])
    recent = before[-2000:]
    targets = [r.choice(recent) for _ in range(r.randint(1, 3))] if recent else []
    return Entry(
        id=_new_id(f"{when:%Y-%m-%d}-{slug(f'{kind} {city}')}", seen),
        title=f"{r.choice(v.MANNERS).capitalize()} {kind} in {city}: {r.choice(v.BUILDINGS)}",
        when=when,
        city=city,
        kind=kind,
        assessment=r.choice(v.ASSESSMENTS),
        killed=killed,
        injured=r.choice([0, 0, 0, 1, 2, 3, 5, 8]) + killed,
        sources=tuple(_source(r, kind, city, when) for _ in range(r.randint(1, 4))),
        tags=tuple(sorted(r.sample(v.TAGS, r.randint(2, 5)))),
        relations=tuple(sorted(set(r.choices(same_city[-40:], k=r.randint(0, 3))))) if same_city else (),
        body=_body(r, kind, targets, has_table=r.random() < 0.2),
    )


def _new_id(base: str, seen: set[str]) -> str:
    """The first free id of a base, which is then taken."""
    id = next(id for id in itertools.chain([base], (f"{base}-{n}" for n in itertools.count(2))) if id not in seen)
    seen.add(id)
    return id


def _source(r: random.Random, kind: str, city: str, when: datetime.datetime) -> Source:
    publisher = r.choice(v.PUBLISHERS)
    day = when + datetime.timedelta(hours=r.randint(0, 60))
    url = f"https://{slug(publisher)}.example/{day:%Y/%m/%d}/{r.randint(1000, 999999)}"
    return Source(f"{publisher}: {kind} in {city}", url, publisher, f"{day:%Y-%m-%d}")


def _body(r: random.Random, kind: str, targets: Sequence[Entry], *, has_table: bool) -> str:
    """120 to 290 words under two or three headings, with a list, a quotation, links, and a table in one of five."""
    headings = r.choice(v.HEADINGS)
    paragraphs = _paragraphs(r, kind, 1 + len(headings), 25 + 30 * has_table + 8 * len(targets))
    for n, target in enumerate(targets):
        paragraphs[n % len(paragraphs)].append(f"See also [[{target.id}|{target.title}]] for an earlier entry.")
    texts = [" ".join(sentences) or _sentence(r, kind) for sentences in paragraphs]
    blocks = [texts[0]]
    for n, (heading, text) in enumerate(zip(headings, texts[1:], strict=True)):
        blocks += [f"## {heading}", text]
        if n == 0:
            blocks.append("\n".join(f"- {r.choice(v.STREETS)}: {r.choice(v.DAMAGE)}" for _ in range(r.randint(2, 4))))
        elif n == 1:
            blocks += [f"> {r.choice(v.QUOTES)}", *([_table(r)] if has_table else [])]
    return "\n\n".join(blocks) + "\n"


def _paragraphs(r: random.Random, kind: str, number: int, words: int) -> list[list[str]]:
    """Sentences in so many paragraphs until the body has its length; `words` are those of all else in it."""
    goal = r.randint(120, 290)
    paragraphs: list[list[str]] = [[] for _ in range(number)]
    for n in itertools.count():
        if words >= goal:
            return paragraphs
        sentence = _sentence(r, kind)
        words += len(sentence.split())
        paragraphs[n % number].append(sentence)
    raise AssertionError


def _sentence(r: random.Random, kind: str) -> str:
    c = r.choice
    return c(v.SENTENCES).format(
        who=c(v.WHO), verb=c(v.VERBS), kind=kind, building=c(v.BUILDINGS), district=c(v.DISTRICTS), time=c(v.TIMES),
        crews=c(v.CREWS), street=c(v.STREETS), street2=c(v.STREETS), n=r.randint(2, 40), m=r.randint(20, 900),
        damage=c(v.DAMAGE), damage2=c(v.DAMAGE), service=c(v.SERVICES),
    )  # fmt: skip


def _table(r: random.Random) -> str:
    states = ("inspected", "repaired", "closed")
    rows = [f"| {r.choice(v.STREETS)} | {r.randint(1, 30)} | {r.choice(states)} |" for _ in range(r.randint(3, 5))]
    return "\n".join(["| Address | Buildings | Status |", "|---|---:|---|", *rows])
