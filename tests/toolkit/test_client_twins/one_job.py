"""A pretended server with one job that ends, for tests that wait for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import httpx

from .pretending import Reply, event, frame, refused, stream

TOLD = [event(1, "queued"), event(2, "progress", percent=50), event(3, "completed")]
FRAMES = [frame(1, "queued"), frame(2, "progress", '{"percent": 50}'), frame(3, "completed")]


class House:
    """A server with one job: `states` are what reads of it show (the last one for ever), as are `streams`."""

    def __init__(
        self, job: dict[str, Any], states: Iterable[str | Reply], streams: Iterable[Reply] = ()
    ) -> None:
        self.job = job
        self.states = list(states)
        self.streams = list(streams) or [refused(410, "GONE")]
        self.reads = 0
        self.asked: list[str | None] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/events"):
            self.asked.append(request.headers.get("last-event-id"))
            return self._said(self._next(self.streams), request)
        self.reads += 1
        state = self._next(self.states)
        return (
            httpx.Response(200, json=self.shown(state))
            if isinstance(state, str)
            else self._said(state, request)
        )

    def shown(self, state: str) -> dict[str, Any]:
        return {**self.job, "status": state}

    @staticmethod
    def _next(replies: list[Any]) -> Any:
        return replies.pop(0) if len(replies) > 1 else replies[0]

    @staticmethod
    def _said(reply: Any, request: httpx.Request) -> httpx.Response:
        if isinstance(reply, Exception):
            raise reply
        answer: httpx.Response = reply(request) if callable(reply) else reply
        return answer


def rest(request: httpx.Request) -> list[bytes]:
    """What is still to tell to somebody who asks for it."""
    seen = request.headers.get("last-event-id")
    return FRAMES[int(seen.rpartition(":")[2]) :] if seen else FRAMES


def exact(request: httpx.Request) -> httpx.Response:
    """Tells what comes after the event that was seen last."""
    return stream(*rest(request))
