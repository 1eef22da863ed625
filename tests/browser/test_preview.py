"""What an author sees in a browser while writing."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.orders import Order
from generator.preview import Preview, grounds
from generator.preview_pages import EVENTS
from generator.server import HOST, Answer, Server, listening
from generator.terminal import Terminal
from generator.watch import Watch
from tests.chronicles import NOW, written

SITE = "title: A chronicle\nbase_url: https://chronicle.example/\n"
CITY = "---\nname: Moscow\ncountry: RU\nlat: 55.7\nlon: 37.6\ntimezone: Europe/Moscow\n---\n"
DRONE = "content/incidents/2025/2025-12-15-drone.md"
ADDRESS = "incidents/2025-12-15-drone.html"
LONG = "\n\n".join(f"Line {number}." for number in range(200))


def entry(words: str, city: str = "moscow") -> str:
    return f"---\ntitle: A drone\ndate: 2025-12-15\ncity: {city}\nstatus: draft\n---\n\n{words}\n\n{LONG}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "chronicle"
    written(root, "site.yaml", SITE)
    written(root, "content/cities/moscow.md", CITY)
    written(root, DRONE, entry("Old words."))
    return root


@contextmanager
def previewing(root: Path) -> Iterator[Server]:
    """A preview with drafts, refreshed by a thread of its own."""
    ended = threading.Event()
    with listening(0) as server:
        preview = Preview(Order(root=root, now=NOW, drafts=True), Terminal(root, json=False, quiet=True))
        with Watch(grounds(root), polling=False) as watch, closing(preview.board):

            def refreshing() -> None:
                while not ended.is_set():
                    preview.refresh(watch.wait(preview.look_seconds), watch.has_heard)

            thread = threading.Thread(target=refreshing)
            thread.start()
            server.start(preview.answer)
            try:
                yield server
            finally:
                ended.set()
                written(root, "site.yaml", "# the change that ends the thread")
                thread.join()


@pytest.fixture
def server(root: Path) -> Iterator[Server]:
    with previewing(root) as server:
        yield server


@pytest.fixture
def words(page: Page) -> Iterator[list[str]]:
    """All that the console says of errors; there must be none."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield said
    assert said == []


def home(server: Server) -> str:
    return f"http://{HOST}:{server.port}/"


def test_an_edit_appears_by_itself_and_the_page_stays_where_it_was(
    page: Page, server: Server, root: Path, words: list[str]
) -> None:
    page.goto(home(server) + ADDRESS)
    page.evaluate("scrollTo({top: 700, behavior: 'instant'})")
    written(root, DRONE, entry("New words."))
    expect(page.get_by_text("New words.")).to_have_count(1)
    page.wait_for_function("scrollY === 700")
    assert page.evaluate("sessionStorage.length") == 0


def test_what_was_folded_open_stays_open(page: Page, server: Server, root: Path, words: list[str]) -> None:
    """The fold stands in a template of the chronicle's own, so that this holds for any."""
    folds = "{% block main %}{{ page.body }}<details><summary>One</summary>1</details><details><summary>Two</summary>2</details>{% endblock %}"
    written(root, "templates/prose.html", '{% extends "base.html" %}' + folds)
    written(root, "content/pages/about.md", "---\ntitle: About\n---\n\nOld words.\n")
    page.goto(home(server))
    expect(page.get_by_text("A drone").first).to_be_visible()
    page.wait_for_timeout(500)
    page.goto(home(server) + "about.html")
    page.get_by_text("Two", exact=True).click()
    written(root, "content/pages/about.md", "---\ntitle: About\n---\n\nNew words.\n")
    expect(page.get_by_text("New words.")).to_have_count(1)
    expect(page.locator("details[open]")).to_have_count(1)
    expect(page.locator("details[open] summary")).to_have_text("Two")


