"""What several entries report together: counts and sums as ranges, certain and possible apart, and what they leave open."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import msgspec

from ..chronicle import Linked
from ..counts import Count, counted, total
from ..dates import extent
from ..edtf import Edtf
from ..model import Outcome
from ..words import Words

YEAR_DAYS = 366
"""A date as wide as this tells no year."""


class Stat(msgspec.Struct, frozen=True):
    """A figure with its word; `data` is its canonical writing, empty where nothing is reported.

    `more` is what it may come to with what only possibly belongs to it, as a reader says it and in its canonical writing.
    """

    label: str
    value: str
    data: str = ""
    more: str = ""
    more_data: str = ""


class Harm(msgspec.Struct, frozen=True):
    """The sum of one outcome over what certainly belongs somewhere, and that with what only may: each of these adds from nothing
    to all of its own. None where nobody gives a number; `silent` certain entries give none."""

    sure: Count | None
    with_possible: Count | None
    silent: int


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """Counts and sums over some entries.

    `entries` and `possible_entries` are all that are listed, `incidents` and `possible` those that count: not the discounted,
    and of entries on one event all but one. `shared` are those of the former that concern other places too. `first` and `last`
    are the dates with the earliest and the latest day; the `yearless` ones, which are of no one year, are not among them.
    """

    entries: int
    possible_entries: int
    incidents: int
    possible: int
    killed: Harm
    injured: Harm
    contested: int
    discounted: int
    doubles: int
    shared: int
    first: Edtf | None
    last: Edtf | None
    yearless: int


def sums_of(certain: Sequence[Linked], possible: Sequence[Linked] = ()) -> Sums:
    """The sums over entries that certainly, and others that possibly, belong somewhere; both stand in the order of time."""
    sure, maybe = counting(certain, possible)
    both, summed = (*certain, *possible), (*sure, *maybe)
    sound = [e for e in both if e.incident.assessment != "discounted"]
    dates = [e.incident.date for e in both]
    within_a_year = [d for d in dates if d.form == "day" or _days_between(d) < YEAR_DAYS]
    return Sums(
        entries=len(certain),
        possible_entries=len(possible),
        incidents=len(sure),
        possible=len(maybe),
        killed=harm_of("killed", sure, maybe),
        injured=harm_of("injured", sure, maybe),
        contested=sum(e.incident.assessment == "contested" for e in summed),
        discounted=len(both) - len(sound),
        doubles=len(sound) - len(summed),
        shared=sum(len(e.cities) > 1 for e in summed),
        first=min(within_a_year, key=extent, default=None),
        last=max(within_a_year, key=_end_first, default=None),
        yearless=len(dates) - len(within_a_year),
    )


def _days_between(date: Edtf) -> int:
    first, last = extent(date)
    return (last - first).days


def _end_first(date: Edtf) -> tuple[datetime.date, datetime.date]:
    first, last = extent(date)
    return last, first


def counting(
    certain: Iterable[Linked], possible: Iterable[Linked] = ()
) -> tuple[tuple[Linked, ...], tuple[Linked, ...]]:
    """Of entries that certainly and possibly belong somewhere those that count: none that is discounted, one of each event.

    That one is certain rather than possible, and the original rather than a duplicate of it.
    """
    sure, maybe = ([e for e in found if e.incident.assessment != "discounted"] for found in (certain, possible))
    if not any(e.event for e in (*sure, *maybe)):
        return tuple(sure), tuple(maybe)
    kept: dict[str, Linked] = {}
    for entry in (*_originals_first(sure), *_originals_first(maybe)):
        kept.setdefault(entry.event or entry.id, entry)
    ids = {entry.id for entry in kept.values()}
    return tuple(e for e in sure if e.id in ids), tuple(e for e in maybe if e.id in ids)


def _originals_first(entries: Iterable[Linked]) -> list[Linked]:
    return sorted(entries, key=lambda e: any(tie.kind == "duplicate-of" for tie in e.ties))


def harm_of(outcome: Outcome, certain: Sequence[Linked], possible: Sequence[Linked] = ()) -> Harm:
    """What entries that count report of one outcome."""
    known, perhaps = _figures(certain, outcome), _figures(possible, outcome)
    added = [counted(0, count.high, count.about) for count in perhaps if count.high != 0]
    return Harm(total(known), total([*known, *added]), len(certain) - len(known))


def _figures(entries: Iterable[Linked], outcome: Outcome) -> list[Count]:
    tolls = (e.incident.casualties for e in entries)
    return [count for toll in tolls if toll and (count := getattr(toll, outcome)) is not None]


# ---------------------------------------------------------------- in words


def stats_of(words: Words, sums: Sums) -> tuple[Stat, ...]:
    """The figures at the head of a page, each with the number of entries it comes from where not all give one; none for no entry."""
    if not sums.entries + sums.possible_entries:
        return ()
    return (
        _incidents_stat(words, sums),
        _harm_stat(words, "killed", sums.killed, sums.incidents),
        _harm_stat(words, "injured", sums.injured, sums.incidents),
    )


def _incidents_stat(words: Words, sums: Sums) -> Stat:
    label = "incident" if sums.incidents == 1 else "incidents"
    if sums.incidents != sums.entries:
        label += words.plural(sums.entries, one=", told in {} entry", other=", told in {} entries")
    more = f"{words.number_text(sums.possible)} possible" if sums.possible else ""
    return Stat(
        label,
        words.number_text(sums.incidents),
        str(sums.incidents),
        more,
        str(sums.possible) if sums.possible else "",
    )


def _harm_stat(words: Words, outcome: Outcome, harm: Harm, incidents: int) -> Stat:
    told = f", told in {words.number_text(incidents - harm.silent)} of {words.number_text(incidents)} entries"
    label = f"{outcome}{told if harm.silent and harm.sure else ''}"
    untold = "not reported" if incidents else "nothing certain"
    value, data = (words.count_text(harm.sure), harm.sure.text) if harm.sure else (untold, "")
    if harm.with_possible is None or harm.with_possible == harm.sure:
        return Stat(label, value, data)
    return Stat(
        label, value, data, f"{words.count_text(harm.with_possible)} with the possible", harm.with_possible.text
    )


def span_text(words: Words, sums: Sums) -> str:
    """`7 incidents, the earliest 30 December 2023, the latest 18 February 2026.`"""
    if not sums.entries + sums.possible_entries:
        return "No incident yet."
    told = words.plural(sums.incidents, one="{} incident", other="{} incidents")
    if sums.possible:
        told += words.plural(sums.possible, one=" and one that may belong to it", other=" and {} that may belong to it")
    vague = words.plural(sums.yearless, one="; the year of {} is not known", other="; the years of {} are not known")
    vague = vague if sums.yearless else ""
    if sums.first is None or sums.last is None:
        return f"{told}{vague}."
    if sums.first == sums.last:
        return f"{told}{':' if sums.entries + sums.possible_entries == 1 else ', of'} {words.date_text(sums.first)}{vague}."
    return f"{told}, the earliest {words.date_text(sums.first)}, the latest {words.date_text(sums.last)}{vague}."


def notes_of(words: Words, sums: Sums) -> tuple[str, ...]:
    """What the sums do not say by themselves, one sentence each."""
    return tuple(note for note in (_absent(words, sums), *_judged(words, sums), *_repeated(words, sums)) if note)


def _absent(words: Words, sums: Sums) -> str:
    def none(number: int, what: str) -> str:
        return words.plural(
            number, one=f"{{}} entry gives no number of the {what}", other=f"{{}} entries give no number of the {what}"
        )

    gaps = [none(n, what) for n, what in ((sums.killed.silent, "killed"), (sums.injured.silent, "injured")) if n]
    if not gaps:
        return ""
    return f"{words.list_text(gaps)}. Not reported is not counted as none."


def _judged(words: Words, sums: Sums) -> tuple[str, str]:
    contested = words.plural(
        sums.contested,
        one="{} contested entry is part of the sums.",
        other="{} contested entries are part of the sums.",
    )
    discounted = words.plural(
        sums.discounted, one="{} discounted entry is listed but not part of the sums.",
        other="{} discounted entries are listed but not part of the sums.",
    )  # fmt: skip
    return contested if sums.contested else "", discounted if sums.discounted else ""


def _repeated(words: Words, sums: Sums) -> tuple[str, str]:
    doubles = words.plural(
        sums.doubles, one="{} entry concerns an event of another entry and is not counted twice.",
        other="{} entries concern events of other entries and are not counted twice.",
    )  # fmt: skip
    shared = words.plural(
        sums.shared, one="{} entry concerns several places; its figures count whole in each.",
        other="{} entries concern several places; their figures count whole in each.",
    )  # fmt: skip
    return doubles if sums.doubles else "", shared if sums.shared else ""
