"""A sandbox in a process of its own, found by the line it prints when it is ready."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from framecast_contract.target.errors import TargetError

_READY = re.compile(r" on (http://\S+) ")
STOP_SECONDS = 10


@contextmanager
def spawned_sandbox(
    *options: str, environment: Mapping[str, str] | None = None, port: int = 0
) -> Iterator[str]:
    """Run `framecast-contract sandbox` with these options and yield its URL; it ends with the block.

    TargetError, with what it said, when it does not start.
    """
    command = [sys.executable, "-m", "framecast_contract.cli", "sandbox", "--port", str(port), *options]
    process = subprocess.Popen(
        command,
        env={**os.environ, **(environment or {}), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield _url(process)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _url(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    found = _READY.search(line)
    if found is None:
        raise TargetError(f"the sandbox did not start: {line.strip() or 'it said nothing'}")
    return found[1]
