"""Positioned YAML to typed values, driven by the types of `model.py`; every fault is collected, none stops the reading.

A *take* is a function that turns one node into one value; it is made once for each type, from `msgspec.inspect`, and
gives `FAULTY` where it reported a problem instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import cache
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from .characters import invisible_in, key_hint
from .meant import holds_nothing, list_advice, map_advice, other_key, wanted
from .model import Record
from .nodes import Mapping, Node, Pair, Scalar, Sequence
from .problems import Problem, Span, did_you_mean, nearest
from .scalars import PARSERS, SCALARS, parse_instant
from .sheet import FAULTY, Sheet, Take
from .spellings import SPELLINGS, as_mapping
from .takes import shape_word, take_bool, take_number, take_parsed, take_private, take_text, take_word

MOST_ITEMS = 300
"""Items in one list; no entry has needed a third of that."""


class Reading(msgspec.Struct, frozen=True):
    """The values of a front matter by key (faulty ones left out), the keys that were faulty, and the sheet they came with."""

    values: dict[str, Any]
    faulty: frozenset[str]
    sheet: Sheet


def reading(mapping: Mapping, cls: type[msgspec.Struct], path: str, required: Iterable[str] = ()) -> Reading:
    """The front matter of one file as values of `cls`; `required` names keys that are needed besides the type's own."""
    sheet = Sheet(path)
    shape = _shape(cls)
    values = _fields(shape, mapping, "", sheet)
    present = {pair.key.text for pair in mapping.pairs} | set(mapping.broken)
    needed = dict.fromkeys((*shape.required, *required))
    missing = [name for name in needed if name not in present and name not in sheet.meant]
    if missing:
        message = f"required {'keys' if len(missing) > 1 else 'key'} missing: {', '.join(missing)}"
        found = Problem(rule="missing-key", path=path, span=Span(1, 1, 1, 4), message=message, hint=wanted(missing))
        sheet.problems.append(found)
    return Reading(values, frozenset(present - values.keys()), sheet)


def required_keys(cls: type[msgspec.Struct]) -> Set[str]:
    """The keys without which there is no value of a type."""
    return _shape(cls).required.keys()


def keys_of(cls: type[msgspec.Struct]) -> tuple[str, ...]:
    """The keys an author may write for a type, in their order."""
    return tuple(_shape(cls).takes)


# ---------------------------------------------------------------- structs


class Shape(msgspec.Struct, frozen=True):
    """How a struct is read: key to take, which keys it needs, and the parts whose keys stand beside its own (key to part, part to type)."""

    takes: dict[str, Take]
    required: dict[str, None]
    homes: dict[str, str]
    parts: dict[str, type[msgspec.Struct]]


class Field(NamedTuple):
    """A key that an author may write; or a part whose keys stand beside it (`part`)."""

    name: str
    extra: dict[str, Any]
    form: inspect.Type
    required: bool
    part: type[msgspec.Struct] | None


def authored_fields(cls: type[msgspec.Struct]) -> Iterator[Field]:
    """The fields of a type that come from its front matter, in their order."""
    given = set(Record.__struct_fields__) if issubclass(cls, Record) else set()
    info = inspect.type_info(cls)
    assert isinstance(info, inspect.StructType)
    for field in info.fields:
        if field.name not in given:
            extra, inner = unwrapped(field.type)
            part = inner.cls if extra.get("flat") and isinstance(inner, inspect.StructType) else None
            yield Field(field.name, extra, inner, field.required, part)


@cache
def _shape(cls: type[msgspec.Struct]) -> Shape:
    takes: dict[str, Take] = {}
    homes: dict[str, str] = {}
    fields = tuple(authored_fields(cls))
    for field in fields:
        inside = _shape(field.part).takes if field.part else {}
        takes |= inside or {field.name: _take(field.form, field.extra)}
        homes |= dict.fromkeys(inside, field.name)
    required = dict.fromkeys(field.name for field in fields if field.required and not field.part)
    return Shape(takes, required, homes, {field.name: field.part for field in fields if field.part})


def _fields(shape: Shape, mapping: Mapping, prefix: str, sheet: Sheet) -> dict[str, Any]:
    """The good values of a mapping by key; unknown keys are reported, those that begin with `x_` are the author's own."""
    values: dict[str, Any] = {}
    beside: dict[str, dict[str, Any]] = {}
    takes, homes, marks = shape.takes, shape.homes, sheet.marks
    for pair in mapping.pairs:
        name, node = pair.key.text, pair.value
        key = prefix + name
        if name not in takes:
            if not name.startswith("x_") and not invisible_in(name):  # an invisible character has been reported
                _report_unknown(shape, mapping, pair, key, sheet)
            continue
        marks[key] = node
        value = takes[name](node, key, sheet)
        if value is FAULTY:
            continue
        if name in homes:
            beside.setdefault(homes[name], {})[name] = value
        else:
            values[name] = value
    for name, part in beside.items():
        values[name] = shape.parts[name](**part)
    return values


def _report_unknown(shape: Shape, mapping: Mapping, pair: Pair, path: str, sheet: Sheet) -> None:
    """A key that is none of ours; what belongs inside another key is told once for all that does."""
    known, key = tuple(shape.takes), pair.key
    inside = path[: -len(key.text)]
    present = {other.key.text for other in mapping.pairs}
    meant, advice = other_key(key.text, pair.value.text if isinstance(pair.value, Scalar) else "", known, present)
    near = meant or nearest(key.text, known)
    if advice.startswith("write") and inside + meant in sheet.meant:
        return
    if near:
        sheet.meant.add(inside + near)
    if advice.startswith("write") and meant in mapping.broken:
        sheet.explained.add(inside + meant)
        advice = f"begin it with two blanks, below {meant}:"
    hint = advice or key_hint(key.text, known) or did_you_mean(key.text, known)
    hint = hint or f"known keys: {', '.join(known)}; keys that begin with x_ are yours"
    sheet.report("unknown-key", path, key, f'unknown key "{key.text}"', hint)


