"""Where the reports of an entry come from: the families of copies with their origins, drawn; the list of sources tells the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from ..figures.provenance import Report, provenance
from ..ledger import Cited
from ..words import Words
from .disputes import Houses, speaker_name

CAPTION = "Each line leads from a copy to what it was made from. The list below tells the same."


def families(words: Words, cited: Sequence[Cited], houses: Houses, titles: Mapping[str, str]) -> Markup:
    """The origins that copies of this entry go back to, with these copies; empty where there are none."""
    firsts = {c.name: c for c in reversed(cited)}
    shown = {name for c in firsts.values() if c.is_copy for name in (c.name, *_made_from(c, firsts))}
    if not shown:
        return Markup("")
    ordered = [*sorted(shown - firsts.keys()), *_parents_first(firsts, shown)]
    places = {name: n for n, name in enumerate(ordered)}
    reports = [
        _cited(
            firsts[name], houses, tuple(places[p] for p in _made_from(firsts[name], firsts) if places[p] < places[name])
        )
        if name in firsts
        else Report(f"{titles.get(name, name)} (not cited)", "", is_absent=True)
        for name in ordered
    ]
    copies = sum(1 for name in shown if name in firsts and firsts[name].is_copy)
    told = words.plural(
        copies, one="{} copy or rewrite and its origin", other="{} copies or rewrites and their origins"
    )
    return provenance(told, reports)


def _made_from(cited: Cited, firsts: Mapping[str, Cited]) -> tuple[str, ...]:
    """What a copy was made from, of what is shown: the nearest reports, and an origin that it stands for."""
    if not cited.is_copy:
        return ()
    return tuple(dict.fromkeys((*cited.upstream, *(name for name in cited.stands_for if name not in firsts))))


def _parents_first(firsts: Mapping[str, Cited], shown: set[str]) -> list[str]:
    """The cited ones of those shown by their numbers, each after what it was made from."""
    found: list[str] = []
    rest = sorted((name for name in shown if name in firsts), key=lambda name: firsts[name].number)
    while rest:
        ready = [n for n in rest if all(p in found or p not in firsts for p in _made_from(firsts[n], firsts))] or rest[
            :1
        ]
        found += ready
        rest = [name for name in rest if name not in ready]
    return found


def _cited(cited: Cited, houses: Houses, parents: tuple[int, ...]) -> Report:
    return Report(f"{cited.number} {speaker_name(cited, houses)}", f"#s{cited.number}", parents)
