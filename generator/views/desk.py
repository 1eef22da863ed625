"""What the plan works with: the chronicle, the site, the cards, and how a page with its key is made from its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property, partial
from typing import Any

import msgspec
from markupsafe import escape

from .. import routes
from ..chronicle import Chronicle, Linked
from ..files import digest
from ..history import Event, events
from ..ledger import Contradiction
from ..model import RECORD_TYPES, Body, City, Draft, Hole, Page, Record, Update
from ..words import Words
from .almanac import Almanac, almanac_of
from .answers import Answer, answer_of
from .base import Link, Site
from .cards import Card, cards_after, cards_of
from .sums import Sums, sums_of

Bodies = Callable[[str], Body]
View = Callable[..., Any]
Parts = Callable[[], tuple[Any, ...]]
"""How the parts of a page are gathered, where and when somebody asks for it."""


class Target(msgspec.Struct, frozen=True):
    """Where a link in a body leads: the name it is called by (`type:id`), its address and its title.

    The address is empty where the site has no such page.
    """

    name: str
    path: str
    title: str


class Text(msgspec.Struct, frozen=True):
    """The body of the record at a path with all that its holes are filled from, and the language it is in. The body itself is no
    part of a key."""

    digest: str
    targets: tuple[Target, ...]
    body: Callable[[], Body]
    path: str = ""
    answers: tuple[Answer, ...] = ()
    lang: str = ""

    def filled(self, root: str, note: Callable[[str], str] = lambda name: "", prefix: str = "") -> str:
        """HTML: links lead from a page whose `root` is given, `note` makes the marker of a footnote, `prefix` keeps anchors apart."""
        from ..markdown import filled

        targets = {t.name: t for t in self.targets}
        answers = {a.query: a for a in self.answers}

        def fill(hole: Hole) -> str:
            match hole.kind:
                case "href":
                    return _address(root, targets[hole.target]) if hole.target in targets else "#"
                case "title":
                    return (
                        str(escape(targets[hole.target].title))
                        if hole.target in targets
                        else str(escape(hole.target.partition(":")[2]))
                    )
                case "cite":
                    return note(hole.target)
                case "media":
                    return str(escape(root + routes.media(hole.target)))
                case "anchor":
                    return str(escape(prefix + hole.target))
                case "query":
                    return _told(root, answers[hole.target], Words(self.lang))

        html = filled(self.body(), fill)
        return html if all(t.path for t in self.targets) else _LEADS_NOWHERE.sub(r"\1", html)


def no_text(record: Record) -> Text:
    """The text of a record that is told of without it."""
    return Text("", (), Body, record.path)


_LEADS_NOWHERE = re.compile(r'<a href="">(.*?)</a>', re.DOTALL)


def _told(root: str, answer: Answer, words: Words) -> str:
    """An answer in words, with its canonical writing for programs, and the list behind it."""
    text = escape(words.amount_text(answer.count))
    told = text if answer.count is None else f'<data value="{escape(answer.count.text)}">{text}</data>'
    return f'<a href="{escape(root + answer.path)}">{told}</a>' if answer.path else told


def _address(root: str, target: Target) -> str:
    return str(escape(root + target.path)) if target.path else ""


class Desk(msgspec.Struct, frozen=True, dict=True):
    """All that the plan reads. `templates` leads from a template's name to its digest, `engine` stands for
    the program and whatever else every page rests on."""

    chronicle: Chronicle
    site: Site
    cards: dict[str, Card]
    templates: dict[str, str]
    bodies: Bodies
    engine: str

    @cached_property
    def almanac(self) -> Almanac:
        """The months, years and decades of the chronicle."""
        return self._almanac()

    @cached_property
    def _almanac(self) -> Callable[[], Almanac]:
        return cache(partial(almanac_of, self.chronicle))

    @cached_property
    def answer(self) -> Callable[[str], Answer]:
        """What gives the answer to a query, looked for once. It must not hold the desk: a preview finds no circles."""
        return cache(partial(answer_of, self.chronicle, self.site, self._almanac))

    @cached_property
    def sums(self) -> Sums:
        """The sums over all incidents."""
        return sums_of(self.chronicle.published(self.chronicle.timeline))

    @cached_property
    def history(self) -> tuple[Event, ...]:
        """All that happened to the entries of the chronicle, the newest first."""
        return events(entry.incident for entry in self.chronicle.entries.values())

    @cached_property
    def contradictions(self) -> dict[str, tuple[Contradiction, ...]]:
        """What cannot all be true, by the entry it is about, the newest first; entries without any are left out."""
        c = self.chronicle
        found = ((id, c.contradictions(id)) for id in reversed(c.timeline))
        return {id: of for id, of in found if of}

    def cards_for(self, ids: Iterable[str]) -> tuple[Card, ...]:
        return tuple(self.cards[id] for id in ids)

    def page(self, path: str, template: str, view: View, parts: Parts = tuple, origin: str = "") -> Page:
        """A page whose view is made from the site and its parts alone, so that equal keys mean equal views."""
        return Page(
            path=path, template=template, draft=partial(self._draft, path, template, view, parts), origin=origin
        )

    def _draft(self, path: str, template: str, view: View, parts: Parts) -> Draft:
        found = parts()
        named = (self.engine, self.site.digest, self.templates.get(template, ""), view.__module__, view.__qualname__)
        key = digest(msgspec.msgpack.encode((*named, path, plain(found))))
        return Draft(key, partial(view, self.site, path, *found), tuple(_texts(found)))

    def text(self, record: Record) -> Text:
        """The body of a record with what its links lead to."""
        names = (*record.links,)
        targets = tuple(t for t in (self.target(name) for name in names) if t is not None)
        answers = tuple([self.answer(query) for query in record.queries])
        lang = getattr(record, "lang", None) or self.site.lang
        return Text(record.body_digest, targets, lambda: self.bodies(record.path), record.path, answers, lang)

    def target(self, name: str) -> Target | None:
        """Where `type:id` leads, if it can be shown."""
        kind, _, id = name.partition(":")
        title = self.title(kind, id)
        return None if title is None else Target(name, self.site.path(routes.BY_TYPE[kind](id)), title)

    def title(self, kind: str, id: str) -> str | None:
        """The title of a record by type and id; none where it cannot be shown."""
        c = self.chronicle
        match kind:
            case "incident":
                return c.entries[id].incident.title if id in c.entries else None
            case "city":
                return c.cities[id].name if id in c.cities else None
            case "source":
                return self.source_title(id) if id in c.sources else None
            case "wave":
                return c.waves[id].title if id in c.waves else None
            case "page":
                return c.pages[id].title if id in c.pages else None
            case "publisher":
                return c.houses[id].name if id in c.houses else None
            case "kind":
                return self.site.kinds[id].label if id in self.site.kinds else None
        return None

    def source_title(self, id: str) -> str:
        """A source's title, or its publisher and date where its title is not known."""
        document = self.chronicle.sources[id].document
        if document.title:
            return document.title
        day = self.site.words.moment_text(document.published) if document.published else "undated"
        house = self.chronicle.house_names.one(document.publisher or "")
        return f"{self.chronicle.houses[house].name if house else 'unnamed publisher'}, {day}"

    def update_titles(self, updates: Iterable[Update]) -> dict[str, str]:
        """The titles of the sources that some updates name, by id."""
        return {u.source: self.source_title(u.source) for u in updates if u.source in self.chronicle.sources}

    def link(self, name: str) -> Link:
        """A link to a record that is known to be shown."""
        target = self.target(name)
        assert target is not None, name
        return Link(target.title, target.path)

    def links(self, names: Iterable[str]) -> tuple[Link, ...]:
        """Links to those of some records that have a page."""
        found = (self.target(name) for name in names)
        return tuple(Link(t.title, t.path) for t in found if t is not None and t.path)

    def cities_of(self, entry: Linked) -> tuple[City, ...]:
        return tuple(self.chronicle.cities[id] for id in entry.cities)


