"""Laws of the desk: the order of files does not matter, nothing is missed for speed, and speed does not depend on the square."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.chronicle import Chronicle
from generator.dates import span_days
from generator.linking import linked
from generator.model import Incident, Parsed, Settings
from generator.parse import parsed
from generator.problems import Problem
from generator.remarks import OF_ALL, OF_ONE, remarks_about, remarks_of, tags, twins

SITE = Settings(title="Laws", base_url="https://example.org/")
PLACES = [
    parsed(
        f"content/cities/{id}.md",
        f"---\nname: {id.title()}\ncountry: UA\nlat: {lat}\nlon: 30.5\ntimezone: Europe/Kyiv\n---\n",
    )
    for id, lat in (("kyiv", 50.45), ("odesa", 46.48))
]
SEEDS = [
    parsed(
        f"seeds/{house}-{n}.md",
        f"---\nuntitled: true\npublisher: {house}\nurl: https://{house}.example/{n % 2}\npublished: 2025-01-0{n}\n{more}---\n",
    )
    for house, more in (("wire", ""), ("post", "derived_from: wire-1\n"), ("farm", "kind: content-farm\n"))
    for n in (1, 2, 3)
]
HOUSES = [parsed("content/publishers/wire.md", "---\nname: wire\nparty_to_conflict: Here\n---\n")]

titles = st.lists(
    st.sampled_from(["drones", "hit", "the", "depot", "fire", "north", "kills", "two", "three", "missiles", "kyiv"]),
    min_size=1,
    max_size=6,
).map(" ".join)
dates = st.sampled_from(
    ("2025-01-01", "2025-01-02", "2025-01-04", "2025-01-01/2025-01-03", "2025-01", "../2025-01-02", "2025-01-0X")
)
entries = st.tuples(
    titles,
    dates,
    st.sampled_from(("kyiv", "odesa", "[kyiv, odesa]")),
    st.sets(st.sampled_from([seed.id for seed in SEEDS]), min_size=1, max_size=3).map(sorted),
    st.sampled_from(
        (
            "",
            "status: retracted\n",
            "casualties: {killed: 2}\n",
            "assessment: single-source\n",
            "relations: [2025-e-1]\n",
        )
    ),
    st.sets(st.sampled_from(("airport", "airports", "night-attack", "nightattack", "hospital")), max_size=2).map(
        sorted
    ),
)


def entry_of(number: int, parts: tuple[str, str, str, list[str], str, list[str]]) -> Parsed:
    title, date, city, sources, more, labels = parts
    head = f"title: {title}\ndate: {date}\ncity: {city}\nsources: [{', '.join(sources)}]\n{more}"
    tagged = f"tags: [{', '.join(labels)}]\n" if labels else ""
    return parsed(f"content/incidents/2025/2025-e-{number}.md", f"---\n{head}{tagged}---\n\nText.\n")


def chronicle_of(files: list[Parsed]) -> Chronicle:
    return linked(SITE, files, frozenset(), {})


def files_of(found: list[tuple[str, str, str, list[str], str, list[str]]]) -> list[Parsed]:
    return [*PLACES, *SEEDS, *HOUSES, *(entry_of(n, parts) for n, parts in enumerate(found, 1))]


def of_rule(problems: tuple[Problem, ...], rule: str) -> list[Problem]:
    return [problem for problem in problems if problem.rule == rule]


@given(st.lists(entries, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(
    found: list[tuple[str, str, str, list[str], str, list[str]]], random
) -> None:  # type: ignore[no-untyped-def]
    files = files_of(found)
    mixed = list(files)
    random.shuffle(mixed)
    assert remarks_of(chronicle_of(files)) == remarks_of(chronicle_of(mixed))


@given(st.lists(entries, max_size=6))
def test_what_is_said_of_an_entry_is_the_same_alone_and_among_all(
    found: list[tuple[str, str, str, list[str], str, list[str]]],
) -> None:
    chronicle = chronicle_of(files_of(found))
    alone = [problem for id in chronicle.entries for problem in remarks_about(chronicle, id)]
    among_all = [problem for problem in remarks_of(chronicle) if problem.rule in OF_ONE]
    assert sorted(alone, key=repr) == sorted(among_all, key=repr)
    assert OF_ONE.keys().isdisjoint(OF_ALL)


# ---------------------------------------------------------------- duplicates


def alike(chronicle: Chronicle, a: Incident, b: Incident) -> bool:
    """Whether two entries may be one, as docs/rules.md has it, found by comparing them."""
    if any((span_days(i.date) or 99) > twins.MOST_DAYS for i in (a, b)):
        return False
    cities = [set(chronicle.entries[i.id].cities) for i in (a, b)]
    words = [set(i.title.split()) - own for i, own in zip((a, b), cities, strict=True)]
    assert a.date.earliest and a.date.latest and b.date.earliest and b.date.latest
    apart = max((b.date.earliest - a.date.latest).days, (a.date.earliest - b.date.latest).days)
    is_like = bool(words[0] and words[1]) and len(words[0] & words[1]) >= twins.ALIKE * len(words[0] | words[1])
    is_told = any(tie.to == b.id for tie in chronicle.entries[a.id].ties)
    return bool(cities[0] & cities[1]) and apart <= twins.DAYS_APART and is_like and not is_told


@settings(max_examples=300)
@given(st.lists(entries, max_size=8))
def test_no_duplicate_is_missed_for_speed(found: list[tuple[str, str, str, list[str], str, list[str]]]) -> None:
    chronicle = chronicle_of(files_of(found))
    ordered = [chronicle.entries[id].incident for id in chronicle.timeline]
    expected = {
        later.path
        for n, later in enumerate(ordered)
        if any(alike(chronicle, earlier, later) for earlier in ordered[:n])
    }
    assert {problem.path for problem in of_rule(remarks_of(chronicle), "possible-duplicate")} == expected


def comparisons(number: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many pairs of titles are compared among so many of one city and day, of which many share a word and none three."""
    seen = 0
    real = twins._are_alike

    def counting(a: twins.Title, b: twins.Title) -> bool:
        nonlocal seen
        seen += 1
        return real(a, b)

    monkeypatch.setattr(twins, "_are_alike", counting)
    primes = (11, 13, 17, 19, 23, 29, 31)  # any three multiply to more than there are entries
    named = [" ".join(f"p{prime}r{n % prime}" for prime in primes) for n in range(number)]
    parts = [(title, "2025-01-01", "kyiv", ["wire-1"], "", []) for title in named]
    found = list(twins.possible_duplicate(chronicle_of(files_of(parts))))  # type: ignore[arg-type]
    monkeypatch.setattr(twins, "_are_alike", real)
    assert found == []
    return seen


