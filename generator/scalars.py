"""Values with a notation of their own, and texts that must be more than text."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from .addresses import address_fault
from .counts import Count, parse_count
from .edtf import Edtf, parse_edtf
from .expressions import Expression
from .moments import Moment, parse_moment
from .problems import Fault, did_you_mean
from .routes import is_slug
from .rulebook import RULES
from .times import Time, parse_time
from .zones import known_zones, unknown_zone_fault

_AT_HAND = 4096
"""Of each notation, so many values read last are kept: the same days, times and counts stand in many files."""

PARSERS: dict[type, Callable[[str], Any]] = {
    notation: lru_cache(_AT_HAND)(parse)
    for notation, parse in ((Edtf, parse_edtf), (Time, parse_time), (Count, parse_count), (Moment, parse_moment))
}


def parse_instant(text: str) -> Moment | Fault:
    """A moment that is an instant: a day with a time and its zone."""
    moment = parse_moment(text)
    if isinstance(moment, Fault) or moment.minute is not None:
        return moment
    return Fault(
        "bad-moment", f'"{text}" has no time', f"write the time and its zone, such as {moment.day}T00:00+03:00"
    )


def _slug_fault(text: str) -> Fault | None:
    if is_slug(text):
        return None
    return Fault("bad-id", f'"{text}" is not an id', "a–z, 0–9 and single hyphens, 1 to 80 letters")


def _zone_fault(text: str) -> Fault | None:
    return None if text in known_zones() else unknown_zone_fault(text)


def _rule_fault(text: str) -> Fault | None:
    return None if text in RULES else Fault("unknown-rule", f'no rule is called "{text}"', did_you_mean(text, RULES))


_BASE_URL = Expression(r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?/([A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*")


def _base_url_fault(text: str) -> Fault | None:
    """What is wrong with the address of the site, which stands in feeds, sitemaps and canonical links."""
    if _BASE_URL.fullmatch(text):
        return address_fault(text)
    hint = "write it whole, in plain letters, ending in /: https://example.org/ or https://example.org/name/"
    return Fault("bad-address", f'"{text}" cannot be the address of the site', hint)


_MAIL = Expression(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def _contact_fault(text: str) -> Fault | None:
    """What is wrong with a mail or web address that every page will lead to."""
    return None if _MAIL.fullmatch(text) else address_fault(text)


SCALARS: dict[str, Callable[[str], Fault | None]] = {
    "url": address_fault,
    "base_url": _base_url_fault,
    "slug": _slug_fault,
    "contact": _contact_fault,
    "zone": _zone_fault,
    "rule": _rule_fault,
}
