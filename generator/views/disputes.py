"""What the sources of an entry contradict each other about, in sentences that name who says what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

from ..claims import Claim, Field, Value, When
from ..counts import Count
from ..edtf import Edtf
from ..ledger import Cited, Contradiction, Side
from ..moments import Moment
from ..words import Words
from .cards import Card
from .things import field_label

Houses = Mapping[str, tuple[str, str]]
"""A publisher's id to its name and its reliability."""

MOST_NAMED = 8
"""So many sources of one side are named; the others are counted."""


class Speaker(msgspec.Struct, frozen=True):
    """A publisher, with the number of its first source that says something, and of its others."""

    name: str
    number: int
    others: tuple[int, ...]


class Clause(msgspec.Struct, frozen=True):
    """Who says one thing, and what: `Gazeta.ru and 3 copies of it` `give an hour before it`. `more` counts those not named, and
    the copies that say what their origin says; nobody speaks where it is the entry itself that says so."""

    speakers: tuple[Speaker, ...]
    more: str
    says: str


class Dispute(msgspec.Struct, frozen=True):
    """A field about which not all can be right, side by side."""

    title: str
    clauses: tuple[Clause, ...]


def disputes(
    words: Words, found: Iterable[Contradiction], houses: Houses, others: Mapping[str, Card]
) -> tuple[Dispute, ...]:
    """The contradictions of an entry in words; `others` are the cards of the incidents that its sources put it in order with."""
    return tuple(
        Dispute(field_label(c.field), told_apart(words, c, tuple(_clauses(words, c, houses, others))))
        for c in found
        if c.field.topic != "order" or c.field.name in others
    )


def speaker_name(cited: Cited, houses: Houses) -> str:
    """What a source is called where it is named in a sentence: its publisher, else the host of its address."""
    return (
        houses.get(cited.publisher, ("", ""))[0]
        or cited.document.publisher
        or host_of(cited.document.url or cited.name)
    )


def host_of(url: str) -> str:
    """The site an address leads to, which is all that is known of a source without a publisher."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _clauses(words: Words, c: Contradiction, houses: Houses, others: Mapping[str, Card]) -> Iterator[Clause]:
    first = True
    for side in _weakest_first(c.sides):
        for basis in ("says", "told", "hour"):
            claims = [claim for claim in side.claims if claim.basis == basis]
            if claims:
                yield _clause(words, side, claims, houses, others if first else {})
                first = False
    if c.stated is not None:
        yield Clause((), "", f"this entry {_told(words, c.field, c.stated, {}, is_one=True)}")


def told_apart(words: Words, c: Contradiction, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses, with the several reports of one publisher told apart: by the days on which they said it, else by their numbers."""
    reports = {(speaker.name, speaker.number) for clause in clauses for speaker in clause.speakers}
    speaks = Counter(name for name, _ in reports)
    if len(speaks) == len(reports):
        return clauses
    said = {claim.cited.number: claim.said for side in c.sides for claim in reversed(side.claims)}
    days = Counter((name, moment.day) for name, number in reports if (moment := said.get(number)))

    def named(speaker: Speaker) -> Speaker:
        moment = said.get(speaker.number)
        if speaks[speaker.name] == 1:
            return speaker
        is_known = moment is not None and days[speaker.name, moment.day] == 1
        day = words.moment_text(Moment(moment.day.isoformat(), moment.day)) if moment and is_known else ""
        return replace(speaker, name=f"{speaker.name} ({day})" if day else f"{speaker.name} [{speaker.number}]")

    return tuple(replace(clause, speakers=tuple(map(named, clause.speakers))) for clause in clauses)


def _weakest_first(sides: Sequence[Side]) -> Sequence[Side]:
    """The sides with the one before the others that nothing bears which is relied on."""
    return sorted(sides, key=lambda side: not side.is_weak)


