"""What was meant as markup and is read as text: a heading without its blank, a link with a sign amiss."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from re import Match

from ..expressions import Expression
from ..problems import Fault

_CODE = Expression(r"`+[^`]*`+")
_HEADING = Expression(r"\A(#{2,6})([^\s#].{0,40})")
_APART = Expression(r"(?<!\\)\][ \n]{1,9}\(https?://[^\s)]+\)")
_TURNED = Expression(r"\(([^()\n]{1,60})\)\[(https?://[^\]\s]+)\]")
_OPEN = Expression(r"(?<!\\)\]\(https?://[^\s)]*")
_HALF = Expression(r"(?<![\[\\\w-])\[((?:[a-z]+:)?[a-z0-9]+(?:-[a-z0-9]+)+|[a-z]+:[a-z0-9]+)\]\]")


def slips_of(text: str) -> Iterator[tuple[int, str, Fault]]:
    """Each slip of a paragraph: where it begins, its text, and what is wrong. Code is no slip."""
    bare = _CODE.compiled.sub(lambda code: "·" * len(code[0]), text) if "`" in text else text
    last = bare.rfind(")")
    for sign, pattern, fault in SLIPS:
        for found in pattern.finditer(bare) if sign in bare else ():
            if pattern is not _OPEN or found.start() > last:
                yield found.start(), found[0], fault(found)


def _glued(found: Match[str]) -> Fault:
    hint = f'write "{found[1]} {found[2]}"'
    return Fault("heading-glued", "no heading: a blank is missing behind the #", hint)


def _apart(found: Match[str]) -> Fault:
    return Fault("link-slip", "no link: ] and ( stand apart", "take out what stands between them")


def _turned(found: Match[str]) -> Fault:
    return Fault("link-slip", "no link: the brackets are the wrong way round", f"write [{found[1]}]({found[2]})")


def _open(found: Match[str]) -> Fault:
    return Fault("link-slip", "no link: its ( is never closed", "end the address with )")


def _half(found: Match[str]) -> Fault:
    return Fault("link-slip", "no link: a [ is missing", f"write [[{found[1]}]]")


SLIPS: tuple[tuple[str, Expression, Callable[[Match[str]], Fault]], ...] = (
    ("##", _HEADING, _glued),
    ("(http", _APART, _apart),
    (")[", _TURNED, _turned),
    ("](", _OPEN, _open),
    ("]]", _HALF, _half),
)
"""A sign without which there is no such slip, how it looks, and what to say of it."""
