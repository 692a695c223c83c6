"""Members: who may change whose role, remove whom and leave, and that a team never is without an owner."""

from typing import Any

import pytest

from framecast_client import operations
from framecast_contract.oracle.members import (
    Seat,
    broken_belonging_rules,
    broken_member_list_rules,
    broken_member_transition,
    broken_profile_rules,
    leaving_answer,
    removal_answer,
    role_change_answer,
)
from framecast_contract.oracle.teams import broken_team_set, gate, reading_answer, update_answer
from framecast_contract.oracle.words import OK
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.answers import all_as_json, answer_of, answer_to, as_json
from framecast_contract.workloads.teams import (
    ROLES,
    STANDINGS,
    Role,
    Standing,
    Team,
    another,
    join,
    only_here,
    role_in,
    roles_in,
    somebody,
    team_ids,
    team_with,
)


@pytest.mark.rule("MEMBER-2", "MEMBER-4", "MEMBER-5", "MEMBER-6", "MEMBER-7", "INV-T2")
@pytest.mark.parametrize("target_standing", STANDINGS)
@pytest.mark.parametrize("actor_standing", STANDINGS)
async def test_who_may_give_whom_which_role(
    people: People, actor_standing: Standing, target_standing: Standing
) -> None:
    team = await team_with(people)
    actor, target = (
        await somebody(people, team, actor_standing),
        await another(people, team, target_standing),
    )
    before = await roles_in(team.owner, team.id)
    owners = [*before.values()].count("owner")

    for role in ROLES:
        request = operations.update_member_role(team.id, target.user_id, role)
        answer = await answer_to(actor.client, request)

        assert answer == role_change_answer(
            {"role": role}, role_in(actor_standing), role_in(target_standing), owners=owners
        )
        changed = {target.user_id: role} if answer.accepted else {}
        assert await roles_in(team.owner, team.id) == {**before, **changed}
        if answer.accepted:
            await team.owner.client.update_member_role(team.id, target.user_id, before[target.user_id])  # type: ignore[arg-type]  # a role of the list


@pytest.mark.rule("MEMBER-2", "MEMBER-4", "MEMBER-5", "MEMBER-6", "INV-T2")
@pytest.mark.parametrize("target_standing", STANDINGS)
@pytest.mark.parametrize("actor_standing", STANDINGS)
async def test_who_may_remove_whom(
    people: People, actor_standing: Standing, target_standing: Standing
) -> None:
    team = await team_with(people)
    actor, target = (
        await somebody(people, team, actor_standing),
        await another(people, team, target_standing),
    )
    before = await roles_in(team.owner, team.id)

    answer = await answer_to(actor.client, operations.remove_member(team.id, target.user_id))

    owners = [*before.values()].count("owner")
    assert answer == removal_answer(role_in(actor_standing), role_in(target_standing), owners=owners)
    gone = {target.user_id} if answer.accepted else set()
    expected = {user: role for user, role in before.items() if user not in gone}
    assert await roles_in(team.owner, team.id) == expected


@pytest.mark.rule("MEMBER-3")
@pytest.mark.parametrize("standing", STANDINGS)
async def test_nobody_changes_or_removes_oneself(people: People, standing: Standing) -> None:
    team = await team_with(people, "member")
    person, role = await somebody(people, team, standing), role_in(standing)
    before = await team.owner.client.list_members(team.id)

    for team_id in (team.id, people.uuid()):
        changed = await answer_to(
            person.client, operations.update_member_role(team_id, person.user_id, "viewer")
        )
        removed = await answer_to(person.client, operations.remove_member(team_id, person.user_id))

        assert changed == role_change_answer({"role": "viewer"}, role, role, on_self=True)
        assert removed == removal_answer(role, role, on_self=True)
    assert await team.owner.client.list_members(team.id) == before


