"""Compiled templates print what Jinja prints: for our own templates on whole sites, and for any template of a small language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from generator.edition import edition
from generator.engine import engine_digest
from generator.memory import Memory
from generator.orders import Order
from generator.render import renderer, templates
from generator.render.functions import page_functions
from generator.render.jinja import environment_of, printed_by_jinja
from tests.chronicles import GOLDEN, NOW

ROOT = Path(__file__).parents[2]
SITE = SimpleNamespace(title="t")


def _outcome(make: Callable[[], object]) -> object:
    """A page, a problem, or the type of an exception."""
    try:
        made = make()
    except Exception as error:
        return type(error)
    return made.encode() if isinstance(made, str) else made


@pytest.mark.parametrize("chronicle", [GOLDEN, ROOT], ids=["golden", "repository"])
def test_every_page_of_a_site_is_printed_as_jinja_prints_it(chronicle: Path, tmp_path: Path) -> None:
    with Memory(tmp_path / "memory", engine_digest()) as memory:
        made = edition(Order(root=chronicle, now=NOW), memory)
    assert made.desk is not None
    found = made.sources.templates
    environment, rendered = environment_of(found.texts), renderer(found)
    pages = [page for page in made.plan.pages if page.template]
    assert len(pages) > 40
    for page in pages:
        view = page.make()
        assert rendered(page.template, made.desk.site, view) == _outcome(
            lambda page=page, view=view: printed_by_jinja(environment, page.template, made.desk.site, view)
        ), page.path
    functions = page_functions(tuple(sorted(found.texts.items())))
    for name in {page.template for page in pages}:
        assert functions.of(name) is not None, f"{name} is left to Jinja"


# ---------------------------------------------------------------- any template

VIEW = SimpleNamespace(
    text="<a> & 'b' \"c\" 100 %",
    html=Markup("<b>%s</b>"),
    number=3,
    none=None,
    yes=True,
    mixed=("x", "<y>", Markup("<z>"), 4),
    pairs=(("a", 1), ("<b>", 2)),
    cards=(SimpleNamespace(text="<1>", path="one"), SimpleNamespace(text="2", path=Markup("&amp;"))),
    table={"text": "in a table", "items": 1},
    call=lambda *args: "".join(map(str, args)),
)

Texts = st.SearchStrategy[str]


def form(pattern: str, *parts: Texts) -> Texts:
    """The pattern with what is drawn in the place of each `§`."""
    pieces = pattern.split("§")
    return st.tuples(*parts).map(lambda drawn: "".join(a + b for a, b in zip(pieces, (*drawn, ""), strict=True)))


def mostly(common: list[str], rare: list[str]) -> Texts:
    return st.sampled_from([*common * (60 * len(rare) // len(common) + 1), *rare])


def values(names: tuple[str, ...], macros: tuple[str, ...]) -> Texts:
    """Expressions that mostly have a value, where these names have one and these macros take the view and a value."""
    right = [f"page.{name}" for name in ("text", "html", "number", "none", "yes", "mixed", "mixed[0]", "table['text']")]
    constants = ["'<c>'", "'%d'", "1", "0", "true", "none", "''", "()"]
    wrong = ["page.missing", "unknown", "page.table.text", "page.table.items", "page", "page.mixed[9]", "1.5", "[]"]
    filters = mostly(["string", "capitalize"], ["length", "upper", "default(1)"])
    calls = [st.just(f"{name}(page, '<')") for name in macros]

    def deeper(inner: Texts) -> Texts:
        return st.one_of(
            form("(§ § §)", inner, st.sampled_from(["and", "or", "~", "~", "==", "!="]), inner),
            form("(not §)", inner),
            form("(§ if § else §)", inner, inner, inner),
            form("(§ | §)", inner, filters),
            form(
                "(page.§ | join(§))", st.sampled_from(["mixed", "text"]), st.sampled_from(["', '", "'<'", "page.html"])
            ),
            form("(page.§ | map(attribute='text') | join('<'))", mostly(["cards"], ["mixed"])),
            form("(§, §)", inner, inner),
            form("page.§(§)", st.sampled_from(["call", "table.get"]), inner),
            *(form(f"{name}(page, §)", inner) for name in macros),
        )

    return st.recursive(st.one_of(mostly([*right, *names, *names, *constants], wrong), *calls), deeper, max_leaves=3)


def statements(names: tuple[str, ...], macros: tuple[str, ...]) -> Texts:
    """Statements that print."""
    value = values(names, macros)
    data = st.sampled_from(["a", "<p>", "%", "%s", "{}", " é–\n", "'", '"', "\\n", "\n  "])
    inside = values((*names, "item", "item", "loop.index0"), macros)
    items = mostly(["page.mixed", "page.cards", "()", "page.text"], ["page.none", "page.call"])

    def deeper(inner: Texts) -> Texts:
        return st.one_of(
            form("§§", inner, inner),
            form("{% if § %}§{% endif %}", value, inner),
            form("{% if § %}§{% elif § %}§{% else %}§{% endif %}", value, inner, value, inner, inner),
            form("{% for item in § %}§{{ § }}{% endfor %}", items, inner, inside),
            form("{% for item in § %}{{ loop.§ }}§{{ § }}{% else %}§{% endfor %}", items, COUNTS, inner, inside, inner),
            form("{% for item, text in page.pairs %}{{ text }}§{{ § }}{% endfor %}", inner, inside),
        )

    return st.recursive(st.one_of(form("{{ § }}", value), data), deeper, max_leaves=4)


COUNTS = mostly(["index", "index0", "first", "last"], ["length"])
LIB = form(
    "{% macro m(page, b='<') %}§{% endmacro %}\n"
    "{% macro n(page, text) %}§{{ m(page) }}{{ m(b=text, page=page) }}{% endmacro %}",
    statements(("b",), ()),
    statements(("text",), ("m",)),
)
BASE = form(
    "{% import 'lib.html' as lib %}§<title>§</title>"
    "{% block main %}{% for item in page.mixed %}§{% block other %}§{% endblock %}{% endfor %}{% endblock %}§",
    st.sampled_from(["", "{% set root = 'base' %}"]),
    statements((), ("lib.m",)),
    statements(("item",), ("lib.n",)),
    statements((), ("lib.m",)),
    statements((), ("lib.m",)),
)
PAGE = form(
    "{% extends 'base.html' %}\n{% import 'lib.html' as lib %}{% set root = § %}\n"
    "{% macro own(page, item=1) %}§{% endmacro %}{% block § %}§{% endblock %}{% block more %}§{% endblock %}",
    values((), ()),
    statements(("root", "item", "site.title"), ("lib.m",)),
    st.sampled_from(["main", "other"]),
    statements(("root",), ("lib.m", "own")),
    statements(("root",), ("lib.n", "own")),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LIB, BASE, PAGE)
def test_any_template_prints_what_jinja_prints(lib: str, base: str, page: str) -> None:
    texts = {"lib.html": lib, "base.html": base, "page.html": page}
    found, environment = templates(texts), environment_of(texts)
    by_jinja = _outcome(lambda: printed_by_jinja(environment, "page.html", SITE, VIEW))
    function = page_functions(tuple(sorted(texts.items()))).of("page.html")
    event(f"{'compiled' if function else 'left to Jinja'}, {type(by_jinja).__name__}")
    assert _outcome(lambda: renderer(found)("page.html", SITE, VIEW)) == by_jinja
