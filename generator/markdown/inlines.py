"""The text of a block as tokens: CommonMark's, with `[[id]]` links and `[^name]` footnotes.

markdown-it's inline tokens have no place, so the rules here note where a link, a picture or a tag begins and ends in the
text of its block. What only looks like a link becomes a token `fault`, whose `info` is the rule it breaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt, rules_inline
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.utils import EnvType

from ..queries import OPENING, WHOLE
from .pieces import first_sign, pieces_of
from .tokens import MOST_LEVELS, Nesting, Token

_WIKI = re.compile(r"\[\[([^\[\]|]*?)(?:\\?\|([^\[\]]*))?\]\]")
_OPEN_WIKI = re.compile(r"\[\[[^\[\]]*(?:\](?![\](\[])|$)")
_NOTE = re.compile(r"\[\^(?!\s*\])([^\[\]\n]+)\]")
_UNDEFINED = re.compile(r"\[(?!\^|\s*\])(?:[^\[\]\\]|\\.)*\]\[(?!\^)[^\[\]]*\](?![\[(])", re.DOTALL)
_LINE = re.compile(r"[^\n]+")
_BLANKS = re.compile(r"[ \t]*")

Rule = Callable[[StateInline, bool], bool]


class InlineState(StateInline):
    """markdown-it's state of one text, which makes our tokens and keeps no text back."""

    pos = 0
    level = 0
    linkLevel = 0
    backticksScanned = False
    _html_terminators = None

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Any]) -> None:
        self.src, self.md, self.env, self.tokens = src, md, env, tokens
        self.posMax = len(src)
        self.cache = {}
        self.tokens_meta = []
        self.delimiters = []
        self._prev_delimiters = []

    def append_pending(self, text: str) -> None:
        self.push("text", "", 0).content = text

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Any:
        """Adds a token; signs of emphasis find each other only inside one pair of tokens."""
        token: Any = Token(ttype, tag, nesting)
        if nesting > 0:
            self.level += 1
            self._prev_delimiters.append(self.delimiters)
            self.delimiters = []
        elif nesting < 0:
            self.level -= 1
            if self.delimiters:
                self.tokens_meta.append({"delimiters": self.delimiters})
            self.delimiters = self._prev_delimiters.pop()
        self.tokens.append(token)
        return token


class Inlines(ParserInline):
    """markdown-it's inline parser, which looks up the one rule of a sign instead of trying them all."""

    def tokenize(self, state: StateInline) -> None:
        src, end = state.src, state.posMax
        while (start := state.pos) < end:
            active = first_sign(src, start, end)
            stop = active.start() if active else end
            if stop > start:
                state.append_pending(src[start:stop])
                state.pos = stop
            if active and not (state.level < MOST_LEVELS and _RULES[src[stop]](state, False)):
                state.append_pending(src[stop])
                state.pos += 1

    def skipToken(self, state: StateInline) -> None:
        start = state.pos
        if start not in state.cache:
            state.cache[start] = self._behind(state, start)
        state.pos = state.cache[start]

    def _behind(self, state: StateInline, start: int) -> int:
        """Where the token that begins at `start` ends."""
        if state.level >= MOST_LEVELS:
            return state.posMax + 1
        active = first_sign(state.src, start, state.posMax)
        stop = active.start() if active else state.posMax
        if stop > start:
            return stop
        state.level += 1
        found = _RULES[state.src[start]](state, True)
        state.level -= 1
        return state.pos if found else start + 1

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Any]) -> list[Any]:
        pieces, at = pieces_of(src)
        tokens += pieces
        return tokens if at == len(src) else self.behind(src, at, md, env, tokens)

    def behind(self, src: str, at: int, md: MarkdownIt, env: EnvType, tokens: list[Any]) -> list[Any]:
        """The tokens of a text; those up to a place in it are given."""
        state = InlineState(src, md, env, tokens)
        state.pos = at
        self.tokenize(state)
        if state.tokens_meta or state.delimiters:
            rules_inline.link_pairs(state)
            rules_inline.emphasis.postProcess(state)
        return tokens


def label_end(state: StateInline, start: int, disableNested: bool = False) -> int:
    """Where the label that opens at `start` closes, or -1.

    `[[id]]` and `[^name]` in it do not keep it from being a link's, unlike a link: so they are found in it, and reported.
    """
    before, depth = state.pos, 1
    state.pos = start + 1
    while state.pos < state.posMax:
        at, sign = state.pos, state.src[state.pos]
        depth -= sign == "]"
        if not depth:
            break
        state.md.inline.skipToken(state)
        if sign == "[" and state.pos == at + 1:
            depth += 1
        elif sign == "[" and disableNested and state.src[at + 1 : at + 2] not in ("[", "^"):
            break
    end = -1 if depth or state.pos >= state.posMax else state.pos
    state.pos = before
    return end


