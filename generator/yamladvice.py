"""What to write in place of a line that is not YAML, in the author's own words where they can be kept."""

from __future__ import annotations

import re

from .expressions import Expression
from .problems import Fault

QUOTE_IT = "put the value in quotes"
MOST_LETTERS = 80
"""A line longer than this is not repeated in a hint."""

_ADDRESS = Expression(r"https?://\S+")
_GLUED = Expression(r"([\w-]+):(?=[^\s])")
_ODD_BLANK = Expression(r"(?:[\w-]+:)?[ ]*[\u00a0\u2002-\u200a\u202f\u3000]")
_OTHER_SIGN = Expression(r"([\w-]+)[ ]*[=：][ ]*(\S.*)")
_WORD_FIRST = Expression(r"([a-z_]+)[ ]+(\S.*)")
_MARKDOWN_LINK = Expression(r"\[[^\]]*\]\(<?([^\s<>]+?)>?\)")
_MORE_THAN = Expression(r">(=?)\s*(\d{1,6})")
_CLOSES = {"“": "”", "„": "“”", "«": "»", "‘": "’", "‚": "‘’", "”": "”", "’": "’"}


def bad(message: str, hint: str, start: int, length: int) -> Fault:
    return Fault("bad-yaml", message, hint, start, length)


def in_quotes(value: str) -> str:
    """Advice to put a value in quotes, with the value as it would stand there; typographic quotes around it are left out."""
    bare = without_odd_quotes(value) or value
    mark = '"' if not {'"', "\\"} & set(bare) else "'"
    if ("'" in bare and mark == "'") or len(bare) > MOST_LETTERS:
        return QUOTE_IT
    return f"write {mark}{bare}{mark}" if bare == value else f"write {mark}{bare}{mark}; only straight quotes count"


def without_odd_quotes(value: str) -> str:
    """What stands between the typographic quotes around a value; nothing where none stand there."""
    return value[1:-1].strip() if len(value) > 2 and value[-1] in _CLOSES.get(value[0], ()) else ""


def sign_advice(value: str) -> str:
    """What to write instead of a value that begins with a sign of YAML."""
    more = _MORE_THAN.match(value)
    if more:
        return (
            f"write {int(more[2]) + (not more[1])}+ {'where it is at least' if more[1] else 'for more than'} {more[2]}"
        )
    if value.startswith("* "):
        return f'an item of a list begins with "-": write "- {value[2:].strip()}"'
    return QUOTE_IT if value[0] in ":?-" or re.search(r"[\[\]{},]", value) else in_quotes(value)


def linked_address(value: str) -> str:
    """The address of a link of Markdown, where a value is one."""
    found = _MARKDOWN_LINK.match(value)
    return found[1] if found else ""


def not_a_pair(text: str, start: int) -> Fault:
    """A line that should be `key: value` and is not."""
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)].rstrip()
    address, glued, odd, other = (e.match(line) for e in (_ADDRESS, _GLUED, _ODD_BLANK, _OTHER_SIGN))
    if address:
        return bad(f'"{line}" stands alone', f'an item of a list begins with a dash: "- {line}"', start, len(line))
    if odd:
        place = odd.end() - 1
        message = f"the blank here is not an ordinary one (U+{ord(line[place]):04X})"
        return bad(message, "delete it and type it anew", start + place, 1)
    if glued:
        return bad(f'no blank after "{glued[0]}"', f'write "{glued[0]} {line[glued.end() :]}"', start, len(line))
    if other:
        return bad(f'"{line}" is not "key: value"', f'write "{other[1]}: {other[2]}"', start, len(line))
    return bad(f'"{line}" is not "key: value"', _pair_advice(line), start, len(line))


def _pair_advice(line: str) -> str:
    """A line without a colon lacks one, or goes on with the text above."""
    word = _WORD_FIRST.fullmatch(line) if len(line) <= MOST_LETTERS else None
    goes_on = "begin the line with two blanks if it goes on with the text above"
    if word:
        return f'write "{word[1]}: {word[2]}" if "{word[1]}" is a key; {goes_on}'
    return f"write a key, a colon and a blank before the value; {goes_on}"
