"""Answers to queries in texts: ranges in words, links to exactly what was counted, keys that change when a number does."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from generator.counts import Count, parse_count
from generator.outputs import feeds
from generator.views import incident as incidents
from generator.views import prose, waves
from generator.words import Words
from tests.unit.chronicles import desk_of_texts, incident, views

DRONE = {"kind": "drone-attack", "city": "moscow"}


def page(text: str, lang: str = "") -> dict[str, str]:
    front = f"title: Asked\n{f'lang: {lang}' if lang else ''}".strip()
    return {"content/pages/asked.md": f"---\n{front}\n---\n{text}\n"}


def topic(id: str, where: str) -> dict[str, str]:
    return {f"content/waves/{id}.md": f"---\ntitle: {id}\ndate: 2025\nkind: topic\nwhere: {where}\n---\n"}


def told(query: str, *texts: dict[str, str], lang: str = "") -> str:
    """What a page says where it asks something."""
    view = views(prose.pages(desk_of_texts(page(query, lang), *texts)))["asked.html"]
    return str(view.body).removeprefix("<p>").removesuffix("</p>\n")


def bare(html: str) -> str:
    return re.sub("<[^>]+>", "", html)


MANY = (
    incident("2025-a", "2025-12-01", casualties="{injured: 2-4}", **DRONE),
    incident("2025-b", "2025-12-02", casualties="{injured: 1}", **DRONE),
    incident("2025-c", "[2025-12-31,2026-01-01]", casualties="{injured: 2}", **DRONE),
)


def test_what_the_dates_leave_open_makes_a_range() -> None:
    assert bare(told("{{count kind=drone-attack year=2025}}", *MANY)) == "between 2 and 3"
    assert bare(told("{{count year=2026}}", *MANY)) == "up to 1"
    assert bare(told("{{count year=2025,2026}}", *MANY)) == "3"
    assert bare(told("{{count year=2020}}", *MANY)) == "0"


def test_what_is_only_possible_adds_from_nothing_to_all_of_its_own() -> None:
    assert bare(told("{{sum injured date=2025-12}}", *MANY)) == "between 3 and 7"


def test_an_entry_without_a_number_leaves_the_sum_open_above() -> None:
    assert bare(told("{{sum injured}}", *MANY, incident("2025-d", "2025-12-03"))) == "5 or more"
    assert bare(told("{{sum killed}}", *MANY)) == "an unknown number"
    assert bare(told("{{sum killed tag=none-has-it}}", *MANY)) == "0"


def test_a_number_is_there_for_programs_too() -> None:
    assert told("{{count date=2025-12-01}}", *MANY) == '<a href="2025/12/01.html"><data value="1">1</data></a>'


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("{{count}}", "incidents.html"),
        ("{{count kind=drone-attack}}", "kinds/drone-attack.html"),
        ("{{sum injured city=Moscow}}", "cities/moscow.html"),
        ("{{count city=moscow,belgorod}}", ""),
        ("{{count kind=drone-attack city=moscow}}", ""),
        ("{{count city=moscow year=2025}}", ""),
        ("{{count wave=of-2025}}", "waves/of-2025.html"),
        ("{{count city=Moscow year=2025 kind=drone-attack}}", "waves/of-2025.html"),
        ("{{count date=2025 kind=drone-attack city=moscow}}", "waves/of-2025.html"),
        ("{{count year=2025}}", "2025.html"),
        ("{{count date=2025-12}}", "2025/12.html"),
        ("{{count date=2025-12-31}}", "2025/12/31.html"),
        ("{{count date=2025-12-01/2025-12-31}}", ""),
    ],
)
def test_a_number_leads_to_the_list_of_just_what_was_counted_or_nowhere(query: str, path: str) -> None:
    saved = topic("of-2025", "{kind: drone-attack, city: moscow, year: 2025}")
    found = re.search(r'href="([^"]*)"', told(query, *MANY, incident("2025-d", "2025-06-01"), saved))
    assert (found[1] if found else "") == path


def test_a_year_that_a_vaguer_date_may_belong_to_has_no_page_that_lists_all() -> None:
    assert told("{{count year=2025}}", *MANY, incident("2025-d", "202X")) == '<data value="2-4">between 2 and 4</data>'


def test_a_year_of_a_city_is_found_under_its_heading() -> None:
    many = [incident(f"{year}-{n}", f"{year}-01-{n:02}", city="moscow") for year in (2024, 2025) for n in range(1, 13)]
    assert 'href="cities/moscow.html#y2025"' in told("{{count city=moscow year=2025}}", *many)


def test_a_topic_that_asks_for_a_time_shows_apart_what_only_may_be_of_it() -> None:
    desk = desk_of_texts(*MANY, topic("of-2025", "{year: 2025}"))
    found = views(waves.pages(desk))
    view = found["waves/of-2025.html"]
    listed = [card.id for section in view.sections for card in section.rows]
    assert (sorted(listed), [card.id for card in view.possible.cards]) == (["2025-a", "2025-b"], ["2025-c"])
    (row,) = found["waves.html"].topics
    assert (row.certain, row.possible) == (2, 1)
    entries = views(incidents.pages(desk))
    assert [len(entries[f"incidents/2025-{id}.html"].waves) for id in "abc"] == [1, 1, 0]


def test_a_text_answers_in_its_own_language() -> None:
    assert bare(told("{{count kind=drone-attack year=2025}}", *MANY, lang="ru")) == "между 2 и 3"


def test_a_translation_and_a_feed_answer_with_links_of_their_own() -> None:
    entry = incident("2025-e", "2025-12-04")
    ((path, text),) = entry.items()
    original = {path: text.replace("What happened.", "One of {{count}}.")}
    russian = {path.replace(".md", ".ru.md"): "---\ntitle: По-русски\n---\nОдин из {{count year=2025}}.\n"}
    desk = desk_of_texts(*MANY, original, russian)
    made = views(incidents.pages(desk))
    assert '<a href="../incidents.html"><data value="4">4</data></a>' in made["incidents/2025-e.html"].body
    assert '<a href="../../2025.html"><data value="3-4">между 3 и 4</data></a>' in made["ru/incidents/2025-e.html"].body
    feed = views(feeds.pages(desk))["feeds/site.xml"].decode()
    assert '&lt;a href="https://example.org/incidents.html"&gt;&lt;data value="4"&gt;4&lt;/data&gt;' in feed.replace(
        "&quot;", '"'
    )


def test_a_sentence_with_a_query_is_no_opening() -> None:
    desk = desk_of_texts(page("There were {{count}} of them. More."))
    assert desk.chronicle.pages["asked"].opening == ""


def keys(desk_texts: Iterable[dict[str, str]]) -> str:
    return next(p.key for p in prose.pages(desk_of_texts(*desk_texts)) if p.path == "asked.html")


def test_a_page_changes_when_its_number_does_and_at_no_other_entry() -> None:
    asked = page("{{count kind=drone-attack}}")
    before = keys([asked, *MANY])
    assert keys([asked, *MANY, incident("2025-e", "2025-01-01", kind="shelling")]) == before
    assert keys([asked, *MANY, incident("2025-e", "2025-01-01", kind="drone-attack")]) != before


@pytest.mark.parametrize(
    ("text", "english", "russian"),
    [
        ("12", "12", "12"),
        ("12-14", "between 12 and 14", "между 12 и 14"),
        ("0-2", "up to 2", "до 2"),
        ("40+", "40 or more", "40 или больше"),
        ("~30", "about 30", "около 30"),
        ("~0-30", "up to about 30", "до около 30"),
        ("~33+", "about 33 or more", "около 33 или больше"),
        ("~2-5", "about 2 to 5", "около 2 – 5"),
        ("1000-1200", "between 1,000 and 1,200", "между 1000 и 1200"),
    ],
)
def test_a_number_as_it_stands_in_a_sentence(text: str, english: str, russian: str) -> None:
    count = parse_count(text)
    assert isinstance(count, Count)
    assert Words("en").amount_text(count) == english
    assert Words("ru").amount_text(count).replace("\u00a0", "") == russian
