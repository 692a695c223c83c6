"""The event stream of a job: stored events first, then live ones (job-semantics 6)."""

import asyncio
import json
import re
import sqlite3
from typing import TYPE_CHECKING, Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from framecast_contract.sandbox.http import Call, Refusal, invalid
from framecast_contract.sandbox.lifecycle import TERMINAL

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

_LAST_EVENT_ID = re.compile(
    r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):(0|-?[1-9][0-9]*)"
)
_MAX_DIGITS = 18


class Events:
    """Stores events, answers who asks for them, and wakes who follows."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._followers: dict[str, set[asyncio.Event]] = {}
        self.closing = False

    def append(self, job_id: str, kind: str, data: dict[str, Any]) -> None:
        """Add an event with the next sequence number. Runs inside the transaction of the change it tells."""
        row = {
            "job_id": job_id,
            "sequence": self.next_sequence(job_id),
            "type": kind,
            "data": json.dumps(data),
            "created_at": self._sandbox.stamp(),
        }
        self._sandbox.database.insert("job_events", row)
        self.wake(job_id)

    def next_sequence(self, job_id: str) -> int:
        """From 1, without gaps."""
        row = self._sandbox.database.one(
            "SELECT max(sequence) AS last FROM job_events WHERE job_id = ?", job_id
        )
        return 1 if row is None or row["last"] is None else int(row["last"]) + 1

    def after(self, job_id: str, sequence: int) -> list[sqlite3.Row]:
        """Events with a larger sequence that are not older than the retention allows."""
        return self._sandbox.database.all(
            "SELECT * FROM job_events WHERE job_id = ? AND sequence > ? AND created_at > ? ORDER BY sequence",
            (job_id, sequence, self._kept_since()),
        )

    def _kept_since(self) -> str:
        return self._sandbox.ago(self._sandbox.settings.event_retention_seconds)

    def forget(self, job_id: str) -> None:
        """The events go with their job."""
        self._sandbox.database.run("DELETE FROM job_events WHERE job_id = ?", job_id)
        self.wake(job_id)

    def get_job_events(self, call: Call) -> Response:
        """The stream, or 400 and 410 for a `Last-Event-ID` that does not fit."""
        job = self._sandbox.jobs.visible(call.caller, call.path_uuid("job_id"))
        return EventStream(self._sandbox, job["id"], self.resume_after(job["id"], call))

    def resume_after(self, job_id: str, call: Call) -> int:
        """The last sequence the client has seen; 0 from the start."""
        headers = call.headers(b"last-event-id")
        if not headers:
            return 0
        match = _LAST_EVENT_ID.fullmatch(headers[0]) if len(headers) == 1 else None
        if match is None or match[1] != job_id:
            raise invalid("Last-Event-ID must be <job_id>:<sequence> of this job")
        sequence = int(match[2]) if len(match[2]) <= _MAX_DIGITS else 0
        if not self.is_stored(job_id, sequence):
            raise Refusal(410, "GONE", "that event is not stored; read the job and follow from the start")
        return sequence

    def is_stored(self, job_id: str, sequence: int) -> bool:
        row = self._sandbox.database.one(
            "SELECT 1 FROM job_events WHERE job_id = ? AND sequence = ? AND created_at > ?",
            job_id,
            sequence,
            self._kept_since(),
        )
        return row is not None

    def is_over(self, job_id: str) -> bool:
        """Whether nothing more will come: the job has ended or is gone, or the server is going down."""
        job = self._sandbox.jobs.find(job_id)
        return self.closing or job is None or job["status"] in TERMINAL

    def follow(self, job_id: str) -> asyncio.Event:
        """A flag that is set whenever the job has news; give it back with `unfollow`."""
        news = asyncio.Event()
        self._followers.setdefault(job_id, set()).add(news)
        return news

    def unfollow(self, job_id: str, news: asyncio.Event) -> None:
        followers = self._followers.get(job_id, set())
        followers.discard(news)
        if not followers:
            self._followers.pop(job_id, None)

    def wake(self, job_id: str) -> None:
        for news in self._followers.get(job_id, ()):
            news.set()

    def end_streams(self) -> None:
        """Close every open stream, and new ones after what is stored: for shutdown."""
        self.closing = True
        self.clear()

    def clear(self) -> None:
        """Wake everybody; their jobs are gone or the server is closing."""
        for job_id in list(self._followers):
            self.wake(job_id)


class EventStream(Response):
    """An SSE answer that lives until the terminal event, the client's hang-up or the longest stream time."""

    def __init__(self, sandbox: "Sandbox", job_id: str, after: int) -> None:
        super().__init__(headers={"cache-control": "no-store"})
        self.headers["content-type"] = "text/event-stream"
        del self.headers["content-length"]
        self._sandbox = sandbox
        self._job_id = job_id
        self._sent = after

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        news = self._sandbox.events.follow(self._job_id)  # before reading, so that nothing slips in between
        try:
            if not await self._send_stored(news, send):
                await self._send_live(news, receive, send)
        finally:
            self._sandbox.events.unfollow(self._job_id, news)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_stored(self, news: asyncio.Event, send: Send) -> bool:
        """Send what is stored and not sent yet; True when nothing more can come."""
        news.clear()
        over = self._sandbox.events.is_over(self._job_id)
        rows = self._sandbox.events.after(self._job_id, self._sent)
        if rows:
            self._sent = rows[-1]["sequence"]
            body = "".join(map(frame, rows)).encode()
            await send({"type": "http.response.body", "body": body, "more_body": True})
        return over

    async def _send_live(self, news: asyncio.Event, receive: Receive, send: Send) -> None:
        hung_up = asyncio.ensure_future(_hang_up(receive))
        too_long = asyncio.Event()
        limit = self._sandbox.settings.max_stream_seconds
        timer = self._sandbox.clock.call_later(limit, _setter(too_long, news))
        try:
            while await _woken(news, hung_up) and not too_long.is_set():
                if await self._send_stored(news, send):
                    break
        finally:
            timer.cancel()
            hung_up.cancel()


def frame(event: sqlite3.Row) -> str:
    """One event in the wire format."""
    return f"id: {event['job_id']}:{event['sequence']}\nevent: {event['type']}\ndata: {event['data']}\n\n"


async def _hang_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _woken(news: asyncio.Event, hung_up: "asyncio.Future[None]") -> bool:
    """Wait for news; False when the client went away instead."""
    waiting = asyncio.ensure_future(news.wait())
    either: set[asyncio.Future[Any]] = {waiting, hung_up}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
    return not hung_up.done()


def _setter(*flags: asyncio.Event) -> Any:
    async def set_all() -> None:
        for flag in flags:
            flag.set()

    return set_all
