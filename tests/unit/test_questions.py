"""What is asked to begin an entry, and what each answer makes of what is told so far; nobody types here."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.answers import cities_like
from generator.dialogue import MOST_CHOICES, Begun, Question, Refusal, Taken, asked_again, chosen, no_such_choice
from generator.problems import Problem
from generator.questions import STEPS, answered, next_question
from tests.unit.test_newentry import CITY, KNOWN, known

TODAY = datetime.date(2026, 4, 1)


def asked(begun: Begun) -> Question:
    question = next_question(KNOWN, begun)
    assert question is not None
    return question


def told(*answers: tuple[str, str]) -> Begun:
    """What is told with these answers, each of which does."""
    begun = Begun()
    for key, text in answers:
        taken = answered(KNOWN, begun, key, text, TODAY)
        assert isinstance(taken, Begun)
        begun = taken
    return begun


def refusal(key: str, text: str) -> Refusal:
    taken: Taken = answered(KNOWN, Begun(), key, text, TODAY)
    assert isinstance(taken, Refusal)
    return taken


WHOLE = (("source", ""), ("title", "A strike"), ("date", "2024-01-01"), ("city", "Курск"))


def test_what_is_missing_is_asked_one_after_another_the_report_first() -> None:
    begun, keys = Begun(), []
    for text in ("", "A strike", "2024-01-01", "kursk", ""):
        question = asked(begun)
        keys.append(question.key)
        taken = answered(KNOWN, begun, question.key, text, TODAY)
        assert isinstance(taken, Begun)
        begun = taken
    assert keys == ["source", "title", "date", "city", "kind"]
    assert next_question(KNOWN, begun) is None


def test_what_a_seed_suggests_is_asked_about_and_never_taken_by_itself() -> None:
    begun = told(("source", "gazeta-1"))
    assert (begun.wanted.title, begun.wanted.date, begun.wanted.city) == ("", "", "")
    suggested = {}
    for key, text in (("title", "A strike"), ("date", "2025-12-14"), ("city", "kursk")):
        question = asked(begun)
        assert question.key == key
        suggested[key] = question.suggestion
        begun = answered(KNOWN, begun, key, text, TODAY)  # type: ignore[assignment]
    assert suggested == {"title": "Пожар на складе в Белгороде", "date": "2025-12-15", "city": "belgorod"}
    assert begun.wanted.date == "2025-12-14"


def test_an_address_that_no_seed_holds_is_asked_for_one_and_cited_bare_without() -> None:
    url = "https://gazeta.example/news/9"
    begun = told(("source", url))
    assert asked(begun).key == "seed"
    assert told(("source", url), ("seed", "n")).wanted.sources == (url,)
    seeded = told(("source", url), ("seed", "y"))
    assert seeded.wanted.sources == ("gazeta-9",)
    assert (asked(seeded).key, asked(seeded).suggestion) == ("publisher", "Gazeta")
    named = told(("source", url), ("seed", "y"), ("publisher", "Gazeta"), ("headline", "Fire"))
    assert (asked(named).key, asked(named).suggestion) == ("title", "Fire")
    assert asked(told(("source", "gazeta-1"))).key == "title"


def test_what_may_be_told_already_is_shown_last_and_no_is_what_enter_means() -> None:
    begun = told(("source", "gazeta-1"), ("title", "T"), ("date", "2025-12-16"), ("city", "belgorod"), ("kind", ""))
    question = asked(begun)
    assert question.key == "same"
    assert "A depot burns (it cites the same source)\n    content/incidents/2025/2025-12-15-depot.md" in question.how
    dropped = answered(KNOWN, begun, "same", chosen(question, ""), TODAY)
    assert isinstance(dropped, Begun)
    assert dropped.dropped
    assert next_question(KNOWN, dropped) is None
    gone_on = answered(KNOWN, begun, "same", "y", TODAY)
    assert isinstance(gone_on, Begun)
    assert (gone_on.dropped, next_question(KNOWN, gone_on)) == (False, None)


@pytest.mark.parametrize("key", ["seed", "same"])
def test_neither_yes_nor_no_is_asked_again(key: str) -> None:
    assert refusal(key, "wat").problem.hint == "type y or n"
    assert [isinstance(answered(KNOWN, Begun(), key, text, TODAY), Begun) for text in ("", "n", "Y")] == [True] * 3


def test_a_title_of_which_no_id_can_be_made_is_asked_for_one() -> None:
    begun = told(("source", ""), ("title", "倉庫"), ("date", "2024-01-01"), ("city", "kursk"), ("kind", ""))
    assert asked(begun).key == "id"
    assert refusal("id", "A b").problem.rule == "bad-id"
    assert refusal("id", "2025-12-15-store").problem.rule == "duplicate-id"


@pytest.mark.parametrize(
    ("key", "text", "rule"),
    [
        ("title", "", "empty-value"),
        ("title", "a\u202eb", "bad-character"),
        ("date", "", "empty-value"),
        ("date", "15.12.25", "bad-date"),
        ("date", "2025-02-30", "bad-date"),
        ("date", "2026-04-03", "future-date"),
        ("city", "", "empty-value"),
        ("city", "Belgrod", "unknown-city"),
        ("kind", "dron", "unknown-kind"),
        ("source", "gazeta-9", "unknown-source"),
        ("source", "https://localhost/", "link-local"),
        ("publisher", "", "empty-value"),
    ],
)
def test_an_answer_is_judged_by_the_rules_for_entries_with_what_to_do(key: str, text: str, rule: str) -> None:
    problem = refusal(key, text).problem
    assert (problem.rule, problem.key) == (rule, key)
    assert problem.hint


def test_what_was_most_likely_meant_is_what_enter_means_then() -> None:
    question = asked_again(Question("date", "Date"), refusal("date", "15.12.2025"))
    assert (question.suggestion, chosen(question, "")) == ("2025-12-15", "2025-12-15")
    assert refusal("date", "03/04/2025").suggestion == ""


@pytest.mark.parametrize(
    ("part", "cities"),
    [
        ("елго", ["belgorod"]),
        ("БЕЛ", ["belgorod"]),
        ("ряз", ["ryazan"]),
        ("kou", ["kursk"]),
        ("on d", ["rostov-on-don"]),
        ("ros", ["rostov-on-don"]),
        ("r", ["rostov-on-don", "ryazan", "belgorod", "kursk"]),
        ("", []),
        ("zzz", []),
    ],
)
def test_a_part_of_any_name_in_any_script_offers_cities_those_that_begin_with_it_first(
    part: str, cities: list[str]
) -> None:
    assert list(cities_like(KNOWN, part)) == cities


def test_a_choice_is_taken_by_its_number() -> None:
    refused = refusal("city", "r")
    question = asked_again(Question("city", "City"), refused)
    assert [choice.label for choice in question.choices][:2] == [
        "Rostov-on-Don, RU (rostov-on-don)",
        "Ryazan, RU (ryazan)",
    ]
    assert chosen(question, " 2 ") == "ryazan"
    assert (chosen(question, "9"), chosen(question, "0")) == ("9", "0")
    assert asked_again(question, refusal("city", "ряз")).suggestion == "ryazan"


def test_a_number_that_stands_for_no_choice_is_told_how_many_there_are() -> None:
    question = asked_again(Question("city", "City"), refusal("city", "ряз"))
    assert no_such_choice(question, "2") == "there is only 1 choice; type 1 or a name"
    assert (no_such_choice(question, "1"), no_such_choice(Question("date", "Date"), "2025")) == ("", "")


def test_a_part_of_a_kind_offers_it_and_a_slip_names_the_nearest() -> None:
    assert [choice.value for choice in refusal("kind", "dro").choices] == ["drone"]
    assert refusal("kind", "drnoe").problem.hint == 'did you mean "drone"?'
    assert refusal("kind", "zzz").choices == ()


def test_a_city_that_nobody_knows_is_told_which_file_to_write() -> None:
    assert (
        "content/cities/novyi-gorod.md first, with country, lat, lon, name"
        in refusal("city", "Novyi Gorod").problem.hint
    )


def test_of_many_choices_the_first_are_offered() -> None:
    more = {f"content/cities/new-{n:02}.md": CITY.format(f"New {n}", f"Новый {n}", f"Neu {n}") for n in range(20)}
    taken = answered(known(**more), Begun(), "city", "нов", TODAY)
    assert isinstance(taken, Refusal)
    assert len(taken.choices) == MOST_CHOICES
    assert "the first 9 of 20" in taken.offer


def test_a_name_of_two_places_offers_both() -> None:
    other = {"content/cities/kursk-2.md": CITY.format("Kursk", "Курск", "Other")}
    taken = answered(known(**other), Begun(), "city", "Курск", TODAY)
    assert isinstance(taken, Refusal)
    assert "stands for 2 places" in taken.problem.message
    assert [choice.value for choice in taken.choices] == ["kursk", "kursk-2"]


@given(st.sampled_from([step.key for step in STEPS]), st.text(max_size=30))
def test_any_answer_to_any_question_is_taken_or_refused_with_a_reason(key: str, text: str) -> None:
    taken = answered(KNOWN, told(*WHOLE), key, text, TODAY)
    assert isinstance(taken, Begun) or isinstance(taken.problem, Problem)
