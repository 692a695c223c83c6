"""What can be measured inside one process: each call measures once, in milliseconds or requests a second."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import cache
from random import Random

from framecast_contract.checks.telling import Case
from framecast_contract.contract import Contract, load_contract
from framecast_contract.fuzzing import Fuzz, fuzz_schema
from framecast_contract.history import History
from framecast_contract.target.embedded import EmbeddedTarget
from framecast_contract.target.people import People, Persona
from framecast_contract.target.routes import Routes
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard

CONFORMANCE = ("create_job", "list_jobs", "create_api_key", "validate_spec", "get_job")
EXAMPLES = 50


@cache
def _contract() -> Contract:
    return load_contract()


@cache
def _routes() -> Routes:
    return Routes((name, each.method, each.path) for name, each in _contract().operations.items())


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def new_sandbox() -> float:
    """A sandbox with its doubles, as every test gets one."""
    return _milliseconds(lambda: EmbeddedTarget(Random(1)).close())


def reset() -> float:
    """Emptying a sandbox that holds a user, a team and two jobs."""
    target = EmbeddedTarget(Random(1))

    async def fill(people: People) -> None:
        owner = await people.creator(credits=100)
        await owner.client.create_job(storyboard(5))
        await owner.client.create_job(storyboard(5))

    _with_people(target, fill)
    return _milliseconds(target.sandbox.reset)


def get_job() -> float:
    """One `get_job` through the client, in process, recorded as in a test."""
    spent = 0.0

    async def story(people: People) -> None:
        nonlocal spent
        owner = await people.creator(credits=100)
        job = await owner.client.create_job(storyboard(5))
        started = time.perf_counter()
        await owner.client.get_job(job.id)
        spent = (time.perf_counter() - started) * 1000

    _with_people(EmbeddedTarget(Random(1)), story)
    return spent


def lifecycle() -> float:
    """create → started → progress → completed → read, with a new world, as one lifecycle test does it."""

    async def story(people: People) -> None:
        back_end = RenderBackEnd(people)
        owner = await people.starter(credits=100)
        job = await owner.client.create_job(storyboard(5))
        await back_end.bring_to(job.id, 50)
        await back_end.complete(job.id)
        await owner.client.get_job(job.id)

    return _milliseconds(lambda: _with_people(EmbeddedTarget(Random(1)), story))


def _with_people(target: EmbeddedTarget, story: Callable[[People], Awaitable[None]]) -> None:
    async def run() -> None:
        async with People(target, Random(2), History(), _routes().operation_of) as people:
            await story(people)

    asyncio.run(run())


def conformance() -> float:
    """Requests per second of the fuzzing engine with every check, in one process, over five operations."""
    target = EmbeddedTarget(Random(1))

    async def creator() -> Persona:
        async with People(target, Random(2), History(), _routes().operation_of) as people:
            return await people.creator(credits=1_000_000)

    actor = target.run(creator())
    schema = fuzz_schema(
        _contract(),
        base_url=target.base_url,
        adapter=target.adapter(),
        token=actor.token,
        seed=1,
        max_examples=EXAMPLES,
        known_ids={},
        operations=CONFORMANCE,
    )
    started = time.perf_counter()
    result = Fuzz(schema, "creator", Case("bench", (), "just bench"), _routes().operation_of).run(
        "examples", "coverage", "fuzzing"
    )
    seconds = time.perf_counter() - started
    return sum(sum(statuses.values()) for statuses in result.ledger.operations.values()) / seconds