def test_all_pages_of_a_browser_share_one_connection_and_each_follows_its_own_entry(
    browser: Browser, server: Server, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.board.PULSE", 0.2)  # who has gone is noticed at the next sign of life
    addresses = [ADDRESS, "index.html", "cities/moscow.html", ADDRESS]
    context = browser.new_context()
    pages = [context.new_page() for _ in addresses]
    for one, address in zip(pages, addresses, strict=True):
        one.goto(home(server) + address)
        expect(one.locator("h1")).to_be_visible()
    pages[0].wait_for_timeout(1500)
    assert len(server._open) == 1
    written(root, DRONE, entry("New words."))
    for one, address in zip(pages, addresses, strict=True):
        if address == ADDRESS:
            expect(one.get_by_text("New words.")).to_have_count(1)
    pages[1].evaluate("window.mark = 'not reloaded'")
    written(root, DRONE, entry("Newer words."))
    expect(pages[3].get_by_text("Newer words.")).to_have_count(1)
    assert pages[1].evaluate("window.mark") == "not reloaded"
    context.close()


def test_a_page_with_a_very_long_address_does_not_keep_others_from_following(
    browser: Browser, server: Server, root: Path
) -> None:
    context = browser.new_context()
    page, other = context.new_page(), context.new_page()
    page.goto(home(server) + ADDRESS)
    other.goto(home(server) + "x" * 8150)
    expect(other.locator("h1")).to_be_visible()
    other.wait_for_timeout(500)
    written(root, DRONE, entry("New words."))
    expect(page.get_by_text("New words.")).to_have_count(1)
    context.close()


def test_of_very_many_pages_one_that_was_not_followed_is_when_it_is_looked_at(
    browser: Browser, server: Server, root: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(home(server) + ADDRESS)
    for number in range(3):
        other = context.new_page()
        other.goto(home(server) + f"{number}" * 1990)
        expect(other.locator("h1")).to_be_visible()
    other.wait_for_timeout(500)
    written(root, DRONE, entry("New words."))
    other.wait_for_timeout(1000)
    expect(page.get_by_text("New words.")).to_have_count(0)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("New words.")).to_have_count(1)
    context.close()


def test_a_page_that_was_refused_for_a_while_follows_again(
    page: Page, server: Server, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = server._answering
    refused = [Answer(503, "text/plain", b"not now")] * 2
    monkeypatch.setattr(server, "_answering", lambda r: refused.pop() if r.path == EVENTS and refused else told(r))
    page.goto(home(server) + ADDRESS)
    page.wait_for_timeout(500)
    assert len(refused) == 1
    written(root, DRONE, entry("New words."))
    expect(page.get_by_text("New words.")).to_have_count(1)


def test_without_shared_workers_each_page_has_its_own_connection(
    page: Page, server: Server, root: Path, words: list[str]
) -> None:
    page.add_init_script("delete window.SharedWorker")
    page.goto(home(server) + ADDRESS)
    written(root, DRONE, entry("New words."))
    expect(page.get_by_text("New words.")).to_have_count(1)


def test_a_page_says_what_made_it_and_leads_to_the_warnings(
    page: Page, server: Server, root: Path, words: list[str]
) -> None:
    page.goto(home(server) + ADDRESS)
    line = page.locator("chronicle-preview footer")
    expect(line).to_contain_text(f"{DRONE} · templates/incident.html")
    written(root, "content/incidents/2025/2025-12-15-drone.ru.md", "---\ntitle: Дрон\n---\n\nСлова.\n")
    expect(line.get_by_role("link", name="1 warning")).to_be_visible()
    line.get_by_role("link").click()
    expect(page.locator("ol")).to_contain_text("does not say which text was translated")


def test_a_broken_edit_is_told_over_the_last_good_page_and_mending_it_clears_it(
    page: Page, server: Server, root: Path, words: list[str]
) -> None:
    page.goto(home(server) + ADDRESS)
    written(root, DRONE, entry("New words.", city="moscwo"))
    overlay = page.locator("chronicle-preview section")
    expect(overlay).to_contain_text(f"{DRONE}:4:7")
    expect(overlay).to_contain_text('no city has the id or name "moscwo"')
    expect(overlay).to_contain_text("^^^^^^")
    expect(page.get_by_text("Old words.")).to_have_count(1)
    overlay.get_by_role("button", name="Hide").click()
    expect(overlay.locator("pre")).to_be_hidden()
    expect(overlay.get_by_role("button", name="Show")).to_be_visible()
    written(root, DRONE, entry("Mended words."))
    expect(page.get_by_text("Mended words.")).to_have_count(1)
    expect(overlay).to_have_count(0)


def test_what_is_taken_back_clears_the_overlay_without_a_reload(
    page: Page, server: Server, root: Path, words: list[str]
) -> None:
    page.goto(home(server) + ADDRESS)
    page.evaluate("window.mark = 'not reloaded'")
    written(root, DRONE, entry("Old words.", city="moscwo"))
    expect(page.locator("chronicle-preview section")).to_have_count(1)
    written(root, DRONE, entry("Old words."))
    expect(page.locator("chronicle-preview section")).to_have_count(0)
    assert page.evaluate("window.mark") == "not reloaded"


def test_hostile_text_in_a_problem_is_text(page: Page, server: Server, root: Path, words: list[str]) -> None:
    page.goto(home(server) + ADDRESS)
    written(root, DRONE, entry("Words.", city="<img src=x onerror=alert(1)>"))
    overlay = page.locator("chronicle-preview section")
    expect(overlay).to_contain_text("<img src=x onerror=alert(1)>")
    expect(overlay.locator("img")).to_have_count(0)


def test_a_style_sheet_is_swapped_without_a_reload(page: Page, server: Server, root: Path, words: list[str]) -> None:
    page.goto(home(server) + ADDRESS)
    page.evaluate("window.mark = 'not reloaded'")
    for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        written(root, "templates/static/style.css", f"h1 {{ color: {colour} }}")
        expect(page.locator("h1")).to_have_css("color", colour)
    assert page.evaluate("window.mark") == "not reloaded"
    expect(page.locator('link[rel="stylesheet"][href*="style.css"]')).to_have_count(1)


def test_another_page_is_left_alone(page: Page, server: Server, root: Path, words: list[str]) -> None:
    written(root, "content/pages/about.md", "---\ntitle: About\n---\n\nWords.\n")
    page.goto(home(server))
    expect(page.get_by_text("A drone").first).to_be_visible()
    page.goto(home(server) + "about.html")
    page.evaluate("window.mark = 'not reloaded'")
    written(root, DRONE, entry("New words."))
    page.wait_for_timeout(700)
    assert page.evaluate("window.mark") == "not reloaded"


def test_that_drafts_are_shown_stands_on_every_page(page: Page, server: Server, words: list[str]) -> None:
    page.goto(home(server))
    expect(page.get_by_text("Drafts and embargoed entries are shown.")).to_be_in_viewport()


def test_without_a_site_the_problems_are_listed_until_they_are_mended(page: Page, root: Path) -> None:
    written(root, "site.yaml", "title: A chronicle\n")
    with previewing(root) as server:
        page.goto(home(server) + ADDRESS)
        expect(page.locator("ol")).to_contain_text("base_url")
        written(root, "site.yaml", "titel: A chronicle\n")
        expect(page.locator("ol")).to_contain_text("titel")
        written(root, "site.yaml", SITE)
        expect(page.get_by_text("Old words.")).to_have_count(1)


ATTACK = """async (address) => {
  const tried = [];
  for (const options of [{}, {mode: "no-cors"}, {method: "POST", mode: "no-cors", body: "x"}]) {
    tried.push(await fetch(address, options).then(r => r.text(), () => ""));
  }
  tried.push(await new Promise(done => {
    const events = new EventSource(address + "-/events?path=index.html");
    events.onmessage = message => done(message.data);
    events.onerror = () => done("");
  }));
  for (const name of ["script", "img", "iframe"]) {
    const element = document.createElement(name);
    element.src = address + (name === "script" ? "static/site.js" : "index.html");
    tried.push(await new Promise(done => {
      element.onload = () => done(name === "iframe" ? "" : "loaded");
      element.onerror = () => done("");
      document.body.append(element);
    }));
  }
  return tried.filter(text => text);
}"""


def test_a_page_of_another_port_reads_nothing(browser: Browser, server: Server, tmp_path: Path) -> None:
    (tmp_path / "evil.html").write_text("<!doctype html><title>Evil</title><body>", encoding="utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(tmp_path))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            pass

    page = browser.new_page()
    with http.server.ThreadingHTTPServer((HOST, 0), Quiet) as evil:
        threading.Thread(target=evil.serve_forever, daemon=True).start()
        page.goto(f"http://{HOST}:{evil.server_port}/evil.html")
        assert page.evaluate(ATTACK, home(server)) == []
        evil.shutdown()
    page.goto(home(server))
    assert len(page.evaluate(ATTACK, home(server))) >= 4, "what is tried works for a page of ours"
    page.close()
