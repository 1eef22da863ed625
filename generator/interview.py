"""The interview of a new entry in a terminal: a line a question, each answer judged at once. Nothing is written here."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable, Sequence

from .dialogue import Begun, Question, Refusal, asked_again, chosen, no_such_choice
from .known import Known, spellings
from .names import folded
from .problems import Problem
from .questions import answered, next_question

OPENING = "Enter takes what stands in [ ]. Ctrl-C ends this, and nothing is written."


def interviewed(known: Known, begun: Begun, faults: Sequence[Problem], today: datetime.date) -> Begun:
    """All that is needed of an entry; `faults` are those of what was told before. Ctrl-C and Ctrl-D end it as an interruption."""
    question = next_question(known, begun)
    if question is not None:
        _say(OPENING)
    for text in (_found(Begun(), begun), *map(_told, faults)):
        _say(text)
    while question is not None:
        begun = _answer(known, begun, question, today)
        question = next_question(known, begun)
    return begun


def _answer(known: Known, begun: Begun, question: Question, today: datetime.date) -> Begun:
    """What is told once a question has an answer that does; until then it is asked again, with what is wrong."""
    _complete_with(_words(known, question.key))
    while True:
        line = _line(question)
        if amiss := no_such_choice(question, line):
            _say(f"  {question.key}: {amiss}")
            continue
        taken = answered(known, begun, question.key, chosen(question, line), today)
        if not isinstance(taken, Refusal):
            _say(_found(begun, taken))
            return taken
        _say(taken.offer or _told(taken.problem))
        question = asked_again(question, taken)


def _found(before: Begun, now: Begun) -> str:
    """That an address is held by a seed, when that has just been found."""
    is_news = now.report is not None and now.report.held and before.report is None
    return f"  seeds/{now.report.cite}.md holds this address; it is cited." if is_news and now.report else ""


def _say(text: str) -> None:
    if text:
        sys.stdout.write(f"{text}\n")


def _told(problem: Problem) -> str:
    return f"  {problem.key}: {problem.message}" + (f" — {problem.hint}" if problem.hint else "")


def _line(question: Question) -> str:
    """What is typed as the answer to a question."""
    for text in (question.how, *_numbered(question)):
        _say(text)
    suggested = f" [{question.suggestion}]" if question.suggestion else ""
    try:
        return input(f"{question.word}{suggested}: ")
    except EOFError:
        sys.stdout.write("\n")
        raise KeyboardInterrupt from None


def _numbered(question: Question) -> Iterable[str]:
    return (f"  {number}  {choice.label}" for number, choice in enumerate(question.choices, 1))


# ---------------------------------------------------------------- completion


def _words(known: Known, key: str) -> tuple[str, ...]:
    """What may stand as the answer to a question, where that is known."""
    if key == "city":
        names = (name for id, city in known.cities.items() for name in (*spellings(city), id))
        return tuple({folded(name): name for name in reversed((*names,))}.values())
    return tuple({"source": known.seeds, "kind": known.kinds}.get(key, ()))


def _complete_with(words: Sequence[str]) -> None:
    """Let the Tab key complete these words, where Python has a library for that."""
    try:
        import readline
    except ImportError:
        return
    readline.set_completer(_completer(words))
    readline.set_completer_delims("")
    is_libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")


def _completer(words: Sequence[str]) -> Callable[[str, int], str | None]:
    def complete(text: str, number: int) -> str | None:
        found = [word for word in words if word.casefold().startswith(text.casefold())]
        return found[number] if text and number < len(found) else None

    return complete
