"""Invitations: who sends them to whom, how they are listed, resent to the mailbox, and managed."""

from collections.abc import Mapping
from typing import Any

import pytest

from framecast_client import operations
from framecast_contract.oracle.invitations import (
    LIFE,
    STATES,
    broken_creation_rules,
    broken_invitation_list_rules,
    creation_answer,
    listing_answer,
    resending_answer,
    revocation_answer,
)
from framecast_contract.target.base import Target
from framecast_contract.target.people import People
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_of, answer_to
from framecast_contract.workloads.invitations import Sent, lead, sent_to_somebody
from framecast_contract.workloads.mail import mail_to
from framecast_contract.workloads.teams import (
    STANDINGS,
    Standing,
    Team,
    renewed,
    role_in,
    somebody,
    state_of,
    team_ids,
    team_with,
)

LONG = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{{0}}.example.com"
# {owner}, {OWNER}, {member}, {MEMBER} stand for addresses, in capitals where they are.
NEW_INVITATIONS: Mapping[str, Any] = {
    "an address": {"email": "guest@example.com"},
    "no role": {"email": "guest@example.com", "role": None},
    "an admin": {"email": "guest@example.com", "role": "admin"},
    "a member": {"email": "guest@example.com", "role": "member"},
    "a viewer": {"email": "guest@example.com", "role": "viewer"},
    "an Irish name": {"email": "o'hara@example.com"},
    "signs that addresses allow": {"email": "a.b+c_d-e!#$%&*/=?^`{|}~@sub.example.co.uk"},
    "capitals": {"email": "Guest.One@Example.COM"},
    "255 characters": {"email": LONG.format("d" * 50)},
    "what cannot be set": {
        "email": "guest@example.com", "state": "accepted", "expires_at": "2100-01-01T00:00:00Z",
        "invited_by": "7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11", "color": "red",
    },
    "an owner": {"email": "guest@example.com", "role": "owner"},
    "an unknown role": {"email": "guest@example.com", "role": "boss"},
    "a role in capitals": {"email": "guest@example.com", "role": "Admin"},
    "a role that is a number": {"email": "guest@example.com", "role": 1},
    "oneself": {"email": "{owner}"},
    "oneself in capitals": {"email": "{OWNER}"},
    "a member of the team": {"email": "{member}"},
    "a member of the team in capitals": {"email": "{MEMBER}", "role": "viewer"},
    "no address": {"role": "viewer"},
    "null": {"email": None},
    "an empty address": {"email": ""},
    "no at": {"email": "guest.example.com"},
    "nothing before the at": {"email": "@example.com"},
    "nothing behind the at": {"email": "guest@"},
    "two ats": {"email": "guest@home@example.com"},
    "a space": {"email": "gu est@example.com"},
    "two addresses": {"email": "guest@example.com,other@example.com"},
    "256 characters": {"email": LONG.format("d" * 51)},
    "U+0000": {"email": "gu\0est@example.com"},
    "a number": {"email": 5},
    "an array": [],
    "no body": None,
}  # fmt: skip


def _filled(wish: Any, team: Team) -> Any:
    if not isinstance(wish, dict) or not isinstance(wish.get("email"), str):
        return wish
    people = {role: person.email for role, person in team.people.items()}
    known = people | {role.upper(): email.upper() for role, email in people.items()}
    return {**wish, "email": known.get(wish["email"].strip("{}"), wish["email"])}


@pytest.mark.rule("INVITE-1", "INVITE-2", "INVITE-5", "INVITE-15", "INV-I1", "INV-I2", "INV-I6", "INV-I7")
@pytest.mark.rule("INV-I8", "INV-I9", "INV-TIME4")
@pytest.mark.parametrize("wish", NEW_INVITATIONS)
async def test_an_invitation_is_sent_as_asked_or_refused(people: People, wish: str) -> None:
    team = await team_with(people, "member")
    body = _filled(NEW_INVITATIONS[wish], team)
    before = await team.owner.client.list_invitations(team.id)

    raw = people.raw_client("owner", f"Bearer {team.owner.token}")
    response = await raw.post(f"/v1/teams/{team.id}/invitations", json=body)

    expected = creation_answer(body, "owner", own_email=team.owner.email, member_emails=[team.member.email])
    after = await team.owner.client.list_invitations(team.id)
    assert response.status_code == expected.status
    if not expected.accepted:
        assert (response.json()["error"]["code"], after) == (expected.code, before)
        return
    made = response.json()
    faults = broken_creation_rules(body, made, team_id=team.id, caller_id=team.owner.user_id)
    assert faults == []
    assert [each for each in all_as_json(after) if each not in all_as_json(before)] == [made]


@pytest.mark.rule("INVITE-3")
@pytest.mark.parametrize("standing", STANDINGS)
async def test_who_may_invite_and_see_resend_and_revoke_invitations(
    people: People, standing: Standing
) -> None:
    team, email = await team_with(people), "guest@example.com"
    person, role = await somebody(people, team, standing), role_in(standing)
    sent = await team.owner.client.create_invitation(team.id, "somebody@example.com")

    invited = await answer_to(person.client, operations.create_invitation(team.id, email))
    listed = await answer_to(person.client, operations.list_invitations(team.id))
    resent = await answer_to(person.client, operations.resend_invitation(team.id, sent.id))
    revoked = await answer_to(person.client, operations.revoke_invitation(team.id, sent.id))

    assert invited == creation_answer({"email": email}, role, own_email=person.email)
    assert listed == listing_answer(role)
    assert resent == resending_answer(role, "pending")
    assert revoked == revocation_answer(role, "pending")
    assert await state_of(team, sent.id) == ("revoked" if revoked.accepted else "pending")


