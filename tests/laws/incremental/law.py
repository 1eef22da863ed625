"""The law: after any edits the incremental site is the clean one, byte for byte, and so is all that is told of it."""

from __future__ import annotations

import contextlib
import importlib
import os
import pkgutil
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import msgspec
from hypothesis import note

from generator import outputs, views
from generator.build import Outcome
from generator.problems import Problem, errors
from generator.views.manners import Manner
from tests.chronicles import tree

from .edits import Step
from .world import World

MANIFEST = "manifest.sha256"
LEFT_BESIDE = {"content", "seeds", "templates", "site.yaml", "build", ".cache", ".build.lock"}


# ---------------------------------------------------------------- a machine to try it on


@contextlib.contextmanager
def small_limits() -> Iterator[None]:
    """Lists are split and work is spread over processes where there is little of it, and nothing waits for the disk."""
    with contextlib.ExitStack() as stack:
        for name, value in {
            "os.sync": lambda: None,
            "os.fsync": lambda file: None,
            "generator.workers.SERIAL_BELOW": 16,
            "generator.build.MANY": 4,
            "generator.content.MANY": 4,
            "generator.edition.MANY": 4,
        }.items():
            stack.enter_context(mock.patch(name, value))
        for package in (views, outputs):
            for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
                module = importlib.import_module(found.name)
                for name, value in list(vars(module).items()):
                    if (lower := _lowered(name, value)) is not None:
                        stack.enter_context(mock.patch.object(module, name, lower))
        yield


def _lowered(name: str, value: object) -> object:
    if isinstance(value, Manner):
        return msgspec.structs.replace(value, most=min(value.most, 4), limit=min(value.limit, 5))
    is_limit = isinstance(value, int) and (name.startswith(("MOST_", "FEW_")))
    return 4 if is_limit else None


@contextlib.contextmanager
def worlds() -> Iterator[World]:
    """A fresh chronicle in a folder of its own, in memory where that is possible."""
    shared = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=shared) as base, small_limits():
        yield World(Path(base))


# ---------------------------------------------------------------- the law


def holds(steps: Sequence[Step]) -> None:
    """Nothing, where the law holds after the first build and after every step; else the fault, told by the few steps that it needs."""
    try:
        take(steps)
    except Exception:
        few = needed(steps)
        for number, step in enumerate(few, 1):
            note(f"{number}. {step}")
        take(few)
        raise


def needed(steps: Sequence[Step]) -> Sequence[Step]:
    """The steps without those, each left out in turn, that it breaks without."""
    for at in reversed(range(len(steps))):
        fewer = [*steps[:at], *steps[at + 1 :]]
        try:
            take(fewer)
        except Exception:
            steps = fewer
    return steps


def take(steps: Sequence[Step]) -> None:
    """The first build and all steps, each judged."""
    with worlds() as world:
        follow(world, Step())
        for step in steps:
            if not step.stays_wrong:
                world.become(world.good)
            world.hand = step.hand
            step.edit.to(world)
            world.hand = "in place"
            follow(world, step)


def follow(world: World, step: Step) -> None:
    """The build of a step, judged by a clean one."""
    before, times = tree(world.out), world.times()
    memory = tree(world.memory)
    outcome = world.built(world.out, drafts=step.drafts, embargo_ended=step.embargo_ended, jobs=step.jobs)
    clean, expected = world.clean(drafts=step.drafts, embargo_ended=step.embargo_ended)
    blocked = sorted(world.foreign.keys() & expected.keys())
    assert about_sources(outcome) == about_sources(clean)
    world.is_settled = not errors(clean.problems) and not blocked and not step.drafts
    if errors(clean.problems) or blocked:
        assert errors(outcome.problems)
        assert (outcome.written, outcome.removed, outcome.total) == ((), (), 0)
        assert tree(world.out) == before
        assert world.times() == times
    else:
        world.good = world.sources()
        assert_it_is_the_clean_site(world, before, outcome, clean, expected)
    assert {path.name for path in world.root.iterdir()} <= LEFT_BESIDE
    assert_nothing_withheld_is_found(world, step)
    if world.is_settled:
        assert_a_second_build_writes_nothing(world, step, outcome)
        world.old_memory = memory


def about_sources(outcome: Outcome) -> tuple[Problem, ...]:
    """What is told of the chronicle itself; foreign files stand in one output folder alone."""
    return tuple(problem for problem in outcome.problems if problem.rule != "foreign-file")


