"""Waiting until something has ended: by its events, and by reading it where they fail."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from http import HTTPStatus
from typing import TYPE_CHECKING, Generic, TypeVar

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
from ._retries import NO_RETRIES

if TYPE_CHECKING:
    from ._sync_client import SyncClient

T = TypeVar("T")
E = TypeVar("E")

SILENCE = 60.0
"""Seconds without a word after which the object is read, in case its events got lost."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 15.0
"""Seconds between two reads."""
SHORTEST_READ = 1.0
"""Seconds that the last read has, however late it is."""


class SyncWait(Generic[T, E]):
    """One wait for one object, for at most `timeout` seconds of the client's clock.

    Args:
        client: Sends the requests.
        read: Reads the object.
        ending: When it is over.
        timeout: Seconds.
        follow: Opens the stream of its events; None when it has none.
        on_progress: Told every event once, in order.
    """

    def __init__(
        self,
        client: SyncClient,
        read: Request[T],
        ending: Ending,
        timeout: float,
        follow: Request[E] | None = None,
        on_progress: Callable[[E], object] | None = None,
    ) -> None:
        self._client = client
        self._read = read
        self._ending = ending
        self._timeout = timeout
        self._until = client.clock.monotonic() + timeout
        self._story = None if follow is None else client.story(follow)
        self._on_progress = on_progress
        self._seen: T | None = None
        self._pause = FIRST_PAUSE

    def result(self) -> T:
        """The object when it has ended well.

        Raises:
            EndedBadlyError: it ended otherwise; has the object as `result`.
            WaitTimeoutError: it has not ended in time; has it as `last_seen`.
            ApiError, ContractViolation: it cannot be read.
        """
        while True:
            self._hear()
            asked = self._look()
            if self._seen is not None and self._has_ended():
                return self._told(self._seen)
            left = self._left()
            if left <= 0:
                raise self._too_late()
            self._client.clock.sleep(min(max(self._pause, asked, self._asked_pause()), left))
            self._pause = min(self._pause * 2, LONGEST_PAUSE)

    def _left(self) -> float:
        return self._until - self._client.clock.monotonic()

    def _asked_pause(self) -> float:
        return self._story.pause if self._story else 0.0

    def _hear(self) -> None:
        with closing(self._events()) as events:
            for event in events:
                self._pause = FIRST_PAUSE
                if self._on_progress:
                    _told = self._on_progress(event)

    def _events(self) -> Generator[E, None, None]:
        """What happens until the stream ends, falls silent or time is up; nothing where it cannot be had."""
        story = self._story
        if story is None or self._left() <= 0:
            return
        story.tried = 0
        patient = self._client.with_options(
            stream_timeout=min(SILENCE, self._client.stream_timeout), retries=NO_RETRIES
        )
        try:
            with closing(patient.follow(story, self._until)) as events:
                for event in events:
                    yield event
            self._story = None
        except (StreamCutError, TransportError):
            if not story.resumable:
                self._story = None
        except (ApiError, ContractViolation) as error:
            if isinstance(error, ContractViolation) and self._client.strict:
                raise
            self._story = None

    def _look(self) -> float:
        """Read the object; the seconds that a server in trouble asks to be left alone."""
        quick = self._client.with_options(
            timeout=min(self._client.timeout, max(self._left(), SHORTEST_READ)), retries=NO_RETRIES
        )
        try:
            self._seen = (quick.send(self._read)).result
        except TransportError:
            return 0.0
        except ApiError as error:
            if error.status != HTTPStatus.TOO_MANY_REQUESTS and not isinstance(error, ServerError):
                raise
            return error.retry_after or 0.0
        return 0.0

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
        known = f"it was {self._state()} when last seen" if self._seen is not None else "it could not be read"
        return WaitTimeoutError(
            f"{self._read}: not over after {self._timeout:g} seconds; {known}", self._read, self._seen
        )
