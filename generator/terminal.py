"""What the author of a chronicle is told in the terminal while the preview runs: lines to read, or a line of JSON each."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from .problems import Problem, as_line, errors
from .report import as_data, as_text, count_of, framed


class Terminal:
    """Standard output for what is done, standard error for problems, each line at once, as a program may be reading them."""

    def __init__(self, root: Path, *, json: bool, quiet: bool) -> None:
        self._root = root
        self._json = json
        self._quiet = quiet
        self._told: tuple[Problem, ...] = ()
        self._noted = ""

    def say(self, text: str, **data: Any) -> None:
        """A text for a person, or the data of it for a program."""
        if self._json:
            sys.stdout.write(msgspec.json.encode(data).decode() + "\n")
        elif not self._quiet:
            sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def note(self, text: str) -> None:
        """A notice, the first time that it is given."""
        if text and text != self._noted and not self._json:
            self.say(text)
        self._noted = text or self._noted

    def report(self, problems: Sequence[Problem], text: str, **data: Any) -> None:
        """What was done, after the problems found. Warnings that stood there before are not repeated."""
        if not self._json and (errors(problems) or tuple(problems) != self._told):
            self._print(problems)
        self._told = tuple(problems)
        self.say(text, **data, problems=[as_data(problem) for problem in problems])

    def _print(self, problems: Sequence[Problem]) -> None:
        is_read = sys.stderr.isatty()
        shown = framed(self._root, problems) if is_read else ()
        lines = [as_text(one, colour=not os.environ.get("NO_COLOR")) for one in shown] or [
            as_line(problem) for problem in problems
        ]
        sys.stderr.write("".join(f"{line}\n" for line in (*lines, count_of(problems)) if line))
        sys.stderr.flush()
