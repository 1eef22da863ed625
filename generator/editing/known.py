"""What is known of a chronicle while somebody writes in it: what stands on the disk, with the open texts in place of their files.

Drafts and embargoed entries are among it, for who writes them may see them. Nothing here is remembered.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from ..checks import problems_of
from ..chronicle import Chronicle
from ..linking import linked
from ..model import Parsed, Settings
from ..parse import parsed
from ..problems import Problem, Span, in_order, judged
from ..remarks import OF_ALL, remarks_about
from ..settings import settings_file
from ..shelves import SETTINGS_FILE, identity, is_content
from ..sources import Sources
from ..withholding import withhold


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A chronicle with its drafts, all its files, and what is wrong.

    `own` are the problems that each file has alone, `others` those that it has among all, with what the desk asks about the
    open ones, by path. `places` are those of
    the values of site.yaml, `digests` those of what was read on the disk, by path. `texts` are the open texts that all this
    was made with.
    """

    chronicle: Chronicle
    places: Mapping[str, Span]
    files: tuple[Parsed, ...]
    own: dict[str, tuple[Problem, ...]]
    others: dict[str, tuple[Problem, ...]]
    texts: Mapping[str, str]
    digests: Mapping[str, str]


def known_of(
    sources: Sources, texts: Mapping[str, str], now: datetime.datetime, former: Settings | None = None
) -> Known | None:
    """What is known where these texts are open; faulty settings leave the former ones, and without any nothing is known."""
    read = settings_file(texts[SETTINGS_FILE]) if SETTINGS_FILE in texts else sources.settings
    settings = read.settings or former
    if settings is None:
        return None
    files = tuple(_with_open(sources.files, texts))
    own: dict[str, list[Problem]] = {SETTINGS_FILE: list(read.problems)}
    for file in files:
        if file.problems:
            own[file.path] = list(file.problems)
    for problem in (*sources.problems, *sources.templates.problems):
        own.setdefault(problem.path, []).append(problem)
    shown, withheld = withhold(files, now, drafts=True)
    chronicle = linked(settings, shown, withheld, sources.media)
    found = dict.fromkeys(problems_of(chronicle, now.date()))
    public, held = withhold(files, now, drafts=False)
    if held != withheld:  # what is published leads nowhere that is withheld
        found |= dict.fromkeys(problems_of(linked(settings, public, held, sources.media), now.date()))
    found |= dict.fromkeys(_asked(chronicle, texts))
    return Known(
        chronicle=chronicle,
        places=read.marks,
        files=files,
        own={path: in_order(problems) for path, problems in own.items()},
        others=by_path(found),
        texts=dict(texts),
        digests=sources.digests,
    )


def _with_open(files: Iterable[Parsed], texts: Mapping[str, str]) -> Iterator[Parsed]:
    """The files, each as its open text says; one that is open and not saved yet is among them."""
    new = {path for path in texts if is_content(path) and path.endswith(".md")}
    for file in files:
        yield parsed(file.path, texts[file.path]) if file.path in new else file
        new.discard(file.path)
    yield from (parsed(path, texts[path]) for path in sorted(new))


def _asked(chronicle: Chronicle, texts: Mapping[str, str]) -> Iterator[Problem]:
    """What the desk asks about the open texts; about all others `chronicle check` asks."""
    for path in texts:
        kind, id, _ = identity(path)
        if kind == "incident" and id in chronicle.entries and chronicle.entries[id].incident.path == path:
            yield from remarks_about(chronicle, id)
    rules = [rule for name, rule in OF_ALL.items() if texts and chronicle.settings.rules.get(name) != "off"]
    yield from (remark for rule in rules for remark in rule(chronicle) if remark.path in texts)


def by_path(problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.path, []).append(problem)
    return {path: tuple(some) for path, some in found.items()}


# ---------------------------------------------------------------- what is wrong with one file


def own_problems(path: str, text: str) -> tuple[Problem, ...]:
    """What is wrong with an open text alone."""
    if path == SETTINGS_FILE:
        return settings_file(text).problems
    return parsed(path, text).problems if is_content(path) and path.endswith(".md") else ()


def problems_at(known: Known | None, path: str, own: Iterable[Problem], text: str) -> tuple[Problem, ...]:
    """All that is wrong with a text, with the severities that the chronicle has set: what it has alone as it is now, what it
    has among all as far as its lines are those that were looked at."""
    if known is None:
        return in_order(own)
    before = known.texts.get(path)
    others = known.others.get(path, ())
    still = others if before is None or before == text else moved(others, before.split("\n"), text.split("\n"))
    return judged((*own, *still), known.chronicle.settings.rules)


def moved(problems: Iterable[Problem], before: list[str], now: list[str]) -> Iterator[Problem]:
    """The problems on the lines that an edit has left alone, where these stand now."""
    same = next((n for n, (a, b) in enumerate(zip(before, now, strict=False)) if a != b), min(len(before), len(now)))
    most = min(len(before), len(now)) - same
    ends = zip(reversed(before), reversed(now), strict=False)
    same_behind = min(most, next((n for n, (a, b) in enumerate(ends) if a != b), most))
    shift, first_behind = len(now) - len(before), len(before) - same_behind
    for problem in problems:
        span = problem.span
        if span.end_line <= same:
            yield problem
        elif span.line > first_behind:
            there = msgspec.structs.replace(span, line=span.line + shift, end_line=span.end_line + shift)
            yield msgspec.structs.replace(problem, span=there)
