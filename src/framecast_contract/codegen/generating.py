"""Document in, text of the package out. Pure: no network, no clock, the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib.resources import files as resources
from typing import Any

from framecast_contract.codegen.formatting import formatted
from framecast_contract.codegen.models import render_models
from framecast_contract.codegen.planning import Plan, plan
from framecast_contract.codegen.preparing import prepared
from framecast_contract.codegen.reading import read
from framecast_contract.codegen.reading_webhooks import read_webhooks
from framecast_contract.codegen.unasync import unasync
from framecast_contract.codegen.writing_methods import methods_module
from framecast_contract.codegen.writing_operations import operations_module
from framecast_contract.codegen.writing_package import (
    client_module,
    client_prefix,
    errors_module,
    methods_index,
    operations_index,
    package_index,
)
from framecast_contract.codegen.writing_shared import shared_modules
from framecast_contract.codegen.writing_webhooks import webhooks_module

_WAITING = {"_async_waiting.py", "_endings.py"}
_UPLOADING = {"_async_uploads.py", "_files.py"}
_OPTIONAL = _WAITING | _UPLOADING | {"_webhooks.py", "_styles.py", "_bodies.py"}
_OWN_NAME = re.compile(r"\bFramecast(?=Error\b)")


def generate(
    document: Mapping[str, Any],
    package: str = "framecast_client",
    render: Callable[[Mapping[str, Any]], str] = render_models,
) -> Mapping[str, str]:
    """The files of the client package: relative name → text.

    `document` is the bundled contract; `package` the import name of the client; `render` makes the models.

    Raises:
        CodegenError: something in the document cannot be expressed. Nothing is left out silently.
    """
    document = prepared(document)
    planned = plan(read(document), read_webhooks(document))
    models = render(document)
    version = str(document.get("info", {}).get("version", "0"))
    runtime = {name: _named(text, package) for name, text in _runtime(planned).items()}
    twins = {
        name.replace("_async_", "_sync_"): unasync(text)
        for name, text in runtime.items()
        if "_async_" in name
    }
    rendered = formatted({"models.py": models, **_rendered(planned, package, version), **twins})
    return {**runtime, **rendered, "py.typed": ""}


def _rendered(planned: Plan, package: str, version: str) -> dict[str, str]:
    written = {
        "__init__.py": package_index(planned, package),
        "client.py": client_module(planned, package, version),
        "errors.py": errors_module(planned, package),
        "operations/__init__.py": operations_index(planned),
        "methods/__init__.py": methods_index(planned),
        **shared_modules(planned),
    }
    if planned.webhooks:
        written["webhooks.py"] = webhooks_module(planned.webhooks)
    for area, operations in planned.areas.items():
        written[f"operations/{area}.py"] = operations_module(area, operations)
        written[f"methods/{area}.py"] = methods_module(planned, area)
    return written


def _runtime(planned: Plan) -> dict[str, str]:
    """The files of the runtime that this package needs."""
    folder = resources("framecast_contract.codegen") / "runtime"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith("_") and entry.is_file())
    unneeded = _OPTIONAL - _needed(planned) | {"__init__.py"}
    return {name: (folder / name).read_text(encoding="utf-8") for name in names if name not in unneeded}


def _needed(planned: Plan) -> set[str]:
    needed = set(planned.runtime_needs)
    if any(one.wait for one in planned.operations):
        needed |= _WAITING
    if any(one.upload for one in planned.operations):
        needed |= _UPLOADING
    if planned.webhooks:
        needed |= {"_webhooks.py"}
    return needed


def _named(text: str, package: str) -> str:
    """The runtime is written as that of Framecast; the client of another API has its own name."""
    return _OWN_NAME.sub(client_prefix(package), text)
