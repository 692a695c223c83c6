"""The event stream: what is stored, where it resumes, and that it lives while the job does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from .world import VIDEO, Person, World, a_world, code

NOBODY = "00000000-0000-4000-8000-000000000000"


class Reader:
    """Follows a stream by calling the app by hand, because httpx would wait for its end."""

    def __init__(self, person: Person, job: dict[str, Any]) -> None:
        self.frames: asyncio.Queue[str] = asyncio.Queue()
        self.meanwhile: Callable[[], Awaitable[Any]] | None = None
        self._gone = asyncio.Event()
        headers = [(b"authorization", f"Bearer {person.token}".encode())]
        path = f"/v1/jobs/{job['id']}/events"
        scope = {"type": "http", "method": "GET", "path": path, "headers": headers, "query_string": b""}
        self.task = asyncio.ensure_future(person.world.sandbox.app(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message.get("body") and self.meanwhile is not None:
            happening, self.meanwhile = self.meanwhile, None
            await happening()
        for frame in message.get("body", b"").decode().split("\n\n"):
            if frame:
                self.frames.put_nowait(frame)

    async def next(self) -> str:
        """The kind of the next event."""
        frame = await asyncio.wait_for(self.frames.get(), 5)
        return frame.splitlines()[1].removeprefix("event: ")

    async def ends(self) -> bool:
        await asyncio.wait_for(self.task, 5)
        return self.frames.empty()

    def hang_up(self) -> None:
        self._gone.set()


@asynccontextmanager
async def reading(person: Person, job: dict[str, Any]) -> AsyncIterator[Reader]:
    reader = Reader(person, job)
    try:
        yield reader
    finally:
        reader.hang_up()
        await reader.task


async def finished(world: World) -> tuple[Person, dict[str, Any]]:
    person = await world.starter()
    job = await person.job()
    await world.report(job, "started")
    await world.report(job, "progress", progress_percent=50)
    await world.report(job, "completed", output=VIDEO)
    return person, job


async def test_the_frames_of_a_finished_job(world: World) -> None:
    person, job = await finished(world)
    response = await person.send("GET", f"/v1/jobs/{job['id']}/events")
    assert (response.status_code, response.headers["content-type"]) == (200, "text/event-stream")
    told = [("queued", "{}"), ("started", "{}"), ("progress", '{"percent": 50}'), ("completed", "{}")]
    assert response.text == "".join(
        f"id: {job['id']}:{number}\nevent: {kind}\ndata: {data}\n\n"
        for number, (kind, data) in enumerate(told, start=1)
    )


@pytest.mark.parametrize(
    ("last", "expected"),
    [("JOB:1", ["started", "progress", "completed"]), ("JOB:4", [])],
)
async def test_resuming(world: World, last: str, expected: list[str]) -> None:
    person, job = await finished(world)
    assert await person.events(job["id"], Last_Event_ID=last.replace("JOB", job["id"])) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("JOB:5", (410, "GONE")),
        ("JOB:0", (410, "GONE")),
        ("JOB:-1", (410, "GONE")),
        ("JOB:" + "9" * 400, (410, "GONE")),
        ("JOB", (400, "VALIDATION_ERROR")),
        ("JOB:x", (400, "VALIDATION_ERROR")),
        ("JOB:01", (400, "VALIDATION_ERROR")),
        ("", (400, "VALIDATION_ERROR")),
        (f"{NOBODY}:1", (400, "VALIDATION_ERROR")),
    ],
)
async def test_places_where_nothing_resumes(world: World, last: str, expected: tuple[int, str]) -> None:
    person, job = await finished(world)
    path = f"/v1/jobs/{job['id']}/events"
    header = last.replace("JOB", job["id"])
    assert code(await person.call("GET", path, Last_Event_ID=header)) == expected


async def test_events_are_kept_for_seven_days(world: World) -> None:
    person = await world.starter()
    job = await person.job()
    await world.clock.advance(86400)
    await world.report(job, "started")
    await world.report(job, "failed")
    await world.clock.advance(6 * 86400 + 1)
    assert await person.events(job["id"]) == ["started", "failed"]
    path = f"/v1/jobs/{job['id']}/events"
    assert code(await person.call("GET", path, Last_Event_ID=f"{job['id']}:1")) == (410, "GONE")
    assert await person.events(job["id"], Last_Event_ID=f"{job['id']}:2") == ["failed"]


async def test_live_events_arrive_and_the_terminal_one_ends_every_stream(world: World) -> None:
    person = await world.starter()
    job = await person.job()
    async with reading(person, job) as one, reading(person, job) as two:
        assert await one.next() == await two.next() == "queued"
        await world.report(job, "started")
        assert await one.next() == await two.next() == "started"
        await person.call("POST", f"/v1/jobs/{job['id']}/cancel")
        assert await one.next() == await two.next() == "canceled"
        assert await one.ends()
        assert await two.ends()


async def test_a_reader_who_hangs_up_is_forgotten_at_once(world: World) -> None:
    person = await world.starter()
    job = await person.job()
    async with reading(person, job) as reader:
        await reader.next()
        reader.hang_up()
        assert await reader.ends()
        assert world.sandbox.events._followers == {}


async def test_nothing_slips_in_between_reading_and_following(world: World) -> None:
    """An event that is added while stored ones are being sent must wake the reader."""
    person = await world.starter()
    job = await person.job()
    async with reading(person, job) as reader:
        reader.meanwhile = lambda: world.report(job, "started")
        assert [await reader.next(), await reader.next()] == ["queued", "started"]


async def test_a_stream_that_is_too_long_is_cut_and_resumed() -> None:
    async with a_world(max_stream_seconds=60) as world:
        person = await world.starter()
        job = await person.job()
        async with reading(person, job) as reader:
            await reader.next()
            await world.clock.advance(60)
            assert await reader.ends()


async def test_reset_and_shutdown_end_streams(world: World) -> None:
    person = await world.starter()
    job = await person.job()
    async with reading(person, job) as reader:
        await reader.next()
        world.sandbox.events.end_streams()
        assert await reader.ends()
    async with reading(person, job) as reader:
        assert await reader.next() == "queued"
        assert await reader.ends()


async def test_the_stream_of_a_deleted_job_ends(world: World) -> None:
    person = await world.starter()
    job = await person.job()
    async with reading(person, job) as reader:
        await reader.next()
        world.sandbox.reset()
        assert await reader.ends()
