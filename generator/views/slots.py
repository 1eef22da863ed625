"""Where a row stands in a long list: in which year and month, and how surely."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from ..dates import PAGE_SPAN, certainty_within, extent
from ..edtf import Edtf
from .almanac import bounds_of


class Slot(NamedTuple):
    """Where a row stands: a year and a month, each 0 where it is not in one alone, and whether it certainly belongs there."""

    year: int
    month: int
    is_sure_of_year: bool = True
    is_sure_of_month: bool = True


def slot_of_date(date: Edtf) -> Slot:
    """The year and month of a date by its earliest day; none where it is spread over several and wider than `PAGE_SPAN` days."""
    if date.form == "day" and not date.qualified:
        return slot_of_day(date.earliest)
    first, last = extent(date)
    is_short = (last - first).days < PAGE_SPAN
    year = first.year if is_short or first.year == last.year else 0
    month = first.month if year and (is_short or first.month == last.month) else 0
    return Slot(
        year,
        month,
        _is_sure(date, f"{year:04}" if year else ""),
        _is_sure(date, f"{year:04}-{month:02}" if month else ""),
    )


def slot_of_day(day: datetime.date | None) -> Slot:
    """The year and month of a day, none for none."""
    return Slot(day.year, day.month) if day else Slot(0, 0)


def _is_sure(date: Edtf, home: str) -> bool:
    """Whether a date certainly belongs to a year or month; what belongs to none certainly does so."""
    return not home or certainty_within(date, *bounds_of(home)) == "certain"
