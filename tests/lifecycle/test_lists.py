"""The list of jobs: what is on it, in which order, how filters and pages cut it."""

from typing import Any

import pytest

from framecast_client.models import Job
from framecast_contract.oracle.jobs import newest_first
from framecast_contract.oracle.limits import broken_pages, page, page_number_answer
from framecast_contract.oracle.words import INVALID, OK
from framecast_contract.target.people import People, Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_of
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard

SOMEBODY_ELSE = "7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11"
STATES = ("queued", "processing", "completed", "failed", "canceled")
with_jobs = pytest.mark.needs("credits", "renders")


@pytest.fixture
async def jobs(creator: Persona, back_end: RenderBackEnd) -> list[Job]:
    """Two rounds of a job in every state, newest first, as they are read one by one."""
    made = [await _bring_to(state, creator, back_end) for state in STATES * 2]
    return [await creator.client.get_job(job.id) for job in reversed(made)]


async def _bring_to(state: str, owner: Persona, back_end: RenderBackEnd) -> Job:
    await pass_time(1)
    job = await owner.client.create_job(storyboard(1))
    await back_end.lead(owner, job.id, state)
    return job


@with_jobs
@pytest.mark.rule("LIST-1", "LIST-7", "LIST-8")
async def test_jobs_are_listed_newest_first_as_they_are_read(creator: Persona, jobs: list[Job]) -> None:
    listed = await creator.client.list_jobs()

    assert [job.id for job in listed] == [job.id for job in jobs]
    assert [_without_output(job) for job in listed] == [_without_output(job) for job in jobs]
    assert newest_first(all_as_json(listed))


def _without_output(job: Job) -> dict[str, Any]:
    return job.model_dump(mode="json", exclude={"output"})  # its URLs are signed anew for every answer


@with_jobs
@pytest.mark.rule("LIST-9", "LIST-7")
@pytest.mark.parametrize("state", STATES)
async def test_a_status_filter_keeps_jobs_of_that_status(
    creator: Persona, jobs: list[Job], state: Any
) -> None:
    found = await creator.client.list_jobs(status=state)

    assert [job.id for job in found] == [job.id for job in jobs if job.status == state]


@with_jobs
@pytest.mark.rule("LIST-9")
async def test_moments_of_creation_bound_the_list_exclusively(creator: Persona, jobs: list[Job]) -> None:
    early, late = jobs[7].created_at, jobs[2].created_at

    between = await creator.client.list_jobs(created_after=early, created_before=late)
    failed = await creator.client.list_jobs(created_after=early, status="failed", owner=creator.owner)

    assert [job.id for job in between] == [job.id for job in jobs[3:7]]
    assert [job.id for job in failed] == [job.id for job in jobs[:7] if job.status == "failed"]


@with_jobs
@pytest.mark.rule("LIST-9", "OWNER-7", "ACCESS-6")
@pytest.mark.parametrize(
    "wanted",
    [
        {"owner": f"framecast:user:{SOMEBODY_ELSE}"},
        {"owner": f"framecast:team:{SOMEBODY_ELSE}"},
        {"owner": f"framecast:{SOMEBODY_ELSE}:{SOMEBODY_ELSE}"},
        {"project_id": SOMEBODY_ELSE},
    ],
    ids=lambda wanted: str(*wanted.values()),
)
async def test_what_is_not_accessible_filters_to_nothing(
    creator: Persona, jobs: list[Job], wanted: dict[str, str]
) -> None:
    assert len(jobs) == 10
    assert await creator.client.list_jobs(**wanted) == []  # type: ignore[arg-type] # one keyword at a time


@with_jobs
@pytest.mark.rule("ACCESS-6", "OWNER-7")
async def test_nobody_sees_the_jobs_of_somebody_else(
    people: People, creator: Persona, jobs: list[Job]
) -> None:
    stranger = await people.creator("stranger")

    assert await stranger.client.list_jobs() == []
    assert await stranger.client.list_jobs(owner=creator.owner) == []
    assert len(await creator.client.list_jobs(owner=creator.owner)) == len(jobs)


@with_jobs
@pytest.mark.rule("LIST-6", "LIST-2", "LIST-5")
@pytest.mark.parametrize("limit", [1, 3, 10])
async def test_pages_make_up_the_list(creator: Persona, jobs: list[Job], limit: int) -> None:
    whole = await creator.client.list_jobs()

    pages = [
        await creator.client.list_jobs(limit=limit, offset=offset)
        for offset in range(0, len(jobs) + 1, limit)
    ]

    assert broken_pages(whole, pages, limit) == []


@with_jobs
@pytest.mark.rule("LIST-2", "LIST-3", "LIST-5")
@pytest.mark.usefixtures("back_end")
async def test_a_page_holds_50_unless_asked_otherwise_and_100_at_most(creator: Persona) -> None:
    made: list[str] = []
    for _ in range(101):
        job = await creator.client.create_job(storyboard(1))
        made.insert(0, str(job.id))
        await creator.client.cancel_job(job.id)

    async def ids(**asked: int) -> list[str]:
        return [str(job.id) for job in await creator.client.list_jobs(**asked)]  # type: ignore[arg-type]  # a table of options

    assert await ids() == page(made)
    for limit, offset in ((100, 0), (101, 0), (2**40, 1), (0, 0), (-1, 5), (100, 100), (5, -5), (5, 101)):
        assert await ids(limit=limit, offset=offset) == page(made, limit, offset)


@pytest.mark.rule("LIST-4")
@pytest.mark.parametrize("name", ["limit", "offset"])
@pytest.mark.parametrize(
    "values",
    [["5"], ["-5"], ["0"], ["x"], [""], ["1.5"], ["1e2"], ["0x10"], ["null"], ["1", "2"], ["1", "1"],
     ["9223372036854775807"], ["9223372036854775808"], ["-9223372036854775809"], ["9" * 400]],
    ids=lambda values: ",".join(values)[:24],
)  # fmt: skip
async def test_a_page_is_asked_for_in_whole_numbers(people: People, name: str, values: list[str]) -> None:
    person = await people.starter()
    client = people.raw_client(person.name, f"Bearer {person.token}")

    answer = await answer_of(client.get("/v1/jobs", params=[(name, value) for value in values]))

    assert answer == (page_number_answer(values) or OK)


@pytest.mark.rule("ERROR-6", "OWNER-1")
@pytest.mark.parametrize(
    "query",
    [
        "status=done", "status=", "status=QUEUED", "status=queued&status=failed", "project_id=x",
        "project_id=", "owner=me", "owner=",
        "owner=framecast:user:ME", f"owner=framecast:user:{SOMEBODY_ELSE.upper()}",
        f"owner=framecast:artifact:{SOMEBODY_ELSE}", "created_after=yesterday", "created_after=2026-01-05",
        "created_after=2026-01-05T12:00:00", "created_before=2026-13-05T12:00:00Z", "created_before=",
        "created_before=2026-01-05T12:00:00Z&created_before=2026-01-06T12:00:00Z", "status=%00",
    ],
)  # fmt: skip
async def test_a_bad_filter_is_bad_input(people: People, query: str) -> None:
    person = await people.starter()
    client = people.raw_client(person.name, f"Bearer {person.token}")

    assert await answer_of(client.get(f"/v1/jobs?{query}")) == INVALID


@pytest.mark.rule("LIST-1", "LIST-5")
async def test_a_list_without_jobs_is_an_empty_array(people: People) -> None:
    person = await people.starter()

    assert await person.client.list_jobs() == []
