"""Answering an invitation: from the mail to the membership, or not."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest

from framecast_client import operations
from framecast_contract.oracle.invitations import (
    acceptance_answer,
    broken_acceptance_rules,
    creation_answer,
    declining_answer,
)
from framecast_contract.oracle.members import broken_belonging_rules
from framecast_contract.oracle.teams import broken_personal_team_rules
from framecast_contract.target.base import Target
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.answers import all_as_json, answer_to, as_json
from framecast_contract.workloads.mail import mail_to
from framecast_contract.workloads.teams import addressed, join, roles_in, state_of, team_with


async def _newcomer(people: People) -> Persona:
    return people.unprovisioned("newcomer")


ARRIVALS: Mapping[str, Callable[[People], Awaitable[Persona]]] = {
    "newcomer": _newcomer,
    "starter": People.starter,
    "creator": People.creator,
}


@pytest.mark.needs("outbox")
@pytest.mark.rule("INVITE-1", "INVITE-9", "INVITE-10", "INV-U1", "INV-U2", "TEAM-13")
async def test_a_newcomer_goes_from_the_mail_to_the_membership(people: People, target: Target) -> None:
    team, newcomer = await team_with(people, name="Night Shift"), people.unprovisioned("newcomer")
    sent = as_json(await team.owner.client.create_invitation(team.id, newcomer.email, role="admin"))

    (mail,) = await mail_to(target, newcomer.email)
    assert sent["id"] in mail.text
    membership = as_json(await newcomer.client.accept_invitation(sent["id"]))

    assert broken_acceptance_rules(sent, membership, newcomer.user_id) == []
    own, joined = all_as_json(await newcomer.client.list_teams())
    assert broken_personal_team_rules(own) == []
    assert (joined["id"], joined["user_role"]) == (team.id, "admin")
    account = await newcomer.client.get_account()
    assert (account.email, account.tier) == (newcomer.email, "creator")
    await newcomer.client.create_invitation(team.id, "a-friend@example.com")


@pytest.mark.rule("INVITE-9", "INVITE-10", "INV-U1", "INV-U2", "INV-M4", "INV-M1", "ACCOUNT-5", "TEAM-13")
@pytest.mark.parametrize("role", ["admin", "member", "viewer"])
@pytest.mark.parametrize("arrival", ARRIVALS)
async def test_whoever_accepts_is_a_member_and_a_creator(people: People, arrival: str, role: Any) -> None:
    team, person = await team_with(people), await ARRIVALS[arrival](people)
    sent = as_json(await team.owner.client.create_invitation(team.id, person.email, role=role))

    membership = as_json(await person.client.accept_invitation(sent["id"]))

    assert broken_acceptance_rules(sent, membership, person.user_id) == []
    assert membership in all_as_json(await team.owner.client.list_members(team.id))
    assert await state_of(team, sent["id"]) == "accepted"
    account = as_json(await person.client.get_account())
    own, joined = all_as_json(await person.client.list_teams())
    assert broken_belonging_rules(account, 2) == broken_personal_team_rules(own) == []
    assert (account["tier"], joined["id"], joined["user_role"]) == ("creator", team.id, role)
    (welcome,) = await person.client.list_projects(own["id"])
    assert (welcome.name, welcome.status) == ("Welcome to Framecast", "draft")


@pytest.mark.rule("INVITE-9", "ACCOUNT-8")
async def test_accepting_changes_nothing_else_for_a_creator(people: People) -> None:
    team, person = await team_with(people), await people.creator()
    before, own = await person.client.get_account(), await person.client.list_teams()
    sent = await team.owner.client.create_invitation(team.id, person.email)

    await person.client.accept_invitation(sent.id)

    assert await person.client.get_account() == before
    assert [each for each in await person.client.list_teams() if str(each.id) != team.id] == own


@pytest.mark.rule("INVITE-11", "INV-U3", "INVITE-4")
async def test_a_declined_invitation_changes_nothing_and_may_be_repeated(people: People) -> None:
    team, starter = await team_with(people), await people.starter()
    before = await starter.client.get_account()
    first = await team.owner.client.create_invitation(team.id, starter.email)

    await starter.client.decline_invitation(first.id)

    assert await starter.client.get_account() == before
    assert await roles_in(team.owner, team.id) == {team.owner.user_id: "owner"}
    again = await team.owner.client.create_invitation(team.id, starter.email, role="viewer")
    assert (await state_of(team, first.id), await state_of(team, again.id)) == ("declined", "pending")
    assert (await starter.client.accept_invitation(again.id)).role == "viewer"


@pytest.mark.rule("INVITE-12")
async def test_an_invitation_is_answered_by_whom_it_is_for(people: People) -> None:
    team, invitee = await team_with(people, "admin"), await people.starter("invitee")
    stranger = await people.starter("stranger")
    sent = await team.owner.client.create_invitation(team.id, invitee.email)

    for _ in ("pending", "revoked"):
        for person in (stranger, team.admin, team.owner):
            accepted = await answer_to(person.client, operations.accept_invitation(sent.id))
            declined = await answer_to(person.client, operations.decline_invitation(sent.id))
            assert accepted == acceptance_answer("pending", for_caller=False)
            assert declined == declining_answer("pending", for_caller=False)
        await answer_to(team.owner.client, operations.revoke_invitation(team.id, sent.id))

    assert (await stranger.client.get_account()).tier == "starter"
    unknown = people.uuid()
    assert await answer_to(invitee.client, operations.accept_invitation(unknown)) == acceptance_answer(None)
    assert await answer_to(invitee.client, operations.decline_invitation(unknown)) == declining_answer(None)


@pytest.mark.rule("INVITE-5", "INVITE-9")
@pytest.mark.parametrize("spelling", [str, str.upper, str.title])
@pytest.mark.parametrize("local", ["o'hara+{}", "a.b_c-{}!#$%&*/=?^`|~", "{}"])
async def test_an_address_works_end_to_end_in_any_case(
    people: People, local: str, spelling: type[str]
) -> None:
    team = await team_with(people)
    email = f"{local.format(people.uuid()[:8])}@example.com"
    invitee = addressed(people, "invitee", email)

    sent = await team.owner.client.create_invitation(team.id, spelling(email))
    membership = await invitee.client.accept_invitation(sent.id)

    assert membership.user_email.casefold() == email.casefold()
    assert invitee.user_id in await roles_in(team.owner, team.id)


@pytest.mark.rule("INV-I8", "INV-M3", "INVITE-7")
async def test_whoever_is_in_the_team_cannot_join_once_more(people: People) -> None:
    team, person = await team_with(people), await people.starter()
    # Two addresses of one person: the second invitation goes to the one the account has only later.
    later = f"later-{person.email}"
    first = await team.owner.client.create_invitation(team.id, person.email)
    second = await team.owner.client.create_invitation(team.id, later, role="admin")
    await person.client.accept_invitation(first.id)
    moved = people.renewed(person, email=later)
    await moved.client.get_account()

    accepted = await answer_to(moved.client, operations.accept_invitation(second.id))
    invited = await answer_to(
        team.owner.client, operations.create_invitation(team.id, later.upper(), role="viewer")
    )

    assert accepted == acceptance_answer("pending", is_member=True)
    assert invited == creation_answer(
        {"email": later}, "owner", own_email=team.owner.email, member_emails=[later]
    )
    assert (await roles_in(team.owner, team.id))[person.user_id] == "member"


@pytest.mark.rule("INV-I6", "INVITE-9")
async def test_an_invitation_outlives_the_role_of_its_inviter(people: People) -> None:
    team, invitee = await team_with(people, "admin"), await people.starter("invitee")
    sent = await team.admin.client.create_invitation(team.id, invitee.email)
    await team.owner.client.remove_member(team.id, team.admin.user_id)

    await invitee.client.accept_invitation(sent.id)

    (listed,) = [each for each in await team.owner.client.list_invitations(team.id) if each.id == sent.id]
    assert listed == sent.model_copy(update={"state": "accepted"})
    await join(people, team.owner, team.id, "viewer", person=team.admin)
