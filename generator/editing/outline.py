"""The keys of a front matter while it is written, and what a cursor in it is about to complete.

`frontmatter` reads what is whole. Here half a line has to be understood, so the text is read line by line: indents, dashes and
brackets say where a key belongs. What cannot be understood gives no answer, never a wrong file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from ..expressions import Expression
from .positions import Position

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


_DASH = Expression(r"-(?: +|$)")
_NAME = r"[^\s\"'\[\]{},#:&*!|>%@`?-][^\"'\[\]{},#:]*?"
_KEY = Expression(rf"([\"']?)({_NAME})\1 *:(?= |$)")
_BEGUN_KEY = Expression(rf"([\"']?)({_NAME})\1 *:(?!//)")
_SIGN = Expression(r"[\[\]{},:\"'#]")
_FREE = Expression(r"[|>][0-9+-]* *(?:#.*)?$")
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
        self._given_up = 0

    def read(self, row: int) -> int:
        """The line to go on with after this one."""
        text = self.lines[row]
        is_here = self.cursor is not None and self.cursor.line == row
        at = len(text) - len(text.lstrip(" "))
        if self._free_below is not None and (not text.strip() or at > self._free_below):
            return row + 1
        self._free_below = None
        if is_here:
            assert self.cursor is not None
            self.spot = self._spot(text, self.cursor.column)
        if not text.strip() or text[at] == "#":
            return row + 1
        while dash := _DASH.match(text, at):
            self._levels = _with_item(self._levels, at)
            at = dash.end()
        key = _KEY.match(text, at)
        if key:
            self._levels = _with_key(self._levels, at, key[2])
            self.keys.append(Key(self._levels[-1].path, key[2], row, key.start(2), key.end(2)))
            column, at = at, key.end() + len(text[key.end() :]) - len(text[key.end() :].lstrip(" "))
            if _FREE.match(text, at):
                self._free_below = column
        return self._behind(row, at)

    def _behind(self, row: int, at: int) -> int:
        """The line to go on with after a value that begins here."""
        opening = self.lines[row][at : at + 1]
        if opening and opening in "[{":
            return self._brackets(row, at)
        if opening and opening in "\"'":
            return self._quoted(row, at)[0] + 1
        return row + 1

    def _quoted(self, row: int, at: int) -> tuple[int, int]:
        """Line and column behind the text in quotes that begins here; up to the end of its line where it is not closed."""
        sign, line, start = self.lines[row][at], row, at + 1
        while line < self.last and not (line > row and _KEY.match(self.lines[line])):
            end = self.lines[line].find(sign, start)
            while sign == '"' and end > 0 and self.lines[line][end - 1] == "\\":
                end = self.lines[line].find(sign, end + 1)
            if end >= 0:
                return line, end + 1
            line, start = line + 1, 0
        return row, len(self.lines[row])

    # ------------------------------------------------------------ the cursor in a line without brackets

    def _spot(self, text: str, column: int) -> Spot | None:
        """What a cursor at a column of this line is in; brackets are looked into when they are read."""
        levels, at, before = self._levels, len(text) - len(text.lstrip(" ")), text[:column]
        at = min(at, column)
        is_item = False
        while dash := _DASH.match(before, at):
            levels, at, is_item = _with_item(levels, at), dash.end(), True
        if before[at:].startswith(("#", "[", "{")):
            return None
        key = _KEY.match(before, at) or _BEGUN_KEY.match(before, at)
        if not key:
            return self._begun(text, at, column, levels, is_item)
        start = key.end() + len(before[key.end() :]) - len(before[key.end() :].lstrip(" "))
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
        path, begun = self._levels[-1].latest, at
        for line, column, sign in self._signs(row, at):
            self._look(levels, line, begun if line == row else 0, column)
            if sign in "[{":
                levels.append(_Bracket(sign == "[", _inside(levels, path), "1" if sign == "[" else ""))
            elif sign in "]}":
                levels = levels[:-1]
                if not levels:
                    return line + 1
            elif sign == "," and levels:
                levels[-1] = _next(levels[-1])
            elif sign == ":" and levels and not levels[-1].is_list and not levels[-1].item:
                levels[-1] = self._named(levels[-1], line, begun if line == row else 0, column)
            row, begun = line, column + (sign not in "\"'")
        return self._given_up

    def _signs(self, row: int, at: int) -> Iterator[tuple[int, int, str]]:
        """The signs that matter from a place on, and the end of each line as a blank; up to a line that begins a key anew."""
        self._given_up = row + 1
        for line in range(row, self.last):
            text = self.lines[line]
            if line > row and _KEY.match(text):
                return
            self._given_up = line + 1
            start, until = (at if line == row else 0), 0
            for found in _SIGN.finditer(text, start):
                column, sign = found.start(), found[0]
                if column < until:
                    continue
                if sign == "#":
                    if text[column - 1 : column] in ("", " "):
                        break
                    continue
                if sign == ":" and text[column + 1 : column + 2] not in ("", " ", '"', "'", ",", "}", "]"):
                    continue
                if sign in "\"'":
                    if text[start:column].rstrip(" ")[-1:] not in ("", "[", "{", ",", ":"):
                        continue
                    until = self._quoted(line, column)[1] if self._quoted(line, column)[0] == line else len(text)
                yield line, column, sign
            yield line, len(text), " "

    def _named(self, level: _Bracket, line: int, start: int, column: int) -> _Bracket:
        """A map whose key ends with the colon at a column."""
        text = self.lines[line][start:column]
        name = text.strip().strip("\"'")
        begun = start + len(text) - len(text.lstrip()) + (text.strip()[:1] in "\"'" and bool(text.strip()))
        if name:
            self.keys.append(Key(level.path, name, line, begun, begun + len(name)))
        return level._replace(item=name or "?")

    def _look(self, levels: list[_Bracket], line: int, start: int, end: int) -> None:
        """Sets the spot where the cursor stands between two signs on this line."""
        cursor = self.cursor
        if not levels or cursor is None or cursor.line != line or not start <= cursor.column <= end:
            return
        text = self.lines[line]
        start += len(text[start : cursor.column]) - len(text[start : cursor.column].lstrip(" "))
        level = levels[-1]
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


def _inside(levels: list[_Bracket], path: Path) -> Path:
    """Where what opens now stands."""
    return (*levels[-1].path, levels[-1].item) if levels else path


def _next(level: _Bracket) -> _Bracket:
    """A list with one more item, a map that waits for a key."""
    return level._replace(item=str(int(level.item) + 1) if level.is_list else "")


def _value(text: str, path: Path, start: int, column: int, lacks_blank: bool = False) -> Spot:
    """The spot of a text that begins at a column, with or without a quote."""
    quote = text[start : start + 1] if start < column and text[start : start + 1] in ("'", '"') else ""
    start = min(start + len(quote), column)
    end = _BEHIND.match(text, column)
    return Spot(path, start, end.end() if end else column, is_value=True, quote=quote, lacks_blank=lacks_blank)
