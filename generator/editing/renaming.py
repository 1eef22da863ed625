"""A new id for a record: its file gets another name, every file that names it is rewritten, and the old id is kept as a former one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..checks import original_digest
from ..chronicle import Chronicle
from ..model import Incident, Parsed, Translation
from ..parse import parsed
from ..problems import Span
from ..routes import RESERVED_PAGES, is_slug
from ..shelves import identity
from .completing import matter_of
from .leading import references
from .outline import Key, outline
from .positions import lines_of
from .records import path_of
from .things import Thing

Reader = Callable[[str], tuple[Parsed, str] | None]
"""What gives a file as it stands now, with its text, by its path; none where it cannot be read."""


class Edit(NamedTuple):
    """Another text in place of a span."""

    span: Span
    text: str


class Renaming(NamedTuple):
    """The edits of every file that changes, by its path before, and the files that get another path."""

    edits: dict[str, tuple[Edit, ...]]
    moves: tuple[tuple[str, str], ...]


RENAMED = ("incident", "city", "source", "publisher", "wave", "page")
"""Types whose records keep former ids."""


def refusal(chronicle: Chronicle, type: str, id: str, new: str = "") -> str:
    """Why a record cannot be renamed, or not to this id; empty where it can."""
    if type not in RENAMED:
        return f"a {type} keeps no former ids; change it in site.yaml and where it is used"
    if not path_of(chronicle, type, id):
        return f'no file describes the {type} "{id}"'
    if not new or new == id:
        return ""
    if not is_slug(new) or (type == "page" and new in RESERVED_PAGES):
        return f'"{new}" is not an id: a–z, 0–9 and single hyphens, 1–80 letters'
    if path_of(chronicle, type, new) or (type, new) in chronicle.withheld | chronicle.unreadable:
        return f'another {type} has the id "{new}"'
    if chronicle.former.get((type, new), id) != id:
        return f'"{new}" is a former id of another {type}'
    return ""


def renaming(chronicle: Chronicle, files: Sequence[Parsed], type: str, id: str, new: str, read: Reader) -> Renaming:
    """All that a new id changes. Only what names the record by its id is rewritten: a city's names stay as they are."""
    own = path_of(chronicle, type, id)
    thing = Thing(type=type, id=id, text=id, path=own, key="", span=Span())
    naming = dict.fromkeys(t.path for t in references(thing, files, chronicle) if t.text == id)
    edits: dict[str, tuple[Edit, ...]] = {}
    for path in sorted({*naming, own}):
        now = read(path)
        if now is None:
            continue
        file, text = now
        lines = lines_of(text)
        found = [e for t in references(thing, (file,), chronicle) if t.text == id and (e := _renamed(t, new, lines))]
        found += _with_former(lines, id, new) if path == own else []
        if found:
            edits[path] = tuple(sorted(set(found)))
    for path, edit in _still_true(chronicle, files, edits, read):
        edits[path] = tuple(sorted((*edits.get(path, ()), edit)))
    return Renaming(edits, tuple(_moves(files, type, id, new)))


def _moves(files: Sequence[Parsed], type: str, id: str, new: str) -> Iterator[tuple[str, str]]:
    """The file of a record, and the translations of an incident, with their new paths."""
    for file in files:
        kind, own, _ = identity(file.path)
        if own == id and type == ("incident" if kind == "translation" else kind):
            yield file.path, moved(file.path, new)


def moved(path: str, id: str) -> str:
    """The path of a file with another id; an incident stands in the folder of the year in its id."""
    folder, _, name = path.rpartition("/")
    year = re.match(r"[0-9]{4}(?=-)", id)
    if year and path.startswith("content/incidents/"):
        folder = f"content/incidents/{year[0]}"
    return f"{folder}/{id}.{name.partition('.')[2]}"


# ---------------------------------------------------------------- translations


def _still_true(
    chronicle: Chronicle, files: Sequence[Parsed], edits: Mapping[str, Sequence[Edit]], read: Reader
) -> Iterator[tuple[str, Edit]]:
    """What keeps a translation up to date whose original changes by nothing but an id."""
    for file in files:
        entry = chronicle.entries.get(file.id) if isinstance(file.record, Translation) else None
        if entry is None or entry.incident.path not in edits:
            continue
        now, original = read(file.path), read(entry.incident.path)
        record = now[0].record if now else None
        if (
            not now
            or not original
            or not isinstance(record, Translation)
            or not isinstance(original[0].record, Incident)
        ):
            continue
        before = original_digest(original[0].record)
        after = parsed(entry.incident.path, edited(original[1], edits[entry.incident.path])).record
        if record.translated_from == before and isinstance(after, Incident):
            yield file.path, Edit(now[0].span("translated_from"), original_digest(after))


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made; their places are those of the text before."""
    lines = lines_of(text)
    for span, new in sorted(edits, reverse=True):
        head, tail = lines[span.line - 1][: span.column - 1], lines[span.end_line - 1][span.end_column - 1 :]
        lines[span.line - 1 : span.end_line] = [f"{head}{new}{tail}"]
    return "\n".join(lines)


# ---------------------------------------------------------------- edits


def _renamed(thing: Thing, new: str, lines: Sequence[str]) -> Edit | None:
    """The id in what names a record, replaced; none where it does not stand there. Columns of a body are those of its normal
    form C, so in another one it is looked for from there on."""
    span, id = thing.span, re.escape(thing.text)
    in_body = rf"(?:\[(?:\^|\[)\s*(?:{thing.type}\s*:)?\s*|(?<=[=,\"]))({id})(?![a-z0-9-])"
    within = in_body if not thing.key else rf"[\"']?({id})[\"']?$"
    for number in range(span.line, span.end_line + 1):
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        start = span.column - 1 if number == span.line else 0
        end = span.end_column - 1 if number == span.end_line and thing.key else len(line)
        found = re.compile(within).search(line[:end], start)
        if found:
            return Edit(Span(number, found.start(1) + 1, number, found.end(1) + 1), new)
    return None


def _with_former(lines: Sequence[str], old: str, new: str) -> list[Edit]:
    """The old id among the former ones; the new one among them no more, since it is in use again."""
    first, last = matter_of("", lines)
    keys = outline(lines, first, last).keys
    place = next((n for n, key in enumerate(keys) if key.name == "previous_ids" and not key.map), None)
    if place is None:
        return [Edit(Span(last + 1, 1, last + 1, 1), f"previous_ids: [{old}]\n")] if last < len(lines) else []
    key = keys[place]
    end = next((k.line for k in keys[place + 1 :] if not k.map), last)
    return [_former_list(lines, key, end, old, new)]


def _former_list(lines: Sequence[str], key: Key, end: int, old: str, new: str) -> Edit:
    """The list of former ids, in one line, or with one item more where each stands on a line of its own."""
    below = [n for n in range(key.line + 1, end) if lines[n].strip() and not lines[n].lstrip().startswith("#")]
    whole = "\n".join(lines[key.line : end])
    known: list[str] = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.sub(r"#.*", "", whole[key.end :]))
    if below and lines[below[-1]].lstrip().startswith("- ") and new not in known:
        last, indent = below[-1], lines[below[-1]].partition("-")[0]
        return Edit(Span(last + 2, 1, last + 2, 1), f"{indent}- {old}\n")
    ids = ", ".join(dict.fromkeys((*(id for id in known if id != new), old)))
    last = below[-1] if below else key.line
    told = len(re.sub(r"(?:^| +)#.*", "", lines[last]).rstrip())
    return Edit(Span(key.line + 1, key.end + 1, last + 1, told + 1), f": [{ids}]")
