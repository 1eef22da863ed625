"""What is kept between pages changes no page, and has a bound."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import generator
from generator.edition import edition
from generator.engine import engine_digest
from generator.memory import Memory
from generator.orders import Order
from generator.printing import page_bytes
from generator.render import renderer
from tests.chronicles import GOLDEN, NOW, copy_of

SHOWING = ("figures", "views", "outputs", "words", "date_words", "locales", "catalogue")
"""What the views of pages are made with."""


def kept() -> Iterator[Any]:
    """Every function there that keeps what it gave."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if module.name.split(".")[1] in SHOWING:
            found = vars(importlib.import_module(module.name)).values()
            yield from (
                thing
                for thing in found
                if getattr(thing, "__module__", "") == module.name and hasattr(thing, "cache_clear")
            )


def test_a_page_is_the_same_whatever_was_made_before_it(tmp_path: Path) -> None:
    """Tried with the first page of each template, since making one with nothing kept takes long."""
    root = copy_of(GOLDEN, tmp_path / "chronicle")
    functions = tuple(kept())
    with Memory(root / ".cache", engine_digest()) as memory:
        made = edition(Order(root=root, now=NOW), memory)
        assert made.desk and functions
        site, rendered = made.desk.site, renderer(made.sources.templates)
        in_order = {page.path: page_bytes(page, page.draft(), site, rendered) for page in made.plan.pages}
        for page in {page.template: page for page in reversed(made.plan.pages)}.values():
            for function in functions:
                function.cache_clear()
            assert page_bytes(page, page.draft(), site, rendered) == in_order[page.path], page.path


def test_what_grows_with_the_chronicle_is_kept_within_a_bound() -> None:
    """Without a bound stands only what is known of a type."""
    unbounded = {function.__name__ for function in kept() if function.cache_info().maxsize is None}
    assert unbounded <= {"_parts_of"}
