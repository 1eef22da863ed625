"""Pages with equal keys have equal bytes, over chronicles that differ by one edit or a few; and every key can be edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import pytest
from hypothesis import given, note

from generator.edition import edition
from generator.engine import engine_digest
from generator.memory import Memory
from generator.orders import Order
from generator.problems import errors
from generator.reader import authored_fields
from generator.schema import SCHEMAS
from tests.chronicles import NOW

from .edits import Step
from .law import worlds
from .sequences import OF_SOURCES, sequences, tried
from .values import VALUES
from .world import EMBARGO_ENDED, World


@tried(0.5)
@given(sequences(OF_SOURCES, number=3))
def test_pages_with_equal_keys_have_equal_bytes(steps: Sequence[Step]) -> None:
    known: dict[str, tuple[str, bytes]] = {}
    with worlds() as world:
        for step in (Step(), *steps):
            note(f"{step}")
            step.edit.to(world)
            for key, path, data in pages_of(world, step):
                assert known.setdefault(key, (path, data)) == (path, data)


def pages_of(world: World, step: Step) -> Iterator[tuple[str, str, bytes]]:
    """Key, path and bytes of every page of the chronicle as it stands; none where it cannot be published."""
    outcome, site = world.clean(drafts=step.drafts, embargo_ended=step.embargo_ended)
    if not errors(outcome.problems):
        order = Order(root=world.root, now=EMBARGO_ENDED if step.embargo_ended else NOW, drafts=step.drafts)
        with Memory(world.memory, engine_digest()) as memory:
            planned = edition(order, memory).plan
        yield from ((page.key, page.path, site[page.path]) for page in planned.pages)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_key_that_an_author_may_write_is_edited(kind: str) -> None:
    assert set(keys_of(SCHEMAS[kind])) == VALUES[kind].keys()


def keys_of(cls: type[msgspec.Struct]) -> Iterator[str]:
    for field in authored_fields(cls):
        yield from keys_of(field.part) if field.part else (field.name,)
