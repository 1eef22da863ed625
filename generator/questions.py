"""What has to be told to begin an entry, as a table of questions, each with what its answer makes of what is told so far.

Whoever asks (`interview`, or a command line that says all) only carries answers from one to the other.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from .answers import (
    kind_choices,
    take_city,
    take_date,
    take_headline,
    take_id,
    take_kind,
    take_publisher,
    take_same,
    take_seed,
    take_source,
    take_title,
)
from .dialogue import MOST_CHOICES, Begun, Question, Refusal, Taken
from .known import Known
from .newentry import id_of, likeness, similar
from .routes import is_slug


class Step(NamedTuple):
    """One key of the interview: whether it has to be told, what is asked, and what an answer makes of what is told so far."""

    key: str
    is_open: Callable[[Known, Begun], bool]
    question: Callable[[Known, Begun], Question]
    taken: Callable[[Known, Begun, str, datetime.date], Taken]


def next_question(known: Known, begun: Begun) -> Question | None:
    """The first question that is open."""
    for step in STEPS:
        if step.key not in begun.asked and not begun.dropped and step.is_open(known, begun):
            return step.question(known, begun)
    return None


def answered(known: Known, begun: Begun, key: str, text: str, today: datetime.date) -> Taken:
    """What is told with one more answer, or why it does not do."""
    (step,) = (step for step in STEPS if step.key == key)
    taken = step.taken(known, begun, text.strip(), today)
    return taken if isinstance(taken, Refusal) else msgspec.structs.replace(taken, asked=taken.asked | {key})


FIRST_SOURCE = "Of the first source: its address, or a part of the id or headline of its seed. Without one (Enter) this is a draft."


def _ask_source(known: Known, begun: Begun) -> Question:
    return Question("source", "Source", FIRST_SOURCE)


def _ask_seed(known: Known, begun: Begun) -> Question:
    how = "No seed holds this address, so the entry cites it as it is. With a seed of its own, others can cite it too."
    return Question("seed", "Write a seed, y or n", how, "n")


def _ask_publisher(known: Known, begun: Begun) -> Question:
    return Question("publisher", "Publisher", "Who published the report.", begun.seed.publisher if begun.seed else "")


def _ask_headline(known: Known, begun: Begun) -> Question:
    return Question("headline", "Headline", "That of the report. Enter for none.")


def _ask_title(known: Known, begun: Begun) -> Question:
    told = (begun.seed.title if begun.seed else "") or (begun.report.title if begun.report else "")
    return Question("title", "Title", suggestion=told)


def _ask_date(known: Known, begun: Begun) -> Question:
    day = begun.report.day if begun.report else ""
    of_report = f" The report is of {day}; the incident may have been earlier." if day else ""
    forms = "2025-12-15, 2025-12, [2025-12-14,2025-12-15] for one of two."
    return Question("date", "Date", f"As exactly as it is known: {forms}{of_report}", day)


def _ask_city(known: Known, begun: Begun) -> Question:
    city = begun.report.city if begun.report else ""
    of_report = f" The report names {known.cities[city].name}, and no other city that is known here." if city else ""
    return Question("city", "City", f"Any of its names, or a part of one.{of_report}", city)


def _ask_kind(known: Known, begun: Begun) -> Question:
    return Question("kind", "Kind", "Its number or name. Enter for none.", choices=kind_choices(known))


def needs_id(known: Known, begun: Begun) -> bool:
    """Whether no id can be made of what is told."""
    return bool(begun.wanted.title and begun.wanted.date) and not is_slug(id_of(known, begun.wanted))


def _ask_id(known: Known, begun: Begun) -> Question:
    how = "It will be a part of its address; none can be made of this title. a–z, 0–9 and single hyphens."
    return Question("id", "Id", how)


def _ask_same(known: Known, begun: Begun) -> Question:
    found = similar(known, begun.wanted)
    more = f"\n  … and {len(found) - MOST_CHOICES} more" if len(found) > MOST_CHOICES else ""
    listed = "\n".join(
        f"  {entry.date.text}  {entry.title} ({likeness(begun.wanted, entry)})\n    {entry.path}"
        for entry in found[:MOST_CHOICES]
    )
    return Question("same", "Write it all the same, y or n", f"This may be told already:\n{listed}{more}", "n")


STEPS = (
    Step("source", lambda known, begun: not begun.wanted.sources, _ask_source, take_source),
    Step("seed", lambda known, begun: begun.report is not None and not begun.report.is_seed, _ask_seed, take_seed),
    Step("publisher", lambda known, begun: begun.seed is not None, _ask_publisher, take_publisher),
    Step("headline", lambda known, begun: begun.seed is not None, _ask_headline, take_headline),
    Step("title", lambda known, begun: not begun.wanted.title, _ask_title, take_title),
    Step("date", lambda known, begun: not begun.wanted.date, _ask_date, take_date),
    Step("city", lambda known, begun: not begun.wanted.city, _ask_city, take_city),
    Step("kind", lambda known, begun: bool(known.kinds), _ask_kind, take_kind),
    Step("id", needs_id, _ask_id, take_id),
    Step("same", lambda known, begun: bool(similar(known, begun.wanted)), _ask_same, take_same),
)
"""The questions in the order in which they are asked: the report first, since it suggests the rest."""
