"""What is told of a new entry while it is asked for: questions and answers as values, and what is told so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from .newentry import COMMAND_LINE, NewEntry
from .problems import Fault, Problem
from .reports import NewSeed, Report

MOST_CHOICES = 9


class Choice(msgspec.Struct, frozen=True):
    """What may be chosen, and how it is told."""

    value: str
    label: str


class Question(msgspec.Struct, frozen=True):
    """What is asked: for which key, by which word, how it is answered, what an empty answer stands for, what may be chosen by its number."""

    key: str
    word: str
    how: str = ""
    suggestion: str = ""
    choices: tuple[Choice, ...] = ()


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of an entry so far: the report it begins with, the seed to be written, and the keys that need not be asked again.

    `dropped` says that its author found it told already.
    """

    wanted: NewEntry = NewEntry()
    report: Report | None = None
    seed: NewSeed | None = None
    asked: frozenset[str] = frozenset()
    dropped: bool = False


class Refusal(msgspec.Struct, frozen=True):
    """Why an answer does not do; what was most likely meant; and what it may stand for, with what to say of that."""

    problem: Problem
    suggestion: str = ""
    choices: tuple[Choice, ...] = ()
    offer: str = ""


Taken: TypeAlias = Begun | Refusal


def chosen(question: Question, text: str) -> str:
    """The answer that a line stands for: a choice by its number, what is suggested where it is empty, else itself."""
    text = text.strip()
    if text.isdecimal() and 1 <= int(text) <= len(question.choices):
        return question.choices[int(text) - 1].value
    return text or question.suggestion


def no_such_choice(question: Question, text: str) -> str:
    """Why a number stands for none of the choices; empty where it does, or where nothing may be chosen."""
    text, most = text.strip(), len(question.choices)
    if not text.isdecimal() or not most or 1 <= int(text) <= most:
        return ""
    return (
        "there is only 1 choice; type 1 or a name"
        if most == 1
        else f"there are {most} choices; type 1 to {most}, or a name"
    )


def asked_again(question: Question, refusal: Refusal) -> Question:
    """The same question, with what an answer that did not do was likely to mean."""
    suggestion = refusal.suggestion or question.suggestion
    return msgspec.structs.replace(question, suggestion=suggestion, choices=refusal.choices, how="")


def with_told(begun: Begun, **told: str | tuple[str, ...]) -> Begun:
    """What is told so far, with more of the entry."""
    return msgspec.structs.replace(begun, wanted=msgspec.structs.replace(begun.wanted, **told))


def with_seed(begun: Begun, **told: str) -> Begun:
    """What is told so far, with more of the seed."""
    return msgspec.structs.replace(begun, seed=msgspec.structs.replace(begun.seed, **told) if begun.seed else None)


def refused(key: str, fault: Fault, suggestion: str = "") -> Refusal:
    """Why an answer for a key does not do."""
    problem = Problem(rule=fault.rule, path=COMMAND_LINE, key=key, message=fault.message, hint=fault.hint)
    return Refusal(problem, suggestion)


def offered(refusal: Refusal, text: str, choices: Sequence[Choice]) -> Refusal:
    """The same with what may be chosen instead, all of which hold the text in their names."""
    if not choices:
        return refusal
    some = f"the first {MOST_CHOICES} of {len(choices)}" if len(choices) > MOST_CHOICES else "these"
    first = refusal.suggestion or (choices[0].value if len(choices) == 1 else "")
    return Refusal(refusal.problem, first, tuple(choices)[:MOST_CHOICES], f'"{text}" is a part of {some}:')
