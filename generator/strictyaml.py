"""YAML read strictly: every value is a text with its place, and whatever YAML would do besides is a fault.

libyaml scans, and its events come one by one, so nothing is scanned below `MOST_LEVELS`, where it would hang. The only
module that imports yaml, and only where it is used.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple
from unicodedata import normalize

from .characters import JOINERS, name_of
from .nodes import Mapping, Node, Scalar, Sequence, Source
from .problems import Fault, Problem
from .yamladvice import QUOTE_IT, bad, not_a_pair
from .yamlfaults import Refusal, is_address, joined_lines, refusal_fault, split_address
from .yamlsource import Entry, gathered

MOST_LEVELS = 8
MOST_KEYS = 200
MOST_FAULTS = 200

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class _RefusedError(Exception):
    """Ends the reading of a stretch; its only argument is the fault."""


class _Library(NamedTuple):
    """libyaml's parser, the types of its events, and its refusal."""

    parser: Any
    text: Any
    map: Any
    list: Any
    map_end: Any
    list_end: Any
    refusal: type[Exception]


@cache
def _library() -> _Library:
    from yaml import events
    from yaml._yaml import CParser
    from yaml.error import MarkedYAMLError

    return _Library(
        CParser,
        events.ScalarEvent,
        events.MappingStartEvent,
        events.SequenceStartEvent,
        events.MappingEndEvent,
        events.SequenceEndEvent,
        MarkedYAMLError,
    )


