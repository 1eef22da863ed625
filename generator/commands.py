"""What each command does, and what it prints."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from .arguments import Usage, chronicle_of, folder_of, manner_of, now_of, order_of, out_of, root_of, shown
from .assisting import completion, lsp, schema
from .problems import Problem, as_line, errors
from .report import as_data, as_text, count_of, framed

if TYPE_CHECKING:
    from .model import Page
    from .stands import Mark

DONE, FAULTS, USAGE = 0, 3, 2
TRACEBACK = "chronicle-bug.txt"


def run(options: argparse.Namespace) -> int:
    """One command's exit status."""
    try:
        return COMMANDS[options.command](options)
    except Usage as error:
        print(f"chronicle {options.command}: {error}", file=sys.stderr)
        return USAGE


# ---------------------------------------------------------------- build, check, clean


def build(options: argparse.Namespace) -> int:
    """Make the site and say what changed."""
    from .build import build as built
    from .pace import Timed, Told

    began = time.perf_counter()
    timed = Timed()
    told = Told(timed, is_terminal=sys.stderr.isatty())
    is_silent = options.quiet or options.json or options.profile
    try:
        outcome = built(order_of(options), out_of(options), timed if is_silent else told)
    finally:
        told.end()
    failed = bool(errors(outcome.problems))
    summary = {
        "pages": outcome.total,
        "written": list(outcome.written),
        "removed": list(outcome.removed),
        "published": not failed,
    }
    _report(options, outcome.problems, summary)
    if outcome.notice:
        _say(options, outcome.notice)
    if failed:
        _say(options, "Nothing was published; the site stands as it was.")
        return FAULTS
    _say(options, _built_line(outcome.total, len(outcome.written), len(outcome.removed), time.perf_counter() - began))
    if options.profile:
        print(timed.table(), file=sys.stderr)
    if options.drafts:
        _say(options, "Drafts and embargoed entries are in it: not for publication.")
    if outcome.written or outcome.removed:
        _say(options, f"Open {shown(out_of(options) / 'index.html')}")
    return DONE


def _built_line(total: int, written: int, removed: int, seconds: float) -> str:
    """`12 of 4,310 pages changed · 84 ms`."""
    took = f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
    gone = f", {removed:,} removed" if removed else ""
    if not written and not removed:
        return f"Nothing to do: all {total:,} pages stand · {took}"
    return f"{written:,} of {total:,} pages changed{gone} · {took}"


def check(options: argparse.Namespace) -> int:
    """Run the rules alone, those of the desk too, drafts and embargoed entries included."""
    from .engine import engine_digest
    from .inspection import inspected
    from .memory import Memory
    from .orders import MEMORY_FOLDER
    from .telling import telling_of
    from .workers import processors

    root, now, manner = chronicle_of(options), now_of(options), manner_of(options)
    with Memory(root / MEMORY_FOLDER, engine_digest()) as memory:
        found = inspected(root, now, processors(), memory)
    if options.json:
        _report(options, found.problems, {"files": found.files})
    else:
        told = telling_of(found.problems, root, folder_of(options), manner)
        sys.stdout.write(told.out)
        sys.stderr.write(told.err)
    if manner.format == "text" and all(problem.severity == "note" for problem in found.problems):
        _say(options, f"{found.files:,} files, nothing wrong.")
    return FAULTS if errors(found.problems) else DONE


def clean(options: argparse.Namespace) -> int:
    """Remove what builds have made: the pages of the output folder and the memory of former builds."""
    from .lock import locked
    from .memory import forgotten
    from .orders import MEMORY_FOLDER, WAIT_SECONDS
    from .publish import checked_output
    from .publish import clean as cleaned
    from .shelves import SOURCES

    out = checked_output(out_of(options), root_of(options), SOURCES)
    with locked(out, WAIT_SECONDS):
        cleaned(out)
    forgotten(root_of(options) / MEMORY_FOLDER)
    left = sum(len(names) for _, _, names in os.walk(out)) if out.exists() else 0
    _print_json(options, {"left": left})
    stays = f"; {left:,} files in {shown(out)} are not ours and stay" if left else ""
    _say(options, f"Removed what we made{stays}.")
    return DONE


def verify(options: argparse.Namespace) -> int:
    """Name every file of the site that is not as its manifest says."""
    from .manifest import verified
    from .problems import in_order

    problems = in_order(verified(out_of(options)))
    _report(options, problems, {})
    if not problems:
        _say(options, "Every file is as the manifest says, and no other is there.")
    return FAULTS if errors(problems) else DONE


# ---------------------------------------------------------------- explain


