"""Attributes that are made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class late(Generic[T]):
    """An attribute of a frozen value that is a pure function of it, made once and kept as long as the value.

    The value's class is declared with `dict=True`. Two values are equal if their fields are: what is late follows from them.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, value: None, owner: type) -> late[T]: ...
    @overload
    def __get__(self, value: object, owner: type) -> T: ...
    def __get__(self, value: Any, owner: type) -> late[T] | T:
        if value is None:
            return self
        try:
            made = self._make(value)
        except AttributeError as error:  # it would look as if the value had no such attribute
            raise RuntimeError(f"{owner.__name__}.{self._name} cannot be made") from error
        value.__dict__[self._name] = made
        return made
