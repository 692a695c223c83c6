"""Stage two, plan: Python names, signatures and error classes for what was read. No text of modules yet."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.names import pascal, snake
from framecast_contract.codegen.planning_answers import Answer, plan_answers
from framecast_contract.codegen.planning_bodies import BODIES_FILE
from framecast_contract.codegen.planning_errors import ErrorClass, error_classes
from framecast_contract.codegen.planning_failures import Failure, Failures, HeaderSet, HeaderSets
from framecast_contract.codegen.planning_helpers import (
    Upload,
    Wait,
    idempotency_key,
    plan_upload,
    plan_wait,
)
from framecast_contract.codegen.planning_operations import Operation
from framecast_contract.codegen.planning_parameters import (
    Parameter,
    path_template,
    plan_parameters,
    positional,
)
from framecast_contract.codegen.planning_styles import STYLES_FILE
from framecast_contract.codegen.reading import OperationFacts
from framecast_contract.codegen.reading_webhooks import WebhookFacts

__all__ = [
    "Answer",
    "ErrorClass",
    "Failure",
    "HeaderSet",
    "Operation",
    "Parameter",
    "Plan",
    "Upload",
    "Wait",
    "area_class",
    "plan",
    "positional",
]

CLIENT_MEMBERS = frozenset(
    {
        *(
            "aclose",
            "base_url",
            "call",
            "clock",
            "close",
            "finish",
            "follow",
            "headers",
            "on_try",
            "paginate",
        ),
        *("pause_after", "retries", "send", "story", "stream", "stream_timeout", "strict", "timeout"),
        *("unwrap_webhook", "upload_transport", "user_agent", "whole", "with_options", "with_raw_response"),
    }
)
"""What every client has; an operation of such a name gets an underscore behind it."""

_RUNTIME_CLASSES = frozenset({"Client", "Upload", "Wait"})
"""What the modules with methods import after `Async`; an area of such a name gets a word more."""


@dataclass(frozen=True)
class Plan:
    """The whole client: operations and webhook calls in document order, error classes as a tree.

    `failures` and `headers` are what several operations share, `endings` what waiting helpers raise;
    `runtime_needs` names the files of the runtime that only some packages need.
    """

    operations: tuple[Operation, ...]
    errors: tuple[ErrorClass, ...]
    webhooks: tuple[WebhookFacts, ...]
    failures: tuple[Failure, ...] = ()
    headers: tuple[HeaderSet, ...] = ()
    endings: tuple[ErrorClass, ...] = ()

    @property
    def areas(self) -> dict[str, list[Operation]]:
        """Operations by the file they go to."""
        found: dict[str, list[Operation]] = {}
        for operation in self.operations:
            found.setdefault(operation.area, []).append(operation)
        return found

    @property
    def runtime_needs(self) -> frozenset[str]:
        """The optional files of the runtime that some operation uses."""
        parameters = [one for operation in self.operations for one in operation.parameters]
        styled = any(one.sent or one.place == "cookie" for one in parameters)
        made = any(one.body and one.body.function for one in self.operations)
        return frozenset([*([STYLES_FILE] if styled else []), *([BODIES_FILE] if made else [])])


def plan(facts: list[OperationFacts], webhooks: Sequence[WebhookFacts] = ()) -> Plan:
    """Give everything its Python name.

    Raises:
        CodegenError: two things would have the same name.
    """
    errors = [error for operation in facts for error in operation.errors]
    tree, sets = error_classes(errors), HeaderSets()
    failures = Failures(errors, tree, sets)
    names = {_name(operation) for operation in facts}
    operations = _with_helpers([_operation(one, names, failures, sets) for one in facts])
    _refuse_twins(*_methods(operations))
    tags = {one.area: f"{one.facts.pointer}/tags/0" for one in operations}
    _refuse_twins(*((area_class(area, sync=False), pointer) for area, pointer in tags.items()))
    return Plan(
        operations=operations,
        errors=tuple(tree),
        webhooks=tuple(webhooks),
        failures=failures.all(),
        headers=sets.all(),
        endings=_endings(operations, tree),
    )


def _with_helpers(operations: Sequence[Operation]) -> tuple[Operation, ...]:
    return tuple(
        replace(one, wait=plan_wait(one, operations), upload=plan_upload(one, operations))
        for one in operations
    )


def _methods(operations: Iterable[Operation]) -> Iterator[tuple[str, str]]:
    for one in operations:
        yield one.name, one.facts.pointer
        if one.wait:
            yield one.wait.name, one.wait.facts.pointer
        if one.upload:
            yield one.upload.name, one.upload.facts.pointer


def _endings(operations: Iterable[Operation], tree: Iterable[ErrorClass]) -> tuple[ErrorClass, ...]:
    waits = [(one.facts.pointer, one.wait) for one in operations if one.wait]
    found = [(ending, pointer) for pointer, wait in waits for _, ending in wait.failures]
    taken = {one.name for one in tree}
    for ending, pointer in found:
        if ending.name in taken:
            raise CodegenError(pointer, f"the Python name {ending.name!r} is used twice; rename one of them")
    return tuple(dict.fromkeys(ending for ending, _ in found))


def _operation(facts: OperationFacts, names: set[str], failures: Failures, sets: HeaderSets) -> Operation:
    parameters, body = plan_parameters(facts)
    area = snake(facts.tag, f"{facts.pointer}/tags/0")
    return Operation(
        name=_name(facts),
        area=f"{area}_area" if area in names else area,
        path=path_template(facts),
        facts=facts,
        parameters=parameters,
        body=body,
        answers=plan_answers(facts.answers, sets),
        failures=tuple((error.status, failures.of(error)) for error in facts.errors),
        idempotency_key=idempotency_key(facts, parameters),
    )


def _name(facts: OperationFacts) -> str:
    name = snake(facts.operation_id, f"{facts.pointer}/operationId")
    return f"{name}_" if name in CLIENT_MEMBERS or hasattr(builtins, name) else name


def _refuse_twins(*names: tuple[str, str]) -> None:
    seen: set[str] = set()
    for name, pointer in names:
        if name in seen:
            raise CodegenError(pointer, f"the Python name {name!r} is used twice; rename one of them")
        seen.add(name)


def area_class(area: str, *, sync: bool) -> str:
    """The name of the class with the methods of an area."""
    name = pascal(area, "")
    return f"{'Sync' if sync else 'Async'}{name}{'Area' if name in _RUNTIME_CLASSES else ''}"
