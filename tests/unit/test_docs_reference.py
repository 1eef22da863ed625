"""Laws about docs/: what it says of rules, commands, templates and floors is what the code has."""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import operator
import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from generator import cli
from generator.model import LedgerRules
from generator.rulebook import DESK, RULES, may_be
from generator.tenets import TENETS, tenet_text
from generator.views.base import Head, Site
from tests.chronicles import GOLDEN, copy_of
from tests.doc_pages import DOCS, ROOT, bare, page, rows_under

# ---------------------------------------------------------------- rules

SEVERITIES = {"error": "error", "warning": "warning", "note": "note", "either": "error or warning"}


def rules_page() -> str:
    """docs/rules.md as the rulebook has it."""
    lines = [
        "# Rules",
        "",
        "Every problem that the generator reports names its rule in brackets, and has the severity below; where two are named,",
        "the problem says which. An error keeps the site from being published; a warning does not.",
        "",
        "[site.yaml](site.md#rules) may make any rule an error. Those with a mark in the last column it may also make a",
        "warning, or switch off: the site stays right without what they are about. Any other error would leave something out",
        "of the site in silence, or publish what must not be published.",
        "",
        "This page is made from `generator/rulebook.py`.",
        "",
        "| rule | what it asks for | severity | may be softened |",
        "|---|---|---|---|",
        *(
            f"| `{name}` | {said(rule.says)} | {SEVERITIES[rule.severity]} | {'yes' if may_be(name, 'off') else ''} |"
            for name, rule in sorted(RULES.items())
            if name not in DESK
        ),
        "",
        "## The desk",
        "",
        "What a good editor would ask before an entry goes out. The site is right with any of it, so [check](commands.md#check)",
        "tells it, and [lsp](commands.md#lsp) of what is open in an editor; a build runs those rules alone that `site.yaml`",
        "makes errors. A warning is to be looked into; a note is there to be known. `site.yaml` may set each to `off`, `note`, `warning` or `error`. An editor asks for three",
        "things more that every build looks at: `image-alt`, `heading-skipped` and `shared-name`.",
        "",
        "| rule | what it asks for | severity |",
        "|---|---|---|",
        *(f"| `{name}` | {said(rule.says)} | {SEVERITIES[rule.severity]} |" for name, rule in sorted(DESK.items())),
    ]
    return "\n".join(lines) + "\n"


def said(text: str) -> str:
    """A sentence as a cell of a table."""
    return text.replace("|", "\\|").replace("[", "\\[")


def test_the_page_of_rules_is_that_of_the_rulebook(blessing: bool) -> None:
    if blessing:
        (DOCS / "rules.md").write_text(rules_page(), encoding="utf-8")
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == rules_page()


