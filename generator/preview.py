"""The preview: the site as it would be, shown on this machine alone, made anew at every change of what it is made from.

    signs ─watch─▶ edition ─▶ Showing ─board─▶ server ─▶ pages, and events that keep the pages in browsers up to date

What an author saved is retold first, so that it is seen at once; then the folders are looked at, since signs may be lost, and
the whole is made anew from what has changed; only then is counted what else did. Pages are rendered when they are asked for.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import parse_qsl

import msgspec

from .board import Board
from .edition import Edition, unplanned_edition
from .engine import engine_digest
from .guard import Request
from .lasting import LastingMemory
from .machine import MachineFault
from .model import Page
from .orders import MEMORY_FOLDER, Order
from .preview_pages import EVENTS
from .problems import Problem, errors
from .renewal import renewed, retold
from .routes import HOME
from .server import HOST, Answer, listening
from .shelves import CONTENT, SETTINGS_FILE, TEMPLATES
from .showing import Prints, Showing, answer, faulty_showing, next_showing, planned_showing
from .sources import differ_in_files_alone, read_again
from .survey import Survey, default_root, survey
from .terminal import Terminal
from .watch import Ground, Watch
from .workers import searched, swept, uncollected

DONE = 0

WAY, MOST_WAY = 0.1, 0.6
"""Seconds without a request after which the browsers have loaded what changed, and the most that is waited for it."""

TURN = 0.0005
"""Seconds after which a thread that counts lets another one have its turn: one that answers, or hears of an edit."""

MOST_PUT_OFF = 5
"""So many edits in a row are shown before the folders are looked at."""


def serve(order: Order, options: argparse.Namespace) -> int:
    """The exit status of a preview, which its author ends with Ctrl-C; until then the chronicle is shown and watched.

    Only the first edition is made by several processes: once threads run, a fork would copy the locks that they hold.
    """
    terminal = Terminal(order.root, json=options.json, quiet=options.quiet)
    sys.setswitchinterval(TURN)
    with suppress(KeyboardInterrupt), listening(options.port) as server, uncollected():
        preview = Preview(order, terminal)
        server.start(preview.answer)
        address = f"http://{HOST}:{server.port}/"
        terminal.say(greeting(options.port, server.port), address=address)
        if options.open:
            _open(address)
        with closing(preview.board), Watch(grounds(order.root), polling=options.poll) as watch:
            heard: frozenset[str] = frozenset()
            while True:  # the first look is for what has changed since the folders were read
                terminal.note(watch.notice)
                preview.refresh(heard, watch.has_heard)
                if not watch.has_heard():
                    preview.sweep()
                heard = watch.wait(preview.look_seconds)
    return DONE


def grounds(root: Path) -> tuple[Ground, ...]:
    """All that a site is made from: the chronicle's own folders, and the default templates where they stand elsewhere."""
    own = Ground(root, (*CONTENT, TEMPLATES), (SETTINGS_FILE,))
    return (own,) if default_root() == root else (own, Ground(default_root(), (TEMPLATES,)))


def _nobody() -> bool:
    """Nobody else wants the thread."""
    return False


