"""Prose, lost readers and moved pages."""

from __future__ import annotations

import msgspec

from generator.views import prose
from generator.views.prose import lost_view
from tests.unit.chronicles import desk_of_texts, incident, views

PAGE = {
    "content/pages/about.md": "---\ntitle: About\n---\n## One\n\na\n\n## Two\n\nb\n\n## Three\n\nc\n\n## Four\n\nd\n"
}


def test_a_long_page_has_its_headings_for_contents() -> None:
    view = views(prose.pages(desk_of_texts(PAGE)))["about.html"]
    assert [text for _, text in view.contents] == ["One", "Two", "Three", "Four"]
    assert all(f'id="{anchor}"' in view.body for anchor, _ in view.contents)


def test_links_of_the_page_for_lost_readers_begin_at_the_path_of_the_site() -> None:
    site = desk_of_texts().site
    moved = msgspec.structs.replace(site, base_url="https://example.org/a/chronicle/")
    assert lost_view(site, "404.html").head.root == "/"
    assert lost_view(moved, "404.html").head.root == "/a/chronicle/"
    assert not lost_view(site, "404.html").head.listed


def test_a_former_address_leads_to_the_present_one_in_every_language() -> None:
    translation = {"content/incidents/2025/2025-a.ru.md": "---\ntitle: Удар\n---\nТекст.\n"}
    found = views(prose.pages(desk_of_texts(incident("2025-a", "2025-12-14", previous_ids="[2025-old]"), translation)))
    assert found["incidents/2025-old.html"].to.path == "incidents/2025-a.html"
    assert found["incidents/2025-old.html"].canonical == "https://example.org/incidents/2025-a.html"
    assert found["ru/incidents/2025-old.html"].to.path == "ru/incidents/2025-a.html"
    assert found["ru/incidents/2025-old.html"].root == "../../"


def test_the_former_id_of_a_city_leads_on_too() -> None:
    city = "---\nname: Oryol\ncountry: RU\nlat: 52.9\nlon: 36.1\ntimezone: Europe/Moscow\nprevious_ids: [orel]\n---\n"
    assert views(prose.pages(desk_of_texts({"content/cities/oryol.md": city})))["cities/orel.html"].to.text == "Oryol"
