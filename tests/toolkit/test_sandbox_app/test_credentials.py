"""Which credentials are accepted, and as what each of the others is refused (conventions 2)."""

from datetime import timedelta
from typing import Any

import jwt
import pytest

from .world import START, Person, World, code

FOREVER = int((START + timedelta(days=1)).timestamp())


async def with_header(world: World, header: str | None, path: str = "/v1/auth/whoami") -> tuple[int, Any]:
    headers = {} if header is None else {"Authorization": header}
    response = await world.ask("GET", path, headers=headers)
    return response.status_code, response.json()


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "MISSING_AUTHORIZATION"),
        ("", "INVALID_AUTHORIZATION"),
        ("Bearer", "INVALID_AUTHORIZATION"),
        ("bearer TOKEN", "INVALID_AUTHORIZATION"),
        ("Bearer  TOKEN", "INVALID_AUTHORIZATION"),
        ("Basic dXNlcg==", "INVALID_AUTHORIZATION"),
        ("TOKEN", "INVALID_AUTHORIZATION"),
        ("Bearer TOKEN x", "INVALID_AUTHORIZATION"),
        ("Bearer a.b.c", "INVALID_TOKEN"),
        ("Bearer sk_live_zz", "INVALID_API_KEY"),
        ("sk_live_" + "0" * 32, "INVALID_API_KEY"),
    ],
)
async def test_forms_of_the_header(world: World, header: str | None, expected: str) -> None:
    token = world.stranger().token
    header = header and header.replace("TOKEN", token)
    assert code(await with_header(world, header)) == (401, expected)


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": int(START.timestamp()) - 61},
        {"exp": None},
        {"exp": "2030"},
        {"exp": True},
        {"iat": None},
        {"iat": "now"},
        {"aud": None},
        {"aud": "other"},
        {"aud": ["authenticated"]},
        {"role": None},
        {"role": 1},
        {"sub": "ann"},
        {"sub": 5},
        {"email": 5},
        {"email": "ann"},
        {"email": "\ud800@example.com"},
        {"email": "x" * 250 + "@ex.de"},
    ],
)
async def test_claims_that_do_not_hold(world: World, claims: dict[str, Any]) -> None:
    given = {"sub": world.stranger().id, "email": "ann@example.com", "exp": FOREVER, **claims}
    payload = {"iat": 1, "aud": "authenticated", "role": "authenticated", **given}
    known = {name: value for name, value in payload.items() if value is not None}
    token = jwt.PyJWS().encode(
        __import__("json").dumps(known).encode(), world.settings.jwt_secret, algorithm="HS256"
    )
    assert code(await with_header(world, f"Bearer {token}")) == (401, "INVALID_TOKEN")
    assert world.sandbox.database.all("SELECT * FROM users") == []


async def test_a_token_may_be_a_minute_late(world: World) -> None:
    person = world.stranger()
    late = int(START.timestamp()) - 59
    person.token = world.token(sub=person.id.upper(), email="ann@example.com", exp=late)
    assert (await person.call("GET", "/v1/account"))[1]["id"] == person.id


async def test_other_algorithms_and_secrets_are_refused(world: World) -> None:
    claims = {"sub": world.stranger().id, "email": "a@b.c", "exp": FOREVER, "iat": 1, "aud": "authenticated"}
    other = jwt.encode({**claims, "role": "x"}, "another secret that is long enough for it", "HS256")
    long = jwt.encode({**claims, "role": "x"}, world.settings.jwt_secret * 2, "HS512")
    none = jwt.encode({**claims, "role": "x"}, "", "none")
    for token in (other, long, none):
        assert code(await with_header(world, f"Bearer {token}")) == (401, "INVALID_TOKEN")


async def test_a_key_works_with_and_without_the_scheme_but_not_where_only_people_may_act(
    world: World,
) -> None:
    key = await world.key(await world.starter(), "generate")
    for header in (f"Bearer {key.token}", key.token):
        status, who = await with_header(world, header)
        assert (status, who["auth_method"], who["api_key"]["scopes"]) == (200, "api_key", ["generate"])
    assert code(await with_header(world, f"Bearer {key.token}", "/v1/account")) == (401, "INVALID_TOKEN")
    assert code(await with_header(world, key.token, "/v1/account")) == (401, "INVALID_AUTHORIZATION")


async def test_a_key_ends_when_it_expires_and_when_it_is_revoked(world: World) -> None:
    person = await world.starter()
    short = await world.key(person, "generate", expires_at="2026-01-05T14:00:00+01:00")
    long = await world.key(person, "generate", expires_at="9999-12-31T23:59:59-12:00")
    await world.clock.advance(3600)
    refused = (401, "INVALID_API_KEY")
    assert code(await short.call("GET", "/v1/auth/whoami")) == refused
    status, who = await long.call("GET", "/v1/auth/whoami")
    assert status == 200
    assert (await person.call("DELETE", f"/v1/auth/keys/{who['api_key']['id']}"))[0] == 204
    assert code(await long.call("GET", "/v1/auth/whoami")) == refused


async def test_a_membership_key_needs_the_membership(world: World) -> None:
    person = await world.creator()
    team = world.team_of(person)
    key = await world.key(person, "*", owner=f"framecast:{team}:{person.id}")
    assert (await key.call("GET", "/v1/auth/whoami"))[0] == 200
    world.sandbox.database.run("DELETE FROM memberships WHERE user_id = ?", person.id)
    assert code(await key.call("GET", "/v1/auth/whoami")) == (401, "INVALID_API_KEY")


async def test_a_key_of_a_vanished_user(world: World) -> None:
    person = await world.starter()
    key = await world.key(person, "generate")
    world.sandbox.database.run("DELETE FROM users WHERE id = ?", person.id)
    assert code(await key.call("GET", "/v1/jobs")) == (401, "USER_NOT_FOUND")


async def test_scopes_narrow_keys_only(world: World) -> None:
    person = await world.starter()
    reader: Person = await world.key(person, "jobs:read")
    writer = await world.key(person, "jobs:write")
    assert (await reader.call("GET", "/v1/jobs"))[0] == 200
    assert code(await writer.call("GET", "/v1/jobs")) == (403, "AUTHORIZATION_ERROR")
    assert (await writer.call("GET", "/v1/system-assets"))[0] == 200
    assert (await person.call("GET", "/v1/jobs"))[0] == 200
