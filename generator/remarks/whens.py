"""Remarks on dates and times: what a time is the time of, and reports that are too early or too late for their incident."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from ..chronicle import Chronicle, Linked
from ..ledger import Cited
from ..model import Parsed
from ..problems import WHOLE_FILE, Problem
from ..resolving import source_name
from .remark import as_written, file_of, remark

LATE_DAYS = 90
"""A first report so many days after its incident is more often a slip in a year or month than a discovery."""

LATE_BY_NATURE = ("database", "document", "encyclopaedia", "satellite", "testimony")
"""Kinds of source that come long after what they tell of."""

ONE_DAY = datetime.timedelta(days=1)
"""Reports from places behind in time carry the day before."""

CLOCK_FORMS = ("exact", "window", "before", "after")
"""Times of a clock, as posts and alerts have them; one that is only about is hardly that of a post."""


def time_of_unsaid(chronicle: Chronicle, entry: Linked) -> Iterator[Problem]:
    """A time of the clock says whether it is that of the event, of a statement or of an alert."""
    time, file = entry.incident.time, file_of(chronicle, entry)
    if time and time.form in CLOCK_FORMS and not _is_written(file, "time_of"):
        message = f"{time.text} is taken as the time of the event: it may be that of a post or an alert"
        yield remark("time-of-unsaid", file, "time", message, "write time_of: event, statement or alert")


def _is_written(file: Parsed, key: str) -> bool:
    """Whether a key of the first level stands in a file."""
    return file.span(key) != WHOLE_FILE


def source_before_event(chronicle: Chronicle, entry: Linked) -> Iterator[Problem]:
    """No source tells of an incident before its earliest day; one that claims nothing may be about what went before."""
    earliest = entry.incident.date.earliest
    early = [cited for cited in entry.sources if earliest and _before(cited, earliest)]
    if not early or earliest is None:
        return
    known = {(cited.name, cited.citation.as_of): cited for cited in early}
    file, are_all = file_of(chronicle, entry), len(early) == len(entry.sources)
    for n, citation in enumerate(as_written(chronicle, entry).sources, 1):
        cited = known.get((source_name(citation), citation.as_of))
        if cited and (citation.says or are_all):
            message = f"is of {_before(cited, earliest)}, and the incident of {entry.incident.date.text}"
            yield remark("source-before-event", file, f"sources.{n}", message, "look at the year and month of both")


def _before(cited: Cited, earliest: datetime.date) -> str:
    """What a source writes as its own day, where that is before the earliest day of its incident; else empty."""
    moments = (cited.citation.as_of, cited.document.published)
    return next((m.text for m in moments if m is not None and m.day < earliest - ONE_DAY), "")


def sources_long_after(chronicle: Chronicle, entry: Linked) -> Iterator[Problem]:
    """The first report of an incident is not long after it, unless its kind is."""
    latest = entry.incident.date.latest
    timely = [cited for cited in entry.sources if cited.document.kind not in LATE_BY_NATURE]
    first = _first_day(timely)
    if latest is None or first is None or len(timely) < len(entry.sources):
        return
    days = (first - latest).days
    if days > LATE_DAYS:
        message = f"{entry.incident.date.text} is {days:,} days before the first source, of {first}"
        yield remark("sources-long-after", file_of(chronicle, entry), "date", message, "look at the year and month")


def _first_day(sources: Sequence[Cited]) -> datetime.date | None:
    """The day of the earliest report; None where one is undated, as it might be earlier."""
    days = [cited.document.published.day for cited in sources if cited.document.published]
    return min(days) if days and len(days) == len(sources) else None
