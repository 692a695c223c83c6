"""Parallel requests: exactly the outcomes the facts allow, and books that balance."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from .world import SPEC, VIDEO, Person, World


async def together(*calls: Any) -> list[tuple[int, Any]]:
    return list(await asyncio.gather(*calls))


def statuses(answers: list[tuple[int, Any]]) -> Counter[int]:
    return Counter(status for status, _ in answers)


def create(person: Person, **members: Any) -> Any:
    return person.call("POST", "/v1/generate", {"spec": SPEC, **members})


@pytest.mark.parametrize(("taken", "asked", "made"), [(0, 8, 5), (3, 4, 2)])
async def test_free_slots_are_never_oversold(world: World, taken: int, asked: int, made: int) -> None:
    person = await world.creator()
    for _ in range(taken):
        await person.job()
    answers = await together(*(create(person) for _ in range(asked)))
    assert statuses(answers) == {201: made, 409: asked - made}
    assert await person.balance() == 1000 - 10 * 5


async def test_money_for_k_jobs_makes_k_jobs(world: World) -> None:
    person = await world.creator(39)
    answers = await together(*(create(person) for _ in range(5)))
    assert statuses(answers) == {201: 3, 402: 2}
    assert await person.balance() == 9


async def test_one_key_makes_one_job(world: World) -> None:
    person = await world.creator()
    answers = await together(*(create(person, idempotency_key="k") for _ in range(7)))
    assert statuses(answers) == {201: 1, 200: 6}
    assert len({job["id"] for _, job in answers}) == 1
    assert await person.balance() == 990


async def test_one_of_many_cancels_wins(world: World) -> None:
    person = await world.starter()
    job = await person.job()
    answers = await together(*(person.call("POST", f"/v1/jobs/{job['id']}/cancel") for _ in range(5)))
    assert statuses(answers) == {200: 1, 409: 4}
    assert await person.balance() == 999
    assert await person.events(job["id"]) == ["queued", "canceled"]


@pytest.mark.parametrize("cancel_first", [True, False])
async def test_canceling_against_completing_has_one_winner(world: World, cancel_first: bool) -> None:
    person = await world.starter()
    job = await person.job()
    await world.report(job, "started")
    calls = [
        person.call("POST", f"/v1/jobs/{job['id']}/cancel"),
        world.report(job, "completed", output=VIDEO),
    ]
    answers = await together(*(calls if cancel_first else reversed(calls)))
    after = await person.read(job["id"])
    assert statuses(answers) == {200: 1, 409: 1}
    assert (await person.events(job["id"]))[-1] == after["status"]
    assert await person.balance() == 1000 - after["credits_charged"] + after["credits_refunded"]


async def test_parallel_reports_have_their_own_events(world: World) -> None:
    person = await world.starter()
    job = await person.job()
    assert statuses(await together(*(world.report(job, "started") for _ in range(3)))) == {200: 1, 409: 2}
    progress = [world.report(job, "progress", progress_percent=n) for n in range(4)]
    ends = [world.report(job, "completed", output=VIDEO), world.report(job, "failed")]
    answers = await together(*progress, *ends)
    assert statuses(answers) == {200: 5, 409: 1}
    events = await person.events(job["id"])
    assert len(events) == 2 + 4 + 1
    assert events[-1] in ("completed", "failed")
