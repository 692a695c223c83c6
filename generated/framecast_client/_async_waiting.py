"""Waiting until something has ended: by its events, and by reading it where they fail."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import MISSING

from ._endings import Ending
from ._errors import (
    ApiError,
    ContractViolation,
    ServerError,
    StreamCutError,
    TransportError,
    WaitTimeoutError,
)
from ._request import Request

if TYPE_CHECKING:
    from ._async_client import AsyncClient

T = TypeVar("T")
E = TypeVar("E")

SILENCE = 60.0
"""Seconds without a word after which the object is read, in case its events got lost."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 15.0
"""Seconds between two reads."""


class AsyncWait(Generic[T, E]):
    """One wait for one object, for at most `timeout` seconds of the client's clock.

    Args:
        client: Sends the requests.
        read: Reads the object.
        ending: When it is over.
        timeout: Seconds.
        follow: The request of its events after the one with the given id; None when it has no events.
        on_progress: Told every event once, in order.
    """

    def __init__(
        self,
        client: AsyncClient,
        read: Request[T],
        ending: Ending,
        timeout: float,
        follow: Callable[[Any], Request[E]] | None = None,
        on_progress: Callable[[E], object] | None = None,
    ) -> None:
        self._client = client
        self._read = read
        self._ending = ending
        self._timeout = timeout
        self._until = client.clock.monotonic() + timeout
        self._follow = follow
        self._on_progress = on_progress
        self._last_event_id: Any = MISSING
        self._seen: T | None = None

    async def result(self) -> T:
        """The object when it has ended well.

        Raises:
            EndedBadlyError: it ended otherwise; has the object as `result`.
            WaitTimeoutError: it has not ended in time; has it as `last_seen`.
            ApiError, ContractViolation: it cannot be read.
        """
        pause = FIRST_PAUSE
        while True:
            await self._hear()
            await self._look()
            if self._seen is not None and self._has_ended():
                return self._told(self._seen)
            left = self._left()
            if left <= 0:
                raise self._too_late()
            await self._client.clock.sleep(min(pause, left))
            pause = min(pause * 2, LONGEST_PAUSE)

    def _left(self) -> float:
        return self._until - self._client.clock.monotonic()

    async def _hear(self) -> None:
        """Follow the events until they end, fall silent or time is up; not where they cannot be had."""
        if self._follow is None or self._left() <= 0:
            return
        try:
            await self._listen(self._follow(self._last_event_id))
            self._follow = None
        except StreamCutError as cut:
            self._last_event_id = cut.last_event_id or MISSING
        except TransportError:
            return
        except ApiError:
            self._follow = None
        except ContractViolation:
            if self._client.strict:
                raise
            self._follow = None

    async def _listen(self, request: Request[E]) -> None:
        patient = self._client.with_options(stream_timeout=min(SILENCE, self._left()))
        async with aclosing(patient.stream(request, until=self._until)) as events:
            async for event in events:
                if self._on_progress:
                    _told = self._on_progress(event)
                    if isawaitable(_told):  # async only
                        await _told  # async only

    async def _look(self) -> None:
        """Read the object; a server in trouble gets another chance until the time is up."""
        try:
            self._seen = (await self._client.send(self._read)).result
        except (TransportError, ServerError):
            return
        except ApiError as error:
            if error.status != 429:
                raise

    def _state(self) -> object:
        return getattr(self._seen, self._ending.member, None)

    def _has_ended(self) -> bool:
        return self._state() in (*self._ending.succeeded, *self._ending.failed)

    def _told(self, ended: T) -> T:
        state = self._state()
        if state in self._ending.succeeded:
            return ended
        raise self._ending.failed[str(state)](f"{self._read}: it ended as {state}", self._read, self._seen)

    def _too_late(self) -> WaitTimeoutError:
        state = self._state()
        known = f"it was {state} when last seen" if self._seen is not None else "it could not be read"
        return WaitTimeoutError(
            f"{self._read}: not over after {self._timeout:g} seconds; {known}", self._read, self._seen
        )
