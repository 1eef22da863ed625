"""The preview: the site as it would be, shown on this machine alone, made anew at every change of what it is made from.

    changes ─watch─▶ edition ─▶ Showing ─board─▶ server ─▶ pages, and events that keep the pages in browsers up to date

Pages are rendered when they are asked for, so it shows the first one as soon as an edition is made; it publishes nothing.
"""

from __future__ import annotations

import argparse
import datetime
import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import parse_qs

import msgspec

from .board import Board
from .edition import Edition, edition
from .engine import engine_digest
from .guard import Request
from .machine import MachineFault
from .memory import Memory
from .orders import MEMORY_FOLDER, Order
from .preview_pages import EVENTS
from .problems import Problem, errors
from .server import HOST, Answer, listening
from .shelves import CONTENT, SETTINGS_FILE, TEMPLATES
from .showing import HOME, Prints, Showing, answer, changed_pages, faulty_showing, next_showing
from .survey import default_root
from .terminal import Terminal
from .watch import Ground, Watch

DONE = 0


def serve(order: Order, options: argparse.Namespace) -> int:
    """The exit status of a preview, which its author ends with Ctrl-C; until then the chronicle is shown and watched.

    Only the first edition is made by several processes: once threads run, a fork would copy the locks that they hold.
    """
    terminal = Terminal(order.root, json=options.json, quiet=options.quiet)
    with suppress(KeyboardInterrupt), listening(options.port) as server:
        watch = Watch(grounds(order.root), polling=options.poll)
        preview = Preview(order, terminal)
        preview.refresh(order.jobs)
        with closing(preview.board), watch:
            server.start(preview.answer)
            address = f"http://{HOST}:{server.port}/"
            terminal.say(greeting(options.port, server.port, watch.notice), address=address)
            if options.open:
                _open(address)
            while True:
                watch.wait()
                preview.refresh(jobs=1)
    return DONE


def grounds(root: Path) -> tuple[Ground, ...]:
    """All that a site is made from: the chronicle's own folders, and the default templates where they stand elsewhere."""
    own = Ground(root, (*CONTENT, TEMPLATES), (SETTINGS_FILE,))
    return (own,) if default_root() == root else (own, Ground(default_root(), (TEMPLATES,)))


class Preview:
    """What is on show, and how it is made anew; one thread at a time refreshes it, any thread may ask."""

    def __init__(self, order: Order, terminal: Terminal) -> None:
        self.board = Board(Showing(prints=Prints(), drafts=order.drafts))
        self._order = order
        self._terminal = terminal
        self._engine = engine_digest()
        self._bodies: Mapping[str, bytes] = {}
        self._began = time.time()

    def answer(self, request: Request) -> Answer:
        """What is sent for a request that may be answered."""
        if request.path == EVENTS:
            path = parse_qs(request.query).get("path", [HOME])[0]
            return Answer(200, "text/event-stream", self.board.follow(path))
        return answer(self.board.showing, request, self._order.root)

    def refresh(self, jobs: int) -> None:
        """Show the chronicle as it stands now, and say what changed; with errors the last good edition stays."""
        began = time.perf_counter()
        before = self.board.showing
        after = self._next(before, jobs)
        self.board.show(after)
        seconds = time.perf_counter() - began
        self._terminal.report(after.problems, _told(before, after, seconds), **_data(before, after, seconds))

    def _next(self, before: Showing, jobs: int) -> Showing:
        try:
            made = self._edition(jobs)
        except MachineFault as fault:
            if before.good is None:
                raise
            return faulty_showing(
                before, (Problem(rule="machine", path=fault.path, message=fault.reason),), self._order.root
            )
        return next_showing(before, made, self.board.looked_at(), self._order.root)

    def _edition(self, jobs: int) -> Edition:
        """The chronicle as it stands now; the present moves on while the preview runs."""
        if not self._order.root.is_dir():  # or the memory would make it anew
            raise MachineFault(self._order.root, "the folder is not there")
        now = self._order.now + datetime.timedelta(seconds=time.time() - self._began)
        order = msgspec.structs.replace(self._order, now=now, jobs=jobs)
        with LastingMemory(order.root / MEMORY_FOLDER, self._engine, self._bodies) as memory:
            made = edition(order, memory)
        self._bodies = memory.kept
        self._terminal.note(memory.notice)
        return made


class LastingMemory(Memory):
    """A memory whose bodies outlast it: pages are rendered after it is closed, by other threads, and its file may change.

    It is open only while an edition is made, so that a build beside the preview finds it free. `former` are the bodies that
    the edition before has kept.
    """

    def __init__(self, folder: Path, engine: str, former: Mapping[str, bytes]) -> None:
        super().__init__(folder, engine)
        self.kept: dict[str, bytes] = {}
        self._former = former

    def keep_parsed(self, keys: Iterable[str], secret: Collection[str]) -> None:
        wanted = tuple(keys)
        super().keep_parsed(wanted, secret)
        self.kept = {key: self._former[key] for key in wanted if key in self._former}
        self.kept |= super().bodies(key for key in wanted if key not in self.kept)

    def bodies(self, keys: Iterable[str]) -> dict[str, bytes]:
        return {key: self.kept[key] for key in keys if key in self.kept}


# ---------------------------------------------------------------- what is said


def greeting(wanted: int, port: int, notice: str) -> str:
    """Where the site is shown, after what is not as it was asked for."""
    taken = f"Port {wanted} is taken; this is {port}." if port != wanted else ""
    return "\n".join(line for line in (taken, notice, f"Open http://{HOST}:{port}/ (Ctrl-C ends the preview)") if line)


def _told(before: Showing, after: Showing, seconds: float) -> str:
    """`12 of 4,310 pages changed · 84 ms`; with errors, what is shown all the same."""
    if errors(after.problems):
        return "The last good site stays." if after.good else "There is nothing to show until this is mended."
    took = f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
    if before.good is None:
        return f"{len(after.pages):,} pages · {took}"
    changed, removed = changed_pages(before, after)
    gone = f", {removed:,} removed" if removed else ""
    return f"{changed:,} of {len(after.pages):,} pages changed{gone} · {took}"


def _data(before: Showing, after: Showing, seconds: float) -> dict[str, int | bool]:
    """The same for `--json`."""
    changed, removed = changed_pages(before, after)
    return {
        "shown": not errors(after.problems),
        "pages": len(after.pages),
        "changed": changed,
        "removed": removed,
        "milliseconds": round(seconds * 1000),
    }


def _open(address: str) -> None:
    import webbrowser

    webbrowser.open_new_tab(address)
