"""When to try again, and how long to wait before. Nothing here does I/O."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ldexp

from ._errors import FramecastError, TransportError
from ._headers import retry_after
from ._response import RawResponse

_ENOUGH = 64
"""Doublings; more would not fit into a number."""


@dataclass(frozen=True)
class Retries:
    """How often and how patiently to try again. Times are in seconds.

    Another try follows a lost connection, a 429 or a failure of the server, and only where sending twice does
    no more than sending once: for GET, PUT and DELETE, for a call with an idempotency key, and whenever the
    request cannot have reached the server. `repeat_unsafe` lifts that limit.

    The wait doubles from `first_wait` to `longest_wait`, each time cut by up to a half at random. A server
    that asks for more (`Retry-After`) gets it, up to `longest_retry_after`; when it asks for still more, the
    error is raised at once and tells how long.
    """

    tries: int = 3
    first_wait: float = 0.5
    longest_wait: float = 8.0
    longest_retry_after: float = 60.0
    statuses: frozenset[int] = frozenset({429, 500, 502, 503, 504})
    repeat_unsafe: bool = False

    def __post_init__(self) -> None:
        if self.tries < 1:
            raise ValueError(f"tries: expected 1 or more, got {self.tries}; 1 means to never try again")

    def wait(
        self,
        repeatable: bool,
        outcome: RawResponse | FramecastError,
        tried: int,
        random: Callable[[], float],
    ) -> float | None:
        """The seconds to wait before the next try, None when there is to be none.

        Args:
            repeatable: Whether sending the request twice does no more than sending it once.
            outcome: What came of the last try.
            tried: How many tries there were.
            random: Gives numbers from 0 to 1.
        """
        if tried >= self.tries or not self._may_repeat(repeatable, outcome):
            return None
        pause = min(self.longest_wait, ldexp(self.first_wait, min(tried - 1, _ENOUGH))) * (0.5 + random() / 2)
        asked = None
        if isinstance(outcome, RawResponse):
            asked = retry_after(outcome.headers)
        if asked is None:
            return pause
        return None if asked > self.longest_retry_after else max(asked, pause)

    def _may_repeat(self, repeatable: bool, outcome: RawResponse | FramecastError) -> bool:
        if isinstance(outcome, RawResponse):
            if outcome.status not in self.statuses:
                return False
        elif isinstance(outcome, TransportError) and not outcome.sent:
            return True
        return repeatable or self.repeat_unsafe


NO_RETRIES = Retries(tries=1)
"""Every call is tried once."""
