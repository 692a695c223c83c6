"""How many teams somebody owns and is in, how many invitations wait, how many are sent in a day."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, time, timedelta
from typing import NamedTuple

import pytest

from framecast_client import operations
from framecast_contract.oracle.invitations import (
    LIFE,
    MOST_A_DAY,
    MOST_ACTIONABLE,
    acceptance_answer,
    broken_invitation_list_rules,
    creation_answer,
    resending_answer,
)
from framecast_contract.oracle.members import role_change_answer
from framecast_contract.oracle.teams import (
    MOST_MEMBERSHIPS,
    MOST_OWNED,
    broken_team_list_rules,
)
from framecast_contract.oracle.teams import (
    creation_answer as team_creation_answer,
)
from framecast_contract.oracle.words import Answer
from framecast_contract.target.base import Target
from framecast_contract.target.people import People, Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_to
from framecast_contract.workloads.crowds import (
    invite_guests,
    invite_over_days,
    member_of,
    owner_of,
    pending_elsewhere,
)
from framecast_contract.workloads.teams import Team, join, renewed, team_ids, team_with

ONE_MORE = {"name": "One more"}


async def _founding(person: Persona) -> Answer:
    return await answer_to(person.client, operations.create_team("One more"))


@pytest.mark.rule("INV-T7", "CARD-2")
async def test_nobody_founds_an_eleventh_team(people: People) -> None:
    person = await owner_of(people, MOST_OWNED)
    before = await person.client.list_teams()

    full = team_creation_answer(ONE_MORE, owned=MOST_OWNED, memberships=MOST_OWNED)
    assert await _founding(person) == full
    assert await person.client.list_teams() == before
    await person.client.delete_team(before[0].id)

    free = team_creation_answer(ONE_MORE, owned=MOST_OWNED - 1, memberships=MOST_OWNED - 1)
    assert [await _founding(person), await _founding(person)] == [free, full]
    listed = all_as_json(await person.client.list_teams())
    assert broken_team_list_rules(listed, person.user_id) == []


@pytest.mark.rule("INV-T7", "CARD-2")
async def test_nobody_is_made_owner_of_an_eleventh_team(people: People) -> None:
    team, person = await team_with(people), await owner_of(people, MOST_OWNED)
    await join(people, team.owner, team.id, "admin", person=person)
    promotion = operations.update_member_role(team.id, person.user_id, "owner")
    own = next(each for each in await person.client.list_teams() if str(each.id) != team.id)

    refused = await answer_to(team.owner.client, promotion)
    await person.client.leave_team(own.id)
    promoted = await answer_to(team.owner.client, promotion)

    body = {"role": "owner"}
    assert refused == role_change_answer(body, "owner", "admin", owners=1, target_owns=MOST_OWNED)
    assert promoted == role_change_answer(body, "owner", "admin", owners=1, target_owns=MOST_OWNED - 1)
    listed = all_as_json(await person.client.list_teams())
    assert broken_team_list_rules(listed, person.user_id) == []


@pytest.mark.rule("INV-T7", "CARD-2")
async def test_giving_a_team_away_makes_room_for_another(people: People) -> None:
    person = await owner_of(people, MOST_OWNED)
    given = (await person.client.list_teams())[0]
    heir = await join(people, person, str(given.id), "owner")

    await heir.client.update_member_role(given.id, person.user_id, "member")

    expected = team_creation_answer(ONE_MORE, owned=MOST_OWNED - 1, memberships=MOST_OWNED)
    assert await _founding(person) == expected
    assert str(given.id) in await team_ids(person)


@pytest.mark.rule("INV-T8", "CARD-3")
async def test_nobody_is_in_more_than_fifty_teams(people: People) -> None:
    person = await member_of(people, MOST_MEMBERSHIPS)
    (invitation,) = await pending_elsewhere(people, person, 1)
    accepting = operations.accept_invitation(invitation)
    before = await person.client.list_teams()
    assert len(before) == MOST_MEMBERSHIPS

    full = acceptance_answer("pending", memberships=MOST_MEMBERSHIPS)
    assert await answer_to(person.client, accepting) == full
    founding = team_creation_answer(ONE_MORE, owned=1, memberships=MOST_MEMBERSHIPS)
    assert await _founding(person) == founding
    assert await person.client.list_teams() == before

    joined = [team for team in before if team.user_role != "owner"]
    await person.client.leave_team(joined[0].id)
    free = acceptance_answer("pending", memberships=MOST_MEMBERSHIPS - 1)
    assert await answer_to(person.client, accepting) == free
    listed = all_as_json(await person.client.list_teams())
    assert broken_team_list_rules(listed, person.user_id) == []


@pytest.mark.rule("INV-T8", "CARD-3")
async def test_the_fiftieth_team_may_be_founded(people: People) -> None:
    person = await member_of(people, MOST_MEMBERSHIPS - 1)

    answers = [await _founding(person), await _founding(person)]

    assert answers == [
        team_creation_answer(ONE_MORE, owned=1, memberships=MOST_MEMBERSHIPS - 1),
        team_creation_answer(ONE_MORE, owned=2, memberships=MOST_MEMBERSHIPS),
    ]


def _to_midnight(now: datetime) -> timedelta:
    """How long until the next day of UTC begins."""
    return datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo) - now


async def _inviting(team: Team, email: str) -> Answer:
    return await answer_to(team.owner.client, operations.create_invitation(team.id, email))


def _invited(team: Team, email: str, pending: list[str], sent_today: int) -> Answer:
    """What the oracle says to one more invitation by the owner."""
    body, own = {"email": email}, team.owner.email
    return creation_answer(body, "owner", own_email=own, pending_emails=pending, sent_today=sent_today)


@pytest.mark.needs("clock")
@pytest.mark.rule("INVITE-6")
async def test_twenty_invitations_are_sent_in_a_day_of_utc(people: People, target: Target) -> None:
    team, other = await team_with(people, "admin"), await team_with(people)
    guests = await invite_guests(team, 0, MOST_A_DAY - 1)  # the admin's own was sent today as well
    latest = (await team.owner.client.list_invitations(team.id))[0]
    await team.owner.client.revoke_invitation(team.id, latest.id)
    pending = guests[:-1]

    for email in ("one-more@example.com", guests[0]):
        assert await _inviting(team, email) == _invited(team, email, pending, MOST_A_DAY)
    invited = await answer_to(
        team.admin.client, operations.create_invitation(team.id, "one-more@example.com")
    )
    assert invited == _invited(team, "one-more@example.com", pending, MOST_A_DAY)
    assert await _inviting(other, "one-more@example.com") == _invited(other, "one-more@example.com", [], 0)

    await pass_time(_to_midnight(target.clock.now()).total_seconds() - 30)
    team = renewed(people, team)
    assert await _inviting(team, "one-more@example.com") == invited
    await pass_time(60)
    assert await _inviting(team, "one-more@example.com") == _invited(team, "one-more@example.com", pending, 0)


class House(NamedTuple):
    """A team in which 50 invitations wait, whom they are for, and how many were sent today."""

    team: Team
    guests: list[str]
    invitee: Persona
    sent_today: int


async def _full_house(people: People) -> House:
    """On the third day, because of the daily limit; the last one invited is a person, who can answer."""
    team, guests = await invite_over_days(people, await team_with(people), MOST_ACTIONABLE - 1)
    invitee = await people.starter("invitee")
    await team.owner.client.create_invitation(team.id, invitee.email)
    today = MOST_ACTIONABLE % MOST_A_DAY
    return House(team, [*guests, invitee.email], invitee, today)


@pytest.mark.needs("clock")
@pytest.mark.rule("CARD-4", "INVITE-4")
async def test_no_more_than_fifty_invitations_wait(people: People, target: Target) -> None:
    house = await _full_house(people)
    team, guests = house.team, house.guests

    for email in ("one-more@example.com", guests[0], "one-more@example.com"):
        expected = _invited(team, email, guests, house.sent_today)
        assert await _inviting(team, email) == expected

    listed = all_as_json(await team.owner.client.list_invitations(team.id))
    assert broken_invitation_list_rules(listed, now=target.clock.now()) == []
    pending = [each["email"] for each in listed if each["state"] == "pending"]
    assert sorted(pending) == sorted(guests)


async def _accept(house: House, invitation: str) -> None:
    await house.invitee.client.accept_invitation(invitation)


async def _decline(house: House, invitation: str) -> None:
    await house.invitee.client.decline_invitation(invitation)


async def _revoke(house: House, invitation: str) -> None:
    await house.team.owner.client.revoke_invitation(house.team.id, invitation)


ENDINGS: Mapping[str, Callable[[House, str], Awaitable[None]]] = {
    "accepted": _accept,
    "declined": _decline,
    "revoked": _revoke,
}


@pytest.mark.needs("clock")
@pytest.mark.rule("CARD-4")
@pytest.mark.parametrize("ending", ENDINGS)
async def test_an_answered_or_revoked_invitation_makes_room(people: People, ending: str) -> None:
    house = await _full_house(people)
    listed = await house.team.owner.client.list_invitations(house.team.id)
    last = next(each for each in listed if each.email == house.invitee.email)

    await ENDINGS[ending](house, str(last.id))

    left, today = house.guests[:-1], house.sent_today
    first, second = "one-more@example.com", "yet-another@example.com"
    assert await _inviting(house.team, first) == _invited(house.team, first, left, today)
    full = _invited(house.team, second, [*left, first], today + 1)
    assert await _inviting(house.team, second) == full


@pytest.mark.needs("clock")
@pytest.mark.rule("CARD-4", "INVITE-16", "INVITE-8")
async def test_expired_invitations_make_room_and_resent_ones_do_not(people: People) -> None:
    house = await _full_house(people)
    kept, lost = house.guests[0], house.guests[1:MOST_A_DAY]
    listed = await house.team.owner.client.list_invitations(house.team.id)
    oldest = next(each for each in listed if each.email == kept)
    resent = await answer_to(house.team.owner.client, operations.resend_invitation(house.team.id, oldest.id))
    assert resent == resending_answer("owner", "pending")

    await pass_time((LIFE - timedelta(days=2)).total_seconds() + 60)

    team = renewed(people, house.team)
    listed = await team.owner.client.list_invitations(team.id)
    assert {each.email for each in listed if each.state == "expired"} == set(lost)
    pending = [guest for guest in house.guests if guest not in lost]
    for number in range(len(lost)):
        email = f"late-{number}@example.com"
        assert await _inviting(team, email) == _invited(team, email, pending, number)
        pending.append(email)
    assert await _inviting(team, "one-more@example.com") == _invited(
        team, "one-more@example.com", pending, len(lost)
    )
