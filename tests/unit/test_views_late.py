"""Late parts of views: made once, only when asked for, and no different from what they stand for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup

from generator.plan import FAMILIES
from generator.render import renderer, templates
from generator.views.late import Late
from tests.unit.chronicles import desk_of_texts, incident

values = st.one_of(st.text(), st.text().map(Markup), st.lists(st.text(), max_size=3).map(tuple))
PRINTED = "{{ x }}|{{ x ~ '<' }}|{{ x | length }}|{% if x %}yes{% endif %}|{% for y in x %}[{{ y }}{{ loop.last }}]{% endfor %}|{{ 'a' in x }}|{{ x == other }}|{{ x[:1] }}"


@given(values, values)
def test_a_template_sees_no_difference(value: Any, other: Any) -> None:
    template = Environment(autoescape=True).from_string(PRINTED)
    assert template.render(x=Late(lambda: value), other=other) == template.render(x=value, other=other)


@given(values, values)
def test_two_are_equal_if_what_they_stand_for_is(one: Any, other: Any) -> None:
    assert (Late(lambda: one) == Late(lambda: other)) == (one == other) == (Late(lambda: one) == other)


def test_it_is_made_once_and_only_when_asked_for() -> None:
    calls: list[str] = []

    def make(name: str) -> Markup:
        calls.append(name)
        return Markup("<b>")

    late = Late(make, "a")
    assert calls == []
    assert (f"{late}", bool(late), len(late), late.upper()) == ("<b>", True, 3, "<B>")
    assert calls == ["a"]


def test_a_bug_in_its_making_is_no_missing_name() -> None:
    late: Late[str] = Late(lambda: ().missing)  # type: ignore[attr-defined]
    with pytest.raises(RuntimeError, match="lambda"):
        Environment(autoescape=True).from_string("{{ x.title }}").render(x=late)


# ---------------------------------------------------------------- plain templates

PLAIN = "{{ page.head.title }}: {{ page.head.description }}"


def test_templates_that_show_no_figure_pay_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither maps nor calendars, strips, tables nor linked data are made for a page that prints its title alone."""
    desk = desk_of_texts(
        incident("2025-a", "2025-12-14", time='"03:00"', kind="shelling"), incident("2025-b", "2025-12")
    )
    pages = [page for family, _ in FAMILIES for page in family(desk)]
    rendered = renderer(templates({page.template: PLAIN for page in pages if page.template}))

    def made(*parts: Any, **more: Any) -> Any:
        raise AssertionError("made for nobody")

    for name in (
        "atlas.map_svg",
        "heat.heat_months",
        "hours.day_strip",
        "city.bars",
        "years.bars",
        "city_days.data_table",
    ):
        monkeypatch.setattr(f"generator.views.{name}", made)
    for name in ("base.json_ld", "incident.facts_of", "incident.update_items", "incident.disputes"):
        monkeypatch.setattr(f"generator.views.{name}", made)
    for page in pages:
        if page.template:
            assert isinstance(rendered(page.template, desk.site, page.make()), bytes), page.path
