"""A card: what a list shows of an incident. It is made once an incident and carries its digest, so that keys are cheap."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from .. import routes
from ..chronicle import Chronicle, Linked
from ..claims import Cited
from ..edtf import Edtf
from ..files import digest
from ..ledger import ledger_of
from ..model import GONE, Incident, TimeOf, Toll
from ..times import Time
from ..words import Words
from .base import KindWord, Link, Site
from .derived import derived_toll
from .slots import Slot, slot_of_date

OPEN_FORMS = ("one-of", "mask", "open", "unknown")
"""Forms of a date that leave open which day it was."""

NOT_COUNTED = "no longer counted"
"""What stands in place of the harm that an entry told of before it was withdrawn, retracted or merged."""

ASSESSMENT_WORDS = {
    "confirmed": "confirmed",
    "likely": "likely",
    "single-source": "single source",
    "contested": "contested",
    "discounted": "discounted",
    "unassessed": "not assessed",
}


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """An incident in a list. `when` is short; `iso` is a value for `<time datetime>` or empty where there is none to give.

    `size` is the bytes of what is its own in a line: long lists are cut by it.
    """

    id: str
    path: str
    title: str
    lang: str
    date: Edtf
    time: Time | None
    time_of: TimeOf
    when: str
    iso: str
    clock: str
    is_open: bool
    places: tuple[Link, ...]
    kind: KindWord | None
    harm: str
    assessment: str
    has_warning: bool
    withheld: str
    slot: Slot
    size: int = 0
    digest: str = ""


def cards_of(chronicle: Chronicle, site: Site) -> dict[str, Card]:
    """The card of every entry, tombstones included."""
    words = site.words
    return {id: _card(chronicle, site, words, entry) for id, entry in chronicle.entries.items()}


def cards_after(former: Mapping[str, Card], before: Chronicle, chronicle: Chronicle, site: Site) -> dict[str, Card]:
    """The card of every entry, where those of another chronicle of the same site are known; it may share records with that one."""
    same_names = before.cities is chronicle.cities or _names(before) == _names(chronicle)
    known = before.entries if same_names else {}
    return {
        id: former[id] if id in known and _looks_alike(known[id], entry) else _card(chronicle, site, site.words, entry)
        for id, entry in chronicle.entries.items()
    }


def _names(chronicle: Chronicle) -> dict[str, str]:
    return {id: city.name for id, city in chronicle.cities.items()}


def _looks_alike(before: Linked, entry: Linked) -> bool:
    """Whether two entries have one card: all that a card shows is of the incident, its cities, and sources that tell of harm."""
    is_same = before.incident is entry.incident and before.cities == entry.cities
    return is_same and (before.sources is entry.sources or _tellers(before) == _tellers(entry))


def _card(chronicle: Chronicle, site: Site, words: Words, entry: Linked) -> Card:
    incident = entry.incident
    iso = words.datetime_attribute(incident.date) or ""
    card = Card(
        id=incident.id,
        path=routes.incident(incident.id),
        title=incident.title,
        lang=incident.lang or "",
        date=incident.date,
        time=incident.time,
        time_of=incident.time_of,
        when=words.short_date_text(incident.date),
        iso=iso,
        clock=_clock(words, incident),
        is_open=incident.date.qualified or incident.date.form in OPEN_FORMS,
        places=tuple(Link(chronicle.cities[c].name, routes.city(c)) for c in entry.cities),
        kind=site.kinds.get(incident.kind or ""),
        harm=NOT_COUNTED if incident.status in GONE else _harm(words, chronicle, entry),
        assessment=incident.status if incident.status in GONE else ASSESSMENT_WORDS[incident.assessment],
        has_warning=bool(incident.content_warning or incident.sensitivity),
        withheld=withheld_phrase(site, incident),
        slot=slot_of_date(incident.date),
    )
    return msgspec.structs.replace(card, size=_size(card), digest=digest(msgspec.msgpack.encode(card)))


def _harm(words: Words, chronicle: Chronicle, entry: Linked) -> str:
    """Harm as the entry states it, else as its sources tell it, and marked so."""
    tellers = _tellers(entry)
    derived = derived_toll(ledger_of(entry.incident, tellers, chronicle.settings.ledger)) if tellers else None
    if derived is None:
        return harm_phrase(words, entry.incident.casualties)
    return f"{harm_phrase(words, derived.toll)} ({derived.mark(words)})"


def _tellers(entry: Linked) -> tuple[Cited, ...]:
    """The sources of an entry, where its harm must be known from them: it states none, and one of them does."""
    toll = entry.incident.casualties
    is_stated = toll is not None and (toll.killed is not None or toll.injured is not None)
    if is_stated or not any(c.citation.says is not None and c.citation.says.casualties for c in entry.sources):
        return ()
    return entry.sources


def _size(card: Card) -> int:
    places = sum([len(p.text.encode()) + 2 for p in card.places])
    return len(card.title.encode()) + len(card.path) + len(card.clock) + len(card.when) + len(card.harm) + places


def _clock(words: Words, incident: Incident) -> str:
    """The time as a list shows it, with what it is the time of where that is not the event itself."""
    if incident.time is None:
        return ""
    text = words.time_text(incident.time)
    return text if incident.time_of == "event" else f"{text} ({incident.time_of})"


def withheld_phrase(site: Site, incident: Incident) -> str:
    """Why an entry is held back, on a site that shows those too: `draft`, `embargo until 1 June 2026 …`; empty where it is not."""
    if not site.shows_drafts:
        return ""
    embargo = f"embargo until {site.words.moment_text(incident.embargo_until)}" if incident.embargo_until else ""
    return "draft" if incident.status == "draft" else embargo


def harm_phrase(words: Words, toll: Toll | None) -> str:
    """Harm in a few words: what is reported of the dead and the injured; "nobody hurt" only where both, or the injured, are said to be none."""
    if toll is None or (toll.killed is None and toll.injured is None):
        return "harm not reported"
    killed, injured = toll.killed, toll.injured
    none_killed = killed is None or killed.high == 0
    if injured is not None and injured.high == 0 and none_killed:
        return "nobody hurt"
    phrases = [words.toll_phrase("killed", killed)] if killed is not None and not (killed.high == 0 and injured) else []
    if injured is not None and injured.high != 0:
        phrases.append(words.toll_phrase("injured", injured))
    return ", ".join(phrases)
