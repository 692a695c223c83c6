"""What a call costs over raw httpx: prints one JSON list. Runs in the bench environment: `calls.py FOLDER`.

A machine that others use too changes its speed by the second. So every client runs in turn with raw httpx, a
few calls each, and what it adds is the middle of the differences; all clients are in every round, in another
order each time.
"""

import asyncio
import gc
import json
import statistics
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from benchmarks.contenders import RAW, Call, Contender, Server, contenders

OPERATIONS = ("get_job", "create_job")
ROUNDS = 12
TURNS = 12
"""How often raw httpx and a client take turns in a round."""
CALLS = 10
"""Calls of a turn."""

Key = tuple[str, bool]
"""A client by name, and whether it is asynchronous."""


@dataclass(frozen=True)
class Result:
    """Microseconds of one call: middle and best, and what the client adds to raw httpx by either."""

    operation: str
    name: str
    asynchronous: bool
    median: float
    best: float
    added: float
    added_best: float


class Race:
    """The contenders of one operation."""

    def __init__(self, operation: str, everybody: list[Contender], loop: asyncio.AbstractEventLoop) -> None:
        self._operation = operation
        self._runs = {
            (each.name, each.asynchronous): _timer(each.calls[operation], loop if each.asynchronous else None)
            for each in everybody
            if operation in each.calls
        }
        self._pairs: dict[Key, list[tuple[float, float]]] = {key: [] for key in self._runs}

    def round(self, random: Random) -> None:
        """Everybody takes turns with raw httpx, in a new order."""
        order = list(self._runs)
        random.shuffle(order)
        for key in order:
            raw, run = self._runs[RAW, key[1]], self._runs[key]
            self._pairs[key] += [(raw(CALLS), run(CALLS)) for _ in range(TURNS)]

    def results(self) -> list[Result]:
        return [self._result(key) for key in self._pairs]

    def _result(self, key: Key) -> Result:
        raw, times = zip(*self._pairs[key], strict=True)
        added = statistics.median(mine - its for its, mine in self._pairs[key])
        return Result(
            self._operation, *key, statistics.median(times), min(times), added, min(times) - min(raw)
        )


def _timer(call: Call, loop: asyncio.AbstractEventLoop | None) -> Callable[[int], float]:
    if loop is None:
        return lambda count: _blocking(call, count)
    return lambda count: loop.run_until_complete(_awaiting(call, count))


def _blocking(call: Call, count: int) -> float:
    started = perf_counter()
    for _ in range(count):
        call()
    return (perf_counter() - started) / count * 1e6


async def _awaiting(call: Callable[[], Awaitable[Any]], count: int) -> float:
    started = perf_counter()
    for _ in range(count):
        await call()
    return (perf_counter() - started) / count * 1e6


def check(contender: Contender, server: Server, loop: asyncio.AbstractEventLoop) -> None:
    """A client that reads something else than the job is not compared.

    Raises:
        SystemExit: what it read.
    """
    for operation, call in contender.calls.items():
        result = loop.run_until_complete(_awaited(call)) if contender.asynchronous else call()
        read = result if isinstance(result, dict) else {"id": str(getattr(result, "id", None))}
        if read["id"] != server.job_id:
            raise SystemExit(f"{contender.name}: {operation} returned {result!r} instead of the job")


async def _awaited(call: Callable[[], Awaitable[Any]]) -> Any:
    return await call()


def main() -> int:
    server = Server((Path(sys.argv[1]) / "job.json").read_bytes())
    loop, everybody, random = asyncio.new_event_loop(), list(contenders(server)), Random(1)
    for contender in everybody:
        check(contender, server, loop)
    races = [Race(operation, everybody, loop) for operation in OPERATIONS]
    gc.collect()
    gc.freeze()  # what was imported does not make the collections of the small clients slower
    for _ in range(ROUNDS):
        for race in races:
            race.round(random)
    print(json.dumps([asdict(result) for race in races for result in race.results()]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
