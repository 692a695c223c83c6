"""The event stream of a job: order, resuming behind any event, what is refused, and following live."""

import asyncio
import json

import pytest

from framecast_client import ApiError, GoneError, ValidationError
from framecast_client.models import Job
from framecast_contract.checks.streams import frames_of
from framecast_contract.oracle.events import broken_stream_rules, expected_answer
from framecast_contract.target.people import People, Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.following import events, frames
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard

pytestmark = [pytest.mark.needs("credits", "renders"), pytest.mark.usefixtures("back_end")]

SEVEN_DAYS = 7 * 24 * 3600


@pytest.fixture
async def finished(creator: Persona, back_end: RenderBackEnd) -> Job:
    """A completed job with twelve events, so that ids must be compared as numbers."""
    job = await creator.client.create_job(storyboard(5))
    await back_end.start(job.id)
    for percent in range(10, 100, 10):
        await back_end.progress(job.id, percent)
    return await back_end.complete(job.id)


@pytest.mark.rule("EVENT-1", "EVENT-2", "EVENT-3", "EVENT-5", "EVENT-6", "EVENT-7", "EVENT-8")
async def test_a_finished_stream_tells_everything_in_order_and_ends(creator: Persona, finished: Job) -> None:
    stream = await events(creator, finished.id)

    types = ["queued", "started", *["progress"] * 9, "completed"]
    assert frames(stream) == [(f"{finished.id}:{n}", kind) for n, kind in enumerate(types, 1)]


@pytest.mark.rule("EVENT-4", "EVENT-1", "EVENT-3", "EVENT-8")
async def test_every_frame_holds_one_line_of_json(
    people: People, creator: Persona, back_end: RenderBackEnd
) -> None:
    job = await creator.client.create_job(storyboard(5))
    await back_end.start(job.id)
    for percent in (0, 12.5, 100):
        await back_end.progress(job.id, percent)
    await back_end.fail(job.id, "validation", {"message": "two\nlines", "log": ["data: none", ""]})

    await events(creator, job.id)

    read = people.history.last()
    assert read is not None
    told = frames_of(read.response_body)
    assert broken_stream_rules(str(job.id), told, ended=True) == []
    percents = [json.loads(frame.data)["percent"] for frame in told if frame.event == "progress"]
    assert percents == [0, 12.5, 100]


@pytest.mark.rule("EVENT-9", "EVENT-12")
async def test_resuming_behind_any_event_gives_the_rest(creator: Persona, finished: Job) -> None:
    whole = await events(creator, finished.id)

    for position, event in enumerate(whole, 1):
        if event.event == "completed":
            continue  # behind the last event there is nothing, which a client cannot tell from a cut stream
        assert await events(creator, finished.id, after=event.id) == whole[position:]


@pytest.mark.rule("EVENT-10", "EVENT-11")
@pytest.mark.parametrize("sequence", ["99", "0", "-1", "x", "", "1:2", "01"])
async def test_a_bad_place_to_resume_is_refused_before_the_stream_opens(
    creator: Persona, finished: Job, sequence: str
) -> None:
    header = f"{finished.id}:{sequence}"

    with pytest.raises(ApiError) as refused:
        await events(creator, finished.id, after=header)

    assert refused.value.status == expected_answer(header, str(finished.id), range(1, 13)).status


@pytest.mark.rule("EVENT-11")
async def test_an_event_of_another_job_is_no_place_to_resume(creator: Persona, finished: Job) -> None:
    other = await creator.client.create_job(storyboard(5))
    await creator.client.cancel_job(other.id)

    with pytest.raises(ValidationError):
        await events(creator, finished.id, after=f"{other.id}:1")


@pytest.mark.rule("EVENT-15", "EVENT-10")
@pytest.mark.needs("clock")
async def test_events_are_kept_for_seven_days(people: People, creator: Persona, finished: Job) -> None:
    await pass_time(SEVEN_DAYS + 1)
    creator = people.renewed(creator)

    with pytest.raises(GoneError):
        await events(creator, finished.id, after=f"{finished.id}:3")


@pytest.mark.rule("EVENT-8", "EVENT-13")
async def test_an_open_stream_follows_the_job_to_its_end(creator: Persona, back_end: RenderBackEnd) -> None:
    job = await creator.client.create_job(storyboard(5))
    following = asyncio.create_task(events(creator, job.id))

    await back_end.bring_to(job.id, 40)
    await back_end.complete(job.id)

    seen = await asyncio.wait_for(following, timeout=10)
    assert [event.event for event in seen] == ["queued", "started", "progress", "completed"]


@pytest.mark.rule("EVENT-8", "REFUND-3")
async def test_a_cancellation_ends_open_streams(creator: Persona) -> None:
    job = await creator.client.create_job(storyboard(5))
    stream = creator.client.get_job_events(job.id)
    first = await anext(stream)

    await creator.client.cancel_job(job.id)

    assert [first.event, *[event.event async for event in stream]] == ["queued", "canceled"]
