"""Every list and every total of every index page agrees with a recount from the source files, certain and possible apart."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bench.corpus import entries as invented
from bench.formats import FORMATS, files, write
from generator.dates import certainty_between
from generator.edtf import Edtf, parse_edtf
from tests import recount as recounting
from tests.chronicles import GOLDEN, NOW, built, copy_of
from tests.laws.incremental.law import small_limits
from tests.laws.test_build_laws import broken_links
from tests.recount import recount
from tests.recount.days import when
from tests.recount.raw import chronicle

REPOSITORY = Path(__file__).parents[2]


def test_the_recount_shares_no_code_with_what_it_recounts() -> None:
    for path in Path(recounting.__file__).parent.glob("*.py"):
        assert not re.search(r"^\s*(from|import) generator", path.read_text(encoding="utf-8"), re.MULTILINE)


# ---------------------------------------------------------------- chronicles


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("real") / "site"
    assert built(REPOSITORY, out, jobs=2).problems == ()
    return out


def test_every_total_of_the_real_chronicle_agrees_and_every_link_leads_somewhere(real_site: Path) -> None:
    assert recount(REPOSITORY, real_site, NOW) == []
    assert broken_links(real_site) == []


def test_every_total_of_an_awkward_chronicle_agrees_also_where_an_embargo_has_ended(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    for now in (NOW, NOW + datetime.timedelta(days=365)):
        built(root, now=now)
        assert recount(root, root / "build", now) == []


def test_every_total_of_an_invented_chronicle_with_long_lists_agrees(tmp_path: Path) -> None:
    write(files(FORMATS["full"], invented(420)), tmp_path)
    built(tmp_path, jobs=2)
    assert (tmp_path / "build/incidents/2023.html").exists()
    assert recount(tmp_path, tmp_path / "build", NOW) == []


DATES = (
    "2025-12-15", "2025-12-14", "2025-12-31", "2026-01-01", "2025-12", "2025", "2024", "2025-12-15~", "2025-12~", "2025?", "2024%",
    "2025-12-1X", "2025-1X", "202X", "201X", "2025-12-14/2025-12-15", "2025-12-28/2026-01-02", "2025-12-20/2026-01-20", "2025-11/2025-12",
    "2024/2026", "2025-12-31/2026-01", "[2025-12-14,2025-12-15]", "[2025-12-31,2026-01-01]", "[2024-02-01,2025-12-15]", '"{2025-12-14,2025-12-16}"',
    '"{2025-12-01,2026-02-01}"', '"{2025-11,2025-12-15}"', "../2025-03", "2025-12-15/..", "2025-12-14/", "[2025-12-10..2025-12-13]",
    "2019-12-31/2020-01-01", "2018/2021", "2025-12-14~/2025-12-16",
)  # fmt: skip
SHORTLY = tuple(phase for phase in Phase if phase is not Phase.shrink)
"""Each try is a whole build; the entries of a failing one are few anyway."""
COUNTS = (None, "0", "1", "2-4", "3+", "~30", "~2-5", '"40+"')


def _count(name: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from(COUNTS).map(lambda text: text and f"{name}: {text}")


@st.composite
def fronts(draw: Callable[..., str], id: str, others: tuple[str, ...]) -> str:
    """The front matter of an entry in one of three cities, with whatever makes counting hard."""
    toll = [t for t in (draw(_count("killed")), draw(_count("injured"))) if t]
    related = st.builds(
        lambda kind, other: f"[{{{kind}: {other}}}]",
        st.sampled_from(("same-event-as", "duplicate-of")),
        st.sampled_from(others),
    )
    lines = {
        "title": f'"{id}"',
        "date": draw(st.sampled_from(DATES)),
        "time": draw(st.sampled_from((None, '"01:42"', "evening", "~00:32"))),
        "city": draw(st.sampled_from(("moscow", "Белгород", "[belgorod, moscow]", "sevastopol"))),
        "sources": draw(st.sampled_from(("[wire-1]", "[copy-1, wire-1]", "[https://example.org/a]"))),
        "kind": draw(st.sampled_from((None, "drone", "rocket"))),
        "tags": draw(st.sampled_from((None, "[energy]", "[Energy, night attack]"))),
        "part_of": draw(st.sampled_from((None, "2025-12-14-night"))),
        "assessment": draw(st.sampled_from((None, None, "contested", "discounted"))),
        "status": draw(st.sampled_from((None,) * 5 + ("draft",))),
        "casualties": f"{{{', '.join(toll)}}}" if toll else None,
        "damage": draw(st.sampled_from((None, "[{what: house}]", "[{what: house, severity: possible}, {what: car}]"))),
        "relations": draw(st.none() | related),
    }  # fmt: skip
    return "\n".join(f"{key}: {value}" for key, value in lines.items() if value)


TIMED = {
    f"content/waves/{id}.md": f"---\ntitle: {id}\ndate: 2025\nkind: topic\nwhere: {where}\n---\n"
    for id, where in (
        ("drones-of-2025", "{kind: drone, year: 2025}"),
        ("energy-in-december", "{tag: energy, date: 2025-12}"),
        ("two-years", "{year: [2025, 2026], city: [moscow, belgorod]}"),
    )
}
"""Topics that ask for a time, so that some entries are only possibly part of them."""


def _asked(key: str, *values: str) -> st.SearchStrategy[str]:
    return st.sampled_from((*[""] * 2 * len(values), *(f" {key}={value}" for value in values)))


QUERIES = st.tuples(
    st.sampled_from(("count", "count", "sum injured", "sum killed")),
    _asked("kind", "drone", "rocket", "rocket,drone"),
    _asked("city", "moscow", "Белгород", "belgorod,moscow", "sevastopol"),
    _asked("tag", "energy", '"Night attack"'),
    _asked("wave", "2025-12-14-night", "drones-of-2025", "energy-in-december"),
    st.one_of(
        _asked("year", "2025", "2024,2025", "2026"),
        _asked("date", "2025-12", "2025-12-14", "2025-12-15", "2025-11/2026-01", "2025", "202X"),
    ),
).map(lambda parts: f"{{{{{''.join(parts)}}}}}")

IDS = tuple(f"e{n}" for n in range(12))


@st.composite
def chronicles(draw: Callable[..., str]) -> dict[str, str]:
    """Up to a dozen entries by path."""
    used = IDS[: draw(st.integers(1, len(IDS)))]
    return {
        f"content/incidents/{id}.md": f"---\n{draw(fronts(id, tuple(other for other in IDS if other != id)))}\n---\nText.\n"
        for id in used
    }


@settings(max_examples=40, deadline=None, phases=SHORTLY)
@given(chronicles(), st.lists(QUERIES, min_size=1, max_size=12))
def test_every_total_and_every_answer_agrees_whatever_the_dates_and_counts_are(
    tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str], queries: list[str]
) -> None:
    root = copy_of(GOLDEN, tmp_path_factory.mktemp("awkward") / "chronicle")
    shutil.rmtree(root / "content/incidents")
    write(TIMED, root)
    asking = "\n\n".join(f"There were {query}." for query in queries)
    (root / "content/pages/about.md").write_text(f"---\ntitle: About\n---\n{asking}\n", encoding="utf-8")
    settings_text = (root / "site.yaml").read_text(encoding="utf-8")
    (root / "site.yaml").write_text(
        f"{settings_text}\nrules: {{unknown-incident: off, stale-translation: off, unknown-tag: off}}\n",
        encoding="utf-8",
    )
    write(texts, root)
    with small_limits():
        outcome = built(root)
    assert [p for p in outcome.problems if p.severity == "error"] == []
    assert recount(root, root / "build", NOW) == []


# ---------------------------------------------------------------- the recount itself


@pytest.mark.parametrize(
    ("text", "shown", "home"),
    [
        ("2025-12-15", {"2025-12-15": True}, ""),
        ("2025-12-15~", {"2025-12-15": False}, ""),
        ("[2025-12-14,2025-12-16]", {"2025-12-14": False, "2025-12-16": False}, ""),
        ("{2025-12-14,2025-12-16}", {"2025-12-14": True, "2025-12-16": True}, ""),
        ("2025-12-31/2026-01-01", {"2025-12-31": True, "2026-01-01": True}, ""),
        ("2025-12", {}, "2025-12"),
        ("2025-11/2025-12", {}, "2025"),
        ("../2025-03", {}, "2025-03"),
        ("202X", {}, "2020s"),
        ("2018/2021", {}, ""),
    ],
)
def test_the_small_reading_of_dates(text: str, shown: dict[str, bool], home: str) -> None:
    found = when(text)
    assert ({day.isoformat(): sure for day, sure in found.shown.items()}, found.home) == (shown, home)


def test_a_recount_sees_a_missing_row(golden_site: Path, tmp_path: Path) -> None:
    shutil.copytree(golden_site, tmp_path / "site")
    edited(tmp_path / "site/cities/belgorod.html", "2025-12-15-belgorod-rocket.html", "elsewhere.html")
    found = [line.partition(":")[0] for line in recount(GOLDEN, tmp_path / "site", NOW)]
    assert found == ["cities/belgorod.html#incidents"]


@pytest.fixture(scope="module")
def golden_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of(GOLDEN, tmp_path_factory.mktemp("golden") / "chronicle")
    built(root)
    return root / "build"


@pytest.mark.parametrize(
    ("path", "was", "now"),
    [
        ("cities/moscow.html", '<data value="3">', '<data value="4">'),
        ("cities/moscow.html", "told in 2 of 3", "told in 1 of 3"),
        ("2025/12/15.html", '<data value="1">1 possible', '<data value="2">1 possible'),
        ("2025.html", '<td class="number">2</td>', '<td class="number">3</td>'),
        ("2025.html", ": 1 entry, 1 possible", ": 2 entries"),
        ("2025.html", "<b>1 entry</b>", "<b>1 possible</b>"),
        ("2025/12.html", "+1 <span>possible", "+2 <span>possible"),
        ("cities.html", '<td class="num">3</td>', '<td class="num">2</td>'),
        ("kinds.html", '<td class="num">1</td>', '<td class="num">11</td>'),
        ("waves.html", '<td class="num">1</td>', '<td class="num">0</td>'),
        ("tags.html", "<span>1</span>", "<span>1 possible</span>"),
        ("publishers.html", '<td class="num">1</td>', '<td class="num">2</td>'),
        ("dates.html", "6 incidents", "7 incidents"),
        ("dates.html", ">+1<", ">1<"),
        ("index.html", "6 incidents in 3", "6 incidents in 4"),
        ("index.html", "1 + 1 possible", "2"),
        ("2025/12/14.html", "one incident may", "2 incidents may"),
        ("2025/12/15.html", "this morning: 2 entries", "this morning: 1 entry, 1 possible"),
        ("about.html", '<data value="3-4">', '<data value="3">'),
        ("about.html", 'href="cities/moscow.html"><data', 'href="cities/belgorod.html"><data'),
    ],
)
def test_a_recount_sees_every_form_of_a_wrong_total(
    golden_site: Path, tmp_path: Path, path: str, was: str, now: str
) -> None:
    shutil.copytree(golden_site, tmp_path / "site")
    edited(tmp_path / "site" / path, was, now)
    assert {line.partition(":")[0] for line in recount(GOLDEN, tmp_path / "site", NOW)} == {path}


def edited(page: Path, was: str, now: str) -> None:
    """Changes the first such words in the main part of a page."""
    head, main, text = page.read_text(encoding="utf-8").partition("<main")
    assert was in text
    page.write_text(head + main + text.replace(was, now, 1), encoding="utf-8")


def test_there_is_a_page_for_every_record(real_site: Path) -> None:
    assert len(chronicle(REPOSITORY, NOW).entries) == 95
    for folder, pages in (
        ("seeds", "sources"),
        ("content/cities", "cities"),
        ("content/waves", "waves"),
        ("content/publishers", "publishers"),
    ):
        for file in (REPOSITORY / folder).glob("*.md"):
            assert (real_site / pages / f"{file.stem}.html").is_file(), file
    for file in (REPOSITORY / "content/incidents").rglob("*.md"):
        assert (real_site / "incidents" / f"{file.stem}.html").is_file(), file


FRAMES = st.tuples(st.dates(datetime.date(2016, 1, 1), datetime.date(2031, 12, 31)), st.integers(0, 800)).map(
    lambda pair: (pair[0], pair[0] + datetime.timedelta(pair[1]))
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(DATES), FRAMES)
def test_two_readings_of_a_date_agree_on_whether_it_lies_in_a_time(
    text: str, frame: tuple[datetime.date, datetime.date]
) -> None:
    date = parse_edtf(text.strip('"'))
    assert isinstance(date, Edtf)
    words = {"sure": "certain", "maybe": "possible", "": None}
    assert certainty_between(date, *frame) == words[when(text.strip('"')).within(*frame)]
