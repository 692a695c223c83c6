"""How long writing a whole client takes: ours, and openapi-python-client on the same contract."""

import statistics
import sys
from pathlib import Path

from benchmarks.bench_env import HOME, PYTHON, environment, plain_environment
from benchmarks.processes import Spent, spent

RUNS = 3
OURS, THEIRS = "framecast-contract generate", "openapi-python-client generate"
_DROPPED = "Endpoint will not be generated"


def generations(folder: Path) -> dict[str, Spent]:
    """From command to written package, the middle of `RUNS`. Leaves `opc_client` in the folder."""
    _ours(folder)  # the first run of a fresh checkout writes byte code
    ours, theirs = zip(*((_ours(folder), _theirs(folder)) for _ in range(RUNS)), strict=True)
    return {OURS: _middle(ours), THEIRS: _middle(theirs)}


def dropped(folder: Path) -> int:
    """How many operations of the contract as it is written the other generator leaves out with a warning."""
    return _theirs(folder, "contract.json", "opc_as_written").said.count(_DROPPED)


def _ours(folder: Path) -> Spent:
    program = [sys.executable, "-m", "framecast_contract.cli"]
    return spent([*program, "generate", "--out", str(folder / "ours")], plain_environment(), HOME)


def _theirs(folder: Path, document: str = "readable.json", package: str = "opc_client") -> Spent:
    program = [str(PYTHON.with_name("openapi-python-client")), "generate", "--meta", "none", "--overwrite"]
    place = ["--path", str(folder / document), "--output-path", str(folder / package)]
    return spent([*program, *place], environment(), folder)


def _middle(runs: tuple[Spent, ...]) -> Spent:
    wall = statistics.median(run.wall for run in runs)
    return Spent(wall, statistics.median(run.processor for run in runs), runs[-1].said)
