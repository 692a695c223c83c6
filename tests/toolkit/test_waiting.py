"""Waiting: gives back what came true, passes the time of the right clock, and says what it last saw."""

from datetime import UTC, datetime, timedelta

import pytest

from framecast_contract.clock import SystemClock, VirtualClock
from framecast_contract.target.waiting import PollTimeoutError, pass_time, poll_until, waiting_on

START = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


class Counted:
    """Becomes true at the `wanted` try; remembers what it saw."""

    def __init__(self, wanted: int | None) -> None:
        self.wanted = wanted
        self.tries = 0
        self.last_seen: str | None = None

    async def __call__(self) -> str | None:
        self.tries += 1
        self.last_seen = f"try {self.tries}"
        return "done" if self.tries == self.wanted else None


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(START)


async def test_what_is_true_already_is_given_back_without_waiting(clock: VirtualClock) -> None:
    with waiting_on(clock):
        assert await poll_until(Counted(1)) == "done"

    assert clock.now() == START


async def test_it_asks_again_every_interval(clock: VirtualClock) -> None:
    check = Counted(4)

    with waiting_on(clock):
        assert await poll_until(check, timeout=60, interval=10) == "done"

    assert (check.tries, clock.now()) == (4, START + timedelta(seconds=30))


async def test_something_falsy_is_something(clock: VirtualClock) -> None:
    async def nothing_left() -> int:
        return 0

    with waiting_on(clock):
        assert await poll_until(nothing_left) == 0


async def test_who_gives_up_says_what_for_how_long_and_what_was_seen(clock: VirtualClock) -> None:
    with waiting_on(clock), pytest.raises(PollTimeoutError) as gave_up:
        await poll_until(Counted(None), timeout=5, interval=2, description="job 1 to end")

    assert str(gave_up.value) == "gave up waiting for job 1 to end after 4 s and 3 tries; last seen: try 3"
    assert isinstance(gave_up.value, TimeoutError)


async def test_a_check_that_remembers_nothing_is_not_quoted(clock: VirtualClock) -> None:
    async def never() -> None:
        return None

    with waiting_on(clock), pytest.raises(PollTimeoutError) as gave_up:
        await poll_until(never, timeout=1)

    assert str(gave_up.value) == "gave up waiting for the condition after 1 s and 2 tries"


async def test_the_last_try_is_made_when_the_time_is_up_exactly(clock: VirtualClock) -> None:
    with waiting_on(clock):
        assert await poll_until(Counted(3), timeout=4, interval=2) == "done"


async def test_the_innermost_clock_passes_and_the_outer_one_comes_back(clock: VirtualClock) -> None:
    inner = VirtualClock(START)

    with waiting_on(clock):
        with waiting_on(inner):
            await pass_time(5)
        await pass_time(7)

    assert (inner.now() - START, clock.now() - START) == (timedelta(seconds=5), timedelta(seconds=7))


async def test_without_a_target_real_time_passes() -> None:
    before = SystemClock().now()

    assert await poll_until(Counted(2), interval=0.005) == "done"

    assert SystemClock().now() - before >= timedelta(seconds=0.004)
