"""The Markdown of a chronicle as tokens: CommonMark and tables, with what `inlines` adds.

Nothing is judged here: every address is let through and raw HTML is on, so that both are found. What may stand in a body
is decided by `bodies` and `phrases`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from markdown_it import MarkdownIt, rules_block
from markdown_it.common.utils import MD_TRIM_RE, mdTrim, unescapeAll
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from markdown_it.utils import EnvType

from .inlines import MOST_LEVELS, Inlines, first_sign, label_end
from .leaves import EASY, gathered, tokens_of
from .tokens import BlockState

BlockRule = Callable[[StateBlock, int, int, bool], bool]


class Markup(NamedTuple):
    """A body as markdown-it's tokens, and lines of it, counted from 0.

    `unused` are those of link definitions that nothing uses, `repeated` of those whose label is taken, `cut` those of
    tables' rows with more cells than the head, which markdown-it leaves out.
    """

    tokens: list[Token]
    unused: tuple[int, ...]
    repeated: tuple[int, ...]
    cut: tuple[int, ...]


def markup(text: str) -> Markup:
    """A body as tokens. What is nested deeper than `MOST_LEVELS` is missing, which the level of the last block tells."""
    definitions, parser = _Definitions(), _parser()
    env: dict[str, Any] = {"references": definitions, "duplicate_refs": [], "cut": []}
    tokens: list[Token] = []
    parser.block.parse(text, parser, env, tokens)
    for token in tokens:
        if token.type == "leaf" and first_sign(token.content):
            token.children = parser.inline.parse(token.content, parser, env, [])
    unused = tuple(given["map"][0] for label, given in definitions.items() if label not in definitions.used)
    repeated = tuple(given["map"][0] for given in env["duplicate_refs"])
    return Markup(tokens, unused, repeated, tuple(env["cut"]))


def language_of(info: str) -> str:
    """The first word behind the opening of a fence, empty for none."""
    return MD_TRIM_RE.split(mdTrim(unescapeAll(info)), maxsplit=1)[0]


class _Definitions(dict[str, Any]):
    """The link definitions of a body by label; it knows which were looked up."""

    def __init__(self) -> None:
        self.used: set[str] = set()

    def get(self, label: str, default: Any = None) -> Any:
        self.used.add(label)
        return super().get(label, default)


class _Parser(MarkdownIt):
    """markdown-it that leaves addresses as they are written."""

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url


@cache
def _parser() -> _Parser:
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

    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token]:
        """The blocks of a body: each that is easy is read at once, each other by the first rule that knows it."""
        at = line = len(src) - len(src.lstrip("\n"))
        end = len(src.rstrip("\n\t "))
        state: BlockState | None = None
        while at < end:
            easy = EASY.match(src, at)
            tokens = tokens_of(easy, line) if easy else []
            if easy and tokens:
                line += src.count("\n", at, easy.end())
                at = easy.end()
            else:
                state = state or BlockState(src, md, env, [])
                tokens = self.by_rules(state, line)
                line = state.skipEmptyLines(state.line)
                at = state.bMarks[line]
            outTokens += tokens
        return outTokens

    def by_rules(self, state: BlockState, line: int) -> list[Token]:
        """The tokens of the next block from a line on, by the first of markdown-it's rules that knows it."""
        state.tokens.clear()
        state.line = state.skipEmptyLines(line)
        any(rule(state, state.line, state.lineMax, False) for rule in self.ruler.getRules(""))
        return gathered(state.tokens)


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
