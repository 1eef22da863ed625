"""How the figures of an entry moved: a chart in steps for each that did, with the table it is drawn from."""

from __future__ import annotations

import msgspec
from markupsafe import Markup

from ..figures.steps import Level, steps
from ..ledger import Account, Ledger, Step
from ..words import Words
from .things import field_label

MOST_CHARTS = 4
"""So many figures of one entry are drawn, the first by topic."""


class Move(msgspec.Struct, frozen=True):
    """A figure at one moment, with the numbers of the sources it rested on."""

    when: str
    count: str
    numbers: tuple[int, ...]


class Moved(msgspec.Struct, frozen=True):
    """A figure that moved: its chart, and the table behind it."""

    title: str
    chart: Markup
    moves: tuple[Move, ...]


def moved(words: Words, ledger: Ledger) -> tuple[Moved, ...]:
    """The figures of an entry that were given more than once, and not the same."""
    if not ledger.claims:
        return ()
    accounts = [account for account in ledger.accounts.values() if len(account.claims) > 1 and len(account.history) > 1]
    return tuple(_moved(words, account) for account in accounts[:MOST_CHARTS])


def _moved(words: Words, account: Account) -> Moved:
    title = field_label(account.field)
    levels = [_level(words, step, last) for step, last in zip(account.history, (None, *account.history), strict=False)]
    moves = tuple(Move(words.moment_text(s.at), words.count_text(s.count), s.numbers) for s in account.history)
    return Moved(title, steps(f"{title}: {', '.join(level.text for level in levels)}", levels), moves)


def _level(words: Words, step: Step, last: Step | None) -> Level:
    return Level(step.count.low, step.count.high, words.count_text(step.count), _mark(words, step, last))


def _mark(words: Words, step: Step, last: Step | None) -> str:
    """The day of a step, its clock on the same day, or nothing where that is not known."""
    if last is None or last.at.day != step.at.day:
        return words.day_mark(step.at.day)
    return "" if step.at.minute is None else f"{step.at.minute // 60:02}:{step.at.minute % 60:02}"
