"""What became of what each publisher and each document said: how much of it stands, how its figures moved, what rests on it alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from ..chronicle import Chronicle
from ..claims import Claim, Field
from ..counts import Count
from ..ledger import Account
from ..moments import Moment, came_before
from ..words import Words
from .base import Count as Counted
from .cards import Card
from .desk import Desk
from .things import field_label

MOST_LINES = 30
"""So many entries are listed in each list of a record, the newest."""


class Turn(msgspec.Struct, frozen=True):
    """A figure of an entry that somebody gave first and last, where the two differ."""

    entry: str
    field: Field
    was: Count
    was_at: Moment
    now: Count
    now_at: Moment


class TrackRecord(msgspec.Struct, frozen=True):
    """What entries take from somebody: claims, those superseded and those taken back since, the figures among them by entry and
    field, those of which the first and the last differ, and the fields of entries of which nobody else independent speaks."""

    claims: int = 0
    superseded: int = 0
    withdrawn: int = 0
    entries: int = 0
    figures: int = 0
    turns: tuple[Turn, ...] = ()
    alone: tuple[tuple[str, tuple[Field, ...]], ...] = ()

    @property
    def points(self) -> int:
        """The fields that rest on it alone, of all entries."""
        return sum(len(fields) for _, fields in self.alone)


class Line(msgspec.Struct, frozen=True):
    """An entry with what is said of it in a record."""

    card: Card
    told: str


class RecordView(msgspec.Struct, frozen=True, kw_only=True):
    """A record in words. `more_…` count the entries that are not listed; `copied` are those whose reports were copied."""

    taken: str = ""
    moved: str = ""
    turns: tuple[Line, ...] = ()
    more_turns: int = 0
    alone: str = ""
    points: tuple[Line, ...] = ()
    more_points: int = 0
    copied: tuple[Counted, ...] = ()


Records = Callable[[], Mapping[str, TrackRecord]]
"""What gives the record of each publisher as `publisher:id` and of each document as `source:id`, made when first asked for."""


# ---------------------------------------------------------------- counted


def records_of(chronicle: Chronicle) -> dict[str, TrackRecord]:
    """The record of everybody who is said to claim something; entries whose sources say nothing are passed over."""
    found: dict[str, list[TrackRecord]] = defaultdict(list)
    for entry in chronicle.published(reversed(chronicle.timeline)):
        if any(cited.citation.says for cited in entry.sources):
            for name, record in _records_in(entry.id, chronicle.ledger(entry.id).accounts.values()):
                found[name].append(record)
    return {name: _added(records) for name, records in found.items()}


def _records_in(id: str, accounts: Iterable[Account]) -> Iterator[tuple[str, TrackRecord]]:
    """The record of one entry alone, for each who speaks of it."""
    spoken: dict[str, list[tuple[Account, list[Claim]]]] = defaultdict(list)
    for account in accounts:
        own: dict[str, list[Claim]] = defaultdict(list)
        for claim in account.claims:
            for name in _speakers(claim) if claim.basis == "says" else ():
                own[name].append(claim)
        for name, claims in own.items():
            spoken[name].append((account, claims))
    for name, said in spoken.items():
        yield name, _record(id, name, said)


def _speakers(claim: Claim) -> Iterator[str]:
    """The document that says something, and its publisher."""
    yield f"source:{claim.cited.name}"
    if claim.cited.publisher:
        yield f"publisher:{claim.cited.publisher}"


def _record(id: str, name: str, said: list[tuple[Account, list[Claim]]]) -> TrackRecord:
    claims = [claim for _, own in said for claim in own]
    alone = tuple(account.field for account, _ in said if _rests_on(account, name))
    return TrackRecord(
        claims=len(claims),
        superseded=sum(claim.status == "superseded" for claim in claims),
        withdrawn=sum(claim.status == "withdrawn" for claim in claims),
        entries=1,
        figures=sum(any(isinstance(claim.value, Count) for claim in own) for _, own in said),
        turns=tuple(turn for account, own in said if (turn := _turn(id, account.field, own))),
        alone=((id, alone),) if alone else (),
    )


def _rests_on(account: Account, name: str) -> bool:
    """Whether every current claim of a field is somebody's, copies of theirs left aside."""
    return bool(account.witnesses) and all(name in _speakers(claim) for claim in account.witnesses)


