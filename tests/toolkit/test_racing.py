"""The check of races can fail: it finds planted defects, and its words say what was sent, seen and tried."""

import re
from collections.abc import Awaitable, Callable
from random import Random

import pytest

from framecast_contract.history import History
from framecast_contract.target.choose import open_target
from framecast_contract.target.people import People
from framecast_contract.target.routes import Routes
from framecast_contract.workloads.racing import raced, world_of
from framecast_contract.workloads.racing_commands import cancel, create, report
from framecast_contract.workloads.storyboards import storyboard, storyboard_worth

Race = Callable[[People], Awaitable[None]]
Run = Callable[[Race, str | None], Awaitable[None]]


@pytest.fixture
def run(routes: Routes) -> Run:
    """Runs a race in a sandbox of its own, with the named planted defect if any."""

    async def run(race: Race, defect: str | None) -> None:
        with open_target("sandbox", Random(1), defect=defect) as target:
            async with People(target, Random(2), History(), routes.operation_of) as people:
                await race(people)

    return run


async def one_key(people: People) -> None:
    person = await people.creator(credits=100)
    world = await world_of(person)
    await raced(world, [person], [create(person, storyboard_worth(10), key="k")] * 3)


async def one_slot(people: People) -> None:
    person = await people.starter(credits=100)
    world = await world_of(person)
    await raced(world, [person], [create(person, storyboard_worth(10))] * 3)


async def few_credits(people: People) -> None:
    person = await people.creator(credits=19)
    world = await world_of(person)
    await raced(world, [person], [create(person, storyboard_worth(10))] * 3)


async def many_credits(people: People) -> None:
    person = await people.creator(credits=100)
    world = await world_of(person)
    await raced(world, [person], [create(person, storyboard_worth(10))] * 3)


async def endings(people: People) -> None:
    person, machine = await people.creator(credits=100), people.render_back_end()
    world = await raced(await world_of(person), [person], [create(person, storyboard_worth(100))])
    (job,) = world.jobs
    world = await raced(world, [person], [report(machine, job, "started")])
    world = await raced(world, [person], [report(machine, job, "progress", 40)])
    await raced(world, [person], [report(machine, job, "failed"), cancel(person, job)])


RACES = {
    "key-looked-up-too-early": one_key,
    "slots-counted-too-early": one_slot,
    "credits-spent-twice": few_credits,
    "debits-overwritten": many_credits,
    "every-ending-wins": endings,
}


@pytest.mark.parametrize(("defect", "race"), RACES.items(), ids=RACES)
async def test_a_race_defect_is_found(run: Run, defect: str, race: Race) -> None:
    await run(race, None)

    with pytest.raises(AssertionError, match="no order of these requests"):
        await run(race, defect)


async def test_a_failure_tells_requests_answers_reads_and_orders(run: Run) -> None:
    with pytest.raises(AssertionError) as failure:
        await run(endings, "every-ending-wins")

    told = re.sub(r"framecast:(user|team):[0-9a-f-]{36}", r"the \1", str(failure.value))
    assert re.sub(r"job [0-9a-f]{8}", "job J", told) == (
        "no order of these requests, sent at once, explains what was seen\n"
        "requests and their answers:\n"
        "  1. render back end reports failed on job J: 200 with job J, failed, 100 credits back\n"
        "  2. creator cancels job J: 200 with job J, canceled, 54 credits back\n"
        "read afterwards:\n"
        "  the user has 154 credits\n"
        "  the team has 0 credits\n"
        "  job J: canceled, 54 credits back, 100 charged, told as queued, started, progress, failed\n"
        "orders tried, those that came furthest first:\n"
        "  1, then 2?: expected 409 CONFLICT, was 200 with job J, canceled, 54 credits back\n"
        "  2, then 1?: expected 409 CONFLICT, was 200 with job J, failed, 100 credits back"
    )


async def test_commands_can_be_interleaved(run: Run) -> None:
    async def race(people: People) -> None:
        person, machine = await people.creator(credits=100), people.render_back_end()
        world = await world_of(person)
        for waits, ended in (((0, 9), "canceled"), ((9, 0), "failed")):
            known = set(world.jobs)
            world = await raced(world, [person], [create(person, storyboard(10))])
            (job,) = set(world.jobs) - known
            world = await raced(world, [person], [report(machine, job, "started")])
            rivals = [cancel(person, job), report(machine, job, "failed")]
            world = await raced(world, [person], rivals, waits=waits)
            assert world.jobs[job]["status"] == ended

    await run(race, None)
