"""What the pages of publishers and documents say became of what they said."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.views import sources
from generator.views.track_record import TrackRecord, records_of
from tests.chronicles import GOLDEN, built, copy_of, written
from tests.unit.chronicles import desk_of_texts, incident, views
from tests.unit.test_views_ledger import HOUSES, SEEDS, plain, said

SOURCES = ("wire-1", "post-1", "farm-1", "copy-1")
HOUSE_OF = {"wire-1": "wire", "post-1": "post", "farm-1": "farm", "copy-1": "farm"}


class Word(NamedTuple):
    """What a source says at a time, under a status."""

    source: str
    injured: int
    day: int
    status: str


WORDS = st.builds(
    Word,
    st.sampled_from(SOURCES),
    st.integers(0, 3),
    st.integers(15, 20),
    st.sampled_from(("current", "superseded", "withdrawn")),
)
ENTRIES = st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=3)


def entry(n: int, words: list[Word]) -> dict[str, str]:
    cited = [
        said(w.source, f"casualties: {{injured: {w.injured}}}", as_of=f"2025-12-{w.day}", status=w.status)
        for w in words
    ]
    return incident(f"2025-12-15-{n}", "2025-12-15", sources=f"[{', '.join(cited)}]")


def records(entries: list[list[Word]]) -> dict[str, TrackRecord]:
    desk = desk_of_texts(HOUSES, SEEDS, *(entry(n, words) for n, words in enumerate(entries)))
    return records_of(desk.chronicle)


@settings(max_examples=100, deadline=None)
@given(ENTRIES)
def test_every_claim_stands_in_the_record_of_its_document_and_of_its_publisher(entries: list[list[Word]]) -> None:
    found = records(entries)
    words = [word for of in entries for word in of]
    for source, house in HOUSE_OF.items():
        own = [w for w in words if w.source == source]
        assert found.get(f"source:{source}", TrackRecord()).claims == len(own)
        assert found.get(f"source:{source}", TrackRecord()).withdrawn == sum(w.status == "withdrawn" for w in own)
        of_house = [w for w in words if HOUSE_OF[w.source] == house]
        record = found.get(f"publisher:{house}", TrackRecord())
        assert record.claims == len(of_house)
        assert record.superseded >= sum(w.status == "superseded" for w in of_house)
        assert record.superseded + record.withdrawn <= record.claims
        assert record.entries == record.figures == sum(any(HOUSE_OF[w.source] == house for w in of) for of in entries)


@settings(max_examples=100, deadline=None)
@given(ENTRIES)
def test_a_point_rests_on_one_publisher_alone_or_on_none(entries: list[list[Word]]) -> None:
    found = records(entries)
    for n, words in enumerate(entries):
        id, current = f"2025-12-15-{n}", {HOUSE_OF[w.source] for w in words if w.status == "current"}
        alone = [name for name, r in found.items() if name.startswith("publisher:") and id in dict(r.alone)]
        assert len(alone) <= 1
        if len(current) == 1 and not any(w.status == "superseded" or w.source == "copy-1" for w in words):
            assert alone == [f"publisher:{house}" for house in current]


@settings(max_examples=100, deadline=None)
@given(ENTRIES)
def test_the_first_figure_is_older_than_the_last_and_another(entries: list[list[Word]]) -> None:
    for name, record in records(entries).items():
        kind, _, id = name.partition(":")
        for turn in record.turns:
            words = entries[int(turn.entry.rpartition("-")[2])]
            own = [w for w in words if (w.source if kind == "source" else HOUSE_OF[w.source]) == id]
            days = [w.day for w in own if w.status != "withdrawn"]
            assert (turn.was_at.day.day, turn.now_at.day.day) == (min(days), max(days))
            assert turn.was_at.day < turn.now_at.day
            assert turn.was != turn.now


def test_what_another_house_copies_still_rests_on_its_origin_alone() -> None:
    words = [Word("wire-1", 2, 15, "current"), Word("copy-1", 2, 16, "current")]
    found = records([words])
    assert found["publisher:wire"].points == found["source:wire-1"].points == 1
    assert found["publisher:farm"].points == 0
    assert records([[*words, Word("post-1", 2, 16, "current")]])["publisher:wire"].points == 0


def pages(*entries: list[Word]) -> dict[str, Any]:
    return views(sources.pages(desk_of_texts(HOUSES, SEEDS, *(entry(n, words) for n, words in enumerate(entries)))))


def test_a_publisher_is_told_with_its_first_figures_and_its_last_ones() -> None:
    moved = [Word("wire-1", 2, 15, "current"), Word("wire-1", 4, 16, "current"), Word("post-1", 3, 16, "withdrawn")]
    found = pages(moved, [Word("wire-1", 1, 15, "current")])
    record = found["publishers/wire.html"].record
    assert record.taken == "3 claims are taken from it, in 2 entries. 1 has been superseded since; none was taken back."
    assert record.moved == "It gave 2 figures; in 1 the last differs from the first."
    assert [plain(line.told) for line in record.turns] == [
        "Injured: first 2, 15 December 2025; last 4, 16 December 2025"
    ]
    assert record.alone.startswith("2 points rest on it alone")
    assert found["sources/wire-1.html"].record == record
    other = found["publishers/post.html"].record
    assert other.taken == "1 claim is taken from it, in 1 entry. None has been superseded since; 1 was taken back."
    assert not other.alone


def test_a_publisher_is_told_with_those_whose_reports_it_copies() -> None:
    copied = pages()["publishers/farm.html"].record.copied
    assert [(count.link.text, count.certain) for count in copied] == [("Content Farm", 1), ("The Wire", 1)]


def test_where_nobody_says_anything_there_is_no_record() -> None:
    found = views(sources.pages(desk_of_texts(HOUSES, SEEDS, incident("2025-a", "2025-12-14", sources="[wire-1]"))))
    assert found["publishers/wire.html"].record.taken == ""
    assert found["sources/wire-1.html"].record.turns == ()


def test_one_more_entry_changes_few_pages_of_publishers_and_documents(tmp_path: Path) -> None:
    """However many entries rest on a publisher: its own page, and those of the documents that the entry cites."""
    changed = []
    for size in (40, 90):
        root = copy_of(GOLDEN, tmp_path / f"of-{size}")
        for n in range(size):
            speaking(root, f"2024-0{1 + n // 28}-{1 + n % 28:02}-entry-{n}", killed=n % 5)
        built(root)
        speaking(root, "2025-12-14-more", killed=1)
        changed.append({path for path in built(root).written if path.startswith(("publishers/", "sources/"))})
        assert [page for page in (root / "build").rglob("*.html") if page.stat().st_size > 60 * 1024] == []
    assert changed[0] == changed[1] == {"publishers/wire.html", "sources/wire-1.html"}


def speaking(root: Path, id: str, killed: int) -> None:
    """An entry of which one source gives two figures, the second a day later."""
    says = f"{{source: wire-1, as_of: {id[:10]}, says: {{casualties: {{killed: {killed}, injured: 1}}}}}}"
    later = f"{{source: wire-1, as_of: 2026-01-01, says: {{casualties: {{killed: {killed + 1}, injured: 1}}}}}}"
    front = f"title: Entry {id}\ndate: {id[:10]}\ncity: moscow\nsources: [{says}, {later}]\n"
    written(root, f"content/incidents/{id[:4]}/{id}.md", f"---\n{front}---\n\nText.\n")
