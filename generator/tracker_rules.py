"""The rule that the addresses of sources, too, carry no mark of a tracker: whoever follows one would be counted by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .addresses import TRACKER, TRACKERS
from .entry_rules import Rule, Written
from .expressions import Expression
from .model import Document, Incident, Source
from .problems import Problem

_INNER = Expression(r"https?(?:://|%3A%2F%2F)")


def seed_has_no_tracker(file: Written, source: Source) -> Iterator[Problem]:
    """The address of a source document and those of its copies carry no mark of a tracker."""
    return _marked(file, _addresses(source.document, ""))


def citations_have_no_tracker(file: Written, entry: Incident) -> Iterator[Problem]:
    """The addresses that an entry cites carry no mark of a tracker."""
    for n, citation in enumerate(entry.sources, 1):
        yield from _marked(file, _addresses(citation.document, f"sources.{n}."))


def _addresses(document: Document, prefix: str) -> Iterator[tuple[str, str]]:
    """The addresses of a document by their keys; of a copy only what is the archive's own."""
    if document.url:
        yield f"{prefix}url", document.url
    for n, copy in enumerate(document.archived, 1):
        yield f"{prefix}archived.{n}.url", _own_part(copy.url)


def _own_part(url: str) -> str:
    """An archive's address up to that of the page it keeps, which must stay as it was taken."""
    inner = _INNER.search(url, 1)
    return url[: inner.start()] if inner else url


def _marked(file: Written, addresses: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    for key, url in addresses:
        if TRACKERS.search(url):
            yield Problem(
                rule=TRACKER.rule,
                severity="warning",
                path=file.path,
                span=file.span(key),
                key=key,
                message=TRACKER.message,
                hint=TRACKER.hint,
            )


TRACKER_RULES: dict[str, tuple[Rule, ...]] = {
    "incident": (citations_have_no_tracker,),
    "source": (seed_has_no_tracker,),
}
