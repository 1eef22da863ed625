"""Pages to bytes. The only module that imports Jinja, and only when a page is rendered.

A template sees its view as `page`, the site as `site`, and nothing else. What is undefined, unknown or broken in a template
is a `Problem` with its line, never a crash.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from .files import PACKAGE, digest
from .problems import Problem, Span, did_you_mean
from .shelves import TEMPLATES

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_BYTES = 5 * 1024 * 1024

_REFERENCE = re.compile(r"\{%-?\s*(?:extends|include|import|from)\s+([^\s%]+)")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


class Templates(msgspec.Struct, frozen=True):
    """The texts of all templates by name, what each rests on, the digest of each with that, and what is wrong with them."""

    texts: dict[str, str]
    digests: dict[str, str]
    closures: dict[str, tuple[str, ...]]
    problems: tuple[Problem, ...] = ()


def templates(texts: Mapping[str, str]) -> Templates:
    """The templates with the digests of their closures (extends, include, import); names must be written out, so that they are known."""
    problems: list[Problem] = []
    needs = {name: _references(name, text, texts, problems) for name, text in sorted(texts.items())}
    closures = {name: tuple(sorted(_closure(name, needs))) for name in needs}
    digests = {
        name: digest(*(part for other in closure for part in (other, texts[other])))
        for name, closure in closures.items()
    }
    for name in needs:
        if name in {deeper for need in needs[name] for deeper in _closure(need, needs)}:
            message = f"the template includes itself: {' → '.join((*needs[name][:1], name))}"
            problems.append(Problem(rule="template", path=f"{TEMPLATES}/{name}", message=message))
    return Templates(dict(texts), digests, closures, tuple(problems))


def _references(name: str, text: str, texts: Mapping[str, str], problems: list[Problem]) -> tuple[str, ...]:
    """The templates that one names; a name that is computed or unknown is a problem."""
    found = []
    bare = _COMMENT.sub(lambda m: " " * len(m[0]), text)
    for match in _REFERENCE.finditer(bare):
        target = match[1].strip("\"'")
        line = bare.count("\n", 0, match.start()) + 1
        span = Span(line, 1, line, 2)
        if match[1][0] not in "\"'":
            message = f"the name of a template must be written out; found {match[1]}"
            problems.append(Problem(rule="template", path=f"{TEMPLATES}/{name}", span=span, message=message))
        elif target not in texts:
            hint = did_you_mean(target, texts)
            problems.append(
                Problem(
                    rule="template",
                    path=f"{TEMPLATES}/{name}",
                    span=span,
                    message=f'there is no template "{target}"',
                    hint=hint,
                )
            )
        else:
            found.append(target)
    return tuple(found)


def _closure(name: str, needs: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """A template with all that it rests on."""
    seen = {name}
    rest = list(needs[name])
    while rest:
        other = rest.pop()
        if other not in seen:
            seen.add(other)
            rest += needs[other]
    return frozenset(seen)


Rendering = Callable[[str, Any, Any], "bytes | Problem"]


def renderer(found: Templates) -> Rendering:
    """What turns a template's name, the site and a view into bytes."""
    environment = _environment(tuple(sorted(found.texts.items())))

    def rendered(name: str, site: Any, view: Any) -> bytes | Problem:
        try:
            text: str = environment.get_template(name).render(site=site, page=view)
        except Exception as error:
            problem = _template_problem(error, name)
            if problem is None:
                raise
            return problem
        data = text.encode()
        return (
            data
            if len(data) <= MOST_BYTES
            else _at(name, 0, f"the page holds {len(data):,} bytes; at most {MOST_BYTES:,} are allowed")
        )

    return rendered


@lru_cache(maxsize=2)
def _environment(texts: tuple[tuple[str, str], ...]) -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    sources = dict(texts)
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


def _template_problem(error: Exception, name: str) -> Problem | None:
    """What an exception in a template means to its author; none where it is a bug of ours."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

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
