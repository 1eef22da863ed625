"""Markdown to HTML with holes: cases in plain text, the opening, and small facts."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markdown import ParsedBody, filled, first_sentence, parsed_body, shortened
from generator.markdown.headings import anchor_of
from generator.model import Hole
from generator.problems import as_line
from tests.markdown_texts import PATH, html_of, problems_of

CASES = Path(__file__).parents[1] / "cases" / "markdown"

# ---------------------------------------------------------------- cases


class Case(NamedTuple):
    """A body and what must come of it; a part that is absent is not compared."""

    name: str
    text: str
    html: str | None
    problems: str | None


def cases(file: Path) -> Iterator[Case]:
    """The cases of a file, whose form is told in tests/cases/markdown/README.md."""
    for part in re.split(r"^=== ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = part.partition("\n")
        text, *sections = re.split(r"^--- (html|problems)\n", rest, flags=re.MULTILINE)
        found = dict(zip(sections[::2], (s.strip("\n") for s in sections[1::2]), strict=True))
        yield Case(name, text.strip("\n"), found.get("html"), found.get("problems"))


def outcome(case: Case) -> Case:
    """The case with what the code makes of it now, in the parts that the case has."""
    messages = "\n".join(as_line(p).removeprefix(f"{PATH}:") for p in problems_of(case.text))
    html = None if case.html is None else html_of(case.text).strip("\n")
    return case._replace(html=html, problems=messages if messages or case.problems is not None else None)


def as_text(case: Case) -> str:
    """A case as it stands in its file."""
    parts = (
        f"--- {key}\n{value}\n"
        for key, value in (("html", case.html), ("problems", case.problems))
        if value is not None
    )
    return f"=== {case.name}\n{case.text}\n{''.join(parts)}"


FILES = sorted(CASES.glob("*.txt"))


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{f.stem}: {c.name}") for f in FILES for c in cases(f)])
def test_a_case_comes_out_as_written_down(case: Case, blessing: bool) -> None:
    if not blessing:
        assert outcome(case) == case


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_the_cases_of_a_file_are_compared_to_the_letter(file: Path, blessing: bool) -> None:
    if blessing:
        file.write_text("\n".join(as_text(outcome(case)) for case in cases(file)), "utf-8")
    assert file.read_text("utf-8") == "\n".join(as_text(case) for case in cases(file))


# ---------------------------------------------------------------- the opening

OPENINGS = {
    "Six were hurt. Two died.": "Six were hurt.",
    "One *line*\ngoes on [here](https://example.org/) and in [[city:belgorod|Belgorod]].[^a] More.": "One line goes on here and in Belgorod.",
    "Near [[city:belgorod]] at night! Then": "Near belgorod at night!",
    "Взрыв на ул. Ленина в 3.30. Пострадал г. Иванов.": "Взрыв на ул. Ленина в 3.30.",
    "The U.S. embassy closed. It is open.": "The U.S. embassy closed.",
    "“It is over.” He left.": "“It is over.”",
    "Really?! Yes.": "Really?!",
    "## Title\n\n- First item\n- Second": "First item",
    "![Bridge](b.jpg)\n\nText. More": "Bridge",
    "> Quoted. Yes": "Quoted.",
    "日本。東京。": "日本。",
    "He came. ёлка. Ёлка": "He came. ёлка.",
    "3.5 km away e.g. there": "3.5 km away e.g. there",
    "": "",
    "```\ncode\n```": "",
}


@pytest.mark.parametrize(("text", "opening"), OPENINGS.items())
def test_the_opening_is_the_first_sentence_in_plain_text(text: str, opening: str) -> None:
    assert parsed_body(text, 1, PATH).opening == opening


@given(st.text(max_size=700))
def test_an_opening_has_at_most_three_hundred_letters_and_is_cut_behind_a_word(text: str) -> None:
    short = shortened(text)
    assert len(short) <= 300
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


def test_a_long_opening_ends_with_a_whole_word() -> None:
    assert shortened("word " * 100).endswith("word…")
    assert first_sentence("No stop at all") == "No stop at all"


# ---------------------------------------------------------------- small facts


def test_an_anchor_keeps_letters_of_any_script() -> None:
    assert anchor_of("Что, где & Когда — 2?") == "h-что-где-когда-2"
    assert anchor_of("हिन्दी") == "h-हिन्दी"
    assert anchor_of("!") == "h-section"


def test_a_parsed_body_of_nothing_is_empty() -> None:
    assert parsed_body("", 1, PATH) == ParsedBody()


def test_filling_asks_once_for_every_hole_in_order() -> None:
    asked: list[Hole] = []
    fill: Callable[[Hole], str] = lambda hole: asked.append(hole) or "x"  # type: ignore[func-returns-value]  # noqa: E731
    body = parsed_body("[[city:a]] [^b]", 1, PATH).body
    assert filled(body, fill) == '<p><a href="x">x</a> x</p>\n'
    assert [h.kind for h in asked] == ["href", "title", "cite"]


def test_markdown_it_is_imported_only_when_a_body_is_parsed() -> None:
    code = "import sys, generator.markdown; sys.exit('markdown_it' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2]).returncode == 0
