"""How long writing a whole client takes: ours, and openapi-python-client on the same contract."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.bench_env import HOME, PYTHON, environment, plain_environment

RUNS = 3
OURS, THEIRS = "framecast-contract generate", "openapi-python-client generate"
_DROPPED = "Endpoint will not be generated"


def generations(folder: Path) -> dict[str, float]:
    """Seconds from command to written package, the middle of `RUNS`. Leaves `opc_client` in the folder."""
    times: dict[str, list[float]] = {OURS: [], THEIRS: []}
    _run(_our_command(folder))  # the first run of a fresh checkout writes byte code
    for _ in range(RUNS):
        times[OURS].append(_timed(_our_command(folder)))
        times[THEIRS].append(_timed(_their_command(folder, "readable.json", "opc_client")))
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def dropped(folder: Path) -> int:
    """How many operations of the contract as it is written the other generator leaves out with a warning."""
    done = _run(_their_command(folder, "contract.json", "opc_as_written"))
    return (done.stdout + done.stderr).count(_DROPPED)


def _our_command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "framecast_contract.cli", "generate", "--out", str(folder / "ours")]


def _their_command(folder: Path, document: str, package: str) -> list[str]:
    place = ["--path", str(folder / document), "--output-path", str(folder / package)]
    program = str(PYTHON.with_name("openapi-python-client"))
    return [program, "generate", *place, "--meta", "none", "--overwrite"]


def _timed(command: list[str]) -> float:
    started = time.perf_counter()
    _run(command)
    return time.perf_counter() - started


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    variables = plain_environment() if command[0] == sys.executable else environment()
    done = subprocess.run(command, cwd=HOME, env=variables, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-300:]
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {said}")
    return done
