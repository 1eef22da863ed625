"""What is left of an entry that was withdrawn, retracted or merged: why, and where it went."""

from __future__ import annotations

import msgspec

from ..model import Incident
from .base import HOME, INCIDENTS, Head, Link, Site, head
from .updates import UpdateItem, update_items


class TombstoneView(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of an entry that is gone: why, and where it went."""

    head: Head
    title: str
    status: str
    note: str
    merged_into: Link | None
    updates: tuple[UpdateItem, ...]


def tombstone_view(
    site: Site, path: str, incident: Incident, into: Link | None, sources: dict[str, str]
) -> TombstoneView:
    """The page of an entry that is gone; `sources` leads from the sources of its updates to their titles."""
    note = incident.status_note or ""
    return TombstoneView(
        head=head(site, path, incident.title, note, section="incidents", crumbs=(HOME, INCIDENTS), listed=False),
        title=incident.title,
        status=incident.status,
        note=note,
        merged_into=into,
        updates=update_items(site, incident, sources),
    )