@pytest.mark.rule("INV-M2", "MEMBER-4")
@pytest.mark.parametrize("standing", ["owner", "stranger"])
@pytest.mark.parametrize(
    "body",
    [{"role": "boss"}, {"role": "Owner"}, {"role": ""}, {"role": None}, {"role": 1}, {"role": ["admin"]},
     {}, [], None, "admin", {"role": "admin", "id": "x", "user_id": "y", "color": "red"}],
    ids=str,
)  # fmt: skip
async def test_a_role_is_one_of_four(people: People, standing: Standing, body: Any) -> None:
    team = await team_with(people, "member")
    actor = await somebody(people, team, standing)

    raw = people.raw_client(actor.name, f"Bearer {actor.token}")
    answer = await answer_of(raw.patch(f"/v1/teams/{team.id}/members/{team.member.user_id}", json=body))

    assert answer == role_change_answer(body, role_in(standing), "member")
    role = body["role"] if answer.accepted else "member"
    assert (await roles_in(team.owner, team.id))[team.member.user_id] == role


@pytest.mark.rule("MEMBER-2")
async def test_a_team_one_is_not_in_and_no_team_at_all_look_alike(people: People) -> None:
    team, stranger = await team_with(people, "member"), await people.creator("stranger")

    for team_id in (team.id, people.uuid()):
        listed = await answer_to(stranger.client, operations.list_members(team_id))
        changed = await answer_to(
            stranger.client, operations.update_member_role(team_id, team.member.user_id, "viewer")
        )
        removed = await answer_to(stranger.client, operations.remove_member(team_id, team.member.user_id))

        assert listed == gate("list_members", None)
        assert changed == role_change_answer({"role": "viewer"}, None, None)
        assert removed == removal_answer(None, None)


@pytest.mark.rule("MEMBER-6")
async def test_whoever_does_not_exist_is_not_in_the_team(people: People) -> None:
    owner, nobody = await people.creator("owner"), people.uuid()
    (team,) = await owner.client.list_teams()

    changed = await answer_to(owner.client, operations.update_member_role(team.id, nobody, "admin"))
    removed = await answer_to(owner.client, operations.remove_member(team.id, nobody))

    assert changed == role_change_answer({"role": "admin"}, "owner", None)
    assert removed == removal_answer("owner", None)


@pytest.mark.rule("MEMBER-7", "TEAM-5", "TEAM-10")
async def test_a_new_role_counts_at_once(people: People) -> None:
    team = await team_with(people, "viewer")
    person = team.viewer
    steps: tuple[Role, ...] = ("admin", "member", "owner", "viewer")
    last = next(each for each in await team.owner.client.list_members(team.id) if each.role == "viewer")

    for role in steps:
        changed = await team.owner.client.update_member_role(team.id, person.user_id, role)

        assert changed == last.model_copy(update={"role": role})
        assert broken_member_transition(as_json(last), as_json(changed)) == []
        assert (await person.client.get_team(team.id)).user_role == role
        edited = await answer_to(person.client, operations.update_team(team.id, settings={"by": role}))
        assert edited == update_answer({"settings": {"by": role}}, role)
        last = changed


@pytest.mark.rule("MEMBER-1", "INV-M1", "INV-M3")
async def test_members_are_listed_by_role_then_by_name_the_nameless_last(people: People) -> None:
    team = await team_with(people)
    await team.owner.client.update_account(name="Mia")
    arriving: tuple[tuple[Role, str | None], ...] = (
        ("viewer", None), ("viewer", "Ada"), ("admin", None), ("member", "Zoe"), ("owner", "Ben"),
        ("member", "Cem"), ("admin", "Yan"), ("owner", None), ("viewer", "Dan"), ("admin", "Eve"),
    )  # fmt: skip
    for role, name in arriving:
        person = await join(people, team.owner, team.id, role)
        await person.client.update_account(name=name)

    listed = await team.owner.client.list_members(team.id)

    assert [(member.role, member.user_name) for member in listed] == [
        ("owner", "Ben"), ("owner", "Mia"), ("owner", None),
        ("admin", "Eve"), ("admin", "Yan"), ("admin", None),
        ("member", "Cem"), ("member", "Zoe"),
        ("viewer", "Ada"), ("viewer", "Dan"), ("viewer", None),
    ]  # fmt: skip
    assert broken_member_list_rules(all_as_json(listed), team.id) == []


