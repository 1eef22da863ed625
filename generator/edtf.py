"""Dates as far as they are known, written in EDTF (ISO 8601-2:2019, Library of Congress): levels 0 and 1, masks and sets of level 2."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise
from typing import Literal

import msgspec

from .days import dash_place, day_fault, hyphenated, likely_date, moved, plain_day, quoted
from .expressions import Expression
from .masks import bounds_of
from .problems import Fault

DateForm = Literal[
    "day", "month", "year", "decade", "century", "mask", "interval", "one-of", "all-of", "open", "unknown",
]  # fmt: skip


class Edtf(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A date as far as it is known, in a city's own zone.

    `text` is the canonical writing. `earliest` and `latest` bound the days it may mean; None is an end that is open or unknown.
    `members` are the two ends of an interval, or the members of a set by day; only there stand the forms `open` (`..`) and
    `unknown` (nothing written). `qualified` says that any `~ ? %` stands in it. A `mask` has digits unknown (`2025-07-2X`).
    """

    text: str
    earliest: datetime.date | None
    latest: datetime.date | None
    form: DateForm
    qualified: bool = False
    members: tuple[Edtf, ...] = ()


OPEN = Edtf("..", None, None, "open")
UNKNOWN = Edtf("", None, None, "unknown")


def day_date(day: datetime.date) -> Edtf:
    """The date that is this day and nothing else."""
    return Edtf(day.isoformat(), day, day, "day")


def parse_edtf(text: str) -> Edtf | Fault:
    """The date, or what is wrong with it; blanks around it, its slash and its commas do not count."""
    day = plain_day(text)
    if day is not None:
        return Edtf(text, day, day, "day")
    bare = text.strip()
    date = _date(bare)
    return moved(date, text.index(bare)) if isinstance(date, Fault) else date


def _date(text: str) -> Edtf | Fault:
    if dash_place(text) is not None:
        return _dash_fault(text)
    if text[:1] in _CLOSING:
        return _set(text)
    if text.count("/") == 1 and not likely_date(text):
        return _interval(text)
    return _point(text)


def _dash_fault(text: str) -> Fault:
    """A typographic dash, with the date that was meant: one in hyphens, or an interval in place of `a–b`."""
    place = dash_place(text) or 0
    meant = (hyphenated(text), f"{text[:place].strip()}/{text[place + 1 :].strip()}")
    dates = (_date(writing) for writing in meant if dash_place(writing) is None)
    good = next((date.text for date in dates if isinstance(date, Edtf)), "YYYY-MM-DD, or YYYY-MM-DD/YYYY-MM-DD")
    return Fault("bad-date", f"{quoted(text)} has a typographic dash", f"write {good}", place, 1)


# ---------------------------------------------------------------- a day, month, year or mask (sections 4.3 and 8.2)

_POINT = Expression(r"([0-9X]{4}(?:-[0-9X]{2}){0,2})([~?%]?)")
_MISPLACED = Expression(r"[~?%](?=[0-9X~?%-])")


def _point(text: str) -> Edtf | Fault:
    found = _POINT.fullmatch(text)
    if not found:
        return _qualifier_fault(text) if _MISPLACED.search(text) else _worded(text) or day_fault(text.rstrip("~?%"))
    bounds = bounds_of(found[1])
    return bounds if isinstance(bounds, Fault) else Edtf(text, *bounds, bool(found[2]))


def _qualifier_fault(text: str) -> Fault:
    """A sign of level 2, which belongs to a part of the date, or one sign after another."""
    place, signs = next(re.finditer("[~?%]", text)).start(), set(text) & set("~?%")
    meant = re.sub("[~?%]", "", text) + (text[place] if len(signs) == 1 else "%")
    hint = f"write {meant}" if _POINT.fullmatch(meant) else "write it once, after the date"
    return Fault(
        "bad-date", f"{quoted(text)}: ~ (about), ? (uncertain) or % (both) stands once, at the end", hint, place, 1
    )


_TWO = Expression(r"(\S+)(?:\s+(?:-|to|until|till|and|or)\s+|\.\.)(\S+)", re.IGNORECASE)
_ABOUT = Expression(r"(?:about|around|circa|ca?\.|approx\.?|~)\s*(.+)", re.IGNORECASE)


def _worded(text: str) -> Fault | None:
    """Two days with a word or a hyphen between them, or a day that is only about."""
    two, about = _TWO.fullmatch(text), _ABOUT.fullmatch(text)
    meant = ""
    if two and (first := _likely(two[1])) and (second := _likely(two[2])):
        meant = f"[{first},{second}]" if " or " in text.lower() else f"{first}/{second}"
    elif about and (day := _likely(about[1])):
        meant = f"{day}~"
    return Fault("bad-date", f"{quoted(text)} is not a date", f"write {meant}", 0, len(text)) if meant else None


def _likely(text: str) -> str | None:
    """A date as it is written here, or the one that a differently written text can mean."""
    return text if _POINT.fullmatch(text) and not isinstance(bounds_of(text), Fault) else likely_date(text)


