"""What a page prints: every total on it, by the form in which it is printed and what it is of.

What it is of is an address within the site, or the words beside it. A value is a pair: what is certain, and what is possible.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from .tree import Node, tree

Pair = tuple[int, int]
Figure = tuple[str, str, tuple[int, ...]]
"""A figure at the head of a page: its `<data value>`, that with what is possible, and of how many entries it is told."""

_PAIR = re.compile(r"(?:([\d,]+)(?: entr(?:y|ies))?)?(?:,? ?\+? ?([\d,]+) ?(possible)?)?")


def number(text: str) -> int:
    return int(text.replace(",", ""))


def pair(text: str) -> Pair | None:
    """`5`, `5 + 1 possible`, `1 possible`, `5 entries, 1 possible`, `5 +1`; None for a text that counts nothing."""
    alone = re.fullmatch(r"\+?([\d,]+)( possible)?", text)
    if alone:
        return (0, number(alone[1])) if alone[2] or text[0] == "+" else (number(alone[1]), 0)
    found = _PAIR.fullmatch(text)
    return (number(found[1]), number(found[2] or "0")) if found and found[1] else None


class Page:
    """A page of the site with its totals."""

    def __init__(self, path: str, html: str) -> None:
        self.path = path
        self.main = tree(html).first("main") or Node("main")
        lede = self.main.first("p", "lede")
        self.lede = lede.text if lede else ""

    @property
    def sentence(self) -> str:
        """The sentence that says how many incidents there are; a wave has another one before it."""
        told = (p.text for p in self.main.every("p") if re.match("A (night|campaign|topic), ", p.text))
        return next(told, "") if re.fullmatch(r"waves/[^/]+", self.path) else self.lede

    def target(self, node: Node | None) -> str:
        """Where the first link in an element leads, from the root of the site; empty without a link."""
        link = node if node is None or node.tag == "a" else node.first("a")
        if link is None:
            return ""
        path, sign, anchor = link.given.get("href", "").partition("#")
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path)) if path else self.path
        return whole + sign + anchor

    def totals(self) -> Iterator[tuple[str, str, Pair]]:
        """Every total but those at the head: form, what it is of, and its value."""
        for form, of, text in self._texts():
            found = pair(text)
            if found:
                yield form, of, found

    def figures(self) -> dict[str, Figure]:
        """The figures at the head, by `incident`, `killed` and `injured`."""
        found = {}
        for one in (part for stats in self.main.every("dl", "stats") for part in stats.every("div")):
            label, value = one.first("dt"), one.first("dd")
            assert label and value
            small = value.first("small")
            more = [data.given["value"] for data in small.every("data")] if small else []
            sure = [
                data.given["value"]
                for data in value.every("data")
                if data not in (small.every("data") if small else ())
            ]
            told = tuple(number(n) for n in re.findall(r"[\d,]*\d", label.text))
            found[re.split(r"[ ,]", label.text)[0].removesuffix("s")] = ("".join(sure), "".join(more), told)
        return found

    def _texts(self) -> Iterator[tuple[str, str, str]]:
        yield from self._lists()
        yield from self._tables()
        yield from self._nights()
        for link in self.main.every("a"):
            title = link.first("title")
            if title:
                yield "drawn", self.target(link), title.text.rpartition(": ")[2]

    def _lists(self) -> Iterator[tuple[str, str, str]]:
        for section in (self.main, *self.main.every("section")):
            name = section.given.get("aria-labelledby", "")
            for item in (item for columns in _own(section, "ul", "columns") for item in columns.every("li")):
                told = item.first("span")
                words = item.text.removesuffix(told.text if told else "").strip()
                yield f"column {name}", self.target(item) or words, told.text if told else ""
        for item in (item for rows in self.main.every("ol", "list") for item in rows.every("li")):
            told = item.first("b")
            if self.target(item).startswith("sources/"):
                yield "document", self.target(item), told.text if told else ""
        for item in (item for strip in self.main.every("ul", "imprecise") for item in strip.every("li")):
            told = item.first("b")
            yield "strip", self.target(item), told.text if told else ""
        for item in (item for nav in self.main.every("nav") for item in nav.every("li")):
            told = re.fullmatch(r"(.+) \((.+)\)", item.text)
            if told:
                yield "section", told[1], told[2]

    def _nights(self) -> Iterator[tuple[str, str, str]]:
        """What the page of a day says of its nights."""
        for section in self.main.every("section"):
            for p in section.every("p") if section.given.get("aria-labelledby") == "night" else ():
                told = re.match(r"The night .* which (.*?): (.*?)(?:\.|, (?:all )?listed above)", p.text)
                alone = re.fullmatch(r"It has (.*)\.", p.text)
                if told or alone:
                    yield "night", told[1] if told else "began on this evening", told[2] if told else (alone or [""])[1]

    def _tables(self) -> Iterator[tuple[str, str, str]]:
        for table in self.main.every("table"):
            name = table.given.get("class", "")
            for row in table.every("tr"):
                cells = [cell for cell in row.inside if isinstance(cell, Node) and cell.tag == "td"]
                if name == "month":
                    yield from self._days(cells)
                elif name == "data":
                    texts = [cell.text or "0" for cell in cells[:2]]
                    yield "table", self.target(row), f"{texts[0]} + {texts[1]} possible" if cells else ""
                elif name == "bars" and cells:
                    head = row.first("th")
                    yield "bar", self.target(head) or (head.text if head else ""), cells[0].text
                else:
                    yield from self._numbers(row, cells)

    def _days(self, cells: list[Node]) -> Iterator[tuple[str, str, str]]:
        for cell in cells:
            day = cell.first("b")
            if day and cell.first("a"):
                told = (
                    cell.text[len(day.text) :]
                    .strip()
                    .replace(" entries", "")
                    .replace(" entry", "")
                    .replace(" possible", "")
                )
                yield "grid", self.target(cell), " ".join(told.split())

    def _numbers(self, row: Node, cells: list[Node]) -> Iterator[tuple[str, str, str]]:
        for cell in cells:
            if "num" in cell.given.get("class", "").split():
                yield "cell", self.target(cell) or self.target(row), cell.text


def _own(section: Node, tag: str, name: str) -> Iterator[Node]:
    """The elements with a tag and a class in a section that stand in no section inside it."""
    for part in section.inside:
        if isinstance(part, Node) and part.tag != "section":
            if part.tag == tag and name in part.given.get("class", "").split():
                yield part
            yield from _own(part, tag, name)
