"""The facts of a chronicle as each generator reads them: the same in other words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import Entry
from bench.vocabulary import KINDS, city_names, slug

HERE = Path(__file__).parent
OFFSET = "+03:00"
"""The zone of all places; it never changes, so that a local time is the same everywhere."""

_OUR_LINK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")


@dataclass(frozen=True)
class Format:
    """How a generator reads a chronicle: the folder and the text of an entry, and every other file by path."""

    folder: str
    text: Callable[[Entry], str]
    others: Callable[[Sequence[Entry]], Mapping[str, str]]

    def path(self, entry: Entry) -> str:
        return f"{self.folder}/{entry.id[:4]}/{entry.id}.md"


def files(form: Format, facts: Sequence[Entry]) -> dict[str, str]:
    """Every file of a chronicle by its path."""
    return {**form.others(facts), **{form.path(entry): form.text(entry) for entry in facts}}


def write(texts: Mapping[str, str], folder: Path) -> None:
    """Files by path, written into a folder."""
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


# ---------------------------------------------------------------- ours


def our_text(entry: Entry) -> str:
    """An entry in our own form."""
    lines = [
        f'title: "{entry.title}"',
        f"date: {entry.when:%Y-%m-%d}",
        f'time: "{entry.when:%H:%M}"',
        f"city: {slug(entry.city)}",
        f"kind: {entry.kind}",
        f"assessment: {entry.assessment}",
        *_harm(entry),
        *_sources(entry, "published"),
        f"tags: [{', '.join(entry.tags)}]",
        *_list("relations", entry.relations),
    ]
    return _document(lines, entry.body)


def our_others(facts: Iterable[Entry]) -> dict[str, str]:
    """`site.yaml`, and a file for each city that has an entry."""
    kinds = "".join(f"  {kind}: {{label: {{en: {kind.capitalize()}}}}}\n" for kind in KINDS)
    found = {"site.yaml": f"title: Incident chronicle\nbase_url: https://chronicle.example/\nkinds:\n{kinds}"}
    concerned = {entry.city for entry in facts}
    for n, name in enumerate(city_names()):
        place = f"lat: {48 + n % 11 * 0.7:.2f}\nlon: {24 + n % 17 * 0.9:.2f}"
        if name in concerned:
            text = f"---\nname: {name}\ncountry: UA\n{place}\ntimezone: Europe/Minsk\n---\n"
            found[f"content/cities/{slug(name)}.md"] = text
    return found


def plain_others(facts: Iterable[Entry]) -> dict[str, str]:
    """The same with the plain theme, and without the pages that the others do not make."""
    found = our_others(facts)
    found["site.yaml"] += (HERE / "plain" / "site.yaml").read_text(encoding="utf-8")
    return {**found, **_folder(HERE / "plain", "templates")}


# ---------------------------------------------------------------- the others


def yaml_text(entry: Entry) -> str:
    """An entry with YAML front matter, as Eleventy reads it."""
    return _document(_yaml(entry), _with_plain_links(entry.body))


def hugo_text(entry: Entry) -> str:
    """The same with Hugo's terms: the city, and the year, month and day."""
    day = f"{entry.when:%Y-%m-%d}"
    terms = [f'cities: ["{entry.city}"]', f'dates: ["{day[:4]}", "{day[:7]}", "{day}"]']
    return _document([*_yaml(entry), *terms], _with_plain_links(entry.body))


def pelican_text(entry: Entry) -> str:
    """An entry with the lines of metadata that Pelican's Markdown reads."""
    sources = [" | ".join((s.title, s.url, s.publisher, s.published)) for s in entry.sources]
    lines = [
        f"Title: {entry.title}",
        f"Date: {_moment(entry)}",
        f"Slug: {entry.id}",
        f"Category: {entry.city}",
        f"Kind: {entry.kind}",
        f"Assessment: {entry.assessment}",
        f"Killed: {entry.killed}",
        f"Injured: {entry.injured}",
        f"Tags: {', '.join(entry.tags)}",
        *_lines("Sources", sources),
        *_lines("Related", entry.relations),
    ]
    return "\n".join(lines) + "\n\n" + _with_plain_links(entry.body)


def site_of(name: str) -> Callable[[Sequence[Entry]], dict[str, str]]:
    """The files of a peer's site: its settings and its templates."""
    return lambda facts: _folder(HERE / "sites" / name, ".")


def _folder(root: Path, folder: str) -> dict[str, str]:
    paths = sorted(path for path in (root / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def _yaml(entry: Entry) -> list[str]:
    return [
        f'title: "{entry.title}"',
        f"date: {_moment(entry)}",
        f"city: {entry.city}",
        f"kind: {entry.kind}",
        f"assessment: {entry.assessment}",
        *_harm(entry),
        *_sources(entry, "date"),
        f"tags: [{', '.join(entry.tags)}]",
        *(_list("related", entry.relations) or ["related: []"]),
    ]


def _document(lines: Iterable[str], body: str) -> str:
    return "\n".join(["---", *lines, "---", "", body])


def _harm(entry: Entry) -> list[str]:
    return ["casualties:", f"  killed: {entry.killed}", f"  injured: {entry.injured}"]


def _sources(entry: Entry, when: str) -> list[str]:
    """The sources as a list of maps; `when` is the key of the date."""
    found = ["sources:"]
    for s in entry.sources:
        found += [
            f'  - title: "{s.title}"',
            f"    url: {s.url}",
            f"    publisher: {s.publisher}",
            f"    {when}: {s.published}",
        ]
    return found


def _list(key: str, items: Sequence[str]) -> list[str]:
    return [f"{key}:", *(f"  - {item}" for item in items)] if items else []


def _lines(key: str, items: Sequence[str]) -> list[str]:
    """A key of several lines, as Pelican's metadata have it."""
    return [f"{key}: {items[0]}", *(f"    {item}" for item in items[1:])] if items else []


def _moment(entry: Entry) -> str:
    return f"{entry.when:%Y-%m-%dT%H:%M:00}{OFFSET}"


def _with_plain_links(body: str) -> str:
    """A body whose links to entries are those of plain Markdown, with the addresses that the peers give."""
    return _OUR_LINK.sub(lambda m: f"[{m[2]}](/incidents/{m[1][:4]}/{m[1]}/)", body)


FORMATS = {
    "full": Format("content/incidents", our_text, our_others),
    "plain": Format("content/incidents", our_text, plain_others),
    "hugo": Format("content/incidents", hugo_text, site_of("hugo")),
    "eleventy": Format("src/incidents", yaml_text, site_of("eleventy")),
    "pelican": Format("content/incidents", pelican_text, site_of("pelican")),
}
