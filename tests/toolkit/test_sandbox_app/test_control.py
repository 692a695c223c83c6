"""The control surface, the settings, and what makes a sandbox a sandbox: resets and separate worlds."""

import random
from typing import Any

import pytest

from framecast_contract.clock import SystemClock
from framecast_contract.sandbox import RateLimits, Sandbox, Settings

from .world import World, a_world, code


async def control(world: World, method: str, command: str, body: Any = None) -> tuple[int, Any]:
    response = await world.ask(method, f"/__sandbox__/{command}", json=body)
    return response.status_code, response.json() if response.content[:1] == b"{" else response.text


async def test_nothing_is_controlled_unless_allowed(world: World) -> None:
    assert (await control(world, "GET", "state"))[0] == 404


async def test_credits_clock_and_reset() -> None:
    async with a_world(control=True) as world:
        person = await world.starter()
        paid = {"owner": person.urn, "credits": 7}
        assert await control(world, "POST", "credits", paid) == (200, paid)
        assert await person.balance() == 7
        now = {"now": "2026-01-05T12:01:30.000000Z", "virtual": True}
        assert await control(world, "POST", "clock/advance", {"seconds": 90}) == (200, now)
        assert await control(world, "GET", "clock") == (200, now)
        assert await control(world, "GET", "state") == (200, {"capabilities": ["clock", "credits"]})
        assert await control(world, "POST", "reset") == (200, {})
        assert await person.balance() == 0


@pytest.mark.parametrize(
    ("command", "body", "status"),
    [
        ("credits", {"owner": "framecast:user:00000000-0000-4000-8000-000000000000", "credits": 1}, 404),
        ("credits", {"owner": "me", "credits": 1}, 400),
        ("credits", {"owner": "me", "credits": -1}, 400),
        ("credits", {}, 400),
        ("clock/advance", {"seconds": -1}, 400),
        ("clock/advance", {"seconds": "1"}, 400),
        ("clock/advance", {"seconds": 1e300}, 400),
        ("nothing", {}, 404),
    ],
)
async def test_commands_that_make_no_sense(command: str, body: Any, status: int) -> None:
    async with a_world(control=True) as world:
        assert code(await control(world, "POST", command, body))[0] == status


async def test_others_may_add_commands() -> None:
    async with a_world(control=True) as world:

        async def decide(body: dict[str, Any]) -> dict[str, Any]:
            return {"decided": body["how"]}

        world.sandbox.control.add("renders", decide)
        assert await control(world, "POST", "renders", {"how": "fail"}) == (200, {"decided": "fail"})
        assert "renders" in (await control(world, "GET", "state"))[1]["capabilities"]


async def test_real_time_cannot_be_moved() -> None:
    sandbox = Sandbox(Settings(control=True), clock=SystemClock(), random=random.Random(1))
    async with a_world() as world:
        world.http._transport.app = sandbox.app  # type: ignore[attr-defined]  # httpx hides it
        answer = await control(world, "POST", "clock/advance", {"seconds": 1})
    sandbox.close()
    assert code(answer) == (409, "CONFLICT")


async def test_a_reset_brings_back_the_first_day(world: World) -> None:
    person = world.stranger()
    first = (
        await person.call("GET", "/v1/account"),
        await person.call("POST", "/v1/auth/keys", {"scopes": ["generate"]}),
    )
    world.sandbox.reset()
    assert first == (
        await person.call("GET", "/v1/account"),
        await person.call("POST", "/v1/auth/keys", {"scopes": ["generate"]}),
    )


async def test_worlds_side_by_side_share_nothing(world: World) -> None:
    person = await world.starter(5)
    async with a_world() as other:
        other.http.headers["Authorization"] = f"Bearer {person.token}"
        assert (await other.ask("GET", "/v1/account")).json()["credits"] == 0
    assert await person.balance() == 5


@pytest.mark.parametrize(
    ("owner", "credits", "error"),
    [
        ("framecast:user:00000000-0000-4000-8000-000000000000", 1, LookupError),
        ("framecast:artifact:00000000-0000-4000-8000-000000000000", 1, ValueError),
        ("me", 1, ValueError),
        ("framecast:user:00000000-0000-4000-8000-000000000000", 2**31, ValueError),
    ],
)
async def test_balances_that_cannot_be_set(
    world: World, owner: str, credits: int, error: type[Exception]
) -> None:
    with pytest.raises(error):
        world.sandbox.set_credits(owner, credits)


def test_settings_from_the_environment() -> None:
    environment = {
        "JWT_SECRET": "s",
        "CONTROL": "true",
        "CORS_ORIGINS": "https://a.example, https://b.example",
        "RATE_LIMITS": "off",
        "RETRY_DELAYS_SECONDS": "1,2.5",
        "RENDER_TIMEOUT_SECONDS": "60",
        "RUNPOD_BASE_URL": "",
        "UNRELATED": "x",
    }
    assert Settings.from_env(environment) == Settings(
        jwt_secret="s",
        control=True,
        cors_origins=("https://a.example", "https://b.example"),
        rate_limits=RateLimits.off(),
        retry_delays_seconds=(1, 2.5),
        render_timeout_seconds=60,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [("CONTROL", "maybe"), ("RENDERS", "gpu"), ("RATE_LIMITS", "60"), ("RENDER_TIMEOUT_SECONDS", "soon")],
)
def test_a_setting_that_cannot_be_read_is_named(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"{name}='{value}'"):
        Settings.from_env({name: value})
