"""Small chronicles from plain texts, for tests of views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.chronicle import Chronicle
from generator.linking import linked
from generator.model import Kind, Page, Settings
from generator.parse import parsed
from generator.views.base import site_of
from generator.views.desk import Desk, desk_of

SETTINGS = Settings(
    title="A Chronicle",
    base_url="https://example.org/",
    kinds={"drone-attack": Kind(label={"en": "Drone attack"}), "shelling": Kind(label={"en": "Shelling"})},
)
CITIES = {
    f"content/cities/{id}.md": f"---\nname: {id.title()}\ncountry: RU\nlat: {lat}\nlon: {lon}\ntimezone: Europe/Moscow\n---\n"
    for id, lat, lon in (("belgorod", 50.6, 36.6), ("moscow", 55.75, 37.62))
}


def incident(id: str, date: str, **keys: str) -> dict[str, str]:
    """One incident as a file, its title its id; `keys` are the front matter's own, as they are written."""
    fields = {"title": id, "date": date, "city": "belgorod", "sources": "[https://example.org/a]", **keys}
    front = "\n".join(f"{key}: {value}" for key, value in fields.items())
    return {f"content/incidents/{id[:4]}/{id}.md": f"---\n{front}\n---\nWhat happened.\n"}


def chronicle_of(texts: Mapping[str, str]) -> Chronicle:
    """The chronicle of some files by path; a fault in one of them fails the test."""
    files = [parsed(path, text) for path, text in texts.items()]
    assert not [problem for file in files for problem in file.problems]
    return linked(SETTINGS, files, frozenset(), {})


def desk_of_texts(*texts: Mapping[str, str]) -> Desk:
    """The desk of some files, two cities among them."""
    merged = {path: text for files in (CITIES, *texts) for path, text in files.items()}
    chronicle = chronicle_of(merged)
    bodies = {file.path: file.body for file in chronicle.files.values()}
    return desk_of(
        chronicle, site_of(SETTINGS, chronicle.pages, has_corrections=True), {}, lambda p: bodies[p], "engine"
    )


def views(pages: Iterable[Page]) -> dict[str, Any]:
    """The view of every page by its path."""
    return {page.path: page.make() for page in pages}
