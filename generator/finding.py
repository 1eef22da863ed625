"""The pages of a site by their addresses: some are found without planning all, which takes a tenth of a second in a large one."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping

from .edition import assets_of, plan_of
from .model import Page
from .plan import Family, Plan
from .sources import Sources
from .views import home, incident, months, places, prose, years
from .views.desk import Desk

ASSETS = ("static/", "media/")


class Pages(Mapping[str, Page]):
    """The pages of a desk by path. Whatever asks for more than single pages makes the plan, once."""

    def __init__(self, desk: Desk, sources: Sources) -> None:
        self._desk = desk
        self._sources = sources
        self._making = threading.Lock()
        self._plan: Plan | None = None
        self._planned: dict[str, Page] = {}
        self._found: dict[str, Page] = {}

    def plan(self) -> Plan:
        """The plan of the whole site."""
        with self._making:
            if self._plan is None:
                plan = plan_of(self._desk, self._sources)
                self._planned = {page.path: page for page in plan.pages} | self._found
                self._plan = plan
            return self._plan

    def __getitem__(self, path: str) -> Page:
        if self._plan is None and path not in self._found and (page := self._alone(path)) is not None:
            self._found[path] = page
        return self._found[path] if path in self._found else self._all()[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _alone(self, path: str) -> Page | None:
        if path.startswith(ASSETS):
            return next((page for page in assets_of(self._desk, self._sources) if page.path == path), None)
        return found(self._desk, path)

    def _all(self) -> Mapping[str, Page]:
        self.plan()
        return self._planned


def found(desk: Desk, path: str) -> Page | None:
    """The page at an address, where it is one of those that can be found at once."""
    folder, _, name = path.rpartition("/")
    id = name.removesuffix(".html")
    first, _, rest = folder.partition("/")
    entry = rest or id  # its former states stand in a folder of its own
    if first == "incidents" and entry in desk.chronicle.entries:
        pages = incident.pages_of(desk, entry)
    else:
        pages = (page for family in _families(desk, path) for page in family(desk))
    return next((page for page in pages if page.path == path), None)


def _families(desk: Desk, path: str) -> tuple[Family, ...]:
    """The families in which a page is sought: small ones, and where its address says that it may be there."""
    first = path.partition("/")[0].removesuffix(".html")
    if first == "index":
        return (home.pages,)
    if first == "cities":
        return (places.pages,)
    if first.isdigit() or first == "dates":
        return (years.pages, months.pages)
    return (prose.pages,) if path == f"{first}.html" and first in desk.chronicle.pages else ()
