"""Invitations: from the mail to the membership, and every other way one can end."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest

from framecast_client import operations
from framecast_client.models import Invitation
from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.invitations import (
    LIFE,
    STATES,
    acceptance_answer,
    broken_acceptance_rules,
    broken_creation_rules,
    broken_invitation_list_rules,
    broken_invitation_transition,
    broken_resending_rules,
    creation_answer,
    declining_answer,
    listing_answer,
    resending_answer,
    revocation_answer,
)
from framecast_contract.oracle.members import broken_belonging_rules
from framecast_contract.oracle.teams import broken_personal_team_rules
from framecast_contract.target.base import Target
from framecast_contract.target.people import People, Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_of, answer_to, as_json
from framecast_contract.workloads.mail import mail_to
from framecast_contract.workloads.teams import (
    STANDINGS,
    Standing,
    Team,
    addressed,
    join,
    renewed,
    role_in,
    roles_in,
    somebody,
    state_of,
    team_ids,
    team_with,
)

DAY = 24 * 60 * 60.0
WEEK = LIFE.total_seconds()
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

    expected = creation_answer(
        body, "owner", own_email=team.owner.email, member_emails=[team.member.email]
    )
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


async def _newcomer(people: People) -> Persona:
    return people.unprovisioned("newcomer")


ARRIVALS = {"newcomer": _newcomer, "starter": People.starter, "creator": People.creator}


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


@pytest.mark.rule("INVITE-18")
async def test_an_invitation_is_managed_by_its_own_team(people: People) -> None:
    team, other = await team_with(people), await team_with(people)
    sent = await other.owner.client.create_invitation(other.id, "guest@example.com")

    for invitation in (sent.id, people.uuid()):
        revoked = await answer_to(team.owner.client, operations.revoke_invitation(team.id, invitation))
        resent = await answer_to(team.owner.client, operations.resend_invitation(team.id, invitation))
        assert (revoked, resent) == (revocation_answer("owner", None), resending_answer("owner", None))

    assert await other.owner.client.list_invitations(other.id) == [sent]


class Sent(NamedTuple):
    """A team, somebody invited into it, and that invitation."""

    team: Team
    invitee: Persona
    invitation: Invitation


async def _sent(people: People) -> Sent:
    team, invitee = await team_with(people), await people.starter("invitee")
    return Sent(team, invitee, await team.owner.client.create_invitation(team.id, invitee.email))


async def _lead(sent: Sent, state: str) -> None:
    """Bring the invitation into a state by a request of the one who can."""
    owner, invitee, invitation = sent.team.owner.client, sent.invitee.client, sent.invitation.id
    if state == "accepted":
        await invitee.accept_invitation(invitation)
    elif state == "declined":
        await invitee.decline_invitation(invitation)
    elif state == "revoked":
        await owner.revoke_invitation(sent.team.id, invitation)


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
    sent = await _sent(people)
    before = as_json(sent.invitation)

    await _lead(sent, state)

    await _nothing_works_any_more(sent, state)
    (after,) = all_as_json(await sent.team.owner.client.list_invitations(sent.team.id))
    assert broken_invitation_transition(before, after) == []
    assert after == {**before, "state": state}


@pytest.mark.needs("clock")
@pytest.mark.rule("INVITE-16", "INVITE-7", "INV-I9", "INV-TIME4")
async def test_an_invitation_expires_after_seven_days(people: People, target: Target) -> None:
    sent = await _sent(people)
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
    sent = await _sent(people)
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


@pytest.mark.rule("INVITE-8", "INV-I9")
async def test_resending_at_once_takes_nothing_away(people: People) -> None:
    sent = await _sent(people)

    resent = await sent.team.owner.client.resend_invitation(sent.team.id, sent.invitation.id)

    before, after = as_json(sent.invitation), as_json(resent)
    now = instant(before["created_at"])
    assert now is not None
    assert broken_resending_rules(before, after, now, slack=60) == []


@pytest.mark.needs("outbox")
@pytest.mark.rule("INVITE-8")
async def test_resending_sends_the_mail_again(people: People, target: Target) -> None:
    sent = await _sent(people)
    await mail_to(target, sent.invitee.email)

    await sent.team.owner.client.resend_invitation(sent.team.id, sent.invitation.id)

    mails = await mail_to(target, sent.invitee.email, count=2)
    assert [str(sent.invitation.id) in mail.text for mail in mails] == [True, True]


@pytest.mark.rule("INVITE-4", "INVITE-5", "INVITE-7", "INV-I4")
@pytest.mark.parametrize("spelling", [str, str.upper])
async def test_inviting_again_replaces_the_pending_invitation(people: People, spelling: type[str]) -> None:
    sent = await _sent(people)
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


@pytest.mark.needs("outbox")
@pytest.mark.rule("INVITE-1", "INVITE-5")
async def test_the_mail_goes_to_an_irish_name_as_well(people: People, target: Target) -> None:
    team = await team_with(people)

    sent = await team.owner.client.create_invitation(team.id, "o'hara@example.com")

    (mail,) = await mail_to(target, "o'hara@example.com")
    assert str(sent.id) in mail.text


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


@pytest.mark.needs("clock")
@pytest.mark.rule("INVITE-14", "INVITE-15", "INVITE-16", "INV-I6")
async def test_invitations_are_listed_newest_first_in_every_state(people: People, target: Target) -> None:
    team = await team_with(people, "admin")
    made = [await team.owner.client.create_invitation(team.id, "late@example.com")]
    await pass_time(WEEK + 1)
    team = renewed(people, team)
    for state in ("accepted", "declined", "revoked", "pending"):
        await pass_time(1)
        invitee = await people.starter(state)
        made.append(await team.admin.client.create_invitation(team.id, invitee.email))
        await _lead(Sent(team, invitee, made[-1]), state)

    listed = await team.owner.client.list_invitations(team.id)

    states = ["pending", "revoked", "declined", "accepted", "expired"]
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


@pytest.mark.rule("INV-I6", "INVITE-9")
async def test_an_invitation_outlives_the_role_of_its_inviter(people: People) -> None:
    team, invitee = await team_with(people, "admin"), await people.starter("invitee")
    sent = await team.admin.client.create_invitation(team.id, invitee.email)
    await team.owner.client.remove_member(team.id, team.admin.user_id)

    await invitee.client.accept_invitation(sent.id)

    (listed,) = [each for each in await team.owner.client.list_invitations(team.id) if each.id == sent.id]
    assert listed == sent.model_copy(update={"state": "accepted"})
    await join(people, team.owner, team.id, "viewer", person=team.admin)