def desk_of(
    chronicle: Chronicle,
    site: Site,
    templates: Mapping[str, str],
    bodies: Bodies,
    engine: str,
    former: Desk | None = None,
) -> Desk:
    """The desk of one chronicle; the site gets the digest that stands in every key.

    Cards are taken over from a `former` desk of the same site.
    """
    sealed = msgspec.structs.replace(site, digest=digest(msgspec.msgpack.encode(site)))
    if former is None or former.site.digest != sealed.digest:
        cards = cards_of(chronicle, sealed)
    else:
        cards = cards_after(former.cards, former.chronicle, chronicle, sealed)
    return Desk(chronicle, sealed, cards, dict(templates), bodies, engine)


def _texts(parts: tuple[Any, ...]) -> Iterator[str]:
    """The files whose texts are among some parts."""
    for part in parts:
        if type(part) is Text:
            yield part.path
        elif type(part) is tuple and part and type(part[0]) is Text:
            yield from (text.path for text in part)


def plain(part: Any) -> Any:
    """What stands for a part in a key: the digest of a card, record or text, else all of it."""
    kind = type(part)
    if kind in _DIGESTED:
        return part.digest
    if kind is Text:
        return (part.digest, part.targets, part.answers, part.lang) if part.answers else (part.digest, part.targets)
    return [plain(item) for item in part] if isinstance(part, tuple) else part


_DIGESTED = frozenset((Card, *RECORD_TYPES.values()))
