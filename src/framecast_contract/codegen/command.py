"""Writing the package to disk, and telling whether the one on disk is current."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.generating import generate
from framecast_contract.codegen.names import check_package

_TRIAL = """
import sys
sys.path.insert(0, sys.argv[1])
import importlib, inspect, pkgutil
from pydantic import TypeAdapter
package = importlib.import_module(sys.argv[2])
for name, model in list(vars(package.models).items()):
    if getattr(model, "__module__", "") == package.models.__name__:
        try:
            model.model_rebuild(force=True) if inspect.isclass(model) else TypeAdapter(model)
        except Exception as error:
            sys.exit(name + chr(9) + " ".join(str(error).split()))
parts = [f"{package.operations.__name__}.{one.name}" for one in pkgutil.iter_modules(package.operations.__path__)]
for operation in [one for part in parts for one in vars(importlib.import_module(part)).values()]:
    for answer in [one for listed in getattr(operation, "answers", {}).values() for one in listed]:
        answer.type is None or TypeAdapter(answer.type)
"""
"""Imports the package from the given folder and builds every validator, which otherwise waits for its use."""


def generate_package(
    document: Mapping[str, Any], *, out: Path, package: str = "framecast_client"
) -> list[Path]:
    """Write the client package to `out/package` and return its files. Nothing else in `out` is touched.

    The package is imported and tried in a folder of its own first; only a working one is swapped in.

    Raises:
        CodegenError: the document cannot be expressed, or the result does not work. The old package stays.
    """
    files = generate(document, check_package(package))
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".framecast-codegen-", dir=out) as folder:
        fresh = Path(folder) / package
        for name, text in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_text(text, encoding="utf-8")
        _try(Path(folder), package)
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


def _try(folder: Path, package: str) -> None:
    command = [sys.executable, "-B", "-W", "error", "-c", _TRIAL, str(folder), package]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no output"])[-1]
        name, tab, words = last.rpartition("\t")
        pointer = f"/components/schemas/{name}" if tab else ""
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
