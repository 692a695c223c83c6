"""Time as an argument: the sandbox, the doubles and the waiters all read one of these clocks.

With `VirtualClock` nothing ever sleeps: moving the clock fires what fell due, in order, which is how a
30-minute timeout is tested in a millisecond. `SystemClock` is the same on real time, for a served sandbox.
"""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

Callback = Callable[[], Awaitable[None]]


class Timer(Protocol):
    """A call that is due later."""

    def cancel(self) -> None:
        """Forget the call; does nothing when it has already run."""


class Clock(Protocol):
    """What code that needs time asks for."""

    def now(self) -> datetime:
        """The present moment, in UTC."""

    def call_later(self, seconds: float, callback: Callback) -> Timer:
        """Run `callback` once, `seconds` from now."""

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have passed on this clock."""


@dataclass(eq=False, slots=True)
class _Due:
    callback: Callback
    canceled: bool = False

    def cancel(self) -> None:
        self.canceled = True


class VirtualClock:
    """A clock that stands still until somebody advances it."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._due: list[tuple[datetime, int, _Due]] = []
        self._order = 0

    def now(self) -> datetime:
        return self._now

    def call_later(self, seconds: float, callback: Callback) -> Timer:
        self._order += 1
        due = _Due(callback)
        heapq.heappush(self._due, (self._now + timedelta(seconds=max(seconds, 0)), self._order, due))
        return due

    async def sleep(self, seconds: float) -> None:
        """Sleeping moves the clock: in virtual time the sleeper is the one who makes it pass."""
        await self.advance(seconds)

    async def advance(self, seconds: float) -> None:
        """Move `seconds` forward; every timer that falls due runs at its own moment, earliest first."""
        end = self._now + timedelta(seconds=seconds)
        while self._due and self._due[0][0] <= end:
            at, _, due = heapq.heappop(self._due)
            self._now = max(self._now, at)
            if not due.canceled:
                await due.callback()
        self._now = max(self._now, end)

    def clear(self, start: datetime) -> None:
        """Forget every timer and stand at `start`, as after construction."""
        self._due.clear()
        self._order = 0
        self._now = start


class _LoopTimer:
    """A timer of the running event loop; keeps its task alive until it is done."""

    def __init__(self, seconds: float, callback: Callback, running: set[asyncio.Task[None]]) -> None:
        self._callback = callback
        self._running = running
        self._handle = asyncio.get_running_loop().call_later(max(seconds, 0), self._start)

    def _start(self) -> None:
        task = asyncio.ensure_future(self._run())
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _run(self) -> None:
        await self._callback()

    def cancel(self) -> None:
        self._handle.cancel()


class SystemClock:
    """Real time, for a sandbox that is served to other processes."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def call_later(self, seconds: float, callback: Callback) -> Timer:
        return _LoopTimer(seconds, callback, self._running)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
