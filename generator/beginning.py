"""The beginning of an entry: what a chronicle holds, what the command line tells, what is asked, and what is written."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import msgspec

from .body_rules import PLACEHOLDER
from .dialogue import MOST_CHOICES, Begun, Refusal
from .engine import engine_digest
from .files import read_text_at
from .interview import interviewed
from .known import Known, known_of
from .memory import Memory
from .newentry import Written, likeness, similar, write_entry
from .orders import MEMORY_FOLDER
from .problems import Problem
from .questions import answered, needs_id
from .sources import read_sources
from .survey import survey
from .workers import processors, uncollected

REQUIRED = {"title": "TITLE", "city": "--city", "date": "--date"}


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What a command line tells of a new entry; `origin` is the report it begins with, `seed` that this gets a seed where none holds it."""

    title: str = ""
    city: str = ""
    date: str = ""
    origin: str = ""
    sources: tuple[str, ...] = ()
    kind: str = ""
    id: str = ""
    seed: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """What is needed and not told, as it is called on the command line; a seed may tell the city."""
        return tuple(
            name for key, name in REQUIRED.items() if not getattr(self, key) and not (key == "city" and self.origin)
        )


class Beginning(msgspec.Struct, frozen=True, kw_only=True):
    """What was written, or why nothing was: problems, or an author who found the entry told already (with neither).

    `held` says which seed holds the address that was given, `similar` which files may tell the same, and `likeness` why each; they are left out where
    somebody was asked and has seen them.
    """

    problems: tuple[Problem, ...] = ()
    written: Written | None = None
    held: str = ""
    similar: tuple[str, ...] = ()
    likeness: tuple[str, ...] = ()

    @property
    def _near(self) -> list[tuple[str, str]]:
        return [*zip(self.similar, self.likeness, strict=True)][:MOST_CHOICES]

    @property
    def told(self) -> dict[str, object]:
        """What `--json` prints of what was written."""
        new = self.written
        if new is None:
            return {}
        data = {"file": new.path, "seed": new.seed, "page": new.address, "draft": new.is_draft}
        return {**data, "similar": list(self.similar)}

    @property
    def text(self) -> str:
        """What a person reads of what was written."""
        if self.written is None:
            return "Nothing was written."
        new = self.written
        draft = " (a draft: name its sources to publish it)" if new.is_draft else ""
        lines = [f"seeds/{self.held}.md holds the address that was given; it is cited." if self.held else ""]
        lines += [f"This may be told already in {path} ({why})" for path, why in self._near]
        lines += [
            f"Wrote {new.seed}" if new.seed else "",
            f"Wrote {new.path}",
            f"It will stand at {new.address}{draft}",
            f'Now write its text in {new.path}, in place of the line "{PLACEHOLDER}"',
        ]
        return "\n".join(filter(None, lines))


def begin(root: Path, now: datetime.datetime, given: Given, asks: bool) -> Beginning:
    """The new entry, written; where somebody can answer, what is missing is asked for."""
    known = read_known(root, now)
    if not isinstance(known, Known):
        return Beginning(problems=known)
    today = now.date()
    begun, faults = begun_of(known, given, today)
    if asks:
        begun, faults = interviewed(known, _asking(begun, given), faults, today), ()
    elif not faults:
        begun, faults = _unasked(known, begun, today)
    if faults or begun.dropped:
        return Beginning(problems=faults)
    near = () if asks else similar(known, begun.wanted)
    held = "" if asks or begun.report is None or not begun.report.held else begun.report.cite
    written = write_entry(root, known, begun.wanted, begun.seed, today)
    if isinstance(written, Problem):
        return Beginning(problems=(written,))
    why = tuple(likeness(begun.wanted, entry) for entry in near)
    return Beginning(written=written, held=held, similar=tuple(entry.path for entry in near), likeness=why)


def read_known(root: Path, now: datetime.datetime) -> Known | tuple[Problem, ...]:
    """What a chronicle holds; or what is wrong with its settings, without which nothing can be said."""
    with Memory(root / MEMORY_FOLDER, engine_digest()) as memory, uncollected():
        sources = read_sources(root, survey(root, memory.known_files()), memory, now, processors())
    settings = sources.settings.settings
    if settings is None:
        return sources.settings.problems

    def text_of(path: str) -> str:
        text = read_text_at(root, path)
        return "" if isinstance(text, Problem) else text.text

    return known_of(settings, sources.files, text_of)


def begun_of(known: Known, given: Given, today: datetime.date) -> tuple[Begun, tuple[Problem, ...]]:
    """What the command line tells, as far as it does, and what is wrong with the rest."""
    begun, faults = Begun(), []
    for key, text in _told(given):
        taken = answered(known, begun, key, text, today)
        if isinstance(taken, Refusal):
            faults.append(taken.problem)
        else:
            begun = taken
    return begun, tuple(faults)


def _told(given: Given) -> Iterator[tuple[str, str]]:
    sources = [given.origin, *given.sources] if given.origin else given.sources
    yield from (("source", source) for source in sources)
    if given.seed:
        yield "seed", "y"
    yield from ((key, text) for key in ("title", "date", "city", "kind", "id") if (text := getattr(given, key)))


def _asking(begun: Begun, given: Given) -> Begun:
    """What is told so far; a command line that tells all that is needed is not asked for what may be left out."""
    is_whole = bool(given.title and given.city and given.date)
    return (
        msgspec.structs.replace(begun, asked=begun.asked | {"source", "seed", "publisher", "headline", "kind"})
        if is_whole
        else begun
    )


def _unasked(known: Known, begun: Begun, today: datetime.date) -> tuple[Begun, tuple[Problem, ...]]:
    """What is told, with the city that the report names, and an id; or why that does not do."""
    named = begun.report.city if begun.report and not begun.wanted.city else begun.wanted.city
    for key, text in (("city", named), *((("id", ""),) if needs_id(known, begun) else ())):
        taken = answered(known, begun, key, text, today)
        if isinstance(taken, Refusal):
            return begun, (taken.problem,)
        begun = taken
    return begun, ()
