"""Single values of an incident in words: things, places, parties, and what a field is called."""

from __future__ import annotations

from ..claims import Field
from ..model import Damage, Location, Outcome, Target, Weapon
from ..words import Words

OUTCOME_LABELS: dict[Outcome, str] = {
    "killed": "Killed",
    "injured": "Injured",
    "missing": "Missing",
    "detained": "Detained",
    "evacuated": "Evacuated",
}
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
FIELD_LABELS = {
    "date": "Date",
    "place": "Place",
    "kind": "Kind",
    "attributed": "Attributed to",
    "order": "Order of events",
}
TIMES = {"": "Time", "statement": "Time of the statement", "alert": "Time of the alert"}


def field_label(field: Field) -> str:
    """What a field is called where it stands alone: `Injured, children`, `Damage: house, roof`, with the scope of a count."""
    scope = f" ({field.scope})" if field.scope else ""
    part = f", {field.part}" if field.part else ""
    match field.topic:
        case "casualties":
            return f"{OUTCOME_LABELS[field.name]}{part}{scope}"  # type: ignore[index]
        case "time":
            return TIMES[field.name]
        case "damage" | "weapons":
            return f"{field.topic.capitalize()}: {field.name}{part}{scope}"
        case "targets":
            return f"Target: {field.name}"
        case "position":
            return f"What is said of {field.name}"
    return FIELD_LABELS[field.topic]


def damage_text(words: Words, damage: Damage) -> str:
    """`6 × apartment building, windows`."""
    what = damage.what if damage.count is None else f"{words.count_text(damage.count)} × {damage.what}"
    return f"{what}, {damage.part}" if damage.part else what


def weapon_text(words: Words, weapon: Weapon) -> str:
    kind = weapon.kind if weapon.count is None else f"{words.count_text(weapon.count)} × {weapon.kind}"
    return f"{kind} ({weapon.model})" if weapon.model else kind


def target_text(target: Target) -> str:
    return f"{target.name} ({target.kind})" if target.name else target.kind


def location_texts(place: Location) -> tuple[str, str]:
    point = f"{place.lat}, {place.lon}" if place.lat is not None else ""
    text = joined(place.name, point) or "not named"
    radius = f"within {place.radius_m} m" if place.radius_m else ""
    return text, joined(place.role, PRECISION_WORDS.get(place.precision or "", ""), radius, place.method)


def joined(*parts: str | None) -> str:
    return "; ".join(p for p in parts if p)
