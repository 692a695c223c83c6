"""Jobs of teams: who starts, sees and cancels them, whose credits they cost, which slots they take."""

from collections.abc import Callable, Mapping

import pytest

from framecast_client import operations
from framecast_client.models import Job
from framecast_contract.oracle.access import cancel_answers
from framecast_contract.oracle.credits import broken_conservation, payer
from framecast_contract.oracle.jobs import broken_clone_rules
from framecast_contract.oracle.limits import broken_slot_rules, slot_answer, slot_limit
from framecast_contract.oracle.owners import Person, can_read, owner_answer
from framecast_contract.oracle.teams import deletion_answer
from framecast_contract.oracle.words import CREATED, NOT_FOUND, OK, UNPAYABLE
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.answers import all_as_json, answer_to, as_json
from framecast_contract.workloads.following import event_types
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard, storyboard_worth
from framecast_contract.workloads.teams import (
    ROLES,
    STANDINGS,
    Role,
    Standing,
    Team,
    another,
    join,
    known_as,
    somebody,
    team_with,
)

pytestmark = [pytest.mark.needs("credits", "renders"), pytest.mark.usefixtures("back_end")]

ENOUGH = 1_000
OWNERS: Mapping[str, Callable[[Team, Persona], str]] = {
    "team": lambda team, _: team.urn,
    "own membership": lambda team, person: team.membership(person),
    "membership of another": lambda team, person: team.membership(
        team.member if person is team.owner else team.owner
    ),
    "somebody else": lambda team, _: team.owner.owner.replace(team.owner.user_id, team.id),
    "team in capitals": lambda team, _: f"framecast:team:{team.id.upper()}",
}


@pytest.mark.rule("OWNER-4", "OWNER-5", "OWNER-1", "D-3", "INV-X1", "CREDIT-1", "CREDIT-2")
@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("standing", STANDINGS)
async def test_who_starts_jobs_of_a_team(people: People, standing: Standing, owner: str) -> None:
    team = await team_with(people, "member", credits=ENOUGH)
    person = await somebody(people, team, standing)
    urn = OWNERS[owner](team, person)

    answer = await answer_to(person.client, operations.create_job(storyboard(7), owner=urn))

    assert answer == (owner_answer(urn, known_as(person, team, standing)) or CREATED)
    made = [job.owner for job in await person.client.list_jobs()]
    assert made == ([urn] if answer.accepted else [])
    assert (await team.balance(), await person.balance()) == (ENOUGH - 7 * len(made), 0)


@pytest.mark.rule("OWNER-3", "D-3")
@pytest.mark.parametrize("owner", OWNERS)
async def test_a_starter_starts_no_job_of_a_team(people: People, owner: str) -> None:
    team, starter = await team_with(people, "member", credits=ENOUGH), await people.starter(credits=ENOUGH)
    urn = OWNERS[owner](team, starter)

    answer = await answer_to(starter.client, operations.create_job(storyboard(7), owner=urn))

    assert answer == owner_answer(urn, Person(starter.user_id))
    assert (await starter.balance(), await team.balance()) == (ENOUGH, ENOUGH)


@pytest.mark.rule("CREDIT-1", "CREDIT-2", "OWNER-2")
async def test_each_owner_pays_from_the_own_balance(people: People) -> None:
    team = await team_with(people, "member", credits=ENOUGH)
    person = team.member
    await people.target.set_credits(person.owner, 500)
    costs = {None: 5, person.owner: 10, team.urn: 20, team.membership(person): 40}

    for owner, cost in costs.items():
        await person.client.create_job(storyboard_worth(cost), owner=owner)

    jobs = all_as_json(await person.client.list_jobs())
    for balance, start, end in (
        (person.owner, 500, await person.balance()),
        (team.urn, ENOUGH, await team.balance()),
    ):
        assert broken_conservation(balance, start=start, end=end, jobs=jobs) == []
        assert start - end == sum(
            cost for owner, cost in costs.items() if payer(owner or person.owner) == balance
        )


