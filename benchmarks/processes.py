"""Running a program once and telling what it took."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Spent:
    """Seconds of one run, from its start to its end: by the clock, and on processors with all it started."""

    wall: float
    processor: float
    said: str


def spent(command: Sequence[str], variables: Mapping[str, str], folder: Path) -> Spent:
    """Run a command in a folder.

    Raises:
        SystemExit: it failed, so nothing was measured; with the end of what it said.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=variables, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    with process.stdout as pipe:
        said = pipe.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\nended with {process.returncode}: {said.strip()[-500:]}")
    return Spent(wall, usage.ru_utime + usage.ru_stime, said)