def test_the_work_for_duplicates_grows_with_the_number_of_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twins, "MOST_COMPARED", 5)
    counts = [comparisons(number, monkeypatch) for number in (500, 1000, 2000)]
    assert counts[0] > 500
    assert all(more <= 2.2 * fewer for fewer, more in pairwise(counts))


# ---------------------------------------------------------------- tags


def edited(word: str, place: int, letters: str) -> str:
    """A word with one letter changed, left out (for no letter) or two put in its place."""
    return word[:place] + letters + word[place + 1 :]


labels = (
    st.builds(
        edited,
        st.sampled_from(("hospital", "night-attack", "brigade-1", "port")),
        st.integers(0, 11),
        st.text("ash1-", max_size=2),
    )
    .map(lambda text: text.strip("-"))
    .filter(bool)
)


@given(st.dictionaries(labels, st.integers(1, 5), max_size=12))
def test_no_near_tag_is_missed_for_speed(uses: dict[str, int]) -> None:
    def plain(tag: str) -> str:
        return tags._singular(tag.replace("-", ""))

    def near(a: str, b: str) -> bool:
        x, y = plain(a), plain(b)
        return tags._are_near(a, b) and (x == y or x[:1] == y[:1])

    every = sorted(uses)
    expected = {frozenset((a, b)) for a in every for b in every if a < b and near(a, b)}
    assert {frozenset(pair) for pair in tags.near_pairs(uses)} == expected
    assert all(uses[rare] <= uses[usual] for rare, usual in tags.near_pairs(uses))


# ---------------------------------------------------------------- figures

counts = st.sampled_from(("", "0", "1", "2-4", "3+"))
sayings = st.lists(st.tuples(counts, counts, st.sampled_from(("current", "superseded", "withdrawn"))), max_size=3)


@given(counts.filter(bool), sayings)
def test_a_figure_is_unsaid_exactly_where_no_source_gives_one_and_is_never_told_of_twice(
    own: str, said: list[tuple[str, str, str]]
) -> None:
    cited = [f"{{source: wire-{n}{_says(*what)}}}" for n, what in enumerate(said, 1)]
    head = f"title: t\ndate: 2025-01-01\ncity: kyiv\nsources: [{', '.join(['post-1', *cited])}]\n"
    entry = parsed("content/incidents/2025/2025-f.md", f'---\n{head}casualties: {{killed: "{own}"}}\n---\n\nText.\n')
    found = remarks_of(chronicle_of([*PLACES, *SEEDS, *HOUSES, entry]))
    is_said = any(group or (whole and status != "withdrawn") for whole, group, status in said)
    unsaid = of_rule(found, "figure-unsaid")
    assert [problem.key for problem in unsaid] == ([] if is_said else ["casualties.killed"])
    assert not (unsaid and of_rule(found, "figure-outside-sources"))


def _says(whole: str, group: str, status: str) -> str:
    """What a source is said to give of all who were killed, and of children among them."""
    parts = [f'killed: "{whole}"'] if whole else []
    parts += [f'of_which: {{children: {{killed: "{group}"}}}}'] if group else []
    return f", status: {status}, says: {{casualties: {{{', '.join(parts)}}}}}" if parts else ""
