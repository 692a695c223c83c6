"""The environment of the clients that ours is measured against: `.venv-bench`, made from requirements.lock.

They are no dependencies of the project, so they must not get into its own environment.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
LOCK = HOME / "benchmarks" / "requirements.lock"
PLACE = HOME / ".venv-bench"
PYTHON = PLACE / "bin" / "python"


class NoEnvironmentError(Exception):
    """The environment cannot be made; the message is one line for the person at the terminal."""


def prepare() -> None:
    """Make the environment when it is missing, or when the lock or this Python changed.

    Raises:
        NoEnvironmentError: uv is missing, or it could not install what the lock names.
    """
    made, wanted = PLACE / ".made-from", _fingerprint()
    if made.is_file() and made.read_text(encoding="utf-8") == wanted:
        return
    print("making .venv-bench from benchmarks/requirements.lock", file=sys.stderr)
    _uv("venv", "--quiet", "--clear", "--python", sys.executable, str(PLACE))
    _uv("pip", "sync", "--quiet", "--require-hashes", str(LOCK))
    made.write_text(wanted, encoding="utf-8")


def plain_environment() -> dict[str, str]:
    """Our variables without those of Python: without byte code, compiling would be measured."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def environment(*more: Path) -> dict[str, str]:
    """The variables for a process in the environment: where our code lies, and its own programs first."""
    paths = [str(path) for path in (HOME / "generated", HOME, *more)]
    return {
        **plain_environment(),
        "VIRTUAL_ENV": str(PLACE),
        "PATH": f"{PYTHON.parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": os.pathsep.join(paths),
    }


def output_of(arguments: Sequence[str], *more: Path) -> str:
    """What the environment's Python prints with these arguments."""
    done = subprocess.run(
        [str(PYTHON), *arguments],
        cwd=HOME,
        env=environment(*more),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"python {' '.join(arguments)} ended with {done.returncode}: nothing was measured")
    return done.stdout


def _fingerprint() -> str:
    return f"{platform.python_version()} {hashlib.sha256(LOCK.read_bytes()).hexdigest()}\n"


def _uv(*arguments: str) -> None:
    uv = shutil.which("uv")
    if uv is None:
        raise NoEnvironmentError("uv is not installed; run: python3 -m pip install --target .tools uv")
    done = subprocess.run(
        [uv, *arguments], env=environment(), stderr=subprocess.PIPE, text=True, check=False, cwd=HOME
    )
    if done.returncode:
        shutil.rmtree(PLACE, ignore_errors=True)
        said = " ".join(done.stderr.split())[:200]
        raise NoEnvironmentError(
            f"cannot install benchmarks/requirements.lock; can the package registry be reached? uv: {said}"
        )
