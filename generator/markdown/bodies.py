"""The tokens of a body as HTML with holes, and everything that may not stand in it.

What is at fault is reported and left out, so that no markup of an author's and no unjudged address gets into a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import NamedTuple

from ..model import Body, Heading, Hole, Reference
from ..problems import Fault, Problem
from .dialect import language_of, markup
from .draft import (
    HEADING_EMPTY,
    HEADING_LEVEL,
    LINK_DUPLICATE,
    LINK_UNUSED,
    TABLE_CELLS,
    TOO_DEEP,
    Draft,
    escaped,
)
from .headings import HEADINGS, first_words, headings_of
from .phrases import Phrase
from .places import Block, cell_of
from .slips import slips_of
from .tokens import MOST_LEVELS, Token

CONTAINERS = frozenset({"blockquote_open", "list_item_open"})
BARE = frozenset({"p", "li"})
CELLS = frozenset({"th", "td"})
MOST_SLIPS = 20
"""Of one paragraph no more are reported."""

VERBATIM = frozenset({"fence", "code_block", "html_block"})


class Written(NamedTuple):
    """A body, the words of its first paragraph, its links to something of ours, and its problems in the order of the text."""

    body: Body
    opening: str
    references: tuple[Reference, ...]
    problems: tuple[Problem, ...]


def written(text: str, lines: Sequence[str], first_line: int, path: str) -> Written:
    """What a body says; `lines` are those of its text, the first of which is the file's line `first_line`."""
    read, draft = markup(text), Draft(lines, first_line, path)
    headings = headings_of(read.tokens)
    _Blocks(draft, headings).put(read.tokens)
    for fault, found in ((LINK_UNUSED, read.unused), (LINK_DUPLICATE, read.repeated), (TABLE_CELLS, read.cut)):
        for line in found:
            draft.report(fault, draft.line_span(line), lines[line])
    problems = sorted(draft.problems, key=lambda p: (p.span, p.rule))
    opening = first_words(read.tokens)
    return Written(Body(draft.chunks(), headings), opening, tuple(draft.references), tuple(problems))


class _Blocks:
    """The blocks of a body while they are written into a draft; what came before the current one is kept."""

    def __init__(self, draft: Draft, headings: Sequence[Heading]) -> None:
        self.draft = draft
        self.headings = iter(headings)
        self.anchors = frozenset(h.anchor for h in headings)
        self.level = 1
        self.cell: Block | None = None

    def put(self, tokens: Sequence[Token]) -> None:
        """Adds all blocks to the draft, with line breaks where markdown-it has them."""
        before: Token | None = None
        for token, after in zip(tokens, [*tokens[1:], None], strict=False):
            if before and before.hidden and not token.hidden and token.nesting >= 0 and token.type not in VERBATIM:
                self.draft.put("\n")
            if rule := _RULES.get(token.type):
                rule(self, token)
            else:
                self.tag(token, after)
            before = token

    def leaf(self, token: Token) -> None:
        """A text with its tag, which is not written in an item of a tight list; a cell is looked for behind the one before it."""
        tag, texts = token.tag, self.draft.texts
        if tag == "p" and token.map and ("]" in token.content or token.content[:2] == "##"):
            self.slips(token.content, token.map[0])
        if tag in BARE and not token.children and not token.hidden:
            texts.append(f"<{tag}>{escaped(token.content)}</{tag}>\n")
            return
        if tag in HEADINGS:
            tag = self.heading(token)
        elif not token.hidden:
            texts.append(f"<{tag}{_attributes(token)}>")
        if tag in CELLS:
            assert token.map
            self.cell = cell_of(self.draft.lines, token.content, token.map[0], self.cell)
        if token.children:
            Phrase(self.draft, self.anchors, token, self.cell if tag in CELLS else None).put(token.children)
        else:
            texts.append(escaped(token.content))
        if not token.hidden:
            texts.append(f"</{tag}>\n")

    def slips(self, text: str, line: int) -> None:
        """Reports what was meant as markup, in a paragraph that begins on a line of the body."""
        for start, written, fault in islice(slips_of(text), MOST_SLIPS):
            opening = written.partition("\n")[0]
            self.draft.report(fault, self.draft.line_span(line + text.count("\n", 0, start), opening), written)

    def tag(self, token: Token, after: Token | None) -> None:
        """The opening or closing tag of a block that needs no rule of its own."""
        if token.nesting < 0:
            self.draft.texts.append(f"</{token.tag}>\n")
            return
        if token.type in CONTAINERS and token.level >= MOST_LEVELS - 1 and token.map:
            self.draft.report(TOO_DEEP, self.draft.line_span(token.map[0]))
        self.draft.texts.append(f"<{token.tag}{_attributes(token)}>" + ("" if _has_text(token, after) else "\n"))

    # -- one rule a type of token

    def table(self, token: Token) -> None:
        """A table in a box of its own, which scrolls where the table is wide and can be reached with the keyboard."""
        opening = token.nesting > 0
        self.draft.put('<div class="scroll" tabindex="0">\n<table>\n' if opening else "</table>\n</div>\n")

    def heading(self, token: Token) -> str:
        """The tag of a heading, which is opened with its anchor; level 1, skipped levels and empty headings are reported."""
        assert token.map
        heading, before, level = next(self.headings), self.level, int(token.tag[1])
        self.level = heading.level
        self.draft.put(f'<h{heading.level} id="', Hole("anchor", heading.anchor), '">')
        faults = [HEADING_LEVEL] if level == 1 else []
        if not heading.text:
            faults.append(HEADING_EMPTY)
        if level > before + 1:
            skipped, hint = f"level {level} comes after level {before}", f"write {'#' * (before + 1)}"
            faults.append(Fault("heading-skipped", skipped, hint))
        for fault in faults:
            span = self.draft.line_span(token.map[0], "#" if token.markup[0] == "#" else "")
            self.draft.report(fault, span, heading.text)
        return f"h{heading.level}"

    def code(self, token: Token) -> None:
        """A block of code, which can be scrolled with the keyboard."""
        language = language_of(token.info) if token.type == "fence" else ""
        marked = f' class="language-{escaped(language)}"' if language else ""
        self.draft.put(f'<pre tabindex="0"><code{marked}>{escaped(token.content)}</code></pre>\n')

    def html(self, token: Token) -> None:
        assert token.map
        first_line = token.content.strip().partition("\n")[0]
        self.draft.report_html(self.draft.line_span(token.map[0], "<"), first_line)


def _has_text(token: Token, after: Token | None) -> bool:
    """Whether text, or the end of the block, follows on the same line as its opening tag."""
    if token.nesting == 0 or after is None:
        return False
    return after.hidden or (after.nesting < 0 and after.tag == token.tag)


def _attributes(token: Token) -> str:
    """The number a list begins with, or the side on which a cell's text stands."""
    if not token.attrs:
        return ""
    if "start" in token.attrs:
        return f' start="{token.attrs["start"]}"'
    side = str(token.attrs.get("style", "")).removeprefix("text-align:")
    return f' class="{side}"' if side else ""


_RULES: dict[str, Callable[[_Blocks, Token], None]] = {
    "leaf": _Blocks.leaf,
    "table_open": _Blocks.table,
    "table_close": _Blocks.table,
    "fence": _Blocks.code,
    "code_block": _Blocks.code,
    "html_block": _Blocks.html,
}
