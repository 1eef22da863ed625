"""What was known on a former day: never more than had been said by then, marked as former, and led to from today."""

from __future__ import annotations

import datetime
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.chronicles import GOLDEN, built, copy_of, tree, written

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=["golden", "real"])
def chronicle(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A chronicle and its site."""
    place = tmp_path_factory.mktemp(request.param)
    root = REPOSITORY if request.param == "real" else copy_of(GOLDEN, place / "chronicle")
    built(root, place / "site", jobs=2)
    return root, place / "site"


def front(path: Path) -> dict[str, Any]:
    text = re.sub(r"^date: (\[.*\])$", r'date: "\1"', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return yaml.load(text.split("---\n")[1], yaml.BaseLoader)


def said_by(root: Path, id: str, day: str) -> dict[str, set[int]]:
    """The numbers of people, whole or of groups, that the sources of an entry had given by the end of a day, from the raw files."""
    found: dict[str, set[int]] = {o: set() for o in ("killed", "injured", "missing", "detained", "evacuated")}
    entry = front(next((root / "content/incidents").rglob(f"{id}.md")))
    for source in entry["sources"]:
        if not isinstance(source, dict) or "casualties" not in source.get("says", {}):
            continue
        seed = front(root / "seeds" / f"{source['source']}.md") if "source" in source else source
        said = source.get("as_of", seed.get("published"))
        if said is not None and said[:10] <= day:
            toll = source["says"]["casualties"]
            for part in (toll, *toll.get("of_which", {}).values()):
                for outcome in found.keys() & part.keys():
                    found[outcome] |= numbers(part[outcome])
    return found


def numbers(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"\d+", text.replace(",", ""))}


def states(site: Path) -> list[Path]:
    """The pages of former states; not those that lead on, since their entry is gone."""
    found = sorted((site / "incidents").glob("*/as-of-*.html"))
    return [path for path in found if "This page has moved" not in path.read_text(encoding="utf-8")]


def test_a_former_state_shows_no_number_that_had_not_been_said(chronicle: tuple[Path, Path]) -> None:
    root, site = chronicle
    shown = 0
    for path in states(site):
        known = said_by(root, path.parent.name, path.stem.removeprefix("as-of-"))
        rows = re.findall(
            r'<tr><th scope="row">(\w+)(?:, [^<]*)?</th><td><b>([^<]*)</b>', path.read_text(encoding="utf-8")
        )
        assert rows, path
        for label, then in rows:
            assert numbers(unescape(then)) <= known[label.lower()], path
            shown += bool(numbers(then))
    assert shown


def test_an_evening_shows_no_number_that_had_not_been_said(chronicle: tuple[Path, Path]) -> None:
    root, site = chronicle
    shown = 0
    for path in site.glob("[0-9]*/[0-9]*/[0-9]*.html"):
        (section,) = re.findall(r'<h2 id="evening">.*?</section>', path.read_text(encoding="utf-8"), re.DOTALL) or [""]
        for id, then in re.findall(r'incidents/([a-z0-9-]+)\.html"[^>]*>[^<]*</a> <p>then (.*?) · today', section):
            known = said_by(root, id, path.relative_to(site).as_posix().removesuffix(".html").replace("/", "-"))
            assert numbers(re.sub("<[^>]*>", "", unescape(then))) <= {n for of in known.values() for n in of}, path
            shown += 1
    assert shown


def test_a_former_state_is_marked_as_such_and_leads_to_the_entry_of_today(chronicle: tuple[Path, Path]) -> None:
    _, site = chronicle
    sitemaps = b"".join(data for path, data in tree(site).items() if path.startswith("sitemap"))
    assert b"as-of-" not in sitemaps
    assert states(site)
    for path in states(site):
        page = path.read_text(encoding="utf-8")
        main = page.partition('<main id="main">\n')[2]
        assert main.startswith('<p class="box warn"><strong>A former state.</strong>'), path
        assert '<meta name="robots" content="noindex">' in page and 'rel="canonical"' not in page
        assert f'href="../../incidents/{path.parent.name}.html">The entry as it stands today</a>' in page
        assert path.stat().st_size <= 40 * 1024


def test_an_entry_leads_to_each_of_its_former_states_and_says_that_it_is_that_of_today(
    chronicle: tuple[Path, Path],
) -> None:
    _, site = chronicle
    for page in (site / "incidents").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        led = set(re.findall(r'href="\.\./incidents/([a-z0-9-]+/as-of-[0-9-]+\.html)"', text))
        assert led == {f"{p.parent.name}/{p.name}" for p in states(site) if p.parent.name == page.stem}
        assert ('<strong aria-current="page">today</strong>' in text) == bool(led)


def test_where_it_says_when_it_was_published_an_entry_tells_what_it_gave_itself(chronicle: tuple[Path, Path]) -> None:
    root, site = chronicle
    for path in states(site):
        day = path.stem.removeprefix("as-of-")
        published = front(next((root / "content/incidents").rglob(f"{path.parent.name}.md"))).get("published", "9999")
        page = path.read_text(encoding="utf-8")
        assert ("In this entry then" in page) == (published[:10] <= day)


def test_an_entry_that_is_held_back_has_no_former_states_and_those_of_one_that_is_gone_lead_to_what_is_left(
    tmp_path: Path,
) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    path = next((root / "content/incidents").rglob("2026-01-08-counts-that-moved.md"))
    text = path.read_text(encoding="utf-8")
    for line, left in (
        ("status: draft", 0),
        ("embargo_until: 2027-01-01T00:00+00:00", 0),
        ("status: withdrawn\nstatus_note: It was thunder.", 2),
    ):
        path.write_text(text.replace("city:", f"{line}\ncity:"), encoding="utf-8")
        built(root)
        found = [p.read_text("utf-8") for p in (root / "build/incidents" / path.stem).glob("*.html")]
        assert len(found) == left
        assert all("This page has moved" in page and f"incidents/{path.stem}.html" in page for page in found)
        path.write_text(text, encoding="utf-8")
        built(root)
        assert len([p for p in states(root / "build") if p.parent.name == path.stem]) == 2


def test_an_entry_that_moves_every_day_has_a_bounded_number_of_former_states(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    days = [datetime.date(2025, 3, 1) + datetime.timedelta(days=n) for n in range(60)]
    said = "".join(
        f"  - {{source: wire-1, says: {{casualties: {{killed: {d.toordinal() % 97}}}}}, as_of: {d}}}\n" for d in days
    )
    written(
        root,
        "content/incidents/2025/2025-03-01-many.md",
        f"---\ntitle: Many\ndate: 2025-03-01\ncity: moscow\nsources:\n{said}---\n",
    )
    built(root)
    found = [path for path in states(root / "build") if path.parent.name == "2025-03-01-many"]
    assert len(found) == 12
    assert found[0].name == "as-of-2025-03-01.html"


def test_a_state_without_any_number_says_so_and_tells_what_was_changed_since(tmp_path: Path) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    change = "{date: 2026-01-11, kind: correction, text: It was a rocket., changes: {kind: {was: drone, now: rocket}}}"
    written(
        root,
        "content/incidents/2026/2026-01-09-words.md",
        f"---\ntitle: W\ndate: 2026-01-09\npublished: 2026-01-09\ncity: moscow\nkind: rocket\nupdates: [{change}]\n"
        "sources: [https://example.org/k]\n---\n",
    )
    built(root)
    page = (root / "build/incidents/2026-01-09-words/as-of-2026-01-09.html").read_text(encoding="utf-8")
    assert "<table>" not in page and "Nobody had given a number of people" in page
    assert "Kind: from <del>drone</del> to <ins>rocket</ins>" in page
