"""Stage two, plan: Python names, signatures and error classes for what was read. No text of modules yet."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from framecast_contract.codegen.annotations import component, input_type, output_type
from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.names import error_class, pascal, snake
from framecast_contract.codegen.reading import (
    EVENTS,
    TEXT,
    AnswerFacts,
    BodyFacts,
    ErrorFacts,
    Node,
    OperationFacts,
    ParameterFacts,
)
from framecast_contract.codegen.reading_webhooks import WebhookFacts

_TAKEN = (
    "FramecastError",
    "ApiError",
    "ContractViolation",
    "TransportError",
    "RequestTimeoutError",
    "StreamCutError",
    "UnknownWebhookEventError",
    "WebhookError",
    "WebhookPayloadError",
    "WebhookSignatureError",
)
_CLIENT_MEMBERS = (
    "send",
    "stream",
    "close",
    "aclose",
    "headers",
    "base_url",
    "timeout",
    "stream_timeout",
    "user_agent",
)


@dataclass(frozen=True)
class Parameter:
    """One parameter of a method; `place` is path, query, header, body (one member) or content (all of it)."""

    name: str
    wire_name: str
    place: str
    required: bool
    type: str
    description: str


@dataclass(frozen=True)
class ErrorClass:
    """One exception class; a status class has no code, unless the code says the same."""

    name: str
    base: str
    status: int
    code: str


@dataclass(frozen=True)
class Answer:
    """One success of an operation."""

    status: int
    media_type: str | None
    type: str


@dataclass(frozen=True)
class Operation:
    """One operation with all its Python names."""

    name: str
    area: str
    facts: OperationFacts
    parameters: tuple[Parameter, ...]
    answers: tuple[Answer, ...]
    errors: tuple[tuple[int, tuple[ErrorClass, ...]], ...]

    @property
    def result(self) -> str:
        """The type of what the methods return, or yield."""
        return " | ".join(dict.fromkeys(answer.type for answer in self.answers))

    @property
    def streams(self) -> bool:
        """Whether the answer is an event stream."""
        return any(answer.media_type == EVENTS for answer in self.answers)


@dataclass(frozen=True)
class Plan:
    """The whole client: operations and webhook calls in document order, error classes as a tree."""

    operations: tuple[Operation, ...]
    errors: tuple[ErrorClass, ...]
    webhooks: tuple[WebhookFacts, ...]

    @property
    def areas(self) -> dict[str, list[Operation]]:
        """Operations by the file they go to."""
        found: dict[str, list[Operation]] = {}
        for operation in self.operations:
            found.setdefault(operation.area, []).append(operation)
        return found


def plan(facts: list[OperationFacts], webhooks: Sequence[WebhookFacts] = ()) -> Plan:
    """Give everything its Python name.

    Raises:
        CodegenError: two things would have the same name.
    """
    errors = _error_classes([error for operation in facts for error in operation.errors])
    operations = tuple(_operation(operation, errors) for operation in facts)
    _refuse_twins((operation.name, operation.facts.pointer) for operation in operations)
    return Plan(operations, tuple(errors), tuple(webhooks))


def _operation(facts: OperationFacts, errors: list[ErrorClass]) -> Operation:
    name = snake(facts.operation_id, f"{facts.pointer}/operationId")
    if name in _CLIENT_MEMBERS or hasattr(builtins, name):
        raise CodegenError(
            f"{facts.pointer}/operationId", f"{name!r} is taken by Python or by every client; rename it"
        )
    parameters = _parameters(facts)
    _refuse_twins((parameter.name, facts.pointer) for parameter in parameters)
    return Operation(
        name=name,
        area=snake(facts.tag, f"{facts.pointer}/tags/0").strip("_"),
        facts=facts,
        parameters=tuple(parameters),
        answers=tuple(_answer(answer) for answer in facts.answers),
        errors=tuple((error.status, _classes(error, errors)) for error in facts.errors),
    )


def _refuse_twins(names: Iterable[tuple[str, str]]) -> None:
    seen: set[str] = set()
    for name, pointer in names:
        if name in seen:
            raise CodegenError(pointer, f"the Python name {name!r} is used twice; rename one of them")
        seen.add(name)


def _parameters(facts: OperationFacts) -> list[Parameter]:
    """Path parameters first, then required ones, then optional ones, each in document order."""
    found = [*(_parameter(facts, parameter) for parameter in facts.parameters), *_body_parameters(facts.body)]
    _check_path(facts)
    return sorted(found, key=lambda one: (one.place != "path", not positional(one)))


def positional(parameter: Parameter) -> bool:
    """Whether a method takes the parameter by position too: path parameters and required body members."""
    return parameter.required and parameter.place in ("path", "body", "content")


def _check_path(facts: OperationFacts) -> None:
    names = {parameter.name for parameter in facts.parameters if parameter.place == "path"}
    used = {part.partition("}")[0] for part in facts.path.split("{")[1:]}
    stray = set("{}") & set(re.sub(r"\{\w+\}", "", facts.path))
    if names != used or stray or any(not name.isidentifier() for name in names):
        raise CodegenError(
            facts.pointer, f"the path {facts.path!r} and its path parameters {sorted(names)} do not match"
        )


def _parameter(facts: OperationFacts, parameter: ParameterFacts) -> Parameter:
    return Parameter(
        name=snake(parameter.name, facts.pointer),
        wire_name=parameter.name,
        place=parameter.place,
        required=parameter.required or parameter.place == "path",
        type=input_type(parameter.schema),
        description=_meaning(parameter.schema, parameter.description),
    )


def _body_parameters(body: BodyFacts | None) -> Iterator[Parameter]:
    if body is None:
        return
    schema = body.schema.resolved()
    members = schema.child("properties")
    if not members.value:
        yield Parameter("body", "", "content", body.required, input_type(body.schema), body.description)
        return
    required = schema.value.get("required", []) if body.required else []
    for name, member in members.items():
        yield Parameter(
            name=snake(name, member.pointer),
            wire_name=name,
            place="body",
            required=name in required,
            type=input_type(member),
            description=_meaning(member, ""),
        )


def _meaning(schema: Node, description: str) -> str:
    """What a value means, in the words nearest to it, with its default."""
    target = schema.resolved()
    words = description or schema.text("description") or target.text("description")
    for place in (schema, target):
        if isinstance(place.value, dict) and "default" in place.value:
            return f"{words} When left out, the server takes {place.value['default']!r}."
    return words


def _answer(facts: AnswerFacts) -> Answer:
    if facts.schema is None or facts.media_type is None:
        return Answer(facts.status, None, "None")
    if facts.media_type == TEXT:
        return Answer(facts.status, TEXT, "str")
    if facts.media_type == EVENTS and component(facts.schema) is None:
        raise CodegenError(
            facts.schema.pointer, "the schema of an event has no name; move it to components/schemas"
        )
    return Answer(facts.status, facts.media_type, output_type(facts.schema))


def _error_classes(errors: list[ErrorFacts]) -> list[ErrorClass]:
    """The tree: one class per status, below it one per code; a code of several statuses stands by itself."""
    statuses: dict[str, dict[int, str]] = {}
    for error in errors:
        for code in error.codes:
            statuses.setdefault(code, {})[error.status] = error.pointer
    tree = [_status_class(status) for status in sorted({error.status for error in errors})]
    for code, found in sorted(statuses.items()):
        _add_code_class(tree, code, found)
    _refuse_twins((one.name, "") for one in (*tree, *(ErrorClass(name, "", 0, "") for name in _TAKEN)))
    return tree


def _status_class(status: int) -> ErrorClass:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = f"Status {status}"
    return ErrorClass(error_class(phrase, ""), "ApiError", status, "")


def _add_code_class(tree: list[ErrorClass], code: str, statuses: dict[int, str]) -> None:
    status, pointer = next(iter(statuses.items()))
    base = next(one for one in tree if one.status == status and one.base == "ApiError")
    name = error_class(code, pointer)
    if len(statuses) > 1:
        tree.append(ErrorClass(name, "ApiError", 0, code))
    elif name == base.name:
        tree[tree.index(base)] = ErrorClass(name, base.base, status, code)
    else:
        tree.append(ErrorClass(name, base.name, status, code))


def _classes(facts: ErrorFacts, errors: list[ErrorClass]) -> tuple[ErrorClass, ...]:
    return tuple(one for code in facts.codes for one in errors if one.code == code)


def area_class(area: str, *, sync: bool) -> str:
    """The name of the class with the methods of an area."""
    return f"{'Sync' if sync else 'Async'}{pascal(area, '')}"
