"""The measurement: the same facts for every generator, the same pages of ours, and numbers that mean what they say."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.corpus import Entry, entries, middle
from bench.formats import FORMATS, files, write
from bench.measure import Run, read_tree
from bench.pages import OUR_EXTRAS, difference, expected, neutral, pages_of
from bench.report import check, table
from bench.rounds import Measured, Result
from bench.sites import SITES, Site
from bench.steps import COLD, STEPS
from bench.vocabulary import slug
from tests.chronicles import built
from tests.laws.test_build_laws import broken_links

FACTS = entries(30)
each_site = pytest.mark.parametrize("site", SITES, ids=lambda site: site.key)
BY_KEY = {site.key: site for site in SITES}


# ---------------------------------------------------------------- facts


def test_the_same_number_and_seed_give_the_same_chronicle() -> None:
    assert entries(30) == FACTS
    assert entries(30, seed=2) != FACTS
    assert len({entry.id for entry in entries(3000)}) == 3000


def told(entry: Entry) -> dict[str, Any]:
    """What every format has to say of an entry."""
    return {
        "title": entry.title,
        "when": f"{entry.when:%Y-%m-%d %H:%M}",
        "city": slug(entry.city),
        "kind": entry.kind,
        "assessment": entry.assessment,
        "harm": (entry.killed, entry.injured),
        "sources": [(s.title, s.url, s.publisher, s.published) for s in entry.sources],
        "tags": list(entry.tags),
        "related": list(entry.relations),
        "body": re.sub(r"\[\[([^|\]]+)\|([^\]]+)\]\]", r"(\1)(\2)", entry.body),
    }


def told_in_ours(text: str) -> dict[str, Any]:
    keys, body = front(text)
    return {
        **{key: keys[key] for key in ("title", "city", "kind", "assessment", "tags")},
        "when": f"{keys['date']} {keys['time']}",
        "harm": (keys["casualties"]["killed"], keys["casualties"]["injured"]),
        "sources": [(s["title"], s["url"], s["publisher"], f"{s['published']}") for s in keys["sources"]],
        "related": keys.get("relations", []),
        "body": re.sub(r"\[\[([^|\]]+)\|([^\]]+)\]\]", r"(\1)(\2)", body),
    }


def told_in_yaml(text: str) -> dict[str, Any]:
    keys, body = front(text)
    return {
        **{key: keys[key] for key in ("title", "kind", "assessment", "tags", "related")},
        "city": slug(keys["city"]),
        "when": f"{keys['date'].astimezone(datetime.timezone(datetime.timedelta(hours=3))):%Y-%m-%d %H:%M}",
        "harm": (keys["casualties"]["killed"], keys["casualties"]["injured"]),
        "sources": [(s["title"], s["url"], s["publisher"], f"{s['date']}") for s in keys["sources"]],
        "body": without_addresses(body),
    }


def told_in_pelican(text: str) -> dict[str, Any]:
    head, _, body = text.partition("\n\n")
    keys: dict[str, list[str]] = {}
    for key, value in re.findall(r"^(?:(\w+): |    )(.*)$", head, re.MULTILINE):
        keys.setdefault(key or list(keys)[-1], []).append(value)
    return {
        **{key: keys[key.capitalize()][0] for key in ("title", "kind", "assessment")},
        "city": slug(keys["Category"][0]),
        "when": keys["Date"][0].replace("T", " ").removesuffix(":00+03:00"),
        "harm": (int(keys["Killed"][0]), int(keys["Injured"][0])),
        "sources": [tuple(source.split(" | ")) for source in keys["Sources"]],
        "tags": keys["Tags"][0].split(", "),
        "related": keys.get("Related", []),
        "body": without_addresses(body),
    }


def front(text: str) -> tuple[dict[str, Any], str]:
    _, head, body = text.split("---\n", 2)
    return yaml.safe_load(head), body.removeprefix("\n")


def without_addresses(body: str) -> str:
    return re.sub(r"\[([^\]]+)\]\(/incidents/\d{4}/([^/]+)/\)", r"(\2)(\1)", body)


READERS: dict[str, Callable[[str], dict[str, Any]]] = {
    "full": told_in_ours,
    "plain": told_in_ours,
    "hugo": told_in_yaml,
    "eleventy": told_in_yaml,
    "pelican": told_in_pelican,
}


@pytest.mark.parametrize("key", FORMATS)
def test_every_generator_reads_the_same_facts(key: str) -> None:
    form = FORMATS[key]
    written = files(form, FACTS)
    assert [READERS[key](written[form.path(entry)]) for entry in FACTS] == [told(entry) for entry in FACTS]


# ---------------------------------------------------------------- pages

NAMES = {
    "home": ("index.html", "index.html"),
    "cities": ("cities/index.html", "cities.html"),
    "dates": ("dates/index.html", "dates.html"),
    "feed": ("feed.xml", "feeds/site.xml"),
    "incident/2024-02-03-x": ("incidents/2024/2024-02-03-x/index.html", "incidents/2024-02-03-x.html"),
    "city/ashford": ("cities/ashford/index.html", "cities/ashford.html"),
    "date/2024": ("dates/2024/index.html", "2024.html"),
    "date/2024-02": ("dates/2024-02/index.html", "2024/02.html"),
    "date/2024-02-03": ("dates/2024-02-03/index.html", "2024/02/03.html"),
}


def test_a_page_has_one_name_whoever_makes_it() -> None:
    assert {name: tuple(map(neutral, paths)) for name, paths in NAMES.items()} == {name: (name,) * 2 for name in NAMES}


def test_a_page_that_is_not_the_same_everywhere_is_told() -> None:
    tree = {"index.html": b"", "kinds.html": b"", "404.html": b"", "cities/ashford/2024.html": b""}
    pages = pages_of(tree)
    assert (pages.extras, pages.parts) == (("404.html",), ("cities/ashford/2024.html",))
    assert difference(pages, []) == "lacks 4, such as cities; has besides 1, such as kinds.html"


def test_the_plain_theme_makes_the_pages_that_all_make(tmp_path: Path) -> None:
    write(files(FORMATS["plain"], FACTS), tmp_path)
    outcome = built(tmp_path)
    pages = pages_of(read_tree(tmp_path / "build"))
    assert outcome.problems == ()
    assert pages.names == expected(FACTS)
    assert {path.partition("/")[0] for path in pages.extras} == {extra.partition("/")[0] for extra in OUR_EXTRAS}
    assert broken_links(tmp_path / "build") == []
    assert pages.links > 4 * len(FACTS)


# ---------------------------------------------------------------- steps


@each_site
def test_every_step_changes_what_it_names_and_nothing_else(site: Site, tmp_path: Path) -> None:
    write(files(site.form, FACTS), tmp_path)
    edited = site.form.path(middle(FACTS))
    changed: dict[str, set[str]] = {}
    for name, step in STEPS.items():
        before = read_tree(tmp_path)
        step(site, tmp_path, FACTS)
        after = read_tree(tmp_path)
        changed[name] = {path for path in before | after if before.get(path) != after.get(path)}
    added = site.form.path(replace(middle(FACTS), id=f"{middle(FACTS).id}-added"))
    assert changed == {
        COLD: set(),
        "nothing changed": set(),
        "one body edited": {edited},
        "one title edited": {edited},
        "one template edited": {site.template.path},
        "one entry added": {added},
        "one entry deleted": {added},
    }


# ---------------------------------------------------------------- numbers


def test_a_ratio_is_the_median_of_those_of_the_rounds() -> None:
    hugo, plain = Measured(), Measured()
    hugo.runs[COLD] = [Run(1.0, 2.0), Run(4.0, 2.0), Run(2.0, 2.0)]
    plain.runs[COLD] = [Run(0.5, 1.0), Run(1.0, 1.0), Run(1.5, 1.0)]
    rows = list(table(Result(1000, 3, {BY_KEY["hugo"]: hugo, BY_KEY["plain"]: plain})))
    assert rows[0] == "| | Hugo | ours, plain |"
    assert rows[2] == "| cold build | 2.00 s | 1.00 s (0.50) |"
    assert "| memory | not measured | not measured |" in rows


def test_sites_that_do_not_have_the_same_pages_are_named() -> None:
    found = Measured(pages=pages_of({"index.html": b""}))
    found.difference = difference(pages_of({"index.html": b""}), FACTS)
    (line,) = check(Result(30, 1, {BY_KEY["pelican"]: found}))
    assert line.startswith("**The pages are not the same:** Pelican lacks ")
