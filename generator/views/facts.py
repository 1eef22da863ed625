"""The facts of an incident, and the claims of a source, as rows of label, text and note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from .. import routes
from ..counts import Count
from ..model import OUTCOMES, Actor, Casualties, City, Damage, Incident, Location, Outcome, Says, Target, Toll, Weapon
from ..words import Words
from .base import Site


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


TIME_OF = {"event": "Time", "statement": "Time of the statement", "alert": "Time of the alert"}
OUTCOME_LABELS: dict[Outcome, str] = {
    "killed": "Killed",
    "injured": "Injured",
    "missing": "Missing",
    "detained": "Detained",
    "evacuated": "Evacuated",
}
UNBORNE = "no source here gives this figure in numbers"
ALWAYS_TOLD: tuple[Outcome, ...] = ("killed", "injured")
PRECISION_WORDS = {
    "exact": "known to the point",
    "within-100m": "known to within 100 m",
    "street": "known to the street",
    "neighbourhood": "known to the neighbourhood",
    "settlement": "known to the settlement",
    "district": "known to the district",
    "region": "known to the region",
    "country": "known to the country",
}
ROLE_WORDS = {
    "attributed": "attributed",
    "claimed-by": "claims it",
    "target": "target",
    "defender": "defender",
    "responder": "responder",
}
POSITION_WORDS = {
    "accepts": "accepts it",
    "denies": "denies it",
    "no-comment": "does not comment",
    "not-asked": "no statement of its own in the sources",
}
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
    site: Site, incident: Incident, cities: Sequence[City], tags: Sequence[tuple[str, str]], bearing: dict[str, int]
) -> tuple[Fact, ...]:
    """The table of facts. `bearing` tells how many independent sources bear the figure of an outcome."""
    words = site.words
    zone = cities[0].timezone if cities else ""
    rows = [
        Fact("Date", (Value(words.date_text(incident.date), _date_note(incident, zone), code=_code(incident)),)),
        _time_row(words, incident, zone),
        Fact("Place", tuple([_city_value(words, city) for city in cities])),
    ]
    if incident.locations:
        rows.append(Fact("Location", tuple(Value(*_location_texts(place)) for place in incident.locations)))
    kind = site.kinds.get(incident.kind or "")
    if kind:
        rows.append(Fact("Kind", (Value(kind.label, path=kind.path),)))
    rows += _toll_rows(words, incident.casualties, bearing)
    if incident.damage:
        told = [Value(damage_text(words, d), _joined(d.severity, d.note)) for d in incident.damage]
        rows.append(Fact("Damage", tuple(told)))
    if incident.weapons:
        rows.append(Fact("Weapons", tuple(Value(weapon_text(words, w), w.confidence or "") for w in incident.weapons)))
    if incident.targets:
        hits = [Value(target_text(t), f"hit: {t.hit}" if t.hit else "") for t in incident.targets]
        rows.append(Fact("Targets", tuple(hits)))
    if incident.actors:
        rows.append(Fact("Actors", tuple(_actor_value(a) for a in incident.actors)))
    if tags:
        rows.append(Fact("Tags", tuple([Value(word, path=site.path(routes.tag(slug))) for slug, word in tags])))
    return tuple(rows)


def _code(incident: Incident) -> str:
    """The date as written, where its reading is not the whole of it."""
    return "" if incident.date.form in ("day", "month", "year") and not incident.date.qualified else incident.date.text


def _date_note(incident: Incident, zone: str) -> str:
    return _joined(DATE_FORMS.get(incident.date.form, ""), f"in local time ({zone})" if zone else "")


def _time_row(words: Words, incident: Incident, zone: str) -> Fact:
    time, day = incident.time, incident.date.earliest
    if time is None:
        return Fact("Time", (Value("not reported"),))
    is_exact = time.form == "exact"
    if is_exact and incident.date.form == "day" and day is not None and time.start is not None and zone:
        note = words.utc_text(day, time.start, zone)
    else:
        note = ""
    return Fact(TIME_OF[incident.time_of], (Value(words.time_text(time), note, code="" if is_exact else time.text),))


def _city_value(words: Words, city: City) -> Value:
    where = ", ".join(dict.fromkeys(p for p in (city.region, words.country_name(city.country)) if p and p != city.name))
    administered = (
        f"administered by {city.disputed.administered_by}" if city.disputed and city.disputed.administered_by else ""
    )
    return Value(city.name, _joined(where, administered), path=routes.city(city.id))


def _location_texts(place: Location) -> tuple[str, str]:
    point = f"{place.lat}, {place.lon}" if place.lat is not None else ""
    text = _joined(place.name, point) or "not named"
    radius = f"within {place.radius_m} m" if place.radius_m else ""
    return text, _joined(place.role, PRECISION_WORDS.get(place.precision or "", ""), radius, place.method)


def _toll_rows(words: Words, toll: Casualties | None, bearing: dict[str, int]) -> Iterator[Fact]:
    for outcome in OUTCOMES:
        count = getattr(toll, outcome) if toll else None
        if count is None:
            if outcome in ALWAYS_TOLD:
                yield Fact(OUTCOME_LABELS[outcome], (Value("not reported"),))
            continue
        text = "nobody" if count.high == 0 else words.count_text(count)
        number = bearing.get(outcome, 0)
        note = f"borne out by {number} independent {'source' if number == 1 else 'sources'}" if number else UNBORNE
        groups = [Value(f"{words.count_text(n)} {group}", "of these") for group, n in _groups(toll, outcome)]
        yield Fact(OUTCOME_LABELS[outcome], (Value(text, note), *groups))


def _groups(toll: Casualties | None, outcome: Outcome) -> list[tuple[str, Count]]:
    parts = toll.of_which.items() if toll else ()
    return [(group, getattr(part, outcome)) for group, part in parts if getattr(part, outcome) is not None]


def _actor_value(actor: Actor) -> Value:
    position = POSITION_WORDS[actor.position] if actor.position else ""
    basis = f"according to {actor.basis}" if actor.basis else ""
    return Value(actor.who, _joined(ROLE_WORDS[actor.role], actor.confidence, basis, position))


def _joined(*parts: str | None) -> str:
    return "; ".join(p for p in parts if p)


# ---------------------------------------------------------------- one value in words


def damage_text(words: Words, damage: Damage) -> str:
    """`6 × apartment building, windows`."""
    what = damage.what if damage.count is None else f"{words.count_text(damage.count)} × {damage.what}"
    return f"{what}, {damage.part}" if damage.part else what


def weapon_text(words: Words, weapon: Weapon) -> str:
    kind = weapon.kind if weapon.count is None else f"{words.count_text(weapon.count)} × {weapon.kind}"
    return f"{kind} ({weapon.model})" if weapon.model else kind


def target_text(target: Target) -> str:
    return f"{target.name} ({target.kind})" if target.name else target.kind


# ---------------------------------------------------------------- claims


class Chip(msgspec.Struct, frozen=True):
    """One thing a source says: a label and a text; `beyond` is the number of the origin that does not say so, for a copy."""

    label: str
    text: str
    beyond: int = 0


def chips_of(site: Site, says: Says | None) -> tuple[Chip, ...]:
    """What a source says, in the order of the entry's own keys."""
    return tuple(_chips(site, says)) if says is not None else ()


