"""Pieces of a text that one look recognises: plain words, and links, footnotes, emphasis and code that hold nothing else.

They are read one after the other from the beginning of a text, up to the first sign of anything more; from there on the
rules in `inlines` take over, and would have read these the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .tokens import Token

SIGNS = r"\n!&*<\[\\\]_`{"
"""All signs that can be markup, as they stand in a class of a regular expression."""

first_sign = re.compile(f"[{SIGNS}]").search
"""Finds the first sign of a text that could be markup; a text without any stands for itself."""

EASY = re.compile(
    rf"""(?P<words>[^{SIGNS}]++|!(?!\[)|\{{(?!\{{))
      | \[\[(?P<id>[^{SIGNS}|]*+)(?:\|(?P<label>[^{SIGNS}]++))?\]\]
      | \[\^(?P<note>[^{SIGNS}\s][^{SIGNS}]*+)\](?!:)
      | (?P<break>(?<![ ])\n)[ \t]*+
      | `(?P<code>[^`\s][^`\n]*+)`(?!`)
      | (?<![^ \n("'“«–—])(?P<sign>\*\*?|__?)(?P<stressed>[^\W_](?:[^{SIGNS}]*[^\W_])?)(?P=sign)(?![^ \n.,;:!?)"'”»–—])
    """,
    re.VERBOSE,
)


def pieces_of(text: str) -> tuple[list[Token], int]:
    """The tokens of the easy pieces that a text begins with, and where they end."""
    tokens: list[Token] = []
    at, end = 0, len(text)
    while at < end and (easy := EASY.match(text, at)):
        tokens += _KINDS[easy.lastgroup or ""](easy)
        at = easy.end()
    return tokens, at


def _words(piece: re.Match[str]) -> tuple[Token, ...]:
    return (Token("text", content=piece[0]),)


def _break(piece: re.Match[str]) -> tuple[Token, ...]:
    return (Token("softbreak", "br"),)


def _record(piece: re.Match[str]) -> tuple[Token, ...]:
    return (_placed("wiki", piece, piece["id"]),)


def _named_record(piece: re.Match[str]) -> tuple[Token, ...]:
    opening = _placed("wiki_open", piece, piece["id"], piece["label"])
    return opening, Token("text", content=piece["label"]), Token("wiki_close", "a", -1)


def _note(piece: re.Match[str]) -> tuple[Token, ...]:
    return (_placed("cite", piece, piece["note"].strip()),)


def _code(piece: re.Match[str]) -> tuple[Token, ...]:
    return (Token("code_inline", "code", content=piece["code"]),)


def _stressed(piece: re.Match[str]) -> tuple[Token, ...]:
    tag = "strong" if len(piece["sign"]) == 2 else "em"
    return Token(f"{tag}_open", tag, 1), Token("text", content=piece["stressed"]), Token(f"{tag}_close", tag, -1)


def _placed(type: str, piece: re.Match[str], content: str, info: str = "") -> Token:
    return Token(type, "", 0, content, info=info, place=piece.span())


_KINDS: dict[str, Callable[[re.Match[str]], tuple[Token, ...]]] = {
    "words": _words,
    "break": _break,
    "id": _record,
    "label": _named_record,
    "note": _note,
    "code": _code,
    "stressed": _stressed,
}
