"""A page of a real Chromium for every test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.machine import needed

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HERE = (None, "localhost", "127.0.0.1", "::1")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    needed("a library of Playwright")
    path = needed("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with a profile of its own; its test fails where a script fails or anything is asked of another machine."""
    page = browser.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(f"a script failed: {error}"))
    page.on("request", lambda request: failures.extend(_elsewhere(request.url)))
    yield page
    page.context.close()
    assert not failures


def _elsewhere(url: str) -> list[str]:
    return [] if urlsplit(url).hostname in HERE else [f"another machine was asked for {url}"]
