"""Who leaves an event stream early leaves nothing behind that the event loop would have to tidy up."""

import sys
import weakref
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

import httpx

from framecast_client import FramecastClient

JOB = "9b2f8d8e-4c55-4c0b-8a39-0d9c5f1b7e21"


class Events(httpx.AsyncByteStream):
    """Three events, none of them the last."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for number in (1, 2, 3):
            yield f"id: {JOB}:{number}\nevent: queued\ndata: {{}}\n\n".encode()


def _answer(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=Events())


class Watch:
    """Every asynchronous generator that begins, by name."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, weakref.ref[AsyncGenerator[Any, Any]]]] = []
        self._before = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(firstiter=self._begin, finalizer=self._before.finalizer)

    def _begin(self, generator: AsyncGenerator[Any, Any]) -> None:
        name = getattr(generator, "__qualname__", "")
        self.begun.append((name, weakref.ref(generator)))
        if self._before.firstiter:
            self._before.firstiter(generator)

    def stop(self) -> list[str]:
        """The generators that have not ended."""
        sys.set_asyncgen_hooks(*self._before)
        known = ((name, reference()) for name, reference in self.begun)
        return [name for name, one in known if one is not None and getattr(one, "ag_frame", None) is not None]


async def test_a_stream_that_is_left_early_leaves_no_generator_behind() -> None:
    watch = Watch()
    async with FramecastClient("http://framecast.test", transport=httpx.MockTransport(_answer)) as client:
        events = client.get_job_events(JOB)
        first = await anext(events)
        await events.aclose()
        left = watch.stop()

    assert first.event == "queued"
    assert {"AsyncClient.follow", "Response.aiter_raw", "Events.__aiter__"} <= {
        name for name, _ in watch.begun
    }
    assert left == []
