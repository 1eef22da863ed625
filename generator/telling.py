"""What a check tells: for a person on standard error, for a code host on standard output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from .abridged import abridged, grouped, more_lines
from .annotations import annotations_of
from .problems import Problem, as_line
from .report import Framed, as_text, count_of, framed
from .sarif import sarif_of


class Manner(msgspec.Struct, frozen=True, kw_only=True):
    """How problems are told: in which format, whether on a terminal and in colour, and whether each of many."""

    format: str
    is_terminal: bool
    has_colour: bool
    is_whole: bool


class Telling(msgspec.Struct, frozen=True):
    """The text for standard output and that for standard error."""

    out: str = ""
    err: str = ""


def telling_of(problems: Sequence[Problem], root: Path, folder: str, manner: Manner) -> Telling:
    """What is told of some problems; `folder` leads from the present folder to the chronicle's root."""
    if manner.format == "sarif":
        log = msgspec.json.encode(sarif_of(problems, folder))
        return Telling(out=_text((msgspec.json.format(log, indent=1).decode(),)))
    groups = grouped(problems) if manner.is_whole else abridged(problems)
    if manner.format == "github":
        return Telling(out=_text(annotations_of(groups, folder)))
    lines = [line for group in groups for line in (*_lines(group.problems, root, manner), *more_lines(group))]
    return Telling(err=_text((*lines, count_of(problems)) if lines else ()))


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _lines(problems: Sequence[Problem], root: Path, manner: Manner) -> Iterator[str]:
    """Problems one by one; on a terminal with the lines they are about, but for notes."""
    if not manner.is_terminal:
        yield from map(as_line, problems)
        return
    is_note = problems[0].severity == "note"
    for told in (Framed(problem, "") for problem in problems) if is_note else framed(root, problems):
        yield as_text(told, colour=manner.has_colour)
