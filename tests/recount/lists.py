"""Which entries each index page must list, from the source files, and which it does list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from .printed import Page
from .raw import Chronicle
from .site import Site

ENTRY = re.compile(r"(?:.*/)?incidents/(?!\d{4}(?:-\d\d)?\.|no-year\.)([^/]+)\.html")


def expected(c: Chronicle) -> dict[str, set[str]]:
    """Page and section to the ids of the incidents that must stand there; of documents, those that have a file."""
    found: dict[str, set[str]] = defaultdict(set)
    for e in c.entries:
        places = ["incidents.html#", *(f"cities/{city}.html#incidents" for city in e.cities)]
        places += [f"kinds/{e.kind}.html#list"] if e.kind in c.site.get("kinds", {}) else []
        places += [f"tags/{tag}.html#list" for tag in e.tags] + [f"waves/{wave}.html#list" for wave in e.waves]
        places += [f"sources/{seed}.html#claims" for seed in e.seeds if seed in c.seeds]
        places += [f"waves/{wave}.html#maybe" for wave in e.perhaps]
        days = e.when.shown.items()
        places += [f"{day.isoformat().replace('-', '/')}.html#{'on' if sure else 'maybe'}" for day, sure in days]
        for place in places:
            found[place].add(e.id)
    return found


def entries_linked(page: Page, section: str = "") -> set[str]:
    """The entries to which a page leads from a section of its main part, or from anywhere in it."""
    main = page.main
    parts = [main] if not section else [s for s in main.every("section") if s.given.get("aria-labelledby") == section]
    parts = parts or list(main.below_heading(section))
    addresses = (link.given.get("href", "") for part in parts for link in part.every("a"))
    return {found[1] for address in addresses if (found := ENTRY.fullmatch(address))}


def parts_of(site: Site, path: str) -> Iterator[Page]:
    """The pages of the years and months of a list that is too long for one."""
    stem = path.removesuffix(".html")
    for page in (site.folder / stem).glob("*.html") if path[0].isalpha() else ():
        if re.fullmatch(r"\d{4}(-\d\d)?|no-year", page.stem):
            yield site.page(f"{stem}/{page.name}")


def miscounted_lists(c: Chronicle, site: Site) -> list[str]:
    """Every page that lists too much or too little, with what differs."""
    wrong = []
    wanted = expected(c)
    for place, ids in sorted(wanted.items()):
        path, _, section = place.partition("#")
        if path not in site:
            wrong.append(f"{place}: there is no such page")
            continue
        parts = (entries_linked(part) for part in parts_of(site, path))
        differing = ids ^ entries_linked(site.page(path), section).union(*parts)
        if differing:
            wrong.append(f"{place}: {', '.join(sorted(differing)[:5])}")
    made = {path for path in site if re.fullmatch(r"\d{4}/\d\d/\d\d\.html", path)}
    needed = {place.partition("#")[0] for place in wanted}
    return wrong + [f"{path}: a day without an entry" for path in sorted(made - needed)]
