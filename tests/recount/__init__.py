"""A recount of a built site from its source files by other means than the generator's own: it shares no code with it.

The front matter is read by PyYAML's plainest loader, dates by a small reading of EDTF as sets of days, pages by the HTML parser
of the standard library. `python -m tests.recount CHRONICLE SITE` prints every list and every total that is not as the source
files say.

- `raw`: the files as entries, and which of them count; `days`: dates; `tolls`: numbers of people as intervals;
- `lists`: which entries each index page must list; `totals`: what each index page must count;
- `prose`: the numbers in texts that stand for a query, and the lists they lead to;
- `printed`: what a page prints.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from .lists import miscounted_lists
from .prose import miscounted_prose
from .raw import chronicle
from .site import Site
from .totals import miscounted_totals

__all__ = ["recount"]


def recount(root: Path, site: Path, now: datetime) -> list[str]:
    """Every page that lists or counts something else than the source files said at an instant, with what differs."""
    c, pages = chronicle(root, now), Site(site)
    return miscounted_lists(c, pages) + miscounted_totals(c, pages) + miscounted_prose(c, root, pages)
