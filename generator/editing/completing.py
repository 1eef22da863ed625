"""What an editor offers at a cursor: keys with what they mean, words, ids and names in a front matter; links in a body."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..chronicle import Chronicle
from ..entry_rules import note_names
from ..expressions import Expression
from ..markdown.targets import TYPES
from ..model import OUTCOMES, Parsed
from ..queries import KEYS, VERBS
from ..shelves import SETTINGS_FILE
from .offers import Offer, fitting, ids_of, matched, names_of, tags_of, values_of
from .outline import Outline, Spot, outline
from .positions import Position, lines_of
from .records import card, name_of
from .shapes import Form, authored_type, fields_at, form_at, is_scalar
from .things import citations_of

_FENCE = Expression(r"---[ \t]*")
_LINK = Expression(r"\[\[ *+(?:([a-z]+) *: *+)?([^\[\]|\n]*)$")
_NOTE = Expression(r"\[\^([^\[\]\n]*)$")
_FILE = Expression(r"\]\((?:media/)?([^()\s]*)$")
_QUERY = Expression(r"\{\{ *+(\w*)( [^{}]*)?$")
_PLAIN = Expression(r"[^\W_](?:[\w ./()+'’-]*[\w)])?")
_REST_OF_ID = Expression(r"[\w-]*")


class Item(NamedTuple):
    """One offer: what is shown, what is written in place of the columns from `start` to `end` of the cursor's line.

    `sort` is `key`, `word` or `record`; `note` is Markdown; `filter` is what is compared with what is typed.
    """

    label: str
    insert: str
    start: int
    end: int
    sort: str
    detail: str = ""
    note: str = ""
    filter: str = ""


class Completion(NamedTuple):
    """What is offered, the best first, and whether that is all there is."""

    items: tuple[Item, ...] = ()
    is_whole: bool = True


def completion(file: Parsed, text: str, position: Position, chronicle: Chronicle) -> Completion:
    """What may be written at a position of the file's text."""
    lines = lines_of(text)
    first, last = matter_of(file.path, lines)
    if first <= position.line < last:
        return _in_matter(file, lines, outline(lines, first, last, position), position, chronicle)
    if position.line > last and first:
        return _in_body(file, lines[position.line], position.column, chronicle)
    return Completion()


def matter_of(path: str, lines: Sequence[str]) -> tuple[int, int]:
    """The lines of a front matter: the first, and the one behind the last; all of them where it is not closed."""
    if path == SETTINGS_FILE:
        return 0, len(lines)
    if not _FENCE.fullmatch(lines[0]):
        return 0, 0
    closing = (n for n, line in enumerate(lines[1:], 1) if line.startswith("---") and _FENCE.fullmatch(line))
    return 1, next(closing, len(lines))


# ---------------------------------------------------------------- front matter


def _in_matter(
    file: Parsed, lines: Sequence[str], read: Outline, position: Position, chronicle: Chronicle
) -> Completion:
    spot = read.spot
    if spot is None:
        return Completion()
    line = lines[position.line]
    typed = line[spot.start : position.column]
    cls = authored_type(file.path)
    form = form_at(cls, spot.path)
    keys: list[Item] = []
    if spot.is_key:
        present = {
            key.name for key in read.keys if key.map == spot.path and not _is_here(key.line, key.start, spot, position)
        }
        forms = {name: one for name, one in fields_at(cls, spot.path).items() if name not in present}
        own = names_of(form, chronicle) if form else ()
        keys = [*_keys(forms, spot, line, typed), *_own_keys(own, present, spot, line, typed)]
    offers = values_of(form, chronicle, file) if spot.is_value and form else ()
    found, is_whole = fitting(offers, typed)
    values = [_value(offer, spot, typed, chronicle) for offer in found]
    return Completion((*keys, *values), is_whole)


def _is_here(line: int, start: int, spot: Spot, position: Position) -> bool:
    return line == position.line and start == spot.start


def _keys(forms: dict[str, Form], spot: Spot, line: str, typed: str) -> Iterator[Item]:
    """The known keys that begin with what is typed, or hold it."""
    for name, form in sorted(forms.items(), key=lambda pair: not pair[0].startswith(typed)):
        if typed.casefold() in name:
            entry = form.entry
            note = f"{entry.meaning}\n\n    {entry.example}" if entry else ""
            insert = name + _colon(line, spot, is_scalar(form))
            yield Item(name, insert, spot.start, spot.end, "key", entry.value if entry else "", note, name)


def _own_keys(offers: Iterable[Offer], present: set[str], spot: Spot, line: str, typed: str) -> Iterator[Item]:
    for offer in fitting((o for o in offers if o.text not in present), typed)[0]:
        insert = offer.text + _colon(line, spot, True)
        yield Item(offer.text, insert, spot.start, spot.end, "key", offer.name, offer.means, offer.text)


def _colon(line: str, spot: Spot, is_on_its_line: bool) -> str:
    """What parts a key from its value, unless it stands there already."""
    if line[spot.end :].lstrip().startswith(":"):
        return ""
    return ": " if is_on_its_line else ":"


def _value(offer: Offer, spot: Spot, typed: str, chronicle: Chronicle) -> Item:
    insert = offer.text if spot.quote else quoted(offer.text)
    blank = " " if spot.lacks_blank else ""
    sort = "record" if offer.record else "word"
    note = _note(offer, chronicle)
    return Item(offer.text, blank + insert, spot.start, spot.end, sort, offer.name, note, matched(offer, typed))


