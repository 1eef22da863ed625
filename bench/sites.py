"""The sites that are measured: what each generator reads, how it is started, and where its pages and templates are."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import peers
from bench.formats import FORMATS, Format

REPOSITORY = Path(__file__).parents[1]


@dataclass(frozen=True)
class Edit:
    """A change of a template that every entry's page rests on: a text of the file to another."""

    path: str
    old: str
    new: str
    origin: Path | None = None
    """The file to change a copy of, where the site has none of its own."""


@dataclass(frozen=True)
class Site:
    """A generator with a site: its name in the table, its command in a folder, and the folder its pages go to."""

    key: str
    name: str
    command: Callable[[Path], list[str]]
    out: str
    template: Edit
    is_plain: bool = True
    """Whether it makes the pages that all are compared by, and none but these."""
    is_slow: bool = False
    """Whether a build of many entries takes minutes."""

    @property
    def form(self) -> Format:
        return FORMATS[self.key]


def _ours(root: Path) -> list[str]:
    return [sys.executable, "-m", "generator", "build", "--root", str(root), "--quiet"]


RELATED = ("Related entries", "Connected entries")

SITES: tuple[Site, ...] = (
    Site(
        "hugo", "Hugo", lambda root: [str(peers.hugo()), "--quiet", "--buildFuture"], "public",
        Edit("layouts/page.html", *RELATED),
    ),
    Site(
        "eleventy", "Eleventy", lambda root: ["node", "--max-old-space-size=8192", str(peers.eleventy()), "--quiet"], "public",
        Edit("_includes/incident.njk", *RELATED), is_slow=True,
    ),
    Site(
        "pelican", "Pelican", lambda root: [str(peers.PYTHON), "-m", "pelican", "content", "--output", "public", "--quiet"], "public",
        Edit("theme/templates/article.html", *RELATED), is_slow=True,
    ),
    Site("plain", "ours, plain", _ours, "build", Edit("templates/incident.html", "Sources", "Who says so")),
    Site(
        "full", "ours, full", _ours, "build",
        Edit("templates/incident.html", "Before and after", "Earlier and later", REPOSITORY / "templates" / "incident.html"),
        is_plain=False,
    ),
)  # fmt: skip
"""The first is what the others are compared to. Ours stands here twice: with pages like the others', and as it is."""
