"""Whatever is left out of a site: what is left out is not there, all else is, and nothing leads to what is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import routes
from generator.model import FEATURES
from generator.plan import FAMILIES
from tests.chronicles import GOLDEN, built, copy_of, tree, written
from tests.laws.test_build_laws import broken_links

NEEDS = {
    "feeds/corrections.xml": "corrections",
    "feeds/kinds/": "kinds",
    "data/changes": "changes",
    "data/contradictions": "contradictions",
}
"""What a feed rests on beside its own feature."""

LINKS = (
    "See [[kind:drone]], [[kind:drone|*that* kind]], [[source:wire-1]], [[wave:all-drones]] and [[publisher:wire]].\n\n"
    "There were {{count kind=drone}} in {{count}}, {{count tag=energy}}, {{count wave=all-drones}} and {{count city=moscow}}.\n"
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden chronicle with a page that links to something of every family."""
    root = copy_of(GOLDEN, tmp_path_factory.mktemp("features") / "chronicle")
    written(root, "content/pages/links.md", f"---\ntitle: Links\n---\n{LINKS}")
    return root


@pytest.fixture(scope="module")
def whole(root: Path) -> frozenset[str]:
    """The files of its site with all features."""
    return frozenset(site_with(root, frozenset(FEATURES)))


def site_with(root: Path, features: frozenset[str]) -> dict[str, bytes]:
    """The site of the chronicle with some features alone."""
    text = (GOLDEN / "site.yaml").read_text(encoding="utf-8")
    (root / "site.yaml").write_text(f"{text}features: [{', '.join(sorted(features))}]\n", encoding="utf-8")
    assert [p for p in built(root).problems if p.severity == "error"] == []
    return tree(root / "build")


def home_with(root: Path, features: frozenset[str]) -> str:
    """The start page of its site."""
    return site_with(root, features)["index.html"].decode("utf-8")


def stands(path: str, features: frozenset[str]) -> bool:
    """Whether a page of the whole site stands in one with these features alone."""
    needs = {routes.feature_of(path), *(need for start, need in NEEDS.items() if path.startswith(start))}
    return needs - {""} <= features


@settings(max_examples=15, deadline=None)
@given(st.frozensets(st.sampled_from(FEATURES), min_size=1))
def test_a_site_has_what_its_features_say_and_no_link_leads_nowhere(
    root: Path, whole: frozenset[str], features: frozenset[str]
) -> None:
    site = site_with(root, features)
    assert set(site) == {path for path in whole if stands(path, features)}
    assert broken_links(root / "build") == []
    ways = re.findall(r'href="/awkward/([^"#]+)"', site["404.html"].decode())
    assert ways and [way for way in ways if way not in site] == []


def test_without_a_page_its_name_stands_in_a_text_as_plain_words(root: Path) -> None:
    page = site_with(root, frozenset({"maps"}))["links.html"].decode()
    (told,) = re.findall(r"<p>See (.*?)</p>", page)
    assert told.startswith("drone, <em>that</em> kind, ")
    assert "<a" not in told


def test_home_leads_to_the_dates_by_their_own_name_where_no_list_of_all_stands_before_it(root: Path) -> None:
    assert '>All incidents</a> · <a href="dates.html">by date</a>' in home_with(root, frozenset(FEATURES))
    assert '<p><a href="dates.html">All dates</a></p>' in home_with(root, frozenset({"maps"}))


def test_every_feature_but_maps_has_a_family_of_pages() -> None:
    assert {feature for _, feature in FAMILIES} - {None} == {*FEATURES} - {"maps"}
