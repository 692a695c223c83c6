"""How documented statuses and codes become a tree of exceptions."""

from __future__ import annotations

from typing import Any

from framecast_contract.codegen import generate
from framecast_contract.codegen.planning import ErrorClass, plan
from framecast_contract.codegen.preparing import prepared
from framecast_contract.codegen.reading import read

BODY = {"properties": {"code": {"type": "string"}, "message": {"type": "string"}}}


def document(*errors: tuple[int, str]) -> dict[str, Any]:
    content = {"application/json": {"schema": {"properties": {"error": BODY}}}}
    responses: dict[str, Any] = {"204": {"description": "done"}}
    for status, code in errors:
        listed = responses.setdefault(
            str(status), {"description": "x", "content": content, "x-error-codes": []}
        )
        listed["x-error-codes"].append(code)
    operation = {"operationId": "do_x", "tags": ["x"], "responses": responses}
    return {
        "openapi": "3.1.0",
        "info": {},
        "paths": {"/x": {"post": operation}},
        "components": {"schemas": {}},
    }


def classes(found: dict[str, Any]) -> tuple[ErrorClass, ...]:
    return plan(read(prepared(found))).errors


def test_a_code_stands_below_its_status_unless_they_say_the_same() -> None:
    found = classes(document((404, "NOT_FOUND"), (402, "INSUFFICIENT_CREDITS"), (503, "DOWN")))

    assert found == (
        ErrorClass("PaymentRequiredError", "ApiError", 402, ""),
        ErrorClass("NotFoundError", "ApiError", 404, "NOT_FOUND"),
        ErrorClass("ServiceUnavailableError", "ServerError", 503, ""),
        ErrorClass("DownError", "ServiceUnavailableError", 503, "DOWN"),
        ErrorClass("InsufficientCreditsError", "PaymentRequiredError", 402, "INSUFFICIENT_CREDITS"),
    )


def test_a_code_of_several_statuses_stands_by_itself() -> None:
    found = classes(document((400, "BUSY"), (409, "BUSY"), (500, "LOST"), (503, "LOST")))

    assert found[-2:] == (
        ErrorClass("BusyError", "ApiError", 0, "BUSY"),
        ErrorClass("LostError", "ServerError", 0, "LOST"),
    )


def test_a_status_that_also_comes_without_code_keeps_its_class() -> None:
    broken = document((404, "NOT_FOUND"))
    bare = {"operationId": "do_y", "responses": {"204": {}, "404": {"description": "x"}}}
    broken["paths"]["/y"] = {"get": bare}

    assert classes(broken) == (
        ErrorClass("NotFoundError", "ApiError", 404, ""),
        ErrorClass("NotFoundCodeError", "NotFoundError", 404, "NOT_FOUND"),
    )


def test_a_class_that_every_client_has_is_not_taken_twice() -> None:
    found = classes(document((408, "SLOW"), (400, "UPLOAD"), (400, "CONFLICT"), (409, "OTHER")))

    assert [one.name for one in found] == [
        "BadRequestError",
        "RequestTimeoutStatusError",
        "ConflictError",
        "ConflictCodeError",
        "OtherError",
        "SlowError",
        "UploadCodeError",
    ]


def test_the_tree_is_drawn_once_at_the_top() -> None:
    wanted = document((400, "A_B"), (400, "C_ERROR"), (409, "CONFLICT"), (503, "DOWN"))
    drawn = generate(wanted)["errors.py"].split('"""')[1]

    assert drawn.endswith(
        """\
└── ApiError                  the server refused
    ├── BadRequestError             400
    │   ├── ABError                 A_B
    │   └── CError                  C_ERROR
    ├── ConflictError               409 CONFLICT
    └── ServerError
        └── ServiceUnavailableError     503
            └── DownError               DOWN
"""
    )


LOST = {"description": "x", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/E"}}}}


def sharing(responses: dict[str, Any], **components: Any) -> dict[str, Any]:
    made = {"responses": {"204": {"description": "done"}, **responses}}
    return {
        "openapi": "3.1.0",
        "info": {},
        "paths": {"/x": {"get": {"operationId": "a", **made}, "put": {"operationId": "b", **made}}},
        "components": {"schemas": {"E": {"type": "object"}}, "responses": components},
    }


def test_a_shared_failure_is_written_once_under_its_name_and_another_in_place() -> None:
    files = generate(sharing({"404": {"$ref": "#/components/responses/Lost"}, "4XX": LOST}, Lost=LOST))

    assert files["failures.py"].endswith("LOST = Failure((errors.NotFoundError,), models.E)\n")
    assert files["operations/other.py"].count("404: failures.LOST") == 2
    assert files["operations/other.py"].count("4: Failure((errors.ApiError,), models.E)") == 2


def test_a_shared_failure_of_several_statuses_has_a_name_for_each() -> None:
    shared = {"$ref": "#/components/responses/Lost"}
    files = generate(sharing({"404": shared, "5XX": shared, "default": shared}, Lost=LOST))

    assert [line for line in files["failures.py"].splitlines() if "= Failure" in line] == [
        "LOST_404 = Failure((errors.NotFoundError,), models.E)",
        "LOST_5XX = Failure((errors.ServerError,), models.E)",
        "LOST_DEFAULT = Failure((errors.ApiError,), models.E)",
    ]


def test_codes_beside_the_reference_are_no_shared_failure() -> None:
    own = {"$ref": "#/components/responses/Lost", "x-error-codes": ["GONE_AWAY"]}
    schema = {"properties": {"error": BODY}}
    lost = {
        "description": "x",
        "content": {"application/json": {"schema": schema}},
        "x-error-codes": ["LOST"],
    }
    files = generate(sharing({"404": own}, Lost=lost))

    assert "failures.py" not in files
    assert "404: Failure((errors.GoneAwayError,), models.LostResponse)" in files["operations/other.py"]