@pytest.mark.rule("INVITE-3", "INV-I7")
async def test_a_team_that_does_not_exist_is_no_place_to_invite_to(people: People) -> None:
    person, nowhere, email = await people.creator(), people.uuid(), "guest@example.com"

    invited = await answer_to(person.client, operations.create_invitation(nowhere, email))
    oneself = await answer_to(person.client, operations.create_invitation(nowhere, person.email))
    listed = await answer_to(person.client, operations.list_invitations(nowhere))
    revoked = await answer_to(person.client, operations.revoke_invitation(nowhere, people.uuid()))

    assert invited == creation_answer({"email": email}, None, own_email=person.email)
    assert oneself == creation_answer({"email": person.email}, None, own_email=person.email)
    assert (listed, revoked) == (listing_answer(None), revocation_answer(None, None))


@pytest.mark.rule("INVITE-18")
async def test_an_invitation_is_managed_by_its_own_team(people: People) -> None:
    team, other = await team_with(people), await team_with(people)
    sent = await other.owner.client.create_invitation(other.id, "guest@example.com")

    for invitation in (sent.id, people.uuid()):
        revoked = await answer_to(team.owner.client, operations.revoke_invitation(team.id, invitation))
        resent = await answer_to(team.owner.client, operations.resend_invitation(team.id, invitation))
        assert (revoked, resent) == (revocation_answer("owner", None), resending_answer("owner", None))

    assert await other.owner.client.list_invitations(other.id) == [sent]


@pytest.mark.rule("INVITE-4")
async def test_an_invitation_of_another_team_or_address_is_not_replaced(people: People) -> None:
    team, other = await team_with(people), await team_with(people)
    invitee = await people.starter("invitee")
    sent = [
        await team.owner.client.create_invitation(team.id, invitee.email),
        await team.owner.client.create_invitation(team.id, f"not-{invitee.email}"),
        await other.owner.client.create_invitation(other.id, invitee.email),
    ]

    assert [await state_of(team, each.id) for each in sent[:2]] == ["pending"] * 2
    await invitee.client.accept_invitation(sent[0].id)
    await invitee.client.accept_invitation(sent[2].id)
    assert {team.id, other.id} < await team_ids(invitee)


@pytest.mark.needs("outbox")
@pytest.mark.rule("INVITE-1", "INVITE-5")
async def test_the_mail_goes_to_an_irish_name_as_well(people: People, target: Target) -> None:
    team, email = await team_with(people), f"o'hara+{people.uuid()[:8]}@example.com"

    sent = await team.owner.client.create_invitation(team.id, email)

    (mail,) = await mail_to(target, email)
    assert str(sent.id) in mail.text


@pytest.mark.needs("outbox")
@pytest.mark.rule("INVITE-8")
async def test_resending_sends_the_mail_again(people: People, target: Target) -> None:
    sent = await sent_to_somebody(people)
    await mail_to(target, sent.invitee.email)

    await sent.team.owner.client.resend_invitation(sent.team.id, sent.invitation.id)

    mails = await mail_to(target, sent.invitee.email, count=2)
    assert [str(sent.invitation.id) in mail.text for mail in mails] == [True, True]


@pytest.mark.needs("clock")
@pytest.mark.rule("INVITE-14", "INVITE-15", "INVITE-16", "INV-I6")
async def test_invitations_are_listed_newest_first_in_every_state(people: People, target: Target) -> None:
    team = await team_with(people, "admin")
    made = await team.owner.client.list_invitations(team.id)
    made.append(await team.owner.client.create_invitation(team.id, "late@example.com"))
    await pass_time(LIFE.total_seconds() + 1)
    team = renewed(people, team)
    for state in ("accepted", "declined", "revoked", "pending"):
        await pass_time(1)
        invitee = await people.starter(state)
        made.append(await team.admin.client.create_invitation(team.id, invitee.email))
        await lead(Sent(team, invitee, made[-1]), state)

    listed = await team.owner.client.list_invitations(team.id)

    states = ["pending", "revoked", "declined", "accepted", "expired", "accepted"]
    assert [(each.id, each.state) for each in listed] == [
        (invitation.id, state) for invitation, state in zip(reversed(made), states, strict=True)
    ]
    now = target.clock.now()
    assert broken_invitation_list_rules(all_as_json(listed), now=now) == []
    inviters = {str(each.invited_by) for each in listed}
    assert inviters == {team.owner.user_id, team.admin.user_id}
    for state in STATES:
        found: Any = await team.admin.client.list_invitations(team.id, state=state)  # type: ignore[arg-type]  # one of the enum's
        assert broken_invitation_list_rules(all_as_json(found), state=state, now=now) == []
        assert found == [each for each in listed if each.state == state]


@pytest.mark.rule("INVITE-14", "ERROR-6")
@pytest.mark.parametrize("state", ["done", "", "PENDING", "pending,revoked"])
@pytest.mark.parametrize("standing", ["owner", "stranger"])
async def test_a_state_that_is_none_is_bad_input(people: People, standing: Standing, state: str) -> None:
    team = await team_with(people)
    person = await somebody(people, team, standing)
    raw = people.raw_client(person.name, f"Bearer {person.token}")

    answer = await answer_of(raw.get(f"/v1/teams/{team.id}/invitations", params={"state": state}))

    assert answer == listing_answer(role_in(standing), state)
