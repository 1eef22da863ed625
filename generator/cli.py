"""The command `chronicle`: arguments, printing, exit status. Everything else is imported only when it is needed."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

DONE, BUG, USAGE, FAULTS, MACHINE, INTERRUPTED = 0, 1, 2, 3, 4, 130

TYPES = ("incident", "translation", "source", "city", "publisher", "wave", "page", "site")
SHELLS = ("bash", "zsh", "fish")

EPILOG = """exit status: 0 done, 1 a bug of ours, 2 wrong usage, 3 errors in what the author wrote,
4 the machine (disk, permission, lock), 130 interrupted"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without UTF-8 still gets its message
    parser = _parser()
    options = parser.parse_args(arguments, argparse.Namespace(parser=parser))
    try:
        from . import commands

        return commands.run(options)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        return _failed(error, options)


def _failed(error: Exception, options: argparse.Namespace) -> int:
    """The machine's faults in one line; bugs of ours with a traceback kept in a file."""
    from .machine import MachineFault

    if isinstance(error, MachineFault):
        print(f"chronicle: {error}", file=sys.stderr)
        return MACHINE
    if isinstance(error, OSError | MemoryError):
        print(f"chronicle: {error or 'out of memory'}", file=sys.stderr)
        return MACHINE
    from .commands import keep_traceback

    kept = keep_traceback(Path(options.root))
    print(
        f"chronicle: this is a bug of ours: {type(error).__name__}: {error}\nThe details are in {kept}; please report it.",
        file=sys.stderr,
    )
    return BUG


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="chronicle", description="Turn a folder of incident entries into a website.", epilog=EPILOG)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for name, text, add in COMMANDS:
        command = commands.add_parser(name, help=text, description=text[:1].upper() + text[1:] + ".")
        command.add_argument("--root", default=".", metavar="DIR", help="the chronicle's folder (default: this one)")
        command.add_argument("--json", action="store_true", help="print what was done as JSON (docs/commands.md)")
        command.add_argument("--quiet", action="store_true", help="print problems only")
        add(command)
    return parser


def _build(command: argparse.ArgumentParser) -> None:
    _output(command)
    _clock(command)
    command.add_argument("--jobs", type=_count, metavar="N", help="processes to use (default: one a processor)")
    command.add_argument("--verify", action="store_true", help="look into every file of the output before it is kept")
    command.add_argument("--profile", action="store_true", help="tell where the time went")


def _serve(command: argparse.ArgumentParser) -> None:
    _clock(command)
    command.add_argument("--port", type=_port, default=8000, help="where to listen on this machine (default: 8000)")
    command.add_argument("--open", action="store_true", help="open the page in a browser")
    command.add_argument("--poll", action="store_true", help="look for changes instead of being told of them")


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument("--all", action="store_true", help="list every warning and note, however many break one rule")
    command.add_argument(
        "--format", choices=("text", "github", "sarif"), help="print problems for a person, GitHub or other code hosts"
    )
    command.add_argument(
        "--now", metavar="WHEN", help="take this as the present: 2026-01-31T12:00+00:00 or seconds since 1970"
    )


def _new(command: argparse.ArgumentParser) -> None:
    command.add_argument("title", nargs="?", help="the headline of the entry")
    command.add_argument("--city", help="a city's id or any of its names")
    command.add_argument(
        "--date", help="the day, as exactly as it is known: 2025-12-15, 2025-12, [2025-12-14,2025-12-15]"
    )
    command.add_argument(
        "--from",
        dest="origin",
        metavar="REPORT",
        help="the address or seed's id of the report that the entry begins with",
    )
    command.add_argument("--seed", action="store_true", help="write a seed for the address, where none holds it")
    command.add_argument(
        "--source", action="append", default=[], metavar="URL", help="an address or a seed's id; may be given again"
    )
    command.add_argument("--kind", help="a kind of site.yaml")
    command.add_argument("--id", help="the id, where the title gives no good one")
    command.add_argument(
        "--now", metavar="WHEN", help="take this as the present: 2026-01-31T12:00+00:00 or seconds since 1970"
    )


def _schema(command: argparse.ArgumentParser) -> None:
    command.add_argument("type", nargs="?", default="incident", help=", ".join(TYPES), choices=TYPES, metavar="TYPE")


def _completion(command: argparse.ArgumentParser) -> None:
    command.add_argument("shell", help=", ".join(SHELLS), choices=SHELLS, metavar="SHELL")


def _lsp(command: argparse.ArgumentParser) -> None:
    command.add_argument("--stdio", action="store_true", help="speak over the standard streams, as it always does")
    command.add_argument(
        "--now", metavar="WHEN", help="take this as the present: 2026-01-31T12:00+00:00 or seconds since 1970"
    )


def _explain(command: argparse.ArgumentParser) -> None:
    _output(command)
    _clock(command)
    command.add_argument("page", metavar="FILE", help="the path of a page in the output folder")


def _output(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", metavar="DIR", help="the output folder (default: build in the chronicle's folder)")


def _clock(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--now", metavar="WHEN", help="take this as the present: 2026-01-31T12:00+00:00 or seconds since 1970"
    )
    command.add_argument("--drafts", action="store_true", help="show drafts and embargoed entries too")


def _count(text: str) -> int:
    number = int(text) if text.isdigit() else 0
    if not 1 <= number <= 256:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number from 1 to 256')
    return number


def _port(text: str) -> int:
    number = int(text) if text.isdigit() else -1
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f'"{text}" is not a port from 1 to 65535')
    return number


COMMANDS = (
    ("build", "make the website", _build),
    ("serve", "show the website while you write", _serve),
    ("check", "check everything and make nothing", _check),
    ("new", "begin an entry", _new),
    ("schema", "print the JSON Schema of a front matter", _schema),
    ("lsp", "help an editor while you write (needs pygls)", _lsp),
    ("explain", "tell what makes a page", _explain),
    ("verify", "compare the site with its manifest", _output),
    ("clean", "remove what builds have made", _output),
    ("completion", "print what completes this command in a shell", _completion),
)
