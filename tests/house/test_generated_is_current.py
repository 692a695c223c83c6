"""The checked-in client is exactly what the contract gives today, and whole."""

from __future__ import annotations

from pathlib import Path

from framecast_contract.codegen import stale_files
from framecast_contract.contract import load_contract

GENERATED = Path(__file__).resolve().parents[2] / "generated"


def test_the_generated_client_is_current() -> None:
    contract = load_contract()

    assert stale_files(contract.document, out=GENERATED) == []


def test_the_client_has_one_method_per_operation() -> None:
    from framecast_client import FramecastClient, SyncFramecastClient, operations

    for operation_id in load_contract().operations:
        assert callable(getattr(FramecastClient, operation_id))
        assert callable(getattr(SyncFramecastClient, operation_id))
        assert callable(getattr(operations, operation_id))
