"""The honest sentence of an incident: when, where, what, harm, how sure, and from how many independent sources."""

from __future__ import annotations

from collections.abc import Sequence

from ..ledger import Ledger
from ..model import Casualties, City, Incident, Toll
from ..words import Words
from .base import Site
from .derived import derived_toll
from .late import Late

ASSESSMENT_MEANINGS = {
    "confirmed": "the party concerned accepts it, or verified images and two independent sources show it",
    "likely": "officials of the place, or two independent credible sources, report it",
    "single-source": "one source reports it",
    "contested": "sources contradict each other about it",
    "discounted": "the evidence speaks against it",
    "unassessed": "nobody has assessed it yet",
}


def honest_sentence(
    site: Site, incident: Incident, cities: Sequence[City], total: int, independent: int, ledger: Late[Ledger]
) -> str:
    """`Rocket strike in Belgorod, Russia, between 14 and 15 December 2025: nobody hurt. Likely, from 17 independent sources (26 in all).`"""
    words = site.words
    kind = site.kinds.get(incident.kind or "")
    what = kind.label if kind else "Incident"
    when = words.when_text(incident.date, incident.time, incident.time_of)
    where = words.list_text(tuple(place_text(words, city) for city in cities[:3]))
    head = f"{what[:1].upper()}{what[1:]} in {where}, {when}: {told_harm(words, incident.casualties, ledger)}."
    return f"{head} {sources_sentence(total, independent)}"


def place_text(words: Words, city: City) -> str:
    """`Belgorod, Russia`, or the name alone where it is the country's; with who administers it where that is disputed."""
    country = words.country_name(city.country)
    where = city.name if country == city.name else f"{city.name}, {country}"
    administered = city.disputed.administered_by if city.disputed else None
    return f"{where} (administered by {administered})" if administered else where


def told_harm(words: Words, toll: Casualties | None, ledger: Late[Ledger]) -> str:
    """Harm as the entry states it, else as its sources tell it, and marked so."""
    if toll is not None and (toll.killed is not None or toll.injured is not None):
        return harm_sentence(words, toll)
    derived = derived_toll(ledger.made)
    return f"{harm_sentence(words, derived.toll)}, {derived.mark(words)}" if derived else harm_sentence(words, toll)


def harm_sentence(words: Words, toll: Toll | None) -> str:
    """Harm in full, with what nobody reported said as such."""
    killed = toll.killed if toll else None
    injured = toll.injured if toll else None
    if killed is None and injured is None:
        return "nobody has reported whether people were hurt"
    if injured is not None and injured.high == 0 and (killed is None or killed.high == 0):
        return "nobody was hurt, as far as is reported"
    parts = [words.toll_phrase("killed", killed) if killed is not None else "no report of deaths"]
    parts.append(words.toll_phrase("injured", injured) if injured is not None else "no report of the injured")
    if toll and toll.missing is not None and toll.missing.high != 0:
        parts.append(words.toll_phrase("missing", toll.missing))
    return words.list_text(tuple(parts))


def sources_sentence(total: int, independent: int) -> str:
    """`Reported by 26 sources, 17 of them independent.`"""
    if total == 0:
        return "No source is given."
    if total == 1:
        return "Reported by one source."
    if independent == total:
        return f"Reported by {total} sources, none of them known to copy another."
    return f"Reported by {total} sources, {independent} of them independent."
