"""The sandbox's own table of operations says what the contract says, though neither reads the other."""

from typing import Any

import pytest

from framecast_contract.contract import load_contract
from framecast_contract.sandbox.operations import OPERATIONS, Operation

CONTRACT = load_contract()
INTERNAL = {"receive_runpod_webhook"}


def served(operation: Operation) -> tuple[Any, ...]:
    kinds = {"jwt"} | ({"api_key"} if operation.keys else set()) if operation.authenticated else set()
    return operation.method, operation.path, kinds, operation.scope, operation.tier, operation.has_body


def promised(operation_id: str) -> tuple[Any, ...]:
    operation = CONTRACT.operation(operation_id)
    access = operation.access
    has_body = "requestBody" in operation.document
    return (
        operation.method.upper(),
        operation.path,
        set(access.authentication),
        access.scope,
        access.tier,
        has_body,
    )


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.operation_id)
def test_an_operation_is_served_as_promised(operation: Operation) -> None:
    if operation.operation_id in INTERNAL:
        assert operation.operation_id not in CONTRACT.operations
    else:
        assert served(operation) == promised(operation.operation_id)


def test_every_operation_is_served() -> None:
    assert {operation.operation_id for operation in OPERATIONS} - INTERNAL == set(CONTRACT.operations)
