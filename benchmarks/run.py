"""`just bench [NAME …]`: medians of several runs, in one table, with the versions they were measured with.

The quick ones run by default. `contract`, `test`, `cold` and `clients` take minutes and run when they are
named. `cold` makes a clone and an environment of its own in a temporary folder; `clients` keeps one for the
clients that ours is compared with, in a table of its own. Both need the package registry.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks import clients, in_process

HOME = Path(__file__).resolve().parents[1]
VERSIONS = ("schemathesis", "hypothesis", "httpx", "pydantic", "starlette", "pytest")


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One number: how to measure it once, its unit, how often by default, and what it is meant to be."""

    measure: Callable[[], float]
    unit: str
    runs: int
    goal: str = ""
    quick: bool = True


def _timed(command: list[str], cwd: Path = HOME, **environment: str) -> float:
    started = time.perf_counter()
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: nothing was measured")
    return time.perf_counter() - started


def contract() -> float:
    return _timed([sys.executable, "-m", "framecast_contract.cli", "run", "--reports", "reports/bench"])


def test() -> float:
    return _timed([sys.executable, "-m", "pytest", "-q", "-n", "auto"])


def cold() -> float:
    """From a clone without an environment to the verdict, with the package cache of the machine emptied."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(HOME), str(clone)], check=True)
        just = shutil.which("just") or str(HOME / ".tools" / "bin" / "just")
        return _timed([just, "contract"], clone, UV_CACHE_DIR=str(Path(folder) / "cache"))


BENCHMARKS = {
    "reset": Benchmark(in_process.reset, "ms", 50, "under 2 ms"),
    "new-sandbox": Benchmark(in_process.new_sandbox, "ms", 20),
    "get-job": Benchmark(in_process.get_job, "ms", 50),
    "lifecycle": Benchmark(in_process.lifecycle, "ms", 20),
    "conformance": Benchmark(in_process.conformance, "requests/s", 3),
    "start": Benchmark(
        lambda: _timed([sys.executable, "-c", "import framecast_contract.pytest_plugin"]), "s", 5
    ),
    "contract": Benchmark(contract, "s", 3, quick=False),
    "test": Benchmark(test, "s", 1, "under 180 s", quick=False),
    "cold": Benchmark(cold, "s", 1, quick=False),
}

TABLES = {"clients": clients.table}
"""Comparisons that print a table of their own; they run when they are named, after the others."""


def main() -> int:
    chosen = _chosen()
    names = [name for name in chosen if name in BENCHMARKS]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, " + _versions())
    if names:
        print(f"{'benchmark':14} {'median':>10} {'best':>10} {'worst':>10}  unit        runs  goal")
    for name in names:
        benchmark = BENCHMARKS[name]
        times = [benchmark.measure() for _ in range(benchmark.runs)]
        numbers = f"{statistics.median(times):10.3f} {min(times):10.3f} {max(times):10.3f}"
        print(f"{name:14} {numbers}  {benchmark.unit:10}  {benchmark.runs:4}  {benchmark.goal}", flush=True)
    return max((TABLES[name]() for name in chosen if name in TABLES), default=0)


def _chosen() -> list[str]:
    known = (*BENCHMARKS, *TABLES)
    parser = argparse.ArgumentParser(prog="just bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(known)}")
    names: list[str] = parser.parse_args().names
    unknown = [name for name in names if name not in known]
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(known)}")
    return names or [name for name, benchmark in BENCHMARKS.items() if benchmark.quick]


def _versions() -> str:
    return ", ".join(f"{name} {version(name)}" for name in VERSIONS)


if __name__ == "__main__":
    sys.exit(main())