def _take_struct(cls: type[msgspec.Struct], short: str | None) -> Take:
    spelling = SPELLINGS.get(cls)

    def take(node: Node, key: str, sheet: Sheet) -> Any:
        if spelling is not None:
            node = spelling(node)
        elif short and isinstance(node, Scalar):
            node = as_mapping(short, node)
        shape = _shape(cls)
        if not isinstance(node, Mapping):
            hint = map_advice(node, tuple(shape.takes), tuple(shape.required))
            return sheet.report("wrong-shape", key, node, f"must be a map with keys; found {shape_word(node)}", hint)
        if not node.pairs and not node.broken:
            return sheet.report("empty-value", key, node, "holds nothing", "leave the key out")
        values = _fields(shape, node, f"{key}.", sheet)
        return cls(**values) if shape.required.keys() <= values.keys() else _incomplete(shape, node, key, values, sheet)

    return take


def _incomplete(shape: Shape, node: Mapping, key: str, values: dict[str, Any], sheet: Sheet) -> object:
    """A part without all its keys; of a key that stands there, the fault has been reported."""
    present = {*values, *node.broken, *(pair.key.text for pair in node.pairs)}
    absent = [name for name in shape.required if name not in present and f"{key}.{name}" not in sheet.meant]
    if absent:
        sheet.report("missing-key", key, node, f"needs {' and '.join(absent)}")
    return FAULTY


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
        return take_private
    if isinstance(info, inspect.StructType):
        parse = parse_instant if extra.get("scalar") == "instant" else PARSERS.get(info.cls)
        return take_parsed(parse) if parse else _take_struct(info.cls, extra.get("short"))
    if isinstance(info, inspect.LiteralType):
        return take_word(tuple(str(v) for v in info.values))
    if isinstance(info, inspect.VarTupleType):
        return _take_list(info, extra)
    if isinstance(info, inspect.DictType):
        return _take_map(info, extra)
    if isinstance(info, inspect.BoolType):
        return take_bool
    if isinstance(info, inspect.IntType | inspect.FloatType):
        return take_number(info)
    if isinstance(info, inspect.StrType):
        return take_text(info, extra)
    raise TypeError(f"the reader knows no way to take {info!r}")


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
            hint = list_advice(node, _first_key(item))
            return sheet.report("wrong-shape", key, node, f"must be a list; found {shape_word(node)}", hint)
        if not items and node.raw.strip() in ("[]", ""):
            return sheet.report("empty-value", key, node, "holds nothing", holds_nothing(key))
        if len(items) > MOST_ITEMS:
            return sheet.report("too-long", key, node, f"holds {len(items):,} items; at most {MOST_ITEMS} are allowed")
        values, marks, number = [], sheet.marks, 0
        for part in items:
            number += 1
            inner = f"{key}.{number}"
            marks[inner] = part
            values.append(take_item(part, inner, sheet))
        good = tuple([value for value in values if value is not FAULTY])
        if len(good) < number:
            _renumber(sheet, key, values)
        return FAULTY if info.min_length and not good else good

    return take


def _first_key(item: inspect.Type) -> str:
    """The key that a map in a list needs; nothing where a text may stand for the map."""
    if not isinstance(item, inspect.StructType) or item.cls in SPELLINGS or item.cls in PARSERS:
        return ""
    shape = _shape(item.cls)
    return next(iter((*shape.required, *shape.takes)))


def _renumber(sheet: Sheet, key: str, values: list[Any]) -> None:
    """The places of a list's items by their numbers among the good ones, as the rules will count them."""
    numbers = {n: k for k, n in enumerate((n for n, value in enumerate(values, 1) if value is not FAULTY), 1)}
    inside = {name: node for name, node in sheet.marks.items() if name.startswith(f"{key}.")}
    for name in inside:
        del sheet.marks[name]
    for name, node in inside.items():
        number, dot, rest = name[len(key) + 1 :].partition(".")
        if int(number) in numbers:
            sheet.marks[f"{key}.{numbers[int(number)]}{dot}{rest}"] = node


def _take_map(info: inspect.DictType, extra: dict[str, Any]) -> Take:
    value_extra, value_type = unwrapped(info.value_type)
    take_value = _take(value_type, value_extra)
    check_key = SCALARS.get(extra.get("keys", ""))
    short = extra.get("short")

    def take(node: Node, key: str, sheet: Sheet) -> Any:
        if short and isinstance(node, Scalar):
            node = as_mapping(short, node)
        if not isinstance(node, Mapping):
            return sheet.report("wrong-shape", key, node, f"must be a map with keys; found {shape_word(node)}")
        if not node.pairs and not node.broken:
            return sheet.report("empty-value", key, node, "holds nothing", "leave the key out")
        values = {}
        for pair in node.pairs:
            fault = check_key(pair.key.text) if check_key else None
            if fault:
                sheet.report_fault(fault, key, pair.key)
                continue
            inner = f"{key}.{pair.key.text}"
            sheet.marks[inner] = pair.value
            value = take_value(pair.value, inner, sheet)
            if value is not FAULTY:
                values[pair.key.text] = value
        return values

    return take
