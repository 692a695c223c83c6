"""Waiting for something to become true, and saying what was last seen when it never does."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from framecast_contract.clock import Clock, SystemClock

T = TypeVar("T")

_clocks: list[Clock] = [SystemClock()]
"""The clock that waiting passes the time on. A process runs one test at a time, so a stack of them is enough,
and a context variable would not do: fixtures and tests do not always share a context."""


class PollTimeoutError(TimeoutError):
    """What was waited for did not happen in time."""


@contextmanager
def waiting_on(clock: Clock) -> Iterator[None]:
    """Within this block waiting passes the time of `clock`: at the sandbox it moves virtual time."""
    _clocks.append(clock)
    try:
        yield
    finally:
        _clocks.remove(clock)


async def poll_until(
    check: Callable[[], Awaitable[T | None]],
    *,
    timeout: float = 60.0,
    interval: float = 1.0,
    description: str = "the condition",
) -> T:
    """Call `check` every `interval` seconds until it returns something, and return that.

    Raises `PollTimeoutError` after `timeout` seconds, naming `description`, the number of tries and, when
    `check` has one, its `last_seen` attribute.
    """
    clock = _clocks[-1]
    started = clock.now()
    tries = 0
    while True:
        tries += 1
        found = await check()
        if found is not None:
            return found
        waited = (clock.now() - started).total_seconds()
        if waited + interval > timeout:
            raise PollTimeoutError(_gave_up(description, waited, tries, getattr(check, "last_seen", None)))
        await clock.sleep(interval)


def _gave_up(description: str, waited: float, tries: int, last_seen: object) -> str:
    seen = "" if last_seen is None else f"; last seen: {last_seen}"
    return f"gave up waiting for {description} after {waited:g} s and {tries} tries{seen}"


async def pass_time(seconds: float) -> None:
    """Let that many seconds go by on the clock that waiting passes the time on."""
    await _clocks[-1].sleep(seconds)