@pytest.mark.rule("CREDIT-4", "INV-T6", "D-6")
@pytest.mark.parametrize("owner", ["team", "own membership"])
async def test_the_wealth_of_a_member_does_not_help_a_poor_team(people: People, owner: str) -> None:
    team = await team_with(people, "member", credits=9)
    await people.target.set_credits(team.member.owner, ENOUGH)
    urn = OWNERS[owner](team, team.member)

    answer = await answer_to(team.member.client, operations.create_job(storyboard(10), owner=urn))
    assert answer == UNPAYABLE
    await team.member.client.create_job(storyboard(9), owner=urn)

    assert (await team.balance(), await team.member.balance()) == (0, ENOUGH)


async def _two_jobs(team: Team, maker: Persona) -> list[Job]:
    """A job of the team and one of the maker's membership."""
    owners = (team.urn, team.membership(maker))
    return [await maker.client.create_job(storyboard(10), owner=owner) for owner in owners]


@pytest.mark.rule("OWNER-7", "ACCESS-6", "LIST-9")
@pytest.mark.parametrize("standing", STANDINGS)
async def test_a_team_sees_its_jobs_but_not_those_of_its_members(people: People, standing: Standing) -> None:
    team = await team_with(people, "admin", "member", credits=ENOUGH)
    jobs = await _two_jobs(team, team.member)
    person = await somebody(people, team, standing)

    known = known_as(person, team, standing)
    seen = [job for job in jobs if can_read(job.owner, known)]
    assert {job.id for job in await person.client.list_jobs()} == {job.id for job in seen}
    for job in jobs:
        read = await answer_to(person.client, operations.get_job(job.id))
        listed = await person.client.list_jobs(owner=job.owner)
        assert read == (OK if job in seen else NOT_FOUND)
        assert listed == ([job] if job in seen else [])


@pytest.mark.rule("OWNER-7", "EVENT-1", "ACCESS-6")
@pytest.mark.parametrize("standing", ["viewer", "stranger"])
async def test_a_team_follows_its_jobs(people: People, back_end: RenderBackEnd, standing: Standing) -> None:
    team = await team_with(people, "member", credits=ENOUGH)
    job = await team.member.client.create_job(storyboard(10), owner=team.urn)
    await back_end.start(job.id)
    await back_end.complete(job.id)
    person = await somebody(people, team, standing)

    if standing == "stranger":
        assert await answer_to(person.client, operations.get_job(job.id)) == NOT_FOUND
        raw = people.raw_client(person.name, f"Bearer {person.token}")
        assert (await raw.get(f"/v1/jobs/{job.id}/events")).status_code == NOT_FOUND.status
    else:
        assert await event_types(person, job.id) == ["queued", "started", "completed"]


@pytest.mark.rule("ACCESS-7", "D-9", "CREDIT-3", "REFUND-2")
@pytest.mark.parametrize("owner", ["team", "own membership"])
@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("maker", ["owner", "admin", "member"])
async def test_who_cancels_a_job_of_the_team(
    people: People, maker: Role, standing: Standing, owner: str
) -> None:
    team = await team_with(people, "member", credits=ENOUGH)
    made_by = await somebody(people, team, maker)
    job = as_json(await made_by.client.create_job(storyboard_worth(100), owner=OWNERS[owner](team, made_by)))
    person = await another(people, team, standing)

    answer = await answer_to(person.client, operations.cancel_job(job["id"]))

    assert answer in cancel_answers(job, known_as(person, team, standing))
    after = await made_by.client.get_job(job["id"])
    assert after.status == ("canceled" if answer.accepted else "queued")
    assert await team.balance() == ENOUGH - 100 + after.credits_refunded


