"""What `x-idempotency-key`, `x-wait` and `x-upload` make of an operation, and what is wrong in them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from framecast_contract.codegen import CodegenError
from framecast_contract.codegen.planning import ErrorClass, Operation, Plan, plan
from framecast_contract.codegen.preparing import prepared
from framecast_contract.codegen.reading import read
from framecast_contract.codegen.reading_extensions import UploadFacts, WaitFacts
from framecast_contract.codegen.writing_operations import operations_module

JSON = "application/json"
TEXT = {"type": "string"}


def answering(name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"200": {"description": "x", "content": {JSON: {"schema": schema}}}}


def taking(required: list[str], **properties: Any) -> dict[str, Any]:
    schema = {"type": "object", "required": required, "properties": properties}
    return {"required": True, "content": {JSON: {"schema": schema}}}


ID = {"name": "id", "in": "path", "required": True, "schema": TEXT}
LAST = {"name": "Last-Event-ID", "in": "header", "schema": TEXT}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {},
    "paths": {
        "/jobs": {
            "post": {
                "operationId": "create_job",
                "x-idempotency-key": "key",
                "requestBody": taking(["a"], a=TEXT, key={"type": ["string", "null"]}),
                "responses": answering("Job"),
            }
        },
        "/jobs/{id}": {
            "get": {
                "operationId": "get_job",
                "parameters": [ID],
                "responses": answering("Job"),
                "x-wait": {
                    "method": "wait_for_job",
                    "events": "get_job_events",
                    "state": "status",
                    "succeeded": ["completed"],
                    "failed": ["failed", "canceled"],
                    "timeout": 2100,
                },
            }
        },
        "/jobs/{id}/events": {
            "get": {
                "operationId": "get_job_events",
                "parameters": [ID, LAST],
                "responses": {"200": {"description": "x", "content": {"text/event-stream": {}}}},
            }
        },
        "/files": {
            "post": {
                "operationId": "announce_file",
                "requestBody": taking(["type"], type=TEXT, name=TEXT, size={"type": "integer"}),
                "responses": answering("Announced"),
                "x-upload": {
                    "method": "upload_file",
                    "url": "url",
                    "object": "file",
                    "id": "id",
                    "confirm": "confirm_file",
                    "filename": "name",
                    "media_type": "type",
                    "size": "size",
                },
            }
        },
        "/files/{id}": {
            "post": {"operationId": "confirm_file", "parameters": [ID], "responses": answering("Announced")}
        },
    },
    "components": {
        "schemas": {
            "Job": {
                "type": "object",
                "properties": {"status": {"enum": ["queued", "completed", "failed", "canceled"]}},
            },
            "Announced": {
                "type": "object",
                "properties": {"url": TEXT, "file": {"type": "object", "properties": {"id": TEXT}}},
            },
        }
    },
}


def planned(**changes: Any) -> Plan:
    """The plan of the document with members changed: `jobs__get__x_wait__state="other"`; None removes one."""
    document = deepcopy(DOCUMENT)
    for place, value in changes.items():
        *way, last = place.split("__")
        node = document["paths"]
        for key in way:
            node = node[key if key in node else f"/{key}" if f"/{key}" in node else key.replace("_", "-")]
        node[last if last in node else last.replace("_", "-")] = value
    return plan(read(prepared(document)))


def operation(found: Plan, name: str) -> Operation:
    return next(one for one in found.operations if one.name == name)


def test_the_key_is_passed_on_to_the_request() -> None:
    found = planned()
    create = operation(found, "create_job")

    assert create.idempotency_key == create.parameters[1]
    assert "body=present({'a': a, 'key': key}), key=key)" in operations_module("other", found.areas["other"])


def test_waiting_has_its_stream_its_states_and_an_exception_for_each_bad_end() -> None:
    found = planned()
    wait = operation(found, "get_job").wait

    assert wait is not None
    assert wait.events == operation(found, "get_job_events")
    assert (wait.name, wait.resume) == ("wait_for_job", "last_event_id")
    assert wait.facts == WaitFacts(
        method="wait_for_job",
        events="get_job_events",
        state="status",
        succeeded=("completed",),
        failed=("failed", "canceled"),
        timeout=2100,
        pointer="/paths/~1jobs~1{id}/get/x-wait",
    )
    assert found.endings == (
        ErrorClass("JobFailedError", "EndedBadlyError", 0, ""),
        ErrorClass("JobCanceledError", "EndedBadlyError", 0, ""),
    )


def test_uploading_knows_what_to_announce_and_what_to_confirm() -> None:
    found = planned()
    upload = operation(found, "announce_file").upload

    assert upload is not None
    assert (upload.name, upload.media_type) == ("upload_file", "type")
    assert upload.confirm == operation(found, "confirm_file")
    assert upload.facts == UploadFacts(
        method="upload_file",
        url="url",
        confirm="confirm_file",
        filename="name",
        media_type="type",
        size="size",
        object="file",
        id="id",
        pointer="/paths/~1files/post/x-upload",
    )


JOB, FILES = "jobs/{id}__get__x_wait", "files__post__x_upload"
WRONG: list[tuple[dict[str, Any], str]] = [
    (
        {"jobs__post__x_idempotency_key": "nope"},
        "/paths/~1jobs/post/x-idempotency-key: no body member or header is called 'nope'",
    ),
    (
        {"jobs__post__x_idempotency_key": "a"},
        "/paths/~1jobs/post/x-idempotency-key: 'a' is str; expected an optional text",
    ),
    (
        {f"{JOB}__state": "nope"},
        "/paths/~1jobs~1{id}/get/x-wait/state: 'nope' is no member there; expected one of status",
    ),
    (
        {f"{JOB}__failed": ["lost"]},
        "/paths/~1jobs~1{id}/get/x-wait/failed/0: 'lost' is no state; "
        "expected one of queued, completed, failed, canceled",
    ),
    (
        {f"{JOB}__failed": ["completed"]},
        "/paths/~1jobs~1{id}/get/x-wait: succeeded needs a state, and no state may stand in both lists",
    ),
    ({f"{JOB}__timeout": -1}, "/paths/~1jobs~1{id}/get/x-wait/timeout: expected a number of seconds, got -1"),
    (
        {f"{JOB}__events": "get_job"},
        "/paths/~1jobs~1{id}/get/x-wait/events: no event stream is called 'get_job'",
    ),
    (
        {"jobs/{id}/events__get__parameters": [ID]},
        "/paths/~1jobs~1{id}/get/x-wait/events: 'get_job_events' has no header Last-Event-ID",
    ),
    (
        {f"{JOB}__method": "create_job"},
        "/paths/~1jobs~1{id}/get/x-wait: the Python name 'create_job' is used twice; rename one of them",
    ),
    (
        {f"{JOB}__speed": 1},
        "/paths/~1jobs~1{id}/get/x-wait/speed: 'speed' is not known; "
        "expected method, events, state, succeeded, failed, timeout",
    ),
    (
        {f"{FILES}__url": "nope"},
        "/paths/~1files/post/x-upload/url: 'nope' is no member there; expected one of url, file",
    ),
    (
        {f"{FILES}__confirm": "create_job"},
        "/paths/~1files/post/x-upload/confirm: no operation 'create_job' that takes one id",
    ),
    (
        {f"{FILES}__media_type": "name"},
        "/paths/~1files/post/x-upload/media_type: no required member 'name'",
    ),
]


@pytest.mark.parametrize(("change", "message"), WRONG)
def test_what_is_wrong_is_refused_with_its_place(change: dict[str, Any], message: str) -> None:
    with pytest.raises(CodegenError) as caught:
        planned(**change)

    assert str(caught.value) == message
