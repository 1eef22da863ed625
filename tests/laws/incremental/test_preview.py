"""Whatever is edited while a preview runs, it shows what would be built: what it retells at once, and what it renews after."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest import mock

from hypothesis import given

from generator.edition import Edition, edition
from generator.engine import engine_digest
from generator.guard import Request
from generator.memory import Memory
from generator.orders import Order
from generator.preview import Preview
from generator.problems import errors
from generator.showing import Showing
from generator.terminal import Terminal
from tests.chronicles import NOW

from .edits import Set, Step
from .law import MANIFEST, worlds
from .sequences import OF_SOURCES, Choice, Choices, sequences, tried
from .world import World

OF_WORDS: tuple[tuple[int, Choice], ...] = tuple(
    (weight, choice) for weight, choice in OF_SOURCES if choice is Choices.setting or weight == 3
)


def made_anew(world: World, drafts: bool) -> Edition:
    """The edition of the files as they stand, made from nothing."""
    with tempfile.TemporaryDirectory() as folder, Memory(Path(folder), engine_digest()) as memory:
        return edition(Order(root=world.root, now=NOW, drafts=drafts), memory)


def keys(pages: object) -> dict[str, str]:
    return {page.path: page.key for page in pages}  # type: ignore[attr-defined]


def shown_keys(preview: Preview) -> dict[str, str]:
    return keys(preview.board.showing.pages.values())


def follow(steps: Sequence[Step], drafts: bool, judge: Callable[[World, Preview, Step, Showing], None]) -> None:
    """A preview that runs while all steps are taken, judged after each."""
    with worlds() as world:
        order = Order(root=world.root, now=NOW, drafts=drafts)
        preview = Preview(order, Terminal(world.root, json=False, quiet=True))
        for number, step in enumerate(steps, 1):
            print(f"{number}. {step}")
            before = world.sources()
            if not step.stays_wrong:
                world.become(world.good)
            world.hand = step.hand
            step.edit.to(world)
            world.hand = "in place"
            after = world.sources()
            changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
            showing = preview.board.showing
            preview._retell([f"{world.root / path}" for path in sorted(changed)])
            judge(world, preview, step, showing)
            preview.refresh()


def assert_it_is_the_site(world: World, preview: Preview, step: Step, _: Showing) -> None:
    """What is shown is what would be built, and the same is told of it; with errors the last good site stays."""
    before = shown_keys(preview)
    preview.refresh()
    made = made_anew(world, preview.board.showing.drafts)
    if errors(made.problems):
        assert preview.board.showing.problems == made.problems
        assert preview.board.showing.faults
        assert shown_keys(preview) == before
    elif not preview.board.showing.faults:  # of its templates
        assert preview.board.showing.problems == made.problems
        assert shown_keys(preview) == keys(made.plan.pages)
        world.good = world.sources()
    else:
        assert step.edit.path.startswith("templates/") or step.stays_wrong


def assert_what_is_retold_is_true(world: World, preview: Preview, step: Step, former: Showing) -> None:
    """What an edit shows before anything is looked at in the folders is what would be built, where nothing is wrong."""
    made = made_anew(world, preview.board.showing.drafts)
    if preview.board.showing is not former and not preview.board.showing.faults and not errors(made.problems):
        assert shown_keys(preview) == keys(made.plan.pages)
        told.append(step)
    if errors(made.problems):
        return
    world.good = world.sources()


told: list[Step] = []


@tried(0.3)
@given(sequences(OF_SOURCES))
def test_after_any_edits_the_preview_shows_what_would_be_built(steps: Sequence[Step]) -> None:
    with mock.patch("generator.memory.CLOCK_STEP_NS", 0):
        follow(steps, steps[0].drafts, assert_it_is_the_site)


@tried(0.3)
@given(sequences(OF_WORDS))
def test_what_is_shown_at_once_after_a_save_is_what_would_be_built(steps: Sequence[Step]) -> None:
    follow(steps, steps[0].drafts, assert_what_is_retold_is_true)


def test_some_edits_are_retold() -> None:
    """Or the law above would hold for nothing."""
    del told[:]
    words = [
        Set("content/incidents/2025/2025-12-15-moscow-drone.md", "title", "Another title"),
        Set("content/incidents/2025/2025-12-15-moscow-drone.md", "tags", "[energy, fuel]"),
        Set("content/incidents/2025/2025-12-15-moscow-drone.md", "kind", "rocket"),
        Set("content/incidents/2025/2025-12-15-moscow-drone.md", "date", "2025-12-12/2025-12-13"),
        Set("content/incidents/2025/2025-12-15-moscow-drone.md", "city", "kharkiv"),
        Set("content/incidents/2025/2025-12-15-belgorod-rocket.md", "date", "2026-02"),
        Set("content/incidents/2025/2025-12-15-belgorod-rocket.md", "relations", "[2025-07-fire]"),
        Set("seeds/wire-1.md", "title", "Another title"),
        Set("content/cities/kharkiv.md", "region", "A region"),
        Set("content/waves/winter.md", "title", "Another winter"),
        Set("content/publishers/wire.md", "note", "Another note."),
        Set("content/pages/method.md", "title", "Another method"),
        Set("content/incidents/2025/2025-12-15-belgorod-rocket.ru.md", "title", "Другой"),
    ]
    steps = [Step(edit) for edit in words]
    follow(steps, False, assert_what_is_retold_is_true)
    assert told == steps


def test_what_a_preview_serves_is_what_a_build_writes_after_edits() -> None:
    def judge(world: World, preview: Preview, step: Step, _: Showing) -> None:
        preview.refresh()
        world.good = world.sources()
        _, site = world.clean(drafts=False, embargo_ended=False)
        for path in site.keys() - {MANIFEST}:
            body = preview.answer(Request("GET", path)).body
            assert isinstance(body, bytes)
            before, _, after = body.partition(b"<chronicle-preview")
            assert before + after.partition(b"</script>")[2] == site[path], path

    edits = [
        Set("content/incidents/2025/2025-12-15-moscow-drone.md", "title", "Another title"),
        Set("content/incidents/2025/2025-12-15-moscow-drone.md", "date", "2025-12-13"),
        Set("content/incidents/2025/2025-12-15-belgorod-rocket.md", "casualties", "{injured: 2-4}"),
        Set("site.yaml", "tagline", "Another line."),
    ]
    follow([Step(edit) for edit in edits], False, judge)
