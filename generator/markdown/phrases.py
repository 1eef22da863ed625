"""The text of one block (a paragraph, heading or cell) as HTML: emphasis, code, links, footnotes and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set

from ..addresses import TRACKER, TRACKERS
from ..model import Hole, Reference
from ..problems import Fault, Span, did_you_mean
from ..queries import parsed_query
from .draft import (
    FOOTNOTE_DEFINED,
    IMAGE_ALT,
    LINK_IN_LINK,
    LINK_OPEN,
    LINK_TEXT,
    LINK_UNDEFINED,
    QUERY_IN_HEADING,
    QUERY_OPEN,
    Draft,
    escaped,
    shown,
)
from .headings import HEADINGS, plain_text
from .places import Block, block_of, span_of
from .targets import Target, image_target, link_target, normalized, record_target
from .tokens import NOWHERE, Token

FAULTS = {f.rule: f for f in (FOOTNOTE_DEFINED, LINK_OPEN, LINK_UNDEFINED, QUERY_OPEN)}
"""What the inline rules note."""

LINKS = frozenset({"link_open", "wiki", "wiki_open", "cite", "query"})
ASKED = frozenset({"kind", "city", "tag", "wave"})
"""What a query may ask for and may not exist."""

SIGNS = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "softbreak": "\n",
    "hardbreak": "<br>\n",
}


class Phrase:
    """The text of one block while it is written into a draft; `anchors` are those of the whole body."""

    def __init__(self, draft: Draft, anchors: Set[str], token: Token, cell: Block | None) -> None:
        self.draft, self.anchors, self.token, self.block = draft, anchors, token, cell
        self.closers: list[str] = []

    def put(self, tokens: Iterable[Token]) -> None:
        """Adds the tokens of the text to the draft."""
        add = self.draft.texts.append
        for token in tokens:
            if token.type == "text":
                add(escaped(token.content))
            elif sign := SIGNS.get(token.type):
                add(sign)
            else:
                _RULES[token.type](self, token)

    def span(self, start: int, end: int) -> Span:
        """The place in the file of part of the block's text."""
        return span_of(self.draft.lines, self._block(), start, end, self.draft.first_line)

    def _block(self) -> Block:
        if self.block is None:
            assert self.token.map
            self.block = block_of(self.draft.lines, self.token.content, self.token.map[0])
        return self.block

    def report(self, fault: Fault, token: Token, offending: str = "") -> None:
        self.draft.report(fault, self.span(*token.place), offending)

    def refer(self, type: str, id: str, token: Token) -> None:
        self.draft.references.append(Reference(type, id, self.span(*token.place)))

    # -- one rule a type of token

    def text(self, token: Token) -> None:
        self.draft.texts.append(escaped(token.content))

    def code(self, token: Token) -> None:
        self.draft.put(f"<code>{escaped(token.content)}</code>")

    def html(self, token: Token) -> None:
        self.draft.report_html(self.span(*token.place), token.content)

    def fault(self, token: Token) -> None:
        self.report(FAULTS[token.info], token, token.content)

    def cite(self, token: Token) -> None:
        if self.may_link(token):
            self.refer("cite", token.content, token)
            self.draft.put(Hole("cite", token.content))

    def query(self, token: Token) -> None:
        """A query, which stands where a link may; what it names is noted with its own place."""
        if self.token.tag in HEADINGS:
            self.report(QUERY_IN_HEADING, token)
            return
        asked, start = parsed_query(token.content), token.place[0] + len("{{")
        if isinstance(asked, Fault):
            self.draft.report(asked, self.span(start + asked.offset, start + asked.offset + asked.length))
        elif self.may_link(token):
            self.refer("query", asked.text, token)
            for term in asked.terms:
                if term.key in ASKED:
                    place = self.span(start + term.at, start + term.at + len(term.value))
                    self.draft.references.append(Reference(f"asked-{term.key}", term.value, place))
            self.draft.put(Hole("query", asked.text))

    def wiki(self, token: Token) -> None:
        """`[[id]]`, which shows the title of what it leads to, or the opening of `[[id|text]]`."""
        self.closers.append("</a>" if self.may_link(token) and self.opens_record(token) else "")
        if token.type == "wiki":
            self.close(token)

    def link(self, token: Token) -> None:
        """The opening of a link, where it may stand and its address may be followed; its text is written in any case."""
        self.closers.append("</a>" if self.may_link(token) and self.opens_address(token) else "")

    def close(self, token: Token) -> None:
        self.draft.put(self.closers.pop())

    def image(self, token: Token) -> None:
        """A picture of ours with its text, loaded when it comes into view."""
        self.inside_image(token, 0)
        text, address = plain_text(token.children or ()), str(token.attrs["src"])
        if not text.strip():
            self.report(IMAGE_ALT, token)
        target = image_target(address)
        if isinstance(target, Fault):
            self.draft.report(target, self.address_span(token, address))
        else:
            tail = f'" alt="{escaped(text)}"{_title(token)} loading="lazy">'
            self.draft.put('<img src="', *self.leads(target, token), tail)

    # -- links

    def may_link(self, token: Token) -> bool:
        """Whether no link is open around this one; two inside each other are reported."""
        if self.closers:
            self.report(LINK_IN_LINK, token)
        return not self.closers

    def opens_record(self, token: Token) -> bool:
        """Whether a link to a record could be opened; what keeps it from that is reported."""
        target = record_target(token.content)
        if not isinstance(target, Fault) and token.type == "wiki_open" and not token.info.strip():
            target = LINK_TEXT
        if isinstance(target, Fault):
            self.report(target, token)
            return False
        name = ":".join(target)
        self.refer(*target, token)
        self.draft.put('<a href="', Hole("href", name), '">')
        if token.type == "wiki":
            self.draft.put(Hole("title", name))
        return True

    def opens_address(self, token: Token) -> bool:
        """Whether a link to an address could be opened; what keeps it from that is reported."""
        address = str(token.attrs["href"])
        target = link_target(address)
        if isinstance(target, Target) and target.type == "anchor":
            target = self.known_anchor(target)
        if isinstance(target, Fault):
            self.draft.report(target, self.address_span(token, address))
            return False
        if target.web and TRACKERS.search(address):
            self.draft.report(TRACKER, self.address_span(token, address), address)
        relation = ' rel="noreferrer noopener"' if target.web[:4].lower() == "http" else ""
        self.draft.put('<a href="', *self.leads(target, token), f'"{_title(token)}{relation}>')
        return True

    def known_anchor(self, target: Target) -> Target | Fault:
        """The heading of this body that `#name` means, with or without the `h-` of its anchor."""
        for name in (target.id, f"h-{target.id}"):
            if name in self.anchors:
                return target._replace(id=name, hole=Hole("anchor", name))
        near = did_you_mean(f"h-{target.id}", self.anchors)
        hint = near or "write the words of a heading in lower case, with hyphens between"
        return Fault("anchor-unknown", f'no heading of this text has the anchor "{shown(target.id)}"', hint)

    def leads(self, target: Target, token: Token) -> tuple[str | Hole, ...]:
        """The value of the attribute that leads somewhere; what is of ours is noted as a reference."""
        if target.hole is None:
            return (escaped(normalized(target.web)),)
        self.refer(target.type, target.id, token)
        return ("#" if target.type == "anchor" else "", target.hole, escaped(normalized(target.part)))

    def address_span(self, token: Token, address: str) -> Span:
        """The place of a link's address, or of the whole link where it is written elsewhere or with other signs."""
        start, end = token.place
        text = self._block().text
        at = text.find(address, max(text.rfind("](", start, end), start), end) if address else -1
        return self.span(at, at + len(address)) if at >= 0 else self.span(start, end)

    def inside_image(self, token: Token, base: int) -> None:
        """Reports what may not stand in a picture's text; the picture's own place counts from `base`."""
        base += token.place[0] + len("![")
        for child in token.children or ():
            span = self.span(*(base + offset for offset in child.place)) if child.place != NOWHERE else None
            if span and child.type in LINKS:
                self.draft.report(LINK_IN_LINK, span)
            elif span and child.type == "html_inline":
                self.draft.report_html(span, child.content)
            elif span and child.type == "fault":
                self.draft.report(FAULTS[child.info], span, child.content)
            elif child.type == "image":
                self.inside_image(child, base)


def _title(token: Token) -> str:
    title = str(token.attrs.get("title", ""))
    return f' title="{escaped(title)}"' if title else ""


_RULES: dict[str, Callable[[Phrase, Token], None]] = {
    "text_special": Phrase.text,
    "code_inline": Phrase.code,
    "html_inline": Phrase.html,
    "fault": Phrase.fault,
    "cite": Phrase.cite,
    "query": Phrase.query,
    "wiki": Phrase.wiki,
    "wiki_open": Phrase.wiki,
    "wiki_close": Phrase.close,
    "link_open": Phrase.link,
    "link_close": Phrase.close,
    "image": Phrase.image,
}
