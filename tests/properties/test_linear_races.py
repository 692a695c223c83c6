"""Races over jobs and credits: whatever came first, one order of the requests explains all that is seen."""

from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from framecast_contract.history import History
from framecast_contract.oracle.world import World
from framecast_contract.target.base import Target
from framecast_contract.target.people import People, Persona
from framecast_contract.target.routes import Routes
from framecast_contract.workloads.racing import raced, world_of
from framecast_contract.workloads.racing_commands import Command, cancel, clone, create, delete, report
from framecast_contract.workloads.storyboards import storyboard_worth
from framecast_contract.workloads.teams import team_with

pytestmark = pytest.mark.needs("credits", "renders")


@dataclass
class Story:
    """A row of races among these people; the machine is the render back end."""

    people: tuple[Persona, ...]
    machine: Persona
    world: World

    async def race(self, *commands: Command, waits: tuple[int, ...] = ()) -> None:
        """Send the commands at once; the story goes on where the order that explains them ends."""
        self.world = await raced(self.world, self.people, commands, waits=waits)

    async def job(self, person: Persona, *, percent: float | None = None, owner: str | None = None) -> str:
        """The id of a new job of 100 credits: queued, or being rendered with that many percent reported."""
        known = set(self.world.jobs)
        await self.race(create(person, storyboard_worth(100), owner=owner))
        (job,) = set(self.world.jobs) - known
        if percent is not None:
            await self.race(report(self.machine, job, "started"))
            await self.race(report(self.machine, job, "progress", percent))
        return job


async def story_of(people: People, *personas: Persona) -> Story:
    return Story(personas, people.render_back_end(), await world_of(*personas))


@pytest.mark.rule("IDEM-7", "IDEM-1", "IDEM-2", "CREDIT-5")
@pytest.mark.parametrize("prices", [(10, 10), (10, 20, 30), (10,) * 6], ids=str)
async def test_one_key_makes_one_job(people: People, creator: Persona, prices: tuple[int, ...]) -> None:
    story = await story_of(people, creator)

    await story.race(*(create(creator, storyboard_worth(price), key="k") for price in prices))

    assert len(story.world.jobs) == 1


@pytest.mark.rule("IDEM-3", "IDEM-4", "IDEM-7", "CREDIT-5")
async def test_every_key_of_everybody_makes_a_job(people: People, creator: Persona, starter: Persona) -> None:
    story = await story_of(people, creator, starter)
    keys = [(creator, "k"), (starter, "k"), (creator, "K"), (creator, "k"), (starter, "k")]

    await story.race(*(create(each, storyboard_worth(10), key=key) for each, key in keys))

    assert len(story.world.jobs) == 3


@pytest.mark.rule("IDEM-1", "IDEM-2", "JOB-6")
async def test_a_repeated_creation_meets_the_cancellation(people: People, creator: Persona) -> None:
    story = await story_of(people, creator)
    repeat = create(creator, storyboard_worth(10), key="k")
    await story.race(repeat)
    (job,) = story.world.jobs

    await story.race(repeat, cancel(creator, job), repeat)


@pytest.mark.rule("IDEM-8", "JOB-10")
@pytest.mark.parametrize("waits", [(0, 1), (1, 0), (0, 0)], ids=str)
async def test_deleting_frees_the_key_or_the_job_is_repeated(
    people: People, creator: Persona, waits: tuple[int, ...]
) -> None:
    story = await story_of(people, creator)
    repeat = create(creator, storyboard_worth(10), key="k")
    await story.race(repeat)
    (job,) = story.world.jobs
    await story.race(cancel(creator, job))

    await story.race(repeat, delete(creator, job), waits=waits)


@pytest.mark.rule("SLOT-5", "CARD-6", "D-4")
@pytest.mark.parametrize("count", [2, 6])
async def test_the_slot_of_a_starter_goes_to_one_job(people: People, starter: Persona, count: int) -> None:
    story = await story_of(people, starter)

    await story.race(*[create(starter, storyboard_worth(10))] * count)

    assert len(story.world.jobs) == 1


