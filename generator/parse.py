"""One file to one record, as a pure function of its path and text; so it can be remembered, and run in parallel."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterator
from typing import Any

import msgspec

from .body_rules import BODY_RULES
from .characters import character_problems
from .edtf import Edtf
from .entry_rules import ENTRY_RULES, Rule, Written
from .expressions import Expression
from .files import digest
from .frontmatter import FrontMatter, front_matter
from .markdown import ParsedBody, parsed_body
from .marks import marks_of
from .model import RECORD_TYPES, Parsed, Record, RecordType, Translation
from .nodes import Mapping, authored
from .problems import Problem
from .reader import Reading, reading, required_keys
from .routes import BY_TYPE, is_slug
from .shelves import identity
from .tracker_rules import TRACKER_RULES
from .update_rules import UPDATE_RULES

RULES: dict[str, tuple[Rule, ...]] = ENTRY_RULES | {
    "incident": (*ENTRY_RULES["incident"], *BODY_RULES, *UPDATE_RULES, *TRACKER_RULES["incident"]),
    "source": (*ENTRY_RULES["source"], *TRACKER_RULES["source"]),
}
"""The rules that one file alone can break, by its type."""

STAND_INS: dict[str, Any] = {
    "date": Edtf("1900", datetime.date(1900, 1, 1), datetime.date(1900, 12, 31), "year"),
    "city": (),
    "lat": 0.0,
    "lon": 0.0,
    "kind": "topic",
}
"""What stands in a shadow for keys that are no text; it breaks no rule."""

LINKED = frozenset(BY_TYPE)
"""Types of references that lead to a page."""

PRIVATE_LETTERS = 4
"""A private text shorter than this cannot be told from chance in a page, so it is not searched for."""

_ENTRY_YEAR = Expression(r"([0-9]{4})-")
_LANGUAGE = Expression(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def parsed(path: str, text: str) -> Parsed:
    """What a file says, with every fault of it; a file that cannot be read still gives its id."""
    kind, id, lang = identity(path)
    problems = list(_place_problems(path, kind, id, lang))
    matter = front_matter(text, path)
    body = parsed_body(matter.body, matter.body_line, path)
    if matter.mapping is None:
        problems += (*matter.problems, *body.problems)
        return Parsed(type=kind, id=id, path=path, problems=tuple(problems), withheld=True)
    problems += character_problems(matter.body, matter.body_line, path, "body")
    read = reading(matter.mapping, RECORD_TYPES[kind], path, _also_required(kind, matter.mapping))
    problems += (*_unexplained(matter.problems, read.sheet.explained), *body.problems, *read.sheet.problems)
    record = _record(kind, id, lang, path, read, body, matter.body)
    shadow = _record(kind, id, lang, path, _with_stand_ins(kind, read), body, matter.body) if record is None else None
    problems += _rule_problems(kind, _written(id, path, read, body, matter), record or shadow)
    return Parsed(
        type=kind,
        id=id,
        path=path,
        record=record,
        shadow=shadow,
        body=body.body,
        marks=marks_of(read.sheet.marks),
        references=body.references,
        problems=tuple(problems),
        private=tuple(sorted({text for text in read.sheet.private if len(text) >= PRIVATE_LETTERS})),
        withheld=_is_withheld(read, matter.problems),
    )


def _written(id: str, path: str, read: Reading, body: ParsedBody, matter: FrontMatter) -> Written:
    return Written(id, path, read.sheet.marks, body.references, matter.body, matter.body_line)


def _place_problems(path: str, kind: RecordType, id: str, lang: str) -> list[Problem]:
    """A name that cannot be an id, a language that is none, and an entry outside its year's folder."""
    problems = []
    if not is_slug(id):
        hint = "an id (the file's name up to the first dot) may hold a–z, 0–9 and single hyphens, 1–80 letters"
        problems.append(Problem(rule="bad-id", path=path, message=f'"{id}" is not an id', hint=hint))
    if lang and (kind != "translation" or not _LANGUAGE.fullmatch(lang)):
        hint = "a translation of an incident is named <id>.<language>.md; other files hold one dot"
        problems.append(
            Problem(rule="bad-id", path=path, message=f'"{lang}" in the file\'s name is not a language', hint=hint)
        )
    year = _ENTRY_YEAR.match(id)
    if kind in ("incident", "translation") and year and f"/{year[1]}/" not in path:
        hint = f"move it to content/incidents/{year[1]}/"
        problems.append(
            Problem(rule="wrong-folder", path=path, message=f'the id "{id}" begins with {year[1]}', hint=hint)
        )
    return problems


def _unexplained(problems: tuple[Problem, ...], keys: Container[str]) -> tuple[Problem, ...]:
    """Those without keys that are empty because what belongs to them was written elsewhere, which is told there."""
    return tuple([p for p in problems if p.rule != "empty-value" or p.key not in keys])


def _also_required(kind: RecordType, mapping: Mapping) -> tuple[str, ...]:
    """A published incident needs sources; a draft may lack them."""
    drafted = any(p.key.text == "status" and authored(p.value) == "draft" for p in mapping.pairs)
    return ("sources",) if kind == "incident" and not drafted else ()


def _with_stand_ins(kind: RecordType, read: Reading) -> Reading:
    """The reading with something harmless for each required key that is missing or faulty."""
    absent = required_keys(RECORD_TYPES[kind]) - read.values.keys()
    return msgspec.structs.replace(read, values=read.values | {key: STAND_INS.get(key, "") for key in absent})


def _record(
    kind: RecordType, id: str, lang: str, path: str, read: Reading, body: ParsedBody, raw_body: str
) -> Record | None:
    """The record of a file, or none where a required key is missing or faulty."""
    cls = RECORD_TYPES[kind]
    if not required_keys(cls) <= read.values.keys():
        return None
    values = read.values | {"lang": lang} if cls is Translation else read.values
    record = cls(
        **values,
        id=id,
        path=path,
        opening=body.opening,
        links=tuple(sorted({f"{r.type}:{r.id}" for r in body.references if r.type in LINKED})),
        notes=tuple(dict.fromkeys([r.id for r in body.references if r.type == "cite"])),
        queries=tuple(dict.fromkeys([r.id for r in body.references if r.type == "query"])),
        body_digest=digest(raw_body),
    )
    return msgspec.structs.replace(record, digest=digest(kind, msgspec.msgpack.encode(record)))


def _is_withheld(read: Reading, problems: tuple[Problem, ...]) -> bool:
    """Whether a status or embargo could not be read, so that nothing of the file may be shown (it fails closed)."""
    if read.faulty & {"status", "embargo_until"}:
        return True
    if any(p.severity == "error" for p in problems):
        return True
    return bool(read.sheet.meant & {"status", "embargo_until"}) or any(
        p.rule == "unknown-key" and _looks_withholding(p) for p in read.sheet.problems
    )


def _looks_withholding(problem: Problem) -> bool:
    return '"status"' in problem.hint or '"embargo_until"' in problem.hint


def _rule_problems(kind: RecordType, file: Written, record: Record | None) -> Iterator[Problem]:
    """What the rules about one file alone find in it."""
    for rule in RULES.get(kind, ()) if record is not None else ():
        yield from rule(file, record)
