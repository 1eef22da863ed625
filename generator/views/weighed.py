"""What the ledger of an entry is made from, as parts of a page, and the ledger of these parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..chronicle import Chronicle, Linked
from ..ledger import Cited, Event, Ledger, ledger_of
from ..model import Incident
from .base import Site

EMPTY = Ledger()


class Weights(NamedTuple):
    """What an entry's claims are weighed by, beside its sources: the names of its places, its time zone, and the incidents that
    its sources put in order with it."""

    places: tuple[str, ...]
    zone: str
    events: tuple[Event, ...]


def weights_of(chronicle: Chronicle, entry: Linked) -> Weights:
    """What the claims of an entry are weighed by."""
    places = tuple(chronicle.cities[city].name for city in entry.cities)
    return Weights(places, chronicle.zone(entry), tuple(chronicle.events(entry).values()))


def speaking(entry: Linked) -> tuple[Cited, ...]:
    """The sources of an entry; none where not one of them says anything that can be compared."""
    return entry.sources if any(cited.citation.says for cited in entry.sources) else ()


def ledger_in(site: Site, incident: Incident, sources: Sequence[Cited], weights: Weights) -> Ledger:
    """The ledger of an entry, from the parts of its page; an empty one where its sources say nothing that can be compared."""
    if not any(cited.citation.says for cited in sources):
        return EMPTY
    events = {event.id: event for event in weights.events}
    return ledger_of(incident, sources, site.ledger, weights.places, events, weights.zone)
