"""The report that an entry begins with: a seed, or an address that no seed holds, and what it suggests."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from .addresses import address_fault
from .fences import fenced
from .known import Known, free_id, host_of, plain_address, spellings
from .model import Source
from .names import folded
from .problems import Fault, did_you_mean
from .routes import slug_of


class Report(msgspec.Struct, frozen=True):
    """What an entry cites: a seed's id or an address; and the headline, day and city that it suggests, each empty where it does not.

    The day is the one on which it was published, not that of the incident. `held` is the address that a seed holds already.
    """

    cite: str
    title: str = ""
    day: str = ""
    city: str = ""
    held: str = ""

    @property
    def is_seed(self) -> bool:
        """Whether a file in `seeds/` holds it."""
        return ":" not in self.cite


class NewSeed(msgspec.Struct, frozen=True):
    """A seed to be written: its id, where the report is, who published it, and its headline (empty for none)."""

    id: str
    url: str
    publisher: str
    title: str = ""


def report_of(known: Known, text: str) -> Report | Fault:
    """The report that a seed's id or an address stands for."""
    id = text.removeprefix("seeds/").removesuffix(".md")
    if id in known.seeds:
        return _seed_report(known, known.seeds[id])
    if ":" not in text:
        hint = did_you_mean(id, known.seeds) or "give an address, which begins with https://, or write the seed first"
        return Fault("unknown-source", f'no source has the id "{text}"', hint)
    fault = address_fault(text)
    if fault:
        return fault
    held = known.cited.get(plain_address(text))
    if held is None:
        return Report(text)
    return msgspec.structs.replace(_seed_report(known, known.seeds[held]), held=text)


def _seed_report(known: Known, seed: Source) -> Report:
    document = seed.document
    body = fenced(known.text_of(seed.path), seed.path).body
    cities = cities_in(known, f"{document.title or ''}\n{body}")
    day = document.published.day.isoformat() if document.published else ""
    return Report(seed.id, document.title or "", day, cities[0] if len(cities) == 1 else "")


def seeds_like(known: Known, text: str) -> tuple[str, ...]:
    """The seeds whose id, headline or publisher holds a text, by id."""
    part = folded(text)
    told = (
        (seed.id, f"{seed.id} {seed.document.title or ''} {seed.document.publisher or ''}")
        for seed in known.seeds.values()
    )
    return tuple(id for id, words in told if part and part in folded(words))


def new_seed(known: Known, url: str) -> NewSeed:
    """A seed for an address, with an id that is free and the publisher of other reports from there; else its host."""
    host = host_of(url)
    houses = Counter(
        seed.document.publisher for seed in known.seeds.values() if host_of(seed.document.url or "") == host
    )
    of_host = (house.name for house in known.publishers.values() if host_of(house.url or "") == host)
    usual = [name for name, _ in sorted(houses.items(), key=lambda pair: (-pair[1], pair[0] or "")) if name]
    return NewSeed(_free_seed_id(known, url, host), url, (*usual, *of_host, host)[0])


def _free_seed_id(known: Known, url: str, host: str) -> str:
    """An id from the host and the end of the path, numbered where it is taken."""
    path = plain_address(url)[len(host) :].partition("?")[0]
    last = re.sub(r"\.[a-z]{2,5}$", "", path.rpartition("/")[2])
    name = host.rpartition(".")[0] if len(host.rpartition(".")[0]) > 2 else host
    base = slug_of(f"{name} {last}")[:60].strip("-") or "report"
    return free_id(base, known.seeds)


# ---------------------------------------------------------------- cities in a text

_LINK = re.compile(r"\[\[[^\]|]*\|?|\]\]")
_VOWEL_ENDINGS = "а|я|ы|и|і|ї|е|у|ю|ой|ою|ей|ею"
_SOFT_ENDINGS = "ь|и|і|ю|ью"
_HARD_ENDINGS = "|а|я|у|ю|е|ом|ем|ем|і|ї|ові|еві"


def cities_in(known: Known, text: str) -> tuple[str, ...]:
    """The cities that a text names, in order; a name counts in any case of Russian and Ukrainian grammar, not as an adjective."""
    words = " ".join(re.findall(r"\w+", folded(_LINK.sub(" ", text))))
    named = (city for city in known.cities.values() if any(_stands_in(name, words) for name in spellings(city)))
    return tuple(city.id for city in named)


def _stands_in(name: str, words: str) -> bool:
    """Whether a name stands among folded words with single blanks between them."""
    parts = re.findall(r"\w+", folded(name))
    if not parts or parts[0][:3] not in words:
        return False
    return re.search(rf"\b{' '.join(_inflected(part) for part in parts)}\b", words) is not None


def _inflected(word: str) -> str:
    """A pattern of a word with the endings that it takes; words of other scripts take none."""
    if not re.fullmatch("[а-яіїєґ]{4,}", word):
        return re.escape(word)
    if word[-1] in "ая":
        return f"{word[:-1]}(?:{_VOWEL_ENDINGS})"
    return f"{word[:-1]}(?:{_SOFT_ENDINGS})" if word[-1] == "ь" else f"{word}(?:{_HARD_ENDINGS})"
