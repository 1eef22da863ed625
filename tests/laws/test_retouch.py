"""An edit of a text alone makes the pages that tell it and no others, and the site is the one of a clean build."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.corpus import entries
from bench.formats import FORMATS, files, write
from generator import edition, retouch
from generator.build import Outcome, build
from generator.orders import Order
from tests.chronicles import NOW, tree

ROOT = Path(__file__).parents[2]
OWN = ("content", "seeds", "templates", "site.yaml")


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A word for each time that a chronicle is read as a whole; files are known by their stamps at once."""
    told: list[str] = []
    made = edition.edition_of

    def counted(*arguments: Any) -> Any:
        told.append("whole")
        return made(*arguments)

    monkeypatch.setattr(edition, "edition_of", counted)
    monkeypatch.setattr("generator.memory.CLOCK_STEP_NS", 0)
    return told


@pytest.fixture(params=["invented", "own"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A chronicle at rest: invented, or the repository's own."""
    folder = tmp_path / "chronicle"
    if request.param == "invented":
        write(files(FORMATS["full"], entries(60)), folder)
    else:
        for name in OWN:
            place = ROOT / name
            shutil.copytree(place, folder / name) if place.is_dir() else shutil.copy(place, folder / name)
    built(folder)
    return folder


def built(root: Path, out: str = "build") -> Outcome:
    outcome = build(Order(root=root, now=NOW), root / out)
    assert outcome.total, outcome.problems
    return outcome


def assert_it_is_the_clean_site(root: Path) -> None:
    shutil.rmtree(root / ".cache")
    built(root, "clean")
    assert tree(root / "build") == tree(root / "clean")


def some_entries(root: Path, number: int) -> Iterator[Path]:
    """Entries from all over the time, the newest among them."""
    found = sorted((root / "content/incidents").rglob("*.md"))
    yield from found[:: max(1, len(found) // number)]
    yield found[-1]


def edited(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


def with_a_sentence(text: str) -> str:
    return f"{text.rstrip()}\n\nOne more sentence, of *no* weight.\n"


def test_the_pages_of_a_text_are_made_without_the_rest(root: Path, whole: list[str]) -> None:
    taken = 0
    for path in some_entries(root, 12):
        whole.clear()
        edited(path, with_a_sentence)
        outcome = built(root)
        taken += not whole
        assert f"incidents/{path.stem}.html" in outcome.written
        whole.clear()
        assert not built(root).written
        assert not whole
    assert taken >= 8  # one with updates or translations is told of elsewhere too
    assert_it_is_the_clean_site(root)


def test_several_texts_may_change_at_once(root: Path, whole: list[str]) -> None:
    paths = list(some_entries(root, 4))
    for path in paths:
        edited(path, with_a_sentence)
    assert {f"incidents/{path.stem}.html" for path in paths} <= {*built(root).written}
    assert_it_is_the_clean_site(root)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('title: "', 'title: "Changed ', 1).replace("title: D", "title: Changed d", 1),
        lambda text: text.replace("\nkind: ", "\nauthors: [Somebody]\nkind: ", 1),
        lambda text: f"{text.rstrip()} See [[city:ashbrook]].\n",
        lambda text: f"{text.rstrip()} And <b>this</b>.\n",
    ],
    ids=["title", "key", "link", "fault"],
)
def test_any_other_edit_is_built_as_a_whole(tmp_path: Path, whole: list[str], change: Callable[[str], str]) -> None:
    folder = tmp_path / "chronicle"
    write(files(FORMATS["full"], entries(30)), folder)
    built(folder)
    whole.clear()
    edited(next(some_entries(folder, 3)), change)
    build(Order(root=folder, now=NOW), folder / "build")
    assert whole


def test_an_entry_with_updates_is_built_as_a_whole_since_other_pages_rest_on_it(
    tmp_path: Path, whole: list[str]
) -> None:
    folder = tmp_path / "chronicle"
    write(files(FORMATS["full"], entries(30)), folder)
    path = next(some_entries(folder, 3))
    update = 'updates: [{date: 2026-03-02, kind: correction, text: "The street was another."}]'
    edited(path, lambda text: text.replace("\nkind: ", f"\n{update}\nkind: ", 1))
    built(folder)
    whole.clear()
    edited(path, with_a_sentence)
    built(folder)
    assert whole
    whole.clear()
    assert not built(folder).written


def test_an_entry_whose_text_asks_something_is_built_as_a_whole_and_answers_rightly(
    tmp_path: Path, whole: list[str]
) -> None:
    folder = tmp_path / "chronicle"
    write(files(FORMATS["full"], entries(30)), folder)
    path = next(some_entries(folder, 3))
    edited(path, lambda text: f"{text.rstrip()}\n\nIt was one of {{{{count}}}}, with {{{{sum injured}}}} injured.\n")
    built(folder)
    whole.clear()
    edited(path, with_a_sentence)
    built(folder)
    assert whole
    assert '<data value="30">30</data>' in (folder / f"build/incidents/{path.stem}.html").read_text(encoding="utf-8")
    assert_it_is_the_clean_site(folder)


def test_where_a_part_does_not_suffice_all_is_built(
    tmp_path: Path, whole: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "chronicle"
    write(files(FORMATS["full"], entries(150)), folder)
    built(folder)
    monkeypatch.setattr(retouch, "around", lambda frame, id: iter(()))
    whole.clear()
    edited(next(some_entries(folder, 3)), with_a_sentence)
    assert built(folder).written
    assert whole
    assert_it_is_the_clean_site(folder)
