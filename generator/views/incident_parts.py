"""What an incident's page is made from: all that its key rests on, beside the record and its text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from .. import routes
from ..chronicle import Chronicle, Linked
from ..dates import calendar_home, possible_days
from ..former import days_of
from ..frame import SAME_DAY_EACH_WAY, beside
from ..ledger import Cited
from ..model import City, Incident
from ..moments import Moment
from .base import Link
from .cards import Card
from .desk import Desk
from .neighbours import nearest
from .weighed import Weights, weights_of

MOST_NEAR, NEAR_KM, FAR_KM = 4, 180.0, 600.0
"""So many places stand on the map beside an entry's own: those within the first distance, or one within the second."""


class Around(NamedTuple):
    """The entries before and after one, here and anywhere."""

    earlier_here: Card | None
    later_here: Card | None
    earlier: Card | None
    later: Card | None


class Parts(NamedTuple):
    """All that an incident's page is made from, beside its text."""

    cities: tuple[City, ...]
    near: tuple[City, ...]
    cited: tuple[Cited, ...]
    houses: dict[str, tuple[str, str]]
    origin_titles: dict[str, str]
    update_titles: dict[str, str]
    waves: tuple[Link, ...]
    days: tuple[Link, ...]
    ties: tuple[tuple[str, Card], ...]
    mentions: tuple[Link, ...]
    around: Around
    same_day: tuple[Card, ...]
    tags: tuple[tuple[str, str], ...]
    translations: tuple[tuple[str, str, str], ...]
    weights: Weights
    others: tuple[Card, ...]
    former: tuple[date, ...]


PlacesNear = Callable[[str], tuple[City, ...]]
"""What leads from a city to the places that tell a reader where it lies."""


def places_near(desk: Desk) -> PlacesNear:
    """The places close by, or else the nearest one, of each city that is asked for."""
    cities = desk.chronicle.cities
    by_latitude = cache(lambda: sorted(cities.values(), key=lambda c: (c.lat, c.id)))

    @cache
    def near(id: str) -> tuple[City, ...]:
        others = nearest(cities[id], by_latitude(), MOST_NEAR)
        close = tuple(other for other, km in others if km <= NEAR_KM)
        return close or tuple(other for other, km in others[:1] if km <= FAR_KM)

    return near


def parts_of(desk: Desk, entry: Linked, near: PlacesNear) -> Parts:
    """What the page of an entry is made from; `near` is what `places_near` gives."""
    c, incident = desk.chronicle, entry.incident
    weights = weights_of(desk.chronicle, entry)
    around = entry.neighbours
    origins = {o for cited in entry.sources for o in cited.origins} - {cited.name for cited in entry.sources}
    return Parts(
        cities=desk.cities_of(entry),
        near=near(entry.cities[0]) if entry.cities else (),
        cited=entry.sources,
        houses=houses_of(c, entry),
        origin_titles={o: desk.source_title(o) for o in sorted(origins) if o in c.sources},
        update_titles=desk.update_titles(incident.updates),
        waves=desk.links(f"wave:{w}" for w in entry.waves),
        days=day_links(desk, incident),
        ties=tuple((tie.kind, desk.cards[tie.to]) for tie in entry.ties),
        mentions=desk.links(_other_mentions(entry)),
        around=Around(
            *(desk.cards.get(id) for id in (around.earlier_here, around.later_here, around.earlier, around.later))
        ),
        same_day=desk.cards_for(_same_day(desk, entry)),
        tags=tuple((slug, c.tags[slug]) for slug in dict.fromkeys(routes.slug_of(t) for t in incident.tags)),
        translations=tuple(
            (
                t.lang or "",
                desk.site.words.language_name(t.lang or ""),
                routes.translation(t.lang or "", routes.incident(incident.id)),
            )
            for t in entry.translations
        ),
        weights=weights,
        others=desk.cards_for(event.id for event in weights.events),
        former=days_of(incident, entry.sources),
    )


def houses_of(chronicle: Chronicle, entry: Linked) -> dict[str, tuple[str, str]]:
    """The publishers of an entry's sources by id, each with its name and its reliability."""
    found = sorted({cited.publisher for cited in entry.sources if cited.publisher})
    return {h: (chronicle.houses[h].name, _reliability(chronicle.houses[h].record)) for h in found}


def _reliability(record: Any) -> str:
    return record.reliability or "" if record is not None else ""


def day_links(desk: Desk, incident: Incident) -> tuple[Link, ...]:
    """The calendar pages an entry stands on."""
    words = desk.site.words
    days = possible_days(incident.date)
    if days:
        return tuple(Link(words.moment_text(Moment(d.isoformat(), d)), routes.day(d)) for d in days)
    home = calendar_home(incident.date)
    return (Link(words.date_text(incident.date), routes.calendar(home)),) if home else ()


def _other_mentions(entry: Linked) -> tuple[str, ...]:
    """What links here and does not stand on the page already, as a source or a related entry."""
    told = {f"source:{cited.name}" for cited in entry.sources} | {f"incident:{tie.to}" for tie in entry.ties}
    return tuple(name for name in entry.mentions if name not in told)


def _same_day(desk: Desk, entry: Linked) -> tuple[str, ...]:
    """The entries of the same days that stand nearest to this one in the timeline, related ones left out."""
    told = {entry.id, *(tie.to for tie in entry.ties)}
    found: dict[str, None] = {}
    for day in possible_days(entry.incident.date):
        ids = [on.id for on in desk.chronicle.days.get(day, ())]
        found.update(dict.fromkeys(beside(ids, entry.id, SAME_DAY_EACH_WAY)))
    return tuple(id for id in found if id not in told)
