"""Document in, text of the package out. Pure: no network, no clock, the same bytes every time."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files as resources
from typing import Any

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.formatting import formatted
from framecast_contract.codegen.models import class_names, render_models
from framecast_contract.codegen.planning import Plan, plan
from framecast_contract.codegen.reading import read
from framecast_contract.codegen.reading_webhooks import read_webhooks
from framecast_contract.codegen.writing_methods import methods_module
from framecast_contract.codegen.writing_operations import operations_module
from framecast_contract.codegen.writing_package import (
    client_module,
    errors_module,
    methods_index,
    operations_index,
    package_index,
)
from framecast_contract.codegen.writing_webhooks import webhooks_module


def generate(document: Mapping[str, Any], package: str = "framecast_client") -> Mapping[str, str]:
    """The files of the client package: relative name → text.

    `document` is the bundled contract; `package` the import name of the client.

    Raises:
        CodegenError: something in the document cannot be expressed. Nothing is left out silently.
    """
    planned = plan(read(document), read_webhooks(document))
    models = render_models(document)
    _check_names(document, models)
    version = str(document.get("info", {}).get("version", "0"))
    rendered = {"models.py": models, **_rendered(planned, package, version)}
    return {**_runtime(), **formatted(rendered), "py.typed": ""}


def _rendered(planned: Plan, package: str, version: str) -> dict[str, str]:
    written = {
        "__init__.py": package_index(planned),
        "client.py": client_module(planned, package, version),
        "errors.py": errors_module(planned),
        "operations/__init__.py": operations_index(planned),
        "methods/__init__.py": methods_index(planned),
    }
    if planned.webhooks:
        written["webhooks.py"] = webhooks_module(planned.webhooks)
    for area, operations in planned.areas.items():
        written[f"operations/{area}.py"] = operations_module(area, operations)
        written[f"methods/{area}.py"] = methods_module(area, operations)
    return written


def _runtime() -> dict[str, str]:
    folder = resources("framecast_contract.codegen") / "runtime"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith("_") and entry.is_file())
    return {name: (folder / name).read_text(encoding="utf-8") for name in names if name != "__init__.py"}


def _check_names(document: Mapping[str, Any], models: str) -> None:
    for name in document.get("components", {}).get("schemas", {}):
        if name not in class_names(models):
            raise CodegenError(
                f"/components/schemas/{name}", f"no model can have the name {name!r}; rename the schema"
            )
