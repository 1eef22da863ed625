"""The tools of the browser tests themselves: a test that runs on a blind tool proves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import machine
from tests.browser.nu import nu_errors

GOOD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><main><h1>Words</h1></main>'


def written(folder: Path, **files: str) -> Path:
    """The folder, with files named `a_html` for `a.html`."""
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def test_a_page_on_the_disk_is_opened_and_its_script_runs(page: Page, tmp_path: Path) -> None:
    written(tmp_path, a_html=GOOD + "<script>document.querySelector('h1').textContent += ' and more'</script>")
    page.goto((tmp_path / "a.html").as_uri())
    assert page.locator("h1").inner_text() == "Words and more"


def test_axe_sees_an_image_that_says_nothing(page: Page) -> None:
    page.set_content(GOOD.replace("Words", "Words<img src='data:,'>"))
    assert "image-alt" in {violation["id"] for violation in Axe().run(page).response["violations"]}


def test_the_nu_checker_passes_good_pages_and_style_sheets(tmp_path: Path) -> None:
    assert nu_errors(written(tmp_path, a_html=GOOD, b_css="h1 { color: light-dark(#000, #fff) }")) == []


def test_the_nu_checker_names_file_line_and_fault_of_html_and_css(tmp_path: Path) -> None:
    errors = nu_errors(written(tmp_path, a_html=GOOD + "\n<p><b></p>\n", b_css="h1 {\n  colour: red }\n"))
    assert "a.html:2:4: Unclosed element “b”." in errors
    assert [error.partition("CSS: ")[0] for error in errors if "“colour”" in error] == ["b.css:2:14: "]


@pytest.mark.parametrize(("on_ci", "outcome"), [(True, pytest.fail.Exception), (False, pytest.skip.Exception)])
def test_what_is_missing_fails_on_ci_and_is_skipped_elsewhere(
    on_ci: bool, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = machine.NEEDS["Java"]._replace(found=lambda: None)
    monkeypatch.setitem(machine.NEEDS, "Java", absent)
    monkeypatch.setattr(machine, "ON_CI", on_ci)
    with pytest.raises(outcome, match="Java is missing, so the check of HTML and CSS"):
        machine.needed("Java")
