"""A script for a process of its own: imports a generated package and builds every validator of it.

They are built at their first use otherwise, which would be too late to learn that one cannot be. The process
starts while the package is still being written; then it is told the folder and the name on standard input.
"""

import importlib
import inspect
import json
import pkgutil
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import httpx  # noqa: F401  # what every package imports: loaded while there is nothing to try yet
from pydantic import BaseModel, TypeAdapter


def main() -> None:
    """Try the package; ends with 1 and one line, the place and a tab before the problem."""
    folder, name = json.loads(sys.stdin.readline())
    sys.path.insert(0, folder)
    package = importlib.import_module(name)
    modules = [
        importlib.import_module(one.name) for one in pkgutil.walk_packages(package.__path__, f"{name}.")
    ]
    for model_name, model in _own(importlib.import_module(f"{name}.models")):
        _build(f"/components/schemas/{model_name}", model)
    wanted = (
        found for module in modules for operation in vars(module).values() for found in _types(operation)
    )
    for place, kind in {repr(kind): (place, kind) for place, kind in wanted}.values():
        _build(place, kind)


def _own(models: ModuleType) -> Iterator[tuple[str, Any]]:
    for name, model in vars(models).items():
        if getattr(model, "__module__", "") == models.__name__:
            yield name, model


def _types(operation: Any) -> Iterator[tuple[str, Any]]:
    """The types of everything that an operation may answer, with the name of the operation."""
    if not isinstance(getattr(operation, "operation_id", None), str):
        return
    answers = (answer for listed in operation.answers.values() for answer in listed)
    documented = [*answers, *operation.failures.values()]
    for one in documented:
        body = getattr(one, "type", None) or getattr(one, "body", None)
        for wanted in (body, *(header.type for header in one.headers.values())):
            if wanted is not None:
                yield operation.operation_id, wanted


def _build(place: str, wanted: Any) -> None:
    try:
        if inspect.isclass(wanted) and issubclass(wanted, BaseModel):
            wanted.model_rebuild(force=True)
        else:
            TypeAdapter(wanted)
    except Exception as error:
        sys.exit(f"{place}\t{' '.join(str(error).split())}")


if __name__ == "__main__":
    main()
