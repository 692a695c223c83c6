"""Accounts: how somebody becomes known to Framecast, what they may change, and how they become a creator."""

from typing import Any

import httpx
import pytest

from framecast_client import ApiError, InvalidTokenError, MissingEmailError, Request, operations
from framecast_contract.contract import Contract
from framecast_contract.oracle.access import GARBAGE, Caller, credentials_answer
from framecast_contract.oracle.accounts import (
    broken_account_transition,
    broken_whoami_rules,
    new_account,
    update_answer,
    updated,
    upgrade_answer,
)
from framecast_contract.target.base import Target
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.answers import answer_of, answer_to, as_json
from framecast_contract.workloads.bad_credentials import FORGERIES, WRONG_CLAIMS, claims_of, expired

FIRST_REQUESTS: tuple[Request[Any], ...] = (
    operations.get_whoami(),
    operations.get_account(),
    operations.list_api_keys(),
    operations.list_jobs(),
    operations.list_system_assets(),
    operations.validate_spec({}),
    operations.get_job("00000000-0000-4000-8000-000000000000"),
    operations.upgrade_account("starter"),
)


@pytest.mark.rule("ACCOUNT-1", "ACCOUNT-9", "INV-U1", "INV-U4")
async def test_a_first_request_makes_a_starter_without_anything(people: People) -> None:
    newcomer = people.unprovisioned("newcomer")

    account = as_json(await newcomer.client.get_account())

    times = {"created_at": account["created_at"], "updated_at": account["updated_at"]}
    assert account == {**new_account(newcomer.user_id, newcomer.email), **times}
    assert as_json(await newcomer.client.get_account()) == account


@pytest.mark.rule("ACCOUNT-1", "AUTH-7")
@pytest.mark.parametrize("request_", FIRST_REQUESTS, ids=lambda request: request.operation.operation_id)
async def test_any_first_request_makes_the_account_whatever_it_is_answered(
    people: People, request_: Request[Any]
) -> None:
    newcomer = people.unprovisioned("newcomer")

    await answer_to(newcomer.client, request_)

    known = people.renewed(newcomer, email=None)
    assert (await known.client.get_account()).email == newcomer.email


@pytest.mark.rule("ACCOUNT-1", "ACCOUNT-9")
async def test_the_email_follows_the_identity_provider(people: People) -> None:
    person = await people.starter()
    before = as_json(await person.client.update_account(name="Ada"))
    moved = people.renewed(person, email=f"o'hara+{person.email}")

    after = as_json(await moved.client.get_account())

    unchanged = {name: before[name] for name in ("id", "name", "tier", "credits", "created_at")}
    assert after["email"] == f"o'hara+{person.email}"
    assert unchanged.items() <= after.items()


@pytest.mark.rule("AUTH-7")
async def test_a_first_request_without_email_is_refused_and_makes_nothing(people: People) -> None:
    nameless = people.unprovisioned("nameless", email=None)

    for _ in range(2):
        with pytest.raises(MissingEmailError):
            await nameless.client.get_account()


@pytest.mark.rule("AUTH-3")
@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_forged_session_is_refused(people: People, contract: Contract, forgery: str) -> None:
    person = await people.starter()
    assert person.token is not None
    forger = people.bearing(person, FORGERIES[forgery](person.token))

    answer = await answer_to(forger.client, operations.get_account())

    assert answer == credentials_answer(contract.operation("get_account").access, Caller(GARBAGE))


@pytest.mark.rule("AUTH-3")
@pytest.mark.parametrize("claims", WRONG_CLAIMS)
async def test_a_session_with_a_wrong_claim_is_refused(people: People, claims: str) -> None:
    person = people.unprovisioned("somebody", **WRONG_CLAIMS[claims])

    with pytest.raises(InvalidTokenError):
        await person.client.get_account()


@pytest.mark.rule("AUTH-3")
@pytest.mark.parametrize("audience", ["somebody-else", None, ["authenticated"]])
async def test_a_session_for_another_audience_is_refused(people: People, audience: object) -> None:
    person = await people.starter()
    assert person.token is not None
    if "aud" not in claims_of(person.token):
        pytest.skip("the target has no audience configured")

    with pytest.raises(InvalidTokenError):
        await people.renewed(person, aud=audience).client.get_account()


@pytest.mark.rule("AUTH-3")
async def test_an_expired_session_is_refused(people: People) -> None:
    person = await people.starter()

    with pytest.raises(InvalidTokenError):
        await expired(people, person).client.get_account()


@pytest.mark.rule("AUTH-3", "ACCOUNT-1")
async def test_an_invalid_session_makes_no_account(people: People) -> None:
    newcomer = people.unprovisioned("newcomer")
    with pytest.raises(InvalidTokenError):
        await expired(people, newcomer).client.get_account()

    with pytest.raises(MissingEmailError):
        await people.renewed(newcomer, email=None).client.get_account()


@pytest.mark.rule("ACCOUNT-1")
@pytest.mark.parametrize("spelling", [str, str.upper])
async def test_an_address_in_use_makes_no_second_account(
    people: People, target: Target, spelling: type[str]
) -> None:
    first = await people.starter()
    second = people.unprovisioned("namesake", email=spelling(first.email))
    # Not recorded: the facts allow a server fault here, which the judge of histories never does.
    async with httpx.AsyncClient(base_url=target.base_url, transport=target.transport()) as client:
        answer = await client.get("/v1/account", headers={"Authorization": f"Bearer {second.token}"})

    assert not answer.is_success
    with pytest.raises(MissingEmailError):
        await people.renewed(second, email=None).client.get_account()
    assert str((await first.client.get_account()).id) == first.user_id


