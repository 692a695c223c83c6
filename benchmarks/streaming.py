"""How much memory following a job takes: prints JSON. Runs in the bench environment: `streaming.py EVENTS`.

The server is in the same process and makes each event when it is asked for the next piece, so all memory that
grows with the number of events is the client's.
"""

import json
import resource
import sys
import time
import tracemalloc
from collections.abc import Iterator

import httpx
from pydantic import TypeAdapter

from benchmarks.contenders import BASE_URL, RATE_LIMIT, TOKEN
from framecast_client import SyncFramecastClient

JOB_ID = "9b2f8d8e-4c55-4c0b-8a39-0d9c5f1b7e21"


class Events(httpx.SyncByteStream):
    """An event stream of so many events, the last of which ends it."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __iter__(self) -> Iterator[bytes]:
        for number in range(1, self._count):
            data = f'{{"percent": {number % 100}, "message": "rendering"}}'
            yield f"id: {JOB_ID}:{number}\nevent: progress\ndata: {data}\n\n".encode()
        yield f"id: {JOB_ID}:{self._count}\nevent: completed\ndata: {{}}\n\n".encode()


def follow(count: int) -> int:
    """How many events arrive of a stream of so many."""

    def answer(_: httpx.Request) -> httpx.Response:
        headers = {"content-type": "text/event-stream", **RATE_LIMIT}
        return httpx.Response(200, headers=headers, stream=Events(count))

    with SyncFramecastClient(BASE_URL, TOKEN, transport=httpx.MockTransport(answer)) as client:
        return sum(1 for _ in client.get_job_events(JOB_ID))


def main() -> int:
    count = int(sys.argv[1])
    warm_up()
    before, started = _resident(), time.perf_counter()
    arrived = follow(count)
    seconds, resident = time.perf_counter() - started, _resident() - before
    if arrived != count:
        raise SystemExit(f"{arrived} of {count} events arrived")
    print(json.dumps({"peak": peak(count), "resident": resident, "events_per_second": count / seconds}))
    return 0


def warm_up() -> None:
    """Build what is built at the first use, and fill pydantic's cache of texts.

    It holds up to 16,384 and would look like growth; these are as long as ids, and enough for all of it.
    """
    follow(100)
    texts = [f"{JOB_ID}:{number}" for number in range(10**5, 3 * 10**5)]
    TypeAdapter(list[str]).validate_json(json.dumps(texts))


def peak(count: int) -> float:
    """KiB that following so many events takes at most."""
    tracemalloc.start()
    warm_up()
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    follow(count)
    return (tracemalloc.get_traced_memory()[1] - before) / 1024


def _resident() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    sys.exit(main())
