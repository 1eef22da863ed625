"""Positioned YAML to typed values, driven by the types of `model.py`; every fault is collected, none stops the reading.

A *take* is a function that turns one node into one value; it is made once for each type, from `msgspec.inspect`, and
gives `FAULTY` where it reported a problem instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from .characters import invisible_in, key_hint
from .model import Record
from .nodes import Mapping, Node, Scalar, Sequence, authored
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
    needed = [*(name for name in shape.required), *(name for name in required if name not in shape.required)]
    values = _fields(shape, mapping, "", sheet)
    present = {pair.key.text for pair in mapping.pairs} | set(mapping.broken)
    missing = [name for name in needed if name not in present and name not in sheet.meant]
    if missing:
        message = f"required {'keys' if len(missing) > 1 else 'key'} missing: {', '.join(missing)}"
        sheet.problems.append(Problem(rule="missing-key", path=path, span=Span(1, 1, 1, 4), message=message))
    return Reading(values, frozenset(present - values.keys()), sheet)


def required_keys(cls: type[msgspec.Struct]) -> frozenset[str]:
    """The keys without which there is no value of a type."""
    return frozenset(_shape(cls).required)


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
    required: list[str] = []
    flat: list[tuple[str, type[msgspec.Struct], frozenset[str]]] = []
    for field in authored_fields(cls):
        if field.part:
            part = _shape(field.part)
            flat.append((field.name, field.part, frozenset(part.takes)))
            takes |= part.takes
            continue
        takes[field.name] = _take(field.form, field.extra)
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
    near = nearest(key.text, known)
    if near:
        sheet.meant.add(near)
    hint = key_hint(key.text, known) or did_you_mean(key.text, known)
    hint = hint or f"known keys: {', '.join(known)}; keys that begin with x_ are yours"
    sheet.report("unknown-key", path, key, f'unknown key "{key.text}"', hint)


def _take_struct(cls: type[msgspec.Struct], short: str | None) -> Take:
    spelling = SPELLINGS.get(cls)

    def take(node: Node, key: str, sheet: Sheet) -> Any:
        if spelling is not None:
            node = spelling(node)
        elif short and isinstance(node, Scalar):
            node = as_mapping(short, node)
        if not isinstance(node, Mapping):
            return sheet.report("wrong-shape", key, node, f"must be a map with keys; found {shape_word(node)}")
        if not node.pairs and not node.broken:
            return sheet.report("empty-value", key, node, "holds nothing", "leave the key out")
        shape = _shape(cls)
        values = _fields(shape, node, f"{key}.", sheet)
        missing = [n for n in shape.required if n not in values]
        absent = [n for n in missing if n not in node.broken and not any(p.key.text == n for p in node.pairs)]
        if absent:
            sheet.report("missing-key", key, node, f"needs {' and '.join(absent)}")
        return FAULTY if missing else cls(**values)

    return take


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
            hint = f"write [{authored(node)}]" if isinstance(node, Scalar) else ""
            return sheet.report("wrong-shape", key, node, f"must be a list; found {shape_word(node)}", hint)
        if not items and node.raw.strip() in ("[]", ""):
            return sheet.report("empty-value", key, node, "holds nothing", "leave the key out")
        if len(items) > MOST_ITEMS:
            return sheet.report("too-long", key, node, f"holds {len(items):,} items; at most {MOST_ITEMS} are allowed")
        values = []
        for number, part in enumerate(items, 1):
            sheet.marks[f"{key}.{number}"] = part.span
            values.append(take_item(part, f"{key}.{number}", sheet))
        good = tuple(v for v in values if v is not FAULTY)
        if len(good) < len(values):
            _renumber(sheet, key, values)
        return FAULTY if info.min_length and not good else good

    return take


def _renumber(sheet: Sheet, key: str, values: list[Any]) -> None:
    """The places of a list's items by their numbers among the good ones, as the rules will count them."""
    numbers = {n: k for k, n in enumerate((n for n, value in enumerate(values, 1) if value is not FAULTY), 1)}
    inside = {name: span for name, span in sheet.marks.items() if name.startswith(f"{key}.")}
    for name in inside:
        del sheet.marks[name]
    for name, span in inside.items():
        number, dot, rest = name[len(key) + 1 :].partition(".")
        if int(number) in numbers:
            sheet.marks[f"{key}.{numbers[int(number)]}{dot}{rest}"] = span


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
            sheet.marks[inner] = pair.value.span
            value = take_value(pair.value, inner, sheet)
            if value is not FAULTY:
                values[pair.key.text] = value
        return values

    return take
