"""Laws about the files of the repository itself."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MODULES = sorted(path for path in (ROOT / "generator").rglob("*.py") if path.parent.name != "data")
LOCKS = ("requirements.lock", "requirements-dev.lock")

TOP_LEVEL = {
    *("site.yaml", "content", "templates", "seeds", "generator", "tests", "docs", "bench"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "pyproject.toml", *LOCKS),
    *(".ci", ".editorconfig", ".gitattributes", ".gitignore"),
}
# `zones` reads the package tzdata; `cli` opens the null device when nobody reads what it prints.
GATES = {
    "cli.py",
    "commands.py",
    "files.py",
    "folders.py",
    "journal.py",
    "lock.py",
    "mounts.py",
    "manifest.py",
    "memory.py",
    "publish.py",
    "zones.py",
}
LONG = {"model.py"}
PACKAGE = ROOT / "generator"
# Templates become functions, as Jinja makes them too; what an author may write in one is any expression already.
COMPILERS = {"render/functions.py": {"exec"}}
OPENERS = {"open", "read_bytes", "read_text", "write_bytes", "write_text", "unlink", "rename"}
A_PATH_OF_SOMEBODYS_MACHINE = re.compile(r"(?<![\w.*/>)-])/(?:home|root|Users|work|opt)/\w|\b[A-Z]:\\Users\\")


def names_of(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


each_module = pytest.mark.parametrize("module", MODULES, ids=names_of)


@cache
def files() -> tuple[Path, ...]:
    """Every file that is in git, or would be with `git add --all`."""
    command = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def texts() -> dict[str, str]:
    """The text files by path."""
    whole = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in files()}
    return {name: data.decode(errors="replace") for name, data in whole.items() if b"\0" not in data}


def locked(lock: str) -> dict[str, str]:
    """What a lock file says of each package, by its normal name: version, marker and hashes."""
    text = "\n" + (ROOT / lock).read_text(encoding="utf-8")
    stanzas = re.split(r"\n(?=[a-z0-9])", re.sub(r"\n *#.*", "", text))
    return {normal(stanza): stanza.strip() for stanza in stanzas if stanza.strip()}


def normal(requirement: str) -> str:
    """The name at the start of a requirement, as PEP 503 compares names."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement.strip())
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def calls(module: Path) -> set[str]:
    """The name of every function or method that a module calls: `open` of `open(…)` and of `os.open(…)`."""
    called = [node.func for node in ast.walk(ast.parse(module.read_bytes())) if isinstance(node, ast.Call)]
    return {f.id for f in called if isinstance(f, ast.Name)} | {f.attr for f in called if isinstance(f, ast.Attribute)}


def test_only_what_belongs_there_stands_at_the_top() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in files()} <= TOP_LEVEL


@pytest.mark.parametrize(
    ("lock", "groups"), [("requirements.lock", ("build",)), ("requirements-dev.lock", ("build", "dev"))]
)
def test_every_declared_dependency_is_locked(lock: str, groups: tuple[str, ...]) -> None:
    declared = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    declared += [requirement for group in groups for requirement in PROJECT["dependency-groups"][group]]
    if "dev" in groups:  # what is optional is tested, and not installed where a site is built
        declared += [r for extra in PROJECT["project"]["optional-dependencies"].values() for r in extra]
    assert {normal(requirement) for requirement in declared} <= locked(lock).keys()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_hashes(lock: str) -> None:
    whole = re.compile(r"[a-z0-9-]+==[^\s;]+( ; [^\\\n]+)?( \\\n +--hash=sha256:[0-9a-f]{64})+")
    assert [stanza for stanza in locked(lock).values() if not whole.fullmatch(stanza)] == []


def test_the_tests_run_with_the_versions_that_build() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_place_to_download_from(lock: str) -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links", (ROOT / lock).read_text(encoding="utf-8"))


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert [name for name, text in texts().items() if A_PATH_OF_SOMEBODYS_MACHINE.search(text)] == []


def test_every_text_ends_its_lines_with_a_line_feed_alone() -> None:
    compared = ("tests/golden/", "tests/cases/")
    assert [name for name, text in texts().items() if "\r" in text and not name.startswith(compared)] == []


@each_module
def test_a_module_says_what_it_is(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_bytes()))


@each_module
def test_a_module_fits_three_hundred_lines(module: Path) -> None:
    assert module.name in LONG or len(module.read_text(encoding="utf-8").splitlines()) <= 300


@each_module
def test_no_text_is_run_as_code(module: Path) -> None:
    runners = {"eval", "exec", "__import__", "system", "popen", "load_all", "full_load", "unsafe_load"}
    assert calls(module) & runners == COMPILERS.get(module.relative_to(PACKAGE).as_posix(), set())
    assert not re.search(r"\byaml\.load\(|shell\s*=\s*True", module.read_text(encoding="utf-8"))


@each_module
def test_only_the_gates_touch_the_disk(module: Path) -> None:
    assert module.name in GATES or not calls(module) & OPENERS


def test_a_wheel_holds_the_program_its_data_and_the_default_templates(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path))
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    held = set(ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    expected = {path.relative_to(ROOT).as_posix() for path in files()}
    inside = {name for name in expected if name.startswith("generator/")}
    inside |= {f"generator/{name}" for name in expected if name.startswith("templates/")}
    assert inside == {name for name in held if not name.startswith("chronicle-")}
