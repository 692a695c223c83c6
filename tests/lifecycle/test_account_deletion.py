"""Deleting an account: who may, what goes along, what stays with the teams, and how one comes back."""

from collections.abc import Mapping

import pytest

from framecast_client import AuthError, FramecastClient, NotFoundError, operations
from framecast_contract.contract import Contract
from framecast_contract.oracle.access import UNKNOWN_KEY, Caller, credentials_answer
from framecast_contract.oracle.account_deletion import broken_return_rules, deletion_answer
from framecast_contract.oracle.invitations import acceptance_answer, declining_answer
from framecast_contract.oracle.members import Seat, broken_member_list_rules
from framecast_contract.oracle.words import NOT_FOUND
from framecast_contract.target.base import Target
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.answers import all_as_json, answer_to, as_json
from framecast_contract.workloads.belongings import MODEL
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard
from framecast_contract.workloads.teams import Role, join, roles_in, team_ids, team_with

ALONE = Seat("owner", owners=1, members=1)


async def _belongings(person: Persona) -> tuple[object, ...]:
    """What somebody has, as far as a refused deletion could have touched it."""
    teams = await person.client.list_teams()
    return (
        await person.client.get_account(),
        teams,
        [await person.client.list_members(team.id) for team in teams],
        [await person.client.list_invitations(team.id) for team in teams],
        await person.client.list_api_keys(),
        await person.client.list_conversations(),
        await person.client.list_artifacts(),
    )


@pytest.mark.rule("ACCOUNT-12", "INV-T2", "CARD-1")
async def test_the_only_owner_of_a_team_with_others_stays_and_keeps_everything(people: People) -> None:
    team = await team_with(people, "admin")
    owner = team.owner.client
    key = await people.key_of(team.owner, "team:read", owner=team.urn)
    await owner.create_invitation(team.id, "guest@example.com")
    await owner.create_conversation(MODEL)
    await owner.create_storyboard({"title": "Trailer"})
    before = await _belongings(team.owner)

    answer = await answer_to(owner, operations.delete_account())

    assert answer == deletion_answer([ALONE, Seat("owner", owners=1, members=2)])
    assert await _belongings(team.owner) == before
    assert len(await key.client.list_teams()) == 2


SEATS: Mapping[Role, Seat] = {
    "owner": Seat("owner", owners=2, members=3),
    "admin": Seat("admin", owners=1, members=3),
    "member": Seat("member", owners=1, members=3),
    "viewer": Seat("viewer", owners=1, members=3),
}


@pytest.mark.rule("ACCOUNT-12", "INV-M5", "INV-T2", "INV-A1")
@pytest.mark.parametrize("role", SEATS)
async def test_everybody_else_vanishes_from_the_teams(people: People, role: Role) -> None:
    team, seat = await team_with(people), SEATS[role]
    person = await join(people, team.owner, team.id, role)
    witness = await join(people, team.owner, team.id, "viewer")

    answer = await answer_to(person.client, operations.delete_account())

    assert answer == deletion_answer([ALONE, seat])
    listed = all_as_json(await witness.client.list_members(team.id))
    assert broken_member_list_rules(listed, team.id, deleted={person.user_id}) == []
    assert {each["user_id"] for each in listed} == {team.owner.user_id, witness.user_id}


@pytest.mark.rule("ACCOUNT-12", "INV-U3")
async def test_a_starter_may_go(people: People) -> None:
    person = await people.starter()

    assert await answer_to(person.client, operations.delete_account()) == deletion_answer([])


@pytest.mark.rule("ACCOUNT-12", "INV-T2")
async def test_the_only_owner_may_go_once_there_is_another(people: People) -> None:
    team = await team_with(people, "member")
    await team.owner.client.update_member_role(team.id, team.member.user_id, "owner")

    await team.owner.client.delete_account()

    assert await roles_in(team.member, team.id) == {team.member.user_id: "owner"}


@pytest.mark.rule("ACCOUNT-13", "INV-I5", "INV-M6", "TEAM-12", "INV-T1")
async def test_teams_of_one_go_with_their_only_member(people: People) -> None:
    team, guest = await team_with(people), await people.creator("guest")
    slug = (await team.owner.client.get_team(team.id)).slug
    sent = [
        await team.owner.client.create_invitation(each, guest.email) for each in await team_ids(team.owner)
    ]
    assert len(sent) == 2

    await team.owner.client.delete_account()

    for invitation in sent:
        accepted = await answer_to(guest.client, operations.accept_invitation(invitation.id))
        declined = await answer_to(guest.client, operations.decline_invitation(invitation.id))
        assert (accepted, declined) == (acceptance_answer(None), declining_answer(None))
    with pytest.raises(NotFoundError):
        await guest.client.get_team(team.id)
    assert (await guest.client.create_team("Heirs", slug=slug)).slug == slug


