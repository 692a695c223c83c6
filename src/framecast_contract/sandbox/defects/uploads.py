"""Defects of uploaded files: the storage they take."""

import sqlite3

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import parse_owner
from framecast_contract.sandbox.defects.planting import Defect, replace

_STORAGE = "tests/lifecycle/test_uploads.py::test_storage_rises_with_a_file_once_and_falls_with_it"


def _storage_below_zero(sandbox: Sandbox) -> None:
    """Every deletion lowers what its owner stores, by files too that never came."""
    remove = sandbox.assets.remove

    def generous(asset: sqlite3.Row) -> None:
        owner = parse_owner(asset["owner"])
        assert owner is not None
        table, payer_id = sandbox.credits.payer(owner)
        lowered = "ephemeral_storage_bytes = ephemeral_storage_bytes - ?"
        if asset["status"] != "ready":
            sandbox.database.run(f"UPDATE {table} SET {lowered} WHERE id = ?", asset["size_bytes"], payer_id)
        remove(asset)

    replace(sandbox.assets.remove, generous)


DEFECTS = (
    Defect(
        "storage-below-zero",
        "INV-U6",
        "Deleting a file that never came lowers the storage in use, below nothing too.",
        _storage_below_zero,
        (f"{_STORAGE}[personal]",),
    ),
)
