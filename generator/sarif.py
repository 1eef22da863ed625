"""Problems as a log of SARIF 2.1.0 (OASIS, 27 March 2020), which code hosts show beside the lines and follow over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from . import __version__
from .problems import Problem, Span
from .rulebook import RULES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "%SRCROOT%"
"""The name by which code hosts know the top of a repository."""

LEVELS = {"error": "error", "warning": "warning", "note": "note", "either": "warning"}


def sarif_of(problems: Sequence[Problem], folder: str) -> dict[str, Any]:
    """The log of one run; `folder` leads from the top of the repository to the chronicle, and is empty or ends in `/`."""
    rules = sorted({problem.rule for problem in problems})
    driver = {"name": "chronicle", "version": __version__, "rules": [_rule(rule) for rule in rules]}
    places = {rule: place for place, rule in enumerate(rules)}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, places[problem.rule], folder) for problem in problems],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: str) -> dict[str, Any]:
    """A reporting descriptor (section 3.49)."""
    known = RULES[rule]
    return {
        "id": rule,
        "shortDescription": {"text": known.says},
        "defaultConfiguration": {"level": LEVELS[known.severity]},
    }


def _result(problem: Problem, place: int, folder: str) -> dict[str, Any]:
    """A result (section 3.27)."""
    key = f"{problem.key}: " if problem.key else ""
    hint = f" — {problem.hint}" if problem.hint else ""
    found: dict[str, Any] = {
        "ruleId": problem.rule,
        "ruleIndex": place,
        "level": LEVELS[problem.severity],
        "message": {"text": f"{key}{problem.message}{hint}"},
        "locations": [_location(problem.path, problem.span, folder)],
    }
    if problem.related:
        found["relatedLocations"] = [_location(path, span, folder) for path, span in problem.related]
    return found


def _location(path: str, span: Span, folder: str) -> dict[str, Any]:
    """A location (section 3.28); a file as a whole is shown at its first line, as code hosts show nothing without one."""
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    where = {
        "artifactLocation": {"uri": quote(f"{folder}{path}"), "uriBaseId": BASE},
        "region": region if span.line else {"startLine": 1},
    }
    return {"physicalLocation": where}
