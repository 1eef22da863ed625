"""What a new entry is made of: what is told of it, what may tell the same already, and the files that are written."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.beginning import Given, begin
from generator.files import write_all_new
from generator.known import Known, known_of, plain_address
from generator.model import Incident, Kind, Settings
from generator.newentry import NewEntry, Written, entry_text, id_of, seed_text, similar, write_entry
from generator.parse import parsed
from generator.problems import Problem
from generator.reports import NewSeed, Report, cities_in, new_seed, report_of, seeds_like
from generator.routes import is_slug
from tests.chronicles import NOW, tree, written

TODAY = datetime.date(2026, 4, 1)
CITY = "---\nname: {}\ncountry: RU\nlat: 50\nlon: 36\ntimezone: Europe/Moscow\nnames: {{ru: {}}}\naliases: [{}]\n---\n"
FILES = {
    "content/cities/belgorod.md": CITY.format("Belgorod", "Белгород", "Bilhorod"),
    "content/cities/kursk.md": CITY.format("Kursk", "Курск", "Koursk"),
    "content/cities/moscow.md": CITY.format("Moscow", "Москва", "Moskau"),
    "content/cities/rostov-on-don.md": CITY.format("Rostov-on-Don", "Ростов-на-Дону", "Rostov"),
    "content/cities/ryazan.md": CITY.format("Ryazan", "Рязань", "Riazan"),
    "content/publishers/wire.md": "---\nname: The Wire\nurl: https://thewire.example/\n---\n",
    "seeds/gazeta-1.md": (
        "---\ntitle: Пожар на складе в Белгороде\npublisher: Gazeta\nurl: https://www.gazeta.example/news/1.shtml?id=7\n"
        "published: 2025-12-15\narchived: [{url: 'https://archive.example/1'}]\n---\n\nA depot burnt in Belgorod.\n"
    ),
    "seeds/gazeta-2.md": (
        "---\nuntitled: true\npublisher: Gazeta\nurl: https://gazeta.example/news/2\n---\n\nMoscow and [[city:kursk|Kursk]] were hit.\n"
    ),
    "content/incidents/2025/2025-12-15-depot.md": (
        "---\ntitle: A depot burns\ndate: 2025-12-15\ncity: Bilhorod\nsources: [gazeta-1]\nprevious_ids: [2025-12-15-store]\n---\n\nText.\n"
    ),
    "content/incidents/2025/2025-12-20-draft.md": (
        "---\ntitle: A draft\ndate: 2025-12-20\ncity: kursk\nstatus: draft\n---\n\nText.\n"
    ),
    "content/incidents/2025/2025-12-21-unreadable.md": "no front matter\n",
}
SETTINGS = Settings(
    title="T", base_url="https://example.org/", kinds={"drone": Kind(label={"en": "Drone attack", "ru": "Удар дрона"})}
)


def known(**more: str) -> Known:
    """What the files above hold, with more by path."""
    files = FILES | more
    return known_of(SETTINGS, [parsed(path, text) for path, text in files.items()], files.__getitem__)


KNOWN = known()

# ---------------------------------------------------------------- the text of an entry

TITLES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=80).filter(
    lambda text: parsed("content/pages/x.md", f"---\ntitle: {text!r}\n---\n").problems == () and text.strip()
)


@given(
    title=TITLES,
    sources=st.lists(st.sampled_from(["gazeta-1", "https://e.example/a?b=1,2#c"]), max_size=2, unique=True),
)
def test_what_is_told_of_an_entry_is_read_back_from_its_text(title: str, sources: list[str]) -> None:
    wanted = NewEntry(title=title, date="[2025-12-14,2025-12-15]", city="kursk", sources=tuple(sources), kind="drone")
    file = parsed("content/incidents/2025/2025-a.md", entry_text(wanted, TODAY))
    assert [problem for problem in file.problems if problem.severity == "error"] == []
    assert isinstance(file.record, Incident)
    assert file.record.title == " ".join(title.split())
    assert (file.record.date.text, file.record.city, file.record.kind) == (wanted.date, ("kursk",), "drone")
    assert [cited.source or cited.document.url for cited in file.record.sources] == sources
    assert file.record.status == ("published" if sources else "draft")


@pytest.mark.parametrize("title", ["", 'The "depot": struck'])
def test_the_text_of_a_new_seed_is_without_a_fault(title: str) -> None:
    seed = NewSeed("a-1", "https://a.example/1?x=1,2", "Publisher: A", title)
    assert parsed("seeds/a-1.md", seed_text(seed)).problems == ()


# ---------------------------------------------------------------- ids


@pytest.mark.parametrize(
    ("title", "date", "id"),
    [
        ("A depot burns", "2025-12-16", "2025-12-16-a-depot-burns"),
        ("Depot", "2025-12-15", "2025-12-15-depot-2"),
        ("Store", "2025-12-15", "2025-12-15-store-2"),  # a former id
        ("Draft", "2025-12-20", "2025-12-20-draft-2"),
        ("Unreadable", "2025-12-21", "2025-12-21-unreadable-2"),
        ("Пожар на складе", "2025-12", "2025-12-pozhar-na-sklade"),
        ("One of two", "[2025-12-14,2025-12-15]", "2025-12-14-one-of-two"),
        ("倉庫", "2025-12-15", ""),
        ("A drone hits near a depot in Kursk", "2025-12-15", "2025-12-15-a-drone-hits-near-a-depot"),
        ("Two fires on the edge of the city", "2025-12-15", "2025-12-15-two-fires-on-the-edge"),
    ],
)
def test_an_id_holds_the_date_and_the_title_and_is_free(title: str, date: str, id: str) -> None:
    assert id_of(KNOWN, NewEntry(title=title, date=date)) == id


# ---------------------------------------------------------------- reports


@pytest.mark.parametrize(
    "text",
    [
        "gazeta-1",
        "seeds/gazeta-1.md",
        "https://www.gazeta.example/news/1.shtml?id=7",
        "http://gazeta.example/news/1.shtml?id=7&utm_source=x#top",
        "https://GAZETA.example/news/1.shtml/?fbclid=z&id=7",
        "https://archive.example/1",
    ],
)
def test_a_seed_is_found_by_its_id_and_by_every_address_it_holds(text: str) -> None:
    report = report_of(KNOWN, text)
    assert isinstance(report, Report)
    assert (report.cite, report.day, report.city) == ("gazeta-1", "2025-12-15", "belgorod")
    assert report.held == (text if ":" in text else "")


@pytest.mark.parametrize(
    "text", ["https://gazeta.example/news/1.shtml?id=8", "https://gazeta.example/News/1.shtml?id=7"]
)
def test_another_address_is_another_report(text: str) -> None:
    assert report_of(KNOWN, text) == Report(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("gazeta-3", "unknown-source"),
        ("javascript:alert(1)", "link-scheme"),
        ("http://localhost/", "link-local"),
        ("https://me:secret@e.example/", "link-secret"),
    ],
)
def test_what_is_no_report_is_told_by_the_rules_for_entries(text: str, rule: str) -> None:
    fault = report_of(KNOWN, text)
    assert not isinstance(fault, Report)
    assert fault.rule == rule


@given(st.text(max_size=40))
def test_no_text_stops_the_comparison_of_addresses(text: str) -> None:
    assert isinstance(plain_address(f"https://{text}"), str)


def test_a_report_that_names_two_cities_suggests_none() -> None:
    report = report_of(KNOWN, "gazeta-2")
    assert isinstance(report, Report)
    assert (report.city, report.day, report.title) == ("", "", "")


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("Взрыв в Белгороде", ["belgorod"]),
        ("Власти Белгорода сообщили", ["belgorod"]),
        ("Жители Москвы", ["moscow"]),
        ("над Москвою и Рязанью", ["moscow", "ryazan"]),
        ("у Курську чи Курскові", ["kursk"]),
        ("Белгородская область", []),
        ("московский аэропорт", []),
        ("in ROSTOV-ON-DON today", ["rostov-on-don"]),
        ("Kurskaya station", []),
        ("[[city:kursk|the town]] and Kursk", ["kursk"]),
        ("[[2025-12-15-moscow|a report]]", []),
    ],
)
def test_a_city_is_found_in_a_text_by_any_name_in_any_case(text: str, cities: list[str]) -> None:
    assert list(cities_in(KNOWN, text)) == cities


def test_a_part_of_a_headline_in_any_script_finds_seeds() -> None:
    assert seeds_like(KNOWN, "складе") == ("gazeta-1",)
    assert seeds_like(KNOWN, "GAZETA") == ("gazeta-1", "gazeta-2")
    assert seeds_like(KNOWN, " ") == ()


@pytest.mark.parametrize(
    ("url", "id", "publisher"),
    [
        ("https://gazeta.example/news/3.shtml?x=1", "gazeta-3", "Gazeta"),
        ("https://www.gazeta.example/a/1.html", "gazeta-1-2", "Gazeta"),
        ("https://thewire.example/2025/fire-at-depot/", "thewire-fire-at-depot", "The Wire"),
        ("https://t.me/mayor/123", "t-me-123", "t.me"),
        ("https://новости.example/", "novosti", "новости.example"),
        ("https://日本.example/日本", "example", "日本.example"),
    ],
)
def test_a_new_seed_has_a_free_id_and_the_publisher_of_its_host(url: str, id: str, publisher: str) -> None:
    assert new_seed(KNOWN, url) == NewSeed(id, url, publisher)
    assert is_slug(id)


# ---------------------------------------------------------------- what may be told already


@pytest.mark.parametrize(
    ("city", "date", "sources", "ids"),
    [
        ("belgorod", "2025-12-15", (), ["2025-12-15-depot"]),
        ("belgorod", "2025-12-14", (), ["2025-12-15-depot"]),
        ("belgorod", "2025-12-16", (), ["2025-12-15-depot"]),
        ("belgorod", "2025-12-17", (), []),
        ("belgorod", "2025-12-13", (), []),
        ("belgorod", "2025-12", (), ["2025-12-15-depot"]),
        ("belgorod", "[2025-12-16,2025-12-19]", (), ["2025-12-15-depot"]),
        ("moscow", "2025-12-15", (), []),
        ("kursk", "2025-12-20", (), ["2025-12-20-draft"]),
        ("moscow", "2020-01-01", ("gazeta-1",), ["2025-12-15-depot"]),
        ("moscow", "2020-01-01", ("gazeta-2", "https://e.example/"), []),
    ],
)
def test_entries_of_the_city_within_a_day_or_with_the_source_may_tell_the_same(
    city: str, date: str, sources: tuple[str, ...], ids: list[str]
) -> None:
    wanted = NewEntry(title="T", city=city, date=date, sources=sources)
    assert [entry.id for entry in similar(KNOWN, wanted)] == ids


def test_an_address_that_an_entry_cites_is_the_same_source() -> None:
    entry = "---\ntitle: T\ndate: 2024-01-01\ncity: kursk\nsources: ['https://www.e.example/a/']\n---\n\nText.\n"
    found = similar(
        known(**{"content/incidents/2024/2024-01-01-t.md": entry}), NewEntry(sources=("http://e.example/a",))
    )
    assert [entry.id for entry in found] == ["2024-01-01-t"]


# ---------------------------------------------------------------- what is written


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "chronicle"
    written(
        root, "site.yaml", "title: T\nbase_url: https://example.org/\nkinds: {drone: {label: {en: Drone attack}}}\n"
    )
    for path, text in FILES.items():
        written(root, path, text)
    return root


WANTED = NewEntry(title="A strike", date="2025-12-15", city="belgorod", sources=("wire-1",))
SEED = NewSeed("wire-1", "https://thewire.example/1", "The Wire")


def test_an_entry_and_its_seed_are_written_together(root: Path) -> None:
    told = write_entry(root, KNOWN, WANTED, SEED, TODAY)
    path = "content/incidents/2025/2025-12-15-a-strike.md"
    assert told == Written(path, "seeds/wire-1.md", "incidents/2025-12-15-a-strike.html", False)
    assert {path, "seeds/wire-1.md"} == tree(root).keys() - {"site.yaml", *FILES}


def test_where_one_cannot_be_written_neither_is(root: Path) -> None:
    written(root, "content/incidents/2025/2025-12-15-a-strike.md", "mine")
    before = tree(root)
    told = write_entry(root, KNOWN, WANTED, SEED, TODAY)
    assert isinstance(told, Problem)
    assert told.rule == "file-exists"
    assert tree(root) == before


def test_an_interruption_between_two_files_leaves_none(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(root)

    def interrupted(root: Path, path: str, text: str) -> None:
        if path == "seeds/b.md":
            raise KeyboardInterrupt
        (root / path).write_text(text, encoding="utf-8")

    monkeypatch.setattr("generator.files.write_new", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_all_new(root, {"seeds/a.md": "a", "seeds/b.md": "b"})
    assert tree(root) == before


def test_a_command_line_with_several_faults_tells_them_all_and_writes_nothing(root: Path) -> None:
    before = tree(root)
    told = begin(root, NOW, Given(title=" ", city="Belgrod", date="15.12.25", kind="dron", sources=("x",)), asks=False)
    assert [problem.rule for problem in told.problems] == [
        "unknown-source",
        "empty-value",
        "bad-date",
        "unknown-city",
        "unknown-kind",
    ]
    assert {path for path in tree(root) if path not in before} <= {".cache/chronicle.sqlite"}


def test_without_anybody_to_ask_a_report_gives_its_city_and_never_its_day(root: Path) -> None:
    told = begin(root, NOW, Given(title="A strike", date="2025-12-01", origin="gazeta-1"), asks=False)
    assert told.written is not None
    text = (root / told.written.path).read_text(encoding="utf-8")
    assert '\ndate: 2025-12-01\ncity: belgorod\nsources:\n  - "gazeta-1"\n' in text
    assert told.similar == ("content/incidents/2025/2025-12-15-depot.md",)
    assert Given(title="A strike", origin="gazeta-1").missing == ("--date",)


def test_a_city_that_the_report_does_not_name_has_to_be_given(root: Path) -> None:
    told = begin(root, NOW, Given(title="A strike", date="2025-12-01", origin="gazeta-2"), asks=False)
    assert [problem.key for problem in told.problems] == ["city"]


def test_an_address_gets_a_seed_where_that_is_asked_for_and_none_holds_it(root: Path) -> None:
    for url, seed, cited in (
        ("https://gazeta.example/news/9", "seeds/gazeta-9.md", "gazeta-9"),
        ("https://archive.example/1", "", "gazeta-1"),
    ):
        told = begin(
            root, NOW, Given(title="A strike", city="kursk", date="2025-12-01", origin=url, seed=True), asks=False
        )
        assert told.written is not None
        assert told.written.seed == seed
        assert f'  - "{cited}"\n' in (root / told.written.path).read_text(encoding="utf-8")


def test_what_is_written_passes_the_check_of_the_whole(root: Path) -> None:
    (root / "content/incidents/2025/2025-12-21-unreadable.md").unlink()
    from generator.cli import DONE, main

    told = begin(
        root,
        NOW,
        Given(title="A: “strike”", city="москва", date="2025-12", origin="https://e.example/1", seed=True),
        asks=False,
    )
    assert told.problems == ()
    assert main(["check", "--root", str(root), "--now", NOW.isoformat(), "--quiet"]) == DONE
