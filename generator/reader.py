"""Positioned YAML to typed values, driven by the types of `model.py`; every fault is collected, none stops the reading.

A *take* is a function that turns one node into one value; it is made once for each type, from `msgspec.inspect`, and
gives `FAULTY` where it reported a problem instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Final

import msgspec
from msgspec import inspect

from . import nodes
from .addresses import address_fault
from .characters import invisible_in, key_hint
from .counts import Count, parse_count
from .edtf import Edtf, parse_edtf
from .model import Citation, Record, Relation
from .moments import Moment, parse_moment
from .nodes import Mapping, Node, Pair, Scalar, Sequence, authored
from .problems import Fault, Problem, Span, did_you_mean, problem_of
from .routes import is_slug
from .rulebook import RULES
from .times import Time, parse_time
from .zones import known_zones, unknown_zone_fault

FAULTY: Final = object()
Take = Callable[[Node, str, "Sheet"], Any]


class Sheet:
    """What one reading of one file gathers besides its values: places, problems, and the texts under `private`."""

    __slots__ = ("marks", "path", "private", "problems")

    def __init__(self, path: str) -> None:
        self.path = path
        self.marks: dict[str, Span] = {}
        self.problems: list[Problem] = []
        self.private: list[str] = []

    def report(self, rule: str, key: str, node: Node, message: str, hint: str = "") -> object:
        """Add a problem at a node; gives FAULTY, so that a take can end with it."""
        self.problems.append(Problem(rule=rule, path=self.path, span=node.span, key=key, message=message, hint=hint))
        return FAULTY

    def report_fault(self, fault: Fault, key: str, node: Node) -> object:
        quoted = isinstance(node, Scalar) and node.quoted
        shifted = msgspec.structs.replace(fault, offset=fault.offset + 1) if quoted else fault
        self.problems.append(problem_of(shifted, self.path, node.span, key))
        return FAULTY


class Reading(msgspec.Struct, frozen=True):
    """The values of a front matter by key (faulty ones left out), the keys that were faulty, and the sheet they came with."""

    values: dict[str, Any]
    faulty: frozenset[str]
    sheet: Sheet


def reading(mapping: Mapping, cls: type[msgspec.Struct], path: str, required: Iterable[str] = ()) -> Reading:
    """The front matter of one file as values of `cls`; `required` names keys that are needed besides the type's own."""
    sheet = Sheet(path)
    shape = _shape(cls)
    needed = [*(name for name in shape.required), *(name for name in required if name not in shape.required)]
    values = _fields(shape, mapping, "", sheet)
    present = {pair.key.text for pair in mapping.pairs} | set(mapping.broken)
    missing = [name for name in needed if name not in present]
    if missing:
        message = f"required {'keys' if len(missing) > 1 else 'key'} missing: {', '.join(missing)}"
        sheet.problems.append(Problem(rule="missing-key", path=path, span=Span(1, 1, 1, 4), message=message))
    return Reading(values, frozenset(present - values.keys()), sheet)


def keys_of(cls: type[msgspec.Struct]) -> tuple[str, ...]:
    """The keys an author may write for a type, in their order."""
    return tuple(_shape(cls).takes)


# ---------------------------------------------------------------- structs


class Shape(msgspec.Struct, frozen=True):
    """How a struct is read: key to take, which keys it needs, and which keys make up a part whose keys stand beside (`flat`)."""

    cls: type[msgspec.Struct]
    takes: dict[str, Take]
    required: tuple[str, ...]
    flat: tuple[tuple[str, type[msgspec.Struct], frozenset[str]], ...]
    fixed: bool = True


@cache
def _shape(cls: type[msgspec.Struct]) -> Shape:
    given = set(Record.__struct_fields__) if issubclass(cls, Record) else set()
    takes: dict[str, Take] = {}
    required: list[str] = []
    flat: list[tuple[str, type[msgspec.Struct], frozenset[str]]] = []
    info = inspect.type_info(cls)
    assert isinstance(info, inspect.StructType)
    for field in info.fields:
        if field.name in given:
            continue
        extra, inner = unwrapped(field.type)
        if extra.get("flat"):
            assert isinstance(inner, inspect.StructType)
            part = _shape(inner.cls)
            flat.append((field.name, inner.cls, frozenset(part.takes)))
            takes |= part.takes
            continue
        takes[field.name] = _take(inner, extra)
        if field.required:
            required.append(field.name)
    return Shape(cls, takes, tuple(required), tuple(flat))


