"""markdown-it's tokens and states with less to fill in: most bodies are short texts, for which making them is half the work."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

Nesting = Literal[-1, 0, 1]
_NONE: Any = MappingProxyType({})


class Light(Token):
    """A token of which only what is given is stored; the rest is the same for all, and cannot be changed in place."""

    attrs: dict[str, str | int | float] = _NONE
    map: list[int] | None = None
    level: int = 0
    children: list[Token] | None = None
    markup: str = ""
    info: str = ""
    meta: dict[Any, Any] = _NONE
    block: bool = False
    hidden: bool = False

    def __init__(self, type: str, tag: str = "", nesting: Nesting = 0, content: str = "") -> None:
        self.type, self.tag, self.nesting, self.content = type, tag, nesting, content


class BlockState(StateBlock):
    """markdown-it's state of the blocks, which makes light tokens."""

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Token:
        token = Light(ttype, tag, nesting)
        self.level -= nesting < 0
        token.level = self.level
        self.level += nesting > 0
        self.tokens.append(token)
        return token


class InlineState(StateInline):
    """markdown-it's state of one text, which makes light tokens and keeps no text back."""

    pos = 0
    level = 0
    linkLevel = 0
    backticksScanned = False
    _html_terminators = None

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        self.src, self.md, self.env, self.tokens = src, md, env, tokens
        self.posMax = len(src)
        self.cache = {}
        self.tokens_meta = []
        self.delimiters = []
        self._prev_delimiters = []

    def append_pending(self, text: str) -> None:
        self.tokens.append(Light("text", content=text))

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Token:
        """Adds a token; signs of emphasis find each other only inside one pair of tokens."""
        token = Light(ttype, tag, nesting)
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