# ---------------------------------------------------------------- intervals (sections 4.4 and 8.4.3)


def _interval(text: str) -> Edtf | Fault:
    first, _, second = text.partition("/")
    start, end = _end(first.strip()), _end(second.strip())
    if isinstance(start, Fault):
        return start
    place = len(text) - len(second.lstrip())
    if isinstance(end, Fault):
        return moved(_short_end_fault(start, second.strip(), text) or end, place)
    return _between(start, end, text, "/")


def _end(text: str) -> Edtf | Fault:
    return OPEN if text == ".." else _point(text) if text else UNKNOWN


def _between(start: Edtf, end: Edtf, text: str, sign: str) -> Edtf | Fault:
    """From one end to the other; a fault about the whole where they are in no order or say nothing."""
    if not start.latest and not end.latest:
        return Fault(
            "bad-date", f"{quoted(text)} has neither a start nor an end", "write at least one of them", 0, len(text)
        )
    if start == end and start.form == "day":
        return Fault("bad-date", f"{quoted(text)} starts and ends on the same day", f"write {start.text}", 0, len(text))
    if start.earliest and end.latest and start.earliest > end.latest:
        hint = f"write the earlier date first: {end.text}{sign}{start.text}"
        return Fault("bad-date", f"{quoted(text)} ends before it starts", hint, 0, len(text))
    written = f"{start.text}{sign}{end.text}" if sign == "/" else text
    return Edtf(written, start.earliest, end.latest, "interval", start.qualified or end.qualified, (start, end))


def _short_end_fault(start: Edtf, second: str, text: str) -> Fault | None:
    """An end that leaves out what it shares with the start, as in `2025-12-12/13`, is written out."""
    whole = start.text[: max(0, len(start.text) - len(second))] + second
    if not re.fullmatch("[0-9]{2}(-[0-9]{2})?", second) or not isinstance(_point(whole), Edtf):
        return None
    return Fault(
        "bad-date", f"{quoted(text)}: an end is written in full", f"write {start.text}/{whole}", 0, len(second)
    )


# ---------------------------------------------------------------- sets (section 8.3.2)

_CLOSING = {"[": "]", "{": "}"}


def _set(text: str) -> Edtf | Fault:
    """One of several dates `[a,b]`, or all of them `{a,b}`."""
    if not text.endswith(_CLOSING[text[0]]):
        return Fault(
            "bad-date", f"{quoted(text)}: the set is not closed", f"end it with {_CLOSING[text[0]]}", 0, len(text)
        )
    members: list[Edtf] = []
    place = 1
    for item in text[1:-1].split(","):
        member = _member(item.strip())
        if isinstance(member, Fault):
            return moved(member, place + len(item) - len(item.lstrip()))
        members.append(member)
        place += len(item) + 1
    ordered = tuple(sorted(members, key=_member_order))
    return _set_fault(ordered, text) or _set_of(ordered, text[0])


def _member(text: str) -> Edtf | Fault:
    """A date, or a range `a..b` that may be open at one end."""
    first, dots, second = text.partition("..")
    if not text:
        return Fault("bad-date", "a date is missing in the set", "write dates with a comma between them")
    if not dots:
        return _slash_fault(text) or _point(text)
    start, end = (_point(first) if first else OPEN), (_point(second) if second else OPEN)
    if isinstance(start, Fault):
        return start
    return moved(end, len(first) + 2) if isinstance(end, Fault) else _between(start, end, text, "..")


def _slash_fault(text: str) -> Fault | None:
    if "/" not in text or not isinstance(_date(text), Edtf):
        return None
    hint = f"write {text.replace('/', '..')}"
    return Fault("bad-date", f"{quoted(text)}: a range inside a set is written with ..", hint, 0, len(text))


def _set_of(members: tuple[Edtf, ...], opening: str) -> Edtf:
    earliest, latest = [m.earliest for m in members], [m.latest for m in members]
    return Edtf(
        f"{opening}{','.join(m.text for m in members)}{_CLOSING[opening]}",
        None if None in earliest else min(day for day in earliest if day),
        None if None in latest else max(day for day in latest if day),
        "one-of" if opening == "[" else "all-of",
        any(m.qualified for m in members),
        members,
    )


def _set_fault(members: tuple[Edtf, ...], text: str) -> Fault | None:
    twice = next((a.text for a, b in pairwise(members) if a == b), None)
    if twice:
        return Fault("bad-date", f"{quoted(text)}: {twice} stands twice", "name each date once", 0, len(text))
    if len(members) == 1 and members[0].form != "interval":
        return Fault("bad-date", f"{quoted(text)} is a set of one date", f"write {members[0].text}", 0, len(text))
    return None


def _member_order(member: Edtf) -> tuple[datetime.date, datetime.date, str]:
    return member.earliest or datetime.date.min, member.latest or datetime.date.max, member.text
