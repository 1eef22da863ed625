"""The interview of a new entry in a real terminal: what is typed, what is read there, and what stands in the folder afterwards."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import DONE, INTERRUPTED, USAGE
from tests.chronicles import NOW, tree, written
from tests.unit.test_newentry import FILES

COMMAND = (sys.executable, "-c", "import sys; from generator.cli import main; sys.exit(main())", "new")
SITE = (
    "title: T\nbase_url: https://example.org/\nkinds: {drone: {label: {en: Drone attack}}, fire: {label: {en: Fire}}}\n"
)
STRIKE = "content/incidents/2025/2025-12-01-a-strike.md"
INTERRUPT, END = "\x03", "\x04"
PATIENCE = 60.0
"""Seconds without a word after which nothing more is awaited."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "chronicle"
    written(root, "site.yaml", SITE)
    for path, text in FILES.items():
        written(root, path, text)
    return root


class Terminal:
    """`chronicle new` in a terminal of its own; what it says is read as it comes."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.data, self.has_ended = b"", False
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored in what a shell runs in its background
            os.environ |= {"TERM": "dumb", "COLUMNS": "200", "LINES": "50", "LC_ALL": "C.UTF-8"}
            os.execv(COMMAND[0], (*COMMAND, *arguments, "--root", str(root), "--now", NOW.isoformat()))

    def answers(self, prompt: str, text: str) -> None:
        """Types a text, and Enter, when a prompt stands there."""
        self.shows(prompt)
        self.data = b""
        os.write(self.file, f"{text}\n".encode())

    def is_left(self, prompt: str, key: str) -> tuple[int, str]:
        """The end after Ctrl-C or Ctrl-D at a prompt. It is pressed again where nothing happens, as anybody would: readline may miss
        a signal that comes just before it waits."""
        self.shows(prompt)
        for _ in range(20):
            os.write(self.file, key.encode())
            while self._more(1):
                pass
            if self.has_ended:
                break
        return self.ends()

    def ends(self) -> tuple[int, str]:
        """The exit status, and what was said since the last answer; what waits for more is killed, which its status tells."""
        while self._more(PATIENCE):
            pass
        if not self.has_ended:
            os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        os.close(self.file)
        return os.waitstatus_to_exitcode(status), self.text.replace("\r\n", "\n")

    def shows(self, prompt: str) -> None:
        """Waits until a prompt stands there."""
        while not self.text.rstrip(" ").endswith(prompt):
            assert self._more(PATIENCE), f"no {prompt!r} after {self.text!r}"

    def _more(self, seconds: float) -> bool:
        """Whether anything was said within some seconds."""
        ready, _, _ = select.select([self.file], [], [], 0 if self.has_ended else seconds)
        try:
            data = os.read(self.file, 4096) if ready else b""
        except OSError:  # the other end is closed
            data, self.has_ended = b"", True
        self.data += data
        return bool(data)

    @property
    def text(self) -> str:
        """What was said since the last answer."""
        return self.data.decode(errors="replace")


def new_files(root: Path) -> set[str]:
    return {path for path in tree(root) if path not in FILES and path not in ("site.yaml", ".cache/chronicle.sqlite")}


def test_what_is_missing_is_asked_for_and_a_wrong_answer_is_asked_again(root: Path) -> None:
    terminal = Terminal(root)
    terminal.answers("Source:", "")
    terminal.answers("Title:", " ")
    terminal.answers("Title:", "A strike")
    terminal.answers("Date:", "01.12.2025")
    terminal.answers("Date:", "2025-12-01")
    terminal.answers("City:", "урс")
    terminal.answers("City [kursk]:", "1")
    terminal.answers("Kind:", "2")
    status, said = terminal.ends()
    assert status == DONE
    assert f"Wrote {STRIKE}\n" in said
    assert (
        (root / STRIKE)
        .read_text(encoding="utf-8")
        .startswith(
            '---\ntitle: "A strike"\ndate: 2025-12-01\ncity: kursk\nkind: fire\nstatus: draft\npublished: 2026-04-01\n---\n'
        )
    )


def test_a_hint_stands_above_the_question_that_is_asked_again(root: Path) -> None:
    terminal = Terminal(root, "A strike", "--date", "2025-12-01", "--city", "Belgrod")
    terminal.shows("City:")
    assert 'city: no city has the id or name "Belgrod" — did you mean "belgorod"?' in terminal.text
    terminal.answers("City:", "Belgrud")
    terminal.shows("City:")
    assert 'city: no city has the id or name "Belgrud"' in terminal.text
    assert terminal.is_left("City:", INTERRUPT)[0] == INTERRUPTED


def test_from_a_seed_enter_takes_what_it_suggests(root: Path) -> None:
    terminal = Terminal(root, "--from", "gazeta-1")
    terminal.answers("Title [Пожар на складе в Белгороде]:", "A fire")
    terminal.shows("Date [2025-12-15]:")
    assert "The report is of 2025-12-15; the incident may have been earlier." in terminal.text
    terminal.answers("Date [2025-12-15]:", "")
    terminal.answers("City [belgorod]:", "")
    terminal.answers("Kind:", "Fire")
    terminal.shows("Write it all the same, y or n [n]:")
    assert "content/incidents/2025/2025-12-15-depot.md" in terminal.text
    terminal.answers("[n]:", "y")
    assert terminal.ends()[0] == DONE
    text = (root / "content/incidents/2025/2025-12-15-a-fire.md").read_text(encoding="utf-8")
    assert 'date: 2025-12-15\ncity: belgorod\nkind: fire\nsources:\n  - "gazeta-1"\n' in text


def test_who_finds_it_told_already_writes_nothing(root: Path) -> None:
    terminal = Terminal(root, "A strike", "--date", "2025-12-16", "--city", "belgorod")
    terminal.answers("Write it all the same, y or n [n]:", "")
    status, said = terminal.ends()
    assert (status, said.strip()) == (DONE, "Nothing was written.")
    assert new_files(root) == set()


def test_an_address_that_a_seed_holds_is_said_to_be_held(root: Path) -> None:
    terminal = Terminal(root, "--from", "http://gazeta.example/news/2?utm_source=x")
    terminal.shows("Title:")
    assert "seeds/gazeta-2.md holds this address; it is cited." in terminal.text
    assert terminal.is_left("Title:", END)[0] == INTERRUPTED


def test_an_unknown_address_gets_a_seed_where_that_is_wanted(root: Path) -> None:
    terminal = Terminal(root, "A strike", "--from", "https://gazeta.example/news/9")
    terminal.answers("Write a seed, y or n [n]:", "y")
    terminal.answers("Publisher [Gazeta]:", "")
    terminal.answers("Headline:", 'The "strike"')
    terminal.answers("Date:", "2025-12-01")
    terminal.answers("City:", "Kursk")
    terminal.answers("Kind:", "")
    assert terminal.ends()[0] == DONE
    assert new_files(root) == {STRIKE, "seeds/gazeta-9.md"}
    seed = '---\ntitle: "The \\"strike\\""\npublisher: "Gazeta"\nurl: "https://gazeta.example/news/9"\n---\n'
    assert (root / "seeds/gazeta-9.md").read_text(encoding="utf-8") == seed


@pytest.mark.parametrize("key", [INTERRUPT, END], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("answered", range(6))
def test_an_interruption_at_any_question_leaves_nothing_behind(root: Path, answered: int, key: str) -> None:
    terminal = Terminal(root, "--from", "https://gazeta.example/news/9")
    asked = [
        ("[n]:", "y"),
        ("[Gazeta]:", ""),
        ("Headline:", ""),
        ("Title:", "A strike"),
        ("Date:", "2025-12-15"),
        ("City:", "belgorod"),
    ]
    for prompt, text in asked[:answered]:
        terminal.answers(prompt, text)
    status, said = terminal.is_left(asked[answered][0], key)
    assert status == INTERRUPTED
    assert said.endswith("interrupted\n")
    assert new_files(root) == set()


def test_the_tab_key_completes_the_name_of_a_city(root: Path) -> None:
    pytest.importorskip("readline")
    terminal = Terminal(root, "A strike", "--date", "2025-12-01", "--source", "gazeta-2")
    terminal.answers("City:", "Rostov-o\t")
    terminal.answers("Kind:", "")
    assert terminal.ends()[0] == DONE
    assert "\ncity: rostov-on-don\n" in (root / STRIKE).read_text(encoding="utf-8")


def test_a_command_line_that_tells_all_is_asked_nothing(root: Path) -> None:
    terminal = Terminal(root, "A strike", "--date", "2025-12-01", "--city", "kursk")
    status, said = terminal.ends()
    assert (status, said) == (
        DONE,
        f"Wrote {STRIKE}\nIt will stand at incidents/2025-12-01-a-strike.html (a draft: name its sources to publish it)\n"
        f'Now write its text in {STRIKE}, in place of the line "What happened, where, and who says so."\n',
    )


def test_without_a_terminal_what_is_missing_is_named_and_nothing_is_read(root: Path) -> None:
    told = subprocess.run(
        (*COMMAND, "--root", str(root)), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout) == (USAGE, "")
    assert told.stderr == "chronicle new: the following arguments are required: TITLE, --city, --date\n"
    assert not (root / ".cache").exists()


def test_json_is_never_asked_for_more(root: Path) -> None:
    status, said = Terminal(root, "--json").ends()
    assert status == USAGE
    assert "TITLE, --city, --date" in said
