"""What is known of a chronicle while somebody writes in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.editing.known import Known, known_of, moved, own_problems, problems_at
from generator.problems import Problem, Span
from tests.chronicles import NOW
from tests.editing_cases import small, small_sources

NEW = "content/incidents/2025/2025-12-20-x.md"
WHOLE = "---\ntitle: A title\ndate: 2025-12-20\ncity: belgorod\nsources: [wire-1]\n---\n{}\n"
SETTINGS = "title: T\nbase_url: https://example.org/\n"

lines = st.lists(st.sampled_from("abc"), min_size=1, max_size=8)


def rules(known: Known, path: str) -> set[str]:
    return {problem.rule for problem in known.others.get(path, ())}


def on_line(number: int) -> Problem:
    return Problem(rule="r", path="p", message=f"{number}", span=Span(number, 1, number, 2))


@given(lines, lines)
def test_a_problem_stays_with_its_line_or_goes(before: list[str], now: list[str]) -> None:
    for problem in moved([on_line(n) for n in range(1, len(before) + 1)], before, now):
        assert now[problem.span.line - 1] == before[int(problem.message) - 1]


@given(st.lists(st.integers(0, 5), min_size=4, max_size=4))
def test_problems_around_an_edit_stay(sizes: list[int]) -> None:
    above, old, new, below = ([f"{part} {n}" for n in range(size)] for part, size in zip("abcd", sizes, strict=True))
    before, now = [*above, *old, *below], [*above, *new, *below]
    kept = {int(p.message): p.span.line for p in moved([on_line(n) for n in range(1, len(before) + 1)], before, now)}
    for number in range(1, len(above) + 1):
        assert kept[number] == number
    for number in range(len(before) - len(below) + 1, len(before) + 1):
        assert kept[number] == number + len(now) - len(before)


def test_an_edit_keeps_what_the_rules_have_found_elsewhere() -> None:
    text = WHOLE.format("See [[nowhere]].")
    known = known_of(small_sources(), {NEW: text}, NOW)
    edited = text.replace("title: A title", "title: A title\nsummary: New.")
    found = [p for p in problems_at(known, NEW, own_problems(NEW, edited), edited) if p.rule == "unknown-incident"]
    assert [p.span.line for p in found] == [8]


def test_a_text_that_is_not_saved_yet_is_among_the_entries() -> None:
    known = known_of(small_sources(), {NEW: WHOLE.format("")}, NOW)
    assert known is not None
    assert "2025-12-20-x" in known.chronicle.entries
    assert "2025-12-20-x" not in small().chronicle.entries


def test_an_open_text_stands_for_its_file() -> None:
    path = "content/cities/moscow.md"
    known = known_of(small_sources(), {path: "---\nname: Moskau\n---\n"}, NOW)
    assert known is not None
    assert rules(known, path) == set()
    assert {p.rule for p in known.own[path]} == {"missing-key"}


def test_drafts_are_known_and_what_is_published_may_not_lead_to_them() -> None:
    known = known_of(small_sources(), {NEW: WHOLE.format("See [[2025-12-15-draft]].")}, NOW)
    assert known is not None
    assert "2025-12-15-draft" in known.chronicle.entries
    assert "link-to-withheld" in rules(known, NEW)


def test_faulty_settings_leave_the_former_ones_and_none_leave_nothing() -> None:
    former = small().chronicle.settings
    broken = {"site.yaml": "titel: x\n"}
    known = known_of(small_sources(), broken, NOW, former)
    assert known is not None
    assert known.chronicle.settings == former
    assert "unknown-key" in {p.rule for p in known.own["site.yaml"]}
    assert known_of(small_sources(), broken, NOW) is None


def test_settings_that_are_open_count_at_once() -> None:
    known = known_of(small_sources(), {"site.yaml": f"{SETTINGS}kinds: {{fire: {{label: {{en: Fire}}}}}}\n"}, NOW)
    assert known is not None
    assert list(known.chronicle.settings.kinds) == ["fire"]
    assert known.places["kinds.fire"].line == 3


def test_the_desk_is_asked_about_open_entries_alone() -> None:
    quiet = {p.rule for problems in small().others.values() for p in problems}
    known = known_of(small_sources(), {NEW: WHOLE.format("")}, NOW)
    assert known is not None
    assert "one-source" in rules(known, NEW)
    assert "one-source" not in quiet