def _fields(shape: Shape, mapping: Mapping, prefix: str, sheet: Sheet) -> dict[str, Any]:
    """The good values of a mapping by key; unknown keys are reported, those that begin with `x_` are the author's own."""
    values: dict[str, Any] = {}
    for pair in mapping.pairs:
        name = pair.key.text
        key = prefix + name
        take = shape.takes.get(name)
        if take is None:
            if not name.startswith("x_") and not invisible_in(name):  # an invisible character has been reported
                _report_unknown(shape, pair.key, key, sheet)
            continue
        sheet.marks[key] = pair.value.span
        value = take(pair.value, key, sheet)
        if value is not FAULTY:
            values[name] = value
    for name, cls, keys in shape.flat:
        own = {key: values.pop(key) for key in keys & values.keys()}
        if own:
            values[name] = cls(**own)
    return values


def _report_unknown(shape: Shape, key: Scalar, path: str, sheet: Sheet) -> None:
    known = tuple(shape.takes)
    hint = key_hint(key.text, known) or did_you_mean(key.text, known)
    hint = hint or f"known keys: {', '.join(known)}; keys that begin with x_ are yours"
    sheet.report("unknown-key", path, key, f'unknown key "{key.text}"', hint)


def _take_struct(cls: type[msgspec.Struct], short: str | None) -> Take:
    spelling = SPELLINGS.get(cls)

    def take(node: Node, key: str, sheet: Sheet) -> Any:
        if spelling is not None:
            node = spelling(node)
        elif short and isinstance(node, Scalar):
            node = _as_mapping(short, node)
        if not isinstance(node, Mapping):
            return sheet.report("wrong-shape", key, node, f"must be a map with keys; found {_shape_word(node)}")
        shape = _shape(cls)
        values = _fields(shape, node, f"{key}.", sheet)
        missing = [n for n in shape.required if n not in values]
        absent = [n for n in missing if n not in node.broken and not any(p.key.text == n for p in node.pairs)]
        if absent:
            sheet.report("missing-key", key, node, f"needs {' and '.join(absent)}")
        return FAULTY if missing else cls(**values)

    return take


# ---------------------------------------------------------------- spellings: shorter ways to write the same


def _word(text: str, like: Node) -> Scalar:
    """A text that stands for what was left out, at the place of a node."""
    return Scalar(like.span, like.source, like.start, like.end, text, False)


def _map(like: Node, *pairs: Pair) -> Mapping:
    """A map that stands for a shorter spelling, at the place of a node."""
    return Mapping(like.span, like.source, like.start, like.end, pairs)


def _as_mapping(name: str, value: Node) -> Mapping:
    return _map(value, Pair(_word(name, value), value))


def _citation(node: Node) -> Node:
    """A seed's id or an address alone, as the map it stands for."""
    if not isinstance(node, Scalar):
        return node
    return _as_mapping("url" if ":" in node.text or "/" in node.text else "source", node)


def _relation(node: Node) -> Node:
    """An id alone is `related`; `{follow-up-to: id}` is a map of one kind to one id."""
    if isinstance(node, Scalar):
        return _map(node, Pair(_word("kind", node), _word("related", node)), Pair(_word("to", node), node))
    if isinstance(node, Mapping) and len(node.pairs) == 1 and node.pairs[0].key.text not in ("kind", "to"):
        pair = node.pairs[0]
        return _map(node, Pair(_word("kind", pair.key), pair.key), Pair(_word("to", pair.key), pair.value))
    return node


SPELLINGS: dict[type[msgspec.Struct], Callable[[Node], Node]] = {Citation: _citation, Relation: _relation}


# ---------------------------------------------------------------- takes of everything else


