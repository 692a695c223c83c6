"""`just bench clients`: our client beside a hand-written one and those of other generators, in one table."""

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bench_env import NoEnvironmentError, output_of, prepare
from benchmarks.generation import OURS as OUR_GENERATOR
from benchmarks.generation import THEIRS as THEIR_GENERATOR
from benchmarks.generation import dropped, generations
from benchmarks.imports import MODELS, starts
from benchmarks.imports import OURS as OUR_IMPORT
from benchmarks.samples import write_samples

VERSIONS = ("httpx", "pydantic", "runwayml", "openapi-python-client", "ruff")
FEW, MANY = 1_000, 100_000
"""Events of a short and of a long stream."""


@dataclass(frozen=True)
class Call:
    """What `benchmarks.calls` found for one client and operation, in microseconds."""

    operation: str
    name: str
    asynchronous: bool
    median: float
    best: float
    added: float
    added_best: float


def table() -> int:
    """Measure everything and print it; 2 when the other clients cannot be had."""
    try:
        prepare()
    except NoEnvironmentError as error:
        print(f"clients: {error}", file=sys.stderr)
        return 2
    print("against " + ", ".join(output_of(["-c", _VERSIONS]).splitlines()), flush=True)
    with tempfile.TemporaryDirectory(prefix="framecast-bench-") as name:
        folder = Path(name)
        removed = write_samples(folder)
        _print_generation(folder, removed)
        _print_calls(folder)
        _print_starts(folder)
        _print_streaming()
        _print_waiting(folder)
    return 0


_VERSIONS = f"from importlib.metadata import version\nfor name in {VERSIONS}: print(name, version(name))"


def _print_generation(folder: Path, removed: Sequence[str]) -> None:
    runs = generations(folder)
    ours, theirs = runs[OUR_GENERATOR].wall, runs[THEIR_GENERATOR].wall
    print(f"\ngenerating the whole contract, seconds\n  {'':36}{'wall':>8}{'processor':>12}")
    for name, run in runs.items():
        print(f"  {name:36}{run.wall:8.2f}{run.processor:12.2f}")
    print(f"  {THEIR_GENERATOR} drops {dropped(folder)} operations of the contract as it is written; here it")
    print("  gets a copy without `default: {}` at " + ", ".join(removed))
    _print_goal(f"faster, {ours / theirs:.2f} of its time, and under 3 s", ours < min(theirs, 3.0))


def _print_calls(folder: Path) -> None:
    calls = [
        Call(**found) for found in json.loads(output_of(["-m", "benchmarks.calls", str(folder)], folder))
    ]
    for operation in dict.fromkeys(call.operation for call in calls):
        for asynchronous in (False, True):
            _print_race([c for c in calls if (c.operation, c.asynchronous) == (operation, asynchronous)])


def _print_race(calls: Sequence[Call]) -> None:
    """One operation, either blocking or on an event loop, and what is more than raw httpx."""
    kind = "async" if calls[0].asynchronous else "sync"
    added = {call.name: call.added for call in calls}
    print(f"\n{calls[0].operation}, {kind}: microseconds of a call")
    print(f"  {'':36}{'median':>8}{'best':>8}{'added':>8}{'added best':>12}{'x hand-written':>16}")
    for call in calls:
        ratio = added[call.name] / added["hand-written"]
        numbers = f"{call.median:8.0f}{call.best:8.0f}{call.added:8.0f}{call.added_best:12.0f}"
        print(f"  {call.name:36}{numbers}{ratio:16.2f}")
    ours = added["framecast-client"]
    for name, most in (("hand-written", 1.2), ("openapi-python-client", 0.5), ("runwayml", 0.1)):
        share = ours / added[name]
        _print_goal(f"at most {most:g} of what {name} adds: {share:.2f}", share <= most)


def _print_starts(folder: Path) -> None:
    found = starts(folder)
    print(f"\nstarting, milliseconds more than bare Python\n  {'':36}{'wall':>8}{'processor':>12}")
    for start in found:
        print(f"  {start.name:36}{start.wall:8.0f}{start.processor:12.0f}")
    processor = {start.name: start.processor for start in found}
    _print_goal(
        f"{OUR_IMPORT} no slower than {MODELS}: {processor[OUR_IMPORT] / processor[MODELS]:.2f}",
        processor[OUR_IMPORT] <= processor[MODELS],
    )


def _print_streaming() -> None:
    print(
        "\nfollowing a job\n"
        + f"  {'events':>12}{'peak KiB':>12}{'resident KiB more':>20}{'events a second':>18}"
    )
    peaks = []
    for count in (FEW, MANY):
        found = json.loads(output_of(["-m", "benchmarks.streaming", str(count)]))
        peaks.append(found["peak"])
        print(
            f"  {count:12,}{found['peak']:12.0f}{found['resident']:20.0f}{found['events_per_second']:18,.0f}"
        )
    _print_goal(f"the same peak for both: {peaks[1] / peaks[0]:.2f}", peaks[1] <= 1.1 * peaks[0])


def _print_waiting(folder: Path) -> None:
    found = json.loads(output_of(["-m", "benchmarks.waiting", str(folder)]))
    print("\nwait_for_job in two silent seconds, milliseconds of processor time")
    for name, used in found.items():
        print(f"  {name:36}{used:8.2f}")
    _print_goal("none, which is under 1 ms", max(found.values()) < 1)


def _print_goal(goal: str, met: bool) -> None:
    print(f"  goal {'met   ' if met else 'MISSED'}  {goal}", flush=True)
