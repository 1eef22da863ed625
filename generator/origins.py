"""Which reports go back to which: origins, circles, and what a copy is worth beside what it was made from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

Parents = Callable[[str], Sequence[str]]
"""What gives the reports that one copies or rewrites."""


def origins(derived_from: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Every document's origins, following `derived_from` to its ends; a circle is one origin, called by its first id."""
    found: dict[str, tuple[str, ...]] = {id: (id,) for id, parents in derived_from.items() if not parents}
    for circle in _circles(derived_from):
        beyond = {p for id in circle for p in derived_from.get(id, ()) if p not in circle}
        roots = sorted({root for p in beyond for root in found.get(p, (p,))})
        found.update(dict.fromkeys(circle, tuple(roots) or (min(circle),)))
    return {id: found[id] for id in derived_from}


def _circles(derived_from: Mapping[str, Sequence[str]]) -> Iterator[frozenset[str]]:
    """The copies in circles, or each alone, after all that they go back to (Tarjan's algorithm, without recursion)."""
    met: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: dict[str, None] = {}
    for start in (id for id, parents in derived_from.items() if parents):
        path = [] if start in met else [(start, iter(derived_from[start]))]
        while path:
            id, parents = path[-1]
            if id not in met:
                met[id] = lowest[id] = len(met)
                waiting[id] = None
            parent = next(parents, None)
            if parent is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[id])
                if lowest[id] == met[id]:
                    yield _closed(waiting, id)
            elif parent not in met:
                path.append((parent, iter(derived_from.get(parent, ()))))
            elif parent in waiting:
                lowest[id] = min(lowest[id], met[parent])


def _closed(waiting: dict[str, None], first: str) -> frozenset[str]:
    """All that waits from the first on, taken off: one circle."""
    circle = set()
    while first in waiting:
        circle.add(waiting.popitem()[0])
    return frozenset(circle)


def ancestors(id: str, parents: Parents) -> tuple[str, ...]:
    """All that a report goes back to, nearest first; itself only where it stands in a circle."""
    found: dict[str, None] = {}
    rest = list(parents(id))
    for parent in rest:
        if parent not in found:
            found[parent] = None
            rest.extend(parents(parent))
    return tuple(found)


def upstream(id: str, parents: Parents, cited: Collection[str]) -> tuple[str, ...]:
    """The nearest reports that one goes back to, of those that are cited beside it or are origins."""
    found: dict[str, None] = {}
    seen = {id}
    rest = list(parents(id))
    for parent in rest:
        if parent in seen:
            continue
        seen.add(parent)
        further = parents(parent)
        if parent in cited or not further:
            found[parent] = None
        else:
            rest.extend(further)
    return tuple(found)


def stands_for(
    id: str, roots: Mapping[str, Sequence[str]], parents: Parents, cited: Collection[str]
) -> tuple[str, ...]:
    """The origins of a report for which nothing that is cited stands nearer to them: a copy beside its origin stands for none.

    `roots` leads from each of what is cited to its origins. Of a circle the first by id stands for it.
    """
    back = ancestors(id, parents)
    nearer = [a for a in back if a in cited and a != id and not (a > id and id in ancestors(a, parents))]
    return tuple(o for o in roots[id] if o == id or not any(o in roots[a] for a in nearer))
