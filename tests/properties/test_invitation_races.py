"""Races between inviting, answering and taking back, and between the first steps of a new member."""

from collections.abc import Callable, Mapping
from itertools import permutations
from typing import Any

import pytest

from framecast_client import Request, operations
from framecast_contract.oracle.invitations import MOST_A_DAY, MOST_ACTIONABLE, broken_invitation_list_rules
from framecast_contract.oracle.judging import broken_race
from framecast_contract.oracle.members import broken_member_list_rules
from framecast_contract.oracle.teams import broken_personal_team_rules
from framecast_contract.target.people import People
from framecast_contract.workloads.answers import all_as_json
from framecast_contract.workloads.crowds import invite_guests, invite_over_days
from framecast_contract.workloads.invitations import Sent, sent_to_somebody
from framecast_contract.workloads.parallel import Sending, at_once, statuses, together
from framecast_contract.workloads.teams import roles_in, state_of, team_ids, team_with


@pytest.mark.rule("INVITE-13", "INV-M3", "INVITE-9")
@pytest.mark.parametrize("count", [2, 5])
async def test_an_invitation_is_accepted_once(people: People, count: int) -> None:
    sent = await sent_to_somebody(people)

    answers = await together(sent.invitee.client, [operations.accept_invitation(sent.invitation.id)] * count)

    assert broken_race("INVITE-13", [answer.status for answer in answers], won=200) == []
    members = all_as_json(await sent.team.owner.client.list_members(sent.team.id))
    assert broken_member_list_rules(members, sent.team.id) == []
    assert len(members) == len(await team_ids(sent.invitee)) == 2


def _accept(sent: Sent) -> Sending:
    return sent.invitee.client, operations.accept_invitation(sent.invitation.id)


def _decline(sent: Sent) -> Sending:
    return sent.invitee.client, operations.decline_invitation(sent.invitation.id)


def _revoke(sent: Sent) -> Sending:
    return sent.team.owner.client, operations.revoke_invitation(sent.team.id, sent.invitation.id)


ENDS: Mapping[str, tuple[int, Callable[[Sent], Sending]]] = {
    "accepted": (200, _accept),
    "declined": (204, _decline),
    "revoked": (204, _revoke),
}


@pytest.mark.rule("INV-I3", "INV-I4", "INVITE-13", "INVITE-7")
@pytest.mark.parametrize(
    "rivals",
    [*permutations(ENDS, 2), ("declined", "declined"), ("revoked", "revoked"), tuple(ENDS)],
    ids="-".join,
)
async def test_an_invitation_ends_in_one_way(people: People, rivals: tuple[str, ...]) -> None:
    sent = await sent_to_somebody(people)

    answers = await at_once(ENDS[rival][1](sent) for rival in rivals)

    seen = [answer.status for answer in answers]
    won = [rival for rival, status in zip(rivals, seen, strict=True) if status == ENDS[rival][0]]
    assert len(won) == 1
    winner = won[0]
    assert broken_race("INVITE-13", seen, won=ENDS[winner][0]) == []
    assert await state_of(sent.team, sent.invitation.id) == winner
    joined = sent.invitee.user_id in await roles_in(sent.team.owner, sent.team.id)
    tier = (await sent.invitee.client.get_account()).tier
    assert (joined, tier) == ((True, "creator") if winner == "accepted" else (False, "starter"))


@pytest.mark.rule("INVITE-4", "INV-I4", "INV-I8", "INV-M3")
async def test_an_invitation_is_accepted_or_replaced(people: People) -> None:
    sent = await sent_to_somebody(people)
    team, invitee = sent.team, sent.invitee

    accepted, again = await at_once(
        [
            (invitee.client, operations.accept_invitation(sent.invitation.id)),
            (team.owner.client, operations.create_invitation(team.id, invitee.email, role="viewer")),
        ]
    )

    # Either it was accepted and a member is not invited, or it was replaced and cannot be accepted any more.
    assert (accepted.status, again.status) in ((200, 409), (409, 201))
    listed = all_as_json(await team.owner.client.list_invitations(team.id))
    member = [invitee.email] if accepted.status == 200 else []
    assert broken_invitation_list_rules(listed, member_emails=member) == []


@pytest.mark.rule("INVITE-4", "INVITE-5", "INVITE-6")
async def test_of_parallel_invitations_for_one_address_one_is_pending(people: People) -> None:
    team, invitee = await team_with(people, "admin"), await people.starter("invitee")
    spellings = [invitee.email, invitee.email.upper(), invitee.email.title()]
    sendings = [
        (person.client, operations.create_invitation(team.id, email))
        for email in spellings
        for person in (team.owner, team.admin)
    ]

    answers = await at_once(sendings)

    assert statuses(answers) == [201] * len(sendings)
    listed = all_as_json(await team.owner.client.list_invitations(team.id))
    assert broken_invitation_list_rules(listed) == []
    (pending,) = [each for each in listed if each["state"] == "pending"]
    await invitee.client.accept_invitation(pending["id"])


