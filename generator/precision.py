"""How exactly a place is told: coordinates are snapped to a grid as coarse as the entry's precision, never jittered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from .files import digest
from .model import PRECISIONS, Citation, Incident, Location, Precision

DECIMALS: dict[Precision, int] = {
    "exact": 5,
    "within-100m": 3,
    "street": 3,
    "neighbourhood": 2,
    "settlement": 2,
    "district": 1,
    "region": 0,
    "country": 0,
}
"""Decimals of a degree that may be written; 2 are about one kilometre."""

RADIUS_M: dict[Precision, int] = {
    "exact": 50,
    "within-100m": 100,
    "street": 300,
    "neighbourhood": 1_000,
    "settlement": 5_000,
    "district": 20_000,
    "region": 100_000,
    "country": 500_000,
}
"""The radius of uncertainty in metres where an author gives none."""


def coarsest(precisions: Iterable[Precision]) -> Precision:
    """The least exact of some precisions; exact where there is none."""
    return max(precisions, key=PRECISIONS.index, default="exact")


def allowed(incident: Incident, defaults: Mapping[str, Precision]) -> Precision:
    """The precision at which an incident may be published: its own, else its kind's, else the site's."""
    return incident.publish_precision or defaults.get(incident.kind or "") or defaults.get("default") or "exact"


def snapped(incident: Incident, defaults: Mapping[str, Precision]) -> Incident:
    """The incident with every point of it, also those in claims, as exactly as may be published."""
    most = allowed(incident, defaults)
    locations = tuple(_snapped_point(p, most) for p in incident.locations)
    sources = tuple(_snapped_claim(c, most) for c in incident.sources)
    if locations == incident.locations and sources == incident.sources:
        return incident
    sealed = digest(incident.digest, most)
    return msgspec.structs.replace(incident, locations=locations, sources=sources, digest=sealed)


def _snapped_claim(cited: Citation, most: Precision) -> Citation:
    if cited.says is None or not cited.says.locations:
        return cited
    points = tuple(_snapped_point(p, most) for p in cited.says.locations)
    return msgspec.structs.replace(cited, says=msgspec.structs.replace(cited.says, locations=points))


def _snapped_point(point: Location, most: Precision) -> Location:
    if point.lat is None or point.lon is None:
        return point
    precision = coarsest((point.precision or "exact", most))
    decimals = DECIMALS[precision]
    radius = max(point.radius_m or 0, RADIUS_M[precision]) if precision != point.precision else point.radius_m
    return msgspec.structs.replace(
        point, lat=round(point.lat, decimals), lon=round(point.lon, decimals), precision=precision, radius_m=radius
    )
