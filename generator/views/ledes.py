"""The sentence at the head of a calendar page: how many incidents, how surely, in how many cities, with what harm."""

from __future__ import annotations

from collections.abc import Sequence

from ..words import Words
from .cards import Card
from .sums import Sums


def incidents_text(words: Words, certain: int, possible: int, where: str) -> str:
    """`10 incidents on this day, and 2 that may belong to it`; `where` is `on this day`, `in this month` …"""
    if not certain and not possible:
        return f"No incident counts {where}"
    if not certain:
        maybe = words.plural(possible, one="one incident may belong to it", other="{} incidents may belong to it")
        return f"No incident is certain {where}; {maybe}"
    sure = words.plural(certain, one=f"{{}} incident {where}", other=f"{{}} incidents {where}")
    maybe = words.plural(possible, one=", and one that may belong to it", other=", and {} that may belong to it")
    return sure + (maybe if possible else "")


def cities_text(words: Words, cards: Sequence[Card]) -> str:
    """`in Belgorod`, `in 9 cities`; empty for none."""
    names = list(dict.fromkeys(p.text for card in cards for p in card.places))
    if len(names) <= 2:
        return f"in {words.list_text(names)}" if names else ""
    return f"in {words.number_text(len(names))} cities"


def harm_text(words: Words, sums: Sums) -> str:
    """`Together: nobody killed, 3–4 injured.` Empty where nobody gives a number of what is certain."""
    killed, injured = sums.killed.sure, sums.injured.sure
    if killed is None and injured is None:
        return ""
    told = f"{words.toll_phrase('killed', killed)}, {words.toll_phrase('injured', injured)}"
    return f"Together: {told}." if sums.incidents > 1 else f"{told[:1].upper()}{told[1:]}."


def sentences(*parts: str) -> str:
    """Some sentences in a row, the empty ones left out."""
    return " ".join(part for part in parts if part)
