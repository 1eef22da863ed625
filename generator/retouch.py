"""When nothing but the text of a few entries has changed: only their pages are made, from only what stands on them.

Whether the part of the chronicle that is linked for this suffices is not assumed but seen: the keys that the pages had are
made again from it with the entries as they were. Where one comes out as another, all is done as usual.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from . import routes
from .content import Read, bodies_of, parsed_run, remembered_files
from .engine import engine_digest
from .files import digest
from .frame import Frame, around, path_of
from .linking import linked
from .looks import look_of
from .memory import Memory
from .model import Body, Incident, Page, Parsed, Reference, Settings, Source
from .outputs import feeds, records
from .render import Templates, templates
from .sequence import others_of
from .shelves import identity
from .sources import settings_of
from .stands import Mark
from .survey import Survey
from .views import incident
from .views.base import Site, site_of
from .views.desk import Desk, desk_of

FEW = 8
"""So many entries may have changed."""

_WORDS = ("summary", "opening", "body_digest", "digest")
"""What may differ in an entry whose text alone has changed."""


Known = Callable[[Iterable[str]], dict[str, Parsed]]
"""What gives the files at some paths, as the last build has parsed them."""


class Retouched(NamedTuple):
    """The pages that may have changed, the site around them, the templates, and the entries as they were read now."""

    pages: tuple[Page, ...]
    site: Site
    templates: Templates
    reads: tuple[Read, ...]


def retouched(
    root: Path,
    surveyed: Survey,
    before: Mapping[str, str],
    now: Mapping[str, str],
    marks: Mapping[str, Mark],
    memory: Memory,
) -> Retouched | None:
    """What is to be done where the texts of a few entries have changed between two states of the contents, and nothing else."""
    changed = [path for path, content in now.items() if before.get(path) != content]
    kinds = {identity(path)[0] for path in changed}
    data = memory.frame()
    if not data or not 0 < len(changed) <= FEW or kinds != {"incident"}:
        return None
    frame = msgspec.msgpack.decode(data, type=Frame)
    known: Known = partial(remembered_files, memory, before)
    old = known(changed)
    reads = {read.path: read for read in parsed_run(root, changed)}
    if not all(_is_same_but_words(old.get(path), reads[path], now[path]) for path in changed):
        return None
    settings = settings_of(surveyed.settings).settings
    if settings is None:
        return None
    look = templates(look_of(surveyed.look).texts)
    bodies = bodies_of(root, memory, before, {})
    wanted = _pages_with(changed, frame, marks)
    files = known(_paths_around(changed, wanted, frame, surveyed, known))
    was = _desk(settings, files.values(), frame, look, bodies)
    if not _have_keys(_pages(was, wanted), wanted, marks):
        return None
    files |= {path: read.parsed() for path, read in reads.items()}
    desk = _desk(settings, files.values(), frame, look, lambda p: reads[p].body() if p in reads else bodies(p))
    return Retouched(tuple(_pages(desk, wanted)), desk.site, look, tuple(reads.values()))


def _is_same_but_words(old: Parsed | None, read: Read, content: str) -> bool:
    """Whether a file with this content says of everything but its text what it said before, and nothing is wrong with either."""
    if old is None or read.row is None or read.content != content:
        return False
    new = read.parsed()
    if old.problems or new.problems or not isinstance(old.record, Incident) or not isinstance(new.record, Incident):
        return False
    if old.record.queries:
        return False  # an answer rests on all entries
    if old.record.updates or _targets(old.references) != _targets(new.references):
        return False  # the pages of corrections rest on the whole record of an entry that has updates
    kept = {name: getattr(old.record, name) for name in _WORDS}
    return msgspec.structs.replace(new.record, **kept) == old.record


def _targets(references: Iterable[Reference]) -> list[tuple[str, str]]:
    return [(r.type, r.id) for r in references]


def _pages_with(changed: Iterable[str], frame: Frame, marks: Mapping[str, Mark]) -> frozenset[str]:
    """The pages that tell the text of one of these entries."""
    ids = [identity(path)[1] for path in changed]
    own = {route(id) for id in ids for route in (routes.incident, routes.incident_data)}
    paths = set(changed)
    return frozenset(own & marks.keys()) | {page for page, told in frame.texts.items() if not paths.isdisjoint(told)}


def _paths_around(
    changed: Sequence[str], wanted: Iterable[str], frame: Frame, surveyed: Survey, known: Known
) -> Iterable[str]:
    """The files of all records that may stand on some pages."""
    found = {path for page in wanted for path in frame.texts.get(page, ())} | set(changed)
    names = {name for path in changed for name in around(frame, identity(path)[1])}
    names |= {link for file in known(found).values() if file.record for link in file.record.links}
    names |= {f"incident:{id}" for file in known(changed).values() for id in _others_of(file)}
    found |= {path_of(frame, name.partition(":")[2]) for name in names if name.startswith("incident:")}
    found |= {f.path for f in surveyed.content if f.path.startswith(_FEW_FILES)}
    seeds = {identity(f.path)[1]: f.path for f in surveyed.content if f.path.startswith("seeds/")}
    cited = {name.partition(":")[2] for name in names if name.startswith("source:")}
    cited |= {source for file in known(found).values() for source in _sources_of(file)}
    return found | _with_origins(cited, seeds, known)


_FEW_FILES = ("content/cities/", "content/waves/", "content/publishers/", "content/pages/")
"""All files of these types are taken: what a page takes of them cannot be told from outside."""


def _sources_of(file: Parsed) -> Iterator[str]:
    """The sources that an entry rests on, and those that a source goes back to."""
    if isinstance(file.record, Incident):
        for citation in file.record.sources:
            yield from (citation.source,) if citation.source else citation.document.derived_from
    elif isinstance(file.record, Source):
        yield from file.record.document.derived_from


def _others_of(file: Parsed) -> Iterator[str]:
    """The incidents that an entry's sources put before or after it."""
    if isinstance(file.record, Incident):
        for citation in file.record.sources:
            yield from others_of(citation.says)


def _with_origins(sources: Iterable[str], seeds: Mapping[str, str], known: Known) -> set[str]:
    """The files of these sources and of all that they go back to."""
    found: set[str] = set()
    rest = set(sources)
    while rest:
        paths = {seeds[id] for id in rest if id in seeds} - found
        found |= paths
        rest = {parent for file in known(paths).values() for parent in _sources_of(file)}
    return found


def _desk(
    settings: Settings, files: Iterable[Parsed], frame: Frame, look: Templates, bodies: Callable[[str], Body]
) -> Desk:
    chronicle = linked(settings, tuple(files), frozenset(), {})
    site = site_of(settings, chronicle.pages, has_corrections=frame.has_corrections)
    return desk_of(chronicle, site, look.digests, bodies, digest(engine_digest()))


def _pages(desk: Desk, wanted: frozenset[str]) -> Iterator[Page]:
    for family in (incident.pages, records.pages, feeds.pages, feeds.group_pages):
        yield from (page for page in family(desk) if page.path in wanted)


def _have_keys(pages: Iterable[Page], wanted: frozenset[str], marks: Mapping[str, Mark]) -> bool:
    """Whether all of these pages can be made here, and have the keys that they had."""
    found = {page.path: page for page in pages}
    return found.keys() == wanted and all(page.key == marks[path].key for path, page in found.items())