def _chips(site: Site, says: Says) -> Iterator[Chip]:
    words = site.words
    if says.date:
        yield Chip("date", words.date_text(says.date))
    if says.time:
        yield Chip(
            {"alert": "alert", "statement": "statement"}.get(says.time_of or "", "time"), words.time_text(says.time)
        )
    if says.city:
        yield Chip("place", ", ".join(says.city))
    if says.kind:
        yield Chip("kind", site.kinds[says.kind].label if says.kind in site.kinds else says.kind)
    yield from _toll_chips(words, says.casualties, "")
    for group, toll in says.casualties.of_which.items() if says.casualties else ():
        yield from _toll_chips(words, toll, f" {group}")
    for damage in says.damage:
        yield Chip("damage", _noted(damage_text(words, damage), damage.severity, damage.note))
    for weapon in says.weapons:
        yield Chip("weapon", _noted(weapon_text(words, weapon), weapon.confidence))
    for target in says.targets:
        yield Chip("target", _noted(target_text(target), f"hit: {target.hit}" if target.hit else None))
    for actor in says.actors:
        yield Chip(ROLE_WORDS[actor.role], _noted(actor.who, actor.basis, POSITION_WORDS.get(actor.position or "")))
    for place in says.locations:
        yield Chip("location", _noted(*_location_texts(place)))


def _toll_chips(words: Words, toll: Toll | None, group: str) -> Iterator[Chip]:
    for outcome in OUTCOMES:
        count = getattr(toll, outcome) if toll else None
        if count is not None:
            yield Chip(f"{outcome}{group}", words.count_text(count))


def _noted(text: str, *notes: str | None) -> str:
    told = ", ".join(n for n in notes if n)
    return f"{text} ({told})" if told else text
