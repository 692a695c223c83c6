"""How documented statuses and codes become a tree of exceptions."""

from __future__ import annotations

from typing import Any

from framecast_contract.codegen import generate
from framecast_contract.codegen.planning import ErrorClass, plan
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


def test_a_code_stands_below_its_status_unless_they_say_the_same() -> None:
    found = plan(read(document((404, "NOT_FOUND"), (402, "INSUFFICIENT_CREDITS")))).errors

    assert found == (
        ErrorClass("PaymentRequiredError", "ApiError", 402, ""),
        ErrorClass("NotFoundError", "ApiError", 404, "NOT_FOUND"),
        ErrorClass("InsufficientCreditsError", "PaymentRequiredError", 402, "INSUFFICIENT_CREDITS"),
    )


def test_a_code_of_several_statuses_stands_by_itself() -> None:
    found = plan(read(document((400, "BUSY"), (409, "BUSY")))).errors

    assert found[-1] == ErrorClass("BusyError", "ApiError", 0, "BUSY")


def test_the_tree_is_drawn_once_at_the_top() -> None:
    drawn = generate(document((400, "A_B"), (400, "C_ERROR"), (409, "CONFLICT")))["errors.py"].split('"""')[1]

    assert drawn.endswith(
        """\
└── ApiError                  the server refused, as documented
    ├── BadRequestError     400
    │   ├── ABError         A_B
    │   └── CError          C_ERROR
    └── ConflictError       409 CONFLICT
"""
    )
