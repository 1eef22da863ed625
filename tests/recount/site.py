"""A built site whose pages are read once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .printed import Page


class Site:
    """The pages of a site by their paths; `page` gives what one of them prints."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.page = cache(self._page)

    def __contains__(self, path: str) -> bool:
        return (self.folder / path).is_file()

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(page.relative_to(self.folder).as_posix() for page in self.folder.rglob("*.html")))

    def _page(self, path: str) -> Page:
        return Page(path, (self.folder / path).read_text(encoding="utf-8"))
