"""Numbers in prose that stand for a query: each against a count from the source files, and each link against the list it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from .days import when
from .lists import entries_linked, parts_of
from .printed import Page
from .raw import Chronicle, Entry, counting, names_of, tag_id
from .site import Site
from .tolls import Toll, toll, with_possible
from .totals import halves
from .tree import Node

QUERY = re.compile(r"(?<!\\)\{\{\s*(count|sum)\s*([^{}]*)\}\}")
TERM = re.compile(r'(kind|city|tag|wave|year|date)=((?:"[^"]*"|[^\s,"]+)(?:,(?:"[^"]*"|[^\s,"]+))*)')
VALUE = re.compile(r'"([^"]*)"|([^",]+)')
SECTIONS = {"cities": ["incidents"], "kinds": ["list"], "tags": ["list"], "waves": ["list", "maybe"]}
"""Where a page has its list; of others, all that they lead to is listed."""

FOLDERS = {
    "content/pages": "{}.html",
    "content/cities": "cities/{}.html",
    "content/waves": "waves/{}.html",
    "content/incidents": "incidents/{}.html",
}


def miscounted_prose(c: Chronicle, root: Path, site: Site) -> list[str]:
    """Every answer in a text that is not as the source files say, or whose link leads to a list of something else."""
    names = names_of(c.cities)
    wrong = []
    for folder, address in FOLDERS.items():
        for file in sorted((root / folder).rglob("*.md")):
            id, _, lang = file.stem.partition(".")
            path = f"{lang}/" * bool(lang) + address.format(id)
            asked = QUERY.findall(file.read_text(encoding="utf-8").split("---\n", 2)[2])
            if asked and path in site:
                wrong += [f"{path}: {line}" for line in _wrong(c, names, site, site.page(path), asked)]
    return wrong


def _wrong(c: Chronicle, names: dict[str, str], site: Site, page: Page, asked: list[tuple[str, str]]) -> Iterator[str]:
    told = [data for text in page.main.every("div", "prose") for data in text.every("data")]
    links = {id(data): link for link in page.main.every("a") for data in link.every("data")}
    answers = [(_answer(c, names, *query), query) for query in asked]
    known = [(answer, query) for answer, query in answers if answer[0] is not None]
    if len(known) != len(told):
        yield f"answers {len(told)} queries of {len(known)}"
        return
    for ((number, sure, maybe), query), data in zip(known, told, strict=True):
        if toll(data.given["value"]) != number:
            yield f"{query}: prints {data.given['value']}, counted {number}"
        if id(data) in links:
            yield from _misled(c, site, page, links[id(data)], {e.id for e in (*sure, *maybe)})


def _misled(c: Chronicle, site: Site, page: Page, link: Node, ids: set[str]) -> Iterator[str]:
    """A link that leads to a list of more or less than was counted."""
    path, _, anchor = page.target(link).partition("#")
    if path not in site:
        yield f"leads to {path}, which is not there"
        return
    lists = [anchor] if anchor else SECTIONS.get(path.partition("/")[0], [""])
    listed = set().union(*(entries_linked(site.page(path), section) for section in lists))
    if path[0].isdigit():  # a calendar page of very many entries leads to them by way of its days
        here = halves(c.entries, path.removesuffix(".html").replace("/", "-"))
        listed = {entry.id for half in here for entry in half}
    listed = listed.union(*(entries_linked(part) for part in parts_of(site, path) if not anchor))
    if listed != ids:
        yield f"leads to {path}#{anchor}, which lists {', '.join(sorted(listed ^ ids)[:5])} otherwise"


def _answer(c: Chronicle, names: dict[str, str], verb: str, rest: str) -> tuple[Toll | None, list[Entry], list[Entry]]:
    """What a query comes to, and the entries that certainly and possibly fit it."""
    where = {key: [a or b for a, b in VALUE.findall(values)] for key, values in TERM.findall(rest)}
    frames = _frames(where)
    how = {e.id: _fit(e, where, names, frames) for e in c.entries}
    sure, maybe = ([e for e in c.entries if how[e.id] == which] for which in ("sure", "maybe"))
    counted, perhaps = counting(c, sure, maybe)
    if verb == "count":
        return Toll(len(counted), len(counted) + len(perhaps), False), sure, maybe
    outcome = rest.split()[0]
    total = with_possible(*([e.tolls[outcome] for e in found if outcome in e.tolls] for found in (counted, perhaps)))
    if not counted and not perhaps:
        return Toll(0, 0, False), sure, maybe
    if total and any(outcome not in e.tolls for e in (*counted, *perhaps)):
        total = Toll(total.low, None, total.about) if total.low else None
    return total, sure, maybe


def _frames(where: dict[str, list[str]]) -> list[tuple[date, date]]:
    """The times that a query asks for; years in a row are one."""
    if "date" in where:
        found = when(where["date"][0])
        return [(found.first, found.last)]
    years = sorted({int(y) for y in where.get("year", [])})
    runs = [[y for y in years if y - years.index(y) == start] for start in sorted({y - n for n, y in enumerate(years)})]
    return [(date(run[0], 1, 1), date(run[-1], 12, 31)) for run in runs]


def _fit(entry: Entry, where: dict[str, list[str]], names: dict[str, str], frames: list[tuple[date, date]]) -> str:
    """`sure`, `maybe` or nothing."""
    cities = {names.get(name.casefold()) for name in where.get("city", [])}
    wanted = (
        ("kind" not in where or entry.kind in where["kind"])
        and ("city" not in where or bool(cities & set(entry.cities)))
        and ("tag" not in where or bool({tag_id(t) for t in where["tag"]} & set(entry.tags)))
    )
    waves = set(where.get("wave", []))
    if not wanted or (waves and not waves & {*entry.waves, *entry.perhaps}):
        return ""
    times = {entry.when.within(*frame) for frame in frames} or {"sure"}
    found = "sure" if "sure" in times else "maybe" if "maybe" in times else ""
    return "maybe" if found and waves and not waves & set(entry.waves) else found
