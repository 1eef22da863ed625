"""The pictures of an entry, and what a reader is told before them and before all else."""

from __future__ import annotations

import msgspec

from .. import routes
from ..model import Incident

SENSITIVITY_WORDS = {
    "graphic": "graphic images",
    "personal-information": "personal information",
    "minors": "minors",
    "ongoing-operation": "an operation that may still go on",
    "deceptive": "material that may deceive",
    "deleted-by-source": "material that its source has deleted",
}


class Picture(msgspec.Struct, frozen=True):
    """A picture of the entry; a graphic one is behind a warning."""

    path: str
    alt: str
    credit: str
    licence: str
    graphic: bool


def warning_of(incident: Incident) -> str:
    """What a reader is told before anything else of the entry, or nothing."""
    told = [SENSITIVITY_WORDS[s] for s in incident.sensitivity]
    listed = f"This entry concerns {', '.join(told)}." if told else ""
    return " ".join(part for part in (incident.content_warning or "", listed) if part)


def pictures_of(incident: Incident) -> tuple[Picture, ...]:
    """The pictures, in the order of the entry; all are behind a warning where the entry says that it is graphic."""
    hidden = "graphic" in incident.sensitivity
    return tuple(
        Picture(
            path=routes.media(m.file),
            alt=m.alt,
            credit=m.credit or "",
            licence=m.licence or "",
            graphic=m.graphic or hidden,
        )
        for m in incident.media
    )
