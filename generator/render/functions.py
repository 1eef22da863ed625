"""Templates as functions, made when they are needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from types import CodeType
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ..problems import Problem
from .printing import fields, glued, numbered, printed, soft

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

Page = Callable[[Any, Any], "str | None"]
"""What prints a site and a view; nothing where it fails and Jinja is to say why."""

_HELPERS = {
    "_printed": printed,
    "_soft": soft,
    "_glued": glued,
    "_fields": fields,
    "_numbered": numbered,
    "_join": "".join,
    "_Markup": Markup,
}


@lru_cache(maxsize=2)
def page_functions(texts: tuple[tuple[str, str], ...]) -> Functions:
    """The functions of the templates with these names and texts."""
    return Functions(dict(texts))


class Functions:
    """What prints the pages of each template."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts
        self._trees: dict[str, nodes.Template] = {}
        self._pages: dict[str, Page | None] = {}

    def of(self, name: str) -> Page | None:
        """The function of a template; none for one that is left to Jinja."""
        if name not in self._pages:
            code = self._code(name)
            self._pages[name] = _guarded(code) if code else None
        return self._pages[name]

    def left(self, name: str, site: Any, view: Any) -> str | Problem:
        """What Jinja makes of a view where the function fails. If it can, the function is of no use for this template."""
        from .jinja import printed_by_jinja

        text = printed_by_jinja(self._environment, name, site, view)
        if not isinstance(text, Problem):
            self._pages[name] = None
        return text

    def _code(self, name: str) -> CodeType | None:
        from .compiled import code_of

        return code_of(name, self._tree)

    def _tree(self, name: str) -> nodes.Template:
        from .trees import checked

        if name not in self._trees:
            self._trees[name] = checked(self._environment.parse(self._texts[name], name))
        return self._trees[name]

    @cached_property
    def _environment(self) -> Environment:
        from .jinja import environment_of

        return environment_of(self._texts)


def _guarded(code: CodeType) -> Page:
    """The function in a compiled module, which gives nothing where it would fail."""
    names: dict[str, Any] = dict(_HELPERS)
    exec(code, names)  # noqa: S102  it was compiled from a template, and holds only what `compiled` writes
    page = names["page"]

    def guarded(site: Any, view: Any) -> str | None:
        try:
            text: str = page(site, view)
        except Exception:  # whatever it is, Jinja meets it too and says where
            return None
        return text

    return guarded
