"""The clocks: virtual time fires what is due in order and never sleeps; real time does what asyncio does."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from framecast_contract.clock import SystemClock, VirtualClock

START = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
A_MOMENT = 0.005


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(START)


@pytest.fixture
def told() -> list[tuple[str, float]]:
    """What was called, and how many seconds after the start."""
    return []


Caller = Callable[[str], Callable[[], Awaitable[None]]]


@pytest.fixture
def tell(clock: VirtualClock, told: list[tuple[str, float]]) -> Caller:
    def callback_of(name: str) -> Callable[[], Awaitable[None]]:
        async def callback() -> None:
            told.append((name, (clock.now() - START).total_seconds()))

        return callback

    return callback_of


async def test_what_is_due_is_called_at_its_own_moment_earliest_first(
    clock: VirtualClock, told: list[tuple[str, float]], tell: Caller
) -> None:
    for name, seconds in (("late", 30), ("early", 10), ("never", 31)):
        clock.call_later(seconds, tell(name))

    await clock.advance(30)

    assert told == [("early", 10), ("late", 30)]
    assert clock.now() == START + timedelta(seconds=30)


async def test_calls_due_at_one_moment_keep_the_order_they_were_asked_for(
    clock: VirtualClock, told: list[tuple[str, float]], tell: Caller
) -> None:
    for name in ("first", "second", "third"):
        clock.call_later(5, tell(name))

    await clock.advance(5)

    assert told == [("first", 5), ("second", 5), ("third", 5)]


async def test_a_call_may_ask_for_another_within_the_same_advance(
    clock: VirtualClock, told: list[tuple[str, float]], tell: Caller
) -> None:
    async def outer() -> None:
        clock.call_later(10, tell("inner"))
        clock.call_later(100, tell("beyond"))

    clock.call_later(5, outer)
    clock.call_later(12, tell("between"))

    await clock.advance(20)

    assert told == [("between", 12), ("inner", 15)]


async def test_a_call_may_let_time_pass_itself(
    clock: VirtualClock, told: list[tuple[str, float]], tell: Caller
) -> None:
    async def sleeper() -> None:
        await clock.sleep(60)

    clock.call_later(5, sleeper)
    clock.call_later(10, tell("meanwhile"))

    await clock.advance(20)

    assert told == [("meanwhile", 10)]
    assert clock.now() == START + timedelta(seconds=65)


async def test_a_canceled_call_never_comes(
    clock: VirtualClock, told: list[tuple[str, float]], tell: Caller
) -> None:
    timer = clock.call_later(5, tell("canceled"))
    done = clock.call_later(1, tell("done"))
    await clock.advance(1)

    timer.cancel()
    done.cancel()
    await clock.advance(10)

    assert told == [("done", 1)]


async def test_a_call_due_in_the_past_is_due_now(
    clock: VirtualClock, told: list[tuple[str, float]], tell: Caller
) -> None:
    clock.call_later(-10, tell("overdue"))
    assert told == []

    await clock.advance(0)

    assert told == [("overdue", 0)]


async def test_virtual_time_never_goes_back(clock: VirtualClock) -> None:
    await clock.advance(60)

    await clock.advance(-30)

    assert clock.now() == START + timedelta(seconds=60)


async def test_a_cleared_clock_is_a_new_one(
    clock: VirtualClock, told: list[tuple[str, float]], tell: Caller
) -> None:
    clock.call_later(5, tell("forgotten"))
    await clock.advance(1)

    clock.clear(START)
    await clock.advance(60)

    assert (told, clock.now()) == ([], START + timedelta(seconds=60))


async def test_a_failing_call_is_the_failure_of_whoever_moved_the_clock(clock: VirtualClock) -> None:
    async def broken() -> None:
        raise LookupError("no such job")

    clock.call_later(5, broken)

    with pytest.raises(LookupError, match="no such job"):
        await clock.advance(10)


async def test_real_time_calls_back_later_and_not_at_once() -> None:
    clock, called = SystemClock(), asyncio.Event()
    before = clock.now()

    async def callback() -> None:
        called.set()

    clock.call_later(A_MOMENT, callback)
    assert not called.is_set()
    await asyncio.wait_for(called.wait(), 10)

    assert clock.now() - before >= timedelta(seconds=A_MOMENT * 0.9)


async def test_real_time_forgets_what_is_canceled_and_calls_what_is_overdue() -> None:
    clock, called = SystemClock(), list[str]()

    async def canceled() -> None:
        called.append("canceled")

    async def overdue() -> None:
        called.append("overdue")

    clock.call_later(0, canceled).cancel()
    clock.call_later(-1, overdue)
    await clock.sleep(A_MOMENT)

    assert called == ["overdue"]


async def test_sleeping_on_real_time_takes_that_long_and_tells_utc() -> None:
    clock = SystemClock()
    before = clock.now()

    await clock.sleep(A_MOMENT)

    assert clock.now() - before >= timedelta(seconds=A_MOMENT * 0.9)
    assert before.utcoffset() == timedelta(0)
