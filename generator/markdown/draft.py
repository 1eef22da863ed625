"""A body while it is written: its chunks, its links and its problems, and the words of the problems that need no more."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Hole, Reference
from ..problems import Fault, Problem, Severity, Span
from .tags import html_fault, is_closing, tag_name

WARNINGS = frozenset({"heading-glued", "heading-skipped", "link-slip", "link-unused", "tracker"})

FOOTNOTE_DEFINED = Fault(
    "footnote-defined",
    "a footnote here names a source of the entry",
    "write its text in the body, or as the source's note",
)
HEADING_EMPTY = Fault("heading-empty", "the heading is empty", "write its words, or take it out")
HEADING_LEVEL = Fault("heading-level", "level 1 is the title's", "begin with ##")
IMAGE_ALT = Fault("image-alt", "the picture has no text for those who cannot see it", "write ![what it shows](…)")
LINK_DUPLICATE = Fault("link-duplicate", "this label is defined above, and the first one counts", "take one out")
LINK_IN_LINK = Fault("link-in-link", "a link stands inside a link or a picture's text", "take one of the two out")
LINK_OPEN = Fault("link-malformed", "[[ is not closed by ]]", r"close it, or write \[[ for the signs themselves")
QUERY_OPEN = Fault("query-malformed", "{{ is not closed by }}", r"close it, or write \{{ for the signs themselves")
QUERY_IN_HEADING = Fault("query-malformed", "a heading holds no query", "ask in the text below it")
LINK_TEXT = Fault("link-malformed", "the link has no text", "write some behind the |, or leave the | out")
LINK_UNDEFINED = Fault(
    "link-undefined", "the label is defined nowhere", r"define it below, or write \[ for the sign itself"
)
LINK_UNUSED = Fault("link-unused", "no link uses this definition", "take it out")
TABLE_CELLS = Fault(
    "table-cells",
    "this row has more cells than the head of its table, so the last are lost",
    r"write \| for the sign itself",
)
TOO_DEEP = Fault("too-many", "blocks are nested too deep to be read", "write it flatter")


class Draft:
    """What is known of a body so far; `lines` are its raw lines, the first of which is the file's line `first_line`."""

    def __init__(self, lines: Sequence[str], first_line: int, path: str) -> None:
        self.lines = lines
        self.first_line = first_line
        self.path = path
        self.texts: list[str] = []
        self.joined: list[str | Hole] = []
        self.references: list[Reference] = []
        self.problems: list[Problem] = []
        self.tags: list[str] = []

    def put(self, *pieces: str | Hole) -> None:
        """Adds HTML and holes to the end."""
        for piece in pieces:
            if isinstance(piece, str):
                self.texts.append(piece)
            else:
                self._join()
                self.joined.append(piece)

    def chunks(self) -> tuple[str | Hole, ...]:
        """The HTML with its holes; neighbouring texts are one."""
        self._join()
        return tuple(self.joined)

    def _join(self) -> None:
        """Puts the HTML behind the last hole, if there is any, among the chunks."""
        if self.texts:
            self.joined.append("".join(self.texts))
            self.texts.clear()

    def report(self, fault: Fault, span: Span, offending: str = "") -> None:
        """Notes a fault; its message begins with the offending text where that is given."""
        message = f'"{shown(offending)}": {fault.message}' if offending else fault.message
        severity: Severity = "warning" if fault.rule in WARNINGS else "error"
        problem = Problem(
            rule=fault.rule, path=self.path, span=span, message=message, hint=fault.hint, severity=severity
        )
        self.problems.append(problem)

    def report_html(self, span: Span, html: str) -> None:
        """Notes a tag; one that closes what has been noted is no mistake of its own."""
        name = tag_name(html)
        if name in self.tags and is_closing(html):
            self.tags.remove(name)
            return
        self.tags += [name] if name and not is_closing(html) else []
        self.report(html_fault(html), span, html)

    def line_span(self, line: int, opening: str = "") -> Span:
        """The place of a line of the body, counted from 0: from its opening sign, else from its first letter, to its end."""
        text = self.lines[line].rstrip()
        start = max(text.find(opening), 0) if opening else len(text) - len(text.lstrip())
        return Span(self.first_line + line, start + 1, self.first_line + line, len(text) + 1)


def escaped(text: str) -> str:
    """A text as it stands in HTML, also in an attribute between double quotes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def shown(text: str) -> str:
    """A text of an author on one line of a message, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
