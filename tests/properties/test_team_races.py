"""Races in teams: who leaves, founds or changes something first, and what must be true whoever it was."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import permutations
from typing import Any

import pytest

from framecast_client import Request, Response, operations
from framecast_contract.oracle.judging import broken_race
from framecast_contract.oracle.limits import broken_parallel_creations, broken_slot_rules, slot_limit
from framecast_contract.oracle.members import broken_member_list_rules
from framecast_contract.oracle.team_world import Account, TeamWorld
from framecast_contract.oracle.teams import MOST_MEMBERSHIPS, MOST_OWNED, broken_team_list_rules
from framecast_contract.oracle.words import Answer
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.answers import all_as_json, as_json
from framecast_contract.workloads.crowds import member_of, owner_of, pending_elsewhere
from framecast_contract.workloads.parallel import Sending, at_once, statuses, together
from framecast_contract.workloads.storyboards import storyboard
from framecast_contract.workloads.teams import Team, join, roles_in, team_ids, team_with


async def _owners(people: People, team: Team, count: int) -> list[Persona]:
    """Everybody who owns the team: `count` people."""
    return [team.owner, *[await join(people, team.owner, team.id, "owner") for _ in range(count - 1)]]


async def _still_owned(witness: Persona, team: Team) -> None:
    members = all_as_json(await witness.client.list_members(team.id))
    assert broken_member_list_rules(members, team.id) == []


@pytest.mark.rule("INV-T2", "CARD-1", "MEMBER-10")
@pytest.mark.parametrize("count", [2, 3, 5])
async def test_the_last_of_leaving_owners_stays(people: People, count: int) -> None:
    team = await team_with(people, "viewer")
    owners = await _owners(people, team, count)

    answers = await at_once((owner.client, operations.leave_team(team.id)) for owner in owners)

    assert statuses(answers) == [204] * (count - 1) + [409]
    await _still_owned(team.viewer, team)
    (stayed,) = [owner for owner, answer in zip(owners, answers, strict=True) if answer.status == 409]
    assert await roles_in(stayed, team.id) == {stayed.user_id: "owner", team.viewer.user_id: "viewer"}


@pytest.mark.rule("INV-T2", "CARD-1", "ACCOUNT-12", "INV-M5")
async def test_the_last_of_owners_who_delete_their_accounts_stays(people: People) -> None:
    team = await team_with(people, "viewer")
    owners = await _owners(people, team, 3)

    answers = await at_once((owner.client, operations.delete_account()) for owner in owners)

    assert statuses(answers) == [204, 204, 409]
    gone = {owner.user_id for owner, answer in zip(owners, answers, strict=True) if answer.status == 204}
    members = all_as_json(await team.viewer.client.list_members(team.id))
    assert broken_member_list_rules(members, team.id, deleted=gone) == []
    assert len(members) == 2


def _demote(actor: Persona, team: Team, target: Persona) -> Sending:
    return actor.client, operations.update_member_role(team.id, target.user_id, "viewer")


def _remove(actor: Persona, team: Team, target: Persona) -> Sending:
    return actor.client, operations.remove_member(team.id, target.user_id)


def _leave(actor: Persona, team: Team, _: Persona) -> Sending:
    return actor.client, operations.leave_team(team.id)


def _vanish(actor: Persona, _: Team, __: Persona) -> Sending:
    return actor.client, operations.delete_account()


COUPS: Mapping[str, Callable[[Persona, Team, Persona], Sending]] = {
    "demotes": _demote,
    "removes": _remove,
    "leaves": _leave,
    "vanishes": _vanish,
}


Coup = tuple[str, str, str]
"""What is done, by the user of which id, to the other one."""


Outcome = tuple[set[str], dict[str, str]]


def _world(team: Team, people: Sequence[Persona]) -> TeamWorld:
    """The model of two owners and a viewer of a team, each with a first team besides."""
    roles = {(team.id, person.user_id): "owner" for person in people}
    roles |= {(f"first team of {person.user_id}", person.user_id): "owner" for person in people}
    roles[team.id, team.viewer.user_id] = "viewer"
    known = {person.user_id: Account(person.email, "creator") for person in (*people, team.viewer)}
    named = {place: {"name": "Studio", "slug": None} for place, _ in roles}
    return TeamWorld(datetime(2026, 1, 5, tzinfo=UTC), known, named, roles)


def _one_after_the_other(world: TeamWorld, team: Team, coups: Sequence[Coup]) -> Outcome:
    """Who succeeds when the coups come in that order, and who is left in the team."""
    done = set()
    for coup, actor, target in coups:
        steps: Mapping[str, Callable[[], tuple[Answer, TeamWorld]]] = {
            "demotes": partial(world.change_role, actor, team.id, target, {"role": "viewer"}),
            "removes": partial(world.remove, actor, team.id, target),
            "leaves": partial(world.leave, actor, team.id),
            "vanishes": partial(world.delete_account, actor),
        }
        answer, world = steps[coup]()
        done |= {actor} if answer.accepted else set()
    return done, world.members(team.id)


@pytest.mark.rule("INV-T2", "CARD-1", "MEMBER-10", "MEMBER-7", "MEMBER-8")
@pytest.mark.parametrize("coups", [*permutations(COUPS, 2), *((coup, coup) for coup in COUPS)], ids="-".join)
async def test_two_owners_turn_on_each_other(people: People, coups: tuple[str, str]) -> None:
    team = await team_with(people, "viewer")
    one, other = await _owners(people, team, 2)
    told = [(coups[0], one.user_id, other.user_id), (coups[1], other.user_id, one.user_id)]
    world = _world(team, [one, other])
    allowed = [_one_after_the_other(world, team, order) for order in (told, told[::-1])]

    answers = await at_once([COUPS[coups[0]](one, team, other), COUPS[coups[1]](other, team, one)])

    done = {
        person.user_id for person, answer in zip((one, other), answers, strict=True) if answer.status < 300
    }
    assert (done, await roles_in(team.viewer, team.id)) in allowed
    await _still_owned(team.viewer, team)


@pytest.mark.rule("INV-T7", "CARD-2")
@pytest.mark.parametrize("free", [0, 1, 3])
async def test_nobody_founds_more_than_ten_teams_at_once(people: People, free: int) -> None:
    person = await owner_of(people, MOST_OWNED - free)

    answers = await together(person.client, [operations.create_team("One more")] * 5)

    assert statuses(answers) == [201] * free + [409] * (5 - free)
    listed = all_as_json(await person.client.list_teams())
    assert broken_team_list_rules(listed, person.user_id) == []
    assert len(listed) == MOST_OWNED


@pytest.mark.rule("INV-T7", "CARD-2")
async def test_nobody_is_made_owner_of_too_many_teams_at_once(people: People) -> None:
    person = await owner_of(people, MOST_OWNED - 1)
    teams = [await team_with(people) for _ in range(3)]
    for team in teams:
        await join(people, team.owner, team.id, "admin", person=person)

    answers = await at_once(
        [
            (person.client, operations.create_team("One more")),
            *(
                (team.owner.client, operations.update_member_role(team.id, person.user_id, "owner"))
                for team in teams
            ),
        ]
    )

    assert sorted(answer.status < 300 for answer in answers) == [False] * 3 + [True]
    listed = all_as_json(await person.client.list_teams())
    assert broken_team_list_rules(listed, person.user_id) == []
    assert [team["user_role"] for team in listed].count("owner") == MOST_OWNED


@pytest.mark.rule("INV-T8", "CARD-3")
async def test_nobody_joins_more_than_fifty_teams_at_once(people: People) -> None:
    person = await member_of(people, MOST_MEMBERSHIPS - 2)
    invitations = await pending_elsewhere(people, person, 4)
    joining: list[Request[Any]] = [operations.accept_invitation(each) for each in invitations]

    answers = await together(person.client, [operations.create_team("One more"), *joining])

    assert sorted(answer.status < 300 for answer in answers) == [False] * 3 + [True] * 2
    listed = all_as_json(await person.client.list_teams())
    assert broken_team_list_rules(listed, person.user_id) == []
    assert len(listed) == MOST_MEMBERSHIPS


@pytest.mark.rule("INV-T3", "TEAM-3")
async def test_a_slug_goes_to_one_team(people: People) -> None:
    founders = [await people.creator(f"founder {number}") for number in range(4)]
    slug = f"night-{people.uuid()[:8]}"

    answers = await at_once(
        (person.client, operations.create_team("Night Shift", slug=slug)) for person in founders
    )

    assert broken_race("INV-T3", [answer.status for answer in answers], won=201) == []
    for person, answer in zip(founders, answers, strict=True):
        slugs = [team.slug for team in await person.client.list_teams()]
        assert (slug in slugs) == (answer.status == 201)


@pytest.mark.rule("INV-T3", "INV-T4", "TEAM-3")
async def test_teams_of_one_name_founded_at_once_have_slugs_of_their_own(people: People) -> None:
    person = await people.creator()

    answers = await together(person.client, [operations.create_team("Night Shift")] * 8)

    assert statuses(answers) == [201] * 8
    listed = all_as_json(await person.client.list_teams())
    assert broken_team_list_rules(listed, person.user_id) == []


@pytest.mark.rule("TEAM-14", "TEAM-7", "TIME-3")
@pytest.mark.parametrize("count", [1, 4])
async def test_parallel_updates_of_name_and_settings_both_survive(people: People, count: int) -> None:
    team = await team_with(people, "admin")
    before = as_json(await team.owner.client.update_team(team.id, name="Old", settings={"old": True}))

    answers = await at_once(
        [
            *[(team.owner.client, operations.update_team(team.id, name="New"))] * count,
            *[(team.admin.client, operations.update_team(team.id, settings={"new": True}))] * count,
        ]
    )

    assert statuses(answers) == [200] * 2 * count
    after = as_json(await team.owner.client.get_team(team.id))
    changed = {"name": "New", "settings": {"new": True}, "updated_at": after["updated_at"]}
    assert after == {**before, **changed}


@pytest.mark.rule("MEMBER-6", "MEMBER-8", "MEMBER-9")
async def test_a_membership_ends_once(people: People) -> None:
    team = await team_with(people, "admin", "member")

    answers = await at_once(
        [
            _remove(team.owner, team, team.member),
            _remove(team.admin, team, team.member),
            _leave(team.member, team, team.member),
        ]
    )

    assert broken_race("MEMBER-6", [answer.status for answer in answers], won=204, lost=404) == []
    assert team.member.user_id not in await roles_in(team.owner, team.id)


@pytest.mark.rule("INV-U2", "MEMBER-9")
async def test_nobody_leaves_all_teams_at_once(people: People) -> None:
    person, team = await people.creator(), await team_with(people)
    await join(people, team.owner, team.id, "member", person=person)

    answers = await together(person.client, [operations.leave_team(each) for each in await team_ids(person)])

    assert broken_race("INV-U2", [answer.status for answer in answers], won=204) == []
    assert len(await team_ids(person)) == 1


@pytest.mark.needs("credits", "renders")
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("CARD-5", "SLOT-5", "SLOT-3", "INV-T6", "CREDIT-5")
async def test_a_team_at_once_has_no_more_jobs_than_slots(people: People) -> None:
    team = await team_with(people, "admin", "member", credits=100)
    makers = (team.owner, team.admin, team.member)
    creating = operations.create_job(storyboard(1), owner=team.urn)
    own = operations.create_job(storyboard(1), owner=team.membership(team.member))

    answers, (apart,) = await asyncio.gather(
        at_once((maker.client, creating) for maker in makers for _ in range(3)),
        together(team.member.client, [own]),
    )

    free = slot_limit(team.urn, "creator")
    assert broken_parallel_creations([answer.status for answer in answers], free) == []
    assert isinstance(apart, Response)
    listed = all_as_json(await team.member.client.list_jobs())
    assert broken_slot_rules(listed, team.urn, "creator") == []
    assert await team.balance() == 100 - len(listed) == 100 - free - 1


@pytest.mark.needs("credits", "renders")
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("CREDIT-6", "INV-T6", "CREDIT-4", "CREDIT-1")
@pytest.mark.parametrize("affordable", [0, 1, 3])
async def test_a_team_at_once_has_no_more_jobs_than_credits(people: People, affordable: int) -> None:
    team = await team_with(people, "member", credits=affordable * 10 + 9)
    owners = (team.urn, team.membership(team.member))

    answers = await together(
        team.member.client,
        [operations.create_job(storyboard(10), owner=owner) for owner in owners for _ in range(3)],
    )

    assert statuses(answers) == [201] * affordable + [402] * (6 - affordable)
    assert await team.balance() == 9


@pytest.mark.needs("credits", "renders")
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("TEAM-11", "TEAM-12", "CREDIT-2")
async def test_a_team_is_deleted_or_gets_a_job(people: People) -> None:
    team = await team_with(people, credits=100)

    owner = team.owner.client
    made, deleted = await at_once(
        [
            (owner, operations.create_job(storyboard(10), owner=team.urn)),
            (owner, operations.delete_team(team.id)),
        ]
    )

    assert (made.status, deleted.status) in ((201, 409), (403, 204))
    left = [(job.owner, job.status) for job in await team.owner.client.list_jobs()]
    assert left == ([(team.urn, "queued")] if made.status == 201 else [])
