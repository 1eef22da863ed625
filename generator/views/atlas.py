"""Maps of the chronicle's places, drawn on the world that is packed with the generator."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup

from ..figures.basemap import Basemap, basemap
from ..figures.frames import Frame, frame_around, scale_km
from ..figures.ground import Ground, ground
from ..figures.maps import Mark, map_svg
from ..figures.maps import Words as MapWords
from ..files import read_package_data
from ..words import Words

CITY_SPAN_KM = 400.0
"""The least width of a map: a city with its region, so that a reader sees where in the country it lies."""

MOST_GROUNDS = 1024
"""So many grounds are kept, at most 3 KiB each: entries with exact places in one city have frames of their own, often the same."""


def map_of(
    words: Words, marks: Sequence[Mark], id: str, title: str, description: str, span_km: float = CITY_SPAN_KM
) -> Markup:
    """A map that shows all marks; empty where there are none."""
    frame = frame_around([(m.lat, m.lon) for m in marks], span_km)
    if frame is None:
        return Markup("")
    scale = f"{words.number_text(scale_km(frame))} km"
    return map_svg(_ground(frame), marks, MapWords(id=id, title=title, description=description, scale=scale))


@lru_cache(maxsize=MOST_GROUNDS)
def _ground(frame: Frame) -> Ground:
    return ground(_world(), frame)


@lru_cache(maxsize=1)
def _world() -> Basemap:
    return basemap(read_package_data("data/world.json"))
