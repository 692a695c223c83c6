"""How long the clients wait between two tries: by the clock they are given, never by a real one."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framecast_client as fc

from .pretending import Script, settled

OK = httpx.Response(200, text="OK")
DATE = "Mon, 01 Jun 2026 12:00:00 GMT"


def busy(**headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(503, headers={"date": DATE, **named})


async def naps(opened: Any, *troubles: Any, chance: float = 1.0, **retries: Any) -> list[float]:
    client = opened(Script(*troubles, OK), retries=fc.Retries(tries=len(troubles) + 1, **retries))
    client.clock.chance = chance
    await settled(client.get_health())
    found: list[float] = client.clock.naps
    return found


async def test_the_waits_double_up_to_the_longest(opened: Any) -> None:
    waits = await naps(opened, *[busy()] * 6, first_wait=1, longest_wait=10)

    assert waits == [1, 2, 4, 8, 10, 10]


async def test_chance_takes_at_most_half_of_a_wait(opened: Any) -> None:
    assert await naps(opened, busy(), busy(), chance=0.0, first_wait=1) == [0.5, 1]
    assert await naps(opened, busy(), busy(), chance=0.5, first_wait=1) == [0.75, 1.5]


@given(
    tried=st.integers(1, 10_000),
    chance=st.floats(0, 1),
    first=st.floats(0.001, 100),
    longest=st.floats(0, 1000),
)
def test_every_wait_is_between_half_and_all_of_its_bound(
    tried: int, chance: float, first: float, longest: float
) -> None:
    retries = fc.Retries(tries=10_001, first_wait=first, longest_wait=longest)
    wait = retries.wait(True, fc.RawResponse(500, {}, b""), tried, lambda: chance)

    bound = min(longest, first * 2.0 ** min(tried - 1, 500))
    assert wait is not None
    assert bound / 2 <= wait <= bound


@pytest.mark.parametrize(
    ("asked", "waits"),
    [
        ("7", [7.0]),
        ("60", [60.0]),
        ("0", [0.5]),
        (" 7 ", [7.0]),
        ("Mon, 01 Jun 2026 12:00:20 GMT", [20.0]),
        ("Mon, 01 Jun 2026 14:00:20 +0200", [20.0]),
        ("Mon, 01 Jun 2026 11:00:00 GMT", [0.5]),
        ("soon", [0.5]),
        ("-1", [0.5]),
        ("1.5", [0.5]),
        ("", [0.5]),
        ("٣", [0.5]),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_the_server_may_ask_for_more_time_but_not_for_less(
    opened: Any, status: int, asked: str, waits: list[float]
) -> None:
    headers = [(b"date", DATE.encode()), (b"retry-after", asked.encode())]

    assert await naps(opened, httpx.Response(status, headers=headers), first_wait=0.5) == waits


@pytest.mark.parametrize("asked", ["61", "999999999", "Mon, 01 Jun 2026 12:01:01 GMT"])
async def test_a_server_that_asks_for_too_much_time_is_not_waited_for(opened: Any, asked: str) -> None:
    script = Script(busy(retry_after=asked))
    client = opened(script)
    with pytest.raises(fc.ServerError) as caught:
        await settled(client.get_health())

    assert (len(script.sent), client.clock.naps) == (1, [])
    assert caught.value.retry_after in (61.0, 999999999.0)


async def test_the_longest_time_a_server_may_ask_for_can_be_set(opened: Any) -> None:
    assert await naps(opened, busy(retry_after="600"), longest_retry_after=600) == [600]


async def test_the_seconds_a_body_asks_for_are_told_with_the_error(opened: Any) -> None:
    body = {"error": {"code": "RATE_LIMIT_EXCEEDED", "message": "Slow", "retryAfter": 90}}
    answer = httpx.Response(429, json=body, headers={"retry-after": "61"})
    with pytest.raises(fc.RateLimitExceededError) as caught:
        await settled(opened(Script(answer)).list_jobs())

    assert caught.value.retry_after == 90
