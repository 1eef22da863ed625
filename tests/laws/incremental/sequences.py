"""Sequences of edits, as Hypothesis draws them.

A step is made from a run of bytes, and a sequence from one string of them, so that Hypothesis draws each sequence afresh: of
lists it would rather vary a few, by repeating their parts. What of a failing one matters the law finds out in seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from .chronicle import FILES
from .edits import (
    Body,
    Copy,
    DamageMemory,
    Edit,
    Empty,
    Foreign,
    Look,
    LoseMemory,
    LoseOutput,
    OldMemory,
    OtherEngine,
    Recreate,
    Rename,
    Repaint,
    SameSize,
    Set,
    Step,
    Swap,
    Tamper,
    Toggle,
    Touch,
    Way,
)
from .values import BODIES, LOOKS, VALUES

T = TypeVar("T")

STEPS = 10
BYTES = 24
"""So many bytes make a step; each choice takes two."""

TYPES = {
    "content/incidents": "incident",
    "seeds": "source",
    "content/cities": "city",
    "content/publishers": "publisher",
    "content/waves": "wave",
    "content/pages": "page",
}
FOLDERS = (*TYPES, "content/incidents/2024", "content/incidents/2025", "content/media", "templates", "content")


def type_of(path: str) -> str:
    """The type of a file by its path; of a medium or template there is none."""
    if path.endswith(".ru.md"):
        return "translation"
    return "site" if path == "site.yaml" else next((TYPES[f] for f in TYPES if path.startswith(f"{f}/")), "")


RECORDS = {kind: [path for path in FILES if type_of(path) == kind] for kind in VALUES}
PATHS = [path for paths in RECORDS.values() for path in paths if path != "site.yaml"]
MEDIA = [path for path in FILES if path.endswith(".gif")]

PUBLISHED = (
    "index.html", "incidents/2025-12-15-moscow-drone.html", "incidents/2025-12-15-belgorod-rocket.html", "about.html", "2025/12/15.html",
    "cities/kharkiv.html", "feeds/site.xml", "sitemap.xml", "static/style.css", "media/a.gif", "manifest.sha256",
)  # fmt: skip
NOT_OURS = (
    "notes.txt", "incidents/notes.txt", "mine/of/mine.txt", "cities/kharkiv-b.html", "about-b.html", "2026/01/04.html",
)  # fmt: skip
OFTEN = ("private", "status", "embargo_until", "date", "city", "casualties", "sources")
"""Keys that decide where an entry stands, or whether it does."""

WAYS: tuple[Way, ...] = ("change", "same size", "truncate", "remove")


class Choices:
    """What a run of bytes chooses."""

    def __init__(self, data: bytes) -> None:
        self._numbers = iter(int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2))

    def one(self, options: Sequence[T]) -> T:
        return options[next(self._numbers) % len(options)]

    def number(self, most: int) -> int:
        return next(self._numbers) % (most + 1)

    def record(self) -> str:
        """The path of a record; incidents come more often."""
        return self.one(RECORDS[self.one(["incident", "incident", "incident", *TYPES.values(), "translation"])])

    def setting(self) -> Edit:
        path = self.one(["site.yaml", *10 * [self.record()]])
        values = VALUES[type_of(path)]
        key = self.one([*values, *2 * [key for key in OFTEN if key in values]])
        return Set(path, key, self.one(values[key]))

    def renamed(self) -> Edit:
        path = self.record()
        return Rename(path, self.one(new_names(path)), self.one([False, True]))

    def copied(self) -> Edit:
        path = self.record()
        return Copy(path, self.one(new_names(path)))

    def swapped(self) -> Edit:
        path = self.record()
        return Swap(path, self.one(RECORDS[type_of(path)]))

    def look(self) -> Edit:
        path = self.one(list(LOOKS))
        return Look(path, self.one([None, *range(len(LOOKS[path]))]))


def new_names(path: str) -> tuple[str, ...]:
    """Names that a file may get: another id, the name of another file, another language or year."""
    folder, _, name = path.rpartition("/")
    stem, dot, suffix = name.partition(".")
    beside = [other for other in RECORDS[type_of(path)] if other != path and other.rpartition("/")[0] == folder]
    names = [f"{folder}/{stem}-b{dot}{suffix}", *beside[:1]]
    if type_of(path) == "incident":
        names += [f"{folder}/{stem}.uk.md", f"content/incidents/2023/{name}", f"{folder}/2025-12-17-new.md"]
    return tuple(names)


Choice = Callable[[Choices], Edit]

OF_SOURCES: tuple[tuple[int, Choice], ...] = (
    (1, lambda c: Edit()),
    (12, Choices.setting),
    (3, lambda c: Body(c.record(), c.one(BODIES))),
    (3, lambda c: SameSize(c.one([*PATHS, *8 * ["templates/note.html"]]))),
    (1, lambda c: Touch(c.one([*PATHS, "site.yaml", "templates/note.html"]))),
    (3, lambda c: Toggle(c.one(list(FILES)))),
    (3, Choices.renamed),
    (1, Choices.copied),
    (2, Choices.swapped),
    (4, Choices.look),
    (1, lambda c: Repaint(c.one(MEDIA))),
    (2, lambda c: Recreate(c.one(FOLDERS))),
    (1, lambda c: Empty(c.one(FOLDERS))),
)
OF_WHAT_IS_MADE: tuple[tuple[int, Choice], ...] = (
    (3, lambda c: Tamper(c.one(PUBLISHED), c.one(WAYS))),
    (2, lambda c: Foreign(c.one(NOT_OURS))),
    (3, lambda c: c.one([LoseOutput(), LoseMemory(), OldMemory(), OtherEngine()])),
    (3, lambda c: DamageMemory(c.number(999), c.one([1, 10, 100, 5000]), c.one([False, False, False, True]))),
)


def step_of(data: bytes, edits: Sequence[tuple[int, Choice]], jobs: int) -> Step:
    """The step that a run of bytes stands for, with one of these edits, each as often as its number says."""
    choices = Choices(data)
    drawn = [edit for weight, edit in edits for _ in range(weight)]
    return Step(
        hand=choices.one(["in place", "renamed", "set back"]),
        embargo_ended=choices.one([False, False, False, True]),
        drafts=choices.one([*7 * [False], True]),
        jobs=jobs,
        stays_wrong=choices.one([False, False, False, True]),
        edit=choices.one(drawn)(choices),
    )


@st.composite
def sequences(
    draw: st.DrawFn,
    edits: Sequence[tuple[int, Choice]] = (*OF_SOURCES, *OF_WHAT_IS_MADE),
    number: int = STEPS,
    jobs: int = 1,
) -> list[Step]:
    """So many steps with these edits, built by so many processes."""
    data = draw(st.binary(min_size=number * BYTES, max_size=number * BYTES))
    return [step_of(data[at : at + BYTES], edits, jobs) for at in range(0, len(data), BYTES)]


def tried(share: float) -> Callable[[Any], Any]:
    """A law tried with this share of the examples that the profile of Hypothesis asks for."""
    most = round(settings.default.max_examples * share) if settings.default else 0
    return settings(max_examples=most, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