def _clause(words: Words, side: Side, claims: Sequence[Claim], houses: Houses, others: Mapping[str, Card]) -> Clause:
    names = {claim.cited.name for claim in claims}
    folded = {c.cited.name for c in claims if c.cited.is_copy and not names.isdisjoint(c.cited.upstream)}
    numbers: dict[str, dict[int, None]] = {}
    for claim in claims:
        if claim.cited.name not in folded:
            numbers.setdefault(speaker_name(claim.cited, houses), {})[claim.cited.number] = None
    speakers = [Speaker(name, *_parted(found)) for name, found in numbers.items()]
    unnamed = sum(1 + len(s.others) for s in speakers[MOST_NAMED:])
    more = " and ".join(filter(None, (_others(words, unnamed), _copies(words, len(folded)))))
    is_one = len(speakers) == 1 and not more
    says = f"{_told(words, claims[0].field, side.value, others, is_one, claims[0].basis)}{_doubt(side)}"
    return Clause(tuple(speakers[:MOST_NAMED]), more, says)


def _parted(numbers: Iterable[int]) -> tuple[int, tuple[int, ...]]:
    first, *others = numbers
    return first, tuple(others)


def _others(words: Words, number: int) -> str:
    return words.plural(number, one="{} other", other="{} others") if number else ""


def _copies(words: Words, number: int) -> str:
    return words.plural(number, one="{} copy", other="{} copies") if number else ""


def _doubt(side: Side) -> str:
    """Why a side counts for nothing, where it does."""
    if not side.is_weak:
        return ""
    if any(claim.is_witness for claim in side.claims):
        return ", which this entry does not rely on"
    return ", which stands in no origin of theirs" if len(side.claims) > 1 else ", which does not stand in its origin"


# ---------------------------------------------------------------- what is said


def _told(
    words: Words, field: Field, value: Value, others: Mapping[str, Card], is_one: bool, basis: str = "says"
) -> str:
    """What somebody says of a field, as the rest of a sentence: `has 2 killed`, `dates it to 14 December 2025`."""
    has = "has" if is_one else "have"
    match value:
        case Count():
            return f"{has} {counted_text(words, field, value)}"
        case Edtf():
            return f"{'dates' if is_one else 'date'} it to {words.date_text(value)}"
        case When():
            what = f"the {field.name}" if field.name else "it"
            return f"{has} {what} {_hour(words, value)}"
        case _ if field.topic == "order":
            return _order_told(words, value[0], others.get(field.name), is_one, basis)
    return _words_told(words, field, value, is_one)


def _hour(words: Words, value: When) -> str:
    if value.date:
        return words.when_text(value.date, value.time)
    return f"at {words.time_text(value.time)}" if value.time.form == "exact" else words.time_text(value.time)


def counted_text(words: Words, field: Field, count: Count) -> str:
    """`2 killed`, `1 injured among the children`, `17 × house, roof`."""
    if field.topic == "casualties":
        told = words.toll_phrase(field.name, count)  # type: ignore[arg-type]
        return f"{told} among the {field.part}" if field.part else told
    return f"{words.count_text(count)} × {field.name}{f', {field.part}' if field.part else ''}"


def _order_told(words: Words, order: str, other: Card | None, is_one: bool, basis: str) -> str:
    """Which of two incidents came first, by what the source says, by its hour, or by when it reported; once named, the other is `that`."""
    what = f"“{other.title}”{_clock(words, other)}" if other else "that"
    if basis == "told":
        return f"had reported it before {what}"
    if basis == "hour":
        return f"{'gives' if is_one else 'give'} an hour {order} {what}"
    return f"{'has' if is_one else 'have'} it {order} {what}"


def _clock(words: Words, card: Card) -> str:
    """` (statement at 01:42)`."""
    if card.time is None:
        return ""
    of = "" if card.time_of == "event" else f"{card.time_of} "
    return f" ({of}{'at ' if card.time.form == 'exact' else ''}{words.time_text(card.time)})"


def _words_told(words: Words, field: Field, value: Sequence[str], is_one: bool) -> str:
    text, has = words.list_text(value), "has" if is_one else "have"
    match field.topic:
        case "targets":
            return f"{has} {field.name} {'hit' if text == 'yes' else 'not hit'}"
        case "attributed":
            return f"{'attributes' if is_one else 'attribute'} it to {text}"
        case "position":
            return f"{has} {field.name} {'accept' if text == 'accepts' else 'deny'} it"
    return f"{'names' if is_one else 'name'} {text}"