@pytest.mark.rule("INV-A1", "AUTH-4")
@pytest.mark.parametrize("tier", ["starter", "creator"])
async def test_all_keys_of_a_deleted_account_die(people: People, contract: Contract, tier: str) -> None:
    person = await (people.starter() if tier == "starter" else people.creator())
    keys = [await people.key_of(person, "generate"), await people.key_of(person, "jobs:read")]

    await person.client.delete_account()

    expected = credentials_answer(contract.operation("get_whoami").access, Caller(UNKNOWN_KEY))
    for key in keys:
        assert await answer_to(key.client, operations.get_whoami()) == expected


@pytest.mark.rule("ACCOUNT-14", "OWNER-7")
async def test_what_a_team_owns_stays_when_its_maker_goes(people: People) -> None:
    team = await team_with(people, "member", "viewer")
    made = await team.member.client.create_storyboard({"title": "Trailer"}, owner=team.urn)
    invitation = await team.owner.client.create_invitation(team.id, "guest@example.com")

    await team.member.client.delete_account()

    assert await team.viewer.client.list_artifacts() == [made]
    assert await team.viewer.client.get_artifact(made.id) == made
    assert invitation in await team.owner.client.list_invitations(team.id)


@pytest.mark.needs("credits", "renders")
@pytest.mark.rule("ACCOUNT-14", "OWNER-7", "CREDIT-3", "ACCESS-7")
async def test_a_job_of_the_team_goes_on_when_its_maker_goes(people: People, back_end: RenderBackEnd) -> None:
    team = await team_with(people, "member", "viewer", credits=100)
    done, active = [
        await team.member.client.create_job(storyboard(10), owner=team.urn) for _ in ("done", "active")
    ]
    await back_end.start(done.id)
    await back_end.complete(done.id)

    await team.member.client.delete_account()

    listed = {job.id: job.status for job in await team.viewer.client.list_jobs()}
    assert listed == {done.id: "completed", active.id: "queued"}
    canceled = await team.owner.client.cancel_job(active.id)
    assert str(canceled.triggered_by) == team.member.user_id
    assert await team.balance() == 100 - 20 + canceled.credits_refunded


async def _return(target: Target, person: Persona) -> FramecastClient | None:
    """Come back with the session of a deleted account: to a new account, or to nothing if it is refused.

    Not recorded: what follows are reads of another account with the same id, and the judge of histories would
    compare them with those of the first.
    """
    client = FramecastClient(target.base_url, person.token, transport=target.transport())
    try:
        account = as_json(await client.get_account())
    except AuthError:
        await client.aclose()
        return None
    assert broken_return_rules(account, user_id=person.user_id, email=person.email) == []
    return client


@pytest.mark.rule("ACCOUNT-15", "INV-C2", "INV-A1")
@pytest.mark.parametrize("tier", ["starter", "creator"])
async def test_a_session_of_a_deleted_account_finds_nothing_of_it(
    people: People, target: Target, tier: str
) -> None:
    person = await (people.starter() if tier == "starter" else people.creator())
    await person.client.update_account(name="Ada")
    await people.key_of(person, "generate")
    conversation = await person.client.create_conversation(MODEL)
    artifact = await person.client.create_storyboard({"title": "Mine"})

    await person.client.delete_account()

    client = await _return(target, person)
    if client is None:
        return  # refused: nothing can be found that way
    async with client:
        assert await client.list_api_keys() == []
        assert [*await client.list_conversations(), *await client.list_artifacts()] == []
        for request in (
            operations.list_messages(conversation.id),
            operations.get_conversation(conversation.id),
            operations.get_artifact(artifact.id),
        ):
            assert await answer_to(client, request) == NOT_FOUND


@pytest.mark.rule("ACCOUNT-15", "INVITE-9", "INVITE-10", "TEAM-13")
async def test_a_deleted_member_may_be_invited_and_come_back(people: People, target: Target) -> None:
    team = await team_with(people, "member")
    await team.member.client.delete_account()
    invitation = await team.owner.client.create_invitation(team.id, team.member.email, role="viewer")

    client = await _return(target, team.member)

    if client is None:
        return
    async with client:
        await client.accept_invitation(invitation.id)
        names = [(each.name, each.user_role) for each in await client.list_teams()]
        assert names == [("My Team", "owner"), ("Studio", "viewer")]
    assert (await roles_in(team.owner, team.id))[team.member.user_id] == "viewer"


@pytest.mark.rule("ACCOUNT-1", "INVITE-9")
async def test_an_address_is_free_again_after_its_account_is_gone(people: People) -> None:
    person = await people.creator()
    team = await team_with(people)
    await person.client.delete_account()
    heir = people.unprovisioned("heir", email=person.email)

    account = await heir.client.get_account()

    assert (account.email, str(account.id), account.tier) == (person.email, heir.user_id, "starter")
    invitation = await team.owner.client.create_invitation(team.id, person.email)
    await heir.client.accept_invitation(invitation.id)
    assert heir.user_id in await roles_in(team.owner, team.id)
