"""Places: every city has a page, disputed ones say so, and a day that is only possible colours nothing."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from generator.model import City
from generator.views import places
from generator.views.city_days import years_of
from generator.views.neighbours import distance_km, nearest
from tests.unit.chronicles import desk_of_texts, incident, views


def city(id: str, lat: float, lon: float) -> City:
    return City(id=id, name=id, country="RU", lat=lat, lon=lon, timezone="Europe/Moscow")


def test_a_city_without_entries_has_a_page_that_says_so() -> None:
    view = views(places.pages(desk_of_texts()))["cities/moscow.html"]
    assert (view.stats, view.sections, view.calendars) == ((), (), ())
    assert view.lede == "Russia. No incident yet."
    assert view.head.feed is None


def test_a_disputed_city_names_who_claims_and_who_administers_it() -> None:
    text = "---\nname: Foros\ncountry: UA\nlat: 44.4\nlon: 33.8\ntimezone: Europe/Simferopol\nnames: {ru: Форос}\n"
    text += "disputed: {claimed_by: [Ukraine, Russia], administered_by: Russia}\n---\n"
    found = views(places.pages(desk_of_texts({"content/cities/foros.md": text})))
    assert found["cities/foros.html"].disputed == ("Claimed by Ukraine and Russia.", "Administered by Russia.")
    rows = [row for country in found["cities.html"].countries for row in country.rows if row.link.text == "Foros"]
    assert [(row.country, row.region) for row in rows] == [("Ukraine", "administered by Russia")]
    place = json.loads(found["cities/foros.html"].head.json_ld.made)["@graph"][0]
    assert (place["@type"], place["alternateName"]) == ("Place", ["Форос"])


def test_a_day_is_certain_or_possible_and_a_month_stands_on_no_day() -> None:
    desk = desk_of_texts(
        incident("2025-a", "2025-12-14"), incident("2025-b", "[2025-12-14,2025-12-15]"), incident("2025-c", "2025-11")
    )
    (year,) = years_of(desk.site.words, desk.cards_for(desk.chronicle.timeline))
    assert [(t.day.day, t.certain, t.possible) for t in year.days] == [(14, 1, 1), (15, 0, 1)]
    assert [(v.link.path, v.certain, v.possible) for v in year.vague] == [("2025/11.html", 1, 0)]


coordinates = st.tuples(st.integers(-89, 89), st.integers(-179, 179))


@given(st.lists(coordinates, max_size=30), coordinates)
def test_the_nearest_places_are_those_that_a_search_through_all_finds(
    points: list[tuple[int, int]], here: tuple[int, int]
) -> None:
    home = city("home", *here)
    others = [city(f"c{n}", *point) for n, point in enumerate(points)]
    by_latitude = sorted([home, *others], key=lambda c: c.lat)
    expected = sorted((distance_km(home, other), other.id) for other in others)[:4]
    assert [(km, other.id) for other, km in nearest(home, by_latitude, 4)] == expected


def test_equal_parts_give_equal_keys_and_another_entry_another() -> None:
    def keys(*entries: dict[str, str]) -> dict[str, str]:
        return {page.path: page.key for page in places.pages(desk_of_texts(*entries))}

    one, other = incident("2025-a", "2025-12-14"), incident("2025-b", "2025-12-15")
    assert keys(one) == keys(one)
    assert keys(one)["cities/belgorod.html"] != keys(one, other)["cities/belgorod.html"]
    assert keys(one)["cities/moscow.html"] == keys(one, other)["cities/moscow.html"]
