"""The log for code hosts is SARIF 2.1.0: the parts of it that we write, as the standard has them, and nothing else."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from generator.problems import Problem, Severity, Span
from generator.rulebook import RULES
from generator.sarif import sarif_of

Level = Literal["none", "note", "warning", "error"]
Positive = Annotated[int, Meta(ge=1)]


class Strict(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """An object of the standard with the properties that we write; a property without a default is required."""


class Message(Strict):
    """Section 3.11: a message has a text."""

    text: Annotated[str, Meta(min_length=1)]


class ArtifactLocation(Strict):
    """Section 3.4: a relative reference of RFC 3986, with the name of its base."""

    uri: Annotated[str, Meta(pattern=r"^[A-Za-z0-9._~!$&'()*+,;=:@/%-]+$")]
    uri_base_id: Literal["%SRCROOT%"]


class Region(Strict):
    """Section 3.30: lines and columns from 1, the end column after the last character."""

    start_line: Positive
    start_column: Positive = 1
    end_line: Positive | None = None
    end_column: Positive | None = None


class PhysicalLocation(Strict):
    """Section 3.29."""

    artifact_location: ArtifactLocation
    region: Region


class Location(Strict):
    """Section 3.28."""

    physical_location: PhysicalLocation


class Result(Strict):
    """Section 3.27."""

    rule_id: str
    rule_index: Annotated[int, Meta(ge=0)]
    level: Level
    message: Message
    locations: Annotated[list[Location], Meta(max_length=1)]
    related_locations: list[Location] = []


class Configuration(Strict):
    """Section 3.50."""

    level: Level


class Descriptor(Strict):
    """Section 3.49."""

    id: str
    short_description: Message
    default_configuration: Configuration


class Driver(Strict):
    """Section 3.19."""

    name: str
    version: str
    rules: list[Descriptor]


class Tool(Strict):
    """Section 3.18."""

    driver: Driver


class Run(Strict):
    """Section 3.14."""

    tool: Tool
    column_kind: Literal["utf16CodeUnits", "unicodeCodePoints"]
    results: list[Result]


class Log(msgspec.Struct, forbid_unknown_fields=True):
    """Section 3.13."""

    schema: str = msgspec.field(name="$schema")
    version: Literal["2.1.0"]
    runs: Annotated[list[Run], Meta(min_length=1)]


def log_of(problems: list[Problem], folder: str = "") -> Log:
    return msgspec.json.decode(msgspec.json.encode(sarif_of(problems, folder)), type=Log)


severities: st.SearchStrategy[Severity] = st.sampled_from(("error", "warning", "note"))
spans = st.just(Span()) | st.builds(
    lambda line, column, length: Span(line, column, line, column + length),
    st.integers(1, 99),
    st.integers(1, 99),
    st.integers(0, 9),
)
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1)
problems = st.builds(
    Problem,
    rule=st.sampled_from(sorted(RULES)),
    path=texts,
    message=texts,
    span=spans,
    key=st.just("") | texts,
    hint=st.just("") | texts,
    severity=severities,
    related=st.lists(st.tuples(texts, spans), max_size=2).map(tuple),
)


@given(st.lists(problems), st.sampled_from(("", "a folder/")))
def test_any_problems_give_a_log_of_the_standard(found: list[Problem], folder: str) -> None:
    (run,) = log_of(found, folder).runs
    rules = run.tool.driver.rules
    assert [rule.id for rule in rules] == sorted({problem.rule for problem in found})
    assert len(run.results) == len(found)
    for problem, result in zip(found, run.results, strict=True):
        assert result.rule_id == rules[result.rule_index].id == problem.rule
        assert result.level == problem.severity
        assert problem.message in result.message.text and problem.hint in result.message.text
        assert len(result.related_locations) == len(problem.related)
        place = result.locations[0].physical_location
        assert unquote(place.artifact_location.uri) == folder + problem.path
        assert not urlsplit(place.artifact_location.uri).scheme
        assert place.region.start_line == max(1, problem.span.line)


def test_a_column_counts_code_points_and_ends_after_the_last() -> None:
    problem = Problem(rule="bad-date", path="content/ä.md", message="no", span=Span(3, 7, 3, 9))
    (run,) = log_of([problem]).runs
    place = run.results[0].locations[0].physical_location
    assert run.column_kind == "unicodeCodePoints"
    assert place.artifact_location.uri == "content/%C3%A4.md"
    assert (place.region.start_line, place.region.start_column, place.region.end_line, place.region.end_column) == (
        3,
        7,
        3,
        9,
    )
