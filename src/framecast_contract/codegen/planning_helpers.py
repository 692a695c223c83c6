"""Stage two, plan: the helpers around operations: idempotency keys, waiting for an object, uploading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from framecast_contract.codegen.annotations import component
from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.names import pascal, snake
from framecast_contract.codegen.planning_errors import ErrorClass
from framecast_contract.codegen.planning_operations import Operation
from framecast_contract.codegen.planning_parameters import Parameter, positional
from framecast_contract.codegen.reading import OperationFacts
from framecast_contract.codegen.reading_extensions import UploadFacts, WaitFacts
from framecast_contract.codegen.reading_responses import AnswerFacts, is_json

_RESUME = "last-event-id"


@dataclass(frozen=True)
class Wait:
    """A helper `name` that reads until the object is in a last state; `failures`: the class of each bad one.

    `events` is the operation that streams changes, None when there is none; `resume` its parameter that takes
    the last event seen.
    """

    name: str
    events: Operation | None
    resume: str
    failures: tuple[tuple[str, ErrorClass], ...]
    facts: WaitFacts


@dataclass(frozen=True)
class Upload:
    """A helper `name`: announce, send the bytes, call `confirm`. `media_type` is a parameter of the first."""

    name: str
    confirm: Operation
    media_type: str
    facts: UploadFacts


def idempotency_key(facts: OperationFacts, parameters: Iterable[Parameter]) -> Parameter | None:
    """The parameter that makes a repeated call safe.

    Raises:
        CodegenError: the document names none that exists, or one that is not an optional text.
    """
    if not facts.idempotency_key:
        return None
    pointer = f"{facts.pointer}/x-idempotency-key"
    found = _sent_as(facts.idempotency_key, parameters)
    if found is None:
        raise CodegenError(pointer, f"no body member or header is called {facts.idempotency_key!r}")
    if found.required or set(found.type.split(" | ")) - {"None"} != {"str"}:
        raise CodegenError(pointer, f"{facts.idempotency_key!r} is {found.type}; expected an optional text")
    return found


def _sent_as(wire_name: str, parameters: Iterable[Parameter]) -> Parameter | None:
    places = ("body", "header")
    return next((one for one in parameters if one.wire_name == wire_name and one.place in places), None)


def plan_wait(operation: Operation, operations: Sequence[Operation]) -> Wait | None:
    """The waiting helper of an operation, if its facts have one.

    Raises:
        CodegenError: `events` is no operation that streams, resumes, and takes the same path parameters.
    """
    wait = operation.facts.wait
    if wait is None:
        return None
    stream = _stream(operation, wait, operations)
    resume = next((one.name for one in stream.parameters if _resumes(one)), "") if stream else ""
    if stream and not resume:
        raise CodegenError(f"{wait.pointer}/events", f"{wait.events!r} has no header Last-Event-ID")
    return Wait(
        name=snake(wait.method, f"{wait.pointer}/method"),
        events=stream,
        resume=resume,
        failures=tuple((state, _ending(operation, state)) for state in wait.failed),
        facts=wait,
    )


def _stream(operation: Operation, wait: WaitFacts, operations: Sequence[Operation]) -> Operation | None:
    if not wait.events:
        return None
    stream = _called(wait.events, operations)
    if stream is None or not stream.streams:
        raise CodegenError(f"{wait.pointer}/events", f"no event stream is called {wait.events!r}")
    if _taken(stream) != _taken(operation):
        raise CodegenError(f"{wait.pointer}/events", f"{wait.events!r} takes other path parameters")
    return stream


def _taken(operation: Operation) -> list[str]:
    return [one.name for one in operation.parameters if positional(one)]


def _resumes(parameter: Parameter) -> bool:
    return parameter.place == "header" and parameter.wire_name.lower() == _RESUME


def _ending(operation: Operation, state: str) -> ErrorClass:
    """The exception of a bad end: the schema `Job` and the state `failed` → `JobFailedError`."""
    pointer = f"{operation.facts.pointer}/x-wait/failed"
    schema = _answered(operation.facts.answers)
    name = f"{pascal(schema or operation.name, pointer)}{pascal(state, pointer)}Error"
    return ErrorClass(name, "EndedBadlyError", 0, "")


def _answered(answers: Iterable[AnswerFacts]) -> str | None:
    found = (one.schema for one in answers if one.schema and is_json(one.media_type or ""))
    return next((component(schema) for schema in found), None)


def plan_upload(operation: Operation, operations: Sequence[Operation]) -> Upload | None:
    """The uploading helper of an operation, if its facts have one.

    Raises:
        CodegenError: `confirm` is no operation that takes one id; the media type is no required parameter.
    """
    upload = operation.facts.upload
    if upload is None:
        return None
    confirm = _called(upload.confirm, operations)
    if confirm is None or [one.place for one in confirm.parameters if positional(one)] != ["path"]:
        raise CodegenError(f"{upload.pointer}/confirm", f"no operation {upload.confirm!r} that takes one id")
    media_type = _sent_as(upload.media_type, operation.parameters)
    if media_type is None or not media_type.required:
        raise CodegenError(f"{upload.pointer}/media_type", f"no required member {upload.media_type!r}")
    name = snake(upload.method, f"{upload.pointer}/method")
    return Upload(name, confirm, media_type.name, upload)


def _called(operation_id: str, operations: Sequence[Operation]) -> Operation | None:
    return next((one for one in operations if one.facts.operation_id == operation_id), None)
