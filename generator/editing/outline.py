"""The keys of a front matter while it is written, and what a cursor in it is about to complete.

`frontmatter` reads what is whole. Here half a line has to be understood, so the text is read line by line: indents, dashes and
brackets say where a key belongs. What cannot be understood gives no answer, never a wrong file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from ..expressions import Expression
from .positions import Position
from .signs import BEGUN_KEY, DASH, FREE, KEY, behind_blanks, behind_quotes, indent_of, signs

Path: TypeAlias = tuple[str, ...]
"""Keys and numbers of list items from 1, from the outermost in: `("sources", "2", "says")`."""


class Key(NamedTuple):
    """A key that stands in a text: the map that it belongs to, its name and its place."""

    map: Path
    name: str
    line: int
    start: int
    end: int


class Spot(NamedTuple):
    """What a cursor is in: a key of the map at `path`, or its value, or either; `start` to `end` is what would be replaced.

    `quote` is the sign of the quotes around it; `lacks_blank` is set where nothing parts the value from its colon.
    """

    path: Path
    start: int
    end: int
    is_key: bool = False
    is_value: bool = False
    quote: str = ""
    lacks_blank: bool = False


class Outline(NamedTuple):
    """All keys of a front matter, in order, and the spot of the cursor where it is in one."""

    keys: tuple[Key, ...]
    spot: Spot | None = None


class _Level(NamedTuple):
    """A map or a list that is open: its column, where it stands, and its latest key or item."""

    column: int
    is_list: bool
    path: Path
    latest: Path


class _Bracket(NamedTuple):
    """A list or map in brackets that is open: where it stands, the key or number of the present item; empty before a key."""

    is_list: bool
    path: Path
    item: str


MOST_LEVELS = 20
"""Levels of brackets and of dashes on one line that are followed; no schema needs half of them."""

_BEHIND = Expression(r"[^\s,:#\[\]{}\"'|]*")


def outline(lines: Sequence[str], first: int, last: int, cursor: Position | None = None) -> Outline:
    """The keys on the lines from `first` up to `last`, and the spot of a cursor there."""
    reading = _Reading(lines, last, cursor)
    row = first
    while row < last:
        row = reading.read(row)
    return Outline(tuple(reading.keys), reading.spot)


class _Reading:
    """One pass over the lines of a front matter."""

    def __init__(self, lines: Sequence[str], last: int, cursor: Position | None) -> None:
        self.lines, self.last, self.cursor = lines, last, cursor
        self.keys: list[Key] = []
        self.spot: Spot | None = None
        self._levels = [_Level(-1, False, (), ())]
        self._free_below: int | None = None

    def read(self, row: int) -> int:
        """The line to go on with after this one."""
        text = self.lines[row]
        at = indent_of(text)
        if self._free_below is not None and (not text.strip() or at > self._free_below):
            return row + 1
        self._free_below = None
        if self.cursor is not None and self.cursor.line == row:
            self.spot = self._spot(text, self.cursor.column)
        if not text.strip() or text[at] == "#":
            return row + 1
        self._levels, at, _ = _with_items(self._levels, text, at)
        key = KEY.match(text, at)
        if key:
            self._levels = _with_key(self._levels, at, key[2])
            self.keys.append(Key(self._levels[-1].path, key[2], row, key.start(2), key.end(2)))
            column, at = at, behind_blanks(text, key.end())
            self._free_below = column if FREE.match(text, at) else None
        return self._behind(row, at)

    def _behind(self, row: int, at: int) -> int:
        """The line to go on with after a value that begins here."""
        opening = self.lines[row][at : at + 1]
        if opening and opening in "[{":
            return self._brackets(row, at)
        if opening and opening in "\"'":
            return behind_quotes(self.lines, self.last, row, at)[0] + 1
        return row + 1

    # ------------------------------------------------------------ the cursor in a line without brackets

    def _spot(self, text: str, column: int) -> Spot | None:
        """What a cursor at a column of this line is in; brackets are looked into when they are read."""
        before = text[:column]
        levels, at, is_item = _with_items(self._levels, before, min(indent_of(text), column))
        if before[at:].startswith(("#", "[", "{")):
            return None
        key = KEY.match(before, at) or BEGUN_KEY.match(before, at)
        if not key:
            return self._begun(text, at, column, levels, is_item)
        start = behind_blanks(before, key.end())
        path = (*_with_key(levels, at, key[2])[-1].path, key[2])
        if before[start:].startswith(("[", "{", "|", ">")) or " #" in before[start - 1 :]:
            return None
        return _value(text, path, start, column, lacks_blank=start == key.end())

    def _begun(self, text: str, at: int, column: int, levels: list[_Level], is_item: bool) -> Spot | None:
        """A key that has no colon yet, or an item or value that stands on a line of its own."""
        if is_item:
            spot = _value(text, levels[-1].latest, at, column)
            return spot._replace(is_key=not spot.quote)
        opened = _with_key(levels, at, "")
        is_new = opened[-1].path == levels[-1].latest and opened[-1].column > levels[-1].column
        spot = _value(text, opened[-1].path, at, column)
        is_first = len(levels) == 1
        return spot._replace(is_key=not spot.quote, is_value=is_new and not is_first)

    # ------------------------------------------------------------ lists and maps in brackets

    def _brackets(self, row: int, at: int) -> int:
        """The line to go on with after the list or map in brackets that opens here."""
        levels: list[_Bracket] = []
        path, begun, line = self._levels[-1].latest, at, row
        for line, column, sign in signs(self.lines, self.last, row, at):
            start = begun if line == row else 0
            self._look(levels, line, start, column)
            if sign in "[{":
                levels.append(_opened(levels, path, sign))
            elif sign in "]}":
                levels.pop()
            elif sign == ",":
                levels[-1] = _next(levels[-1])
            elif sign == ":" and not levels[-1].item:
                levels[-1] = self._named(levels[-1], line, start, column)
            if not 0 < len(levels) <= MOST_LEVELS:
                break
            row, begun = line, column + (sign not in "\"'")
        return line + 1

    def _named(self, level: _Bracket, line: int, start: int, column: int) -> _Bracket:
        """A map whose key ends with the colon at a column."""
        text = self.lines[line]
        begun, name = behind_blanks(text, start), text[start:column].strip()
        if name.strip("\"'"):
            begun += name[0] in "\"'"
            name = name.strip("\"'")
            self.keys.append(Key(level.path, name, line, begun, begun + len(name)))
        return level._replace(item=name or "?")

    def _look(self, levels: list[_Bracket], line: int, start: int, end: int) -> None:
        """Sets the spot where the cursor stands between two signs on this line."""
        cursor = self.cursor
        if not levels or cursor is None or cursor.line != line or not start <= cursor.column <= end:
            return
        text, level = self.lines[line], levels[-1]
        start = behind_blanks(text[: cursor.column], start)
        path = (*level.path, level.item) if level.item else level.path
        spot = _value(text, path, start, cursor.column, lacks_blank=text[start - 1 : start] == ":")
        self.spot = spot._replace(is_key=not level.item and not spot.quote, is_value=bool(level.item))


# ---------------------------------------------------------------- levels


def _with_key(levels: list[_Level], column: int, name: str) -> list[_Level]:
    """The levels with a key in the map at a column."""
    kept = list(levels)
    while kept[-1].column > column or (kept[-1].column == column and kept[-1].is_list):
        kept.pop()
    path = kept[-1].path if kept[-1].column == column else kept[-1].latest
    if kept[-1].column == column:
        kept.pop()
    return [*kept, _Level(column, False, path, (*path, name))]


def _with_item(levels: list[_Level], column: int) -> list[_Level]:
    """The levels with another item in the list at a column."""
    kept = list(levels)
    while kept[-1].column > column:
        kept.pop()
    if kept[-1].column == column and kept[-1].is_list:
        same = kept.pop()
        return [*kept, same._replace(latest=(*same.path, str(int(same.latest[-1]) + 1)))]
    path = kept[-1].latest
    return [*kept, _Level(column, True, path, (*path, "1"))]


def _with_items(levels: list[_Level], text: str, at: int) -> tuple[list[_Level], int, bool]:
    """The levels with an item for each dash from a column on, the column behind them, and whether there are any."""
    start = at
    for _ in range(MOST_LEVELS):
        dash = DASH.match(text, at)
        if not dash:
            break
        levels, at = _with_item(levels, at), dash.end()
    return levels, at, at > start


def _opened(levels: list[_Bracket], path: Path, sign: str) -> _Bracket:
    """What opens with a bracket inside others, or at a path."""
    there = (*levels[-1].path, levels[-1].item) if levels else path
    return _Bracket(sign == "[", there, "1" if sign == "[" else "")


def _next(level: _Bracket) -> _Bracket:
    """A list with one more item, a map that waits for a key."""
    return level._replace(item=str(int(level.item) + 1) if level.is_list else "")


def _value(text: str, path: Path, start: int, column: int, lacks_blank: bool = False) -> Spot:
    """The spot of a text that begins at a column, with or without a quote."""
    quote = text[start : start + 1] if start < column and text[start : start + 1] in ("'", '"') else ""
    start = min(start + len(quote), column)
    end = _BEHIND.match(text, column)
    return Spot(path, start, end.end() if end else column, is_value=True, quote=quote, lacks_blank=lacks_blank)