@pytest.mark.rule("ACCESS-7", "D-9")
async def test_whoever_triggered_a_job_cancels_it_in_any_role(people: People) -> None:
    team = await team_with(people, "member", credits=ENOUGH)
    jobs = [await team.member.client.create_job(storyboard(10), owner=team.urn) for _ in range(2)]
    await team.owner.client.update_member_role(team.id, team.member.user_id, "viewer")

    demoted = await answer_to(team.member.client, operations.cancel_job(jobs[0].id))
    assert demoted in cancel_answers(as_json(jobs[0]), known_as(team.member, team, "viewer"))

    await team.owner.client.remove_member(team.id, team.member.user_id)
    removed = await answer_to(team.member.client, operations.cancel_job(jobs[1].id))
    assert removed in cancel_answers(as_json(jobs[1]), known_as(team.member, team, "stranger"))
    states = [(await team.owner.client.get_job(job.id)).status for job in jobs]
    assert states == ["canceled", "queued"]


@pytest.mark.rule("CREDIT-3", "CREDIT-5", "REFUND-1", "REFUND-2", "INV-T6")
@pytest.mark.parametrize("owner", ["team", "own membership"])
@pytest.mark.parametrize("ending", ["completed", "failed", "canceled"])
async def test_what_a_job_of_the_team_gives_back_goes_to_the_team(
    people: People, back_end: RenderBackEnd, ending: str, owner: str
) -> None:
    team = await team_with(people, "member", credits=ENOUGH)
    await people.target.set_credits(team.member.owner, 5)
    job = await team.member.client.create_job(storyboard_worth(100), owner=OWNERS[owner](team, team.member))

    await back_end.lead(team.member, job.id, ending, percent=40)

    ended = as_json(await team.member.client.get_job(job.id))
    end = await team.balance()
    assert broken_conservation(team.urn, start=ENOUGH, end=end, jobs=[ended]) == []
    assert (ended["status"], end > ENOUGH - 100) == (ending, ending != "completed")
    assert (await team.member.balance(), await team.owner.balance()) == (5, 0)


@pytest.mark.rule("CARD-5", "SLOT-1", "SLOT-4", "D-4")
async def test_a_team_has_five_slots_whoever_takes_them(people: People) -> None:
    team = await team_with(people, "admin", "member", credits=ENOUGH)
    makers = [team.owner, team.admin, team.member, team.member, team.admin]
    jobs = [await maker.client.create_job(storyboard(1), owner=team.urn) for maker in makers]
    assert len(jobs) == slot_limit(team.urn, "creator")

    for maker in (team.owner, team.admin, team.member):
        listed = all_as_json(await maker.client.list_jobs())
        answer = await answer_to(maker.client, operations.create_job(storyboard(1), owner=team.urn))
        assert answer == slot_answer(listed, team.urn, "creator")
        assert broken_slot_rules(listed, team.urn, "creator") == []

    await team.admin.client.cancel_job(jobs[2].id)
    await team.member.client.create_job(storyboard(1), owner=team.urn)
    listed = all_as_json(await team.owner.client.list_jobs())
    answer = await answer_to(team.owner.client, operations.clone_job(jobs[2].id))
    assert answer == slot_answer(listed, team.urn, "creator")


@pytest.mark.rule("SLOT-3", "SLOT-2", "CARD-5")
async def test_memberships_teams_and_persons_have_slots_apart(people: People) -> None:
    team = await team_with(people, "member", credits=ENOUGH)
    for person in (team.owner, team.member):
        await people.target.set_credits(person.owner, ENOUGH)
    asked = [
        (person, owner)
        for person in (team.owner, team.member)
        for owner in (person.owner, team.membership(person))
    ]

    for person, owner in (*asked, (team.owner, team.urn)):
        for _ in range(slot_limit(owner, "creator")):
            await person.client.create_job(storyboard(1), owner=owner)

    for person, owner in (*asked, (team.owner, team.urn), (team.member, team.urn)):
        listed = all_as_json(await person.client.list_jobs(owner=owner))
        answer = await answer_to(person.client, operations.create_job(storyboard(1), owner=owner))
        assert answer == slot_answer(listed, owner, "creator")
    assert await team.balance() == ENOUGH - 15


