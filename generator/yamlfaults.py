"""What goes wrong in YAML, in an author's words: what libyaml refuses, and what it takes but no author means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from .expressions import Expression
from .nodes import Node, Scalar, Sequence, every
from .problems import Fault
from .yamladvice import QUOTE_IT, bad, in_quotes, linked_address, not_a_pair, sign_advice

_SCHEME = Expression(r"[A-Za-z][A-Za-z0-9+.-]*://")
_ADDRESS_WITH_COMMA = Expression(r":[^\s,]+,")
_KEY_INSIDE = Expression(r"\n[A-Za-z_][\w-]*:(?=\s)")
_COMMENT = Expression(r"([ \t]+)(#.*\n?)")
_START_OF_VALUE = Expression(r"[ ]*(?:- +)*(?:[^\s:#\"'\[{][^:#\n]*:(?= ) +)?")


class Refusal(msgspec.Struct, frozen=True):
    """What libyaml said, with offsets into `text`: where the thing it speaks of opened, and where it gave up.

    `last` is the text it read last.
    """

    text: str
    words: str
    opened: int
    at: int
    last: Scalar | None


# ---------------------------------------------------------------- what libyaml refuses


def refusal_fault(refusal: Refusal) -> Fault:
    """What the author did that was refused; the offset counts from the start of the text."""
    return next(fault for explain in EXPLANATIONS if (fault := explain(refusal)))


def _quote_not_closed(said: Refusal) -> Fault | None:
    swallowed = said.last is not None and said.last.raw[:1] in "\"'" and _KEY_INSIDE.search(said.last.raw)
    if not swallowed and "unexpected end of stream" not in said.words:
        return None
    return unclosed_quote(said.text, said.last.start if swallowed and said.last else said.opened)


def _unknown_escape(said: Refusal) -> Fault | None:
    if not any(word in said.words for word in ("escape", "hexdecimal")):
        return None
    start = said.text.rfind("\\", said.opened, said.at + 1)
    escape = re.compile(r"\\(?:[xuU][0-9A-Fa-f]*|.|\Z)").match(said.text, start)
    shown = escape[0] if escape else "\\"
    word = "is not a valid character" if "invalid Unicode" in said.words else "is not an escape of YAML"
    return bad(f'"{shown}" {word}', 'write "\\\\" for a backslash, or use single quotes', start, len(shown))


def _no_key(said: Refusal) -> Fault | None:
    """A line on the outermost level that is not `key: value`."""
    return not_a_pair(said.text, said.opened) if "could not find expected ':'" in said.words else None


def _not_closed(said: Refusal) -> Fault | None:
    kind = re.search("flow (sequence|mapping)", said.words)
    if not kind:
        return None
    name, mark = ("list", "]") if kind[1] == "sequence" else ("map", "}")
    line_end = _line_end(said.text, said.opened)
    if said.at <= line_end and said.text[said.at : line_end].strip():
        message = f'this does not belong here in the {name}; a "," or "{mark}" is expected'
        return bad(message, "put the text before it in quotes", said.at, 1)
    message = f'the {name} opened here is never closed, or lacks a ","'
    return bad(message, f'end it with "{mark}"', said.opened, line_end - said.opened)


def _sign(said: Refusal) -> Fault | None:
    """A value that begins with a sign of YAML."""
    start = said.at if "cannot start any token" in said.words else _value_start(said.text, said.at)
    value = _value(said.text, start)
    if value[:1] not in tuple("@`%*&!|>,]}?:-"):
        return None
    if value[0] == "-" and "block sequence entries" in said.words:
        return bad(
            'a list cannot begin after its key: "' + value + '"',
            "put each item on a line of its own, or quote the value",
            start,
            len(value),
        )
    return bad(f'the value begins with "{value[0]}", a sign of YAML', sign_advice(value), start, len(value))


def _colon_inside(said: Refusal) -> Fault | None:
    if "mapping values" not in said.words:
        return None
    line_start = said.text.rfind("\n", 0, said.at) + 1
    if said.last is not None and said.last.start < line_start:
        message = "this line is indented, so it reads as a part of the text above it"
        hint = "delete the blanks before it, or put the text above in quotes"
        return bad(message, hint, *_rest(said.text, line_start))
    start = _value_start(said.text, said.at)
    value = _value(said.text, start)
    return bad('": " inside an unquoted value', in_quotes(value), start, len(value))


def _after_the_end(said: Refusal) -> Fault | None:
    """Text after a closing quote or bracket."""
    start = said.text.rfind("\n", 0, said.at) + 1
    before = said.text[start : said.at].rstrip()
    if not before or before[-1] not in "\"']}" or "did not find expected" not in said.words:
        return None
    value = _value(said.text, _value_start(said.text, said.at))
    address = linked_address(value)
    if address:
        return bad(
            "a link of Markdown cannot stand here", f"write the address alone: {address}", *_rest(said.text, said.at)
        )
    return bad(f"text after the closing {before[-1]}", _whole_advice(value), *_rest(said.text, said.at))


def _whole_advice(value: str) -> str:
    """What to write where quotes or brackets close before the value ends; single quotes may hold an apostrophe."""
    if value[:1] == "'":
        inner = value.strip("'")
        return in_quotes(inner) if '"' not in inner else "write '' for an apostrophe inside single quotes"
    advice = in_quotes(value)
    return "put the whole value in quotes" if advice == QUOTE_IT else advice


def _nothing_known(said: Refusal) -> Fault | None:
    if said.text[said.at : said.at + 1] != "?":
        return None
    return bad('"?" is no value', "leave the key out where nothing is known", said.at, 1)


def _first_indented(said: Refusal) -> Fault | None:
    """Blanks before the first key and not before the next."""
    if "did not find expected" not in said.words or said.text[:1] != " ":
        return None
    return bad("the first key is indented and the next is not", "delete the blanks before it", *_rest(said.text, 0))


def _out_of_line(said: Refusal) -> Fault | None:
    if "did not find expected" not in said.words:
        return None
    message = "this line does not fit the lines above it"
    return bad(message, 'keys of one map and "-" of one list begin in the same column', *_rest(said.text, said.at))


def _anything_else(said: Refusal) -> Fault:
    return bad(f"not YAML: {said.words}", QUOTE_IT, *_rest(said.text, said.at))


EXPLANATIONS: tuple[Callable[[Refusal], Fault | None], ...] = (
    _quote_not_closed,
    _unknown_escape,
    _no_key,
    _not_closed,
    _sign,
    _colon_inside,
    _after_the_end,
    _nothing_known,
    _first_indented,
    _out_of_line,
    _anything_else,
)


def unclosed_quote(text: str, start: int) -> Fault:
    """A quote that is closed nowhere, or only after the next key."""
    message = (
        "the quote opened here is not closed before the next key"
        if _KEY_INSIDE.search(text, start)
        else "the quote opened here is never closed"
    )
    return bad(message, "close it at the end of the value", start, _line_end(text, start) - start)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _rest(text: str, at: int) -> tuple[int, int]:
    """Where the rest of a line begins and how long it is, without blanks around it."""
    line = text[at : _line_end(text, at)]
    return at + len(line) - len(line.lstrip()), len(line.strip())


def _value_start(text: str, at: int) -> int:
    """Where the value begins in the line around an offset."""
    found = _START_OF_VALUE.match(text, text.rfind("\n", 0, at) + 1)
    return found.end() if found else at


def _value(text: str, start: int) -> str:
    return re.split(r"\s#", text[start : _line_end(text, start)])[0].rstrip()


# ---------------------------------------------------------------- what libyaml takes in silence


def surprises(top: Node) -> Iterator[Fault]:
    """Values that libyaml reads otherwise than their author meant; offsets count from the start of the source."""
    text = top.source.text
    if " #" in text or "\t#" in text or _ADDRESS_WITH_COMMA.search(text):
        for node in every(top):
            for surprise in SURPRISES:
                yield from surprise(node)


def _cut_by_comment(node: Node) -> Iterator[Fault]:
    """`Strike #5`: what follows ` #` is gone. Two blanks before it and one after tell a comment that is meant."""
    if not isinstance(node, Scalar) or node.quoted:
        return
    tail = _COMMENT.match(node.source.text, node.end)
    if tail and not (len(tail[1]) > 1 and tail[2].startswith(("# ", "#\n"))):
        comment = tail[2].rstrip()
        hint = 'quote the value if this belongs to it; for a comment put two blanks before "#" and one after it'
        length = tail.start(2) + len(comment) - node.start
        yield Fault("cut-by-comment", f'"{comment}" is not part of the value "{node.raw}"', hint, node.start, length)


def _split_address(node: Node) -> Iterator[Fault]:
    """`[https://e/a?x=1,2]`: the address ends at its comma."""
    if not isinstance(node, Sequence):
        return
    for one, two in zip(node.items, node.items[1:], strict=False):
        if isinstance(one, Scalar) and is_address(one) and two.start == one.end + 1 and not is_address(two):
            yield split_address(one, two)


def is_address(node: Node) -> bool:
    """Whether a node is an unquoted address with its scheme."""
    return isinstance(node, Scalar) and not node.quoted and _SCHEME.match(node.text) is not None


def split_address(one: Scalar, two: Node) -> Fault:
    """An unquoted address and what a comma cut off it."""
    whole = one.source.text[one.start : two.end]
    return Fault(
        "split-address", f'the address ends at its comma: "{whole}"', "put it in quotes", one.start, len(whole)
    )


SURPRISES: tuple[Callable[[Node], Iterator[Fault]], ...] = (_cut_by_comment, _split_address)


def joined_lines(text: Scalar) -> Iterator[Fault]:
    """Of a text on several lines: a `- item` that became part of it, a key that its quotes swallowed."""
    if text.quoted and _KEY_INSIDE.search(text.raw):
        yield unclosed_quote(text.source.text, text.start)
    item = None if text.quoted else re.search(r"\n *(- .*)", text.raw)
    if item:
        message = f'"{item[1]}" is read as part of the text above it'
        yield bad(message, "a key with a list has nothing after its colon", text.start + item.start(1), len(item[1]))
