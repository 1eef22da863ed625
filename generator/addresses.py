"""Which addresses may stand in a chronicle, and why not: a fault for anything that could harm a reader or an author."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import unquote

from .expressions import Expression
from .problems import Fault

SCHEMES = ("https", "http", "mailto", "tel", "geo")
PRIVATE_ENDS = (".localhost", ".local", ".internal", ".lan", ".home", ".corp", ".intranet")
TRACKERS = Expression(r"[?&](?:utm_[a-z]+|fbclid|gclid|yclid|mc_eid)=", re.IGNORECASE)
TRACKER = Fault(
    "tracker", "this address tells the other site where its reader comes from", "take out utm_… and the like"
)

_SCHEME = Expression(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
_USUAL = Expression(r"https?://([a-z0-9.-]+)(?:[/?#][!-\[\]-~]*)?")
_NUMERIC = Expression(r"[0-9]+|0x[0-9a-f]*")
_UNSAFE = Expression(r"[\x00-\x20\x7f-\x9f\\\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def address_fault(url: str) -> Fault | None:
    """What is wrong with a web address that stands as data: it must be http or https, with a host, and public."""
    usual = _USUAL.fullmatch(url)
    return None if usual and not _is_local(usual[1]) else closer_look(url)


def closer_look(url: str) -> Fault | None:
    """What is wrong with any web address; one in the usual letters, whose host is public, has nothing wrong."""
    scheme = _SCHEME.match(url)
    if scheme is None or scheme[1].lower() not in ("http", "https"):
        named = f'address scheme "{scheme[1]}" is not allowed here' if scheme else f'"{url}" is not a web address'
        bare = url[1:-1] if url[:1] == "<" and url[-1:] == ">" else ""
        return Fault("link-scheme", named, f"write {bare}" if bare else "write it whole, beginning with https://")
    return link_fault(url)


def link_fault(url: str) -> Fault | None:
    """What is wrong with a link that has a scheme or a host; none for relative links and for what may be followed."""
    unsafe = _UNSAFE.search(url)
    if unsafe and unsafe[0] == " ":
        hint = "write %20 for it; of two addresses each is an item of its own"
        return Fault("link-scheme", "an address may not hold a blank", hint, unsafe.start(), 1)
    if unsafe:
        return Fault(
            "link-scheme", f"an address may not hold the character U+{ord(unsafe[0]):04X}", "write it percent-encoded"
        )
    if url.startswith("//"):
        return Fault("link-scheme", "an address may not begin with //", "begin it with https://")
    scheme = _SCHEME.match(url)
    if scheme is None:
        return None
    if scheme[1].lower() not in SCHEMES:
        return Fault("link-scheme", f'address scheme "{scheme[1]}" is not allowed', f"allowed: {', '.join(SCHEMES)}")
    return _web_fault(url) if scheme[1].lower() in ("http", "https") else None


def _web_fault(url: str) -> Fault | None:
    rest = url.partition(":")[2]
    if not rest.startswith("//"):
        return Fault("link-scheme", f'"{url}" has no host', "write it whole, beginning with https://")
    authority = re.split(r"[/?#]", rest[2:], maxsplit=1)[0]
    if "@" in authority:
        return Fault(
            "link-secret", "an address may not hold a user name or password", "take out what stands before the @"
        )
    host = authority[1:].partition("]")[0] if authority.startswith("[") else authority.partition(":")[0]
    if not host:
        return Fault("link-scheme", f'"{url}" has no host', "write it whole, beginning with https://")
    return (
        Fault("link-local", f'"{host}" is an address of a private network', "link to a public copy")
        if _is_local(host)
        else None
    )


@lru_cache(maxsize=4096)
def _is_local(host: str) -> bool:
    name = unquote(unicodedata.normalize("NFKC", host)).lower().rstrip(".")  # as browsers read it
    if ("." not in name and ":" not in name) or name.endswith(PRIVATE_ENDS):
        return True
    try:
        return not ip_address(name).is_global
    except ValueError:
        return bool(_NUMERIC.fullmatch(name.rpartition(".")[2]))  # browsers read 127.1 and 0x7f000001 as addresses too
