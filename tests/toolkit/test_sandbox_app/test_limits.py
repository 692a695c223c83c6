"""Rate limits: one budget per person and minute, told in headers (job-semantics 9)."""

import httpx
import pytest

from framecast_contract.sandbox import RateLimits

from .world import START, World, a_world, code


def told(response: httpx.Response) -> list[int]:
    names = ("Limit", "Remaining", "Reset")
    return [int(response.headers[f"X-RateLimit-{name}"]) for name in names]


async def test_a_starter_has_sixty_requests_a_minute() -> None:
    async with a_world(rate_limits=RateLimits()) as world:
        person = world.stranger()
        end = int(START.timestamp()) + 60
        for left in range(59, -1, -1):
            assert told(await person.send("GET", "/v1/account")) == [60, left, end]
        await world.clock.advance(20.5)
        refused = await person.send("GET", "/v1/jobs/7")
        wait = {name: refused.headers[name] for name in ("Retry-After", "X-RateLimit-RetryAfter")}
        assert (refused.status_code, told(refused)) == (429, [60, 0, end])
        assert wait == {"Retry-After": "40", "X-RateLimit-RetryAfter": "40"}
        assert refused.json()["error"]["retryAfter"] == 40
        await world.clock.advance(40)
        assert told(await person.send("GET", "/v1/account")) == [60, 59, end + 60]


async def test_keys_and_sessions_share_a_budget_and_refused_requests_count() -> None:
    async with a_world(rate_limits=RateLimits(starter=5)) as world:
        person = await world.starter()
        key = await world.key(person, "generate")
        assert (await key.send("GET", "/v1/jobs")).status_code == 403
        assert told(await person.send("GET", "/v1/jobs/7"))[1] == 1
        assert told(await world.stranger().send("GET", "/v1/account"))[1] == 4


async def test_a_creator_has_more() -> None:
    async with a_world(rate_limits=RateLimits()) as world:
        person = await world.creator()
        assert told(await person.send("GET", "/v1/account"))[:2] == [300, 297]


async def test_strangers_share_a_smaller_budget_by_address() -> None:
    async with a_world(rate_limits=RateLimits(anonymous=2)) as world:
        for status in (401, 401, 429):
            assert (await world.ask("GET", "/v1/account")).status_code == status
        assert code(await world.stranger().call("GET", "/v1/jobs/7")) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/generate", "/v1/jobs"])
async def test_every_answer_below_v1_tells_the_budget(world: World, path: str) -> None:
    assert len(told(await world.ask("GET", path))) == 3


@pytest.mark.parametrize("path", ["/", "/health", "/internal/jobs/callback"])
async def test_other_paths_have_no_budget(world: World, path: str) -> None:
    assert "X-RateLimit-Limit" not in (await world.ask("GET", path)).headers
