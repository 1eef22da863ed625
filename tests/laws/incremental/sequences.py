"""Sequences of edits, as Hypothesis draws them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings
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
)
from .values import BODIES, LOOKS, VALUES

STEPS = 10

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

kinds = st.sampled_from(["incident", "incident", "incident", *VALUES])
paths = kinds.flatmap(lambda kind: st.sampled_from(RECORDS[kind]))
records = paths.filter(lambda path: path != "site.yaml")


def _set(path: str) -> st.SearchStrategy[Edit]:
    values = VALUES[type_of(path)]
    return st.sampled_from(list(values)).flatmap(
        lambda key: st.sampled_from(values[key]).map(lambda value: Set(path, key, value))
    )


def _new_names(path: str) -> tuple[str, ...]:
    """Names that a file may get: another id, the name of another file, another language or year."""
    folder, _, name = path.rpartition("/")
    stem, dot, suffix = name.partition(".")
    beside = [other for other in RECORDS[type_of(path)] if other != path and other.rpartition("/")[0] == folder]
    names = [f"{folder}/{stem}-b{dot}{suffix}", *beside[:1]]
    if type_of(path) == "incident":
        names += [f"{folder}/{stem}.uk.md", f"content/incidents/2023/{name}", f"{folder}/2025-12-17-new.md"]
    return tuple(names)


def _renamed(path: str) -> st.SearchStrategy[Edit]:
    return st.builds(Rename, st.just(path), st.sampled_from(_new_names(path)), st.booleans())


def _copied(path: str) -> st.SearchStrategy[Edit]:
    return st.builds(Copy, st.just(path), st.sampled_from(_new_names(path)))


def _swapped(path: str) -> st.SearchStrategy[Edit]:
    return st.builds(Swap, st.just(path), st.sampled_from(RECORDS[type_of(path)]))


PUBLISHED = (
    "index.html", "incidents/2025-12-15-moscow-drone.html", "incidents/2025-12-15-belgorod-rocket.html", "about.html", "2025/12/15.html",
    "cities/kharkiv.html", "feeds/site.xml", "sitemap.xml", "static/style.css", "media/a.gif", "manifest.sha256",
)  # fmt: skip
NOT_OURS = (
    "notes.txt",
    "incidents/notes.txt",
    "mine/of/mine.txt",
    "cities/kharkiv-b.html",
    "about-b.html",
    "2026/01/04.html",
)

looks = st.sampled_from(list(LOOKS)).flatmap(
    lambda path: st.builds(Look, st.just(path), st.sampled_from([None, *range(len(LOOKS[path]))]))
)


def weighed(*choices: tuple[int, st.SearchStrategy[Edit]]) -> st.SearchStrategy[Edit]:
    """One of these, each as often as its number says; `one_of` would take no notice of repetition."""
    drawn = [number for number, (weight, _) in enumerate(choices) for _ in range(weight)]
    return st.sampled_from(drawn).flatmap(lambda number: choices[number][1])


edits_of_sources = weighed(
    (1, st.just(Edit())),
    (12, paths.flatmap(_set)),
    (3, st.builds(Body, records, st.sampled_from(BODIES))),
    (3, st.builds(SameSize, st.sampled_from([*PATHS, "templates/note.html"]))),
    (1, st.builds(Touch, st.sampled_from([*PATHS, "site.yaml", "templates/note.html"]))),
    (3, st.builds(Toggle, st.sampled_from(list(FILES)))),
    (3, records.flatmap(_renamed)),
    (1, records.flatmap(_copied)),
    (2, records.flatmap(_swapped)),
    (3, looks),
    (1, st.builds(Repaint, st.sampled_from(MEDIA))),
    (2, st.builds(Recreate, st.sampled_from(FOLDERS))),
    (1, st.builds(Empty, st.sampled_from(FOLDERS))),
)
edits_of_what_is_made = weighed(
    (3, st.builds(Tamper, st.sampled_from(PUBLISHED), st.sampled_from(["change", "same size", "truncate", "remove"]))),
    (3, st.builds(Foreign, st.sampled_from(NOT_OURS))),
    (4, st.sampled_from([LoseOutput(), LoseMemory(), OldMemory(), OtherEngine()])),
    (2, st.builds(DamageMemory, st.integers(0, 999), st.integers(1, 4000), st.booleans())),
)


def steps_of(edits: st.SearchStrategy[Edit], jobs: int = 1) -> st.SearchStrategy[Step]:
    """Steps with these edits, built by so many processes."""
    return st.builds(
        Step,
        edit=edits,
        hand=st.sampled_from(["in place", "renamed", "set back"]),
        embargo_ended=st.sampled_from([False, False, False, True]),
        drafts=st.sampled_from([False] * 7 + [True]),
        jobs=st.just(jobs),
        stays_wrong=st.sampled_from([False, False, False, True]),
    )


def sequences(jobs: int = 1) -> st.SearchStrategy[list[Step]]:
    """Ten steps; those that do nothing are passed over, so that a failing sequence shrinks to the few that matter."""
    steps = steps_of(weighed((4, edits_of_sources), (1, edits_of_what_is_made)), jobs)
    return st.lists(steps, min_size=STEPS, max_size=STEPS)


def tried(share: float) -> Callable[[Any], Any]:
    """A law tried with this share of the examples that the profile of Hypothesis asks for."""
    most = round(settings.default.max_examples * share) if settings.default else 0
    return settings(max_examples=most, suppress_health_check=list(HealthCheck))