def _turn(id: str, field: Field, claims: Iterable[Claim]) -> Turn | None:
    """The first and the last figure of some claims, oldest first, where it is sure which is later, and they differ."""
    dated = [(c.value, c.said) for c in claims if isinstance(c.value, Count) and c.said and c.status != "withdrawn"]
    if not dated:
        return None
    (was, was_at), (now, now_at) = dated[0], dated[-1]
    return Turn(id, field, was, was_at, now, now_at) if was != now and came_before(was_at, now_at) else None


def _added(records: Iterable[TrackRecord]) -> TrackRecord:
    """Records of several entries as one."""
    found = tuple(records)
    return TrackRecord(
        claims=sum(r.claims for r in found),
        superseded=sum(r.superseded for r in found),
        withdrawn=sum(r.withdrawn for r in found),
        entries=sum(r.entries for r in found),
        figures=sum(r.figures for r in found),
        turns=tuple(turn for r in found for turn in r.turns),
        alone=tuple(of for r in found for of in r.alone),
    )


# ---------------------------------------------------------------- in words


def record_view(desk: Desk, record: TrackRecord, copied: tuple[Counted, ...] = ()) -> RecordView:
    """A record in words, with the entries that it is about, the newest first."""
    words = desk.site.words
    turns = tuple(Line(desk.cards[turn.entry], _turn_text(words, turn)) for turn in record.turns)
    points = tuple(Line(desk.cards[id], "; ".join(field_label(f) for f in fields)) for id, fields in record.alone)
    return RecordView(
        taken=_taken(words, record),
        moved=_moved(words, record),
        turns=turns[:MOST_LINES],
        more_turns=len(turns[MOST_LINES:]),
        alone=_alone(words, record),
        points=points[:MOST_LINES],
        more_points=len(points[MOST_LINES:]),
        copied=copied,
    )


def _taken(words: Words, record: TrackRecord) -> str:
    """`9 claims are taken from it, in 2 entries. 1 has been superseded since; none was taken back.`"""
    if not record.claims:
        return ""
    taken = words.plural(record.claims, one="{} claim is taken from it", other="{} claims are taken from it")
    where = words.plural(record.entries, one="in {} entry", other="in {} entries")
    replaced = words.plural(record.superseded, one="{} has", other="{} have") if record.superseded else "None has"
    back = words.plural(record.withdrawn, one="{} was", other="{} were") if record.withdrawn else "none was"
    return f"{taken}, {where}. {replaced} been superseded since; {back} taken back."


def _moved(words: Words, record: TrackRecord) -> str:
    """How many of its figures moved."""
    if not record.figures:
        return ""
    figures = words.plural(record.figures, one="It gave {} figure", other="It gave {} figures")
    number = len(record.turns)
    if not number:
        return f"{figures}; none of them is known to have changed."
    return f"{figures}; in {number} the last differs from the first."


def _alone(words: Words, record: TrackRecord) -> str:
    """On how much nobody else independent speaks."""
    if not record.points:
        return ""
    return words.plural(
        record.points,
        one="{} point rests on it alone: no other independent source is cited for it now.",
        other="{} points rest on it alone: no other independent source is cited for them now.",
    )


def _turn_text(words: Words, turn: Turn) -> str:
    """`Injured: first 2, 14 December 2025; last 4, 16 December 2025`."""
    was, now = (words.count_text(count) for count in (turn.was, turn.now))
    was_at, now_at = (words.moment_text(at) for at in (turn.was_at, turn.now_at))
    return f"{field_label(turn.field)}: first {was}, {was_at}; last {now}, {now_at}"
