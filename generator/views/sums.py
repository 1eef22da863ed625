"""What several entries report together: sums of ranges, and what those sums leave open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from ..chronicle import Linked
from ..counts import Count, total
from ..edtf import Edtf
from ..model import Outcome
from ..words import Words

SAME = ("duplicate-of", "same-event-as")


class Stat(msgspec.Struct, frozen=True):
    """A figure with its word."""

    label: str
    value: str


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """Sums over some entries. `entries` counts all of them; `summed` those whose figures are added.

    Left out of the sums are the discounted, and of entries on one event all but one. `no_killed` and `no_injured` count the
    summed entries in which nobody reports a figure, `shared` those that concern other places too.
    """

    entries: int
    summed: int
    killed: Count | None
    injured: Count | None
    no_killed: int
    no_injured: int
    contested: int
    discounted: int
    doubles: int
    shared: int
    first: Edtf | None
    last: Edtf | None


def sums_of(entries: Sequence[Linked]) -> Sums:
    """The sums over entries that stand in the order of time."""
    sound = [e for e in entries if e.incident.assessment != "discounted"]
    summed = without_doubles(sound)
    return Sums(
        entries=len(entries),
        summed=len(summed),
        killed=total(_figures(summed, "killed")),
        injured=total(_figures(summed, "injured")),
        no_killed=len(summed) - len(_figures(summed, "killed")),
        no_injured=len(summed) - len(_figures(summed, "injured")),
        contested=sum(e.incident.assessment == "contested" for e in summed),
        discounted=len(entries) - len(sound),
        doubles=len(sound) - len(summed),
        shared=sum(len(e.cities) > 1 for e in summed),
        first=entries[0].incident.date if entries else None,
        last=entries[-1].incident.date if entries else None,
    )


def without_doubles(entries: Sequence[Linked]) -> list[Linked]:
    """Of entries on one event only one: the original of its duplicates, else the first."""
    kept: dict[str, Linked] = {}
    for entry in sorted(entries, key=lambda e: any(tie.kind == "duplicate-of" for tie in e.ties)):
        if not any(tie.kind in SAME and tie.to in kept for tie in entry.ties):
            kept[entry.id] = entry
    return list(kept.values())


def _figures(entries: Iterable[Linked], outcome: Outcome) -> list[Count]:
    tolls = (e.incident.casualties for e in entries)
    return [count for toll in tolls if toll and (count := getattr(toll, outcome)) is not None]


# ---------------------------------------------------------------- in words


def stats_of(words: Words, sums: Sums) -> tuple[Stat, ...]:
    """The figures at the head of a page, each with the number of entries it comes from where not all give one; none for no entry."""
    if not sums.entries:
        return ()
    return (
        Stat("incident" if sums.entries == 1 else "incidents", words.number_text(sums.entries)),
        _toll_stat(words, "killed", sums.killed, sums.no_killed, sums.summed),
        _toll_stat(words, "injured", sums.injured, sums.no_injured, sums.summed),
    )


def _toll_stat(words: Words, outcome: Outcome, count: Count | None, silent: int, entries: int) -> Stat:
    if count is None:
        return Stat(outcome, "not reported")
    where = f", told in {words.number_text(entries - silent)} of {words.number_text(entries)} entries" if silent else ""
    return Stat(f"{outcome}{where}", words.count_text(count))


def span_text(words: Words, sums: Sums) -> str:
    """`7 incidents, the earliest 30 December 2023, the latest 18 February 2026.`"""
    counted = words.plural(sums.entries, one="{} incident", other="{} incidents")
    if sums.first is None or sums.last is None:
        return "No incident yet."
    if sums.entries == 1:
        return f"{counted}: {words.date_text(sums.first)}."
    return f"{counted}, the earliest {words.date_text(sums.first)}, the latest {words.date_text(sums.last)}."


def notes_of(words: Words, sums: Sums) -> tuple[str, ...]:
    """What the sums do not say by themselves, one sentence each."""
    return tuple(note for note in (_absent(words, sums), *_judged(words, sums), *_repeated(words, sums)) if note)


def _absent(words: Words, sums: Sums) -> str:
    def none(number: int, what: str) -> str:
        return words.plural(
            number, one=f"{{}} entry gives no number of the {what}", other=f"{{}} entries give no number of the {what}"
        )

    gaps = [none(n, what) for n, what in ((sums.no_killed, "killed"), (sums.no_injured, "injured")) if n]
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
