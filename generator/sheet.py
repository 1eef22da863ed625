"""What one reading of a front matter gathers, and what reads one value: a take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from .meant import quotes_advice
from .nodes import Node, Scalar
from .problems import Fault, Problem, problem_of

FAULTY: Final = object()
Take = Callable[[Node, str, "Sheet"], Any]


class Sheet:
    """What one reading of one file gathers besides its values: its nodes by dotted path, problems, the texts under `private`,
    the dotted paths of keys that were meant where another was written, and those that have no value for a reason that has been told."""

    __slots__ = ("explained", "marks", "meant", "path", "private", "problems")

    def __init__(self, path: str) -> None:
        self.path = path
        self.marks: dict[str, Node] = {}
        self.problems: list[Problem] = []
        self.private: list[str] = []
        self.meant: set[str] = set()
        self.explained: set[str] = set()

    def report(self, rule: str, key: str, node: Node, message: str, hint: str = "") -> object:
        """Add a problem at a node; gives FAULTY, so that a take can end with it."""
        hint = _odd_quotes(node) or hint
        self.problems.append(Problem(rule=rule, path=self.path, span=node.span, key=key, message=message, hint=hint))
        return FAULTY

    def report_fault(self, fault: Fault, key: str, node: Node) -> object:
        quoted = isinstance(node, Scalar) and node.quoted
        shifted = msgspec.structs.replace(fault, offset=fault.offset + 1) if quoted else fault
        odd = _odd_quotes(node)
        shifted = msgspec.structs.replace(shifted, hint=odd) if odd else shifted
        self.problems.append(problem_of(shifted, self.path, node.span, key))
        return FAULTY


def _odd_quotes(node: Node) -> str:
    """What to do about typographic quotes around a value that is faulty, most likely because of them."""
    return quotes_advice(node.text) if isinstance(node, Scalar) and not node.quoted else ""
