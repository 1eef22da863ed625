"""The Markdown of a chronicle as tokens: CommonMark and tables, with what `inlines` adds.

Nothing is judged here: every address is let through and raw HTML is on, so that both are found. What may stand in a body
is decided by `bodies` and `phrases`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .leaves import EASY, tokens_of
from .pieces import first_sign, pieces_of
from .tokens import Token

if TYPE_CHECKING:
    from .blocks import BlockState


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
    definitions = _Definitions()
    env: dict[str, Any] = {"references": definitions, "duplicate_refs": [], "cut": []}
    tokens = _blocks(text, env)
    for token in tokens:
        if token.type == "leaf" and first_sign(token.content):
            token.children = _children(token.content, env)
    unused = tuple(given["map"][0] for label, given in definitions.items() if label not in definitions.used)
    repeated = tuple(given["map"][0] for given in env["duplicate_refs"])
    return Markup(tokens, unused, repeated, tuple(env["cut"]))


def language_of(info: str) -> str:
    """The first word behind the opening of a fence, empty for none."""
    from markdown_it.common.utils import MD_TRIM_RE, mdTrim, unescapeAll

    return MD_TRIM_RE.split(mdTrim(unescapeAll(info)), maxsplit=1)[0]


def _blocks(text: str, env: dict[str, Any]) -> list[Token]:
    """The blocks of a body: each that is easy is read at once, each other by markdown-it's rules."""
    found: list[Token] = []
    at = line = len(text) - len(text.lstrip("\n"))
    end = len(text.rstrip("\n\t "))
    state: BlockState | None = None
    while at < end:
        easy = EASY.match(text, at)
        tokens = tokens_of(easy, line) if easy else []
        if easy and tokens:
            line += text.count("\n", at, easy.end())
            at = easy.end()
        else:
            state = state or _state(text, env)
            tokens, line, at = state.next_block(line)
        found += tokens
    return found


def _state(text: str, env: dict[str, Any]) -> BlockState:
    from .blocks import BlockState

    return BlockState(text, env)


def _children(text: str, env: dict[str, Any]) -> list[Token]:
    """The tokens of the text of a leaf."""
    tokens, at = pieces_of(text)
    if at == len(text):
        return tokens
    from .blocks import parser

    return parser().inline.behind(text, at, parser(), env, tokens)


class _Definitions(dict[str, Any]):
    """The link definitions of a body by label; it knows which were looked up."""

    def __init__(self) -> None:
        self.used: set[str] = set()

    def get(self, label: str, default: Any = None) -> Any:
        self.used.add(label)
        return super().get(label, default)