class Stretch:
    """One go of libyaml over a source, from offset `start` to the end or to the first fault that stops it.

    Read it once; then `entries` are the keys of the outermost level, and `problems` what did not stop it.
    """

    def __init__(self, source: Source, start: int) -> None:
        self.source = source
        self.start = start
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self._last: Scalar | None = None
        self._yaml = _library()
        self._asks = "? " in source.clean
        self._next = self._yaml.parser(source.clean[start:]).get_event

    def read(self) -> Fault | None:
        """The fault that ended the reading, if one did."""
        try:
            self._read_document()
        except _RefusedError as refused:
            return refused.args[0]  # type: ignore[no-any-return]
        except self._yaml.refusal as error:
            return refusal_fault(self._refusal(error))
        return None

    # ------------------------------------------------------------ the document

    def _read_document(self) -> None:
        self._next()  # the start of the stream
        if not hasattr(self._next(), "explicit"):
            return
        root = self._next()
        if isinstance(root, self._yaml.map):
            self._refuse_marks(root)
            self._read_entries(self.entries, "", 1)
        elif not isinstance(root, self._yaml.text) or root.value or root.style:
            self._refuse_root(root)
        self._next()  # the end of the document
        self._next()  # the end of the stream, where libyaml refuses what is left over

    def _refuse_root(self, root: Any) -> None:
        """What is no map: a line without a key among others, or the whole."""
        start, end = self._offsets(root)
        word = "a list" if isinstance(root, self._yaml.list) else "text"
        if word == "text" and (self.start or ":" in self.source.clean):
            raise _RefusedError(not_a_pair(self.source.clean, start))
        message, hint = f'must be "key: value" pairs; found {word}', "write each key with a colon and a blank after it"
        raise _RefusedError(Fault("not-a-mapping", message, hint, start, end - start))

    def _refusal(self, error: Any) -> Refusal:
        """What libyaml said, with offsets into the whole source."""
        at = self.start + error.problem_mark.index
        opened = self.start + error.context_mark.index if error.context_mark else at
        words = f"{error.context or ''}: {error.problem}".lstrip(": ")
        clean = self.source.clean
        return Refusal(clean, words, opened, min(at, len(clean)), self._last)

    # ------------------------------------------------------------ maps, lists, texts

    def _read_entries(self, entries: list[Entry], prefix: str, level: int) -> Any:
        """The event that ends a map, its keys and values added to `entries`; `prefix` is its dotted path with a dot at the end."""
        next_event, is_text, is_end = self._next, self._yaml.text, self._yaml.map_end
        before: Node | None = None
        while type(event := next_event()) is not is_end:
            key = self._key(event)
            if len(entries) == MOST_KEYS:
                raise _RefusedError(
                    Fault("too-long", f"more than {MOST_KEYS} keys in one map", "", key.start, key.end - key.start)
                )
            event = next_event()
            if type(event) is not is_text:
                value: Node | None = self._collection(event, prefix + key.text, level)
            elif _is_empty(event):
                self._report_empty(prefix, key, event, before)
                value = None
            else:
                value = self._text(event)
            entries.append((key, value))
            before = value
        return event

    def _read_items(self, items: list[Node], prefix: str, level: int) -> Any:
        """The event that ends a list, its readable items added to `items`."""
        next_event, is_text, is_end = self._next, self._yaml.text, self._yaml.list_end
        number = 0
        while type(event := next_event()) is not is_end:
            number += 1
            if type(event) is not is_text:
                items.append(self._collection(event, f"{prefix}{number}", level))
            elif _is_empty(event):
                start, end = self._offsets(event)
                found = Fault(
                    "empty-value", "has no value", "leave the item out", min(start, end - 1), max(1, end - start)
                )
                self._report(found, f"{prefix}{number}")
            else:
                items.append(self._text(event))
        return event

    def _key(self, event: Any) -> Scalar:
        if type(event) is not self._yaml.text:
            start, end = self._offsets(event)
            raise _RefusedError(bad("a list or a map cannot be a key", "a key is one word", start, max(1, end - start)))
        key = self._text(event)
        if self._asks or not key.text.isidentifier():
            self._check_key(key)
        return key

    def _check_key(self, key: Scalar) -> None:
        start, length = key.start, key.end - key.start
        if key.raw == "<<":
            raise _RefusedError(
                Fault("yaml-alias", 'merge keys ("<<") are not allowed', "write the keys out", start, length)
            )
        if self.source.clean[max(0, start - 2) : start] == "? ":
            raise _RefusedError(bad('"? " before a key is not allowed', "delete it", start - 2, 1))
        if not key.text.strip():
            raise _RefusedError(bad("a key is missing here", "write a key before the colon", start, max(1, length)))
        joiner = next((c for c in key.text if c in JOINERS), "")  # allowed in texts, so not reported otherwise
        if joiner:
            message = f"the key holds an invisible character, {name_of(joiner)}"
            self._report(Fault("bad-character", message, "type the key anew", start, length))

    def _collection(self, event: Any, path: str, level: int) -> Node:
        self._refuse_marks(event)
        if level == MOST_LEVELS:
            start, end = self._offsets(event)
            raise _RefusedError(
                Fault("too-deep", f"nested deeper than {MOST_LEVELS} levels", "", start, max(1, end - start))
            )
        if type(event) is self._yaml.list:
            items: list[Node] = []
            end_event = self._read_items(items, f"{path}.", level + 1)
            return Sequence(self.source, *self._extent(event, end_event, items), tuple(items))
        entries: list[Entry] = []
        end_event = self._read_entries(entries, f"{path}.", level + 1)
        pairs, broken, repeated = gathered(self.source, entries, f"{path}.")
        self.problems += repeated
        last = [pairs[-1].value] if pairs else []
        return Mapping(self.source, *self._extent(event, end_event, last), pairs, broken)

    def _text(self, event: Any) -> Scalar:
        """A scalar event as a text in NFC."""
        first, last, text, style = event.start_mark, event.end_mark, event.value, event.style
        if event.anchor is not None or event.tag is not None:
            self._refuse_marks(event)
        if not text.isascii():
            text = normalize("NFC", text)
        node = Scalar(self.source, self.start + first.index, self.start + last.index, text, style != "")
        if first.line != last.line:
            node = self._long_text(node, style)
        self._last = node
        return node

    def _long_text(self, node: Scalar, style: str) -> Scalar:
        """A text on several lines; libyaml counts the empty lines below a `|` or `>` to it."""
        if style not in ("|", ">"):
            self.problems += (self.source.problem(fault) for fault in joined_lines(node))
            return node
        end = node.start + len(node.raw.rstrip())
        return Scalar(node.source, node.start, end, node.text.rstrip("\n"), True)

    # ------------------------------------------------------------ places

    def _offsets(self, event: Any) -> tuple[int, int]:
        return self.start + event.start_mark.index, self.start + event.end_mark.index

    def _extent(self, event: Any, end_event: Any, parts: list[Node]) -> tuple[int, int]:
        """From a bracket to its fellow; a block ends with its last part, though libyaml goes on to the next key."""
        start, end = self._offsets(event)
        if end > start and self.source.text[start] in "[{":
            return start, self.start + end_event.end_mark.index
        return start, parts[-1].end if parts else start + 1

    # ------------------------------------------------------------ faults

    def _report(self, fault: Fault, key: str = "") -> None:
        """Add a fault that does not stop the reading, unless there are too many."""
        self.problems.append(self.source.problem(fault, key))
        if len(self.problems) >= MOST_FAULTS:
            raise _RefusedError(Fault("too-long", f"more than {MOST_FAULTS} faults", "", fault.offset, fault.length))

    def _refuse_marks(self, event: Any) -> None:
        """Anchors, aliases and tags, which are most often a sign at the beginning of a text."""
        if event.anchor is None and event.tag is None:
            return
        start, _ = self._offsets(event)
        line = self.source.clean[start:].split("\n", 1)[0].rstrip()
        message = f'the value begins with "{line[0]}": anchors, aliases and tags are not allowed'
        raise _RefusedError(Fault("yaml-alias", message, QUOTE_IT, start, len(line)))

    def _report_empty(self, prefix: str, key: Scalar, event: Any, before: Node | None) -> None:
        """A key without a value; in a flow map it may be the rest of an address or of a text."""
        self._refuse_marks(event)
        start, end = self._offsets(event)
        clean = self.source.clean
        if isinstance(before, Scalar) and start == end and key.start == before.end + 1 and is_address(before):
            self._report(split_address(before, key), prefix[:-1])
            return
        if isinstance(before, Scalar) and start == end and key.start == before.end + 1 and _is_cut(before, key):
            number = f"{before.text}.{key.text}"
            self._report(bad("a comma ends the value here", f"write {number}", before.start, key.end - before.start))
            return
        hint = "write its value, or leave the key out where nothing is known"
        if clean[end : end + 99].lstrip(" ").startswith("#"):
            hint = 'what begins with "#" is a comment; put the value in quotes if it belongs to it'
        elif start < end and not event.style:
            hint = f'leave the key out, or write "{event.value}" in quotes if it is meant as text'
        elif ":" in key.text:
            hint = "put a blank after the colon"
        start, end = (start, end) if start < end else (key.start, key.end)
        self._report(Fault("empty-value", "has no value", hint, start, end - start), prefix + key.text)


def _is_empty(event: Any) -> bool:
    """Whether a scalar event says nothing: no text, only blanks, or one of YAML's words for that."""
    value = event.value
    return not value or value.isspace() or (len(value) < 5 and value in _NULLS and not event.style)


def _is_cut(before: Scalar, key: Scalar) -> bool:
    """Whether a comma cut a decimal number in two."""
    return not before.quoted and key.text.isdecimal() and before.text.lstrip("-").isdecimal()
