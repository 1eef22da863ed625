"""The front matter of a file: cases an editor can add to, and laws that hold for any text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from unicodedata import is_normalized, normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.frontmatter import FrontMatter, front_matter, yaml_document
from generator.nodes import Mapping, Node, Scalar, authored, every, texts
from generator.problems import Problem, Span, as_line

CASES = Path(__file__).parent.parent / "cases" / "frontmatter"
CASE = re.compile(r"^(?P<title>\S.*)\n\.\n(?P<text>(?:.*\n)*?)\.\n(?P<lines>(?:.*\n)*?)\.\n", re.MULTILINE)


def _cases() -> Iterator[tuple[str, str, str]]:
    """Name, text and expected lines of every case."""
    for path in sorted(CASES.glob("*.txt")):
        for case in CASE.finditer(path.read_text("utf-8")):
            yield f"{path.stem}: {case['title']}", _with_characters(case["text"]), case["lines"]


def _with_characters(text: str) -> str:
    return re.sub("⟦([0-9A-F]+)⟧", lambda code: chr(int(code[1], 16)), text)


def _lines(text: str) -> str:
    """The problems of a text as a case file states them: `line:column: severity: message — hint [rule]`."""
    return "".join(f"{as_line(p).removeprefix('x:')}\n" for p in front_matter(text, "x").problems)


def _keys(matter: FrontMatter) -> dict[str, str]:
    return {p.key.text: authored(p.value) for p in matter.mapping.pairs} if matter.mapping else {}


def _of(yaml: str) -> FrontMatter:
    return front_matter(f"---\n{yaml}\n---\nText.\n", "x")


def _part(text: str, span: Span) -> str:
    """What stands at a span, as an editor would select it."""
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case, id=name) for name, *case in _cases()])
def test_a_case_gives_exactly_its_lines(text: str, expected: str) -> None:
    assert _lines(text) == expected


def test_no_case_is_overlooked() -> None:
    dots = sum(path.read_text("utf-8").split("\n").count(".") for path in CASES.glob("*.txt"))
    assert dots == 3 * len(list(_cases()))


def test_bless(blessing: bool) -> None:
    """With `--bless`, the expected lines are written anew; read their diff."""
    for path in sorted(CASES.glob("*.txt")) if blessing else ():
        text = path.read_text("utf-8")
        blessed = CASE.sub(
            lambda case: f"{case['title']}\n.\n{case['text']}.\n{_lines(_with_characters(case['text']))}.\n", text
        )
        path.write_text(blessed, "utf-8")


# ---------------------------------------------------------------- what is read


def test_values_are_texts_as_written() -> None:
    assert _keys(_of("a: NO\nb: 22:30\nc: 0123\nd: 2024-11")) == {"a": "NO", "b": "22:30", "c": "0123", "d": "2024-11"}


def test_a_set_of_days_reads_the_same_quoted_and_unquoted() -> None:
    days = "[2025-12-14,2025-12-15]"
    assert _keys(_of(f"date: {days}"))["date"] == _keys(_of(f'date: "{days}"'))["date"] == days


def test_a_fault_spoils_only_its_own_key() -> None:
    matter = _of('title: Strike: depot\ndate: 2025\ncity: "moscow\nsources: [a, b]\nstatus:')
    assert _keys(matter) == {"date": "2025", "sources": "[a, b]"}
    assert matter.mapping is not None
    assert matter.mapping.broken == ("title", "city", "status")


def test_fifty_faults_give_fifty_problems() -> None:
    assert len(_of("\n".join(f"key_{n}: Strike: depot" for n in range(50))).problems) == 50


def test_line_ends_make_no_difference() -> None:
    text = '---\ntitle: a\nnote: |\n  b\n\n  c\ncity: "x\n  y"\ndate: a: b\n---\n\nText\nmore\n'
    one, two, three = (front_matter(text.replace("\n", end), "x") for end in ("\n", "\r\n", "\r"))
    assert one == two == three


def test_the_body_begins_where_its_line_says() -> None:
    text = "---\ntitle: a\n---\nFirst\nSecond\n"
    matter = front_matter(text, "x")
    assert text.split("\n")[matter.body_line - 1] == "First" == matter.body.split("\n")[0]


def test_an_empty_front_matter_is_a_map_without_keys() -> None:
    matter = front_matter("---\n---\nText\n", "x")
    assert matter.mapping is not None
    assert (matter.mapping.pairs, matter.problems) == ((), ())


def test_letters_and_accents_stored_apart_are_read_as_one() -> None:
    matter = front_matter("---\ncity: Баи\u0306кал\n---\nБаи\u0306кал\n", "x")
    assert (_keys(matter)["city"], matter.body) == ("Байкал", "Байкал\n")


def test_a_document_of_its_own_reads_like_a_front_matter() -> None:
    yaml = "title: a\nkinds:\n  drone: {label: {en: Drone}}\nbad: b: c\n"
    document, matter = yaml_document(yaml, "x"), front_matter(f"---\n{yaml}---\n", "x")
    assert _keys(document) == _keys(matter)
    assert [(p.rule, p.span.line + 1) for p in document.problems] == [(p.rule, p.span.line) for p in matter.problems]
    assert _keys(yaml_document("---\ntitle: a\n", "x")) == {"title": "a"}


def test_a_block_text_ends_with_its_last_line() -> None:
    matter = _of("note: |\n  one\n  two\n\n# comment\ncity: x")
    assert matter.mapping is not None
    note = matter.mapping.pairs[0].value
    assert isinstance(note, Scalar)
    assert (note.text, note.span) == ("one\ntwo", Span(2, 7, 4, 6))


# ---------------------------------------------------------------- hostile texts


HOSTILE = {
    "brackets": "[" * 60_000,
    "brackets behind a key": "a: " + "[" * 60_000,
    "braces": "a: " + "{a: " * 15_000,
    "dashes": "a:\n  " + "- " * 30_000,
    "question marks": "? " * 30_000,
    "too many brackets": "[" * 100_000,
    "too many dashes": "- " * 50_000,
    "too many question marks": "? " * 100_000,
    "indents": "\n".join(" " * n + "a:" for n in range(330)),
    "quotes": 'a: "\n' * 12_000,
    "faults": "a: [\n" * 12_000,
    "laughs": "a: &a [x, x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a, *a, *a]" for n in range(500)),
    "itself": "a: &a [*a]",
}


def test_no_nesting_can_crash_or_hang_the_process() -> None:
    code = (
        "import json, sys\nfrom generator.frontmatter import front_matter\n"
        "for text in json.load(sys.stdin): assert front_matter(f'---\\n{text}\\n---\\n', 'x').problems"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(list(HOSTILE.values())), text=True, timeout=30, check=False
    )
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["laughs", "itself"])
def test_a_billion_laughs_are_refused_at_once(name: str) -> None:
    _of("a: b")  # loads libyaml
    start = process_time()
    problems = _of(HOSTILE[name]).problems
    assert process_time() - start < 0.1
    assert problems[0].rule == "yaml-alias"


def test_limits_are_those_stated() -> None:
    assert _of("\n".join(f"k{n}: v" for n in range(200))).problems == ()
    assert [p.rule for p in _of("\n".join(f"k{n}: v" for n in range(201))).problems] == ["too-long"]
    assert _of("a: " + "x" * (64 * 1024 - 4)).problems == ()
    assert [p.rule for p in _of("a: " + "x" * (64 * 1024)).problems] == ["too-long"]


def test_importing_the_module_loads_no_yaml() -> None:
    code = "import sys, generator.frontmatter; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ---------------------------------------------------------------- laws


PIECES = st.sampled_from(
    [*("a: ", "b:", "title: ", "- ", "  ", "\n", "\n", "\n  ", "'", '"', "[", "]", "{", "}", ", ", "|\n", "> ", "#", " # ", "x"),
     *("https://e/a,b", "&a ", "*a", "!t ", "? ", "~", "---\n", "...", "\t", "\\", "\u2028", "\x00", "é", "e\u0301", "😀", "\r\n")]
)  # fmt: skip
YAML = st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=40))
FILES = st.one_of(YAML.map("---\n{}\n---\nText\n".format), st.text(), YAML)


def _written(mapping: Mapping) -> Iterator[Node]:
    """All values and keys of a front matter."""
    for node in every(mapping):
        yield node
        yield from (pair.key for pair in node.pairs) if isinstance(node, Mapping) else ()


def _within(problem: Problem, text: str) -> bool:
    """Whether a problem points into the text."""
    span, lines = problem.span, text.split("\n")
    return (
        1 <= span.line <= span.end_line <= len(lines)
        and 1 <= span.column <= len(lines[span.line - 1]) + 1
        and 1 <= span.end_column <= len(lines[span.end_line - 1]) + 2
        and (span.line, span.column) <= (span.end_line, span.end_column)
    )


@settings(max_examples=200)
@given(FILES)
def test_any_text_gives_a_front_matter_with_problems_that_point_into_it(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for matter in (front_matter(text, "x"), yaml_document(text, "x")):
        assert all(_within(problem, text) for problem in matter.problems)


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(["---", "--- ", "----", " ---", "--- a", "...", "a: b", ""]), max_size=8).map("\n".join)
)
def test_the_front_matter_ends_at_the_first_line_that_is_a_fence(lines: str) -> None:
    matter, below = front_matter(f"---\n{lines}", "x"), lines.split("\n")
    fence = next((n for n, line in enumerate(below) if line.rstrip(" ") == "---"), None)
    assert (matter.mapping is None and "never closed" in str(matter.problems)) == (fence is None)
    if fence is not None:
        assert (matter.body, matter.body_line) == (
            "\n".join(below[fence + 1 :]),
            fence + 3 if below[fence + 1 :] else fence + 2,
        )


@settings(max_examples=200)
@given(FILES)
def test_a_body_is_in_normal_form(text: str) -> None:
    assert is_normalized("NFC", front_matter(text, "x").body)


@settings(max_examples=200)
@given(YAML)
def test_what_is_read_stands_in_the_file_at_its_span(yaml: str) -> None:
    text = f"---\n{yaml}\n---\n".replace("\r\n", "\n").replace("\r", "\n")
    mapping = front_matter(text, "x").mapping
    for node in _written(mapping) if mapping and mapping.pairs else ():
        assert node.raw == _part(text, node.span)


@settings(max_examples=100)
@given(st.from_regex(r"[a-z0-9][a-z0-9 ,./+~?*%-]{0,20}[a-z0-9]", fullmatch=True).filter(lambda t: t not in ("null",)))
def test_quoting_a_plain_value_changes_nothing(value: str) -> None:
    plain, single, double = (_of(f"a: {quote}{value}{quote}") for quote in ("", "'", '"'))
    assert _keys(plain) == _keys(single) == _keys(double) == {"a": value}


WORDS = st.from_regex(r"[a-z]{1,6}", fullmatch=True).filter(lambda word: word != "null")
FAULTS = st.sampled_from(["Strike: depot", "@x", "*x", "[a, b", '"open', "'it's'", "~", '"\\q"', "a\u202eb", "&a b"])


@settings(max_examples=100)
@given(st.lists(st.tuples(WORDS, FAULTS | WORDS), max_size=12, unique_by=lambda pair: pair[0]))
def test_each_faulty_line_is_reported_on_its_line_and_the_others_are_read(lines: list[tuple[str, str]]) -> None:
    matter = _of("\n".join(f"{key}: {value}" for key, value in lines))
    faulty = [number for number, (_, value) in enumerate(lines, 2) if not value.isalpha()]
    assert sorted(p.span.line for p in matter.problems) == faulty
    good = {key: value for key, value in lines if value.isalpha()}
    assert good.items() <= _keys(matter).items()


@settings(max_examples=100)
@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=20).map(lambda text: normalize("NFC", text)))
def test_every_text_is_gathered_and_no_key(value: str) -> None:
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    matter = _of(f'key: ["{quoted}!", {{inner: [b]}}]')
    assert matter.mapping is not None
    assert list(texts(matter.mapping)) == [f"{value}!", "b"]


def _names_its_character(message: str, part: str) -> bool:
    code = re.search("U\\+([0-9A-F]{4,6})", message)
    return code is None or chr(int(code[1], 16)) in part or "\\" in part


POINTS_AT: dict[str, Callable[[str, str], bool]] = {
    "bad-character": _names_its_character,
    "cut-by-comment": lambda message, part: message.split('"')[1].rstrip() in part and "#" in part,
    "duplicate-key": lambda message, part: normalize("NFC", part).strip("\"'") == message.split('"')[1],
    "not-normalised": lambda message, part: normalize("NFC", part) != part,
    "second-document": lambda message, part: part.startswith(("---", "...")) or ":" in part,
    "split-address": lambda message, part: "://" in part and "," in part,
    "tab": lambda message, part: part.strip("\t") == "" != part,
    "yaml-alias": lambda message, part: part[0] in "&*!<",
}


@settings(max_examples=200)
@given(YAML)
def test_a_problem_points_at_what_it_is_about(yaml: str) -> None:
    text = f"---\n{yaml}\n---\n".replace("\r\n", "\n").replace("\r", "\n")
    for problem in front_matter(text, "x").problems:
        points = POINTS_AT.get(problem.rule)
        assert points is None or points(problem.message, _part(text, problem.span)), problem
