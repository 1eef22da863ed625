"""The page of one day: its hours, what is on it and what may be, its nights as one, its cities and the days around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

import msgspec
from markupsafe import Markup

from .. import routes
from ..dates import certainty_on, possible_days
from ..edtf import Edtf, day_date
from ..locales import calendar_text, patterns_of
from ..model import Page
from ..words import Words
from .almanac import tally_of
from .base import DATES, HOME, Count, Head, Link, Site, head
from .cards import Card
from .desk import Desk
from .evening import Evening, EveningView, evening_of, evening_view
from .hours import DAY_HOURS, strip_of, untimed
from .late import Late
from .ledes import cities_text, harm_text, incidents_text, sentences
from .nights import NightLine, NightSeen, NightView, capital, night_here, night_lines, night_view, nights_of, split
from .rows import IN_ORDER, Cities, Rows, cities_of, density_of, rows_of
from .sums import Stat, Sums, notes_of, stats_of, sums_of

YEARS_EACH_WAY = 4
"""So many other years with this day are named, before and after it: adding an entry changes few pages."""


Alike = Callable[[], Mapping[tuple[int, int], Sequence[date]]]


class Around(msgspec.Struct, frozen=True):
    """What lies around a day: the days with entries before and after it, the same day in other years, its waves."""

    before: Link | None
    after: Link | None
    years: tuple[Count, ...]
    waves: tuple[Link, ...]


class DayView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of a day."""

    head: Head
    title: str
    lede: str
    stats: Late[tuple[Stat, ...]]
    notes: Late[tuple[str, ...]]
    rule: str
    around: Around
    strip: Late[Markup]
    strip_note: Late[str]
    certain: Rows
    possible: Rows
    nights_title: str
    nights: Late[tuple[NightLine, ...]]
    night: NightView | None
    evening: Late[EveningView | None]
    cities: Late[Cities]
    years_title: str
    month: Link
    year: Link


# ---------------------------------------------------------------- plan


def pages(desk: Desk) -> Iterator[Page]:
    """A page for every day on which an entry stands, certainly or possibly."""
    days = list(desk.chronicle.days)
    alike = cache(partial(_by_day_of_year, days))
    for day, before, after in zip(days, [None, *days], [*days[1:], None], strict=False):
        yield desk.page(routes.day(day), "day.html", day_view, partial(_parts, desk, day, before, after, alike))


def _parts(desk: Desk, day: date, before: date | None, after: date | None, alike: Alike) -> tuple[Any, ...]:
    """All that the page of a day is made from."""
    certain, possible = split(desk, desk.chronicle.days[day])
    c = desk.chronicle
    sure, maybe = (c.published(on.id for on in c.days[day] if on.certainty == how) for how in ("certain", "possible"))
    around = Around(
        _day_link(desk, before), _day_link(desk, after), _other_years(desk, day, alike()), _waves(desk, day)
    )
    night = (nights_of(desk, day), *night_here(desk, day))
    return day, certain, possible, sums_of(sure, maybe), around, *night, evening_of(desk, day)


def _day_link(desk: Desk, day: date | None) -> Link | None:
    return Link(desk.site.words.date_text(day_date(day)), routes.day(day)) if day else None


def _by_day_of_year(days: Iterable[date]) -> dict[tuple[int, int], list[date]]:
    """Month and day to the days with entries that are called so, earliest first."""
    found: dict[tuple[int, int], list[date]] = defaultdict(list)
    for day in days:
        found[day.month, day.day].append(day)
    return found


def _other_years(desk: Desk, day: date, alike: Mapping[tuple[int, int], Sequence[date]]) -> tuple[Count, ...]:
    """The nearest other years in which the same day has entries, newest first."""
    found = alike[day.month, day.day]
    earlier, later = [d for d in found if d < day], [d for d in found if d > day]
    near = [*earlier[-YEARS_EACH_WAY:], *later[:YEARS_EACH_WAY]]
    tallies = (tally_of(desk.chronicle, other) for other in reversed(near))
    return tuple(
        Count(Link(desk.site.words.date_text(day_date(t.day)), routes.day(t.day)), t.certain, t.possible)
        for t in tallies
    )


def _waves(desk: Desk, day: date) -> tuple[Link, ...]:
    """The waves that the entries of a day and of the night after it belong to and whose own date covers the day."""
    c = desk.chronicle
    near = (*c.days[day], *c.nights.get(day, ()))
    found = dict.fromkeys(wave for on in near for wave in c.entries[on.id].waves)
    return desk.links(f"wave:{w}" for w in found if c.waves[w].kind != "topic" and certainty_on(c.waves[w].date, day))


def has_certain_day(edtf: Edtf) -> bool:
    """Whether a date names a day that is certain."""
    return any(certainty_on(edtf, day) == "certain" for day in possible_days(edtf))


# ---------------------------------------------------------------- view


def day_view(
    site: Site, path: str, day: date, certain: tuple[Card, ...], possible: tuple[Card, ...], sums: Sums, around: Around,
    nights: tuple[NightSeen, ...], night_certain: tuple[Card, ...], night_possible: tuple[Card, ...],
    evening: Evening | None,
) -> DayView:  # fmt: skip
    """The page of a day. A night stands whole on the page of its evening; the page of the morning leads there."""
    words, root = site.words, routes.root_of(path)
    plain = words.date_text(day_date(day))
    title = f"{words.weekday(day)}, {plain}"
    month, year = (
        Link(words.month_name(day.year, day.month), routes.month(day.year, day.month)),
        Link(str(day.year), routes.year(day.year)),
    )
    density = density_of([*certain, *possible, *night_certain, *night_possible])
    where = sentences("on this day", cities_text(words, certain))
    lede = f"{incidents_text(words, sums.incidents, sums.possible, where)}."
    night = night_view(words, day, night_certain, night_possible, density, root)
    strip = Late(strip_of, certain, day, DAY_HOURS, f"The hours of {plain}", root, "on")
    return DayView(
        head=head(
            site,
            path,
            title,
            sentences(lede, harm_text(words, sums)),
            section="dates",
            crumbs=(HOME, DATES, year, month),
        ),
        title=title,
        lede=lede,
        stats=Late(stats_of, words, sums),
        notes=Late(notes_of, words, sums),
        rule=IN_ORDER,
        around=around,
        strip=strip,
        strip_note=Late(_strip_note, words, certain, len(possible)),
        certain=rows_of(certain, density),
        possible=rows_of(possible, density),
        nights_title=capital(words.night_text(day)) if night else "The nights of this day",
        nights=Late(night_lines, words, nights, day, night is not None),
        night=night,
        evening=Late(evening_view, words, evening),
        cities=Late(cities_of, certain, possible),
        years_title=f"{_yearless(words, day)} in other years",
        month=month,
        year=year,
    )


def _strip_note(words: Words, certain: tuple[Card, ...], possible: int) -> str:
    """What the strip does not show."""
    silent = untimed(certain)
    no_hour = f"{words.number_text(silent)} without an hour of their own" if silent else ""
    no_day = f"{words.number_text(possible)} that may be of another day" if possible else ""
    missing = words.list_text([part for part in (no_hour, no_day) if part])
    return f"Local time of each place. Not drawn: {missing}." if missing else "Local time of each place."


def _yearless(words: Words, day: date) -> str:
    """`15 December`, where the language can leave out the year."""
    patterns = patterns_of(words.lang, "long")
    return calendar_text(day, patterns.yearless_day or patterns.day, words.lang)
