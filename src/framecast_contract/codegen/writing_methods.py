"""Stage three, write: the methods of the two clients, one file per area, both twins in it.

A method is three steps, build, send, parse, so the twins differ in nothing but the waiting.
"""

from __future__ import annotations

from framecast_contract.codegen.names import docstring, paragraphs, wrap
from framecast_contract.codegen.planning import ErrorClass, Operation, Parameter, area_class, positional
from framecast_contract.codegen.writing_operations import IMPORTS, signature

_OWN_IMPORTS = """\
from collections.abc import AsyncGenerator, Generator

from .. import models, operations
from .._client import AsyncClient, SyncClient
from .._request import JsonObject

"""


def methods_module(area: str, operations: list[Operation]) -> str:
    """The text of `methods/<area>.py`."""
    head = docstring([f"The methods of the area `{area}`, for both clients. Generated; do not edit."], "")
    twins = [_client_class(area, operations, sync=sync) for sync in (False, True)]
    return "\n".join([head, "", IMPORTS + _OWN_IMPORTS, *twins])


def _client_class(area: str, operations: list[Operation], *, sync: bool) -> str:
    kind = "blocking" if sync else "asynchronous"
    base = "SyncClient" if sync else "AsyncClient"
    methods = "\n\n".join(_method(operation, sync=sync) for operation in operations)
    words = docstring([f"The {kind} methods of the area `{area}`."], "    ")
    return f"class {area_class(area, sync=sync)}({base}):\n{words}\n\n{methods}\n"


def _method(operation: Operation, *, sync: bool) -> str:
    taken = ", ".join(filter(None, ["self", signature(operation)]))
    start = "def" if sync or operation.streams else "async def"
    return (
        f"    {start} {operation.name}({taken}) -> {_result(operation, sync=sync)}:\n"
        f"{docstring(_words(operation), '        ')}\n"
        f"        request = operations.{operation.name}({_passed_on(operation)})\n"
        f"        return {_sent(operation, sync=sync)}\n"
    )


def _result(operation: Operation, *, sync: bool) -> str:
    if not operation.streams:
        return operation.result
    return (
        f"Generator[{operation.result}, None, None]" if sync else f"AsyncGenerator[{operation.result}, None]"
    )


def _sent(operation: Operation, *, sync: bool) -> str:
    if operation.streams:
        return "self.stream(request)"
    return "self.send(request).result" if sync else "(await self.send(request)).result"


def _passed_on(operation: Operation) -> str:
    return ", ".join(
        one.name if positional(one) else f"{one.name}={one.name}" for one in operation.parameters
    )


def _words(operation: Operation) -> list[str]:
    facts = operation.facts
    summary = wrap(facts.summary if facts.summary.endswith(".") else f"{facts.summary}.")
    arguments = [_entry(one.name, _meaning(one)) for one in operation.parameters]
    raised = [_entry(*_reason(status, errors)) for status, errors in operation.errors]
    return [
        summary,
        *paragraphs(facts.description),
        "\n".join(["Args:", *arguments]) if arguments else "",
        "\n".join(["Raises:", *raised]) if raised else "",
    ]


def _entry(name: str, words: str) -> str:
    return "    " + wrap(f"{name}: {words}", " " * 8)


def _meaning(parameter: Parameter) -> str:
    return parameter.description or f"The {parameter.place} member `{parameter.wire_name or parameter.name}`."


def _reason(status: int, errors: tuple[ErrorClass, ...]) -> tuple[str, str]:
    """One line per status; where it has several codes, their common class with the classes of the codes."""
    if len(errors) == 1:
        return errors[0].name, f"{status} `{errors[0].code}`."
    common = {one.base for one in errors}
    name = common.pop() if len(common) == 1 else "ApiError"
    return name, f"{status}, as {', '.join(one.name for one in errors)}."
