"""How an invitation ends: answered, revoked, replaced or by itself after 7 days, and then for good."""

import pytest

from framecast_client import operations
from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.invitations import (
    LIFE,
    acceptance_answer,
    broken_invitation_list_rules,
    broken_invitation_transition,
    broken_resending_rules,
    declining_answer,
    resending_answer,
    revocation_answer,
)
from framecast_contract.target.base import Target
from framecast_contract.target.embedded import EmbeddedTarget
from framecast_contract.target.people import People
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_to, as_json
from framecast_contract.workloads.invitations import Sent, lead, sent_to_somebody
from framecast_contract.workloads.teams import renewed, roles_in, state_of

DAY = 24 * 60 * 60.0
WEEK = LIFE.total_seconds()


async def _nothing_works_any_more(sent: Sent, state: str) -> None:
    """Every further step is refused, and the invitation stays as it is."""
    team, invitee, invitation = sent.team, sent.invitee, sent.invitation.id
    before = await team.owner.client.list_invitations(team.id)
    member = invitee.user_id in await roles_in(team.owner, team.id)

    accepted = await answer_to(invitee.client, operations.accept_invitation(invitation))
    declined = await answer_to(invitee.client, operations.decline_invitation(invitation))
    revoked = await answer_to(team.owner.client, operations.revoke_invitation(team.id, invitation))
    resent = await answer_to(team.owner.client, operations.resend_invitation(team.id, invitation))

    assert accepted == acceptance_answer(state, is_member=member)
    assert declined == declining_answer(state)
    assert (revoked, resent) == (revocation_answer("owner", state), resending_answer("owner", state))
    assert await team.owner.client.list_invitations(team.id) == before
    assert await state_of(team, invitation) == state
    assert (invitee.user_id in await roles_in(team.owner, team.id)) == member


@pytest.mark.rule("INVITE-7", "INV-I3", "INV-I4", "INV-M3")
@pytest.mark.parametrize("state", ["accepted", "declined", "revoked"])
async def test_an_ended_invitation_stays_as_it_is(people: People, state: str) -> None:
    sent = await sent_to_somebody(people)
    before = as_json(sent.invitation)

    await lead(sent, state)

    await _nothing_works_any_more(sent, state)
    (after,) = all_as_json(await sent.team.owner.client.list_invitations(sent.team.id))
    assert broken_invitation_transition(before, after) == []
    assert after == {**before, "state": state}


@pytest.mark.rule("INVITE-4", "INVITE-5", "INVITE-7", "INV-I4")
@pytest.mark.parametrize("spelling", [str, str.upper])
async def test_inviting_again_replaces_the_pending_invitation(people: People, spelling: type[str]) -> None:
    sent = await sent_to_somebody(people)
    team, invitee = sent.team, sent.invitee

    again = await team.owner.client.create_invitation(team.id, spelling(invitee.email), role="viewer")

    assert again.id != sent.invitation.id
    listed = all_as_json(await team.owner.client.list_invitations(team.id))
    assert broken_invitation_list_rules(listed) == []
    assert [(each["id"], each["state"]) for each in listed] == [
        (str(again.id), "pending"), (str(sent.invitation.id), "revoked"),
    ]  # fmt: skip
    await _nothing_works_any_more(sent, "revoked")
    assert (await invitee.client.accept_invitation(again.id)).role == "viewer"


@pytest.mark.needs("clock")
@pytest.mark.rule("INVITE-16", "INVITE-7", "INV-I9", "INV-TIME4")
async def test_an_invitation_expires_after_seven_days(people: People, target: Target) -> None:
    sent = await sent_to_somebody(people)
    await pass_time(WEEK - 60)
    sent = sent._replace(team=renewed(people, sent.team), invitee=people.renewed(sent.invitee))
    listed = all_as_json(await sent.team.owner.client.list_invitations(sent.team.id))
    assert broken_invitation_list_rules(listed, now=target.clock.now()) == []
    assert listed == [as_json(sent.invitation)]

    await pass_time(61)

    await _nothing_works_any_more(sent, "expired")
    (after,) = all_as_json(await sent.team.owner.client.list_invitations(sent.team.id, state="expired"))
    assert after == {**as_json(sent.invitation), "state": "expired"}
    again = await sent.team.owner.client.create_invitation(sent.team.id, sent.invitee.email)
    assert await state_of(sent.team, sent.invitation.id) == "expired"
    await sent.invitee.client.accept_invitation(again.id)


@pytest.mark.needs("clock")
@pytest.mark.rule("INVITE-8", "INVITE-16")
async def test_resending_gives_seven_days_from_now(people: People, target: Target) -> None:
    sent = await sent_to_somebody(people)
    await pass_time(6 * DAY)
    team = renewed(people, sent.team)

    resent = await team.owner.client.resend_invitation(team.id, sent.invitation.id)

    before, after, now = as_json(sent.invitation), as_json(resent), target.clock.now()
    assert broken_resending_rules(before, after, now) == []
    assert after == {**before, "expires_at": after["expires_at"]}
    assert await team.owner.client.list_invitations(team.id) == [resent]
    await pass_time(6 * DAY)
    invitee = people.renewed(sent.invitee)
    assert (await invitee.client.accept_invitation(sent.invitation.id)).role == "member"


@pytest.mark.needs("faults", "outbox")
@pytest.mark.rule("INVITE-17", "INVITE-8")
async def test_an_invitation_stands_without_its_mail(people: People, target: EmbeddedTarget) -> None:
    target.doubles.mail.down(times=10)
    sent = await sent_to_somebody(people)
    await target.settle()
    assert await target.outbox() == []

    await sent.team.owner.client.resend_invitation(sent.team.id, sent.invitation.id)

    assert await state_of(sent.team, sent.invitation.id) == "pending"
    await sent.invitee.client.accept_invitation(sent.invitation.id)


@pytest.mark.rule("INVITE-8", "INV-I9")
async def test_resending_at_once_takes_nothing_away(people: People) -> None:
    sent = await sent_to_somebody(people)

    resent = await sent.team.owner.client.resend_invitation(sent.team.id, sent.invitation.id)

    before, after = as_json(sent.invitation), as_json(resent)
    now = instant(before["created_at"])
    assert now is not None
    assert broken_resending_rules(before, after, now, slack=60) == []
