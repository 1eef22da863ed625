"""Remarks on what an entry rests on: too few sources, all of one house or side, copies that stand for many."""

from __future__ import annotations

from collections.abc import Iterator

from ..chronicle import Chronicle, Linked
from ..ledger import Cited, independent
from ..problems import Problem
from .remark import as_written, file_of, remark

CARRIERS = ("aggregator", "content-farm")
"""Kinds of source that carry what others report."""


def one_source(chronicle: Chronicle, entry: Linked) -> Iterator[Problem]:
    """More than one publisher reports an incident, or the entry says that one alone does."""
    documents = {cited.name for cited in _standing(entry)}
    houses = {cited.publisher for cited in _standing(entry)}
    if _says_single(entry) or not _knows_sources(chronicle, entry):
        return
    if len(documents) == 1:
        yield _about_sources(chronicle, entry, "one-source", "rests on one source")
    elif len(houses) == 1 and "" not in houses and len(independent(entry.sources)) > 1:
        name = chronicle.houses[next(iter(houses))].name
        yield _about_sources(
            chronicle, entry, "one-source", f"rests on one publisher: {len(documents)} sources of {name}"
        )


def copies_alone(chronicle: Chronicle, entry: Linked) -> Iterator[Problem]:
    """Sources that all go back to one report are one source."""
    documents = {cited.name for cited in _standing(entry)}
    found = independent(entry.sources)
    if len(documents) > 1 and len(found) == 1 and not _says_single(entry) and _knows_sources(chronicle, entry):
        said = f"rests on one report: {len(documents)} sources that go back to {found[0]}"
        yield _about_sources(chronicle, entry, "copies-alone", said)


def one_party(chronicle: Chronicle, entry: Linked) -> Iterator[Problem]:
    """Not all sources of an entry are of one party to the conflict."""
    houses = {cited.publisher for cited in _standing(entry)}
    records = [chronicle.houses[house].record if house else None for house in houses]
    parties = {record.party_to_conflict if record else None for record in records}
    party = parties.pop() if len(parties) == 1 else None
    if party and len(houses) > 1 and not _says_single(entry) and _knows_sources(chronicle, entry):
        hint = "look for a report of another side, or of none"
        message = f"rests on one party to the conflict: {party}"
        yield remark("one-party", file_of(chronicle, entry), "sources", message, hint)


def copy_without_origin(chronicle: Chronicle) -> Iterator[Problem]:
    """A seed whose kind carries the reports of others says whose, where it counts beside others."""
    for id, source in chronicle.sources.items():
        if source.document.kind in CARRIERS and not source.document.derived_from and _stands_beside(chronicle, id):
            kind = "a content farm" if source.document.kind == "content-farm" else "an aggregator"
            message = f"{kind} without derived_from counts as independent of what it copies"
            hint = "name the reports that it copies, where they are known"
            yield remark("copy-without-origin", chronicle.files[source.path], "kind", message, hint)


def _stands_beside(chronicle: Chronicle, id: str) -> bool:
    """Whether some entry has this source and others."""
    citing = chronicle.by_source.get(id, ())
    return any(any(cited.name != id for cited in chronicle.entries[entry].sources) for entry in citing)


def _standing(entry: Linked) -> list[Cited]:
    """The sources that have not taken back what they said."""
    return [cited for cited in entry.sources if cited.citation.status != "withdrawn"]


def _says_single(entry: Linked) -> bool:
    return entry.incident.assessment == "single-source"


def _knows_sources(chronicle: Chronicle, entry: Linked) -> bool:
    """Whether an entry has sources and every one of them could be read."""
    return bool(entry.sources) and len(entry.sources) == len(as_written(chronicle, entry).sources)


def _about_sources(chronicle: Chronicle, entry: Linked, rule: str, message: str) -> Problem:
    hint = "find another, or write assessment: single-source"
    return remark(rule, file_of(chronicle, entry), "sources", message, hint)