@pytest.mark.rule("JOB-21", "OWNER-7", "OWNER-4", "OWNER-5", "CREDIT-1")
@pytest.mark.parametrize("role", ROLES)
async def test_who_clones_a_job_of_the_team(people: People, role: Role) -> None:
    team = await team_with(people, "member", credits=ENOUGH)
    source = await team.member.client.create_job(storyboard(10), owner=team.urn, options={"draft": True})
    person = await another(people, team, role)
    await people.target.set_credits(person.owner, 50)
    known = known_as(person, team, role)

    for owner in (None, team.membership(person), person.owner):
        urn = owner or team.urn
        answer = await answer_to(person.client, operations.clone_job(source.id, owner=owner))
        assert answer == (owner_answer(urn, known) or CREATED)
        if answer.accepted:
            clone = (await person.client.list_jobs(owner=urn))[0]
            faults = broken_clone_rules(as_json(source), as_json(clone), owner=urn, caller=person.user_id)
            assert faults == []

    paid = 20 if role in ("owner", "admin", "member") else 0
    assert (await team.balance(), await person.balance()) == (ENOUGH - 10 - paid, 40)
    assert await team.member.client.get_job(source.id) == source


@pytest.mark.rule("JOB-21", "CREDIT-1", "ACCESS-6")
async def test_a_job_of_one_s_own_is_cloned_into_the_team(people: People) -> None:
    team = await team_with(people, "member", "viewer", credits=ENOUGH)
    for person in (team.member, team.viewer):
        await people.target.set_credits(person.owner, 50)
    mine = await team.member.client.create_job(storyboard(10))
    theirs = await team.viewer.client.create_job(storyboard(10))

    shared = await team.member.client.clone_job(mine.id, owner=team.urn)
    refused = await answer_to(team.viewer.client, operations.clone_job(theirs.id, owner=team.urn))
    unseen = await answer_to(team.owner.client, operations.clone_job(mine.id, owner=team.urn))

    assert refused == owner_answer(team.urn, known_as(team.viewer, team, "viewer"))
    assert unseen == NOT_FOUND
    assert await team.viewer.client.list_jobs(owner=team.urn) == [shared]
    assert (await team.balance(), await team.member.balance()) == (ENOUGH - 10, 40)


@pytest.mark.rule("OWNER-7", "MEMBER-8", "ACCESS-6")
async def test_jobs_of_a_membership_wait_for_their_user_to_come_back(people: People) -> None:
    team = await team_with(people, "member", credits=ENOUGH)
    person = team.member
    shared, own = await _two_jobs(team, person)

    await person.client.leave_team(team.id)

    assert await person.client.list_jobs() == []
    for job in (shared, own):
        assert await answer_to(person.client, operations.get_job(job.id)) == NOT_FOUND
    assert [job.id for job in await team.owner.client.list_jobs()] == [shared.id]
    await join(people, team.owner, team.id, "viewer", person=person)
    assert {job.id for job in await person.client.list_jobs()} == {shared.id, own.id}


@pytest.mark.rule("TEAM-11", "TEAM-12")
@pytest.mark.parametrize("state", ["queued", "processing"])
async def test_a_team_with_an_active_job_is_not_deleted(
    people: People, back_end: RenderBackEnd, state: str
) -> None:
    team = await team_with(people, credits=ENOUGH)
    job = await team.owner.client.create_job(storyboard(10), owner=team.urn)
    await back_end.lead(team.owner, job.id, state)

    answer = await answer_to(team.owner.client, operations.delete_team(team.id))
    assert answer == deletion_answer("owner", busy=True)
    assert (await team.owner.client.get_job(job.id)).status == state
    assert await team.balance() == ENOUGH - 10

    await team.owner.client.cancel_job(job.id)
    await team.owner.client.delete_team(team.id)
    assert await answer_to(team.owner.client, operations.get_job(job.id)) == NOT_FOUND
