"""A recount of a site from its source files, by other means than the generator's own: PyYAML, regular expressions, sets.

`recount(root, site)` gives every index page whose entries are not exactly those that the source files say it must list.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path

import yaml

Index = dict[str, set[str]]


def front_matter(path: Path) -> dict:
    return yaml.load(path.read_text(encoding="utf-8").split("---\n")[1], yaml.BaseLoader)


def entries(root: Path) -> dict[str, dict]:
    """The published incidents by id; a set of two days is read as its text."""
    found = {}
    for path in sorted((root / "content/incidents").rglob("*.md")):
        text = re.sub(r"^date: (\[.*\])$", r'date: "\1"', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        entry = yaml.load(text.split("---\n")[1], yaml.BaseLoader)
        if (
            path.stem.count(".") == 0
            and entry.get("status", "published") == "published"
            and "embargo_until" not in entry
        ):
            found[path.stem] = entry
    return found


def days(date: str) -> tuple[set[str], set[str]]:
    """The days on which a date certainly and possibly stands: plain days, sets and intervals of days, at most a week."""
    known = [datetime.date.fromisoformat(d) for d in re.findall(r"\d{4}-\d\d-\d\d(?![\dX])", date)]
    if not known:
        return set(), set()
    between = {(known[0] + datetime.timedelta(n)).isoformat() for n in range((known[-1] - known[0]).days + 1)}
    named = {d.isoformat() for d in known}
    if "~" in date or "?" in date or "%" in date or date.startswith("["):
        return set(), named
    return (between if "/" in date else named), set()


def expected(root: Path) -> Index:
    """Page and section to the ids of the incidents that must stand there."""
    found: Index = defaultdict(set)
    cities = {p.stem: front_matter(p) for p in (root / "content/cities").glob("*.md")}
    names = {
        n: id
        for id, c in cities.items()
        for n in (id, c["name"], *c.get("names", {}).values(), *_list(c.get("aliases", [])))
    }
    for id, entry in entries(root).items():
        found["incidents.html"].add(id)
        for city in _list(entry["city"]):
            found[f"cities/{names[city]}.html#incidents"].add(id)
        if "kind" in entry:
            found[f"kinds/{entry['kind']}.html#list"].add(id)
        for tag in entry.get("tags", []):
            found[f"tags/{tag.lower().replace(' ', '-')}.html#list"].add(id)
        for wave in _list(entry.get("part_of", [])):
            found[f"waves/{wave}.html#list"].add(id)
        for source in entry["sources"]:
            seed = source.get("source") if isinstance(source, dict) else source
            if seed and "/" not in seed:
                found[f"sources/{seed}.html#claims"].add(id)
        for section, where in zip(("on", "maybe"), days(entry["date"]), strict=True):
            for day in where:
                found[f"{day.replace('-', '/')}.html#{section}"].add(id)
    return found


def _list(value: object) -> list:
    return value if isinstance(value, list) else [value]


class Links(HTMLParser):
    """The incidents that each section of a page links to; outside of sections they count for the page as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Index = defaultdict(set)
        self.sections: list[str] = []
        self.main = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.main |= tag == "main"
        if tag == "section":
            self.sections.append(given.get("aria-labelledby") or "")
        match = re.search(r"(?:^|/)incidents/([^/]+)\.html", given.get("href") or "")
        if match and self.main and tag == "a":
            for place in {"", *self.sections[-1:]}:
                self.found[place].add(match[1])

    def handle_endtag(self, tag: str) -> None:
        self.main &= tag != "main"
        if tag == "section":
            self.sections.pop()


def recount(root: Path, site: Path) -> list[str]:
    """Every page that lists too much or too little, with what differs."""
    wrong = []
    for place, ids in sorted(expected(root).items()):
        path, _, section = place.partition("#")
        if not (site / path).exists():
            wrong.append(f"{place}: there is no such page")
            continue
        links = Links()
        links.feed((site / path).read_text(encoding="utf-8"))
        if links.found[section] != ids:
            wrong.append(f"{place}: {sorted(links.found[section] ^ ids)}")
    days_made = {p.relative_to(site).as_posix() for p in site.glob("[0-9]*/[0-9]*/[0-9]*.html")}
    needed = {place.partition("#")[0] for place in expected(root) if re.match(r"\d{4}/", place)}
    return wrong + [f"{path}: a day without an entry" for path in sorted(days_made - needed)]
