"""Many problems as a person can read them: nothing is lost from the count, and no error from the list."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from generator.abridged import GRAVEST_LAST, MOST, abridged, grouped, more_lines
from generator.problems import Problem

found = st.lists(
    st.builds(
        Problem,
        rule=st.sampled_from(("one-source", "near-tags", "no-archived-copy")),
        path=st.sampled_from(("a.md", "b.md", "c.md")),
        message=st.integers(0, 99).map(str),
        severity=st.sampled_from(GRAVEST_LAST),
    ),
    max_size=80,
)


@given(found)
def test_what_is_told_and_what_is_counted_are_all_there_is(problems: list[Problem]) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for group in abridged(problems):
        counts.update((problem.severity, problem.rule) for problem in group.problems)
        counts.update({(group.severity, rule): number for rule, number in group.more})
    assert counts == Counter((problem.severity, problem.rule) for problem in problems)


@given(found)
def test_every_error_is_told_and_no_rule_more_often_than_can_be_read(problems: list[Problem]) -> None:
    told = [problem for group in abridged(problems) for problem in group.problems]
    assert [p for p in told if p.severity == "error"] == [p for p in problems if p.severity == "error"]
    for severity, most in MOST.items():
        rules = Counter(problem.rule for problem in told if problem.severity == severity)
        assert all(number <= most for number in rules.values())


@given(found)
def test_the_gravest_come_last(problems: list[Problem]) -> None:
    for groups in (abridged(problems), grouped(problems)):
        order = [GRAVEST_LAST.index(problem.severity) for group in groups for problem in group.problems]
        assert order == sorted(order)


def test_what_is_left_out_is_counted_and_can_be_listed() -> None:
    many = [Problem(rule="one-source", path=f"{n}.md", message="m", severity="note") for n in range(413)]
    (group,) = abridged(many)
    assert more_lines(group) == ("… and 410 more of [one-source]; --all lists them",)
    assert [more_lines(whole) for whole in grouped(many)] == [()]
