"""A page's template, with all it rests on, as the source of one Python function.

Jinja parses. What it would compile is general, and costs several times as much to run: a generator for each block, an
object for each piece of text, a chain of calls for each macro. Here `extends`, `block` and `import` are resolved
beforehand, and a page is one expression.

Only what certainly prints the same is compiled. All else is `Refused`, and left to Jinja itself: every statement, filter
and test that is not named here, a name that is not known beforehand, an order that might matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from types import CodeType

from jinja2 import TemplateSyntaxError, nodes

from .expressions import Counter, Library, MacroName, Meaning, Refused, Scope, Variable, refuse, value
from .trees import bound_name, constant, is_data, printing

Parse = Callable[[str], nodes.Template]
"""What gives the syntax tree of the template of a name, all of which is known here."""


def code_of(name: str, parse: Parse) -> CodeType | None:
    """A module with the function `page(site, page)` that gives what a template prints; none where it is left to Jinja."""
    try:
        return compile(page_source(name, parse), f"<{name}>", "exec", dont_inherit=True)
    except (Refused, TemplateSyntaxError, LookupError, SyntaxError, RecursionError, MemoryError, ValueError):
        return None  # too deep for Python, or wrong: Jinja will say what is wrong


def page_source(name: str, parse: Parse) -> str:
    """The source of a function `page(site, page)` that gives what the template prints."""
    return _Compilation(parse).page(name)


class _Compilation:
    """One page's template while it is compiled: the names that its parts bind, and the functions of the macros that it needs."""

    def __init__(self, parse: Parse) -> None:
        self._tree = parse
        self._numbers = count(1)
        self._scopes: dict[str, Scope] = {}
        self._libraries: dict[str, Scope] = {}
        self._blocks: dict[str, nodes.Block] = {}
        self._functions: dict[MacroName, str] = {}
        self._shared: list[str] = []
        self._sets: list[str] = []
        self._own: list[str] = []
        self._page: Scope = {}

    # ------------------------------------------------------------ templates

    def page(self, name: str) -> str:
        chain = tuple(self._chain(name))
        scope: Scope = {"site": Variable("site"), "page": Variable("page")}
        for template in chain:  # what one binds, those that it extends may bind anew
            scope = self._scopes[template] = {**scope, **self._prelude(template, scope)}
            for block in self._tree(template).find_all(nodes.Block):
                self._blocks.setdefault(block.name, block)
        if self._libraries.keys() & self._scopes.keys():
            raise Refused("a template that is extended and imported")
        self._page = scope
        text = self._text(printing(self._tree(chain[-1])), scope)
        lines = (*self._sets, *self._own, f"return {text}")
        return "\n".join((*self._shared, "def page(site, page):", *(f" {line}" for line in lines), ""))

    def _chain(self, name: str) -> Iterator[str]:
        """A template, the one that it extends, and so on; all but the last print nothing outside of blocks."""
        seen: set[str] = set()
        while name not in seen:
            yield name
            seen.add(name)
            body = self._tree(name).body
            if not body or not isinstance(body[0], nodes.Extends):
                return
            for node in body[1:]:
                if not (is_data(node) or isinstance(node, nodes.Import | nodes.Assign | nodes.Macro | nodes.Block)):
                    refuse(node)
            name = constant(body[0].template)
        raise Refused(f"{name} extends itself")

    def _prelude(self, template: str, outer: Scope) -> Scope:
        """The names that a template of the page binds; for those that it sets, lines are written."""
        scope: dict[str, Meaning] = {}
        for node in self._tree(template).body:
            if isinstance(node, nodes.Assign):
                source, name = self._value(node.node, {**outer, **scope}), self._fresh("v")
                _bind(scope, bound_name(node.target), Variable(name), node)
                self._sets.append(f"{name} = {source}")
            elif isinstance(node, nodes.Import | nodes.Macro):
                self._define(template, node, scope)
        return scope

    def _library(self, template: str) -> Scope:
        """The names that an imported template binds; it sees nothing of the page."""
        if template not in self._libraries:
            scope: dict[str, Meaning] = {}
            self._libraries[template] = scope
            for node in self._tree(template).body:
                if isinstance(node, nodes.Import | nodes.Macro):
                    self._define(template, node, scope)
                elif not is_data(node):
                    refuse(node)
        return self._libraries[template]

    def _define(self, template: str, node: nodes.Import | nodes.Macro, scope: dict[str, Meaning]) -> None:
        if isinstance(node, nodes.Macro):
            _bind(scope, node.name, MacroName(template, node.name), node)
            return
        if node.with_context:
            refuse(node)
        library = constant(node.template)
        self._library(library)
        _bind(scope, node.target, Library(library), node)

    # ------------------------------------------------------------ statements

    def _text(self, body: Iterable[nodes.Node], scope: Scope) -> str:
        """The source of an expression that gives the text which statements print."""
        pieces = [piece for node in body for piece in self._pieces(node, scope)]
        values = [source for is_constant, source in pieces if not is_constant]
        if not values:
            return repr("".join(text for _, text in pieces))
        if len(pieces) == 1:
            return values[0]
        # Python makes this one instruction, unlike `join`.
        form = "".join(text.replace("%", "%%") if is_constant else "%s" for is_constant, text in pieces)
        return f"({form!r} % ({', '.join(values)},))"

    def _pieces(self, node: nodes.Node, scope: Scope) -> Iterator[tuple[bool, str]]:
        """The parts of what a statement prints: either data as it stands, or the source of a text."""
        if isinstance(node, nodes.Output):
            for child in node.nodes:
                if isinstance(child, nodes.TemplateData):
                    yield True, child.data
                else:
                    yield False, self._printed(child, scope)
        elif isinstance(node, nodes.If):
            yield False, self._either(node, scope)
        elif isinstance(node, nodes.For):
            yield False, self._loop(node, scope)
        elif isinstance(node, nodes.Block):
            yield False, self._text(self._blocks[node.name].body, self._page)
        else:
            refuse(node)

    def _printed(self, node: nodes.Node, scope: Scope) -> str:
        macro = self._macro_call(node, scope) if isinstance(node, nodes.Call) else None
        return f"_printed({self._value(node, scope)})" if macro is None else macro

    def _either(self, node: nodes.If, scope: Scope) -> str:
        source = self._text(node.else_, scope)
        for way in reversed((node, *node.elif_)):
            source = f"({self._text(way.body, scope)} if {self._value(way.test, scope)} else {source})"
        return source

    def _loop(self, node: nodes.For, scope: Scope) -> str:
        if node.test is not None or node.recursive:
            refuse(node)
        inner = dict(scope)
        target, items = self._targets(node.target, inner), self._value(node.iter, scope)
        kept = self._fresh("v")
        rounds = kept if node.else_ else items
        if any(name.name == "loop" for part in node.body for name in part.find_all(nodes.Name)):
            number, last = self._fresh("v"), self._fresh("v")
            inner["loop"] = Counter(number, last)
            target, rounds = f"{number}, {last}, {target}", f"_numbered({rounds})"
        source = f"_join([{self._text(node.body, inner)} for {target} in {rounds}])"
        if not node.else_:
            return source
        return f"({source} if ({kept} := tuple({items})) else {self._text(node.else_, scope)})"

    def _targets(self, node: nodes.Node, scope: dict[str, Meaning]) -> str:
        """The source of what a loop binds; its names go into the scope."""
        if isinstance(node, nodes.Tuple):
            return f"({''.join(f'{self._targets(item, scope)}, ' for item in node.items)})"
        python = self._fresh("v")
        scope[bound_name(node)] = Variable(python)
        return python

    # ------------------------------------------------------------ macros

    def _macro_call(self, call: nodes.Call, scope: Scope) -> str | None:
        """The source of a macro's call, with every parameter in its place; nothing for the call of anything else."""
        macro = self._macro(call.node, scope)
        if macro is None:
            return None
        node = self._definition(macro)
        names = [arg.name for arg in node.args]
        given = dict(zip(names[len(names) - len(node.defaults) :], node.defaults, strict=True))
        given |= zip(names, call.args, strict=False)
        given |= {keyword.key: keyword.value for keyword in call.kwargs}
        passed = [*names[: len(call.args)], *(keyword.key for keyword in call.kwargs)]
        if call.dyn_args or call.dyn_kwargs or len(call.args) > len(names) or len(set(passed)) < len(passed):
            refuse(call)
        if given.keys() != set(names):
            refuse(call)
        return f"{self._function(macro, node)}({', '.join(self._value(given[name], scope) for name in names)})"

    def _macro(self, node: nodes.Node, scope: Scope) -> MacroName | None:
        """The macro that a called expression means, if it means one."""
        found: Meaning | None = None
        if isinstance(node, nodes.Name):
            found = scope.get(node.name)
        elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and not node.attr.startswith("_"):
            library = scope.get(node.node.name)
            found = self._library(library.template).get(node.attr) if isinstance(library, Library) else None
        return found if isinstance(found, MacroName) else None

    def _definition(self, macro: MacroName) -> nodes.Macro:
        found = (node for node in self._tree(macro.template).body if isinstance(node, nodes.Macro))
        node = next(node for node in found if node.name == macro.name)
        if not all(isinstance(default, nodes.Const) for default in node.defaults):
            refuse(node)
        return node

    def _function(self, macro: MacroName, node: nodes.Macro) -> str:
        """The name of a macro's function, which is written when the macro is first needed."""
        if macro not in self._functions:
            if macro.template not in self._scopes and macro.template not in self._libraries:
                refuse(node)
            name = self._functions[macro] = self._fresh("m")
            is_own = macro.template in self._scopes
            scope = dict(self._scopes[macro.template] if is_own else self._libraries[macro.template])
            arguments = [self._targets(arg, scope) for arg in node.args]
            line = f"def {name}({', '.join(arguments)}): return {self._text(node.body, scope)}"
            (self._own if is_own else self._shared).append(line)
        return self._functions[macro]

    def _value(self, node: nodes.Node, scope: Scope) -> str:
        return value(node, scope, self._macro_call)

    def _fresh(self, letter: str) -> str:
        return f"{letter}{next(self._numbers)}"


def _bind(scope: dict[str, Meaning], name: str, meaning: Meaning, node: nodes.Node) -> None:
    """Let a name mean something; a template may bind it once, and may not bind what every template sees."""
    if name in scope or name in ("site", "page"):
        refuse(node)
    scope[name] = meaning