def assert_it_is_the_clean_site(
    world: World, before: dict[str, bytes], outcome: Outcome, clean: Outcome, expected: dict[str, bytes]
) -> None:
    """The output is the clean site beside foreign files, and the build has told what it did."""
    found = tree(world.out)
    assert found.keys() == expected.keys() | world.foreign.keys()
    assert [path for path, data in (expected | world.foreign).items() if found[path] != data] == []
    assert world.empty_folders() == []
    listed = re.findall(r"^[0-9a-f]{64}  (.+)$", found[MANIFEST].decode(), re.MULTILINE)
    assert listed == sorted(expected.keys() - {MANIFEST})
    told = [problem.path for problem in outcome.problems if problem.rule == "foreign-file"]
    assert told == [f"build/{path}" for path in sorted(world.foreign)]
    changed = {path for path in expected if before.get(path) != expected[path]} - {MANIFEST}
    assert changed <= set(outcome.written) <= expected.keys()
    gone = before.keys() - expected.keys() - world.foreign.keys() - {MANIFEST}
    assert gone <= set(outcome.removed)
    assert not set(outcome.removed) & expected.keys()
    assert outcome.total == clean.total == len(listed)


def assert_a_second_build_writes_nothing(world: World, step: Step, first: Outcome) -> None:
    """Nothing is written by the next build; where the memory was lost, and this was told, by the one after it."""
    if first.notice:
        site = tree(world.out)
        first = world.built(world.out, drafts=False, embargo_ended=step.embargo_ended)
        assert tree(world.out) == site
    times = world.times()
    again = world.built(world.out, drafts=False, embargo_ended=step.embargo_ended, jobs=step.jobs)
    assert (again.written, again.removed) == ((), ())
    assert (again.problems, again.total) == (first.problems, first.total)
    assert world.times() == times


# ---------------------------------------------------------------- withheld

_MARK = re.compile(rb"canary[a-z]+")
_SECRET = re.compile(rb"SECRET-[A-Z]+")
_ID = re.compile(rb"[a-z0-9]+(?:-[a-z0-9]+)*")
_LINE = {
    key: re.compile(rb"^%b: (.+)$" % key.encode(), re.MULTILINE)
    for key in ("status", "embargo_until", "private", "previous_ids")
}


class Withheld(NamedTuple):
    """What may not be found: the ids of withheld files, the telling words in them, and private values."""

    ids: set[bytes]
    words: set[bytes]
    private: set[bytes]


def assert_nothing_withheld_is_found(world: World, step: Step) -> None:
    """Nothing withheld is in the output, its ids included, nor in the memory; a build with drafts may show what is no private value."""
    held = withheld(world, step.embargo_ended)
    memory = b"".join(data for path, data in tree(world.memory).items() if not path.endswith(".aside"))
    assert [word for word in sorted(held.words | held.private) if word in memory] == []
    if world.is_settled:
        output = b"\n".join(path.encode() + b"\n" + data for path, data in tree(world.out).items())
        assert [word for word in sorted(held.words | held.private) if word in output] == []
        assert held.ids & set(_ID.findall(output)) == set()


def withheld(world: World, embargo_ended: bool) -> Withheld:
    """What is withheld now, read from the files without the code under test."""
    files = {path: data for path, data in world.sources().items() if path.endswith(".md")}
    ids = {_id(path) for path, data in files.items() if is_held(path, data, embargo_ended)}
    held = {path: data for path, data in files.items() if path.startswith("content/incidents/") and _id(path) in ids}
    public = b"\n".join(files[path] for path in files.keys() - held.keys())
    former = set(_ID.findall(b" ".join(_LINE["previous_ids"].findall(public))))
    words = set(_MARK.findall(b"\n".join(held.values()))) - set(_MARK.findall(public))
    private = set(
        _SECRET.findall(b"\n".join(line for data in files.values() for line in _LINE["private"].findall(data)))
    )
    return Withheld(ids - former, words, private)


def _id(path: str) -> bytes:
    return path.rpartition("/")[2].partition(".")[0].encode()


def is_held(path: str, data: bytes, embargo_ended: bool) -> bool:
    """Whether an incident says that it is withheld; of the embargoes here one ends in June, the other before every build."""
    status, embargo = (_LINE[key].search(data) for key in ("status", "embargo_until"))
    lasts = embargo is not None and embargo[1].startswith(b"2026-06") and not embargo_ended
    is_draft = status is not None and status[1] in (b"draft", b"darft")
    return path.startswith("content/incidents/") and (lasts or is_draft)