UPDATES: dict[str, object] = {
    "nothing": {},
    "name": {"name": "Ada"},
    "name of 100": {"name": "x" * 100},
    "name of 100 beyond the BMP": {"name": "🎬" * 100},
    "name cleared": {"name": None},
    "avatar": {"avatar_url": "https://example.com/new.png"},
    "avatar cleared": {"avatar_url": None},
    "both": {"name": "Ada", "avatar_url": None},
    "what cannot be set": {
        "email": "other@example.com", "tier": "creator", "credits": 9, "ephemeral_storage_bytes": 9,
        "upgraded_at": "2026-01-01T00:00:00Z", "id": "00000000-0000-4000-8000-000000000000",
    },
    "empty name": {"name": ""},
    "name of 101": {"name": "x" * 101},
    "name with U+0000": {"name": "A\0da"},
    "name is a number": {"name": 5},
    "avatar without scheme": {"avatar_url": "example.com/a.png"},
    "relative avatar": {"avatar_url": "/a.png"},
    "avatar is a number": {"avatar_url": 5},
    "good name, bad avatar": {"name": "Ada", "avatar_url": "nowhere"},
    "an array": [],
    "null": None,
}  # fmt: skip


@pytest.mark.rule("ACCOUNT-2", "ACCOUNT-3", "ACCOUNT-4", "ACCOUNT-9", "ERROR-7")
@pytest.mark.parametrize("update", UPDATES)
async def test_an_update_changes_what_it_names(people: People, update: str) -> None:
    person, body = await people.starter(), UPDATES[update]
    await person.client.update_account(name="Grace", avatar_url="https://example.com/old.png")
    before = as_json(await person.client.get_account())

    raw = people.raw_client(person.name, f"Bearer {person.token}")
    answer = await answer_of(raw.patch("/v1/account", json=body))

    after = as_json(await person.client.get_account())
    assert answer == update_answer(body)
    expected = updated(before, body) if isinstance(body, dict) and answer.accepted else before
    assert {**after, "updated_at": 0} == {**expected, "updated_at": 0}
    assert broken_account_transition(before, after) == []
    assert answer.accepted or after == before


@pytest.mark.rule("ACCOUNT-5", "ACCOUNT-9", "INV-U1")
async def test_upgrading_makes_a_creator_and_changes_nothing_else(people: People) -> None:
    person = await people.starter()
    before = as_json(await person.client.get_account())

    after = as_json(await person.client.upgrade_account("creator"))

    changed = {name: after[name] for name in ("upgraded_at", "updated_at")}
    assert after == {**before, "tier": "creator", **changed}
    assert after["upgraded_at"] is not None
    assert as_json(await person.client.get_account()) == after


@pytest.mark.rule("ACCOUNT-6", "ACCOUNT-8")
async def test_upgrading_a_creator_changes_nothing(people: People) -> None:
    person = await people.creator()
    before = await person.client.get_account()

    again = await person.client.upgrade_account("creator")

    assert (again, await person.client.get_account()) == (before, before)


@pytest.mark.rule("ACCOUNT-5", "ACCOUNT-6", "ACCOUNT-7", "ACCOUNT-8")
@pytest.mark.parametrize("tier", ["starter", "creator"])
@pytest.mark.parametrize(
    "body",
    [{"target_tier": "starter"}, {"target_tier": "gold"}, {"target_tier": None}, {"target_tier": 1}, {}, []],
    ids=str,
)
async def test_another_wish_is_refused_and_changes_nothing(people: People, tier: str, body: object) -> None:
    person = await (people.starter() if tier == "starter" else people.creator())
    before = await person.client.get_account()

    raw = people.raw_client(person.name, f"Bearer {person.token}")
    answer = await answer_of(raw.post("/v1/account/upgrade", json=body))

    assert answer == upgrade_answer(tier, body)
    assert await person.client.get_account() == before


async def _whoami(person: Persona) -> dict[str, object]:
    return as_json(await person.client.get_whoami())


@pytest.mark.rule("ACCOUNT-10")
async def test_who_am_i_shows_the_account(people: People) -> None:
    person = await people.starter()
    account = as_json(await person.client.get_account())

    assert broken_whoami_rules(await _whoami(person), account, None) == []


@pytest.mark.rule("ACCOUNT-10", "AUTH-9")
async def test_who_am_i_shows_the_key_that_was_used(people: People) -> None:
    person = await people.creator()
    key = await people.key_of(person, "team:read", name="CI")
    account = as_json(await person.client.get_account())
    (used,) = await person.client.list_api_keys()

    assert broken_whoami_rules(await _whoami(key), account, as_json(used)) == []


@pytest.mark.rule("AUTH-1", "ACCOUNT-1")
async def test_nobody_has_no_account(people: People) -> None:
    with pytest.raises(ApiError) as refused:
        await people.nobody().client.get_account()

    assert (refused.value.status, refused.value.code) == (401, "MISSING_AUTHORIZATION")
