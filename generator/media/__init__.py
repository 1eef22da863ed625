"""The pictures of a chronicle as they may be published: the same pixels, and nothing of who took them, where and with what.

What a file is, its content says; its name has to agree. A picture is taken apart into the pieces its format consists of and
put together again from those a decoder needs, so metadata of a kind nobody has heard of yet is left out too. Pixels are
never decoded, so a file that would unfold to gigabytes costs what its bytes cost.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ..problems import WHOLE_FILE, Fault, Problem, problem_of
from . import gif, jpeg, png, webp
from .faults import broken
from .kinds import refused


class Format(NamedTuple):
    """A kind of picture that every browser shows: how its content begins (a pattern), the endings of its name, and what cleans it."""

    name: str
    beginning: bytes
    suffixes: tuple[str, ...]
    cleaned: Callable[[bytes], bytes | Fault]


FORMATS = (
    Format("JPEG", rb"\xff\xd8", (".jpg", ".jpeg"), jpeg.cleaned),
    Format("PNG", rb"\x89PNG\r\n\x1a\n", (".png",), png.cleaned),
    Format("WebP", rb"RIFF....WEBP", (".webp",), webp.cleaned),
    Format("GIF", rb"GIF8[79]a", (".gif",), gif.cleaned),
)


def cleaned(name: str, data: bytes, path: str) -> bytes | Problem:
    """The picture without its metadata; `name` is that of the file, `path` where its author finds it.

    Cleaning what is clean changes nothing. Rules: `media-type`, `media-broken`, `media-too-large`.
    """
    result = _cleaned(name, data)
    return problem_of(result, path, WHOLE_FILE) if isinstance(result, Fault) else result


def _cleaned(name: str, data: bytes) -> bytes | Fault:
    if not data:
        return broken("is empty", "copy the picture here again, or delete the file")
    form = next((form for form in FORMATS if re.match(form.beginning, data, re.DOTALL)), None)
    if form is None:
        return refused(data)
    if not name.lower().endswith(form.suffixes):
        return _misnamed(name, form)
    result = form.cleaned(data)
    return _of_form(result, form) if isinstance(result, Fault) else result


def _misnamed(name: str, form: Format) -> Fault:
    """A picture whose name says something else, as a web server goes by the name."""
    dot, suffix = name.rpartition("/")[2].rpartition(".")[1:]
    said = f'its name ends in "{dot}{suffix}"' if dot else "its name does not say so"
    endings = " or ".join(form.suffixes)
    return Fault("media-type", f"is a {form.name} picture, but {said}", f"rename it so that it ends in {endings}")


def _of_form(fault: Fault, form: Format) -> Fault:
    return Fault(fault.rule, f"the {form.name} file {fault.message}", fault.hint)
