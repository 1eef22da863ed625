"""What the ledger gives the page of an incident, its data and its feeds."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from markupsafe import Markup

from generator import routes
from generator.linking import linked
from generator.model import Settings
from generator.outputs import feeds, records
from generator.parse import parsed
from generator.views import incident as incidents
from generator.views.desk import Desk
from generator.views.incident import IncidentView
from tests.unit.chronicles import CITIES, SETTINGS, desk_of_texts, incident, views

ID = "2025-12-15-x"


def seed(id: str, publisher: str, **keys: str) -> dict[str, str]:
    fields = {"title": f"Report {id}", "publisher": publisher, "url": f"https://example.org/{id}", **keys}
    front = "\n".join(f"{key}: {value}" for key, value in fields.items())
    return {f"seeds/{id}.md": f"---\n{front}\n---\n"}


def house(id: str, name: str, letter: str) -> dict[str, str]:
    return {f"content/publishers/{id}.md": f"---\nname: {name}\nreliability: {letter}\n---\n"}


HOUSES = house("wire", "The Wire", "B") | house("post", "The Post", "C") | house("farm", "Content Farm", "E")
SEEDS = (
    seed("wire-1", "wire") | seed("post-1", "post") | seed("farm-1", "farm")
    | seed("copy-1", "farm", derived_from="wire-1") | seed("copy-2", "farm", derived_from="copy-1")
)  # fmt: skip


def said(source: str, says: str, **keys: str) -> str:
    more = "".join(f", {key}: {value}" for key, value in keys.items())
    return f"{{source: {source}, says: {{{says}}}{more}}}"


def desk(*sources: str, date: str = "2025-12-15", **keys: str) -> Desk:
    return desk_of_texts(HOUSES, SEEDS, incident(ID, date, sources=f"[{', '.join(sources)}]", **keys))


def view(desk: Desk, id: str = ID) -> IncidentView:
    found: IncidentView = views(incidents.pages(desk))[routes.incident(id)]
    return found


def data(desk: Desk, id: str = ID) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(views(records.pages(desk))[routes.incident_data(id)])
    return found


def fact(view: IncidentView, label: str) -> list[tuple[str, str]]:
    return [(plain(value.text), plain(value.note)) for row in view.facts if row.label == label for value in row.values]


def plain(text: str) -> str:
    """A text without the signs that keep its lines together."""
    return text.replace("\u00a0", " ").replace("\u2060", "")


def account(desk: Desk, name: str) -> dict[str, Any]:
    (found,) = [item for item in data(desk).get("ledger", []) if item.get("name") == name]
    return dict(found)


# ---------------------------------------------------------------- stated and derived

TWO_SAY = (said("wire-1", "casualties: {injured: 2}"), said("post-1", "casualties: {injured: 2-4}"))


def test_a_figure_that_no_entry_states_is_derived_and_marked_so_on_the_page() -> None:
    page = view(desk(*TWO_SAY))
    assert fact(page, "Injured") == [("2–4", "derived from 2 independent sources, not stated by this entry")]
    assert "2–4 injured, derived from 2 independent sources" in plain(str(page.lede))


def test_a_derived_figure_is_told_apart_from_a_stated_one_in_the_data() -> None:
    derived, stated = account(desk(*TWO_SAY), "injured"), account(desk(*TWO_SAY, casualties="{injured: 2}"), "injured")
    assert (derived["derived"], derived["derived_from"]) == ("2-4", ["post-1", "wire-1"])
    assert (stated["stated"], stated["borne_by"]) == ("2", ["post-1", "wire-1"])
    assert "stated" not in derived
    assert "derived" not in stated
    assert "casualties" not in data(desk(*TWO_SAY))


def test_a_derived_figure_is_marked_in_lists_and_feeds() -> None:
    mark = "2–4 injured (derived from 2 independent sources)"
    assert plain(desk(*TWO_SAY).cards[ID].harm).endswith(mark)
    assert mark in plain(views(feeds.pages(desk(*TWO_SAY)))[routes.feed("site")].decode())
    assert "derived" not in views(feeds.pages(desk(*TWO_SAY, casualties="{injured: 2}")))[routes.feed("site")].decode()


@pytest.mark.parametrize(
    "claim",
    [
        said("farm-1", "casualties: {injured: 9}"),
        said("wire-1", "casualties: {injured: 9}", credibility="5"),
        said("copy-1", "casualties: {injured: 9}") + ", wire-1",
    ],
    ids=["unreliable", "improbable", "copy"],
)
def test_nothing_is_asserted_that_only_a_source_says_which_is_not_relied_on(claim: str) -> None:
    page = view(desk(claim))
    ((text, _),) = fact(page, "Injured")
    assert text == "not reported"
    assert "9" not in str(page.lede)
    assert "derived" not in account(desk(claim), "injured")


def test_an_outlier_is_shown_beside_the_figure_and_widens_nothing() -> None:
    chronicle = desk(*TWO_SAY, said("farm-1", "casualties: {injured: 9}"), casualties="{injured: 2-4}")
    ((text, note),) = fact(view(chronicle), "Injured")
    assert text == "2–4"
    assert note == "borne out by 2 independent sources; not counted: 9, from sources that are not relied on"
    assert account(chronicle, "injured")["range"] == "2-4"


def test_a_figure_says_how_many_independent_sources_bear_it_and_what_they_give() -> None:
    page = view(desk(*TWO_SAY, casualties="{injured: 2, killed: 0}"))
    assert fact(page, "Injured") == [("2", "borne out by 2 independent sources; the sources now give 2–4")]
    assert fact(page, "Killed") == [("nobody", "no source here gives this figure in numbers")]


def test_a_figure_leads_to_the_sources_that_bear_it() -> None:
    page = view(desk(*TWO_SAY, said("farm-1", "casualties: {injured: 2}"), casualties="{injured: 2}"))
    ((numbers,),) = [[value.numbers for value in row.values] for row in page.facts if row.label == "Injured"]
    assert numbers == (1, 2)


def test_a_group_that_only_the_sources_tell_of_is_derived_and_marked_so() -> None:
    page = view(
        desk(said("wire-1", "casualties: {injured: 3, of_which: {children: {injured: 1}}}"), casualties="{injured: 3}")
    )
    assert fact(page, "Injured") == [
        ("3", "on the word of one source"),
        ("1 children", "of these; derived from 1 source, not stated by this entry"),
    ]


def test_a_count_of_something_else_is_no_figure_of_the_entry() -> None:
    chronicle = desk(said("wire-1", "scope: over the whole region, casualties: {injured: 9}"))
    assert fact(view(chronicle), "Injured") == [("not reported", "")]
    assert "derived" not in account(chronicle, "injured")


# ---------------------------------------------------------------- claims


def test_claims_stand_oldest_first_and_a_superseded_one_says_so_in_words() -> None:
    page = view(
        desk(
            said("post-1", "casualties: {injured: 4}", as_of="2025-12-16"),
            said("wire-1", "casualties: {injured: 2}", as_of="2025-12-15", status="superseded"),
        )
    )
    assert [plain(moment.when) for moment in page.claims] == ["15 December 2025", "16 December 2025"]
    assert [row.statements[0].status for moment in page.claims for row in moment.rows] == ["superseded", ""]


def test_the_later_word_of_one_source_supersedes_its_earlier_one() -> None:
    page = view(
        desk(
            said("wire-1", "casualties: {injured: 2}", as_of="2025-12-15"),
            said("wire-1", "casualties: {injured: 4}", as_of="2025-12-16"),
        )
    )
    assert [row.statements[0].status for moment in page.claims for row in moment.rows] == ["superseded", ""]
    assert not page.disputes


def test_what_a_copy_adds_is_told_apart_from_what_its_origin_says() -> None:
    page = view(
        desk(
            said("copy-1", "casualties: {injured: 2}, damage: [{what: bridge}]"),
            said("wire-1", "casualties: {injured: 2}", as_of="2025-12-15"),
        )
    )
    ((origin, copy),) = [moment.rows for moment in page.claims]
    assert (origin.name, origin.note) == ("The Wire", "")
    assert (copy.name, copy.note) == ("Content Farm", "copy of 1")
    assert [(chip.label, chip.text) for chip in copy.statements[0].chips] == [("injured", "2")]
    assert [(chip.label, chip.text) for chip in copy.statements[0].beyond] == [("damage", "bridge")]


# ---------------------------------------------------------------- contradictions


def told(view: IncidentView) -> list[str]:
    """Each dispute as a reader reads it."""
    return [
        f"{dispute.title}: "
        + "; ".join(
            " ".join(filter(None, [", ".join(s.name for s in c.speakers), c.more and f"and {c.more}", plain(c.says)]))
            for c in dispute.clauses
        )
        for dispute in view.disputes
    ]


def test_a_contradiction_names_who_says_what() -> None:
    page = view(desk(said("wire-1", "casualties: {killed: 0}"), said("post-1", "casualties: {killed: 2}")))
    assert told(page) == ["Killed: The Wire has nobody killed; The Post has 2 killed"]


@pytest.mark.parametrize(
    ("days", "names"),
    [
        (("2025-12-15", "2025-12-16"), ("The Wire (15 December 2025)", "The Wire (16 December 2025)")),
        (("2025-12-16", "2025-12-16"), ("The Wire [1]", "The Wire [2]")),
        (("", "2025-12-16"), ("The Wire [1]", "The Wire (16 December 2025)")),
    ],
)
def test_reports_of_one_publisher_that_disagree_are_told_apart(days: tuple[str, str], names: tuple[str, str]) -> None:
    dated = [{"as_of": day} if day else {} for day in days]
    report = desk_of_texts(
        HOUSES,
        SEEDS | seed("wire-2", "wire"),
        incident(
            ID,
            "2025-12-15",
            sources=f"[{said('wire-1', 'casualties: {killed: 0}', **dated[0])}, {said('wire-2', 'casualties: {killed: 2}', **dated[1])}]",
        ),
    )
    assert [plain(text) for text in told(view(report))] == [
        f"Killed: {names[0]} has nobody killed; {names[1]} has 2 killed"
    ]


def test_copies_fold_into_their_origin_where_they_say_the_same() -> None:
    page = view(
        desk(
            said("wire-1", "date: 2025-12-14"), said("copy-1", "date: 2025-12-14"), said("copy-2", "date: 2025-12-14"),
            said("post-1", "date: 2025-12-16"), date="2025-12",
        )
    )  # fmt: skip
    assert told(page) == [
        "Date: The Wire and 2 copies date it to 14 December 2025; The Post dates it to 16 December 2025"
    ]


def test_a_side_that_stands_in_no_origin_comes_first_and_says_so() -> None:
    page = view(desk(said("wire-1", "casualties: {killed: 0}"), said("copy-1", "casualties: {killed: 2}")))
    assert told(page) == [
        "Killed: Content Farm has 2 killed, which does not stand in its origin; The Wire has nobody killed"
    ]


def test_a_claim_against_the_entry_itself_is_told_with_what_the_entry_says() -> None:
    page = view(desk(said("post-1", "date: 2025-12-11"), "wire-1"))
    assert told(page) == ["Date: The Post dates it to 11 December 2025; this entry dates it to 15 December 2025"]


def test_nobody_contradicts_themselves() -> None:
    both = desk(said("wire-1", "casualties: {killed: 1}"), said("wire-1", "casualties: {killed: 2}"))
    assert not view(both).disputes
    third = desk(
        said("wire-1", "casualties: {killed: 1}"), said("wire-1", "casualties: {killed: 2}"),
        said("post-1", "casualties: {killed: 2}"),
    )  # fmt: skip
    assert told(view(third)) == ["Killed: The Wire has 1 killed; The Wire, The Post have 2 killed"]


OTHER = incident("2025-12-15-y", "2025-12-15", time='"01:42"', time_of="statement", title="The post")


def ordered(*sources: str, **keys: str) -> Desk:
    texts = incident(ID, "2025-12-15", sources=f"[{', '.join(sources)}]", **keys)
    return desk_of_texts(HOUSES, SEEDS, texts, OTHER)


def test_an_order_that_one_source_gives_is_held_against_the_hours_of_the_others() -> None:
    page = view(
        ordered(
            said("copy-1", "after: 2025-12-15-y"),
            said("wire-1", 'time: "00:10", time_of: alert'),
            "{source: post-1, as_of: 2025-12-15T01:25+03:00}",
        )
    )
    assert told(page) == [
        "Order of events: Content Farm has it after “The post” (statement at 01:42), which does not stand in its origin; "
        "The Post had reported it before that; The Wire gives an hour before that"
    ]


def test_a_source_that_gives_an_hour_and_reported_early_is_named_once() -> None:
    hour = said("wire-1", 'time: "00:10", time_of: alert', as_of="2025-12-15T01:25+03:00")
    page = view(ordered(said("copy-1", "after: 2025-12-15-y"), hour))
    (dispute,) = page.disputes
    assert [[s.name for s in clause.speakers] for clause in dispute.clauses] == [["Content Farm"], ["The Wire"]]


def test_hours_alone_tell_no_order() -> None:
    page = view(ordered(said("wire-1", 'time: "00:10"'), said("post-1", 'time: "00:05/02:00"')))
    assert told(page) == []


def test_an_order_with_a_withheld_incident_leaves_no_trace() -> None:
    texts = (
        CITIES | SEEDS | HOUSES | incident(ID, "2025-12-15", sources=f"[{said('wire-1', 'after: 2025-12-15-draft')}]")
    )
    files = [parsed(path, text) for path, text in texts.items()]
    chronicle = linked(SETTINGS, files, frozenset({("incident", "2025-12-15-draft")}), {})
    entry = chronicle.entries[ID]
    assert entry.sources[0].citation.says is not None
    assert entry.sources[0].citation.says.after == ()
    assert entry.incident.sources[0].says is not None
    assert entry.incident.sources[0].says.after == ()
    record = next(f.record for f in files if f.id == ID)
    assert record is not None
    assert entry.incident.digest != record.digest


def test_a_relation_to_an_incident_that_is_not_shown_stands_in_no_data() -> None:
    other = incident("2025-12-15-y", "2025-12-15", relations="[2025-12-15-z, 2025-12-15-x]")
    chronicle = desk_of_texts(incident(ID, "2025-12-15"), other)
    assert data(chronicle, "2025-12-15-y")["relations"] == [{"kind": "related", "to": ID}]


# ---------------------------------------------------------------- figures


def test_every_copy_stands_in_the_drawing_and_in_the_list() -> None:
    page = view(desk("copy-2", "wire-1", "copy-1", "post-1"))
    labels = re.findall(r"<text[^>]*>([^<]*)</text>", str(page.families))
    assert labels == ["1 The Wire", "3 Content Farm", "2 Content Farm"]
    wire, post = page.sources
    assert [(copy.number, [c.number for c in copy.copies]) for copy in wire.copies] == [(3, [2])]
    assert post.copies == ()


def test_sources_that_copy_nothing_are_not_drawn() -> None:
    assert str(view(desk("wire-1", "post-1")).families) == ""


def test_a_figure_is_drawn_where_it_moved_and_every_step_stands_in_the_table() -> None:
    page = view(
        desk(
            said("wire-1", "casualties: {killed: 2, injured: 5}", as_of="2025-12-15", status="superseded"),
            said("post-1", "casualties: {killed: 3-4, injured: 5}", as_of="2025-12-16"),
        )
    )
    (moved,) = page.moved
    assert moved.title == "Killed"
    assert [(plain(move.when), plain(move.count)) for move in moved.moves] == [
        ("15 December 2025", "2"),
        ("16 December 2025", "3–4"),
    ]
    assert all(move.count in moved.chart for move in moved.moves)
    assert isinstance(moved.chart, Markup)


def test_the_settings_of_the_ledger_reach_the_page() -> None:
    assert Settings(title="T", base_url="https://example.org/").ledger.outliers == "shown"
    text = HOUSES | SEEDS | incident(ID, "2025-12-15", sources=f"[{said('farm-1', 'casualties: {injured: 9}')}]")
    assert desk_of_texts(text).site.ledger == SETTINGS.ledger
