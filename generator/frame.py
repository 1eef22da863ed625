"""How the entries of the last build stand to each other, by their ids: enough to tell what lies around one of them.

It is remembered when a build leaves all at rest, and read when nothing but the text of an entry has changed since.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from .chronicle import Chronicle

SAME_DAY_EACH_WAY = 2
"""So many entries before and after one on its days stand on its page: adding an entry changes few pages."""


class Frame(msgspec.Struct, frozen=True, array_like=True):
    """The order of all entries, and of those of each city and day; for an entry those it is related to (`type:id`), and what
    links to it; for a page that tells the texts of several records (a feed) their paths.

    `has_corrections` is what the site around every page knows. `paths` holds the entries whose file is not where their id
    says.
    """

    timeline: tuple[str, ...]
    by_city: dict[str, tuple[str, ...]]
    days: dict[datetime.date, tuple[str, ...]]
    ties: dict[str, tuple[str, ...]]
    mentions: dict[str, tuple[str, ...]]
    texts: dict[str, tuple[str, ...]]
    paths: dict[str, str]
    has_corrections: bool


def frame_of(c: Chronicle, texts: Mapping[str, tuple[str, ...]], has_corrections: bool) -> Frame:
    """The frame of a chronicle."""
    entries = c.entries.values()
    return Frame(
        timeline=c.timeline,
        by_city=c.by_city,
        days={day: tuple([on.id for on in found]) for day, found in c.days.items()},
        ties={e.id: tuple(f"incident:{tie.to}" for tie in e.ties) for e in entries if e.ties},
        mentions={e.id: e.mentions for e in entries if e.mentions},
        texts=dict(texts),
        paths={e.id: e.incident.path for e in entries if e.incident.path != usual_path(e.id)},
        has_corrections=has_corrections,
    )


def usual_path(id: str) -> str:
    """Where the file of an entry stands, if its id begins with its year."""
    return f"content/incidents/{id[:4]}/{id}.md"


def path_of(frame: Frame, id: str) -> str:
    return frame.paths.get(id) or usual_path(id)


def around(frame: Frame, id: str) -> Iterator[str]:
    """All that may stand on the page of an entry beside it, as `type:id`."""
    yield from frame.ties.get(id, ())
    yield from frame.mentions.get(id, ())
    near = [beside(frame.timeline, id, 1)]
    near += [beside(ids, id, 1) for ids in frame.by_city.values() if id in ids]
    near += [beside(ids, id, SAME_DAY_EACH_WAY) for ids in frame.days.values() if id in ids]
    for ids in near:
        yield from (f"incident:{other}" for other in ids)


def beside(ids: Sequence[str], id: str, each_way: int) -> Sequence[str]:
    """An id among others with so many before and after it."""
    at = ids.index(id)
    return ids[max(0, at - each_way) : at + each_way + 1]
