"""What the arguments of a command mean: the chronicle, the output, the present."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from pathlib import Path
from typing import Any

MOST_SECONDS = 253_402_300_799


class Usage(Exception):
    """A wrong use of the command line that argparse cannot see."""


def root_of(options: argparse.Namespace) -> Path:
    root = Path(options.root)
    if not root.is_dir():
        raise Usage(f'there is no folder "{options.root}"')
    return root.resolve()


def chronicle_of(options: argparse.Namespace) -> Path:
    """The folder of a chronicle; any other is refused before anything is written there."""
    root = root_of(options)
    if not (root / "site.yaml").exists():
        raise Usage(f"there is no site.yaml in {root}; give the folder of a chronicle with --root")
    return root


def folder_of(options: argparse.Namespace) -> str:
    """What leads from the present folder to the chronicle's, ending in `/`; empty where they are one or lie apart."""
    folder = shown(root_of(options))
    return "" if folder == "." or folder.startswith("/") else f"{Path(folder).as_posix()}/"


def manner_of(options: argparse.Namespace) -> Any:
    """How a command tells of problems."""
    from .telling import Manner

    if options.json and options.format:
        raise Usage("--json is a format of its own; leave out --format")

    is_terminal = sys.stderr.isatty()
    colour = is_terminal and not os.environ.get("NO_COLOR")
    return Manner(format=options.format or "text", is_terminal=is_terminal, has_colour=colour, is_whole=options.all)


def out_of(options: argparse.Namespace) -> Path:
    if options.out:
        return Path(options.out)
    return root_of(options) / ("build-with-drafts" if getattr(options, "drafts", False) else "build")


def order_of(options: argparse.Namespace) -> Any:
    from .orders import Order
    from .workers import processors

    return Order(
        root=chronicle_of(options),
        now=now_of(options),
        drafts=options.drafts,
        verify=getattr(options, "verify", False),
        jobs=getattr(options, "jobs", None) or processors(),
    )


def now_of(options: argparse.Namespace) -> datetime.datetime:
    """The present: `--now`, else SOURCE_DATE_EPOCH, else the clock. Nothing below the command line knows another."""
    if options.now:
        return _moment(options.now, "--now")
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return _moment(epoch, "SOURCE_DATE_EPOCH") if epoch is not None else datetime.datetime.now(datetime.UTC)


def _moment(text: str, name: str) -> datetime.datetime:
    if text.isascii() and text.isdigit() and int(text) <= MOST_SECONDS:
        return datetime.datetime.fromtimestamp(int(text), datetime.UTC)
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or name == "SOURCE_DATE_EPOCH":
        wanted = (
            f"seconds, 0…{MOST_SECONDS}"
            if name == "SOURCE_DATE_EPOCH"
            else "a time with its zone, such as 2026-01-31T12:00+00:00, or seconds since 1970"
        )
        raise Usage(f'{name} must be {wanted}; found "{text}"')
    return moment


def shown(path: Path) -> str:
    """A path as short as it can be written from here."""
    try:
        return os.path.relpath(path) if not os.path.relpath(path).startswith("..") else f"{path}"
    except (OSError, ValueError):
        return f"{path}"
