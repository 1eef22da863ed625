"""Lists that may grow long: rows newest first under years or months, and a page for each year where there are too many for one.

A list of too many rows shows its newest rows and links to the pages of its years; a year that is still too long
does the same with its months. So no page grows without end, and a new entry changes few pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

import msgspec

from .. import routes
from ..model import Page
from ..words import Words
from .base import Count, Head, Link, Site, head
from .desk import Desk
from .late import Late
from .manners import FEW_ROWS, Manner, is_split, year_path, year_title
from .rows import RULE, Density
from .slots import Slot
from .sums import Stat, Sums, notes_of, stats_of

MOST_LATEST = 50
"""So many of the newest rows stand on the first page of a list that is split."""

Beside = Callable[[int, Sequence[Any], Sequence[Any]], tuple[Any, ...]]
"""What gives the parts of a page beside its rows, for its year and the rows that certainly and possibly belong to its time."""

SURE_OF_YEAR, SURE_OF_MONTH = attrgetter("is_sure_of_year"), attrgetter("is_sure_of_month")
NO_STATS: Late[tuple[Any, ...]] = Late(tuple)


class Section(msgspec.Struct, frozen=True):
    """Rows under a heading, certainly or possibly of its time; no heading where the title is empty.

    `density` says whether the rows are whole lines; `calendar` leads to the page of the same time.
    """

    title: str
    id: str
    rows: tuple[Any, ...]
    density: Density = "full"
    certain: int = 0
    possible: int = 0
    calendar: Link | None = None


class About(msgspec.Struct, frozen=True):
    """The list that a page is a part of: what it lists, its first page, and the crumbs down to that page."""

    title: str
    path: str
    section: str
    crumbs: tuple[Link, ...]
    feed: Link | None = None


class PartView(msgspec.Struct, frozen=True):
    """One year or month of a list."""

    head: Head
    title: str
    lede: str
    sections: tuple[Section, ...]
    months: tuple[Count, ...]
    before: Link | None
    after: Link | None
    stats: Late[tuple[Stat, ...]] = NO_STATS
    notes: Late[tuple[str, ...]] = NO_STATS


# ---------------------------------------------------------------- the first page


def shown(manner: Manner, rows: Sequence[Any]) -> tuple[Any, ...]:
    """The rows of the first page: all, or the newest of a list that is split."""
    return tuple(rows[:MOST_LATEST] if is_split(manner, rows) else rows)


def year_counts(manner: Manner, path: str, rows: Sequence[Any]) -> tuple[Count, ...]:
    """Links from the first page to the pages of the years; none where the list is not split."""
    if not is_split(manner, rows):
        return ()
    years = by_number(rows, lambda row: manner.slot(row).year)
    return tuple(
        _count(
            Link(year_title(manner, year), year_path(manner, path, year)),
            [manner.slot(r).is_sure_of_year for r in found],
        )
        for year, found in years.items()
    )


def sections_of(manner: Manner, rows: Sequence[Any], years: Sequence[Count]) -> tuple[Section, ...]:
    """The rows of a first page by year; under no heading where they are few or only the newest of a list that is split."""
    if years or len(rows) <= FEW_ROWS:
        return (Section("", "", tuple(rows), manner.density(rows)),) if rows else ()
    density = manner.density(rows)
    found = by_number(rows, lambda row: manner.slot(row).year)
    return tuple(_year_section(manner, density, year, of_year) for year, of_year in found.items())


def _year_section(manner: Manner, density: Density, year: int, rows: tuple[Any, ...]) -> Section:
    sure = sum(manner.slot(row).is_sure_of_year for row in rows)
    calendar = Link(f"{year} as a calendar", routes.year(year)) if year and manner.has_calendar else None
    return Section(year_title(manner, year), f"y{year or manner.rest}", rows, density, sure, len(rows) - sure, calendar)


# ---------------------------------------------------------------- the pages of years and months


def _nothing(year: int, certain: Sequence[Any], possible: Sequence[Any]) -> tuple[Any, ...]:
    return ()


def part_pages(
    desk: Desk,
    manner: Manner,
    rows: Sequence[Any],
    about: About,
    template: str,
    view: Callable[..., Any],
    beside: Beside = _nothing,
) -> Iterator[Page]:
    """A page for each year of a list that is split, and for each month of a year that is too long for its page.

    Each is made from its place in the list, its rows, and what stands `beside` them.
    """
    made = partial(_parts, beside, manner.slot)
    if not is_split(manner, rows):
        return
    years = by_number(rows, lambda row: manner.slot(row).year)
    steps = [Link(year_title(manner, year), year_path(manner, about.path, year)) for year in reversed(years)]
    for year, found in years.items():
        path = year_path(manner, about.path, year)
        around = _around(steps, path)
        if not year or len(found) <= manner.limit:
            whole_year = (about, year, 0, found, (), *around)
            yield desk.page(path, template, view, partial(made, SURE_OF_YEAR, found, whole_year))
            continue
        months = by_number(found, lambda row: manner.slot(row).month)
        rest = months.pop(0, ())
        counts = tuple(_month_count(desk.site.words, manner, path, year, month, of) for month, of in months.items())
        of_year = (about, year, 0, rest, counts, *around)
        yield desk.page(path, template, view, partial(made, SURE_OF_YEAR, found, of_year))
        turns = [count.link for count in reversed(counts)]
        for month, of_month in months.items():
            there = _month_path(path, month)
            alone = (about, year, month, of_month, (), *_around(turns, there))
            yield desk.page(there, template, view, partial(made, SURE_OF_MONTH, of_month, alone))


def _parts(
    beside: Beside, slot: Callable[[Any], Slot], sure: Callable[[Slot], bool], found: Sequence[Any], parts: Any
) -> Any:
    """What the page of the rows found is made from: the parts given, and what stands beside them."""
    halves = ([row for row in found if sure(slot(row)) == is_sure] for is_sure in (True, False))
    return *parts, *beside(parts[1], *halves)


def part_view(
    manner: Manner, site: Site, path: str, about: About, year: int, month: int, rows: tuple[Any, ...], months: tuple[Count, ...],
    before: Link | None, after: Link | None, sums: Sums | None = None,
) -> PartView:  # fmt: skip
    """One year or month of a list, with its rows by month."""
    when = site.words.month_name(year, month) if month else year_title(manner, year)
    title = f"{about.title}: {when}"
    lede = "Each month has a page of its own." if months else RULE if manner.has_calendar else "Newest first."
    return PartView(
        head=head(site, path, title, f"{title}. {lede}", section=about.section, crumbs=about.crumbs, feed=about.feed),
        title=title,
        lede=lede,
        sections=_sections_by_month(manner, site.words, year, month, rows),
        months=months,
        before=before,
        after=after,
        stats=Late(stats_of, site.words, sums) if sums else NO_STATS,
        notes=Late(notes_of, site.words, sums) if sums else NO_STATS,
    )


def _sections_by_month(
    manner: Manner, words: Words, year: int, month: int, rows: tuple[Any, ...]
) -> tuple[Section, ...]:
    if month or not year:
        return (Section("", "", rows, manner.density(rows)),) if rows else ()
    months = by_number(rows, lambda row: manner.slot(row).month)
    density = manner.density(rows)
    return tuple(_month_section(manner, density, words, year, m, found) for m, found in months.items())


def _month_section(
    manner: Manner, density: Density, words: Words, year: int, month: int, rows: tuple[Any, ...]
) -> Section:
    sure = sum((SURE_OF_MONTH if month else SURE_OF_YEAR)(manner.slot(row)) for row in rows)
    title = words.month_name(year, month) if month else manner.rest_of_months
    calendar = Link(f"{title} as a calendar", routes.month(year, month)) if month and manner.has_calendar else None
    return Section(title, f"m{month:02}", rows, density, sure, len(rows) - sure, calendar)


def by_number(rows: Iterable[Any], key: Callable[[Any], int]) -> dict[int, tuple[Any, ...]]:
    """Rows by number, the highest first and 0 last, in their own order."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return {number: tuple(found[number]) for number in sorted(found, reverse=True)}


def _month_count(words: Words, manner: Manner, path: str, year: int, month: int, rows: Sequence[Any]) -> Count:
    link = Link(words.month_name(year, month), _month_path(path, month))
    return _count(link, [manner.slot(row).is_sure_of_month for row in rows])


def _count(link: Link, are_sure: Sequence[bool]) -> Count:
    return Count(link, sum(are_sure), len(are_sure) - sum(are_sure))


def _month_path(year_path: str, month: int) -> str:
    return f"{year_path.removesuffix('.html')}-{month:02}.html"


def _around(steps: Sequence[Link], path: str) -> tuple[Link | None, Link | None]:
    """What comes before and after a page, in the order of time."""
    around = [None, *steps, None]
    at = next(n for n, step in enumerate(around) if step is not None and step.path == path)
    return around[at - 1], around[at + 1]