@pytest.mark.rule("SLOT-5", "SLOT-2", "D-7")
async def test_the_last_slot_goes_to_a_clone_or_a_new_job(people: People, creator: Persona) -> None:
    story = await story_of(people, creator)
    source = await story.job(creator)
    await story.race(*[create(creator, storyboard_worth(10))] * 3)

    await story.race(create(creator, storyboard_worth(10)), clone(creator, source), clone(creator, source))

    assert len(story.world.jobs) == 5


@pytest.mark.rule("SLOT-4", "SLOT-5", "JOB-6")
async def test_a_slot_is_freed_before_it_is_taken(people: People, starter: Persona) -> None:
    story = await story_of(people, starter)
    job = await story.job(starter)

    await story.race(
        create(starter, storyboard_worth(10)), cancel(starter, job), create(starter, storyboard_worth(10))
    )


@pytest.mark.rule("CREDIT-6", "CREDIT-4", "INV-U5", "D-6")
@pytest.mark.parametrize("credits", [9, 10, 35])
async def test_the_last_credits_are_spent_once(people: People, credits: int) -> None:
    person = await people.creator(credits=credits)
    story = await story_of(people, person)

    await story.race(*(create(person, storyboard_worth(price)) for price in (10, 20, 10, 30, 10)))


@pytest.mark.rule("CREDIT-3", "CREDIT-6", "REFUND-6")
async def test_a_refund_is_there_before_it_is_spent(people: People) -> None:
    person = await people.creator(credits=100)
    story = await story_of(people, person)
    job = await story.job(person)

    await story.race(create(person, storyboard_worth(90)), cancel(person, job), cancel(person, job))


@pytest.mark.rule("CARD-5", "INV-T6", "CREDIT-1", "SLOT-3")
@pytest.mark.parametrize("credits", [25, 100])
async def test_a_team_spends_its_last_credits_and_slots_once(people: People, credits: int) -> None:
    team = await team_with(people, "member", credits=credits)
    story = await story_of(people, team.owner, team.member)
    owners = [(team.owner, team.urn), (team.member, team.urn), (team.member, team.membership(team.member))]

    await story.race(*(create(each, storyboard_worth(10), owner=urn) for each, urn in owners * 2))
    await story.race(*(create(each, storyboard_worth(5), owner=urn) for each, urn in owners * 2))


@pytest.mark.rule("REFUND-6", "JOB-6", "EVENT-7", "CREDIT-3")
@pytest.mark.parametrize("percent", [None, 0, 50])
async def test_a_job_is_canceled_once(people: People, creator: Persona, percent: float | None) -> None:
    story = await story_of(people, creator)
    job = await story.job(creator, percent=percent)

    await story.race(*[cancel(creator, job)] * 5)

    assert story.world.jobs[job]["status"] == "canceled"


@pytest.mark.rule("ACCESS-7", "D-9", "REFUND-6")
async def test_a_job_of_a_team_is_canceled_once_by_whoever_may(people: People) -> None:
    team = await team_with(people, "admin", "member", "viewer", credits=100)
    story = await story_of(people, team.owner, team.admin, team.member, team.viewer)
    job = await story.job(team.member, percent=20, owner=team.urn)

    await story.race(*(cancel(person, job) for person in story.people))

    assert story.world.jobs[job]["status"] == "canceled"


ENDINGS = ("canceled", "completed", "failed")


def ending(story: Story, name: str, job: str) -> Command:
    """The command that ends a job of the first person in that way."""
    return cancel(story.people[0], job) if name == "canceled" else report(story.machine, job, name)


@pytest.mark.rule("CALLBACK-7", "JOB-7", "REFUND-6", "EVENT-7", "EVENT-14")
@pytest.mark.parametrize(
    "rivals",
    [*((one, other) for one in ENDINGS for other in ENDINGS), (*ENDINGS, *reversed(ENDINGS))],
    ids="-".join,
)
async def test_one_ending_wins(people: People, creator: Persona, rivals: tuple[str, ...]) -> None:
    story = await story_of(people, creator)
    job = await story.job(creator, percent=40)

    await story.race(*(ending(story, name, job) for name in rivals))

    assert story.world.jobs[job]["status"] in rivals


