"""What a page is shown with only if its template asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from markupsafe import escape

T = TypeVar("T")


class Late(Generic[T]):
    """A part of a view that is made when it is first printed, looped over, tested or asked for an attribute.

    It is what a pure function gives for some parts, and kept no longer than its view. Two are equal if what they stand
    for is, so views can be compared. A template treats it like the value itself.
    """

    __slots__ = ("_made", "_make", "_parts")

    def __init__(self, make: Callable[..., T], *parts: Any) -> None:
        self._make: Callable[..., T] | None = make
        self._parts = parts

    @property
    def made(self) -> T:
        """The value itself."""
        if self._make is not None:
            try:
                self._made = self._make(*self._parts)
            except AttributeError as error:  # a bug of ours; a template would take it for a name that the view lacks
                raise RuntimeError(f"{self._make.__qualname__} failed") from error
            self._make, self._parts = None, ()
        return self._made

    def __html__(self) -> str:
        return str(escape(self.made))

    def __str__(self) -> str:
        return str(self.made)

    def __bool__(self) -> bool:
        return bool(self.made)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.made)  # type: ignore[call-overload, no-any-return]

    def __len__(self) -> int:
        return len(self.made)  # type: ignore[arg-type]

    def __getitem__(self, at: Any) -> Any:
        return self.made[at]  # type: ignore[index]

    def __contains__(self, item: Any) -> bool:
        return item in self.made  # type: ignore[operator]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.made, name)

    def __eq__(self, other: object) -> bool:
        return bool(self.made == (other.made if isinstance(other, Late) else other))

    __hash__ = None  # type: ignore[assignment]
