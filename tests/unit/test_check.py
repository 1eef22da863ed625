"""The command `check`: its exit status, what goes where, and what it has in common with a build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import cli
from generator.rulebook import DESK
from tests.chronicles import GOLDEN, built, copy_of, written
from tests.unit.test_problems_cases import files_of

BASE = Path(__file__).parents[1] / "cases" / "desk" / "base.txt"
NOW = ("--now", "2026-03-01T00:00+00:00")
ENTRY = "content/incidents/2025/2025-01-01-x.md"
ONE_SOURCE = "---\ntitle: X\ndate: 2025-01-01\ncity: moscow\nsources: [wire-1]\n---\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_of(GOLDEN, tmp_path / "chronicle")


def with_rules(root: Path, rules: str) -> None:
    written(root, "site.yaml", (root / "site.yaml").read_text(encoding="utf-8") + f"\nrules: {{{rules}}}\n")


def check(root: Path, *arguments: str) -> int:
    return cli.main(["check", "--root", str(root), *NOW, *arguments])


def test_warnings_and_notes_leave_the_exit_status_at_zero(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(root) == cli.DONE
    told = capsys.readouterr()
    assert "warning: sources: rests on one source" in told.err
    assert "note: sources.1: has no archived copy" in told.err
    assert "nothing wrong" not in told.out


def test_notes_alone_are_nothing_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path, text in files_of(BASE.read_text(encoding="utf-8")).items():
        written(tmp_path, path, text.replace("archived: [", "x_archived: ["))
    assert check(tmp_path) == cli.DONE
    told = capsys.readouterr()
    assert told.err.endswith("3 notes\n")
    assert told.out.endswith("files, nothing wrong.\n")


def test_a_rule_made_an_error_fails_the_check_and_keeps_the_build_from_publishing(root: Path) -> None:
    with_rules(root, "one-source: error")
    assert check(root, "--quiet") == cli.FAULTS
    assert {problem.rule for problem in built(root).problems if problem.severity == "error"} == {"one-source"}
    assert not (root / "build" / "index.html").exists()


def test_a_build_tells_nothing_that_is_left_to_the_desk(root: Path) -> None:
    with_rules(root, "no-archived-copy: warning")
    assert {problem.rule for problem in built(root).problems} & DESK.keys() == set()


def test_what_is_wrong_with_a_draft_alone_is_told_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(root, ENTRY, ONE_SOURCE.replace("moscow", "mosocw\nstatus: draft"))
    assert check(root) == cli.FAULTS
    assert "unknown-city" in capsys.readouterr().err


def test_an_error_stays_an_error_in_every_format(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(root, ENTRY, ONE_SOURCE.replace("moscow", "mosocw"))
    for arguments in ((), ("--json",), ("--format", "github"), ("--format", "sarif"), ("--all",)):
        assert check(root, *arguments) == cli.FAULTS
        told = capsys.readouterr()
        assert "unknown-city" in told.out + told.err


def test_the_errors_are_the_last_that_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(root, ENTRY, ONE_SOURCE.replace("moscow", "mosocw"))
    check(root)
    *_, error, count = capsys.readouterr().err.splitlines()
    assert error.startswith(f"{ENTRY}:4:7: error: ")
    assert count.startswith("1 error, ")


def test_all_lists_what_is_otherwise_counted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(root)
    short = capsys.readouterr().err
    check(root, "--all")
    whole = capsys.readouterr().err
    assert "… and 10 more of [no-archived-copy]; --all lists them" in short
    assert short.count("[no-archived-copy]") == 4
    assert whole.count("[no-archived-copy]") == 13
    assert short.splitlines()[-1] == whole.splitlines()[-1]


def test_programs_read_everything_and_nothing_else_from_standard_output(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(root, "--json")
    listed = json.loads(capsys.readouterr().out)["problems"]
    check(root, "--format", "sarif")
    log = capsys.readouterr()
    results = json.loads(log.out)["runs"][0]["results"]
    assert [(r["ruleId"], r["level"]) for r in results] == [(p["rule"], p["severity"]) for p in listed]
    assert len(listed) > 10
    assert log.err == ""


def test_paths_for_code_hosts_lead_from_the_present_folder(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root.parent)
    check(root, "--format", "github")
    assert "file=chronicle/seeds/" in capsys.readouterr().out
    monkeypatch.chdir(root)
    check(root, "--format", "github")
    assert "file=seeds/" in capsys.readouterr().out


def test_json_and_another_format_are_wrong_usage(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(root, "--json", "--format", "sarif") == cli.USAGE
    assert "--json is a format of its own" in capsys.readouterr().err
