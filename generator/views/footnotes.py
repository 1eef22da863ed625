"""The markers of footnotes in a text, which lead to the sources of its entry."""

from __future__ import annotations

from collections.abc import Iterable

from ..ledger import Cited


class Footnotes:
    """Makes the markers of one text, and remembers their ids by the number of the source, so that the list leads back."""

    def __init__(self, cited: Iterable[Cited]) -> None:
        self.numbers = {name: c.number for c in cited for name in (c.citation.label, c.citation.source) if name}
        self.used: dict[str, list[str]] = {}
        self.count = 0

    def marker(self, name: str) -> str:
        """A marker as HTML, with a word joiner before it so that it never begins a line; nothing for an unknown name."""
        number = self.numbers.get(name)
        if number is None:
            return ""
        self.count += 1
        self.used.setdefault(f"{number}", []).append(f"r{self.count}")
        return f'\u2060<sup><a id="r{self.count}" href="#s{number}">[{number}]</a></sup>'
