"""What a generated package is put through: written, imported in a new process, every validator built.

Run as a program it is that process: `codegen_trial.py FOLDER PACKAGE...` prints what works as JSON.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import BaseModel, TypeAdapter
from typing_extensions import TypeAliasType


@dataclass(frozen=True)
class Trial:
    """What a working package has: operationId → builder, methods of each client, and validators built."""

    operations: Mapping[str, str]
    methods: Mapping[str, list[str]]
    validators: int


def write_package(files: Mapping[str, str], folder: Path, package: str) -> None:
    """Put the files of a package below `folder`."""
    for name, text in files.items():
        path = folder / package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def try_packages(folder: Path, packages: Iterable[str], *, timeout: float = 60) -> dict[str, Trial]:
    """Import the packages in a new process with warnings as errors, and build every validator of theirs.

    Raises:
        AssertionError: one of them does not work, with the end of its traceback, or the import wrote a file.
    """
    room = folder / "room"
    room.mkdir(exist_ok=True)
    command = [sys.executable, "-B", "-W", "error", __file__, str(folder), *packages]
    done = subprocess.run(command, cwd=room, capture_output=True, text=True, check=False, timeout=timeout)
    assert done.returncode == 0, "\n".join(done.stderr.splitlines()[-12:])
    assert list(room.iterdir()) == []
    shown: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return {name: Trial(**told) for name, told in shown.items()}


def _tried(name: str) -> Trial:
    package = importlib.import_module(name)
    operations, validators = {}, 0
    for module in _modules(package):
        for key, value in list(vars(module).items()):
            validators += _build(module, value)
            if type(value).__name__ == "Operation":
                operations[value.operation_id] = key.lower()
    clients = [getattr(package, one) for one in package.__all__ if one.endswith("Client")]
    methods = {one.__name__: [key for key in dir(one) if not key.startswith("_")] for one in clients}
    return Trial(operations, methods, validators)


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        yield importlib.import_module(found.name)


def _build(module: ModuleType, value: Any) -> int:
    """Build the validators of a value that may have some, and tell how many."""
    if inspect.isclass(value) and issubclass(value, BaseModel) and value.__module__ == module.__name__:
        value.model_rebuild(force=True)
        return 1
    if isinstance(value, TypeAliasType):
        TypeAdapter(value)
        return 1
    wanted = [one for one in _types_in(value) if one is not None]
    for one in wanted:
        TypeAdapter(one)
    return len(wanted)


def _types_in(value: Any) -> Iterator[Any]:
    """Every Python type that an operation knows for an answer, a failure or a header."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            held = getattr(value, field.name)
            yield from [held] if field.name in ("type", "body") else _types_in(held)
    elif isinstance(value, Mapping):
        for held in value.values():
            yield from _types_in(held)
    elif isinstance(value, list | tuple):
        for held in value:
            yield from _types_in(held)


if __name__ == "__main__":
    sys.path[0] = sys.argv[1]
    sys.stdout.write(json.dumps({name: dataclasses.asdict(_tried(name)) for name in sys.argv[2:]}))
