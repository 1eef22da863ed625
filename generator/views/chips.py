"""What a source claims, as pairs of a label and a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ..model import OUTCOMES, Says, Toll
from ..words import Words
from .base import Site
from .things import POSITION_WORDS, ROLE_WORDS, damage_text, location_texts, target_text, weapon_text


class Chip(msgspec.Struct, frozen=True):
    """One thing a source says: a label and a text; the label is empty where that before it stands for both."""

    label: str
    text: str


def once_labelled(chips: Sequence[Chip]) -> tuple[Chip, ...]:
    """Chips of which each label stands once, before the first that it is of."""
    return tuple(
        Chip("", chip.text) if n and chips[n - 1].label == chip.label else chip for n, chip in enumerate(chips)
    )


def chips_of(site: Site, says: Says | None, titles: Mapping[str, str]) -> tuple[Chip, ...]:
    """What a source says, in the order of the entry's own keys; `titles` are those of other incidents by id."""
    return (*_chips(site, says), *_order_chips(says, titles)) if says is not None else ()


def _order_chips(says: Says, titles: Mapping[str, str]) -> Iterator[Chip]:
    """What its counts are of, and the incidents that it has before or after this one."""
    if says.scope:
        yield Chip("counted", says.scope)
    yield from (Chip("before", titles[id]) for id in says.before if id in titles)
    yield from (Chip("after", titles[id]) for id in says.after if id in titles)


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
        yield Chip("location", _noted(*location_texts(place)))


def _toll_chips(words: Words, toll: Toll | None, group: str) -> Iterator[Chip]:
    for outcome in OUTCOMES:
        count = getattr(toll, outcome) if toll else None
        if count is not None:
            yield Chip(f"{outcome}{group}", words.count_text(count))


def _noted(text: str, *notes: str | None) -> str:
    told = ", ".join(n for n in notes if n)
    return f"{text} ({told})" if told else text
