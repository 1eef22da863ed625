"""What an author most likely meant who wrote another key, or a value of another shape."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from .expressions import Expression
from .model import OUTCOMES
from .nodes import Mapping, Node, Scalar
from .nodes import Sequence as List
from .yamladvice import without_odd_quotes

_HARMED = dict.fromkeys(("killed", "dead", "deaths", "died", "fatalities", "victims"), "killed") | dict.fromkeys(
    ("injured", "wounded", "hurt", "injuries"), "injured"
)
_PLACED = ("lat", "lon", "latitude", "longitude", "lng", "coordinates", "coords", "geo")

OTHER_WORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("place", "location", "town", "settlement", "where", "cities", "village"), ("city",)),
    **dict.fromkeys(("headline", "heading", "name", "subject"), ("title", "publisher")),
    **dict.fromkeys(("date", "day", "when", "datetime"), ("date", "published")),
    **dict.fromkeys(("link", "links", "references", "refs", "reference"), ("sources", "url")),
    **dict.fromkeys(("href", "address", "uri", "website"), ("url", "sources")),
    **dict.fromkeys(("category", "type"), ("kind",)),
    **dict.fromkeys(("categories", "keywords", "labels", "topics"), ("tags",)),
    **dict.fromkeys(("weapon", "munition"), ("weapons",)),
    **dict.fromkeys(("picture", "pictures", "image", "images", "photo", "photos", "files"), ("media",)),
    **dict.fromkeys(("description", "abstract", "intro", "lead", "excerpt"), ("summary", "note")),
    **dict.fromkeys(("comment", "comments", "text", "remark"), ("note",)),
    **dict.fromkeys(("hour", "clock"), ("time",)),
    **dict.fromkeys(("correction", "corrections", "changes", "history"), ("updates",)),
    **dict.fromkeys(("outlet", "media", "newspaper", "channel"), ("publisher",)),
    **{word: (outcome,) for word, outcome in _HARMED.items()},
}
"""Words that a newcomer takes for a key, and the keys that are meant, the first of which that is known counts."""

MOVED: dict[str, tuple[str, str]] = {
    **{word: ("casualties", f"casualties: {{{outcome}: …}}") for word, outcome in _HARMED.items()},
    **dict.fromkeys(_PLACED, ("locations", "locations: [{lat: …, lon: …}]")),
    "draft": ("status", "status: draft"),
    "damaged": ("damage", "damage: [{what: …, count: …}]"),
}
"""Words that belong inside another key: that key, and how it is written."""


def other_key(name: str, value: str, known: Container[str], present: Container[str]) -> tuple[str, str]:
    """The known key that another word stands for, with what to write; two empty texts where there is none.

    A key that is present stands for itself.
    """
    word = name.casefold()
    is_source = "url" in known and "label" in known and "url" not in present and "source" not in present
    if is_source and value.startswith(("https://", "http://")):
        return "url", f'write "url: {value}"; who published it stands beside it as publisher'
    key = next((key for key in OTHER_WORDS.get(word, ()) if key in known and key not in present), "")
    if key and key != word:
        return key, f'did you mean "{key}"?'
    key, written = MOVED.get(word, ("", ""))
    written = written.replace("…", value) if key == "casualties" and value else written
    return (key, f"write {written}") if key in known else ("", "")


WANTED = {
    "title": "title: and the headline",
    "date": "date: and the day, such as 2025-12-15",
    "city": "city: and the name of a city in content/cities/",
    "sources": "sources: and addresses or ids of seeds in [ ], or write status: draft while there are none",
    "name": "name: and what it is called",
    "url": "url: and its address",
    "publisher": "publisher: and who published it",
}
"""A required key and what stands behind it."""


def holds_nothing(key: str) -> str:
    """What to write where a list is empty."""
    _, _, what = WANTED.get(key, "").partition(": and ")
    return f"write {what}" if what else "write what belongs there, or leave the key out"


def wanted(keys: Iterable[str]) -> str:
    """What to add where required keys are missing."""
    lines = [WANTED[key] for key in keys if key in WANTED]
    return f"add a line {lines[0]}" if len(lines) == 1 else ""


# ---------------------------------------------------------------- values of another shape

_TOLL = Expression(r"([~\d][\d+~–-]*)\s+(?:people |persons |civilians |were )*([a-z]+)", re.IGNORECASE)
_NONE = frozenset(("none", "no", "nobody", "0", "zero"))


def map_advice(node: Node, keys: Sequence[str], required: Sequence[str]) -> str:
    """How to write a map where something else stands; its keys are those of one type, some of them required."""
    if isinstance(node, List):
        is_pairs = all(isinstance(item, Mapping) for item in node.items)
        return "take out the dashes, and begin each key with two blanks" if is_pairs else ""
    if not isinstance(node, Scalar):
        return ""
    if keys[: len(OUTCOMES)] == OUTCOMES:
        return _toll_advice(node.text)
    first = next(iter(required), keys[0])
    return f"write {{{first}: {node.raw.strip()}}}; its keys are {', '.join(keys)}"


def _toll_advice(text: str) -> str:
    """How to write casualties that stand there in words."""
    if text.casefold() in _NONE:
        return "write {killed: 0, injured: 0} where somebody reported none, and leave the key out where nobody reported"
    if text.lstrip("~").rstrip("+").isdecimal():
        return f"write {{killed: {text}}} or {{injured: {text}}}"
    found = _TOLL.findall(text)
    pairs = [(word.casefold(), count) for count, word in found]
    known = [
        f"{_HARMED.get(word, word)}: {count.replace('–', '-')}"
        for word, count in pairs
        if {word, _HARMED.get(word)} & {*OUTCOMES}
    ]
    if known and len(known) == len(found):
        return f"write {{{', '.join(known)}}}"
    return "write {killed: 2, injured: 3-5}, and leave out what nobody reported"


def list_advice(node: Node, example: str) -> str:
    """How to write a list where one value stands; `example` is the key that an item needs, if it is a map."""
    if not isinstance(node, Scalar):
        return ""
    words = node.text.split()
    if node.raw.startswith("-"):
        return f'put a blank after the dash: "- {node.text.lstrip("-")}"'
    if len(words) > 1 and all("://" in word for word in words):
        return "write each on a line of its own that begins with a dash and a blank"
    item = node.raw.strip() if node.quoted else node.text
    return f"write [{{{example}: {item}}}]" if example else f"write [{item}]"


def quotes_advice(text: str) -> str:
    """What to write in place of a value in typographic quotes; nothing where it stands in none."""
    bare = without_odd_quotes(text)
    return f'write {bare}, or "{bare}" in straight quotes; {text[0]} and {text[-1]} are letters here' if bare else ""
