"""Blocks and texts by markdown-it's rules: whatever `leaves` and `pieces` do not know at one look.

This module and `inlines` import markdown-it, so they are themselves imported when they are first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt, rules_block
from markdown_it.common.utils import mdTrim
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit

from .inlines import Inlines, label_end
from .tokens import MOST_LEVELS, Nesting, Token

BlockRule = Callable[[StateBlock, int, int, bool], bool]


class BlockState(StateBlock):
    """markdown-it's state of the blocks of a body, which makes our tokens."""

    def __init__(self, src: str, env: dict[str, Any]) -> None:
        super().__init__(src, parser(), env, [])

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Any:
        token: Any = Token(ttype, tag, nesting)
        self.level -= nesting < 0
        token.level = self.level
        self.level += nesting > 0
        self.tokens.append(token)
        return token

    def next_block(self, line: int) -> tuple[list[Token], int, int]:
        """The tokens of the next block from a line on, by the first rule that knows it, and the line and place behind it."""
        self.tokens.clear()
        self.line = self.skipEmptyLines(line)
        any(rule(self, self.line, self.lineMax, False) for rule in self.md.block.ruler.getRules(""))
        behind = self.skipEmptyLines(self.line)
        tokens: list[Any] = self.tokens
        return gathered(tokens), behind, self.bMarks[behind]


def gathered(tokens: Iterable[Token]) -> list[Token]:
    """markdown-it's tokens, with each text and the opening and closing around it as one leaf."""
    found: list[Token] = []
    closing = False
    for token in tokens:
        if token.type == "inline":
            leaf = found[-1]
            leaf.type, leaf.nesting, leaf.content, leaf.map = "leaf", 0, token.content, token.map
            closing = True
        elif closing:
            closing = False
        else:
            found.append(token)
    return found


class _Parser(MarkdownIt):
    """markdown-it that leaves addresses as they are written."""

    inline: Inlines

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url


@cache
def parser() -> _Parser:
    """The one parser of a process."""
    parser = _Parser("commonmark", {"maxNesting": MOST_LEVELS})
    parser.block, parser.inline = _Blocks(), Inlines()
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=label_end, parseLinkDestination=parseLinkDestination, parseLinkTitle=parseLinkTitle
    )
    return parser


class _Blocks(ParserBlock):
    """markdown-it's block parser with the rules of our dialect."""

    def __init__(self) -> None:
        super().__init__()
        self.ruler = Ruler[BlockRule]()
        for name, rule, ends, signs in _RULES:
            self.ruler.push(name, _opened_by(signs, rule) if signs else rule, {"alt": list(ends)})


def _opened_by(signs: str, rule: BlockRule) -> BlockRule:
    """The rule, tried only on lines that begin with one of these signs, which spares most of the work."""
    openings = tuple(signs)

    def tried(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        begins = state.src.startswith(openings, state.bMarks[line] + state.tShift[line])
        return begins and rule(state, line, end, silent)

    return tried


def _definition(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A link definition; one that looks like a footnote's is left to the inline rule, which reports it."""
    if state.src.startswith("[^", state.bMarks[line] + state.tShift[line]):
        return False
    return rules_block.reference(state, line, end, silent)


def _table(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A table; rows with more cells than its head are noted."""
    if not rules_block.table(state, line, end, silent):
        return False
    if not silent:
        columns = _cells(state, line)
        state.env["cut"] += (row for row in range(line + 2, state.line) if _cells(state, row) > columns)
    return True


def _cells(state: StateBlock, line: int) -> int:
    """How many cells markdown-it sees on a line of a table."""
    cells = escapedSplit(mdTrim(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]))
    return len(cells) - (cells[0] == "") - (len(cells) > 1 and cells[-1] == "")


# The rules in the order in which they are tried: name, rule, the blocks that it may end, and the signs that open it.
_RULES: tuple[tuple[str, BlockRule, tuple[str, ...], str], ...] = (
    ("table", _table, ("paragraph", "reference"), ""),
    ("code", rules_block.code, (), ""),
    ("fence", rules_block.fence, ("paragraph", "reference", "blockquote", "list"), "`~"),
    ("blockquote", rules_block.blockquote, ("paragraph", "reference", "blockquote", "list"), ">"),
    ("hr", rules_block.hr, ("paragraph", "reference", "blockquote", "list"), "*-_"),
    ("list", rules_block.list_block, ("paragraph", "reference", "blockquote"), "*+-0123456789"),
    ("reference", _definition, (), "["),
    ("html_block", rules_block.html_block, ("paragraph", "reference", "blockquote"), "<"),
    ("heading", rules_block.heading, ("paragraph", "reference", "blockquote"), "#"),
    ("lheading", rules_block.lheading, (), ""),
    ("paragraph", rules_block.paragraph, (), ""),
)
