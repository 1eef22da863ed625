"""What was known that evening: what the sources of a day's entries had said by its end, where that is not what they say today."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from .. import routes
from ..chronicle import Linked
from ..counts import Count
from ..former import Figure, days_of, figures_of, figures_on, of_people, said_on
from ..model import Toll
from ..words import Words
from .cards import Card, harm_phrase
from .desk import Desk

MOST_MOVED = 12
"""So many entries whose figures have changed since stand on the page of a day."""

NOTHING = "no number"


class Moved(NamedTuple):
    """An entry whose figures have changed since: what was given by the evening, and the page of what was known then, if there is one."""

    card: Card
    killed: Count | None
    injured: Count | None
    path: str


class Evening(NamedTuple):
    """What had been said of the entries of a day by its end: of how many, of how many not yet, and of how many nobody can tell."""

    moved: tuple[Moved, ...]
    more: int
    told: int
    later: int
    undated: int


class EveningLine(msgspec.Struct, frozen=True):
    """An entry with what was known of it then, and what is known today."""

    card: Card
    then: str
    now: str
    path: str


class EveningView(msgspec.Struct, frozen=True):
    """What was known that evening, in words."""

    lede: str
    lines: tuple[EveningLine, ...]
    rest: str


def evening_of(desk: Desk, day: datetime.date) -> Evening | None:
    """What had been said by the end of a day of what stands on its page; nothing where no source gives a dated figure."""
    entries = desk.chronicle.published(on.id for on in desk.chronicle.days[day])
    if not any(_gives_figures(entry) for entry in entries):
        return None
    first = {entry.id: _first_said(entry) for entry in entries}
    told = [e for e in entries if (said := first[e.id]) is not None and said <= day]
    undated = sum(said is None for said in first.values())
    moved = [found for entry in told if _gives_figures(entry) and (found := _moved(desk, entry, day)) is not None]
    return Evening(
        tuple(moved[:MOST_MOVED]),
        len(moved[MOST_MOVED:]),
        len(told),
        len(entries) - len(told) - undated,
        undated,
    )


def _gives_figures(entry: Linked) -> bool:
    """Whether a source of an entry gives a figure of people that is dated."""
    said = ((cited.citation.says, cited) for cited in entry.sources)
    return any(says is not None and says.casualties is not None and said_on(cited) is not None for says, cited in said)


def _first_said(entry: Linked) -> datetime.date | None:
    """The first day on which a source of an entry said anything, as far as they are dated."""
    return min((moment.day for cited in entry.sources if (moment := said_on(cited)) is not None), default=None)


def _moved(desk: Desk, entry: Linked, day: datetime.date) -> Moved | None:
    """An entry if the figures of its sources are not those of that evening any more."""
    ledger = of_people(desk.chronicle.ledger(entry.id))
    then, now = _headline(figures_on(ledger, day)), _headline(figures_of(ledger))
    if then == now:
        return None
    first = max((d for d in days_of(entry.incident, entry.sources) if d <= day), default=None)
    path = routes.incident_on(entry.id, first) if first else ""
    return Moved(desk.cards[entry.id], then.get("killed"), then.get("injured"), path)


def _headline(figures: Iterable[Figure]) -> dict[str, Count]:
    """The dead and the injured in all."""
    return {f.field.name: f.count for f in figures if not f.field.part and f.field.name in ("killed", "injured")}


# ---------------------------------------------------------------- in words


def evening_view(words: Words, evening: Evening | None) -> EveningView | None:
    """What was known that evening; nothing where nobody can tell."""
    if evening is None:
        return None
    lines = tuple(EveningLine(m.card, _harm(words, m.killed, m.injured), m.card.harm, m.path) for m in evening.moved)
    return EveningView(_lede(words, evening), lines, _rest(words, evening))


def _harm(words: Words, killed: Count | None, injured: Count | None) -> str:
    """Harm in a few words; where only nobody's death is told, that nothing is told of the injured."""
    if killed is None and injured is None:
        return NOTHING
    return harm_phrase(words, Toll(killed=killed, injured=injured))


def _lede(words: Words, evening: Evening) -> str:
    """Of how many entries anything had been said."""
    total = evening.told + evening.later + evening.undated
    entries = words.plural(total, one="the one entry of this day", other="the {} entries of this day")
    if not evening.told:
        return f"By the end of the day no source that is dated had spoken of {entries}."
    some = f"{words.number_text(evening.told)} of {entries}"
    whole = words.plural(total, one="the one entry of this day", other="all {} entries of this day")
    said = f"By the end of the day sources had spoken of {whole if evening.told == total else some}"
    return f"{said}. Changed since:" if evening.moved else f"{said}, with the figures of today."


def _rest(words: Words, evening: Evening) -> str:
    """What the list leaves out."""
    more = words.plural(evening.more, one="{} more has changed figures.", other="{} more have changed figures.")
    later = f"Of {words.number_text(evening.later)} nothing had been said yet."
    undated = f"Of {words.number_text(evening.undated)} no source is dated, so it cannot be told."
    told = ((evening.more, more), (evening.later, later), (evening.undated, undated))
    return " ".join(text for number, text in told if number)
