"""Commands for other programs: the schemas and the language server for editors, completion for shells."""

from __future__ import annotations

import argparse
import datetime
import time
from importlib.util import find_spec
from pathlib import Path

import msgspec

from .arguments import Usage, now_of, root_of

DONE = 0


def schema(options: argparse.Namespace) -> int:
    """Print the JSON Schema of one type of front matter, as it is authored."""
    from .schema import schema_of

    print(msgspec.json.format(msgspec.json.encode(schema_of(options.type)), indent=2).decode())
    return DONE


def completion(options: argparse.Namespace) -> int:
    """Print the script that completes the command line in one shell."""
    from .shells import script

    print(script(options.shell, options.parser), end="")
    return DONE


def lsp(options: argparse.Namespace) -> int:
    """Answer an editor until it has no more questions."""
    if find_spec("pygls") is None:
        raise Usage('pygls is not installed; install it with: python -m pip install "pygls>=2"')
    from .lsp.server import serve as served

    began, present = time.time(), now_of(options)
    root_of(options)  # what is no folder is refused; as the editor calls it, it may lead through a link
    root = Path(options.root).absolute()
    return served(lambda: present + datetime.timedelta(seconds=time.time() - began), root)