def explain(options: argparse.Namespace) -> int:
    """Tell which template and inputs make a page, and whether it would be rendered now."""
    from .edition import edition
    from .engine import engine_digest
    from .manifest import read_output
    from .memory import Memory
    from .orders import MEMORY_FOLDER
    from .problems import did_you_mean

    order, out = order_of(options), out_of(options).absolute()
    wanted = _page_path(options.page, out)
    with Memory(order.root / MEMORY_FOLDER, engine_digest()) as memory:
        made = edition(order, memory)
        marks = memory.pages(f"{out}")
        pages = {page.path: page for page in made.plan.pages}
        page = pages.get(wanted)
        if page is None:
            raise Usage(f'no page "{wanted}" is planned. {did_you_mean(wanted, pages)}'.strip())
        is_intact = wanted in read_output(out, marks).intact
    told = {
        "page": page.path,
        "template": page.template,
        "rests_on": list(made.sources.templates.closures.get(page.template, ())),
        "file": page.origin,
        "key": page.key,
        "would_be_rendered": not is_intact or marks[wanted].key != page.key,
        "because": _because(page, marks.get(page.path), is_intact),
    }
    _print_json(options, told)
    _say(options, "\n".join(f"{label.replace('_', ' ')}: {_told(value)}" for label, value in told.items()))
    return DONE


def _page_path(text: str, out: Path) -> str:
    """The path of a page in the site, from its address there, or from where its file stands or would stand."""
    place = Path(os.path.abspath(text))
    return place.relative_to(out).as_posix() if place.is_relative_to(out) else text


def _because(page: Page, mark: Mark | None, is_intact: bool) -> str:
    if mark is None:
        return "it has not been made before"
    if mark.key != page.key:
        return "what it is made from has changed"
    return "its key is the same as at the last build" if is_intact else "its file is not as the last build wrote it"


def _told(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return (
        {True: "yes", False: "no"}.get(value, str(value) or "none") if isinstance(value, bool) else str(value) or "none"
    )


# ---------------------------------------------------------------- new, serve


def new(options: argparse.Namespace) -> int:
    """Write a valid entry, asking for what is missing where somebody can answer, and say where it is and will be."""
    from .beginning import Given, begin

    asks = not options.json and sys.stdin.isatty() and sys.stdout.isatty()
    told = {key: getattr(options, key) or "" for key in ("title", "city", "date", "origin", "kind", "id")}
    given = Given(**told, sources=tuple(options.source), seed=options.seed)
    if given.missing and not asks:
        raise Usage(f"the following arguments are required: {', '.join(given.missing)}")
    begun = begin(chronicle_of(options), now_of(options), given, asks)
    if begun.problems:
        _report(options, begun.problems, {})
        return FAULTS
    _print_json(options, begun.told)
    _say(options, begun.text)
    return DONE


def serve(options: argparse.Namespace) -> int:
    """Show the site while its author writes."""
    from .preview import serve as served

    return served(order_of(options), options)


# ---------------------------------------------------------------- printing


def _report(options: argparse.Namespace, problems: Sequence[Problem], summary: Mapping[str, Any]) -> None:
    """The problems, one after another, with the lines they are about where a person reads; or all as JSON."""
    if options.json:
        _print_json(options, {**summary, "problems": [as_data(p) for p in problems]})
        return
    is_terminal = sys.stderr.isatty()
    colour = is_terminal and not os.environ.get("NO_COLOR")
    for told in framed(root_of(options), problems):
        text = as_text(told, colour=colour) if is_terminal else as_line(told.problem)
        print(text, file=sys.stderr)
    if problems:
        print(count_of(problems), file=sys.stderr)


def _print_json(options: argparse.Namespace, value: Any) -> None:
    if options.json:
        print(msgspec.json.format(msgspec.json.encode(value), indent=1).decode())


def _say(options: argparse.Namespace, text: str) -> None:
    if not options.quiet and not options.json:
        print(text)


def keep_traceback(root: Path) -> str:
    """Write the traceback of the exception at hand where its finder can send it from, and say where that is."""
    import traceback

    folder = root if root.is_dir() and os.access(root, os.W_OK) else Path(os.environ.get("TMPDIR", "/tmp"))  # noqa: S108
    path = folder / TRACEBACK
    path.write_text(traceback.format_exc(), encoding="utf-8")
    return f"{path}"


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "build": build,
    "serve": serve,
    "check": check,
    "new": new,
    "schema": schema,
    "explain": explain,
    "verify": verify,
    "clean": clean,
    "completion": completion,
    "lsp": lsp,
}
