"""Expressions of templates as Python source that gives the same values, or raises where Jinja would say "undefined"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from keyword import iskeyword
from typing import Any, NoReturn

import msgspec
from jinja2 import nodes


class Refused(Exception):
    """A template uses something that is left to Jinja itself."""


class Variable(msgspec.Struct, frozen=True):
    """A name of a template that stands for a value, as it is called in the source."""

    python: str


class Counter(msgspec.Struct, frozen=True):
    """`loop` in a template: the names of the number from 0, and of whether the item is the last one."""

    number: str
    last: str


class Library(msgspec.Struct, frozen=True):
    """An imported template."""

    template: str


class MacroName(msgspec.Struct, frozen=True):
    """A macro, by its template and its name there."""

    template: str
    name: str


Meaning = Variable | Counter | Library | MacroName
Scope = Mapping[str, Meaning]
"""What each name of a template means at some place in it."""

Called = Callable[[nodes.Call, Scope], "str | None"]
"""What gives the source of a macro's call, a plain text; nothing for the call of anything else."""

FILTERS = frozenset(("capitalize", "join", "length", "map", "string"))
_OPERATORS = {"eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "in": "in", "notin": "not in"}
_PATHS = (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Call)
"""What may stand before brackets; Python warns of constants there."""
_BINARY: dict[type[nodes.Node], str] = {nodes.And: "and", nodes.Or: "or"}


def refuse(node: nodes.Node) -> NoReturn:
    raise Refused(f"{type(node).__name__} in line {node.lineno}")


def value(node: nodes.Node, scope: Scope, called: Called) -> str:
    """The source of an expression."""
    write = _WRITERS.get(type(node))
    return write(node, scope, called) if write else refuse(node)


def _const(node: nodes.Const, scope: Scope, called: Called) -> str:
    return repr(node.value) if isinstance(node.value, str | int | None) else refuse(node)


def _name(node: nodes.Name, scope: Scope, called: Called) -> str:
    meaning = scope.get(node.name)
    return meaning.python if isinstance(meaning, Variable) else refuse(node)


def _attribute(node: nodes.Getattr, scope: Scope, called: Called) -> str:
    counter = scope.get(node.node.name) if isinstance(node.node, nodes.Name) else None
    if isinstance(counter, Counter):
        return _counted(node, counter)
    if not node.attr.isascii() or iskeyword(node.attr):  # Python would read another name, or none
        refuse(node)
    return f"{value(node.node, scope, called)}.{node.attr}"


def _counted(node: nodes.Getattr, counter: Counter) -> str:
    number, last = counter.number, counter.last
    known = {"first": f"({number} == 0)", "last": last, "index": f"({number} + 1)", "index0": number}
    return known[node.attr] if node.attr in known else refuse(node)


def _item(node: nodes.Getitem, scope: Scope, called: Called) -> str:
    if not isinstance(node.node, _PATHS):
        refuse(node)
    return f"{value(node.node, scope, called)}[{value(node.arg, scope, called)}]"


def _tuple(node: nodes.Tuple, scope: Scope, called: Called) -> str:
    return f"({''.join(f'{value(item, scope, called)}, ' for item in node.items)})"


def _binary(node: nodes.BinExpr, scope: Scope, called: Called) -> str:
    return f"({value(node.left, scope, called)} {_BINARY[type(node)]} {value(node.right, scope, called)})"


def _not(node: nodes.Not, scope: Scope, called: Called) -> str:
    return f"(not {value(node.node, scope, called)})"


def _compare(node: nodes.Compare, scope: Scope, called: Called) -> str:
    rest = (f" {_OPERATORS[operand.op]} {value(operand.expr, scope, called)}" for operand in node.ops)
    return f"({value(node.expr, scope, called)}{''.join(rest)})"


def _concat(node: nodes.Concat, scope: Scope, called: Called) -> str:
    return f"_glued(({''.join(f'_soft({value(part, scope, called)}), ' for part in node.nodes)}))"


def _either(node: nodes.CondExpr, scope: Scope, called: Called) -> str:
    if node.expr2 is None:
        refuse(node)
    ways = (value(part, scope, called) for part in (node.expr1, node.test, node.expr2))
    return "({} if {} else {})".format(*ways)


def _call(node: nodes.Call, scope: Scope, called: Called) -> str:
    macro = called(node, scope)
    if macro is not None:
        return f"_Markup({macro})"
    if not isinstance(node.node, _PATHS) or node.kwargs or node.dyn_args or node.dyn_kwargs:
        refuse(node)
    return f"{value(node.node, scope, called)}({', '.join(value(arg, scope, called) for arg in node.args)})"


def _filter(node: nodes.Filter, scope: Scope, called: Called) -> str:
    if node.node is None or node.dyn_args or node.dyn_kwargs:
        refuse(node)
    what = value(node.node, scope, called)
    if node.name == "map" and not node.args and [keyword.key for keyword in node.kwargs] == ["attribute"]:
        return f"_fields({what}, {_plain_name(node.kwargs[0].value)!r})"
    if node.kwargs:
        refuse(node)
    if node.name == "join" and len(node.args) == 1:
        return f"_glued({what}, {value(node.args[0], scope, called)})"
    forms = {"length": "len({})", "string": "_soft({})", "capitalize": "_soft({}).capitalize()"}
    return forms[node.name].format(what) if node.name in forms and not node.args else refuse(node)


def _plain_name(node: nodes.Node) -> str:
    """The name of one field: a filter understands `a.b` and numbers too."""
    name = node.value if isinstance(node, nodes.Const) else None
    return name if isinstance(name, str) and name.isidentifier() else refuse(node)


_WRITERS: dict[type[nodes.Node], Callable[[Any, Scope, Called], str]] = {
    nodes.Const: _const,
    nodes.Name: _name,
    nodes.Getattr: _attribute,
    nodes.Getitem: _item,
    nodes.Tuple: _tuple,
    nodes.And: _binary,
    nodes.Or: _binary,
    nodes.Not: _not,
    nodes.Compare: _compare,
    nodes.Concat: _concat,
    nodes.CondExpr: _either,
    nodes.Call: _call,
    nodes.Filter: _filter,
}
