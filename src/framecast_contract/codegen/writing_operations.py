"""Stage three, write: the pure half of the client, one file of request builders per area."""

from __future__ import annotations

from framecast_contract.codegen.names import docstring, literal, wrap
from framecast_contract.codegen.planning import Answer, Failure, Operation, Parameter, positional
from framecast_contract.codegen.planning_bodies import Body
from framecast_contract.codegen.planning_parameters import by_place
from framecast_contract.codegen.writing_shared import failure_text

IMPORTS = """\
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import MISSING

"""

_OWN_IMPORTS = """\
from .. import _bodies, _styles, errors, failures, headers, models
from .._events import Frame
from .._request import Answer, Failure, JsonObject, Operation, Request, build, present, present_or_no_body

"""


def operations_module(area: str, operations: list[Operation]) -> str:
    """The text of `operations/<area>.py`."""
    head = docstring(
        [f"The requests of the area `{area}`, and what they may bring. Generated; do not edit."], ""
    )
    names = [name for one in operations for name in (one.name.upper(), one.name)]
    exported = f"__all__ = [{', '.join(map(literal, sorted(names)))}]\n\n"
    return "\n".join([head, "", IMPORTS + _OWN_IMPORTS + exported, *map(_operation, operations)])


def _operation(operation: Operation) -> str:
    facts = operation.facts
    given = [literal(facts.operation_id), literal(facts.method), literal(operation.path)]
    given.append(f"answers={{{_answers(operation)}}}")
    if operation.failures:
        failures = [f"{status}: {_failure(failure)}" for status, failure in operation.failures]
        given.append(f"failures={{{', '.join(failures)}}}")
    if facts.last_events:
        given.append(f"last_events=frozenset({{{', '.join(map(literal, sorted(facts.last_events)))}}})")
    words = docstring([wrap(f"{facts.summary}: the request of the method `{operation.name}`.")], "    ")
    return (
        f"{operation.name.upper()}: Operation[{operation.result}] = Operation({', '.join(given)},)\n\n"
        f"def {operation.name}({signature(operation)}) -> Request[{operation.result}]:\n"
        f"{words}\n"
        f"    return build({_arguments(operation)})\n"
    )


def _answers(operation: Operation) -> str:
    by_status: dict[int, list[Answer]] = {}
    for answer in operation.answers:
        by_status.setdefault(answer.status, []).append(answer)
    return ", ".join(f"{status}: ({''.join(map(_answer, found))})" for status, found in by_status.items())


def _answer(answer: Answer) -> str:
    body = [literal(answer.media_type), answer.type] if answer.media_type else []
    headers = [f"headers=headers.{answer.headers}"] if answer.headers else []
    return f"Answer({', '.join([*body, *headers])}),"


def _failure(failure: Failure) -> str:
    return f"failures.{failure.constant}" if failure.constant else failure_text(failure)


def signature(operation: Operation) -> str:
    """The parameters of a builder or method, without `self`."""
    first = [one for one in operation.parameters if positional(one)]
    rest = [one for one in operation.parameters if not positional(one)]
    return ", ".join([*map(declared, first), *(["*"] if rest else []), *map(declared, rest)])


def declared(parameter: Parameter) -> str:
    """One parameter of a signature."""
    """A parameter as a signature has it."""
    if parameter.required:
        return f"{parameter.name}: {parameter.type}"
    return f"{parameter.name}: {parameter.type} | MISSING = MISSING"


def _arguments(operation: Operation) -> str:
    given = [operation.name.upper()]
    for place, argument in (("path", "path"), ("query", "query"), ("header", "headers")):
        members = [_member(one) for one in by_place(operation.parameters, place)]
        if place == "header":
            members += _cookies(operation)
        if members:
            given.append(f"{argument}={{{', '.join(members)}}}")
    if operation.idempotency_key:
        return ", ".join([*given, *_body(operation), f"key={operation.idempotency_key.name}"])
    return ", ".join([*given, *_body(operation)])


def _body(operation: Operation) -> list[str]:
    body = operation.body
    if body is None:
        return []
    value = _whole(operation, body)
    if body.function:
        types = f", {{{_types(body)}}}" if body.function == "multipart" else ""
        value = f"_bodies.{body.function}({_media_type(operation, body)}, {value}{types})"
    return [f"body={value}"]


def _whole(operation: Operation, body: Body) -> str:
    if not body.members:
        return by_place(operation.parameters, "content")[0].name
    members = [_member(one) for one in by_place(operation.parameters, "body")]
    return f"{'present' if body.required else 'present_or_no_body'}({{{', '.join(members)}}})"


def _media_type(operation: Operation, body: Body) -> str:
    given = by_place(operation.parameters, "media_type")
    return given[0].name if given else literal(body.media_type)


def _types(body: Body) -> str:
    return ", ".join(f"{literal(name)}: {literal(media_type)}" for name, media_type in body.types)


def _member(parameter: Parameter) -> str:
    sent = parameter.sent
    if sent is None:
        return f"{literal(parameter.wire_name)}: {parameter.name}"
    explode = ", explode=True" if sent.explode else ""
    value = f"_styles.{sent.function}({literal(sent.name)}, {parameter.name}{explode})"
    return f"**{value}" if sent.spread else f"{literal(parameter.wire_name)}: {value}"


def _cookies(operation: Operation) -> list[str]:
    members = [_member(one) for one in by_place(operation.parameters, "cookie")]
    return [f"{literal('cookie')}: _styles.cookie({{{', '.join(members)}}})"] if members else []
