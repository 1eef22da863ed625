"""Laws of which report goes back to which: against a slow search, in circles too, and however long a chain is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from generator.origins import ancestors, origins, stands_for, upstream

NAMES = "abcdefg"
graphs = st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from([*NAMES, "z"]), max_size=3), min_size=1)


def reached(id: str, graph: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """All that a document goes back to, itself among it, by looking until nothing new is found."""
    found = {id}
    while more := {p for f in found for p in graph.get(f, ()) if p not in found}:
        found |= more
    return frozenset(found)


def slowly(id: str, graph: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The origins: of each document from which one comes back to all that it goes back to, the first by id."""
    ends = [x for x in reached(id, graph) if all(x in reached(y, graph) for y in reached(x, graph))]
    return tuple(sorted({min(reached(x, graph)) for x in ends}))


@given(graphs)
def test_origins_are_those_that_a_slow_search_finds(graph: dict[str, list[str]]) -> None:
    assert origins(graph) == {id: slowly(id, graph) for id in graph}


@given(graphs)
def test_all_of_a_circle_have_one_origin(graph: dict[str, list[str]]) -> None:
    found = origins(graph)
    for a in graph:
        for b in graph:
            if a in reached(b, graph) and b in reached(a, graph):
                assert found[a] == found[b]


@given(graphs, st.sets(st.sampled_from(NAMES), min_size=1))
def test_each_origin_of_what_is_cited_is_stood_for_by_somebody_and_a_cited_one_by_itself_alone(
    graph: dict[str, list[str]], cited: set[str]
) -> None:
    whole = {**{id: [] for id in cited}, **graph}
    roots = {id: origins(whole)[id] for id in cited}
    found = {id: stands_for(id, roots, lambda name: whole.get(name, ()), cited) for id in cited}
    assert {o for f in found.values() for o in f} == {o for r in roots.values() for o in r}
    for id in cited:
        if roots[id] == (id,):
            assert [name for name in cited if id in found[name]] == [id]


@given(graphs, st.sets(st.sampled_from(NAMES), min_size=1))
def test_what_stands_upstream_is_cited_or_an_origin_and_is_gone_back_to(
    graph: dict[str, list[str]], cited: set[str]
) -> None:
    for id in cited:
        above = upstream(id, lambda name: graph.get(name, ()), cited)
        assert set(above) <= reached(id, graph) - {id}
        assert all(name in cited or not graph.get(name) for name in above)
        assert set(ancestors(id, lambda name: graph.get(name, ()))) - {id} == reached(id, graph) - {id}


def test_a_chain_of_ten_thousand_copies_has_one_origin() -> None:
    chain = {f"n{n}": [f"n{n - 1}"] if n else [] for n in range(10_000)}
    assert set(origins(chain).values()) == {("n0",)}
