"""A page of HTML as a tree, by the parser of the standard library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "br", "img", "hr", "input", "source", "wbr"})


@dataclass
class Node:
    """An element with what stands in it: texts and further elements."""

    tag: str
    given: dict[str, str] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its words on one line."""
        return " ".join("".join(self.texts()).replace("\u2060", "").split())

    def texts(self) -> Iterator[str]:
        for part in self.inside:
            if isinstance(part, str):
                yield part
            else:
                yield from part.texts()

    def every(self, tag: str, name: str = "") -> Iterator[Node]:
        """The elements with a tag, and a class where one is given, anywhere in it, in the order of the page."""
        for part in self.inside:
            if isinstance(part, Node):
                if part.tag == tag and (not name or name in part.given.get("class", "").split()):
                    yield part
                yield from part.every(tag, name)

    def below_heading(self, id: str) -> Iterator[Node]:
        """What stands below the heading with an id, up to the next one."""
        for holder in [self, *self.every("section")]:
            nodes = [part for part in holder.inside if isinstance(part, Node)]
            for n, node in enumerate(nodes):
                if node.given.get("id") == id:
                    until = next(
                        (k for k, other in enumerate(nodes) if k > n and other.tag in ("h2", "h3")), len(nodes)
                    )
                    yield from nodes[n + 1 : until]

    def first(self, tag: str, name: str = "") -> Node | None:
        return next(self.every(tag, name), None)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attributes})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Node(tag, {name: value or "" for name, value in attributes}))

    def handle_endtag(self, tag: str) -> None:
        places = [n for n, node in enumerate(self.open) if node.tag == tag]
        if places:
            del self.open[places[-1] :]

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def tree(html: str) -> Node:
    builder = _Builder()
    builder.feed(html)
    return builder.open[0]
