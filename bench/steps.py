"""What happens to a chronicle between two builds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bench.corpus import Entry, added, middle
from bench.formats import write
from bench.sites import Site

Step = Callable[[Site, Path, Sequence[Entry]], None]


def _nothing(site: Site, root: Path, facts: Sequence[Entry]) -> None:
    pass


def _body(site: Site, root: Path, facts: Sequence[Entry]) -> None:
    _write(site, root, replace(middle(facts), body=f"{middle(facts).body}\nOne more sentence.\n"))


def _title(site: Site, root: Path, facts: Sequence[Entry]) -> None:
    _write(site, root, replace(middle(facts), title=f"Corrected: {middle(facts).title}"))


def _template(site: Site, root: Path, facts: Sequence[Entry]) -> None:
    edit = site.template
    text = (edit.origin or root / edit.path).read_text(encoding="utf-8")
    assert edit.old in text, f"{edit.path} has no {edit.old!r} to change"
    write({edit.path: text.replace(edit.old, edit.new)}, root)


def _added(site: Site, root: Path, facts: Sequence[Entry]) -> None:
    _write(site, root, added(facts))


def _deleted(site: Site, root: Path, facts: Sequence[Entry]) -> None:
    (root / site.form.path(added(facts))).unlink()


def _write(site: Site, root: Path, entry: Entry) -> None:
    write({site.form.path(entry): site.form.text(entry)}, root)


STEPS: dict[str, Step] = {
    "cold build": _nothing,
    "nothing changed": _nothing,
    "one body edited": _body,
    "one title edited": _title,
    "one template edited": _template,
    "one entry added": _added,
    "one entry deleted": _deleted,
}
"""In this order, each after the one before; the first begins with nothing built."""

COLD = next(iter(STEPS))