def unwrapped(info: inspect.Type) -> tuple[dict[str, Any], inspect.Type]:
    """The extras of a type and the type itself, without `None` and without wrappings."""
    extra: dict[str, Any] = {}
    while True:
        if isinstance(info, inspect.Metadata):
            extra |= info.extra or {}
            extra |= {"description": text} if (text := (info.extra_json_schema or {}).get("description")) else {}
            info = info.type
        elif isinstance(info, inspect.UnionType):
            (info,) = [t for t in info.types if not isinstance(t, inspect.NoneType)]
        else:
            return extra, info


def _take(info: inspect.Type, extra: dict[str, Any]) -> Take:
    if extra.get("drop"):
        return _take_private
    if isinstance(info, inspect.StructType):
        parse = parse_instant if extra.get("scalar") == "instant" else PARSERS.get(info.cls)
        return _take_parsed(parse) if parse else _take_struct(info.cls, extra.get("short"))
    if isinstance(info, inspect.LiteralType):
        return _take_word(tuple(str(v) for v in info.values))
    if isinstance(info, inspect.VarTupleType):
        return _take_list(info, extra)
    if isinstance(info, inspect.DictType):
        return _take_map(info, extra)
    if isinstance(info, inspect.BoolType):
        return _take_bool
    if isinstance(info, inspect.IntType | inspect.FloatType):
        return _take_number(info)
    if isinstance(info, inspect.StrType):
        return _take_text(info, extra)
    raise TypeError(f"the reader knows no way to take {info!r}")


PARSERS: dict[type, Callable[[str], Any]] = {
    Edtf: parse_edtf,
    Time: parse_time,
    Count: parse_count,
    Moment: parse_moment,
}


def parse_instant(text: str) -> Moment | Fault:
    """A moment that is an instant: a day with a time and its zone."""
    moment = parse_moment(text)
    if isinstance(moment, Fault) or moment.minute is not None:
        return moment
    return Fault("bad-moment", f'"{text}" has no time', f"write the time and its zone, such as {moment.day}T00:00+03:00")


def _take_parsed(parse: Callable[[str], Any]) -> Take:
    """A value with a notation of its own; a flow list `[a,b]` is taken as it was written, so quotes make no difference."""

    def take(node: Node, key: str, sheet: Sheet) -> Any:
        value = parse(authored(node))
        return sheet.report_fault(value, key, node) if isinstance(value, Fault) else value

    return take


def _take_word(words: tuple[str, ...]) -> Take:
    allowed = frozenset(words)

    def take(node: Node, key: str, sheet: Sheet) -> Any:
        if isinstance(node, Scalar) and node.text in allowed:
            return node.text
        text = authored(node)
        hint = did_you_mean(text, words) or f"one of: {', '.join(words)}"
        return sheet.report("unknown-word", key, node, f'"{text}" is not a word for this key', hint)

    return take


def _take_text(info: inspect.StrType, extra: dict[str, Any]) -> Take:
    check = SCALARS.get(extra.get("scalar", ""))
    pattern = re.compile(info.pattern) if info.pattern else None

    def take(node: Node, key: str, sheet: Sheet) -> Any:
        if not isinstance(node, Scalar):
            hint = "put the value in quotes if it is meant as text" if node.raw.startswith(("[", "{")) else ""
            return sheet.report("wrong-shape", key, node, f"must be text; found {_shape_word(node)}", hint)
        text = node.text
        if info.max_length is not None and len(text) > info.max_length:
            return sheet.report(
                "too-long", key, node, f"holds {len(text)} characters; at most {info.max_length} are allowed"
            )
        if pattern is not None and not pattern.search(text):
            return sheet.report("bad-form", key, node, f'"{text}" does not have the form of this key', extra["description"])
        fault = check(text) if check else None
        return sheet.report_fault(fault, key, node) if fault else text

    return take


def _slug_fault(text: str) -> Fault | None:
    if is_slug(text):
        return None
    return Fault("bad-id", f'"{text}" is not an id', "a–z, 0–9 and single hyphens, 1 to 80 letters")


def _zone_fault(text: str) -> Fault | None:
    return None if text in known_zones() else unknown_zone_fault(text)


def _rule_fault(text: str) -> Fault | None:
    return None if text in RULES else Fault("unknown-rule", f'no rule is called "{text}"', did_you_mean(text, RULES))


