"""The facts of an incident, and the claims of a source, as rows of label, text and note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from .. import routes
from ..claims import Field
from ..counts import Count
from ..ledger import Ledger
from ..model import OUTCOMES, Actor, Casualties, City, Damage, Incident, Outcome, Target, Weapon
from ..words import Words
from .base import Site
from .borne import UNBORNE, borne_text, derived_text, doubted_text, hits_text, numbers_of, sources_text
from .things import (
    OUTCOME_LABELS,
    POSITION_WORDS,
    ROLE_WORDS,
    TIMES,
    damage_text,
    joined,
    location_texts,
    target_text,
    weapon_text,
)


class Value(msgspec.Struct, frozen=True):
    """One value in a table of facts: its text, where it leads, how exactly it is known, and the numbers of sources that bear it."""

    text: str
    note: str = ""
    path: str = ""
    code: str = ""
    numbers: tuple[int, ...] = ()


class Fact(msgspec.Struct, frozen=True):
    """A row: a label with its values."""

    label: str
    values: tuple[Value, ...]


ALWAYS_TOLD: tuple[Outcome, ...] = ("killed", "injured")
DATE_FORMS = {
    "one-of": "one of these days",
    "all-of": "all of these days",
    "interval": "from the first to the last of these days",
    "month": "known to the month",
    "year": "known to the year",
    "decade": "known to the decade",
    "mask": "known in part",
}


def facts_of(
    site: Site, incident: Incident, cities: Sequence[City], tags: Sequence[tuple[str, str]], ledger: Ledger
) -> tuple[Fact, ...]:
    """The table of facts, each figure with how many independent sources bear it, as far as the ledger tells."""
    words = site.words
    zone = cities[0].timezone if cities else ""
    rows = [
        _date_row(words, incident, zone, ledger),
        _time_row(words, incident, zone, ledger),
        Fact("Place", tuple([_city_value(words, city) for city in cities])),
    ]
    if incident.locations:
        rows.append(Fact("Location", tuple(Value(*location_texts(place)) for place in incident.locations)))
    kind = site.kinds.get(incident.kind or "")
    if kind:
        rows.append(Fact("Kind", (Value(kind.label, path=kind.path),)))
    rows += _toll_rows(words, incident.casualties, ledger)
    if incident.damage:
        rows.append(Fact("Damage", tuple(_damage_value(words, d, ledger) for d in incident.damage)))
    if incident.weapons:
        rows.append(Fact("Weapons", tuple(_weapon_value(words, w, ledger) for w in incident.weapons)))
    if incident.targets:
        rows.append(Fact("Targets", tuple(_target_value(words, t, ledger) for t in incident.targets)))
    if incident.actors:
        rows.append(Fact("Actors", tuple(_actor_value(words, a, ledger) for a in incident.actors)))
    if tags:
        rows.append(Fact("Tags", tuple([Value(word, path=site.path(routes.tag(slug))) for slug, word in tags])))
    return tuple(rows)


def _code(incident: Incident) -> str:
    """The date as written, where its reading is not the whole of it."""
    return "" if incident.date.form in ("day", "month", "year") and not incident.date.qualified else incident.date.text


def _date_row(words: Words, incident: Incident, zone: str, ledger: Ledger) -> Fact:
    form, local = DATE_FORMS.get(incident.date.form, ""), f"in local time ({zone})" if zone else ""
    account = ledger.account(Field("date"))
    note = joined(form, local, borne_text(words, account))
    return Fact(
        "Date", (Value(words.date_text(incident.date), note, code=_code(incident), numbers=numbers_of(account)),)
    )


def _time_row(words: Words, incident: Incident, zone: str, ledger: Ledger) -> Fact:
    time, day = incident.time, incident.date.earliest
    if time is None:
        return Fact("Time", (Value("not reported"),))
    is_exact = time.form == "exact"
    if is_exact and incident.date.form == "day" and day is not None and time.start is not None and zone:
        note = words.utc_text(day, time.start, zone)
    else:
        note = ""
    of = "" if incident.time_of == "event" else incident.time_of
    account = ledger.account(Field("time", of))
    note, code = joined(note, borne_text(words, account)), "" if is_exact else time.text
    return Fact(TIMES[of], (Value(words.time_text(time), note, code=code, numbers=numbers_of(account)),))


def _city_value(words: Words, city: City) -> Value:
    where = ", ".join(dict.fromkeys(p for p in (city.region, words.country_name(city.country)) if p and p != city.name))
    administered = (
        f"administered by {city.disputed.administered_by}" if city.disputed and city.disputed.administered_by else ""
    )
    return Value(city.name, joined(where, administered), path=routes.city(city.id))


def _toll_rows(words: Words, toll: Casualties | None, ledger: Ledger) -> Iterator[Fact]:
    for outcome in OUTCOMES:
        account = ledger.account(Field("casualties", outcome))
        count = getattr(toll, outcome) if toll else None
        if count is not None:
            text = "nobody" if count.high == 0 else words.count_text(count)
            first = Value(text, borne_text(words, account) or UNBORNE, numbers=numbers_of(account))
        elif account.derived is not None:
            first = Value(words.count_text(account.derived), derived_text(words, account), numbers=numbers_of(account))
        elif outcome in ALWAYS_TOLD or account.witnesses:
            first = Value("not reported", doubted_text(words, account))
        else:
            continue
        yield Fact(OUTCOME_LABELS[outcome], (first, *_group_values(words, toll, ledger, outcome)))


def _group_values(words: Words, toll: Casualties | None, ledger: Ledger, outcome: Outcome) -> Iterator[Value]:
    """The groups that the entry states, then those that its sources alone tell of."""
    for group, count in _groups(toll, outcome):
        account = ledger.account(Field("casualties", outcome, group))
        note = joined("of these", borne_text(words, account))
        yield Value(f"{words.count_text(count)} {group}", note, numbers=numbers_of(account))
    if ledger.claims:
        for account in ledger.accounts.values():
            if account.field.part and account.field.name == outcome and account.derived is not None:
                text = f"{words.count_text(account.derived)} {account.field.part}"
                yield Value(text, joined("of these", derived_text(words, account)), numbers=numbers_of(account))


def _damage_value(words: Words, damage: Damage, ledger: Ledger) -> Value:
    account = ledger.account(Field("damage", damage.what, damage.part or ""))
    note = joined(damage.severity, damage.note, borne_text(words, account))
    return Value(damage_text(words, damage), note, numbers=numbers_of(account))


def _weapon_value(words: Words, weapon: Weapon, ledger: Ledger) -> Value:
    account = ledger.account(Field("weapons", weapon.kind, weapon.model or ""))
    note = joined(weapon.confidence, borne_text(words, account))
    return Value(weapon_text(words, weapon), note, numbers=numbers_of(account))


def _target_value(words: Words, target: Target, ledger: Ledger) -> Value:
    """A target; where its sources say whether it was hit, how many of them say which."""
    hit = f"hit: {target.hit}" if target.hit else ""
    return Value(
        target_text(target), joined(hit, hits_text(words, ledger.account(Field("targets", target.name or target.kind))))
    )


def _groups(toll: Casualties | None, outcome: Outcome) -> list[tuple[str, Count]]:
    parts = toll.of_which.items() if toll else ()
    return [(group, getattr(part, outcome)) for group, part in parts if getattr(part, outcome) is not None]


def _actor_value(words: Words, actor: Actor, ledger: Ledger) -> Value:
    """A party with its part; of one that something is attributed to, how many independent sources say so."""
    position = POSITION_WORDS[actor.position] if actor.position else ""
    basis = f"according to {actor.basis}" if actor.basis else ""
    blamed = ledger.account(Field("attributed")).bearing((actor.who,)) if actor.role == "attributed" else ()
    named = f"named by {sources_text(words, len(blamed))}" if blamed else ""
    return Value(actor.who, joined(ROLE_WORDS[actor.role], actor.confidence, basis, position, named))