@pytest.mark.rule("MEMBER-1")
@pytest.mark.parametrize("role", ROLES)
async def test_every_member_sees_the_same_members(people: People, role: Role) -> None:
    team = await team_with(people, "admin", "member", "viewer")

    listed = await team.people[role].client.list_members(team.id)

    assert listed == await team.owner.client.list_members(team.id)
    assert {str(member.user_id): member.role for member in listed} == {
        person.user_id: role for role, person in team.people.items()
    }


@pytest.mark.rule("MEMBER-12", "INV-M4", "INV-U3")
async def test_a_member_is_shown_with_the_profile_of_the_account(people: People) -> None:
    team = await team_with(people, "viewer")

    for profile in ({"name": "Ada", "avatar_url": "https://example.com/ada.png"}, {"name": None}):
        account = as_json(await team.viewer.client.update_account(**profile))

        (_, shown) = all_as_json(await team.owner.client.list_members(team.id))
        assert broken_profile_rules(shown, account) == []


async def _with_one_artifact(people: People) -> tuple[Team, str]:
    """A team with a member, and the id of a storyboard that the team owns."""
    team = await team_with(people, "member")
    made = await team.owner.client.create_storyboard({"title": "Trailer"}, owner=team.urn)
    return team, str(made.id)


async def _sees(person: Persona, team: Team, artifact: str) -> bool:
    """Whether somebody sees the team and what it owns; anything in between is wrong."""
    listed = [str(each.id) for each in await person.client.list_artifacts()] == [artifact]
    opened = await answer_to(person.client, operations.get_team(team.id))
    assert (team.id in await team_ids(person), opened == OK) == (listed, listed)
    return listed


@pytest.mark.rule("MEMBER-8", "OWNER-7", "TEAM-6")
@pytest.mark.parametrize("way", ["removed", "leaving"])
async def test_whoever_is_gone_sees_nothing_of_the_team_and_may_be_invited_again(
    people: People, way: str
) -> None:
    team, artifact = await _with_one_artifact(people)
    person = team.member
    assert await _sees(person, team, artifact)

    if way == "removed":
        await team.owner.client.remove_member(team.id, person.user_id)
    else:
        await person.client.leave_team(team.id)

    assert await roles_in(team.owner, team.id) == {team.owner.user_id: "owner"}
    assert not await _sees(person, team, artifact)
    assert await answer_to(person.client, operations.get_team(team.id)) == reading_answer(None)
    assert await answer_to(person.client, operations.list_members(team.id)) == gate("list_members", None)
    await join(people, team.owner, team.id, "viewer", person=person)
    assert await roles_in(person, team.id) == {team.owner.user_id: "owner", person.user_id: "viewer"}
    assert await _sees(person, team, artifact)


@pytest.mark.rule("INV-U2", "MEMBER-8")
async def test_nobody_is_removed_from_the_only_team(people: People) -> None:
    team = await team_with(people, "admin")
    person = await only_here(people, team, "member")
    before = await team.owner.client.list_members(team.id)

    for actor in (team.owner, team.admin):
        answer = await answer_to(actor.client, operations.remove_member(team.id, person.user_id))
        assert answer == removal_answer(_role_of(actor, team), "member", target_memberships=1)

    assert await team.owner.client.list_members(team.id) == before
    account = as_json(await person.client.get_account())
    assert broken_belonging_rules(account, len(await team_ids(person))) == []
    await person.client.create_team("A place of my own")
    await team.admin.client.remove_member(team.id, person.user_id)


