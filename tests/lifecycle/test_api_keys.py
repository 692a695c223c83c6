"""API keys: who may make which, what is shown of them, what they open, and when they stop working."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from framecast_client import (
    AuthorizationError,
    ConflictError,
    InvalidApiKeyError,
    NotFoundError,
    operations,
)
from framecast_client.models import ApiKeyCreated
from framecast_contract.contract import Contract
from framecast_contract.oracle.access import (
    API_KEY,
    MALFORMED,
    MISSING_AUTHORIZATION,
    UNKNOWN_KEY,
    Caller,
    credentials_answer,
)
from framecast_contract.oracle.api_keys import (
    SCOPES,
    broken_creation_rules,
    broken_key_transition,
    create_answer,
    update_answer,
)
from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.owners import Person
from framecast_contract.target.base import Target
from framecast_contract.target.people import People, Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads import bad_credentials
from framecast_contract.workloads.answers import answer_of, answer_to, as_json

ELSE = "7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11"
SCOPED: Any = {"scopes": ["generate"]}
# A {me} stands for the caller's id, a timedelta for the moment that far from now.
NEW_KEYS: Mapping[str, Any] = {
    "nothing asked": {},
    "nulls": {"name": None, "owner": None, "scopes": None, "expires_at": None},
    "named and scoped": {"name": "CI", "scopes": ["jobs:read", "generate"]},
    "own urn": {**SCOPED, "owner": "framecast:user:{me}"},
    "expiring": {**SCOPED, "expires_at": timedelta(days=1)},
    "expiring in another zone": {**SCOPED, "expires_at": "2100-02-28T23:00:00.25-03:30"},
    "name of 100": {**SCOPED, "name": "k" * 100},
    "unknown member": {**SCOPED, "color": "red", "user_id": ELSE},
    "every scope by name": {"scopes": sorted(SCOPES)},
    "star": {"scopes": ["*"]},
    "starter scope and star": {"scopes": ["generate", "*"]},
    "creator's scope": {"scopes": ["team:read"]},
    "no scope": {"scopes": []},
    "unknown scope": {"scopes": ["generate", "jobs:delete"]},
    "scope is text": {"scopes": "generate"},
    "empty name": {**SCOPED, "name": ""},
    "name of 101": {**SCOPED, "name": "k" * 101},
    "name with U+0000": {**SCOPED, "name": "a\0"},
    "expired already": {**SCOPED, "expires_at": timedelta(seconds=-1)},
    "expiring now": {**SCOPED, "expires_at": timedelta(0)},
    "expiring some day": {**SCOPED, "expires_at": "some day"},
    "owner without prefix": {**SCOPED, "owner": "{me}"},
    "owner in upper case": {**SCOPED, "owner": f"framecast:user:{ELSE.upper()}"},
    "another user": {**SCOPED, "owner": f"framecast:user:{ELSE}"},
    "unknown team": {**SCOPED, "owner": f"framecast:team:{ELSE}"},
    "unknown membership": {**SCOPED, "owner": f"framecast:{ELSE}:{{me}}"},
    "an artifact": {**SCOPED, "owner": f"framecast:artifact:{ELSE}"},
    "a system asset": {**SCOPED, "owner": "framecast:system:sfx:whoosh"},
    "an array": [],
}


def _filled(wish: Any, me: Persona, now: datetime) -> Any:
    """The body of a wish by `me` at `now`."""
    if isinstance(wish, dict):
        return {name: _filled(value, me, now) for name, value in wish.items()}
    if isinstance(wish, timedelta):
        return (now + wish).isoformat()
    return wish.replace("{me}", me.user_id) if isinstance(wish, str) else wish


@pytest.mark.rule("KEY-1", "KEY-2", "KEY-3", "KEY-4", "KEY-5", "KEY-11", "OWNER-6", "INV-A6", "INV-A7")
@pytest.mark.parametrize("tier", ["starter", "creator"])
@pytest.mark.parametrize("wish", NEW_KEYS)
async def test_a_key_is_made_as_asked_or_refused(
    people: People, target: Target, tier: str, wish: str
) -> None:
    me = await (people.starter() if tier == "starter" else people.creator())
    now = target.clock.now()
    body, person = _filled(NEW_KEYS[wish], me, now), Person(me.user_id, tier)

    raw = people.raw_client(me.name, f"Bearer {me.token}")
    response = await raw.post("/v1/auth/keys", json=body)

    expected = create_answer(body, person, now)
    kept = await me.client.list_api_keys()
    assert response.status_code == expected.status
    if expected.accepted:
        assert broken_creation_rules(body, person, response.json()) == []
        assert kept == [ApiKeyCreated.model_validate_json(response.content).api_key]
    else:
        assert (response.json()["error"]["code"], kept) == (expected.code, [])


async def _key(person: Persona, *scopes: Any, **options: Any) -> ApiKeyCreated:
    wanted: list[Any] = list(scopes or ["generate"])
    return await person.client.create_api_key(scopes=wanted, **options)


@pytest.mark.rule("LIST-1", "LIST-7", "INV-A3", "KEY-2", "KEY-8")
async def test_keys_are_listed_newest_first_revoked_ones_included(people: People) -> None:
    person = await people.starter()
    made = [await _key(person, name=f"key {number}") for number in range(4)]
    await person.client.revoke_api_key(made[1].api_key.id)

    listed = await person.client.list_api_keys()

    assert [key.id for key in listed] == [created.api_key.id for created in reversed(made)]
    assert [await person.client.get_api_key(key.id) for key in listed] == listed
    assert [key.revoked_at is not None for key in listed] == [False, False, True, False]
    assert len({created.raw_key for created in made}) == 4


@pytest.mark.rule("KEY-7", "KEY-6")
@pytest.mark.parametrize(
    "body",
    [
        {"name": "new"},
        {"name": "new", "scopes": ["*"], "owner": "framecast:user:x", "expires_at": "2020-01-01T00:00:00Z"},
        {"name": "n" * 100},
        {"name": "n" * 101},
        {"name": ""},
        {"name": None},
        {"name": 5},
        {},
        [],
    ],
    ids=lambda body: str(body)[:40],
)
async def test_only_the_name_of_a_key_changes(people: People, body: object) -> None:
    person = await people.starter()
    before = as_json((await _key(person, name="old")).api_key)

    raw = people.raw_client(person.name, f"Bearer {person.token}")
    answer = await answer_of(raw.patch(f"/v1/auth/keys/{before['id']}", json=body))

    after = as_json(await person.client.get_api_key(before["id"]))
    assert answer == update_answer(before, Person(person.user_id), body)
    assert broken_key_transition(before, after) == []
    name = body["name"] if isinstance(body, dict) and answer.accepted else "old"
    assert after == {**before, "name": name}


@pytest.mark.rule("KEY-8", "INV-A4", "AUTH-4")
async def test_a_revoked_key_is_refused_at_once_and_can_still_be_read(people: People) -> None:
    person = await people.starter()
    created = await _key(person)
    holder = people.bearing(person, created.raw_key)
    await holder.client.get_whoami()
    before = await person.client.get_api_key(created.api_key.id)

    await person.client.revoke_api_key(created.api_key.id)

    with pytest.raises(InvalidApiKeyError):
        await holder.client.get_whoami()
    revoked = as_json(await person.client.get_api_key(created.api_key.id))
    assert revoked == {**as_json(before), "revoked_at": revoked["revoked_at"]}
    assert revoked["revoked_at"] is not None


@pytest.mark.rule("KEY-8", "KEY-7")
async def test_a_revoked_key_is_revoked_and_renamed_no_more(people: People) -> None:
    person = await people.starter()
    key = (await _key(person)).api_key
    await person.client.revoke_api_key(key.id)
    before = await person.client.get_api_key(key.id)

    with pytest.raises(ConflictError):
        await person.client.revoke_api_key(key.id)
    with pytest.raises(ConflictError):
        await person.client.update_api_key(key.id, "another name")

    assert await person.client.get_api_key(key.id) == before


@pytest.mark.rule("KEY-5", "INV-A5", "AUTH-4")
@pytest.mark.needs("clock")
async def test_a_key_works_until_it_expires(people: People, target: Target) -> None:
    person = await people.starter()
    created = await _key(person, expires_at=target.clock.now() + timedelta(seconds=60))
    holder = people.bearing(person, created.raw_key)

    await pass_time(59)
    await holder.client.get_whoami()
    await pass_time(1)

    with pytest.raises(InvalidApiKeyError):
        await holder.client.get_whoami()
    assert (await person.client.get_api_key(created.api_key.id)).revoked_at is None


@pytest.mark.rule("KEY-9")
@pytest.mark.needs("clock")
async def test_a_key_says_when_it_was_last_used(people: People, target: Target) -> None:
    person = await people.starter()
    created = await _key(person)
    holder = people.bearing(person, created.raw_key)
    unused = as_json(await person.client.get_api_key(created.api_key.id))
    assert unused["last_used_at"] is None

    for _ in range(2):
        await pass_time(30)
        await holder.client.get_whoami()

        used = as_json(await person.client.get_api_key(created.api_key.id))
        assert instant(used["last_used_at"]) == target.clock.now()
        assert broken_key_transition(unused, used) == []


@pytest.mark.rule("KEY-9")
async def test_a_refused_use_is_no_use(people: People) -> None:
    person = await people.starter()
    created = await _key(person)
    await person.client.revoke_api_key(created.api_key.id)

    with pytest.raises(InvalidApiKeyError):
        await people.bearing(person, created.raw_key).client.get_whoami()

    assert (await person.client.get_api_key(created.api_key.id)).last_used_at is None


@pytest.mark.rule("KEY-6")
async def test_a_key_of_somebody_else_does_not_exist(people: People) -> None:
    alice, bob = await people.starter("alice"), await people.starter("bob")
    key = (await _key(alice)).api_key

    for call in (
        bob.client.get_api_key(key.id),
        bob.client.update_api_key(key.id, "mine now"),
        bob.client.revoke_api_key(key.id),
        bob.client.get_api_key(people.uuid()),
    ):
        with pytest.raises(NotFoundError):
            await call

    assert (await bob.client.list_api_keys(), await alice.client.list_api_keys()) == ([], [key])


@pytest.mark.rule("AUTH-5", "AUTH-9")
@pytest.mark.parametrize("form", ["{}", "Bearer {}"])
async def test_a_key_works_with_and_without_the_scheme(people: People, form: str) -> None:
    person = await people.starter()
    created = await _key(person)

    answer = await people.raw_client("key", form.format(created.raw_key)).get("/v1/auth/whoami")

    assert (answer.status_code, answer.json()["api_key"]["id"]) == (200, str(created.api_key.id))


@pytest.mark.rule("AUTH-6")
@pytest.mark.parametrize("bare", [True, False])
async def test_a_key_is_no_session(people: People, contract: Contract, bare: bool) -> None:
    person = await people.creator()
    raw_key = (await _key(person, "*")).raw_key
    client = people.raw_client("key", raw_key if bare else f"Bearer {raw_key}")

    answer = await answer_of(client.get("/v1/account"))

    access = contract.operation("get_account").access
    assert answer == credentials_answer(access, Caller(API_KEY, bare=bare))


@pytest.mark.rule("AUTH-4")
@pytest.mark.parametrize(
    "key", [bad_credentials.UNKNOWN_KEY, "sk_live_", "sk_live_short", "sk_live_" + "A" * 32]
)
async def test_an_unknown_key_is_refused(people: People, contract: Contract, key: str) -> None:
    answer = await answer_of(people.raw_client("key", f"Bearer {key}").get("/v1/auth/whoami"))

    assert answer == credentials_answer(contract.operation("get_whoami").access, Caller(UNKNOWN_KEY))


@pytest.mark.rule("AUTH-2")
@pytest.mark.parametrize(
    ("header", "kind"),
    [
        *((header, "session") for header in bad_credentials.MALFORMED_HEADERS),
        *((header, "key") for header in bad_credentials.MALFORMED_HEADERS if header != "no scheme"),
    ],
)
async def test_a_header_in_no_accepted_form_is_refused(
    people: People, contract: Contract, header: str, kind: str
) -> None:
    person = await people.starter()
    token = str(person.token) if kind == "session" else (await _key(person)).raw_key
    client = people.raw_client(kind, bad_credentials.MALFORMED_HEADERS[header](token))

    answer = await answer_of(client.get("/v1/auth/whoami"))

    assert answer == credentials_answer(contract.operation("get_whoami").access, Caller(MALFORMED))


@pytest.mark.rule("AUTH-10", "AUTH-1")
async def test_x_api_key_is_no_way_in(people: People) -> None:
    header = {"X-API-Key": (await _key(await people.starter())).raw_key}

    answer = await answer_of(people.raw_client("nobody").get("/v1/auth/whoami", headers=header))

    assert answer == MISSING_AUTHORIZATION


@pytest.mark.rule("KEY-10", "AUTH-9")
async def test_a_key_keeps_its_scopes_when_its_user_is_upgraded(people: People) -> None:
    person = await people.starter()
    key = await people.key_of(person, "generate")
    before = await person.client.list_api_keys()

    await person.client.upgrade_account("creator")

    assert await person.client.list_api_keys() == before
    assert (await key.client.get_whoami()).user.tier == "creator"
    with pytest.raises(AuthorizationError):
        await key.client.list_jobs()


@pytest.mark.rule("ACCESS-1", "KEY-6")
@pytest.mark.parametrize("key_id", ["x", "1", "00000000-0000-4000-8000-00000000000g"])
async def test_an_id_that_is_no_uuid_is_bad_input(people: People, key_id: str) -> None:
    person, nobody = await people.starter(), people.nobody()
    requests = (
        operations.get_api_key(key_id),
        operations.update_api_key(key_id, "name"),
        operations.revoke_api_key(key_id),
    )

    assert [(await answer_to(person.client, each)).status for each in requests] == [400] * 3
    assert [(await answer_to(nobody.client, each)).status for each in requests] == [401] * 3
