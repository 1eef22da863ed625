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
from .borne import UNBORNE, borne_text, derived_text, doubted_text, hits_text, sources_text
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
    """One value in a table of facts: its text, where it leads, and how exactly it is known."""

    text: str
    note: str = ""
    path: str = ""
    code: str = ""


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
        Fact(
            "Date",
            (Value(words.date_text(incident.date), _date_note(words, incident, zone, ledger), code=_code(incident)),),
        ),
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


def _date_note(words: Words, incident: Incident, zone: str, ledger: Ledger) -> str:
    form, local = DATE_FORMS.get(incident.date.form, ""), f"in local time ({zone})" if zone else ""
    return joined(form, local, borne_text(words, ledger.account(Field("date"))))


def _time_row(words: Words, incident: Incident, zone: str, ledger: Ledger) -> Fact:
    time, day = incident.time, incident.date.earliest
    if time is None:
        return Fact("Time", (Value("not reported"),))
    is_exact = time.form == "exact"
    if is_exact and incident.date.form == "day" and day is not None and time.start is not None and zone:
        note = words.utc_text(day, time.start, zone)
    else:
        note = ""
    of = incident.time_of
    borne = borne_text(words, ledger.account(Field("time", "" if of == "event" else of)))
    return Fact(
        TIMES["" if of == "event" else of],
        (Value(words.time_text(time), joined(note, borne), code="" if is_exact else time.text),),
    )


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
            groups = [
                Value(f"{words.count_text(n)} {group}", joined("of these", _group_note(words, ledger, outcome, group)))
                for group, n in _groups(toll, outcome)
            ]
            text = "nobody" if count.high == 0 else words.count_text(count)
            yield Fact(OUTCOME_LABELS[outcome], (Value(text, borne_text(words, account) or UNBORNE), *groups))
        elif account.derived is not None:
            yield Fact(
                OUTCOME_LABELS[outcome], (Value(words.count_text(account.derived), derived_text(words, account)),)
            )
        elif outcome in ALWAYS_TOLD or account.witnesses:
            yield Fact(OUTCOME_LABELS[outcome], (Value("not reported", doubted_text(words, account)),))


def _group_note(words: Words, ledger: Ledger, outcome: Outcome, group: str) -> str:
    return borne_text(words, ledger.account(Field("casualties", outcome, group)))


def _damage_value(words: Words, damage: Damage, ledger: Ledger) -> Value:
    borne = borne_text(words, ledger.account(Field("damage", damage.what, damage.part or "")))
    return Value(damage_text(words, damage), joined(damage.severity, damage.note, borne))


def _weapon_value(words: Words, weapon: Weapon, ledger: Ledger) -> Value:
    borne = borne_text(words, ledger.account(Field("weapons", weapon.kind, weapon.model or "")))
    return Value(weapon_text(words, weapon), joined(weapon.confidence, borne))


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
