"""The sources as a whole: by year, by publisher and by kind; their own pages and those of their publishers come with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import Any

import msgspec

from .. import routes
from ..chronicle import Chronicle, newest_first
from ..model import Page, Source
from . import publishers, source
from .base import HOME, MOST_ROWS, SOURCES, Count, Head, Link, Site, head
from .claims import SOURCE_KINDS
from .desk import Desk
from .documents import DOCUMENTS, SourceRow, source_rows, sources_part
from .listing import About, Section, part_pages, sections_of, shown, year_counts
from .track_record import records_of

MOST_PUBLISHERS = 60
"""So many publishers stand in the overview where there are more than `MOST_ROWS`: those with the most sources."""

ABOUT = About("Sources", SOURCES.path, "sources", (HOME, SOURCES))


class SourcesView(msgspec.Struct, frozen=True, kw_only=True):
    """The overview of sources; `kinds` are words with how many sources are of that kind."""

    head: Head
    lede: str
    years: tuple[Count, ...]
    sections: tuple[Section, ...]
    kinds: tuple[tuple[str, int], ...]
    publishers: tuple[Count, ...]
    more_publishers: int


def pages(desk: Desk) -> Iterator[Page]:
    """The overview of sources with its years, a page for every source, and the publishers."""
    c = desk.chronicle
    rows = source_rows(desk, sorted(c.sources.values(), key=newest_first))
    yield desk.page(SOURCES.path, "sources.html", sources_view, partial(_parts, c, rows))
    yield from part_pages(desk, DOCUMENTS, rows, ABOUT, "sources-part.html", sources_part)
    records = cache(partial(records_of, c))
    yield from source.pages(desk, records)
    yield from publishers.pages(desk, records)


def _parts(c: Chronicle, rows: tuple[SourceRow, ...]) -> tuple[Any, ...]:
    """All that the overview of sources is made from."""
    houses, years = publisher_counts(c), year_counts(DOCUMENTS, SOURCES.path, rows)
    kinds = kind_counts(c.sources.values())
    return shown(DOCUMENTS, rows), years, len(rows), kinds, houses, len(c.by_house) - len(houses)


def publisher_counts(chronicle: Chronicle) -> tuple[Count, ...]:
    """Publishers with the number of their sources, A to Z; of very many only those with the most."""
    sizes = {house: len(ids) for house, ids in chronicle.by_house.items()}
    order = publishers.by_name(chronicle, sizes)
    kept = order if len(order) <= MOST_ROWS else sorted(order, key=lambda h: -sizes[h])[:MOST_PUBLISHERS]
    return tuple(Count(Link(chronicle.houses[h].name, routes.publisher(h)), sizes[h]) for h in order if h in set(kept))


def kind_counts(sources: Iterable[Source]) -> tuple[tuple[str, int], ...]:
    """Kinds of source in words with how many there are, the most first."""
    counts = Counter(SOURCE_KINDS[s.document.kind] if s.document.kind else "kind not given" for s in sources)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def sources_view(
    site: Site, path: str, rows: tuple[SourceRow, ...], years: tuple[Count, ...], total: int, kinds: tuple[tuple[str, int], ...],
    houses: tuple[Count, ...], more_publishers: int,
) -> SourcesView:  # fmt: skip
    """The overview of sources."""
    documents = site.words.plural(total, one="{} document", other="{} documents")
    lede = f"{documents} on which the entries rest. The page of each lists every claim that is taken from it."
    return SourcesView(
        head=head(site, path, "Sources", lede, section="sources", crumbs=(HOME,)),
        lede=lede,
        years=years,
        sections=sections_of(DOCUMENTS, rows, years),
        kinds=kinds,
        publishers=houses,
        more_publishers=more_publishers,
    )
