"""Nights as days show them: each stands as one, from 20:00 to 08:00, on the page of its evening; its morning leads there."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from markupsafe import Markup

from .. import routes
from ..chronicle import OnDay
from ..words import Words
from .base import Link
from .cards import Card
from .desk import Desk
from .heat import tally_text
from .hours import NIGHT_HOURS, strip_of
from .late import Late
from .rows import Density, Rows, rows_of

_ONE_DAY = datetime.timedelta(days=1)


class NightSeen(msgspec.Struct, frozen=True):
    """A night as seen from the page of a day: how many entries it has, and the page that shows it as one, if not this one."""

    evening: date
    certain: int
    possible: int
    elsewhere: str


class NightView(msgspec.Struct, frozen=True, kw_only=True):
    """A night that begins on this day, shown as one: from 20:00 to 08:00."""

    strip: Late[Markup]
    certain: Rows
    possible: Rows


class NightLine(msgspec.Struct, frozen=True):
    """What the page of a day says of a night, and the page that shows it as one, if not this one."""

    text: str
    link: Link | None


# ---------------------------------------------------------------- plan


def nights_of(desk: Desk, day: date) -> tuple[NightSeen, ...]:
    """The night that ended on the morning of a day and the one that begins on its evening, where they have entries."""
    evenings = (evening for evening in (day - _ONE_DAY, day) if evening in desk.chronicle.nights)
    return tuple(_night_seen(desk, evening, day) for evening in evenings)


def _night_seen(desk: Desk, evening: date, day: date) -> NightSeen:
    found = desk.chronicle.nights[evening]
    certain = sum(on.certainty == "certain" for on in found)
    elsewhere = f"{routes.day(evening)}#night" if evening != day and evening in desk.chronicle.days else ""
    return NightSeen(evening, certain, len(found) - certain, elsewhere)


def night_here(desk: Desk, day: date) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """The certain and possible entries of the night that begins on a day, where some do not stand on the day itself; else none."""
    found = desk.chronicle.nights.get(day, ())
    on_day = {on.id for on in desk.chronicle.days[day]}
    return split(desk, found) if any(on.id not in on_day for on in found) else ((), ())


def split(desk: Desk, found: Iterable[OnDay]) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """The certain and the possible ones of some entries."""
    shown = tuple(found)
    sure, maybe = ([on.id for on in shown if on.certainty == c] for c in ("certain", "possible"))
    return desk.cards_for(sure), desk.cards_for(maybe)


# ---------------------------------------------------------------- view


def night_lines(words: Words, nights: Sequence[NightSeen], day: date, is_shown: bool) -> tuple[NightLine, ...]:
    """What the page of a day says of its nights; `is_shown` where the night that begins on the day stands on it as one."""
    return tuple(_night_line(words, night, day, is_shown) for night in nights)


def _night_line(words: Words, night: NightSeen, day: date, is_shown: bool) -> NightLine:
    counted = tally_text(words, night.certain, night.possible)
    if is_shown and night.evening == day:
        return NightLine(f"It has {counted}.", None)
    when = "began on this evening" if night.evening == day else "ended on this morning"
    told = f"{capital(words.night_text(night.evening))}, which {when}: {counted}"
    if night.elsewhere:
        return NightLine(f"{told}.", Link("See it as one", night.elsewhere))
    return NightLine(f"{told}, {'listed above' if night.certain + night.possible == 1 else 'all listed above'}.", None)


def night_view(
    words: Words, evening: date, certain: Sequence[Card], possible: Sequence[Card], density: Density, root: str
) -> NightView | None:
    """A night as one; none where it has no entry beside those of its evening."""
    if not certain and not possible:
        return None
    strip = Late(strip_of, certain, evening, NIGHT_HOURS, f"The hours of {words.night_text(evening)}", root, "night")
    return NightView(strip=strip, certain=rows_of(certain, density), possible=rows_of(possible, density))


def capital(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]
