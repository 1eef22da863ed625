"""Syntax trees of templates: whether all in them is known to the compiler, and what their statements are."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from .expressions import FILTERS, refuse

_KNOWN = (
    nodes.Output, nodes.TemplateData, nodes.Extends, nodes.Block, nodes.Import, nodes.Assign, nodes.Macro, nodes.If,
    nodes.For, nodes.Name, nodes.Const, nodes.Tuple, nodes.Getattr, nodes.Getitem, nodes.Call, nodes.Keyword, nodes.Filter,
    nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Concat, nodes.CondExpr,
)  # fmt: skip
_SPECIAL = frozenset(("caller", "kwargs", "loop", "self", "super", "varargs"))
"""Names that Jinja gives a meaning of their own; none is bound by a template here."""


def checked(tree: nodes.Template) -> nodes.Template:
    """The tree, if all in it is known here, also what is never printed: Jinja may find fault with any part of a template."""
    seen: set[str] = set()
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _KNOWN) or (isinstance(node, nodes.Filter) and node.name not in FILTERS):
            refuse(node)
        if isinstance(node, nodes.Name) and node.ctx != "load" and node.name in _SPECIAL:
            refuse(node)
        if isinstance(node, nodes.Macro) and (node.name in _SPECIAL or not _is_simple(node)):
            refuse(node)
        if isinstance(node, nodes.Extends) and node is not tree.body[0]:
            refuse(node)
        if isinstance(node, nodes.Block):
            if node.scoped or node.required or node.name in seen:
                refuse(node)
            seen.add(node.name)
    return tree


def _is_simple(macro: nodes.Macro) -> bool:
    """Whether no two parameters have one name, and nothing is defined inside."""
    names = [arg.name for arg in macro.args]
    return len(set(names)) == len(names) and not any(macro.find_all((nodes.Macro, nodes.Block)))


def printing(tree: nodes.Template) -> Iterator[nodes.Node]:
    """What a template prints, after all that it binds: a name that is used before it is bound is none yet."""
    has_begun = False
    for node in tree.body:
        if not isinstance(node, nodes.Import | nodes.Assign | nodes.Macro):
            has_begun = has_begun or not is_data(node)
            yield node
        elif has_begun:
            refuse(node)


def bound_name(node: nodes.Node) -> str:
    return node.name if isinstance(node, nodes.Name) else refuse(node)


def constant(node: nodes.Node) -> str:
    text = node.value if isinstance(node, nodes.Const) else None
    return text if isinstance(text, str) else refuse(node)


def is_data(node: nodes.Node) -> bool:
    """Whether a statement prints nothing but text that stands in the template."""
    return isinstance(node, nodes.Output) and all(isinstance(child, nodes.TemplateData) for child in node.nodes)