@pytest.mark.rule("INVITE-6")
async def test_no_more_invitations_at_once_than_the_day_allows(people: People) -> None:
    team = await team_with(people, "admin")
    await invite_guests(team, 0, MOST_A_DAY - 3)  # two are left: the admin's own was sent today as well

    answers = await at_once(
        (person.client, operations.create_invitation(team.id, f"{person.name}-{number}@example.com"))
        for number in range(2)
        for person in (team.owner, team.admin)
    )

    assert statuses(answers) == [201, 201, 429, 429]
    assert len(await team.owner.client.list_invitations(team.id)) == MOST_A_DAY


@pytest.mark.needs("clock")
@pytest.mark.rule("CARD-4")
async def test_no_more_invitations_wait_than_fifty(people: People) -> None:
    team, _ = await invite_over_days(people, await team_with(people), MOST_ACTIONABLE - 1)

    answers = await together(
        team.owner.client,
        [operations.create_invitation(team.id, f"late-{number}@example.com") for number in range(4)],
    )

    assert broken_race("CARD-4", [answer.status for answer in answers], won=201) == []
    listed = all_as_json(await team.owner.client.list_invitations(team.id))
    assert broken_invitation_list_rules(listed) == []


@pytest.mark.rule("INVITE-10", "INVITE-13", "ACCOUNT-11", "TEAM-13", "INV-U2", "INV-M3")
async def test_parallel_first_requests_of_an_invited_person_make_one_of_everything(people: People) -> None:
    team, newcomer = await team_with(people), people.unprovisioned("newcomer")
    sent = await team.owner.client.create_invitation(team.id, newcomer.email)
    requests: list[Request[Any]] = [
        operations.accept_invitation(sent.id),
        operations.upgrade_account("creator"),
        operations.get_account(),
        operations.accept_invitation(sent.id),
        operations.upgrade_account("creator"),
        operations.get_whoami(),
    ]

    answers = await together(newcomer.client, requests)

    assert statuses(answers) == [200] * 5 + [409]
    own, joined = all_as_json(await newcomer.client.list_teams())
    assert broken_personal_team_rules(own) == []
    assert joined["id"] == team.id
    assert len(await newcomer.client.list_projects(own["id"])) == 1
    members = all_as_json(await team.owner.client.list_members(team.id))
    assert broken_member_list_rules(members, team.id) == []


@pytest.mark.rule("INVITE-10", "TEAM-13", "INV-U1")
async def test_joining_two_teams_at_once_makes_one_first_team(people: People) -> None:
    starter, teams = await people.starter(), [await team_with(people) for _ in range(3)]
    sent = [await team.owner.client.create_invitation(team.id, starter.email) for team in teams]

    answers = await together(starter.client, [operations.accept_invitation(each.id) for each in sent])

    assert statuses(answers) == [200] * 3
    names = [team.name for team in await starter.client.list_teams()]
    assert names == ["My Team", *["Studio"] * 3]


@pytest.mark.rule("TEAM-13", "ACCOUNT-6", "INV-U2")
async def test_parallel_upgrades_make_one_team(people: People) -> None:
    person = await people.starter()

    await together(person.client, [operations.upgrade_account("creator")] * 5)

    (team,) = all_as_json(await person.client.list_teams())
    assert broken_personal_team_rules(team) == []
    assert len(await person.client.list_projects(team["id"])) == 1


@pytest.mark.rule("INV-I5", "INV-M6", "TEAM-11", "INV-T1", "INV-T2")
@pytest.mark.parametrize("way", ["delete_team", "leave_team", "delete_account"])
async def test_a_team_ends_or_somebody_joins_it(people: People, way: str) -> None:
    sent = await sent_to_somebody(people)
    team, invitee = sent.team, sent.invitee
    ending: Mapping[str, Request[None]] = {
        "delete_team": operations.delete_team(team.id),
        "leave_team": operations.leave_team(team.id),
        "delete_account": operations.delete_account(),
    }

    accepted, ended = await at_once(
        [
            (invitee.client, operations.accept_invitation(sent.invitation.id)),
            (team.owner.client, ending[way]),
        ]
    )

    assert (accepted.status, ended.status) in ((200, 409), (404, 204))
    if accepted.status == 200:
        members = all_as_json(await invitee.client.list_members(team.id))
        assert broken_member_list_rules(members, team.id) == []
        assert team.id in await team_ids(invitee)
    else:
        assert (await invitee.client.get_account()).tier == "starter"