@pytest.mark.rule("CALLBACK-5", "CALLBACK-6", "JOB-2", "EVENT-2")
async def test_a_job_is_started_once(people: People, creator: Persona) -> None:
    story = await story_of(people, creator)
    job = await story.job(creator)

    await story.race(*[report(story.machine, job, "started")] * 3, cancel(creator, job))
    await story.race(cancel(creator, job))


@pytest.mark.rule("CALLBACK-6", "REFUND-2", "EVENT-2")
async def test_progress_counts_up_to_the_ending(people: People, creator: Persona) -> None:
    story = await story_of(people, creator)
    job = await story.job(creator, percent=10)
    told = [report(story.machine, job, "progress", percent) for percent in (30, 60, 60, 90)]

    await story.race(*told[:2], cancel(creator, job), *told[2:], waits=(0, 0, 1))


@pytest.mark.rule("JOB-10", "D-8", "JOB-6")
@pytest.mark.parametrize("waits", [(0, 1, 1), (1, 0, 0), (0, 0, 0)], ids=str)
async def test_a_job_is_deleted_once_and_only_after_its_end(
    people: People, creator: Persona, waits: tuple[int, ...]
) -> None:
    story = await story_of(people, creator)
    job = await story.job(creator, percent=40)

    await story.race(delete(creator, job), cancel(creator, job), delete(creator, job), waits=waits)
    await story.race(*[delete(creator, job)] * 3, clone(creator, job))

    assert job not in story.world.jobs


@pytest.mark.rule("JOB-10", "CALLBACK-5", "CALLBACK-7")
async def test_a_deleted_job_takes_no_reports(people: People, creator: Persona) -> None:
    story = await story_of(people, creator)
    job = await story.job(creator, percent=40)

    await story.race(
        report(story.machine, job, "completed"), delete(creator, job), report(story.machine, job, "failed")
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """One command at random: which kind, by which of two people, about which of two jobs, how late."""

    kind: str
    person: int
    job: int
    number: int
    wait: int


KINDS = ("create", "create again", "create for the team", "clone", "cancel", "delete",
         "started", "progress", "completed", "failed")  # fmt: skip
drawn = st.builds(
    Drawn,
    st.sampled_from(KINDS),
    st.integers(0, 1),
    st.integers(0, 1),
    st.integers(1, 60),
    st.sampled_from([0, 0, 0, 1]),
)


def command(story: Story, team: str, each: Drawn) -> Command:
    """What was drawn, for the jobs that the story began with."""
    person, job = story.people[each.person], list(story.world.jobs)[each.job]
    spec = storyboard_worth(each.number)
    if each.kind.startswith("create"):
        owner = team if each.kind.endswith("team") else None
        return create(person, spec, owner=owner, key="k" if each.kind.endswith("again") else None)
    actions = {"clone": clone, "cancel": cancel, "delete": delete}
    if each.kind in actions:
        return actions[each.kind](person, job)
    return report(story.machine, job, each.kind, each.number)


@pytest.mark.rule("CREDIT-5", "SLOT-5", "IDEM-7", "CALLBACK-7", "REFUND-6", "EVENT-14")
@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # shrinking takes minutes, and a race of five is short
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # every example makes its own people
)
@given(st.lists(drawn, min_size=2, max_size=5), st.sampled_from([40, None]))
def test_any_race_of_two_people_has_an_order(
    target: Target, rng: Random, history: History, routes: Routes, group: list[Drawn], percent: int | None
) -> None:
    async def told() -> None:
        async with People(target, rng, history, routes.operation_of) as people:
            team = await team_with(people, "member", credits=150)
            await target.set_credits(team.owner.owner, 120)
            story = await story_of(people, team.owner, team.member)
            await story.job(team.owner, percent=percent)
            await story.job(team.member, percent=percent, owner=team.urn)
            commands = [command(story, team.urn, each) for each in group]
            await story.race(*commands, waits=tuple(each.wait for each in group))

    target.run(told())
