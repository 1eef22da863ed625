"""An incident as linked data (schema.org): a page about an event, at places, resting on its independent sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import routes
from ..ledger import Cited
from ..model import City, Incident
from ..moments import moment_key
from .base import Site

MOST_CITED = 10
"""So many sources are told to search engines; the page and its data file have them all."""


def event_page(
    site: Site, path: str, incident: Incident, cities: Sequence[City], cited: Sequence[Cited], title: str
) -> dict[str, Any]:
    """The page as linked data: about an event, resting on its sources. A date that is no plain day, month or year is left out."""
    event: dict[str, Any] = {"@type": "Event", "name": incident.title}
    start = site.words.datetime_attribute(incident.date)
    if start:
        event["startDate"] = start
    if cities:
        event["location"] = [_place(site, c) for c in cities]
    page: dict[str, Any] = {
        "@type": "WebPage",
        "@id": site.absolute(path),
        "name": title,
        "isPartOf": {"@type": "WebSite", "name": site.title},
        "about": event,
        "citation": list(dict.fromkeys(c.document.url for c in cited if c.document.url and not c.is_copy))[:MOST_CITED],
    }
    if incident.published:
        page["datePublished"] = incident.published.text
    if incident.updates:
        page["dateModified"] = max((u.date for u in incident.updates), key=moment_key).text
    return page


def _place(site: Site, city: City) -> dict[str, Any]:
    return {
        "@type": "Place",
        "name": city.name,
        "url": site.absolute(routes.city(city.id)),
        "address": {"@type": "PostalAddress", "addressLocality": city.name, "addressCountry": city.country},
        "geo": {"@type": "GeoCoordinates", "latitude": city.lat, "longitude": city.lon},
    }
