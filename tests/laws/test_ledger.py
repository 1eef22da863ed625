"""Laws of the ledger: what must hold of any claims of any sources, copies and circles of copies among them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from generator.chronicle import Chronicle
from generator.clashes import clash
from generator.counts import Count, contains, counted, hull
from generator.edtf import Edtf, parse_edtf
from generator.ledger import Account, Contradiction, Field, Ledger, independent, known_on
from generator.linking import linked
from generator.model import (
    Casualties,
    Citation,
    Document,
    Incident,
    LedgerRules,
    Outliers,
    Parsed,
    Publisher,
    Reliability,
    Says,
    Settings,
    Source,
)
from generator.moments import Moment, parse_moment
from generator.times import Time, parse_time

ID = "2025-12-15-x"
NAMES = ("a", "b", "c", "d", "e")
LETTERS: tuple[Reliability, ...] = ("B", "E", "F")
KILLED = Field("casualties", "killed")


def date_of(text: str) -> Edtf:
    date = parse_edtf(text)
    assert isinstance(date, Edtf)
    return date


def time_of(text: str) -> Time:
    time = parse_time(text)
    assert isinstance(time, Time)
    return time


def moment_of(text: str) -> Moment:
    moment = parse_moment(text)
    assert isinstance(moment, Moment)
    return moment


DATES = [date_of(t) for t in ("2025-12-14", "2025-12-15", "[2025-12-14,2025-12-16]", "2025-12", "2025-12-13~")]
TIMES = [time_of(t) for t in ("00:32", "~00:32", "01:42", "night", "evening", "../01:00", "02:00/..")]
MOMENTS = [
    moment_of(t)
    for t in ("2025-12-14", "2025-12-15", "2025-12-15 night", "2025-12-15T01:25+03:00", "2025-12-16T09:00Z")
]

counts = st.builds(
    lambda low, more, about: counted(low, None if more is None else low + more, about and low > 0),
    st.integers(0, 6),
    st.sampled_from([0, 0, 2, None]),
    st.booleans(),
).filter(lambda c: c.high is not None or c.low > 0)
claims = st.builds(
    Says,
    date=st.sampled_from([None, *DATES]),
    time=st.sampled_from([None, *TIMES]),
    casualties=st.none() | st.builds(Casualties, killed=st.none() | counts, injured=st.none() | counts),
)
citations = st.builds(
    Citation,
    source=st.sampled_from(NAMES),
    says=st.none() | claims,
    as_of=st.sampled_from([None, *MOMENTS]),
    credibility=st.sampled_from([None, None, 2, 5]),
    status=st.sampled_from(["current", "current", "superseded", "withdrawn"]),
)
parents = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from([*NAMES, "uncited"]), max_size=2), max_size=4
)
cited_lists = st.lists(citations, min_size=1, max_size=7)
rules = st.sampled_from(["shown", "widen"])
tolls = st.none() | st.builds(Casualties, killed=st.none() | counts)


def chronicle(
    cited: Iterable[Citation],
    derived_from: dict[str, list[str]],
    outliers: Outliers = "shown",
    toll: Casualties | None = None,
) -> Chronicle:
    """A chronicle of one entry; of its five sources the publishers are rated in turn."""
    entry = Incident(id=ID, path="i", title="X", date=DATES[1], city=("y",), sources=tuple(cited), casualties=toll)
    houses = [Publisher(id=f"house-{n}", path=f"p{n}", name=f"House {n}", reliability=r) for n, r in enumerate(LETTERS)]
    names = sorted({*NAMES, "uncited", *(c.source for c in entry.sources if c.source)})
    seeds = [_seed(name, derived_from.get(name, [])) for name in names]
    settings = Settings(title="T", base_url="https://example.org/", ledger=LedgerRules(outliers=outliers))
    records = [entry, *houses, *seeds]
    kinds = {Incident: "incident", Publisher: "publisher", Source: "source"}
    files = [Parsed(type=kinds[type(r)], id=r.id, path=r.path, record=r) for r in records]  # type: ignore[arg-type]
    return linked(settings, files, frozenset(), {})


def _seed(name: str, derived_from: Sequence[str]) -> Source:
    document = Document(title=name, publisher=f"house-{ord(name[0]) % len(LETTERS)}", derived_from=tuple(derived_from))
    return Source(id=name, path=f"s-{name}", document=document)


def ledger(chronicle: Chronicle) -> Ledger:
    return chronicle.ledger(ID)


def numbers(chronicle: Chronicle) -> dict[str, Count | None]:
    return {f.key: a.range for f, a in ledger(chronicle).accounts.items() if a.claims}


def told(found: Iterable[Contradiction]) -> set[tuple[object, ...]]:
    """Contradictions without the numbers and the order of sources."""
    return {
        (c.field, tuple((side.value, frozenset(k.cited.name for k in side.claims)) for side in c.sides)) for c in found
    }


def counts_of(account: Account, chosen: Iterable[object]) -> list[Count]:
    return [c.value for c in account.claims if c in list(chosen) and isinstance(c.value, Count)]


# ---------------------------------------------------------------- order and copies


@given(cited_lists.flatmap(lambda c: st.tuples(st.just(c), st.permutations(c))), parents)
def test_the_order_of_sources_does_not_matter(
    orders: tuple[list[Citation], list[Citation]], derived_from: dict[str, list[str]]
) -> None:
    one, other = (ledger(chronicle(order, derived_from)) for order in orders)
    assert told(one.contradictions) == told(other.contradictions)
    for a, b in zip(one.accounts.values(), other.accounts.values(), strict=True):
        assert (a.field, a.range, a.independent, a.derived, a.sureness) == (
            b.field, b.range, b.independent, b.derived, b.sureness,
        )  # fmt: skip
        assert [(step.at, step.count) for step in a.history] == [(step.at, step.count) for step in b.history]
        assert [group.origin for group in a.groups] == [group.origin for group in b.groups]


@given(cited_lists, parents, claims, rules, st.data())
def test_a_copy_changes_neither_range_nor_count_of_independent_sources(
    cited: list[Citation], derived_from: dict[str, list[str]], says: Says, outliers: Outliers, data: st.DataObject
) -> None:
    copied = data.draw(st.sampled_from([c.source for c in cited]))
    assert copied is not None
    before = chronicle(cited, derived_from, outliers)
    place = data.draw(st.integers(0, len(cited)))
    copy = Citation(source="copy", says=says, as_of=data.draw(st.sampled_from(MOMENTS)))
    after = chronicle([*cited[:place], copy, *cited[place:]], {**derived_from, "copy": [copied]}, outliers)
    assert {key: value for key, value in numbers(after).items() if value is not None} == {
        key: value for key, value in numbers(before).items() if value is not None
    }
    assert sorted(independent(after.entries[ID].sources)) == sorted(independent(before.entries[ID].sources))
    for field, account in ledger(before).accounts.items():
        assert ledger(after).account(field).independent == account.independent
        steps = [(step.at, step.count) for step in ledger(after).account(field).history]
        assert steps == [(step.at, step.count) for step in account.history]


@given(cited_lists, parents)
def test_every_origin_that_is_cited_or_not_stands_behind_one_source_at_least(
    cited: list[Citation], derived_from: dict[str, list[str]]
) -> None:
    sources = chronicle(cited, derived_from).entries[ID].sources
    assert {o for c in sources for o in c.origins} == {o for c in sources for o in c.stands_for}


@given(parents)
def test_a_circle_of_copies_is_one_origin(derived_from: dict[str, list[str]]) -> None:
    circle = {**derived_from, "a": ["b"], "b": ["c"], "c": ["a"]}
    found = chronicle([Citation(source="a"), Citation(source="b"), Citation(source="c")], circle)
    assert independent(found.entries[ID].sources) == ("a",)
    assert [c.name for c in found.entries[ID].sources if c.stands_for] == ["a"]


# ---------------------------------------------------------------- ranges


@given(cited_lists, parents, rules)
def test_a_superseded_claim_never_widens_the_range(
    cited: list[Citation], derived_from: dict[str, list[str]], outliers: Outliers
) -> None:
    # its source stays cited, so that nothing else changes
    without = [c if c.status == "current" else msgspec.structs.replace(c, says=None) for c in cited]
    whole, rest = (ledger(chronicle(c, derived_from, outliers)) for c in (cited, without))
    for field, account in whole.accounts.items():
        assert account.range == rest.account(field).range


@given(cited_lists, parents, rules)
def test_the_range_holds_every_current_claim_of_an_independent_reliable_source(
    cited: list[Citation], derived_from: dict[str, list[str]], outliers: Outliers
) -> None:
    for account in ledger(chronicle(cited, derived_from, outliers)).accounts.values():
        for claim in account.claims:
            if claim.is_witness and not claim.is_doubted and isinstance(claim.value, Count):
                assert account.range is not None
                assert contains(account.range, claim.value)


@given(cited_lists, parents)
def test_the_range_is_no_wider_than_what_is_relied_on(
    cited: list[Citation], derived_from: dict[str, list[str]]
) -> None:
    for account in ledger(chronicle(cited, derived_from)).accounts.values():
        assert account.range == hull(counts_of(account, account.trusted))
        assert all(claim.is_doubted and claim not in account.trusted for claim in account.outliers)


@given(cited_lists, parents, rules, tolls)
def test_a_figure_is_derived_only_where_none_is_stated_and_somebody_reliable_gives_it(
    cited: list[Citation], derived_from: dict[str, list[str]], outliers: Outliers, toll: Casualties | None
) -> None:
    account = ledger(chronicle(cited, derived_from, outliers, toll)).account(KILLED)
    if toll is not None and toll.killed is not None:
        assert account.stated == toll.killed
        assert account.derived is None
    elif account.derived is not None:
        assert any(not c.is_doubted and c.is_witness and isinstance(c.value, Count) for c in account.claims)
    else:
        assert not counts_of(account, account.trusted)


@given(cited_lists, parents)
def test_the_history_of_a_range_ends_with_what_is_dated_and_current(
    cited: list[Citation], derived_from: dict[str, list[str]]
) -> None:
    for account in ledger(chronicle(cited, derived_from)).accounts.values():
        dated = hull(counts_of(account, [c for c in account.trusted if c.said]))
        assert all(a.count != b.count for a, b in zip(account.history, account.history[1:], strict=False))
        if dated is not None:
            assert account.history[-1].count == dated


# ---------------------------------------------------------------- contradictions


@given(cited_lists, parents)
def test_sides_clash_are_current_and_are_of_different_sources(
    cited: list[Citation], derived_from: dict[str, list[str]]
) -> None:
    for found in ledger(chronicle(cited, derived_from)).contradictions:
        assert all(claim.is_current for side in found.sides for claim in side.claims)
        for side in found.sides:
            others = [other.value for other in found.sides if other is not side] + [found.stated]
            assert any(value is not None and clash(found.field.topic, side.value, value) for value in others)
        if found.stated is None:
            assert len({claim.cited.name for side in found.sides for claim in side.claims}) > 1


@given(cited_lists, parents)
def test_two_claims_of_different_sources_that_clash_are_told(
    cited: list[Citation], derived_from: dict[str, list[str]]
) -> None:
    found = ledger(chronicle(cited, derived_from))
    named = {(c.field, side.value) for c in found.contradictions for side in c.sides}
    for account in found.accounts.values():
        for a in account.current:
            for b in account.current:
                if a.cited.name != b.cited.name and clash(a.field.topic, a.value, b.value):
                    assert {(a.field, a.value), (b.field, b.value)} <= named


# ---------------------------------------------------------------- as known on a day


@given(cited_lists, parents, st.sampled_from([datetime.date(2025, 12, d) for d in (13, 14, 15, 16, 17)]))
def test_what_was_known_on_a_day_rests_on_nothing_said_later(
    cited: list[Citation], derived_from: dict[str, list[str]], day: datetime.date
) -> None:
    whole = ledger(chronicle(cited, derived_from))
    then = known_on(whole, day)
    assert all(claim.said is not None and claim.said.day <= day for claim in then.claims)
    assert then.stated == ()
    kept = [(c.field, c.cited, c.value, c.said) for c in then.claims]
    assert kept == [(c.field, c.cited, c.value, c.said) for c in whole.claims if c.said and c.said.day <= day]


@given(cited_lists, parents)
def test_what_is_current_now_was_so_on_the_last_day(cited: list[Citation], derived_from: dict[str, list[str]]) -> None:
    whole = ledger(chronicle(cited, derived_from))
    then = known_on(whole, datetime.date(2026, 1, 1))
    assert all(claim in then.claims for claim in whole.claims if claim.said and claim.is_current)


def test_a_count_that_was_replaced_later_stood_on_its_day() -> None:
    early = Citation(
        source="a", says=Says(casualties=Casualties(killed=counted(4, 4))), as_of=MOMENTS[0], status="superseded"
    )
    late = Citation(source="b", says=Says(casualties=Casualties(killed=counted(7, 7))), as_of=MOMENTS[4])
    whole = ledger(chronicle([early, late], {}, "widen"))
    assert whole.account(KILLED).range == counted(7, 7)
    assert known_on(whole, datetime.date(2025, 12, 14)).account(KILLED).range == counted(4, 4)
    assert known_on(whole, datetime.date(2025, 12, 16)).account(KILLED).range == counted(7, 7)
    assert [step.count.text for step in whole.account(KILLED).history] == ["4", "7"]