# ---------------------------------------------------------------- rules


def _bracket(state: StateInline, silent: bool) -> bool:
    """`[[id]]`, `[^name]` or a link; what only looks like one is noted and stays text."""
    start, end = state.pos, state.posMax
    if wiki := _WIKI.match(state.src, start, end):
        return _wiki(state, wiki, silent)
    if note := _NOTE.match(state.src, start, end):
        return _note(state, note, silent)
    if _LINK(state, silent):
        return True
    if not silent:
        for rule, pattern in (("link-malformed", _OPEN_WIKI), ("link-undefined", _UNDEFINED)):
            if match := pattern.match(state.src, start, end):
                _push(state, "fault", match, match[0], rule)
    return False


def _wiki(state: StateInline, match: re.Match[str], silent: bool) -> bool:
    """`[[id]]` as one token, `[[id|text]]` as a pair around the tokens of its text."""
    if not silent and match[2] is None:
        _push(state, "wiki", match, match[1])
    elif not silent:
        _push(state, "wiki_open", match, match[1], match[2], nesting=1)
        outer, (state.pos, state.posMax) = state.posMax, match.span(2)
        state.md.inline.tokenize(state)
        state.posMax = outer
        state.push("wiki_close", "a", -1)
    state.pos = match.end()
    return True


def _note(state: StateInline, match: re.Match[str], silent: bool) -> bool:
    """`[^name]`; with a colon behind it, at the beginning of a line, it is a definition, which has no place in a body."""
    if not silent:
        if state.src.startswith(":", match.end()) and not _line_before(state.src, match.start()).strip():
            _push(state, "fault", match, match[0], "footnote-defined")
        else:
            _push(state, "cite", match, match[1].strip())
    state.pos = match.end()
    return True


def _query(state: StateInline, silent: bool) -> bool:
    """`{{count …}}`; one that is not closed is noted and stays text, and so does what is no query."""
    if not OPENING.match(state.src, state.pos, state.posMax):
        return False
    whole = WHOLE.match(state.src, state.pos, state.posMax)
    if whole is None:
        if not silent and (line := _LINE.match(state.src, state.pos, state.posMax)):
            _push(state, "fault", line, line[0], "query-malformed")
        return False
    if not silent:
        _push(state, "query", whole, whole[1])
    state.pos = whole.end()
    return True


def _line_before(text: str, at: int) -> str:
    """What stands on a line of a text before a place in it."""
    return text[text.rfind("\n", 0, at) + 1 : at]


def _push(state: StateInline, type: str, match: re.Match[str], content: str, info: str = "", nesting: Any = 0) -> None:
    token: Any = state.push(type, "", nesting)
    token.content, token.info, token.place = content, info, match.span()


def _placed(rule: Rule) -> Rule:
    """The rule, which also notes where the first token that it makes begins and ends."""

    def placing(state: StateInline, silent: bool) -> bool:
        start, made = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            token: Any = state.tokens[made]
            token.place = (start, state.pos)
        return True

    return placing


_LINK = _placed(rules_inline.link)
_AUTOLINK = _placed(rules_inline.autolink)
_IMAGE = _placed(rules_inline.image)
_TAG = _placed(rules_inline.html_inline)


def _angle(state: StateInline, silent: bool) -> bool:
    """`<https://…>` or a tag."""
    return _AUTOLINK(state, silent) or _TAG(state, silent)


def _picture(state: StateInline, silent: bool) -> bool:
    """`![text](file)`; an exclamation mark alone is the commonest sign that is none."""
    return state.src.startswith("![", state.pos, state.posMax) and _IMAGE(state, silent)


def _newline(state: StateInline, silent: bool) -> bool:
    """The end of a line, which breaks it where two blanks stand before it; blanks around it are dropped."""
    before = state.tokens[-1] if state.tokens and not silent else None
    text = before.content if before and before.type == "text" else ""
    if before and text.endswith(" "):
        before.content = text.rstrip(" ")
    if not silent:
        state.push("hardbreak" if text.endswith("  ") else "softbreak", "br", 0)
    state.pos = _BLANKS.match(state.src, state.pos + 1, state.posMax).end()  # type: ignore[union-attr]
    return True


def _nothing(state: StateInline, silent: bool) -> bool:
    """`]` alone: it ends a run of text, so that the end of a label is seen."""
    return False


_RULES: dict[str, Rule] = {
    "\n": _newline,
    "\\": rules_inline.escape,
    "`": rules_inline.backtick,
    "*": rules_inline.emphasis.tokenize,
    "_": rules_inline.emphasis.tokenize,
    "[": _bracket,
    "!": _picture,
    "<": _angle,
    "&": rules_inline.entity,
    "]": _nothing,
    "{": _query,
}
