"""Entries on a strip of hours: those of a day, or of a night from 20:00 to 08:00."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup

from ..dates import NIGHT_END, NIGHT_START, span_days
from ..figures.charts import Hours, Timed, day_strip
from ..times import ABOUT_MINUTES, DAY_MINUTES, Time, crosses_midnight
from .cards import Card

DAY_HOURS = Hours(0, DAY_MINUTES, tuple((h * 60, f"{h:02}:00") for h in range(0, 25, 6)))
NIGHT_HOURS = Hours(NIGHT_START, NIGHT_END, tuple((h * 60, f"{h % 24:02}:00") for h in range(20, 33, 3)))

MOST_LABELLED, MOST_DRAWN = 16, 90
"""More times than these stand on a strip without labels, or are not drawn at all: the list below tells them."""

LONGEST_LABEL = 20
"""Letters that find room beside a time on a phone."""


def strip_of(cards: Sequence[Card], midnight: date, hours: Hours, title: str, root: str, rows: str) -> Markup:
    """The entries whose own hour is known, counted from the midnight at the beginning of a day; empty where there are none.

    Entries with one and the same time are drawn as one, which leads to `rows`, the anchor of their list.
    """
    groups: dict[tuple[Time, int], list[Card]] = defaultdict(list)
    for card in cards:
        for base in base_days(card):
            if card.time and card.time_of != "statement":
                groups[card.time, (base - midnight).days * DAY_MINUTES].append(card)
    events = [
        e for (time, shift), group in groups.items() if _is_on(e := _timed(time, shift, group, root, rows), hours)
    ]
    if not events or len(events) > MOST_DRAWN:
        return Markup("")
    return day_strip(title, events if len(events) <= MOST_LABELLED else _bare(events), hours)


def base_days(card: Card) -> tuple[date, ...]:
    """The days from whose midnight the time of an entry counts; none where its day is not certain."""
    edtf, time = card.date, card.time
    if time is None or edtf.qualified or edtf.earliest is None:
        return ()
    if edtf.form == "day" or (span_days(edtf) == 2 and crosses_midnight(time)):
        return (edtf.earliest,)
    if edtf.form == "all-of":
        return tuple(m.earliest for m in edtf.members if m.form == "day" and m.earliest)
    return ()


def untimed(cards: Iterable[Card]) -> int:
    """How many entries have no place on a strip: no time, no certain day for it, or only the time of a statement."""
    return sum(not base_days(card) or card.time_of == "statement" for card in cards)


def _timed(time: Time, shift: int, cards: Sequence[Card], root: str, rows: str) -> Timed:
    slack = ABOUT_MINUTES if time.form == "about" else 0
    start = time.start if time.start is not None else 0
    end = time.end if time.end is not None else DAY_MINUTES
    first = cards[0]
    places = ", ".join(dict.fromkeys(p.text for card in cards for p in card.places[:1]))
    is_one = len(cards) == 1
    return Timed(
        kind=time.form,
        start=shift + start - slack,
        end=shift + end + slack,
        title=f"{first.clock}: {first.title}" if is_one else f"{first.clock}: {len(cards)} entries: {places}",
        label=places if is_one or len(places) <= LONGEST_LABEL else f"{len(cards)} entries",
        href=root + first.path if is_one else f"#{rows}",
    )


def _is_on(event: Timed, hours: Hours) -> bool:
    """Whether more than an edge of it lies in these hours."""
    return event.start < hours.end and (event.end > hours.start or event.start == hours.start)


def _bare(events: Iterable[Timed]) -> list[Timed]:
    return [Timed(e.kind, e.start, e.end, e.title, "", e.href) for e in events]
