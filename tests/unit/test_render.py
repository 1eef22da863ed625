"""Templates: what they print, what is wrong with one, and what is kept of those that were compiled."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from markupsafe import Markup, escape

from generator.files import digest
from generator.problems import Problem
from generator.render import Rendering, renderer, templates
from generator.render.functions import page_functions
from generator.render.jinja import environment_of, printed_by_jinja
from generator.render.printing import printed

SITE = SimpleNamespace(title="A & B", tags=("one", "two"))
VIEW = SimpleNamespace(
    title="<Title>",
    html=Markup("<b>bold</b>"),
    number=0,
    nothing=None,
    words=["a", "b>"],
    mixed=["<", Markup("<i>")],
    table={"key": "of a table"},
    links=(SimpleNamespace(text="One", path="1.html"), SimpleNamespace(text="Two", path="2.html")),
    absolute=lambda path: f"https://example.org/{path}",
)

BASE = "<title>{{ page.title }}</title>\n{% block main %}{% endblock %}\n"


def rendering(**texts: str) -> Rendering:
    page_functions.cache_clear()
    return renderer(templates({f"{name}.html": text for name, text in texts.items()}))


def told(**texts: str) -> str:
    """What the template `page` prints."""
    data = rendering(**texts)("page.html", SITE, VIEW)
    assert isinstance(data, bytes), data
    return data.decode()


def fault(**texts: str) -> Problem:
    problem = rendering(**texts)("page.html", SITE, VIEW)
    assert isinstance(problem, Problem)
    return problem


def is_compiled(**texts: str) -> bool:
    found = templates({f"{name}.html": text for name, text in texts.items()})
    return page_functions(tuple(sorted(found.texts.items()))).of("page.html") is not None


# ---------------------------------------------------------------- what is printed


@pytest.mark.parametrize("value", ["", "<a href='x'>&\"", "–", Markup("<b>"), 0, 12, True, None, 1.5, VIEW.words])
def test_a_value_is_printed_as_jinja_escapes_it(value: Any) -> None:
    text = printed(value)
    assert type(text) is str
    assert text == escape(value)


@pytest.mark.parametrize(
    "text",
    [
        "100 % of {{ page.title }} %s %%",
        "{{ page.html }} {{ page.html ~ page.title }} {{ page.title ~ 1 }} {{ page.number }} {{ page.nothing }}",
        "{{ page.words | join(', ') }} {{ page.mixed | join('&') }} {{ page.links | map(attribute='text') | join(' ') }}",
        "{{ page.links | length }} {{ page.title | capitalize }} {{ (page.number | string) ~ 1 }}",
        "{% for a in page.words %}{{ loop.index }}{% if not loop.last %}, {% endif %}{% else %}none{% endfor %}",
        "{% for a in page.nothing or () %}{{ a }}{% else %}none{% endfor %}",
        "{% for a in page.words %}{% for b in page.words %}{{ loop.index0 }}{{ a }}{{ b }}{% endfor %}{{ loop.first }}{% endfor %}",
        "{% macro m(a, class='<') %}{{ a }}{{ class }}{% endmacro %}{{ m(m(1, class=2)) }}{% if m('') %}yes{% endif %}",
        "{% macro m(n) %}{{ n }}{% for a in n %}{{ m(()) }}{% endfor %}{% endmacro %}{{ m(page.words) }}",
        "{{ page.absolute('a&b') }} {{ page.words[1] }} {{ page.table.get('key', '') }} {{ 'a' if page.number else 'b' }}",
        "{% if page.number == 0 and site.title != '' %}1{% elif page.title in page.words %}2{% else %}3{% endif %}",
        "{% set root = page.title %}{% macro m() %}{{ root }}{% endmacro %}\n{{ m() }}",
    ],
)
def test_a_compiled_template_prints_what_jinja_prints(text: str) -> None:
    assert is_compiled(page=text)
    assert told(page=text) == printed_by_jinja(environment_of({"page.html": text}), "page.html", SITE, VIEW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% filter upper %}{{ page.title }}{% endfilter %}", "&LT;TITLE&GT;"),
        ("{{ page.words | first }}{{ range(3) | join }}", "a012"),
        ("{% if page.missing is defined %}1{% else %}2{% endif %}", "2"),
        ("{{ page.missing | default('none') }}", "none"),
        ("{% for a in page.words if a == 'a' %}{{ a }}{% endfor %}", "a"),
        ("{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %}", "x"),
        ("{% set n = 1 %}{% if true %}{% set n = 2 %}{% endif %}{{ n }}", "2"),
        ("{{ m is defined }}{% macro m() %}{% endmacro %}", "False"),
        ("{% macro m() %}1{% endmacro %}{% macro m() %}2{% endmacro %}{{ m() }}", "2"),
        ("{% set n = 1 %}{% set n = 2 %}{{ n }}", "2"),
        ("{% with a = 1 %}{{ a + 1 }}{% endwith %}", "2"),
        ("{{ (page.words | length) * 2 }}", "4"),
        ("{% include 'other.html' %}", "other"),
        ("{% from 'parts.html' import m %}{{ m() }}", "part"),
        ("{% import 'parts.html' as part %}{{ part.number }}", "7"),
    ],
)
def test_what_is_not_compiled_is_left_to_jinja(text: str, expected: str) -> None:
    others = {"other": "other", "parts": "{% set number = 7 %}{% macro m() %}part{% endmacro %}"}
    assert not is_compiled(page=text, **others)
    assert told(page=text, **others) == expected


def test_a_block_sees_what_the_extended_template_binds_and_a_macro_what_its_own_does() -> None:
    base = "{% block a %}{% endblock %}"
    middle = "{% extends 'base.html' %}{% set x = 'middle' %}{% block a %}{% block b %}{% endblock %}{% endblock %}"
    page = (
        "{% extends 'middle.html' %}{% set x = 'page' %}{% macro m() %}{{ x }}{% endmacro %}"
        "{% block b %}{{ x }} {{ m() }}{% endblock %}"
    )
    assert is_compiled(base=base, middle=middle, page=page)
    assert told(base=base, middle=middle, page=page) == "middle page"


def test_a_field_of_a_table_is_found_on_every_page() -> None:
    printing = rendering(page="{{ page.table.key }}")
    assert [printing("page.html", SITE, VIEW) for _ in range(3)] == [b"of a table"] * 3


# ---------------------------------------------------------------- what is wrong


def test_an_unknown_name_is_a_problem_at_its_line() -> None:
    problem = fault(base=BASE, page="{% extends 'base.html' %}\n{% block main %}\n{{ page.titel }}{% endblock %}")
    assert problem.place == "templates/page.html:3:1"
    assert problem.message == '"titel" is undefined in SimpleNamespace'


def test_a_problem_in_a_macro_is_told_where_the_macro_stands() -> None:
    page = "{% import 'parts.html' as part %}\n{{ part.m(page) }}"
    problem = fault(parts="{% macro m(card) %}\n\n{{ card.titel }}{% endmacro %}", page=page)
    assert problem.place == "templates/parts.html:3:1"


def test_an_imported_macro_sees_nothing_but_its_arguments() -> None:
    page = "{% import 'parts.html' as part %}{% set root = 1 %}{{ part.m() }}"
    for name in ("page", "site", "root"):
        problem = fault(parts=f"{{% macro m() %}}{{{{ {name} }}}}{{% endmacro %}}", page=page)
        assert (problem.place, problem.message) == ("templates/parts.html:1:1", f"'{name}' is undefined")


@pytest.mark.parametrize(
    "text",
    [
        "{% if %}",
        "{{ page.title | nofilter }}",
        "{% block a %}{% endblock %}{% block a %}{% endblock %}",
        "{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}",
        "{% macro m(a) %}{% endmacro %}{{ m(b=1) }}",
        "{% macro m() %}{{ page.title | nofilter }}{% endmacro %}",
        "{% for a in page.nothing %}{% endfor %}",
        "{{ page.words['a'] }}",
        "{{ nothing }}",
        "{{ page.nothing() }}",
        "{% import 'parts.html' as part %}{{ part.nothing() }}",
        "{% import 'parts.html' as part %}{{ part._own() }}",
    ],
)
def test_a_fault_in_a_template_is_a_problem(text: str) -> None:
    parts = "{% macro _own() %}{% endmacro %}"
    assert fault(page=text, parts=parts).path == "templates/page.html"


def test_a_page_may_not_be_of_any_size() -> None:
    assert "at most" in fault(page="{% for a in page.words %}" + "x" * 3_000_000 + "{% endfor %}").message


def test_a_bug_of_ours_is_no_fault_of_a_template() -> None:
    with pytest.raises(TypeError):
        rendering(page="{{ page.digest(1) }}")("page.html", SITE, SimpleNamespace(digest=digest))
