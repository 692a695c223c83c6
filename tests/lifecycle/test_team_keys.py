"""API keys and teams: which team URNs a key may carry, and that a key never can more than its user."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest

from framecast_client import FramecastClient, NotFoundError, Request, operations
from framecast_client.models import ApiKeyScope
from framecast_contract.contract import Contract
from framecast_contract.oracle.access import (
    API_KEY,
    UNKNOWN_KEY,
    Caller,
    Relation,
    credentials_answer,
    expected_refusals,
)
from framecast_contract.oracle.api_keys import broken_creation_rules, create_answer, works
from framecast_contract.oracle.owners import Person
from framecast_contract.oracle.teams import gate, reading_answer
from framecast_contract.oracle.words import OK
from framecast_contract.target.base import Target
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.answers import answer_to, as_json
from framecast_contract.workloads.teams import (
    ROLES,
    STANDINGS,
    Role,
    Standing,
    Team,
    join,
    known_as,
    roles_in,
    somebody,
    team_with,
)

OWNERS: Mapping[str, Callable[[Team, Persona], str]] = {
    "personal": lambda _, person: person.owner,
    "team": lambda team, _: team.urn,
    "own membership": lambda team, person: team.membership(person),
    "membership of another": lambda team, person: team.membership(
        team.member if person is team.owner else team.owner
    ),
    "team as if it were a person": lambda team, _: f"framecast:user:{team.id}",
    "team in capitals": lambda team, _: f"framecast:team:{team.id.upper()}",
    "membership the wrong way round": lambda team, person: f"framecast:{person.user_id}:{team.id}",
}


async def _asked(people: People, target: Target, person: Persona, known: Person, owner: str) -> None:
    """Ask for a key with that owner, and compare what comes of it with the oracle."""
    body = {"owner": owner, "scopes": ["generate"]}
    raw = people.raw_client(person.name, f"Bearer {person.token}")

    response = await raw.post("/v1/auth/keys", json=body)

    expected = create_answer(body, known, target.clock.now())
    kept = await person.client.list_api_keys()
    assert response.status_code == expected.status
    if expected.accepted:
        assert broken_creation_rules(body, known, response.json()) == []
        assert [as_json(key) for key in kept] == [response.json()["api_key"]]
        key = people.bearing(person, response.json()["raw_key"])
        assert (await key.client.get_whoami()).auth_method == "api_key"
    else:
        assert (response.json()["error"]["code"], kept) == (expected.code, [])


@pytest.mark.rule("KEY-11", "KEY-1", "OWNER-1", "OWNER-4", "OWNER-5", "INV-A7")
@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("standing", STANDINGS)
async def test_a_team_s_key_is_for_who_may_work_in_it(
    people: People, target: Target, standing: Standing, owner: str
) -> None:
    team = await team_with(people, "member")
    person = await somebody(people, team, standing)

    known = known_as(person, team, standing)
    await _asked(people, target, person, known, OWNERS[owner](team, person))


@pytest.mark.rule("INV-A6", "INV-A7", "OWNER-3", "KEY-11")
@pytest.mark.parametrize("owner", OWNERS)
async def test_a_starter_s_key_is_personal(people: People, target: Target, owner: str) -> None:
    team, starter = await team_with(people, "member"), await people.starter()

    known = Person(starter.user_id)
    await _asked(people, target, starter, known, OWNERS[owner](team, starter))


@pytest.mark.rule("KEY-11", "D-3")
async def test_a_key_of_no_team_at_all_is_refused(people: People, target: Target) -> None:
    team, nowhere = await team_with(people), people.uuid()

    for owner in (f"framecast:team:{nowhere}", f"framecast:{nowhere}:{team.owner.user_id}"):
        known = known_as(team.owner, team, "owner")
        await _asked(people, target, team.owner, known, owner)


async def _leave(team: Team, person: Persona) -> None:
    await person.client.leave_team(team.id)


async def _be_removed(team: Team, person: Persona) -> None:
    await team.owner.client.remove_member(team.id, person.user_id)


async def _see_it_deleted(team: Team, person: Persona) -> None:
    """The team goes with its other members gone and its ownership in the hands of the person."""
    await team.owner.client.update_member_role(team.id, person.user_id, "owner")
    await team.owner.client.leave_team(team.id)
    await person.client.delete_team(team.id)


WAYS_OUT = {"leaving": _leave, "removed": _be_removed, "team deleted": _see_it_deleted}


@pytest.mark.rule("INV-X4", "AUTH-4")
@pytest.mark.parametrize("way", WAYS_OUT)
async def test_a_membership_key_needs_the_membership(
    people: People, target: Target, contract: Contract, way: str
) -> None:
    team = await team_with(people, "member")
    person = team.member
    key = await people.key_of(person, "*", owner=team.membership(person))
    assert (await key.client.get_whoami()).user.id == (await person.client.get_account()).id

    await WAYS_OUT[way](team, person)

    answer = await answer_to(key.client, operations.get_whoami())
    assert answer == credentials_answer(contract.operation("get_whoami").access, Caller(UNKNOWN_KEY))
    (shown,) = await person.client.list_api_keys()
    assert not works(as_json(shown), target.clock.now(), known_as(person, team, "stranger"))
    assert shown.revoked_at is None


@pytest.mark.rule("INV-X4", "AUTH-9")
async def test_only_the_key_of_that_membership_dies(people: People, target: Target) -> None:
    team, other = await team_with(people, "member"), await team_with(people)
    person = team.member
    await join(people, other.owner, other.id, "member", person=person)
    owners = (person.owner, team.urn, other.urn, other.membership(person))
    keys = [await people.key_of(person, "*", owner=owner) for owner in owners]

    await person.client.leave_team(team.id)

    for shown in await person.client.list_api_keys():
        assert works(as_json(shown), target.clock.now(), known_as(person, other, "member"))
    for key in keys:
        assert (await key.client.get_whoami()).auth_method == "api_key"
        assert await answer_to(key.client, operations.get_team(team.id)) == reading_answer(None)


@pytest.mark.rule("INV-X4", "OWNER-5")
async def test_a_membership_key_lives_on_in_another_role(people: People, target: Target) -> None:
    team = await team_with(people, "member")
    key = await people.key_of(team.member, "*", owner=team.membership(team.member))

    await team.owner.client.update_member_role(team.id, team.member.user_id, "viewer")

    (shown,) = await team.member.client.list_api_keys()
    assert works(as_json(shown), target.clock.now(), known_as(team.member, team, "viewer"))
    assert (await key.client.get_team(team.id)).user_role == "viewer"


Asking = Callable[[Team], Request[Any]]
TEAM_OPERATIONS: Mapping[str, Asking] = {
    "list_teams": lambda _: operations.list_teams(),
    "get_team": lambda team: operations.get_team(team.id),
    "update_team": lambda team: operations.update_team(team.id, settings={"by": "key"}),
    "list_members": lambda team: operations.list_members(team.id),
    "update_member_role": lambda team: operations.update_member_role(team.id, team.member.user_id, "viewer"),
    "remove_member": lambda team: operations.remove_member(team.id, team.member.user_id),
    "list_invitations": lambda team: operations.list_invitations(team.id),
    "create_invitation": lambda team: operations.create_invitation(team.id, "guest@example.com"),
    "leave_team": lambda team: operations.leave_team(team.id),
}


@pytest.mark.rule("AUTH-9", "ACCESS-3", "ACCESS-4", "TEAM-10", "MEMBER-4", "INVITE-3")
@pytest.mark.parametrize("scope", ["team:read", "team:admin", "projects:write", "*"])
@pytest.mark.parametrize("role", ["admin", "member", "viewer"])
async def test_a_key_needs_both_the_scope_and_the_role(
    people: People, contract: Contract, scope: ApiKeyScope, role: Role
) -> None:
    team = await team_with(people, "member")
    person = await join(people, team.owner, team.id, role)
    key = await people.key_of(person, scope)

    for name, asking in TEAM_OPERATIONS.items():
        answer = await answer_to(key.client, asking(team))

        caller = Caller(API_KEY, tier="creator", scopes=frozenset({scope}))
        refused = expected_refusals(contract.operation(name).access, caller, Relation(role=role))
        assert answer in refused if refused else answer.accepted, name


@pytest.mark.rule("AUTH-9", "MEMBER-7", "ACCESS-4")
async def test_a_key_can_at_any_moment_what_its_user_can(people: People) -> None:
    team = await team_with(people, "viewer")
    key = await people.key_of(team.viewer, "*")
    roles: tuple[Role, ...] = ("admin", "viewer", "owner", "member")

    for role in roles:
        await team.owner.client.update_member_role(team.id, team.viewer.user_id, role)

        seen = await key.client.get_team(team.id)
        edited = await answer_to(key.client, operations.update_team(team.id, settings={"as": role}))
        assert (seen.user_role, edited) == (role, gate("update_team", role) or OK)

    await team.owner.client.remove_member(team.id, team.viewer.user_id)
    assert await answer_to(key.client, operations.get_team(team.id)) == reading_answer(None)


@pytest.mark.rule("AUTH-9", "ACCESS-2", "KEY-10")
async def test_a_starter_s_key_follows_its_user_into_a_team(people: People, contract: Contract) -> None:
    team, starter = await team_with(people), await people.starter()
    key = await people.key_of(starter, "artifacts:read")
    made = await team.owner.client.create_storyboard({"title": "Trailer"}, owner=team.urn)
    assert await key.client.list_artifacts() == []

    await join(people, team.owner, team.id, "viewer", person=starter)

    assert await key.client.list_artifacts() == [made]
    access = contract.operation("get_team").access
    caller = Caller(API_KEY, tier="creator", scopes=frozenset({"artifacts:read"}))
    refused = expected_refusals(access, caller, Relation(role="viewer"))
    assert await answer_to(key.client, operations.get_team(team.id)) in refused


@pytest.mark.rule("KEY-6", "KEY-11")
async def test_a_key_with_the_team_s_urn_is_its_user_s_alone(people: People) -> None:
    team = await team_with(people, "member")
    created = await team.member.client.create_api_key(owner=team.urn, scopes=["team:read"])

    calls: tuple[Callable[[FramecastClient], Awaitable[object]], ...] = (
        lambda client: client.get_api_key(created.api_key.id),
        lambda client: client.update_api_key(created.api_key.id, "ours"),
        lambda client: client.revoke_api_key(created.api_key.id),
    )
    for call in calls:
        with pytest.raises(NotFoundError):
            await call(team.owner.client)

    assert await team.owner.client.list_api_keys() == []
    assert await team.member.client.list_api_keys() == [created.api_key]


@pytest.mark.rule("ACCESS-4", "TEAM-1", "MEMBER-11")
@pytest.mark.parametrize("role", ROLES)
async def test_a_key_can_found_and_leave_teams(people: People, role: Role) -> None:
    team = await team_with(people, "member")
    person = await join(people, team.owner, team.id, role)
    key = await people.key_of(person, "team:admin")

    founded = await key.client.create_team("By machine")
    await key.client.leave_team(team.id)
    await key.client.delete_team(founded.id)

    assert person.user_id not in await roles_in(team.owner, team.id)
