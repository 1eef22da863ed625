"""Remarks on how sources are filed: twice, without an archived copy, or for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from ..addresses import TRACKERS
from ..chronicle import Chronicle
from ..expressions import Expression
from ..model import Incident, Record, Source
from ..problems import Problem
from .remark import remark

CITING = ("incident", "source")
"""Types of record that name sources."""

_PARTS = Expression(r"https?://(?:www\.|m\.|amp\.)?([^/?#]+)([^?#]*)(\?[^#]*)?(?:#.*)?")


def same_address(chronicle: Chronicle) -> Iterator[Problem]:
    """No two seeds are of one address, and what has a seed is cited by it."""
    owners: dict[str, str] = {}
    for id, source in chronicle.sources.items():
        address = plain_address(source.document.url or "")
        owner = owners.setdefault(address, id) if address else id
        if owner != id:
            first = chronicle.files[chronicle.sources[owner].path]
            hint = "keep one of them, with the other's id under previous_ids"
            message = f'is also the address of the seed "{owner}"'
            yield remark(
                "same-address", chronicle.files[source.path], "url", message, hint, ((first.path, first.span("url")),)
            )
    yield from _cited_by_address(chronicle, owners)


def _cited_by_address(chronicle: Chronicle, owners: dict[str, str]) -> Iterator[Problem]:
    for id in chronicle.timeline:
        incident = chronicle.entries[id].incident
        for n, cited in enumerate(incident.sources, 1):
            owner = owners.get(plain_address(cited.document.url)) if cited.document.url else None
            if owner:
                message = f'has a seed: "{owner}"'
                file = chronicle.files[incident.path]
                yield remark("same-address", file, f"sources.{n}", message, f"cite it as source: {owner}")


def plain_address(url: str) -> str:
    """What is left of an address when that is taken away which leads to the same document: scheme, www, AMP, marks of trackers.

    Empty for what is no web address.
    """
    found = _PARTS.fullmatch(url.strip())
    if not found:
        return ""
    path = unquote(found[2]).rstrip("/").removesuffix("/amp")
    query = "&".join(
        sorted(part for part in (found[3] or "?")[1:].split("&") if part and not TRACKERS.match(f"?{part}"))
    )
    return f"{found[1].lower().removesuffix(':443')}{path}?{query}"


def no_archived_copy(chronicle: Chronicle) -> Iterator[Problem]:
    """What can vanish from the web is kept: an address has an archived copy or a file of ours."""
    for source in chronicle.sources.values():
        if source.document.url and not source.document.archived and not source.document.files:
            yield _unarchived(chronicle, source.path, "url")
    for id in chronicle.timeline:
        incident = chronicle.entries[id].incident
        for n, cited in enumerate(incident.sources, 1):
            if cited.document.url and not cited.document.archived and not cited.document.files:
                yield _unarchived(chronicle, incident.path, f"sources.{n}")


def _unarchived(chronicle: Chronicle, path: str, key: str) -> Problem:
    hint = "write its address as archived: [{url: …}]"
    return remark("no-archived-copy", chronicle.files[path], key, "has no archived copy", hint)


def uncited_source(chronicle: Chronicle) -> Iterator[Problem]:
    """A seed is cited by an entry, copied by another seed, or linked in a text."""
    if _has_unknown(chronicle):  # one of these may cite it
        return
    used = {name for file in chronicle.files.values() for name in _named(file.record or file.shadow)}
    for id, source in chronicle.sources.items():
        if id not in used and f"source:{id}" not in chronicle.mentions:
            hint = "cite it in an entry, or take it out"
            yield remark("uncited-source", chronicle.files[source.path], "", "no entry cites this source", hint)


def _has_unknown(chronicle: Chronicle) -> bool:
    """Whether there are records of which it is not known what they cite: unreadable ones, or withheld ones."""
    unread = any(f.record is None and f.shadow is None and f.type in CITING for f in chronicle.files.values())
    return unread or any(kind in CITING for kind, _ in chronicle.withheld)


def _named(record: Record | None) -> Iterator[str]:
    """The seeds that a record names."""
    if isinstance(record, Source):
        yield from record.document.derived_from
    if isinstance(record, Incident):
        for cited in record.sources:
            yield from (cited.source or "", *cited.document.derived_from)
        yield from (update.source or "" for update in record.updates)
        yield from (medium.source or "" for medium in record.media)
