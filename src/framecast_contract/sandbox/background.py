"""Work that goes on after an answer, tracked so that it can be awaited or dropped, and timed by the clock."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from framecast_contract.clock import Clock, Timer

Step = Callable[[], Coroutine[Any, Any, None]]


class Background:
    """The running steps and waiting timers of one sandbox."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()
        self._timers: set[Timer] = set()

    def soon(self, step: Step) -> None:
        """Start a step now, beside what is running. Needs a running event loop."""
        self._track(step)

    def later(self, seconds: float, step: Step) -> Timer:
        """Run a step when `seconds` have passed on the clock, unless the timer is given to `drop` before."""

        async def due() -> None:
            self._timers.discard(timer)
            await self.run(step)

        timer = self._clock.call_later(seconds, due)
        self._timers.add(timer)
        return timer

    def drop(self, timer: Timer) -> None:
        """Call a timer off."""
        timer.cancel()
        self._timers.discard(timer)

    async def run(self, step: Step) -> None:
        """Run a step as a tracked task. Dropping it (`clear`) ends the wait without an error."""
        task = self._track(step)
        await asyncio.wait({task})
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error

    async def settle(self) -> None:
        """Return when nothing is under way; what waits for its time on the clock does not count."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def clear(self) -> None:
        """Drop everything, running or waiting."""
        for timer in self._timers:
            timer.cancel()
        for task in self._tasks:
            task.cancel()
        self._timers.clear()

    def _track(self, step: Step) -> asyncio.Task[None]:
        task = asyncio.ensure_future(step())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
