"""API keys as their user manages them (accounts-and-teams 4)."""

import asyncio
import re
from typing import Any

import pytest

from .world import World, code

NOBODY = "00000000-0000-4000-8000-000000000000"


async def test_a_key_is_made_with_what_was_asked(world: World) -> None:
    person = await world.creator()
    status, created = await person.call("POST", "/v1/auth/keys", {})
    key = created["api_key"]
    assert (status, re.fullmatch("sk_live_[0-9a-f]{32}", created["raw_key"]) is not None) == (201, True)
    assert key == {
        "id": key["id"],
        "user_id": person.id,
        "owner": person.urn,
        "name": "Default",
        "key_prefix": "sk_live_",
        "scopes": ["*"],
        "last_used_at": None,
        "expires_at": None,
        "revoked_at": None,
        "created_at": key["created_at"],
    }
    assert await person.call("GET", f"/v1/auth/keys/{key['id'].upper()}") == (200, key)


async def test_use_is_noted(world: World) -> None:
    person = await world.starter()
    await (await world.key(person, "generate")).call("GET", "/v1/auth/whoami")
    [key] = (await person.call("GET", "/v1/auth/keys"))[1]
    assert key["last_used_at"] > key["created_at"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (403, "AUTHORIZATION_ERROR")),
        ({"scopes": ["*"]}, (403, "AUTHORIZATION_ERROR")),
        ({"scopes": ["team:read"]}, (403, "AUTHORIZATION_ERROR")),
        ({"scopes": []}, (400, "VALIDATION_ERROR")),
        ({"scopes": ["jobs:delete"]}, (400, "VALIDATION_ERROR")),
        ({"scopes": "generate"}, (400, "VALIDATION_ERROR")),
        ({"scopes": ["generate"], "expires_at": "2026-01-05T12:00:00Z"}, (400, "VALIDATION_ERROR")),
        ({"scopes": ["generate"], "expires_at": "tomorrow"}, (400, "VALIDATION_ERROR")),
        ({"scopes": ["generate"], "name": ""}, (400, "VALIDATION_ERROR")),
        ({"owner": f"framecast:user:{NOBODY}"}, (403, "AUTHORIZATION_ERROR")),
        ({"owner": f"framecast:team:{NOBODY}"}, (403, "AUTHORIZATION_ERROR")),
        ({"owner": f"framecast:artifact:{NOBODY}"}, (400, "VALIDATION_ERROR")),
        ({"owner": "framecast:system:sfx:pop"}, (400, "VALIDATION_ERROR")),
        ({"owner": f"framecast:user:{NOBODY}\n"}, (400, "VALIDATION_ERROR")),
        ({"owner": f"framecast:user:{{{NOBODY}}}"}, (400, "VALIDATION_ERROR")),
    ],
)
async def test_what_a_starter_may_not_ask_for(
    world: World, body: dict[str, Any], expected: tuple[int, str]
) -> None:
    person = await world.starter()
    assert code(await person.call("POST", "/v1/auth/keys", body)) == expected
    assert (await person.call("GET", "/v1/auth/keys"))[1] == []


@pytest.mark.parametrize(("role", "status"), [("admin", 201), ("member", 201), ("viewer", 403)])
async def test_team_keys_are_for_who_may_use_the_team(world: World, role: str, status: int) -> None:
    team = world.team_of(await world.creator())
    person = await world.creator()
    world.join(person, team, role)
    for owner in (f"framecast:team:{team}", f"framecast:{team}:{person.id}"):
        assert (await person.call("POST", "/v1/auth/keys", {"owner": owner}))[0] == status


async def test_renaming_and_revoking(world: World) -> None:
    person = await world.starter()
    await world.key(person, "generate")
    [key] = (await person.call("GET", "/v1/auth/keys"))[1]
    path = f"/v1/auth/keys/{key['id']}"
    assert await person.call("PATCH", path, {"name": "CI", "scopes": ["*"]}) == (200, {**key, "name": "CI"})
    assert code(await person.call("PATCH", path, {})) == (400, "VALIDATION_ERROR")
    answers = await asyncio.gather(*(person.call("DELETE", path) for _ in range(3)))
    assert sorted(status for status, _ in answers) == [204, 409, 409]
    assert code(await person.call("PATCH", path, {"name": "x"})) == (409, "CONFLICT")
    assert (await person.call("GET", path))[1]["revoked_at"] is not None
    await world.clock.advance(31 * 86400)
    assert code(await person.call("GET", path)) == (404, "NOT_FOUND")


async def test_other_peoples_keys_do_not_exist(world: World) -> None:
    person, other = await world.starter(), await world.starter()
    await world.key(person, "generate")
    [key] = (await person.call("GET", "/v1/auth/keys"))[1]
    for key_id in (key["id"], NOBODY):
        assert code(await other.call("GET", f"/v1/auth/keys/{key_id}")) == (404, "NOT_FOUND")
        assert code(await other.call("DELETE", f"/v1/auth/keys/{key_id}")) == (404, "NOT_FOUND")
    assert code(await other.call("GET", "/v1/auth/keys/7")) == (400, "VALIDATION_ERROR")


async def test_keys_are_listed_newest_first(world: World) -> None:
    person = await world.starter()
    for name in ("a", "b", "c"):
        await world.key(person, "generate", name=name)
    assert [key["name"] for key in (await person.call("GET", "/v1/auth/keys"))[1]] == ["c", "b", "a"]