def _role_of(actor: Persona, team: Team) -> str:
    return next(role for role, person in team.people.items() if person is actor)


@pytest.mark.rule("INV-U2", "MEMBER-10")
@pytest.mark.parametrize("role", ROLES)
async def test_nobody_leaves_the_only_team(people: People, role: Role) -> None:
    team = await team_with(people)
    person = await only_here(people, team, role)

    answer = await answer_to(person.client, operations.leave_team(team.id))

    assert answer == leaving_answer(Seat(role, owners=2, members=2), memberships=1)
    assert await team_ids(person) == {team.id}
    assert person.user_id in await roles_in(team.owner, team.id)


@pytest.mark.rule("MEMBER-9", "MEMBER-10", "INV-T2", "CARD-1")
@pytest.mark.parametrize("standing", STANDINGS)
async def test_everybody_may_leave_but_the_last_owner(people: People, standing: Standing) -> None:
    team = await team_with(people, "viewer")
    person, role = await somebody(people, team, standing), role_in(standing)
    before = await roles_in(team.viewer, team.id)
    seat = Seat(role, owners=1, members=len(before)) if role else None

    answer = await answer_to(person.client, operations.leave_team(team.id))

    assert answer == leaving_answer(seat)
    assert (team.id in await team_ids(person)) == (role is not None and not answer.accepted)
    witness = team.owner if standing == "viewer" else team.viewer
    gone = {person.user_id} if answer.accepted else set()
    expected = {user: its_role for user, its_role in before.items() if user not in gone}
    assert await roles_in(witness, team.id) == expected


@pytest.mark.rule("MEMBER-10", "INV-T2", "CARD-1")
async def test_an_owner_may_leave_once_there_is_another(people: People) -> None:
    team = await team_with(people, "admin", "viewer")
    refused = await answer_to(team.owner.client, operations.leave_team(team.id))
    assert refused == leaving_answer(Seat("owner", owners=1, members=3))

    await team.owner.client.update_member_role(team.id, team.admin.user_id, "owner")
    await team.owner.client.leave_team(team.id)

    left = await roles_in(team.viewer, team.id)
    assert left == {team.admin.user_id: "owner", team.viewer.user_id: "viewer"}
    refused = await answer_to(team.admin.client, operations.leave_team(team.id))
    assert refused == leaving_answer(Seat("owner", owners=1, members=2))


@pytest.mark.rule("MEMBER-9")
async def test_a_team_that_does_not_exist_cannot_be_left(people: People) -> None:
    person = await people.creator()

    assert await answer_to(person.client, operations.leave_team(people.uuid())) == leaving_answer(None)


@pytest.mark.rule("MEMBER-11", "INV-T1", "INV-M6", "INV-I5")
async def test_a_team_ends_when_its_only_member_leaves(people: People) -> None:
    team, guest = await team_with(people), await people.creator("guest")
    invitation = await team.owner.client.create_invitation(team.id, guest.email)
    slug = (await team.owner.client.get_team(team.id)).slug
    others = await team_ids(team.owner) - {team.id}

    await team.owner.client.leave_team(team.id)

    gone = reading_answer(None, exists=False)
    for person in (team.owner, guest):
        assert await answer_to(person.client, operations.get_team(team.id)) == gone
    assert await answer_to(guest.client, operations.accept_invitation(invitation.id)) == gone
    assert broken_team_set(all_as_json(await team.owner.client.list_teams()), others) == []
    assert (await guest.client.create_team("Heirs", slug=slug)).slug == slug


@pytest.mark.rule("INV-U3", "INV-M4")
async def test_an_invited_starter_is_no_member_yet(people: People) -> None:
    team, starter = await team_with(people), await people.starter()
    await team.owner.client.create_invitation(team.id, starter.email)

    assert await roles_in(team.owner, team.id) == {team.owner.user_id: "owner"}
    assert (await starter.client.get_account()).tier == "starter"
