"""Accounts: the first request, changing oneself, becoming a creator, and who the credentials stand for."""

import asyncio
from typing import Any

import pytest

from .world import Person, World, code


async def test_a_first_request_makes_a_starter_with_nothing(world: World) -> None:
    person = world.stranger()
    status, user = await person.call("GET", "/v1/account")
    assert (status, user) == (
        200,
        {
            "id": person.id,
            "email": f"{person.id[:8]}@example.com",
            "name": None,
            "avatar_url": None,
            "tier": "starter",
            "credits": 0,
            "ephemeral_storage_bytes": 0,
            "upgraded_at": None,
            "created_at": "2026-01-05T12:00:00.000000Z",
            "updated_at": "2026-01-05T12:00:00.000000Z",
        },
    )
    assert await person.call("GET", "/v1/auth/whoami") == (200, {"auth_method": "jwt", "user": user})


async def test_parallel_first_requests_make_one_user(world: World) -> None:
    person = world.stranger()
    answers = await asyncio.gather(*(person.call("GET", "/v1/account") for _ in range(5)))
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][0] == 200


async def test_nobody_gets_an_account_with_somebody_elses_address(world: World) -> None:
    first, second = world.stranger(), world.stranger()
    await first.call("GET", "/v1/account")
    second.token = world.token(sub=second.id, email=f"{first.id[:8]}@EXAMPLE.com")
    assert code(await second.call("GET", "/v1/account")) == (500, "USER_PROVISION_FAILED")
    second.token = world.token(sub=second.id)
    assert code(await second.call("GET", "/v1/account")) == (401, "MISSING_EMAIL")


async def test_the_address_follows_the_identity_provider(world: World) -> None:
    person = await world.starter()
    person.token = world.token(sub=person.id, email="o'hara@example.com")
    assert (await person.call("GET", "/v1/account"))[1]["email"] == "o'hara@example.com"
    person.token = world.token(sub=person.id)
    assert (await person.call("GET", "/v1/account"))[1]["email"] == "o'hara@example.com"


async def test_a_member_left_out_stays_and_null_clears(world: World) -> None:
    person = await world.starter()
    picture = "https://example.com/me.png"
    _, full = await person.call("PATCH", "/v1/account", {"name": "Ann", "avatar_url": picture, "credits": 9})
    _, cleared = await person.call("PATCH", "/v1/account", {"name": None})
    assert cleared == {**full, "name": None, "updated_at": cleared["updated_at"]}
    assert (full["name"], full["avatar_url"], full["credits"]) == ("Ann", picture, 1000)
    assert cleared["updated_at"] > full["updated_at"]


@pytest.mark.parametrize(
    "body",
    [
        {"name": ""},
        {"name": "x" * 101},
        {"name": 7},
        {"name": "a\0b"},
        {"avatar_url": "me.png"},
        {"avatar_url": "//example.com/me.png"},
        {"avatar_url": "https://exa mple.com"},
        {"avatar_url": ""},
        {"avatar_url": "http://[zz]/"},
        {"avatar_url": "http://[1:2]/"},
        {"avatar_url": "http://a/%zz"},
        {"avatar_url": "http://a/\n"},
        [],
        "name",
    ],
)
async def test_what_a_name_or_picture_may_not_be(world: World, body: Any) -> None:
    person = await world.starter()
    assert code(await person.call("PATCH", "/v1/account", body)) == (400, "VALIDATION_ERROR")


async def test_a_name_of_100_code_points_fits(world: World) -> None:
    person = await world.starter()
    status, user = await person.call("PATCH", "/v1/account", {"name": "\U0001f600" * 100})
    assert (status, user["name"]) == (200, "\U0001f600" * 100)


@pytest.mark.parametrize("url", ["http://[::1]:80/a?b#c", "mailto:ann@example.com", "x:", "s3://b/%20"])
async def test_every_absolute_uri_is_a_picture(world: World, url: str) -> None:
    person = await world.starter()
    status, user = await person.call("PATCH", "/v1/account", {"avatar_url": url})
    assert (status, user["avatar_url"]) == (200, url)


async def upgrade(person: Person, tier: Any) -> tuple[int, Any]:
    return await person.call("POST", "/v1/account/upgrade", {"target_tier": tier})


async def test_an_upgrade_happens_once_even_in_parallel(world: World) -> None:
    person = await world.starter()
    answers = await asyncio.gather(*(upgrade(person, "creator") for _ in range(4)))
    assert [status for status, _ in answers] == [200] * 4
    assert answers[0][1]["tier"] == "creator"
    assert all(answer == answers[0] for answer in answers)
    teams = world.sandbox.database.all("SELECT * FROM teams")
    assert [(team["name"], team["slug"][:8], len(team["slug"])) for team in teams] == [
        ("My Team", "my-team-", 16)
    ]
    projects = world.sandbox.database.all("SELECT team_id, name, status FROM projects")
    assert [tuple(row) for row in projects] == [(teams[0]["id"], "Welcome to Framecast", "draft")]


async def test_tiers_only_go_up(world: World) -> None:
    person = await world.starter()
    assert code(await upgrade(person, "starter")) == (409, "CONFLICT")
    assert code(await upgrade(person, "root")) == (400, "VALIDATION_ERROR")
    assert code(await upgrade(person, None)) == (400, "VALIDATION_ERROR")
    await upgrade(person, "creator")
    assert code(await upgrade(person, "starter")) == (400, "VALIDATION_ERROR")