def _base_url_fault(text: str) -> Fault | None:
    fault = address_fault(text)
    if fault or (
        text.startswith(("http://", "https://")) and text.endswith("/") and "?" not in text and "#" not in text
    ):
        return fault
    return Fault(
        "bad-address",
        f'"{text}" cannot be the address of the site',
        "write it whole: https://example.org/ or https://example.org/name/",
    )


SCALARS: dict[str, Callable[[str], Fault | None]] = {
    "url": address_fault,
    "base_url": _base_url_fault,
    "slug": _slug_fault,
    "zone": _zone_fault,
    "rule": _rule_fault,
}


def _take_list(info: inspect.VarTupleType, extra: dict[str, Any]) -> Take:
    item_extra, item = unwrapped(info.item_type)
    if "scalar" in extra:
        item_extra = item_extra | {"scalar": extra["scalar"]}
    take_item = _take(item, item_extra)

    def take(node: Node, key: str, sheet: Sheet) -> Any:
        if isinstance(node, Sequence):
            items = node.items
        elif extra.get("lone"):
            items = (node,)
        else:
            hint = f"write [{authored(node)}]" if isinstance(node, Scalar) else ""
            return sheet.report("wrong-shape", key, node, f"must be a list; found {_shape_word(node)}", hint)
        values = []
        for number, part in enumerate(items, 1):
            sheet.marks[f"{key}.{number}"] = part.span
            values.append(take_item(part, f"{key}.{number}", sheet))
        good = tuple(v for v in values if v is not FAULTY)
        return FAULTY if info.min_length and not good else good

    return take


def _take_map(info: inspect.DictType, extra: dict[str, Any]) -> Take:
    value_extra, value_type = unwrapped(info.value_type)
    take_value = _take(value_type, value_extra)
    check_key = SCALARS.get(extra.get("keys", ""))
    short = extra.get("short")

    def take(node: Node, key: str, sheet: Sheet) -> Any:
        if short and isinstance(node, Scalar):
            node = _as_mapping(short, node)
        if not isinstance(node, Mapping):
            return sheet.report("wrong-shape", key, node, f"must be a map with keys; found {_shape_word(node)}")
        values = {}
        for pair in node.pairs:
            fault = check_key(pair.key.text) if check_key else None
            if fault:
                sheet.report_fault(fault, key, pair.key)
                continue
            inner = f"{key}.{pair.key.text}"
            sheet.marks[inner] = pair.value.span
            value = take_value(pair.value, inner, sheet)
            if value is not FAULTY:
                values[pair.key.text] = value
        return values

    return take


def _take_bool(node: Node, key: str, sheet: Sheet) -> Any:
    text = authored(node)
    if text in ("true", "false"):
        return text == "true"
    return sheet.report("unknown-word", key, node, f'must be true or false; found "{text}"')


def _take_number(info: inspect.IntType | inspect.FloatType) -> Take:
    whole = isinstance(info, inspect.IntType)
    pattern = re.compile(r"-?[0-9]{1,15}" if whole else r"-?[0-9]{1,15}(\.[0-9]{1,15})?")

    def take(node: Node, key: str, sheet: Sheet) -> Any:
        text = authored(node)
        if not pattern.fullmatch(text):
            wanted = "a whole number" if whole else "a number, such as 50.5957"
            return sheet.report("bad-number", key, node, f'must be {wanted}; found "{text}"')
        value = int(text) if whole else float(text)
        low, high = info.ge, info.le
        if (low is not None and value < low) or (high is not None and value > high):
            return sheet.report("bad-number", key, node, f"{text} is not between {low} and {high}")
        return value

    return take


def _take_private(node: Node, key: str, sheet: Sheet) -> Any:
    """Nothing: what stands under `private` is gathered only so that no output can hold it."""
    for text in nodes.texts(node):
        sheet.private.append(text)
    return None


def _shape_word(node: Node) -> str:
    if isinstance(node, Scalar):
        return f'text "{node.text}"' if len(node.text) < 40 else "text"
    return "a list" if isinstance(node, Sequence) else "a map"
