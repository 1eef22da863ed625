"""The JSON Schema (draft 2020-12) of each type of front matter, as it is authored, made from the types in `model.py`.

An editor reads YAML with its own types before it checks: an unquoted `[2025-12-14,2025-12-15]` is a list to it, `2025` a
number, `01:42` perhaps a number of minutes. So every value with a notation of its own may be any scalar, or a list of them.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
from msgspec import inspect

from .codebook import Entry, entry_of
from .counts import Count
from .edtf import Edtf
from .model import RECORD_TYPES, Citation, Relation, Settings
from .moments import Moment
from .reader import authored_fields, unwrapped
from .times import Time

Json = dict[str, Any]

SCHEMAS: dict[str, type[msgspec.Struct]] = {str(name): cls for name, cls in RECORD_TYPES.items()} | {"site": Settings}
SCALAR = {"type": ["string", "number", "boolean"]}
NOTATIONS: dict[type, Json] = {
    Edtf: {
        "description": "EDTF: 2025-12-15, 2025-12, 2025-07-2X, 2025-12-02~, 2025-12-12/2025-12-13, [2025-12-14,2025-12-15]",
        "anyOf": [SCALAR, {"type": "array", "items": SCALAR}, {"type": "object"}],
    },
    Time: {"description": "01:42, ~00:32, 23:49/00:08, ../01:51, 02:00/.., or a part of day", **SCALAR},
    Count: {
        "description": "6, 2-4, 40+, ~30; 0 where a source says none; leave the key out where nobody reported",
        **SCALAR,
    },
    Moment: {"description": "2025-12-15, 2025-12-15T01:42+03:00, or 2025-12-15 early-morning", **SCALAR},
}
DRAFT_NEEDS_NO_SOURCES: Json = {
    "if": {"properties": {"status": {"const": "draft"}}, "required": ["status"]},
    "else": {"required": ["sources"]},
}


def schema_of(name: str) -> Json:
    """The schema of one type by its name."""
    cls = SCHEMAS[name]
    definitions: dict[str, Json] = {}
    found = _struct(cls, definitions)
    extra = DRAFT_NEEDS_NO_SOURCES if name == "incident" else {}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "site.yaml" if name == "site" else f"Front matter: {name}",
        **found,
        **extra,
        "$defs": definitions,
    }


def _struct(cls: type[msgspec.Struct], definitions: dict[str, Json]) -> Json:
    """A map with known keys; those that begin with x_ are the author's own."""
    properties: Json = {}
    required: list[str] = []
    _add_fields(cls, cls, properties, required, definitions)
    found: Json = {
        "type": "object",
        "description": _first_line(cls),
        "properties": properties,
        "patternProperties": {"^x_": {}},
        "additionalProperties": False,
    }
    return found | ({"required": required} if required else {})


def _add_fields(
    cls: type[msgspec.Struct],
    whole: type[msgspec.Struct],
    properties: Json,
    required: list[str],
    definitions: dict[str, Json],
) -> None:
    """Add the keys of a type that stand beside those of a whole one."""
    for field in authored_fields(cls):
        if field.part:
            _add_fields(field.part, whole, properties, [], definitions)
            continue
        described = _described(field.extra, _type(field.form, field.extra, definitions))
        properties[field.name] = _told(entry_of(whole, field.name), described)
        if field.required:
            required.append(field.name)


def _described(extra: Json, schema: Json) -> Json:
    return {"description": extra["description"], **schema} if "description" in extra else schema


def _told(entry: Entry | None, schema: Json) -> Json:
    """A schema with what the codebook says of its key; how its value is written stands behind that."""
    notation = schema.get("description", entry.value if entry else "")
    return {**schema, "description": f"{entry.meaning} ({notation})"} if entry else schema


def _type(info: inspect.Type, extra: Json, definitions: dict[str, Json]) -> Json:
    if extra.get("drop") or isinstance(info, inspect.AnyType):
        return {}
    if isinstance(info, inspect.StructType):
        return _named(info.cls, extra, definitions)
    if isinstance(info, inspect.LiteralType):
        return {"enum": list(info.values)}
    if isinstance(info, inspect.VarTupleType):
        item_extra, item = unwrapped(info.item_type)
        items = _described(item_extra, _type(item, item_extra, definitions))
        return (
            {"anyOf": [{"type": "array", "items": items}, items]}
            if extra.get("lone")
            else {"type": "array", "items": items}
        )
    if isinstance(info, inspect.DictType):
        value_extra, value = unwrapped(info.value_type)
        free = {"type": "object", "additionalProperties": _type(value, value_extra, definitions)}
        return {"anyOf": [free, _type(value, value_extra, definitions)]} if extra.get("short") else free
    if isinstance(info, inspect.BoolType):
        return {"type": "boolean"}
    if isinstance(info, inspect.IntType | inspect.FloatType):
        bounds = {"minimum": info.ge, "maximum": info.le}
        kind = "integer" if isinstance(info, inspect.IntType) else "number"
        return {"type": kind} | {name: value for name, value in bounds.items() if value is not None}
    assert isinstance(info, inspect.StrType), info
    return _text(info)


def _text(info: inspect.StrType) -> Json:
    """A text; YAML may take it for a number or a truth value, so those pass where no form is asked for."""
    bounds = {"pattern": info.pattern, "maxLength": info.max_length}
    found: Json = {"type": "string"} if info.pattern and not _may_be_digits(info.pattern) else dict(SCALAR)
    return found | {name: value for name, value in bounds.items() if value is not None}


def _may_be_digits(pattern: str) -> bool:
    """Whether digits alone fit: an editor takes them for a number, to which no pattern applies."""
    return any(re.search(pattern, "1" * length) for length in (1, 64))


def _named(cls: type[msgspec.Struct], extra: Json, definitions: dict[str, Json]) -> Json:
    """A notation, or a reference to the definition of a part with its shorter spellings."""
    if cls in NOTATIONS:
        return dict(NOTATIONS[cls])
    name = cls.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _spellings(cls, _struct(cls, definitions))
    found: Json = {"$ref": f"#/$defs/{name}"}
    return {"anyOf": [SCALAR, found]} if extra.get("short") else found


def _spellings(cls: type[msgspec.Struct], whole: Json) -> Json:
    """A part with the shorter ways in which it may be written."""
    if cls is Citation:
        return {"anyOf": [SCALAR, whole]}
    if cls is Relation:
        kinds = whole["properties"]["kind"]["enum"]
        short = {
            "type": "object",
            "properties": dict.fromkeys(kinds, SCALAR),
            "additionalProperties": False,
            "maxProperties": 1,
        }
        return {"anyOf": [SCALAR, short, whole]}
    return whole


def _first_line(cls: type[msgspec.Struct]) -> str:
    return (cls.__doc__ or "").strip().partition("\n")[0]