class Preview:
    """What is on show, and how it is made anew; one thread at a time refreshes it, any thread may ask.

    `look_seconds` is how long the last look at the folders took.
    """

    def __init__(self, order: Order, terminal: Terminal) -> None:
        """The first edition is on show when the preview is made; what is told of it, the first refresh tells."""
        self._shown_at = 0.0
        self.look_seconds = 0.0
        self.board = Board(Showing(prints=Prints(), drafts=order.drafts))
        self._order = order
        self._terminal = terminal
        self._began, began = time.time(), time.perf_counter()
        self._answered = 0.0
        self._put_off = 0
        self._counted: Mapping[str, Page] = {}
        self._told: Showing | None = None
        self._unsettled: frozenset[str] = frozenset()
        self._surveyed, self._latest = self._first()
        self._show(next_showing(self.board.showing, self._latest, (), order.root))
        self._swept = self.board.showing.render
        self._good = self.board.showing  # the last one whose folders were looked at and that has no errors, or none yet
        self._first_seconds = time.perf_counter() - began

    def answer(self, request: Request) -> Answer:
        """What is sent for a request that may be answered."""
        self._answered = time.monotonic()
        if request.path == EVENTS:
            paths = [value for name, value in parse_qsl(request.query) if name == "path"]
            return Answer(200, "text/event-stream", self.board.follow(paths or [HOME]))
        return answer(self.board.showing, request, self._order.root)

    def refresh(self, heard: Collection[str] = (), is_wanted: Callable[[], bool] = _nobody) -> None:
        """Show the chronicle as it stands now, and say what changed; with errors the last good edition stays.

        `heard` are absolute paths of what may have changed. Where the thread `is_wanted` for something else, the counting of
        changed pages ends, and the next line tells of both changes.
        """
        began = time.perf_counter()
        before = self.board.showing
        self._unsettled |= frozenset(heard)  # what was heard since the folders were looked at
        try:
            if self._retell(self._unsettled) and self._gives_way(is_wanted):
                return
            self._renew()
            self._unsettled = frozenset()
        except MachineFault as fault:
            problem = Problem(rule="machine", path=fault.path, message=fault.reason)
            self._show(faulty_showing(before, (problem,), self._order.root))
        if self.board.showing is not self._told:
            self._tell(began, is_wanted)
        else:
            changed_pages(self._counted, self._counted, is_wanted)  # so that the next change is counted at once

    def sweep(self) -> None:
        """Let go what is not needed any more; templates that were replaced are circles among what is held."""
        if self._swept is self.board.showing.render:
            swept()
        else:
            searched()
            self._swept = self.board.showing.render

    # ------------------------------------------------------------ editions

    def _first(self) -> tuple[Survey, Edition]:
        order = self._order
        with LastingMemory(order.root / MEMORY_FOLDER, engine_digest()) as memory:
            surveyed = survey(order.root, memory.known_files())
            made = unplanned_edition(surveyed, order, memory)
        self._terminal.note(memory.notice)
        return surveyed, made

    def _retell(self, heard: Collection[str]) -> bool:
        """Show what was saved in a few known files, if that is all that differs from what is on show; whether it was so."""
        good, latest = self.board.showing.good, self._latest.sources
        if good is None or not heard or not differ_in_files_alone(latest, good.sources):
            return False
        paths = {path.removeprefix(f"{self._order.root}/") for path in heard}
        if latest is not good.sources:
            paths |= {path for path, _ in latest.digests.items() ^ good.sources.digests.items()}
        if any(problem.path not in paths for problem in errors(self._latest.problems)):
            return False  # it may still stand, and no other file's edit is shown beside it
        made = retold(good, self._order_now(), sorted(paths))
        if made is None:
            return False
        if made is good or made.sources is not good.sources:
            self._latest = made
        self._show(next_showing(self.board.showing, made, self.board.looked_at(), self._order.root))
        return True

    def _gives_way(self, is_wanted: Callable[[], bool]) -> bool:
        """Let the browsers that follow load what changed, before this thread takes the processor for long; and whether it is to
        show the next edit first, which it does a few times in a row."""
        shown = time.monotonic()
        while self.board.looked_at() and not is_wanted() and time.monotonic() - shown < MOST_WAY:
            if time.monotonic() - max(shown, self._answered) > WAY:
                break
            time.sleep(WAY / 5)
        self._put_off = self._put_off + 1 if is_wanted() else 0
        return 0 < self._put_off <= MOST_PUT_OFF

    def _renew(self) -> None:
        """Show what stands in the folders now, if it is not on show already."""
        order, began = self._order_now(), time.monotonic()
        if not order.root.is_dir():
            raise MachineFault(order.root, "the folder is not there")
        sources, self._surveyed = read_again(order.root, self._latest.sources, self._surveyed)
        self.look_seconds = time.monotonic() - began
        self._latest = renewed(self._latest, sources, order)
        after = next_showing(self.board.showing, self._latest, self.board.looked_at(), order.root)
        after = planned_showing(self._good, after, order.root)
        self._good = self._good if after.faults and after.good else after
        self._show(after)

    def _order_now(self) -> Order:
        """What was asked for, now: the present moves on while the preview runs."""
        now = self._order.now + datetime.timedelta(seconds=time.time() - self._began)
        return msgspec.structs.replace(self._order, now=now, jobs=1)

    # ------------------------------------------------------------ showing

    def _show(self, after: Showing) -> None:
        before = self.board.showing
        if after.pages is not before.pages or (after.problems, after.faults) != (before.problems, before.faults):
            self.board.show(after)
            self._shown_at = time.perf_counter()

    def _tell(self, began: float, is_wanted: Callable[[], bool]) -> None:
        """What is on show now, in a line after its problems; nothing yet where somebody else wants this thread."""
        showing = self.board.showing
        seconds = max(0.0, self._shown_at - began) if self._counted else self._first_seconds
        if errors(showing.problems):
            stays = "The last good site stays." if showing.good else "There is nothing to show until this is mended."
            self._terminal.report(showing.problems, stays, **_data(showing, (0, 0), seconds))
            self._told = showing
            return
        changed = changed_pages(self._counted, showing.pages, is_wanted) if self._counted else (len(showing.pages), 0)
        if changed is None:
            return
        line = _line(showing, changed, seconds) if self._counted else f"{len(showing.pages):,} pages · {_took(seconds)}"
        self._counted, self._told = showing.pages, showing
        self._terminal.report(showing.problems, line, **_data(showing, changed, seconds))


# ---------------------------------------------------------------- what changed, and what is said of it

AT_ONCE = 16
"""After so many pages it is seen whether the thread is wanted elsewhere, and others get their turn."""


def changed_pages(
    before: Mapping[str, Page], after: Mapping[str, Page], is_wanted: Callable[[], bool]
) -> tuple[int, int] | None:
    """How many pages are new or have another key than before, and how many are gone; none where it was not counted to the end."""
    changed = 0
    for number, (path, page) in enumerate(after.items(), 1):
        former = before.get(path)
        changed += former is None or former.key != page.key
        if number % AT_ONCE == 0:
            if is_wanted():
                return None
            time.sleep(0)
    return changed, len(before.keys() - after.keys())


def greeting(wanted: int, port: int) -> str:
    """Where the site is shown, and if that is not where it was asked for."""
    taken = f"Port {wanted} is taken; this is {port}.\n" if port != wanted else ""
    return f"{taken}Open http://{HOST}:{port}/ (Ctrl-C ends the preview)"


def _line(showing: Showing, changes: tuple[int, int], seconds: float) -> str:
    """`12 of 4,310 pages changed · 84 ms`."""
    changed, removed = changes
    gone = f", {removed:,} removed" if removed else ""
    return f"{changed:,} of {len(showing.pages):,} pages changed{gone} · {_took(seconds)}"


def _took(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _data(showing: Showing, changes: tuple[int, int], seconds: float) -> dict[str, int | bool]:
    """The same for `--json`."""
    changed, removed = changes
    return {
        "shown": not errors(showing.problems),
        "pages": len(showing.pages),
        "changed": changed,
        "removed": removed,
        "milliseconds": round(seconds * 1000),
    }


def _open(address: str) -> None:
    import webbrowser

    webbrowser.open_new_tab(address)
