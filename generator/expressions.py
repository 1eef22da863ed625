"""Regular expressions that are compiled when they are first used: a build with nothing to do uses few of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, TypeAlias

_Search: TypeAlias = Callable[..., re.Match[str] | None]


class Expression:
    """A regular expression; what it does is what a compiled one does, after the first time as quickly."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    @cached_property
    def match(self) -> _Search:
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> _Search:
        return self.compiled.fullmatch

    @cached_property
    def search(self) -> _Search:
        return self.compiled.search

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        return self.compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        return self.compiled.findall

    @cached_property
    def sub(self) -> Callable[..., str]:
        return self.compiled.sub
