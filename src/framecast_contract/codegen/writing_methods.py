"""Stage three, write: the methods of the two clients, one file per area.

Only the asynchronous half is written; the blocking one is its twin by `unasync`. A method builds its request
and calls; what the two have in common stands in the runtime.
"""

from __future__ import annotations

from framecast_contract.codegen.names import docstring, paragraphs, wrap
from framecast_contract.codegen.planning import (
    ErrorClass,
    Operation,
    Parameter,
    Plan,
    area_class,
    positional,
)
from framecast_contract.codegen.unasync import unasync
from framecast_contract.codegen.writing_helpers import helper_imports, helpers
from framecast_contract.codegen.writing_operations import IMPORTS, signature

_OWN_IMPORTS = """\
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from typing import TYPE_CHECKING

from .. import errors, operations
from .._async_client import AsyncClient
from .._sync_client import SyncClient
from .._request import JsonObject
"""
_TYPES = "\nif TYPE_CHECKING:\n    from .. import models\n    from .._events import Frame\n\n"


def methods_module(plan: Plan, area: str) -> str:
    """The text of `methods/<area>.py`."""
    head = docstring([f"The methods of the area `{area}`, for both clients. Generated; do not edit."], "")
    operations = plan.areas[area]
    waiting = _client_class(area, operations)
    imports = IMPORTS + _OWN_IMPORTS + helper_imports(operations) + _TYPES
    return "\n".join([head, "", imports, waiting, unasync(waiting)])


def _client_class(area: str, operations: list[Operation]) -> str:
    methods = "\n\n".join(text for one in operations for text in (_method(one), *helpers(one)))
    words = docstring([f"The asynchronous methods of the area `{area}`."], "    ")
    return f"class {area_class(area, sync=False)}(AsyncClient):\n{words}\n\n{methods}\n"


def _method(operation: Operation) -> str:
    taken = ", ".join(filter(None, ["self", signature(operation)]))
    request = f"operations.{operation.name}({_passed_on(operation)})"
    if operation.streams:
        start, result, sent = "def", f"AsyncGenerator[{operation.result}, None]", f"self.stream({request})"
    else:
        start, result, sent = "async def", operation.result, f"await self.call({request})"
    return (
        f"    {start} {operation.name}({taken}) -> {result}:\n"
        f"{docstring(_words(operation), '        ')}\n"
        f"        return {sent}\n"
    )


def _passed_on(operation: Operation) -> str:
    return ", ".join(
        _value(operation, one) if positional(one) else f"{one.name}={_value(operation, one)}"
        for one in operation.parameters
    )


def _value(operation: Operation, parameter: Parameter) -> str:
    """A key is made here, once for all tries of a call."""
    return f"self._key({parameter.name})" if parameter == operation.idempotency_key else parameter.name


def _words(operation: Operation) -> list[str]:
    facts = operation.facts
    summary = wrap(facts.summary if facts.summary.endswith(".") else f"{facts.summary}.")
    arguments = [_entry(one.name, _meaning(one)) for one in operation.parameters]
    raised = [_entry(*_reason(status, errors)) for status, errors in operation.errors]
    return [
        summary,
        *paragraphs(facts.description),
        *_pages(operation),
        wrap(f"`{facts.method} {facts.path}`"),
        "\n".join(["Args:", *arguments]) if arguments else "",
        "\n".join(["Raises:", *raised]) if raised else "",
    ]


def _pages(operation: Operation) -> list[str]:
    paged = {"limit", "offset"} <= {one.name for one in operation.parameters if one.place == "query"}
    return [wrap(f"For all of them: `client.paginate(client.{operation.name})`.")] if paged else []


def _entry(name: str, words: str) -> str:
    return "    " + wrap(f"{name}: {words}", " " * 8)


def _meaning(parameter: Parameter) -> str:
    return parameter.description or f"The {parameter.place} member `{parameter.wire_name or parameter.name}`."


def _reason(status: int, errors: tuple[ErrorClass, ...]) -> tuple[str, str]:
    """One line per status; where it has several codes, their common class with the classes of the codes."""
    if len(errors) == 1:
        code = f" `{errors[0].code}`" if errors[0].code else ""
        return errors[0].name, f"{_status(status)}{code}."
    common = {one.base for one in errors}
    name = common.pop() if len(common) == 1 else "ApiError"
    return name, f"{_status(status)}, as {', '.join(one.name for one in errors)}."


def _status(key: int) -> str:
    return "any other status" if key == 0 else str(key) if key >= 100 else f"{key}XX"
