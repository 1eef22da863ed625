"""Completion of the command line, by shells that really run: what stands there after Tab is what the command is given."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from generator import cli, schema, shells

PARSER = cli._parser()
COMMANDS = shells.commands_of(PARSER)

TYPED = [
    ("chronicle bui\t", "[build]"),
    ("chronicle completion fi\t", "[completion][fish]"),
    ("chronicle schema inc\t", "[schema][incident]"),
    ("chronicle build --prof\t", "[build][--profile]"),
    ("chronicle build --out some\t", "[build][--out][some folder]"),
    ("chronicle verify --root some\t", "[verify][--root][some folder]"),
    ("chronicle explain pag\t", "[explain][page.html]"),
    ("chronicle build --out pag\t", "[build][--out][pag]"),
]
"""What is typed, and the arguments that the command gets: a folder's value is no file."""

PREPARED = {
    "bash": "bind 'set bell-style none'\nsource ./script\n",
    "zsh": "autoload -U compinit; compinit -u -D\nsource ./script\n",
}


def needs(shell: str) -> str:
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not installed")
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a folder and a file in it, and the script of each shell to be written."""
    (tmp_path / "some folder").mkdir()
    (tmp_path / "page.html").touch()
    return tmp_path


def answer(shell: str, folder: Path, typed: str) -> str:
    """The arguments that a command gets in an interactive shell, each in brackets, when this is typed and entered."""
    (folder / "script").write_text(shells.script(shell, PARSER), encoding="utf-8")
    told = f"{PREPARED[shell]}chronicle() {{ printf '[%s]' \"$@\" >told; mv told answer; }}\necho re''ady\n"
    flags = ["--norc", "--noprofile"] if shell == "bash" else ["-f"]
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execve(
            needs(shell), [shell, *flags, "-i"], {"TERM": "dumb", "PATH": os.environ["PATH"], "HOME": str(folder)}
        )
    try:
        os.write(terminal, told.encode())
        read_until(terminal, b"ready")
        os.write(terminal, typed.encode())
        read_until(terminal, b"", 0.4)
        os.write(terminal, b"\n")
        return awaited(folder / "answer", terminal)
    finally:
        os.write(terminal, b"\x03\nexit\n")
        os.close(terminal)
        os.waitpid(pid, 0)


def read_until(terminal: int, wanted: bytes, quiet: float = 20.0) -> None:
    """Reads what a shell prints until something stands in it, or nothing more comes."""
    seen = b""
    while not (wanted and wanted in seen) and select.select([terminal], [], [], quiet)[0]:
        seen += os.read(terminal, 65536)


def awaited(file: Path, terminal: int) -> str:
    for _ in range(100):
        if file.exists():
            return file.read_text(encoding="utf-8")
        read_until(terminal, b"", 0.05)
        time.sleep(0.05)
    return ""


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize(("typed", "told"), TYPED, ids=[typed.strip() for typed, _ in TYPED])
def test_a_shell_completes_what_is_typed(shell: str, typed: str, told: str, folder: Path) -> None:
    needs(shell)
    assert answer(shell, folder, typed).replace("/]", "]") == told


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("chronicle bui", {"build"}),
        ("chronicle completion ", {"bash", "zsh", "fish"}),
        ("chronicle build --prof", {"--profile"}),
        ("chronicle build --out ", {"some folder/"}),
        ("chronicle explain pag", {"page.html"}),
    ],
)
def test_fish_completes_what_is_typed(typed: str, expected: set[str], folder: Path) -> None:
    fish = needs("fish")
    (folder / "script").write_text(shells.script("fish", PARSER), encoding="utf-8")
    command = (fish, "--no-config", "-c", f'source script; complete -C "{typed}"')
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    told = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout
    assert {line.partition("\t")[0].replace("\\ ", " ") for line in told.splitlines()} == expected


def test_every_command_and_option_stands_in_every_script() -> None:
    for shell in shells.SHELLS:
        script = shells.script(shell, PARSER)
        for command in COMMANDS:
            assert command.name in script
            for option in command.options:
                assert option.spellings[-1].lstrip("-") in script


def test_every_value_of_a_folder_is_completed_as_one() -> None:
    folders = {s for c in COMMANDS for o in c.options if o.value == shells.FOLDER for s in o.spellings}
    assert {"--root", "--out"} <= folders


def test_the_types_that_the_command_line_offers_are_those_of_the_schemas() -> None:
    assert tuple(schema.SCHEMAS) == cli.TYPES
    assert tuple(shells.SHELLS) == cli.SHELLS
