"""Jinja itself: it parses all templates, prints what is not compiled here, and says what is wrong with a template."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError

from ..files import PACKAGE
from ..problems import Problem, Span
from ..shelves import TEMPLATES


def environment_of(sources: Mapping[str, str]) -> Environment:
    """Jinja with these templates and no others."""
    environment = Environment(
        loader=FunctionLoader(lambda name: (sources[name], f"{TEMPLATES}/{name}", None) if name in sources else None),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    del environment.filters["random"], environment.globals["lipsum"]  # the same bytes for the same content
    return environment


def printed_by_jinja(environment: Environment, name: str, site: Any, view: Any) -> str | Problem:
    """What Jinja makes of a view, or what is wrong with the template."""
    try:
        return environment.get_template(name).render(site=site, page=view)
    except Exception as error:
        problem = _template_problem(error, name)
        if problem is None:
            raise
        return problem


def _template_problem(error: Exception, name: str) -> Problem | None:
    """What an exception in a template means to its author; none where it is a bug of ours."""
    if isinstance(error, TemplateSyntaxError):
        return _at(error.name or name, error.lineno, error.message or "cannot be read")
    if isinstance(error, TemplateNotFound):
        return _at(name, 0, f'there is no template "{error.name}"')
    where, line = _template_line(error, name)
    if isinstance(error, UndefinedError):
        return _at(where, line, _undefined(str(error)))
    return _at(where, line, f"{type(error).__name__}: {error}") if line and _raised_in_template(error) else None


def _template_line(error: Exception, name: str) -> tuple[str, int]:
    """The innermost template and line that an exception passed through."""
    found = (name, 0)
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.startswith(f"{TEMPLATES}/"):
            found = (frame.filename.removeprefix(f"{TEMPLATES}/"), frame.lineno or 0)
    return found


def _raised_in_template(error: Exception) -> bool:
    """Whether a template's own expression failed, in it or in a filter it uses, and not a function of ours that it called."""
    frames = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    inner = frames[max((n for n, name in enumerate(frames) if name.startswith(f"{TEMPLATES}/")), default=len(frames)) :]
    return bool(inner) and not any(name.startswith(f"{PACKAGE}/") for name in inner[1:])


def _undefined(message: str) -> str:
    match = re.search(r"'(?:[\w.]*\.)?(\w+) object' has no attribute '(\w+)'", message)
    return f'"{match[2]}" is undefined in {match[1]}' if match else message


def _at(name: str, line: int | None, message: str) -> Problem:
    span = Span(line, 1, line, 2) if line else Span()
    return Problem(rule="template", path=f"{TEMPLATES}/{name}", span=span, message=message)
