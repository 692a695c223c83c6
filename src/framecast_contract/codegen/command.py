"""Writing the package to disk, and telling whether the one on disk is current."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.generating import generate
from framecast_contract.codegen.names import check_package


def generate_package(
    document: Mapping[str, Any], *, out: Path, package: str = "framecast_client"
) -> list[Path]:
    """Write the client package to `out/package` and return its files. Nothing else in `out` is touched.

    The package is imported and tried in a folder of its own first; only a working one is swapped in.

    Raises:
        CodegenError: the document cannot be expressed, or the result does not work. The old package stays.
    """
    check_package(package)
    with _trial() as trial:
        files = generate(document, package)
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".framecast-codegen-", dir=out) as folder:
            fresh = Path(folder) / package
            for name, text in files.items():
                (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                (fresh / name).write_text(text, encoding="utf-8")
            _try(trial, Path(folder), package)
            _swap(fresh, out / package, Path(folder) / "old")
    return sorted(out / package / name for name in files)


def stale_files(document: Mapping[str, Any], *, out: Path, package: str = "framecast_client") -> list[str]:
    """The files in `out/package` that differ from what the document gives, are missing or are too many.

    Raises:
        CodegenError: the document cannot be expressed.
    """
    wanted = {name: text.encode() for name, text in generate(document, check_package(package)).items()}
    root = out / package
    found = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


@contextmanager
def _trial() -> Iterator[subprocess.Popen[str]]:
    """A process that is ready to try the package by the time there is one."""
    script = str(Path(__file__).with_name("trial.py"))
    process = subprocess.Popen(
        [sys.executable, "-B", "-P", "-W", "error", script],  # -P: this folder's modules are not for it
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _try(trial: subprocess.Popen[str], folder: Path, package: str) -> None:
    _, said = trial.communicate(json.dumps([str(folder), package]))
    if trial.returncode:
        last = (said.strip().splitlines() or ["no output"])[-1]
        pointer, _, words = last.rpartition("\t")
        raise CodegenError(pointer, f"the generated package does not work: {words}")


def _swap(fresh: Path, place: Path, old: Path) -> None:
    if place.exists():
        place.rename(old)
    try:
        fresh.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)