def named_rules() -> set[str]:
    """Every rule that the code names: `rule="…"` of a call, and the first text of a `Fault`."""
    found: set[str] = set()
    for path in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call):
                named = [k.value for k in node.keywords if k.arg == "rule"]
                named += node.args[:1] if isinstance(node.func, ast.Name) and node.func.id == "Fault" else []
                found |= {n.value for n in named if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return found


def test_every_rule_that_the_code_names_is_in_the_rulebook() -> None:
    assert len(named_rules()) > 40
    assert named_rules() - RULES.keys() == set()


def test_a_problem_has_the_severity_that_the_rulebook_gives_its_rule() -> None:
    seen: dict[str, set[str]] = {}
    for path in sorted((ROOT / "tests" / "cases").rglob("*.txt")):
        for found in re.finditer(
            r": (error|warning|note): .*\[([a-z0-9-]+)\]$", path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            seen.setdefault(found[2], set()).add(found[1])
    wrong = {rule: s for rule, s in seen.items() if RULES[rule].severity != "either" and RULES[rule].severity not in s}
    assert len(seen) > 40
    assert wrong == {}


# ---------------------------------------------------------------- commands, templates, floors


def options() -> list[tuple[str, str]]:
    """Every command with each of its options and arguments, as the parser has them."""
    (commands,) = (a for a in cli._parser()._actions if isinstance(a, argparse._SubParsersAction))
    found = []
    for name, parser in commands.choices.items():
        for action in parser._actions:
            found += [(name, option) for option in action.option_strings or [action.dest.upper()]]
    return found


@pytest.mark.parametrize(("command", "option"), options())
def test_every_option_of_a_command_is_documented(command: str, option: str) -> None:
    everywhere = {"--root", "--json", "--quiet", "-h", "--help"}
    assert re.search(rf"`{re.escape(option)}[` ]", section("Every command" if option in everywhere else command))


def section(title: str) -> str:
    """What docs/commands.md says under a heading of level 2."""
    found = re.search(rf"^## {title}$(.*?)(?=^## |\Z)", page("commands"), re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


JSON_COMMANDS = (
    ("build",),
    ("check",),
    ("explain", "index.html"),
    ("new", "A title", "--city", "moscow", "--date", "2025-12-15"),
    ("clean",),
)


def test_every_field_of_the_json_is_documented(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    for command, *rest in JSON_COMMANDS:
        arguments = [command, *rest, "--root", str(root), "--json"]
        assert (
            cli.main(arguments if command == "clean" else [*arguments, "--now", "2026-03-01T00:00+00:00"]) == cli.DONE
        )
        told = json.loads(capsys.readouterr().out)
        assert [field for field in told if f"`{field}`" not in section(command)] == []
        of_problems = {field for problem in told.get("problems", ()) for field in problem}
        assert [field for field in of_problems if f"`{field}`" not in section("Every command")] == []


def made_templates() -> set[str]:
    """The templates that views name when they make a page."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "generator" / "views").glob("*.py")]
    return {name for text in texts for name in re.findall(r'"([a-z0-9-]+\.html)"', text)}


def test_every_template_is_told_with_the_pages_it_makes() -> None:
    files = {path.name for path in (ROOT / "templates").glob("*.html")}
    told = {bare(row[0]) for row in rows_under("templates", "Which template makes which page", ("template", "pages"))}
    told_parts = {bare(row[0]) for row in rows_under("templates", "Parts", ("template", "what it holds"))}
    assert told == made_templates() & files
    assert told | told_parts == files


@pytest.mark.parametrize(("name", "cls"), [("site", Site), ("page.head", Head)])
def test_every_name_that_all_templates_see_is_told(name: str, cls: type[msgspec.Struct]) -> None:
    fields = [field.name for field in msgspec.structs.fields(cls) if field.name != "digest"]
    assert [field for field in fields if f"`{name}.{field}`" not in page("templates")] == []


def test_every_macro_of_the_parts_is_told() -> None:
    for name in ("parts.html", "rows.html", "listparts.html"):
        macros = re.findall(r"macro (\w+)\(", (ROOT / "templates" / name).read_text(encoding="utf-8"))
        assert [m for m in macros if f"`{m}`" not in page("templates")] == []


def module(name: str) -> Path:
    """The file or folder of a module of the package."""
    folder = ROOT / "generator" / name
    return folder if folder.is_dir() else folder.with_suffix(".py")


def floors_table() -> str:
    """The floors of the package from the door down, as `pyproject.toml` has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    names = [[name for name in re.findall(r"\w+", layer) if module(name).exists()] for layer in layers]
    return "".join(f"| {len(names) - n} | {', '.join(f'`{m}`' for m in floor)} |\n" for n, floor in enumerate(names, 1))


def test_the_floors_are_those_of_the_contracts(blessing: bool) -> None:
    table = re.compile(r"(?<=\| floor \| modules \|\n\|---\|---\|\n).*?(?=\n\n)", re.DOTALL)
    text = (DOCS / "design.md").read_text(encoding="utf-8")
    if blessing:
        text = table.sub(lambda _: floors_table().rstrip(), text)
        (DOCS / "design.md").write_text(text, encoding="utf-8")
    assert table.findall(text) == [floors_table().rstrip()]


def tenets_table() -> str:
    """The rules of the ledger as docs/site.md has them."""
    rows = (
        f"| {t.name} | {said(tenet_text(t, LedgerRules()))} | {f'`{t.setting}`' if t.setting else ''} |" for t in TENETS
    )
    return "\n".join(rows)


def test_the_rules_of_the_ledger_are_those_of_its_table(blessing: bool) -> None:
    table = re.compile(r"(?<=\| rule \| what it says \| set by \|\n\|---\|---\|---\|\n).*?(?=\n\n)", re.DOTALL)
    text = (DOCS / "site.md").read_text(encoding="utf-8")
    if blessing:
        text = table.sub(lambda _: tenets_table(), text)
        (DOCS / "site.md").write_text(text, encoding="utf-8")
    assert table.findall(text) == [tenets_table()]


def test_every_rule_of_the_ledger_names_the_code_that_applies_it() -> None:
    assert len({t.name for t in TENETS}) == len(TENETS)
    for tenet in TENETS:
        module, _, name = tenet.applied_by.partition(".")
        assert operator.attrgetter(name)(importlib.import_module(f"generator.{module}")), tenet.name


def test_every_setting_of_the_ledger_is_told_by_a_rule() -> None:
    assert {t.setting for t in TENETS if t.setting} == set(LedgerRules.__struct_fields__)


def test_every_link_between_the_pages_leads_somewhere() -> None:
    for path in sorted(DOCS.glob("*.md")):
        for target, anchor in re.findall(r"\]\(([^)\s#:]*)(?:#([^)\s]+))?\)", prose(path)):
            there = path.parent / target if target else path
            assert there.exists(), f"{path.name}: {target}"
            assert not anchor or anchor in anchors(there), f"{path.name}: {target}#{anchor}"


def prose(path: Path) -> str:
    """A page without its examples."""
    return re.sub(r"^```.*?^```$|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
