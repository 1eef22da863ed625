"""Workflow commands of GitHub: whatever a problem says, it is one command, and says the same when it is read."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.abridged import grouped
from generator.annotations import annotations_of
from generator.problems import Problem, Span
from tests.unit.test_sarif import problems

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)", re.DOTALL)


def unescaped(text: str) -> str:
    for code, sign in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, sign)
    return text


@given(st.lists(problems))
def test_any_problem_is_one_command_that_says_the_same(found: list[Problem]) -> None:
    lines = annotations_of(grouped(found), "at/")
    read = []
    for line in lines:
        assert not set("\r\n") & set(line)
        command = COMMAND.fullmatch(line)
        assert command
        values = dict(part.split("=", 1) for part in command[2].split(","))
        read.append((unescaped(values["file"]), unescaped(values["title"]), unescaped(command[3])))
    expected = [
        (f"at/{p.path}", p.rule, f"{f'{p.key}: ' * bool(p.key)}{p.message}{f' — {p.hint}' * bool(p.hint)}")
        for p in found
    ]
    assert sorted(read) == sorted(expected)


def test_what_looks_like_an_escape_stays_as_it_is() -> None:
    (line,) = annotations_of(grouped([Problem(rule="bad-date", path="a%2C.md", message="100%0A")]), "")
    assert line == "::error file=a%252C.md,title=bad-date::100%250A"


def test_the_gravest_come_first_since_github_shows_the_first_few() -> None:
    found = [
        Problem(rule="one-source", path="a.md", message="m", severity="note"),
        Problem(rule="bad-date", path="b.md", message="m", span=Span(3, 7, 3, 9)),
        Problem(rule="tracker", path="c.md", message="m", severity="warning", span=Span(3, 7, 4, 2)),
    ]
    assert annotations_of(grouped(found), "") == (
        "::error file=b.md,title=bad-date,line=3,endLine=3,col=7,endColumn=9::m",
        "::warning file=c.md,title=tracker,line=3,endLine=4::m",
        "::notice file=a.md,title=one-source::m",
    )
