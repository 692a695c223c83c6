"""Pages of a list with `limit` and `offset`: which one to ask for, which elements are new."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any, Generic, TypeVar

T = TypeVar("T")
PAGE = 100
"""Elements of a page, unless the caller says another number."""


class Pages(Generic[T]):
    """One walk over a list. It ends with the first page that is empty or shorter than one before it.

    A first page that is shorter than asked for proves nothing: the server may allow no larger ones.

    `complete` says whether it has ended. The options are taken out of the keyword arguments of the method.
    """

    def __init__(self, method: Callable[..., Any], options: dict[str, Any]) -> None:
        missing = {"limit", "offset"} - signature(method).parameters.keys()
        if missing:
            named = " and ".join(sorted(missing))
            raise TypeError(f"{method.__name__} has no {named}, so there are no pages; call it by itself")
        self.complete = False
        self._limit = int(options.pop("limit", PAGE))
        self._offset = int(options.pop("offset", 0))
        self._last: list[object] = []
        self._repeats = 0
        self._longest = 0
        if self._limit < 1 or self._offset < 0:
            raise ValueError(f"expected limit > 0 and offset >= 0, got {self._limit} and {self._offset}")

    def asked(self) -> dict[str, int]:
        """The arguments of the next page."""
        return {"limit": self._limit, "offset": self._offset}

    def take(self, page: list[T]) -> list[T]:
        """The elements of a page that the one before did not have.

        Raises:
            RuntimeError: the server gives the same page again and again.
        """
        self.complete = len(page) < max(self._longest, 1)
        self._longest = max(self._longest, len(page))
        ids = [getattr(element, "id", element) for element in page]
        self._repeats = self._repeats + 1 if page and ids == self._last else 0
        if self._repeats > 1:  # once may be chance: as many came before as a page holds
            raise RuntimeError(
                f"the server gave the same page for offset {self._offset} as for the one before"
            )
        fresh = [element for element, name in zip(page, ids, strict=True) if name not in self._last]
        self._last = ids
        self._offset += len(page)
        return fresh
