"""The real chronicle in a real browser: one page of each kind, from the disk, in both schemes, narrow and wide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.nu import nu_errors
from tests.chronicles import GOLDEN, built, copy_of

REPOSITORY = Path(__file__).parents[2]

PAGES = (
    "index.html",
    "incidents.html",
    "incidents/2025-12-15-belgorod-rocket.html",
    "incidents/2025-12-15-marhanets-shelling.html",
    "cities.html",
    "cities/belgorod.html",
    "cities/sevastopol.html",
    "dates.html",
    "2025.html",
    "2025/12.html",
    "2025/12/15.html",
    "kinds.html",
    "kinds/missile-strike.html",
    "tags.html",
    "tags/housing.html",
    "sources.html",
    "sources/gazeta-20251215-27412249.html",
    "publishers.html",
    "publishers/tass.html",
    "waves.html",
    "waves/2025-12-14-night.html",
    "contradictions.html",
    "corrections.html",
    "changes.html",
    "incidents/2025-11-19-ternopil-missile/as-of-2025-11-20.html",
    "2025/11/19.html",
    "about.html",
    "methodology.html",
)
GOLDEN_PAGES = (
    "incidents/2025-12-15-belgorod-rocket.html",
    "ru/incidents/2025-12-15-belgorod-rocket.html",
    "incidents/2026-01-02-withdrawn.html",
    "incidents/2026-01-03-merged.html",
    "incidents/2026-01-04-retracted.html",
    "incidents/2026-01-08-counts-that-moved/as-of-2026-01-09.html",
    "2020s.html",
)


UNKNOWN_TO_NU = ("“container-type”", "“@container”", "“vector-effect”", "“paint-order”", "“rx”")
"""CSS of the present that the checker's tables do not have: container queries (CSS Containment 3) and SVG 2's properties."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The chronicle of this repository, built."""
    out = tmp_path_factory.mktemp("real") / "site"
    assert built(REPOSITORY, out).total > 900
    return out


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of(GOLDEN, tmp_path_factory.mktemp("golden") / "chronicle")
    built(root)
    return root / "build"


@pytest.fixture(scope="module")
def places(site: Path, golden: Path) -> dict[str, Path]:
    """Every page that is looked at, by a name."""
    found = {path: site / path for path in PAGES}
    return found | {f"golden {path}": golden / path for path in GOLDEN_PAGES}


NAMES = (*PAGES, *(f"golden {path}" for path in GOLDEN_PAGES))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(browser: Browser, places: dict[str, Path], name: str, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})  # type: ignore[arg-type]
    page.goto(places[name].as_uri())
    violations = Axe().run(page).response["violations"]
    page.context.close()
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in violations] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_page_is_wider_than_its_window(browser: Browser, places: dict[str, Path], name: str) -> None:
    page = browser.new_page()
    page.goto(places[name].as_uri())
    wide = []
    for width in (320, 360, 768, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(width)
    page.context.close()
    assert wide == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_makes_no_noise_and_asks_nobody_else(page: Page, places: dict[str, Path], name: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.goto(places[name].as_uri())
    assert said == []
    assert page.context.cookies() == []


@pytest.mark.parametrize("name", ["index.html", "incidents/2025-12-15-belgorod-rocket.html", "2025/12/15.html"])
def test_a_page_says_the_same_without_scripts(browser: Browser, places: dict[str, Path], name: str) -> None:
    texts = []
    for enabled in (True, False):
        context = browser.new_context(java_script_enabled=enabled)
        page = context.new_page()
        page.goto(places[name].as_uri())
        texts.append(" ".join(page.locator("main").inner_text().replace("Copy the citation", "").split()))
        context.close()
    assert texts[0] == texts[1]


def test_links_lead_on_from_the_disk(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Cities", exact=True).first.click()
    page.locator("main").get_by_role("link", name="Belgorod", exact=True).first.click()
    assert page.locator("h1").inner_text() == "Belgorod"
    page.get_by_role("link", name="Rocket strike on Belgorod damages utilities and windows").first.click()
    assert "Belgorod" in page.locator("h1").inner_text()
    page.locator(".prose sup a").first.click()
    assert re.search(r"#s\d+$", page.url)


def test_a_former_address_leads_on(page: Page, site: Path) -> None:
    page.goto((site / "incidents" / "2024-11-izhevsk-drone.html").as_uri())
    page.wait_for_url("**/2024-11-17-izhevsk-drone.html")
    assert "Izhevsk" in page.locator("h1").inner_text()


def test_the_colour_switch_is_remembered(page: Page, site: Path) -> None:
    page.emulate_media(color_scheme="light")
    page.goto((site / "index.html").as_uri())
    page.get_by_role("button", name="Dark page").click()
    page.goto((site / "cities.html").as_uri())
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_nu_checker_finds_nothing(site: Path, golden: Path) -> None:
    assert [
        error for error in (*nu_errors(golden), *nu_errors(site)) if not any(word in error for word in UNKNOWN_TO_NU)
    ] == []


def test_the_budgets_hold(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        most = 40 if path.parent == site / "incidents" and not path.stem.isdigit() else 60
        assert path.stat().st_size <= most * 1024, f"{path.relative_to(site)}: {path.stat().st_size}"
    assert (site / "static" / "style.css").stat().st_size <= 15 * 1024