def _note(offer: Offer, chronicle: Chronicle) -> str:
    """What is told beside an offer."""
    type, _, id = offer.record.partition(":")
    return "\n\n".join(filter(None, (offer.means, card(chronicle, type, id) if id else "")))


def quoted(text: str) -> str:
    """A text as a plain YAML value, in double quotes where it needs them."""
    if _PLAIN.fullmatch(text) and text.casefold() != "null":
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# ---------------------------------------------------------------- bodies


def _in_body(file: Parsed, line: str, column: int, chronicle: Chronicle) -> Completion:
    """Records in `[[…]]`, sources in `[^…]`, pictures in `(…)`, and what a query in `{{…}}` may ask for."""
    before = line[:column]
    if query := _QUERY.search(before):
        return _asked(query, line, column, chronicle)
    if link := _LINK.search(before):
        return _links(file, link, line, column, chronicle)
    if note := _NOTE.search(before):
        return _offered(_notes(file, chronicle), note[1], note.start(1), line, column, "]", chronicle)
    if medium := _FILE.search(before):
        return _offered(ids_of("media", chronicle, file), medium[1], medium.start(1), line, column, ")", chronicle)
    return Completion()


def _asked(query: re.Match[str], line: str, column: int, chronicle: Chronicle) -> Completion:
    """The next word of a query: its verb, what it adds up, a key, or a value of one."""
    verb, rest = query[1], query[2]
    if rest is None:
        return _words((Offer(one) for one in VERBS), verb, column - len(verb), column)
    word = rest.rpartition(" ")[2]
    key, equals, values = word.partition("=")
    if equals:
        typed = values.rpartition(",")[2].lstrip('"')
        found, is_whole = fitting(_ASKED[key](chronicle) if key in _ASKED else (), typed)
        items = [_value_asked(offer, typed, line, column, chronicle) for offer in found]
        return Completion(tuple(items), is_whole)
    asked = {part.partition("=")[0] for part in rest.split() if "=" in part}
    offers = [Offer(f"{name}=") for name in KEYS if name not in asked]
    if verb == "sum" and not rest.rpartition(" ")[0].strip():
        offers = [Offer(outcome) for outcome in OUTCOMES]
    return _words(offers, word, column - len(word), column)


def _words(offers: Iterable[Offer], typed: str, start: int, column: int) -> Completion:
    found, is_whole = fitting(offers, typed)
    return Completion(tuple(Item(o.text, o.text, start, column, "word", filter=o.text) for o in found), is_whole)


def _value_asked(offer: Offer, typed: str, line: str, column: int, chronicle: Chronicle) -> Item:
    """A value in a query, in quotes where a blank or a comma stands in it."""
    start = column - len(typed)
    is_open = line[start - 1] == '"'
    insert = offer.text if is_open or not re.search(r"[\s,]", offer.text) else f'"{offer.text}"'
    sort = "record" if offer.record else "word"
    return Item(offer.text, insert, start, column, sort, offer.name, _note(offer, chronicle), matched(offer, typed))


_ASKED: dict[str, Callable[[Chronicle], Iterable[Offer]]] = {
    "kind": lambda chronicle: ids_of("kind", chronicle, None),
    "city": lambda chronicle: ids_of("city", chronicle, None),
    "wave": lambda chronicle: ids_of("wave", chronicle, None),
    "tag": lambda chronicle: map(Offer, tags_of(chronicle)),
}


def _links(file: Parsed, link: re.Match[str], line: str, column: int, chronicle: Chronicle) -> Completion:
    type, typed, start = link[1] or "incident", link[2], link.start(2)
    if type not in TYPES:
        return Completion()
    found = _offered(ids_of(type, chronicle, file), typed, start, line, column, "]]", chronicle)
    if link[1]:
        return found
    types = [
        Item(f"{t}:", f"{t}:", start, column, "word", f"[[{t}:…]]", "", t)
        for t in TYPES
        if t.startswith(typed) and t != type
    ]
    return Completion((*types, *found.items) if typed else (*found.items, *types), found.is_whole)


def _offered(
    offers: Iterable[Offer], typed: str, start: int, line: str, column: int, closing: str, chronicle: Chronicle
) -> Completion:
    """Offers in brackets that are closed where they are not yet."""
    rest = _REST_OF_ID.match(line, column)
    end = rest.end() if rest else column
    behind = "" if line[end:].lstrip().startswith((closing[0], "|", "\\|", "#")) else closing
    found, is_whole = fitting(offers, typed)
    items = [
        Item(o.text, o.text + behind, start, end, "record", o.name, _note(o, chronicle), matched(o, typed))
        for o in found
    ]
    return Completion(tuple(items), is_whole)


def _notes(file: Parsed, chronicle: Chronicle) -> Iterator[Offer]:
    """The names by which a footnote of this file may call a source."""
    cited = {name: citation for citation in citations_of(file, chronicle) for name in note_names(citation)}
    for name, citation in cited.items():
        title = name_of(chronicle, "source", citation.source) if citation.source else citation.document.title
        record = f"source:{citation.source}" if citation.source else ""
        yield Offer(name, title or citation.document.url or "", means=citation.note or "", record=record)
