"""Stage one, read: what an operation may answer, by status: its successes and its failures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.nodes import Node
from framecast_contract.codegen.preparing_checks import check_token

JSON = "application/json"
EVENTS = "text/event-stream"
DEFAULT = 0
"""Stands for the status `default`; 4 stands for `4XX`."""

_STATUS = re.compile(r"[1-5][0-9]{2}|[1-5][Xx]{2}")
_COMPONENTS = "/components/responses/"
_NEVER_CHECKED = "content-type"


@dataclass(frozen=True)
class HeaderFacts:
    """One declared header of an answer; its name is lower case, it has no schema when it is JSON inside."""

    name: str
    required: bool
    schema: Node


@dataclass(frozen=True)
class AnswerFacts:
    """One documented success in one media type; no media type means no body."""

    status: int
    media_type: str | None
    schema: Node | None
    headers: tuple[HeaderFacts, ...] = ()


@dataclass(frozen=True)
class ErrorFacts:
    """One documented failure with its codes; `component` is its name under `components/responses`, if any."""

    status: int
    codes: tuple[str, ...]
    schema: Node | None
    headers: tuple[HeaderFacts, ...]
    component: str
    pointer: str


def is_json(media_type: str) -> bool:
    """Whether bodies of the media type are JSON: `application/json`, `application/problem+json`."""
    return media_type == JSON or media_type.endswith("+json")


def essence(media_type: str) -> str:
    """A media type in lower case and without parameters."""
    return media_type.partition(";")[0].strip().lower()


def read_responses(operation: Node, method: str) -> tuple[tuple[AnswerFacts, ...], tuple[ErrorFacts, ...]]:
    """The successes and failures of an operation. `default` is a success too where no other is listed.

    Raises:
        CodegenError: no success is documented, or a response cannot be expressed.
    """
    answers: list[AnswerFacts] = []
    errors: list[ErrorFacts] = []
    default: list[AnswerFacts] = []
    for text, listed in operation.child("responses").items():
        if text.startswith("x-"):
            continue
        status, response = _status(text, listed), listed.resolved()
        if _is_success(status):
            answers += _answers(status, response, method)
        else:
            errors.append(_error(status, listed, response))
            default += _answers(status, response, method) if status == DEFAULT else []
    if not answers and not default:
        raise CodegenError(operation.pointer, "the operation documents no success")
    return tuple(answers or default), tuple(errors)


def _status(text: str, listed: Node) -> int:
    if text == "default":
        return DEFAULT
    if not _STATUS.fullmatch(text):
        raise CodegenError(listed.pointer, f"{text!r} is no status; expected one such as 200, 2XX or default")
    if text.startswith("1"):
        raise CodegenError(listed.pointer, f"the status {text} is never the last answer; leave it out")
    return int(text.upper().removesuffix("XX"))


def _is_success(status: int) -> bool:
    return status in (2, 3) or 200 <= status < 400


def _answers(status: int, response: Node, method: str) -> Iterator[AnswerFacts]:
    headers = tuple(_headers(response))
    content = response.child("content")
    if not content.value or method == "head":
        yield AnswerFacts(status, None, None, headers)
        return
    seen = set()
    for listed, offered in content.items():
        media_type = essence(listed)
        if media_type not in seen:
            seen.add(media_type)
            yield AnswerFacts(status, media_type, _schema(media_type, offered), headers)


def _schema(media_type: str, offered: Node) -> Node | None:
    schema = offered.child("x-event-schema" if media_type == EVENTS else "schema")
    return None if schema.value is None else schema


def _error(status: int, listed: Node, response: Node) -> ErrorFacts:
    own = listed.child("x-error-codes")
    given = own if own.value else response.child("x-error-codes")
    schema = next(_json_schemas(response), None)
    codes = tuple(_code(element) for element in given.elements())
    if codes:
        _require_code(response, schema)
    component = "" if own.value else _component(listed)
    return ErrorFacts(status, codes, schema, tuple(_headers(response)), component, response.pointer)


def _component(listed: Node) -> str:
    """The name of the shared response that the listed one is, and nothing more."""
    pointer = listed.text("$ref").removeprefix("#")
    name = pointer.removeprefix(_COMPONENTS)
    return "" if name == pointer or "/" in name else name


def _json_schemas(response: Node) -> Iterator[Node]:
    for listed, offered in response.child("content").items():
        if is_json(essence(listed)) and offered.child("schema").value is not None:
            yield offered.child("schema")


def _code(element: Node) -> str:
    if not isinstance(element.value, str | int):
        raise CodegenError(element.pointer, f"expected an error code as text, got {element.value!r}")
    return str(element.value)


def _require_code(response: Node, schema: Node | None) -> None:
    body = schema.resolved().child("properties", "error").resolved() if schema else None
    if body is None or any(body.child("properties", key).value is None for key in ("code", "message")):
        raise CodegenError(
            response.pointer, f"an error with x-error-codes needs {JSON} with error.code and error.message"
        )


def _headers(response: Node) -> Iterator[HeaderFacts]:
    for name, listed in response.child("headers").items():
        header = listed.resolved()
        schema = header.child("schema")
        check_token(name, listed.pointer)
        if name.lower() != _NEVER_CHECKED:
            yield HeaderFacts(name.lower(), header.child("required").value is True, schema)
