"""Pages to bytes. The only package that imports Jinja, and only when a template is compiled or left to it.

A template sees its view as `page`, the site as `site`, and nothing else. What is undefined, unknown or broken in a template
is a `Problem` with its line, never a crash.

Most templates become functions of their own (`compiled`), which print what Jinja would print, several times as fast. Jinja
itself prints what they cannot: a template that uses more than they know, and a page on which one fails in any way, so that
what is wrong with a template is always said by Jinja.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from ..files import digest
from ..problems import Problem, Span, did_you_mean
from ..shelves import TEMPLATES
from .functions import page_functions

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


def renderer(found: Templates, names: Iterable[str] = ()) -> Rendering:
    """What turns a template's name, the site and a view into bytes.

    The named templates are compiled at once, so that copies of this process need not; the others when they are needed.
    """
    pages = page_functions(tuple(sorted(found.texts.items())))
    for name in sorted(names):
        pages.of(name)

    def rendered(name: str, site: Any, view: Any) -> bytes | Problem:
        page = pages.of(name)
        text: str | Problem | None = page(site, view) if page else None
        if text is None:
            text = pages.left(name, site, view)
        if isinstance(text, Problem):
            return text
        data = text.encode()
        return data if len(data) <= MOST_BYTES else _too_large(name, len(data))

    return rendered


def _too_large(name: str, size: int) -> Problem:
    message = f"the page holds {size:,} bytes; at most {MOST_BYTES:,} are allowed"
    return Problem(rule="template", path=f"{TEMPLATES}/{name}", message=message)
