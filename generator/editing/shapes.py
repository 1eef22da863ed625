"""What may stand at a place of a front matter, by the types of `model`: keys, or a value of some sort."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple, get_args

import msgspec
from msgspec import inspect

from ..codebook import Entry, entry_of
from ..model import RECORD_TYPES, Part, Relation, RelationKind, Settings
from ..reader import authored_fields, unwrapped
from ..shelves import SETTINGS_FILE, identity
from .outline import Path

Extra = dict[str, Any]


class Form(NamedTuple):
    """A type as `msgspec` describes it, with its extras, and the type and key that it belongs to."""

    info: inspect.Type
    extra: Extra
    owner: type[msgspec.Struct]
    key: str

    @property
    def entry(self) -> Entry | None:
        """What the codebook says of the key."""
        return entry_of(self.owner, self.key)


def authored_type(path: str) -> type[msgspec.Struct]:
    """The type whose keys the file at a path holds."""
    return Settings if path == SETTINGS_FILE else RECORD_TYPES[identity(path)[0]]


def form_at(cls: type[msgspec.Struct], path: Sequence[str]) -> Form | None:
    """The form of what stands at a path of a front matter; none where nothing is known of it."""
    if not path:
        return None
    form: Form | None = fields_of(cls).get(path[0])
    for name in path[1:]:
        form = _inside(form, name) if form else None
    return form


def fields_at(cls: type[msgspec.Struct], path: Path) -> dict[str, Form]:
    """The known keys of the map at a path, in their order."""
    if not path:
        return fields_of(cls)
    form = form_at(cls, path)
    return fields_in(form) if form else {}


def fields_in(form: Form) -> dict[str, Form]:
    """The known keys of a map of this form."""
    info = form.info
    return fields_of(info.cls) if isinstance(info, inspect.StructType) and issubclass(info.cls, Part) else {}


@cache
def fields_of(cls: type[msgspec.Struct]) -> dict[str, Form]:
    """The keys of a type, those that stand beside its own and short spellings included."""
    return dict(_fields(cls, cls))


def _fields(cls: type[msgspec.Struct], whole: type[msgspec.Struct]) -> Iterator[tuple[str, Form]]:
    for field in authored_fields(cls):
        if field.part:
            yield from _fields(field.part, whole)
        else:
            yield field.name, Form(field.form, field.extra, whole, field.name)
    if cls is Relation:
        (to,) = (field for field in authored_fields(Relation) if field.name == "to")
        yield from ((kind, Form(to.form, to.extra, whole, kind)) for kind in get_args(RelationKind))


def _inside(form: Form, name: str) -> Form | None:
    """The form of an item of a list, or of the value of a key."""
    info = form.info
    if isinstance(info, inspect.VarTupleType):
        extra, item = unwrapped(info.item_type)
        inner = form._replace(info=item, extra=extra)
        return inner if name.isdecimal() else _inside(inner, name)
    if isinstance(info, inspect.DictType):
        extra, value = unwrapped(info.value_type)
        return form._replace(info=value, extra=extra)
    return fields_in(form).get(name)


_SHORT = {"Citation": "source", "Relation": "to"}
"""The key that a text alone stands for, where the reader has a spelling of its own."""


def lone(form: Form) -> Form:
    """The form of a single value where it may stand for a list, a map or a part with keys; else the same."""
    info = form.info
    if isinstance(info, inspect.VarTupleType) and form.extra.get("lone"):
        return _inside(form, "1") or form
    if isinstance(info, inspect.DictType) and form.extra.get("short"):
        return _inside(form, form.extra["short"]) or form
    if isinstance(info, inspect.StructType):
        short = _SHORT.get(info.cls.__name__, str(form.extra.get("short")))
        return fields_in(form).get(short, form)
    return form


def is_scalar(form: Form) -> bool:
    """Whether the value of a key stands on its line: a text, a number, a word, a notation, or a single one of a list."""
    info = lone(form).info
    is_part = isinstance(info, inspect.StructType) and issubclass(info.cls, Part)
    return not is_part and not isinstance(info, inspect.VarTupleType | inspect.DictType)
