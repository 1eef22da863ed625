"""Pieces of a text that one look recognises: plain words, and links, footnotes, emphasis and code that hold nothing else.

They are read one after the other from the beginning of a text, up to the first sign of anything more; from there on the
rules in `inlines` take over, and would have read these the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.token import Token

from .tokens import Light

SIGNS = r"\n!&*<\[\\\]_`"
"""All signs that can be markup, as they stand in a class of a regular expression."""

EASY = re.compile(
    rf"""(?P<words>[^{SIGNS}]++|!(?!\[))
      | \[\[(?P<id>[^{SIGNS}|]*+)(?:\|(?P<label>[^{SIGNS}]++))?\]\]
      | \[\^(?P<note>[^{SIGNS}\s][^{SIGNS}]*+)\](?!:)
      | (?P<break>(?<![ ])\n)[ \t]*+
      | `(?P<code>[^`\s][^`\n]*+)`(?!`)
      | (?<![^ \n("'“«–—])(?P<sign>\*\*?|__?)(?P<stressed>[^\W_](?:[^{SIGNS}]*[^\W_])?)(?P=sign)(?![^ \n.,;:!?)"'”»–—])
    """,
    re.VERBOSE,
)


def _words(piece: re.Match[str]) -> tuple[Token, ...]:
    return (Light("text", content=piece[0]),)


def _break(piece: re.Match[str]) -> tuple[Token, ...]:
    return (Light("softbreak", "br"),)


def _record(piece: re.Match[str]) -> tuple[Token, ...]:
    return (_placed("wiki", piece, piece["id"]),)


def _named_record(piece: re.Match[str]) -> tuple[Token, ...]:
    opening = _placed("wiki_open", piece, piece["id"])
    opening.info = piece["label"]
    return opening, Light("text", content=piece["label"]), Light("wiki_close", "a", -1)


def _note(piece: re.Match[str]) -> tuple[Token, ...]:
    return (_placed("cite", piece, piece["note"].strip()),)


def _code(piece: re.Match[str]) -> tuple[Token, ...]:
    return (Light("code_inline", "code", content=piece["code"]),)


def _stressed(piece: re.Match[str]) -> tuple[Token, ...]:
    tag = "strong" if len(piece["sign"]) == 2 else "em"
    return Light(f"{tag}_open", tag, 1), Light("text", content=piece["stressed"]), Light(f"{tag}_close", tag, -1)


def _placed(type: str, piece: re.Match[str], content: str) -> Light:
    token = Light(type, content=content)
    token.meta = {"place": piece.span()}
    return token


PIECES: dict[str, Callable[[re.Match[str]], tuple[Token, ...]]] = {
    "words": _words,
    "break": _break,
    "id": _record,
    "label": _named_record,
    "note": _note,
    "code": _code,
    "stressed": _stressed,
}
"""The tokens of what `EASY` found, by the name of its last group."""
