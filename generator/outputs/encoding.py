"""How data files are written: JSON that a person can read, too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from .. import routes
from ..views.base import Site


def encoded(content: Any) -> bytes:
    """The content of a JSON file."""
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def with_addresses(site: Site, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows about incidents, each with the address of its page."""
    return [{**row, "url": site.absolute(routes.incident(row["id"]))} for row in rows]
